"""Nothing that the demonstration links to answers 403 or 404, whoever one is."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import Resolver404, resolve

from demo.loader import circulation, procedures, vocabulary
from party.models import Member

pytestmark = pytest.mark.any_database  # links are the same on each

PEOPLE = ["", "member", "officer", "lead", "author", "operator", "national"]
EACH = 1  # address of each kind that is opened for one person
# What ends the walk, files that no view answers, and an address that a script completes.
NOT_OPENED = re.compile(r"^/(static|accounts/logout|admin/logout|admin/bulk)/")


@pytest.fixture(scope="module")
def demonstration(loaded_once):
    procedures.load()
    vocabulary.load()
    circulation.load()


def kind_of(address: str) -> tuple[str, tuple[str, ...]]:
    """Return which view an address belongs to, and what it is asked: pages alike are one kind."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return address, ()
    return match.route, tuple(sorted(parse_qs(parts.query, keep_blank_values=True)))


def linked(address: str, page: str) -> Iterator[str]:
    """Return the addresses in the hub to which a page leads or that it shows."""
    soup = BeautifulSoup(page, "lxml")
    found = [tag[name] for name in ("href", "src", "hx-get") for tag in soup(attrs={name: True})]
    found += [sent(form) for form in soup("form") if form.get("method", "get").lower() == "get"]
    for link in found:
        whole = urlsplit(urljoin(f"http://testserver{address}", link))
        if whole.netloc == "testserver" and not NOT_OPENED.match(whole.path):
            yield whole._replace(scheme="", netloc="", fragment="").geturl()


def sent(form: Tag) -> str:
    """Return the address to which a form leads that nobody has filled in."""
    given = [(field["name"], field.get("value", "")) for field in form("input", {"name": True})]
    for choice in form("select", {"name": True}):
        options = choice("option", selected=True) or choice("option")[:1]
        given += [(choice["name"], option.get("value", option.get_text())) for option in options]
    return f"{form.get('action', '')}?{urlencode(given)}"


def walk(client: Client) -> tuple[dict[str, str], Counter]:
    """Open what the home page leads to, and so on; return what failed, and how much was opened."""
    waiting, seen, opened, failed = deque([("/", "/")]), {"/"}, Counter(), {}
    while waiting:
        address, came_from = waiting.popleft()
        kind = kind_of(address)
        if opened[kind] >= EACH:
            continue
        opened[kind] += 1
        answer = client.get(address)
        if answer.status_code >= 400:
            failed[address] = f"{answer.status_code}, linked from {came_from}"
        further = [answer.headers["Location"]] if answer.status_code in (301, 302) else []
        if not answer.streaming and answer.headers.get("Content-Type", "")[:9] == "text/html":
            further += linked(address, answer.content.decode())
        for one in further:
            if one not in seen and one.startswith("/"):
                seen.add(one)
                waiting.append((one, address))
    return failed, opened


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_that_is_linked_is_missing_or_closed(demonstration, db, name, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    if name:
        client.force_login(Member.objects.get(email=f"{name}@demo.example"))
    failed, opened = walk(client)
    assert failed == {}
    assert len(opened) > (2 if name == "" else 20)
