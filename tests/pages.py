"""Pages as a person reads them: their words, and addresses that answer as if nothing were there."""

from typing import Any

from bs4 import BeautifulSoup, Tag

UNREAD = ("script", "style", "template", "noscript")


def visible_text(page: Any) -> str:
    """Return what a person reads on a page, in one line: of its main part, where it has one.

    ``page`` is a response, a part of a page that BeautifulSoup found, or markup.
    """
    if not isinstance(page, Tag):
        markup = page if isinstance(page, str | bytes) else page.content
        page = BeautifulSoup(markup, "html.parser")
        for element in page(UNREAD):
            element.decompose()
        page = page.main or page
    return " ".join(page.get_text(" ").split())


def assert_hidden(client: Any, address: str, *given: Any, **options: Any) -> None:
    """Hold that an address answers as if there were nothing; what fails names the address."""
    status = client.get(address, *given, **options).status_code
    assert status == 404, f"{address} answers {status} to whom it should be hidden from"
