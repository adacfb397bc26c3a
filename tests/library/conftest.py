"""A small rule book, its editions, and fact cards."""

import datetime

import pytest
from django.utils import timezone

from library.actions import import_edition, publish_edition, publish_fact, save_fact, save_work
from library.models import Edition, FactCard, Work
from library.rulebooks import read_rules
from tests.factories.party import MemberFactory

BOOK = """\
# Book of Rules

An introduction to the rules.

## Chapter 4 — Meetings

### Clause II — Quorum

1. The quorum is ten members.

## Chapter 7 — Online groups

### Clause IV — The log

1. A moderator keeps a log.

### Clause VIII — Removing a comment

A comment is removed for what it says.

1. Before acting, a moderator keeps a copy, subject to Clause IV.1.
3. A moderator may remove a comment that:
  A. harasses a person, as Chapter 4, Clause II.1 never says; or
  B. shows an image:
    i. of a child.

## Appendix 1 — House rules

1. Argue about ideas.
"""


def make_work(slug: str = "sample", **fields) -> Work:
    fields = {"title": f"The {slug} book", "kind": Work.Kind.RULE_BOOK, **fields}
    return save_work(Work(slug=slug, **fields), by=None, now=timezone.now())


def make_edition(
    work: Work,
    text: str = BOOK,
    label: str = "First edition",
    in_force_from: datetime.date = datetime.date(2020, 1, 1),
    publish: bool = True,
) -> Edition:
    reading = read_rules(text)
    edition = import_edition(
        work=work,
        label=label,
        in_force_from=in_force_from,
        tree=reading.tree,
        introduction=reading.introduction,
        by=None,
        now=timezone.now(),
    )
    return publish_edition(edition, by=None, now=timezone.now()) if publish else edition


def make_card(slug: str = "quorum", topics: tuple[str, ...] = (), **fields) -> FactCard:
    fields = {
        "title": f"About {slug}",
        "statement": "Two members are a quorum of a company.",
        "kind": FactCard.Kind.LAW,
        "source_name": "legislation.gov.uk",
        "source_url": "https://www.legislation.gov.uk/ukpga/2006/46/section/318",
        "citation": "Companies Act 2006, section 318",
        "as_at": datetime.date(2020, 6, 30),
        "review_by": datetime.date(2999, 6, 29),
        **fields,
    }
    card = save_fact(FactCard(slug=slug, **fields), topics=topics, by=None, now=timezone.now())
    return publish_fact(card, by=None, now=timezone.now())


@pytest.fixture
def member(db):
    return MemberFactory()


@pytest.fixture
def editor(db):
    return MemberFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def book(db) -> Edition:
    """The published edition of the sample book, in force."""
    return make_edition(make_work(sample=True))
