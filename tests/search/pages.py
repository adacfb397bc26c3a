"""The search page as a test reads it."""

from bs4 import BeautifulSoup
from django.urls import reverse


def page(client, **asked) -> BeautifulSoup:
    """Return the main part of the page that a question gives."""
    response = client.get(reverse("search:results"), asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def addresses(shown, selector="article h3 a") -> list[str]:
    """Return where the links lead."""
    return [link["href"] for link in shown.select(selector)]
