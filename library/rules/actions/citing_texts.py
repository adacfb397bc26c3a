"""The citation registry: who cites which provisions, and what follows when one changes."""

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from library.citations.mentions import find_citations
from library.rules.models import CitationFlag, CitingText, Edition, Provision, Work
from library.rules.models.changes import Comparison
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.models import Member
from party.models.audiences import audience_tokens
from party.permissions import LADDER

LESSON, PROCEDURE, FACT = "lesson", "procedure", "fact"  # kinds of what cites

_OF = re.compile(r"\s+(?:of|in)\s+(?P<the>(?:[Tt]he\s+)?)(?P<name>\S.{0,200})")
_BEFORE = re.compile(r"(?:,|’s|'s|:)?\s*$")


@transaction.atomic
def replace_citations(
    *,
    kind: str,
    key: str,
    title: str,
    url: str,
    edit_url: str,
    audience: Iterable[str],
    owner: Member | None,
    citations: Iterable[tuple[str, str]],
) -> int:
    """Replace what is known of the citations of one text, named by `kind` and `key`.

    `citations` are pairs of a work's slug and a citation key, "7.VIII.3"; none: it cites nothing
    any more. Each is tied to the provision it names in the edition in force, so that it is found
    again however that is renumbered. One that is told again keeps when it was told first. Returns
    how many are known now.
    """
    cited = dict.fromkeys((slug, citation.strip()[:200]) for slug, citation in citations)
    works = Work.objects.in_bulk({slug for slug, _citation in cited}, field_name="slug")
    text = {
        "title": title[:255],
        "url": url,
        "edit_url": edit_url,
        "audience": sorted(audience),
        "owner": owner,
    }
    kept = [
        _keep_citation(kind, key, works[slug], citation, text).pk
        for slug, citation in cited
        if slug in works and citation
    ]
    CitingText.objects.filter(kind=kind, key=key).exclude(pk__in=kept).delete()
    return len(kept)


def _keep_citation(
    kind: str, key: str, work: Work, citation: str, text: dict[str, Any]
) -> CitingText:
    """Write down one citation with what is known of its text, or bring the known one up to date."""
    lineage = _lineage_of(work.slug, citation)
    citing, _made = CitingText.objects.update_or_create(
        kind=kind, key=key, work=work, citation=citation, defaults={**text, "lineage": lineage}
    )
    return citing


def _lineage_of(work: str, citation: str) -> UUID | None:
    """Return the lineage that a citation names in the edition in force, or in the next to come."""
    named = Provision.objects.published().cited(work, citation).order_by("-edition__in_force_from")
    now = named.in_force().values_list("lineage", flat=True).first()
    return now or named.values_list("lineage", flat=True).first()


def citations_in(text: str) -> list[tuple[str, str]]:
    """Return the provisions that a text cites, each as its work's slug and its citation key.

    A citation belongs to the work named beside it ("Chapter 7 Clause VIII of the Sample Rule
    Book"), else to the only rule book there is; where there are several, or another text is named,
    to none.
    """
    found = find_citations(text)
    if not found:
        return []
    works = list(Work.objects.filter(editions__status=Edition.Status.PUBLISHED).distinct())
    books = [work.slug for work in works if work.kind == Work.Kind.RULE_BOOK]
    only = books[0] if len(books) == 1 else ""
    cited: dict[tuple[str, str], None] = {}
    for citation in found:
        named = _named_beside(text, citation.start, citation.end, works)
        if slug := only if named == "" else named:
            cited |= dict.fromkeys((slug, key) for key in citation.keys)
    return list(cited)


def _named_beside(text: str, start: int, end: int, works: Sequence[Work]) -> str | None:
    """Return the slug of the work whose title stands right after or before a citation.

    Empty where none is named; None where something else is ("section 3 of the Companies Act").
    """
    titles = sorted(((work.title.casefold(), work.slug) for work in works), key=_longest_first)
    if match := _OF.match(text, end):
        for named in (match["the"] + match["name"], match["name"]):
            for title, slug in titles:
                if named.casefold().startswith(title):
                    return slug
        if match["name"][0].isupper() and not match["name"].casefold().startswith("rule book"):
            return None
    before = _BEFORE.sub("", text[:start]).casefold()
    return next((slug for title, slug in titles if before.endswith(title)), "")


def _longest_first(named: tuple[str, str]) -> int:
    return -len(named[0])


@transaction.atomic
def flag_citing_texts(edition_id: int, *, now: datetime.datetime) -> int:
    """Flag each text that cites what an edition changed, and tell its owner; return how many.

    What cites a clause or chapter is concerned by all that stands below it. What was cited after
    the edition was published was written for it. An owner is flagged what they may read. Once for
    each text and edition.
    """
    edition = Edition.objects.select_related("work").get(pk=edition_id)
    before = edition.edition_before()
    if before is None:
        return 0
    comparison_for = lru_cache(maxsize=None)(lambda tokens: Comparison(before, edition, tokens))
    fresh = []
    cited = CitingText.objects.filter(work=edition.work, cited_at__lt=edition.published_at or now)
    for citing in cited.select_related("owner"):
        tokens = audience_tokens(citing.owner) if citing.owner else frozenset(LADDER)
        if flag := _flag(citing, comparison_for(tokens), now=now):
            fresh.append(flag)
    made = CitationFlag.objects.bulk_create(fresh, ignore_conflicts=True)
    _notify_owners(edition, now=now)
    return len(made)


def _flag(
    citing: CitingText, comparison: Comparison, *, now: datetime.datetime
) -> CitationFlag | None:
    """Return the flag on a text whose provision changed; None where nothing of it did."""
    line = comparison.line_cited(citing.lineage, citing.citation)
    if line is None or not (concerned := comparison.concerning(line.lineage)):
        return None
    own = next((each for each in concerned if each.before and each.before.pk == line.pk), None)
    after = comparison.new.of(line.lineage) or (own.joined_into if own else None)
    return CitationFlag(
        citing=citing,
        edition=comparison.newer,
        before_id=line.pk,
        after_id=after.pk if after else None,
        made_at=now,
    )


def _notify_owners(edition: Edition, *, now: datetime.datetime) -> None:
    """Tell each owner once, with a line for each text that names all it cites."""
    owned: dict[Member, dict[str, list[str]]] = {}
    flags = CitationFlag.objects.open().filter(edition=edition).exclude(citing__owner=None)
    for flag in flags.select_related("citing__owner", "before"):
        if owner := flag.citing.owner:
            texts = owned.setdefault(owner, {})
            texts.setdefault(flag.citing.title, []).append(flag.cited_as)
    for owner, texts in owned.items():
        count = sum(map(len, texts.values()))
        lines = [f"{title}: {'; '.join(cited)}" for title, cited in texts.items()]
        subject = ngettext(
            "%(count)d citation to review: %(work)s changes",
            "%(count)d citations to review: %(work)s changes",
            count,
        ) % {"count": count, "work": edition.work}
        notify(
            [owner],
            occasion=Occasion.CITATIONS_FLAGGED,
            about=edition.pk,
            subject=subject,
            message="\n".join([_("These of your texts cite rules that change:"), *lines]),
            url=reverse("rules:flags"),
            now=now,
        )


@transaction.atomic
def resolve_flag(flag: CitationFlag, *, by: Member, now: datetime.datetime) -> CitationFlag:
    """Record that somebody looked at a flagged text; a second time changes nothing."""
    flag = CitationFlag.objects.select_for_update().get(pk=flag.pk)
    if flag.resolved_at is None:
        flag.resolved_at, flag.resolved_by = now, by
        flag.save(update_fields=["resolved_at", "resolved_by"])
        log(flag.edition, "rules.resolve_flag", user=by, timestamp=now, data={"text": str(flag)})
    return flag
