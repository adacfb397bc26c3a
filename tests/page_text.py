"""What a person reads on a page."""

from bs4 import BeautifulSoup
from django.http import HttpResponse


def text_of(response: HttpResponse) -> str:
    """Return the words of a page in one line, without its scripts and styles."""
    page = BeautifulSoup(response.content, "html.parser")
    for hidden in page.select("script, style, template"):
        hidden.decompose()
    return " ".join(page.get_text(" ").split())
