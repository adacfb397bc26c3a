"""Procedures as search finds them: each section a passage of its own."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.procedures.models import ProcedurePage
from library.procedures.outline import Kind, Section, sections
from party.permissions import tokens_of
from search.engines.document import Document
from search.sources import Source, beginnings

PROCEDURES = "procedure"  # the kind by which search knows procedures


class Procedures(Source):
    """What is published; a rule that a procedure quotes is found as a rule, not again here."""

    kind = PROCEDURES
    label = _("Procedures")
    label_one = _("Procedure")
    order = 15

    def keys(self) -> Iterator[str]:
        for pk in ProcedurePage.objects.live().values_list("pk", flat=True).iterator():
            yield str(pk)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        pages = list(ProcedurePage.objects.live().filter(pk__in=keys))
        roles, regions = _named("roles", pages), _named("regions", pages)
        return [
            document
            for page in pages
            for document in _documents(
                page, tokens_of(roles.get(page.pk, []), regions.get(page.pk, []))
            )
        ]

    def keys_with(self, words: Sequence[str], limit: int) -> list[str]:
        found = ProcedurePage.objects.live()
        for word in beginnings(words):
            found = found.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word)
            )
        return [
            str(pk) for pk in found.order_by("title", "pk").values_list("pk", flat=True)[:limit]
        ]


def _named(audience: str, pages: Sequence[ProcedurePage]) -> dict[int, list[str]]:
    """Return the slugs of the roles or regions that pages are for, by page; one query."""
    found: dict[int, list[str]] = {}
    chosen = ProcedurePage.objects.filter(pk__in=[page.pk for page in pages])
    rows = chosen.exclude(**{audience: None}).values_list("pk", f"{audience}__slug")
    for pk, slug in rows.order_by(f"{audience}__slug"):
        found.setdefault(pk, []).append(slug)
    return found


def _documents(page: ProcedurePage, audience: tuple[str, ...]) -> Iterator[Document]:
    """Yield the page itself, with what stands before its first section, and each section.

    A section's heading begins its text and is no title: it is often that of the rule which the
    section explains, and the rule comes first (tests/search/judged).
    """
    parts = sections(page.lines())
    if not parts or parts[0].number:
        parts.insert(0, Section("", "", ()))
    for part in parts:
        words = [line.words for line in part.lines if line.kind != Kind.RULE]
        about = f"{part.number}. {part.heading}" if part.number else page.summary
        yield Document(
            id=f"{page.pk}:{part.number}",
            key=str(page.pk),
            kind=PROCEDURES,
            url=page.get_absolute_url() + (f"#{part.number}" if part.number else ""),
            title=page.title,
            body="\n".join([about, *words]),
            audience=audience,
            group=f"procedure:{page.pk}",
            group_label=page.title,
            date=timezone.localdate(page.last_published_at) if page.last_published_at else None,
        )
