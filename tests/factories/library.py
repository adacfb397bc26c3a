"""A small rule book and its editions, fact cards and procedures."""

import datetime
from decimal import Decimal

from django.utils import timezone
from wagtail.models import Page

from library.facts.actions.facts import save_fact
from library.facts.actions.lifecycle import publish_fact
from library.facts.actions.series import publish_series, save_series
from library.facts.models import FactCard, Series, SeriesValue
from library.procedures.actions.circulation import circulate
from library.procedures.actions.procedures import issue_version
from library.procedures.models import (
    Circulation,
    ProcedurePage,
    ProceduresPage,
    ProcedureVersion,
    Recipient,
)
from library.rules.actions.drafts import import_edition
from library.rules.actions.lineage import confirm_lineage
from library.rules.actions.publication import publish_edition
from library.rules.actions.works import save_work
from library.rules.models import Edition, Provision, Work
from library.rules.rulebooks.outline_text import read_outline
from party.models import Appointment, Role

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

SECOND_FROM = datetime.date(2022, 1, 1)
SECOND = (
    BOOK.replace("The quorum is ten members.", "The quorum is twelve members.")
    .replace("### Clause IV — The log", "### Clause V — The log")
    .replace("1. Argue about ideas.", "1. Argue about ideas.\n2. Read what others wrote first.")
    .replace("    i. of a child.\n", "")
)


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
    reading = read_outline(text)
    edition = import_edition(
        work=work,
        label=label,
        in_force_from=in_force_from,
        tree=reading.tree,
        introduction=reading.introduction,
        by=None,
        now=timezone.now(),
    )
    if not publish:
        return edition
    confirm_lineage(edition, by=None, now=timezone.now())
    return publish_edition(edition, by=None, now=timezone.now())


def make_second(first: Edition, text: str = SECOND, **fields) -> Edition:
    """Return the edition after the first, published unless told otherwise."""
    fields = {"label": "Second edition", "in_force_from": SECOND_FROM, **fields}
    return make_edition(first.work, text, **fields)


def at(edition: Edition, citation: str) -> Provision:
    """Return what an edition has under a citation."""
    return edition.provisions.select_related("edition__work").get(citation=citation)


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


def make_series(values: dict, slug: str = "seats", **fields) -> Series:
    """Return a published series of these values by place and year; unpublished without any."""
    given = {
        "title": "Seats",
        "measure": "How many seats there are.",
        "unit": "seats",
        "source_name": "Nobody",
        "citation": "A test",
        "source_url": "https://example.org/",
        "as_at": datetime.date(2020, 1, 1),
        "review_by": datetime.date(2999, 1, 1),
        **fields,
    }
    series = save_series(Series(slug=slug, **given), by=None, now=timezone.now())
    SeriesValue.objects.bulk_create(
        SeriesValue(
            series=series,
            place=place,
            place_code=f"code-{place}",
            period=str(year),
            starts_on=datetime.date(year, 1, 1),
            value=Decimal(value),
        )
        for place, by_year in values.items()
        for year, value in by_year.items()
    )
    return publish_series(series, by=None, now=timezone.now()) if values else series


PROCEDURE = (
    ("section", "What this covers"),
    ("numbered", ["It covers the group of [[party_name]].", "It binds its moderators."]),
    ("section", "Removing a comment"),
    ("text", "<p>Keep a <b>copy</b> first; see <a href='https://example.org/'>how</a>.</p>"),
    ("numbered", ["The moderators are [[moderators]]."]),
    ("checklist", {"title": "Before you begin", "items": ["Read the rules."]}),
)
FIELDS = (
    {"key": "party_name", "label": "Your party", "help": "", "example": "Dale", "long": False},
    {"key": "moderators", "label": "Who moderates", "help": "Two.", "example": "", "long": True},
)


def make_procedure(
    slug: str = "moderation",
    *,
    body=PROCEDURE,
    asked=FIELDS,
    roles=(),
    regions=(),
    publish: bool = True,
    **fields,
) -> ProcedurePage:
    """Put a procedure below the procedures' page, published as an editor would."""
    above = ProceduresPage.objects.first()
    if above is None:
        above = ProceduresPage(title="Procedures", slug="procedures")
        Page.objects.get(depth=1).add_child(instance=above)
    given = {"title": f"The {slug} procedure", "summary": "How it is done.", **fields}
    page = ProcedurePage(
        slug=slug,
        live=False,
        review_by=given.pop("review_by", datetime.date(2999, 6, 29)),
        fields=[("field", field) for field in asked],
        body=list(body),
        **given,
    )
    page.roles, page.regions = roles, regions
    above.add_child(instance=page)
    if publish:
        page.save_revision().publish()
    return ProcedurePage.objects.get(pk=page.pk)


def make_version(text: str = "Ask two people.", slug: str = "accounts") -> ProcedureVersion:
    """Write paragraphs into a procedure, which is made where there is none, and issue it."""
    body = [("numbered", text.split("\n"))]
    page = ProcedurePage.objects.filter(slug=slug).first()
    if page:
        page.body = body
        page.save_revision().publish()
    else:
        page = make_procedure(slug, asked=(), body=body)
    return issue_version(page, note="Clearer words.", by=None, now=timezone.now())


def circulate_version(version: ProcedureVersion | None = None, **fields) -> Circulation:
    """Send a version, a new one where none is given; to all officers unless told otherwise."""
    roles = list(Role.objects.filter(slug=Role.SOCIAL_MEDIA_OFFICER))
    fields = {"roles": roles, "regions": [], "by": None, "now": timezone.now(), **fields}
    return circulate(version or make_version(), **fields)


def recipient_of(circulation: Circulation, appointment: Appointment) -> Recipient:
    """Return the holder of a post, as somebody to whom a version was sent."""
    return circulation.recipients.get(member=appointment.member)
