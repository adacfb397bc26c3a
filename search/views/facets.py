"""No view: the filters of the result page, each with the address that sets it or lifts it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search import sources
from search.engines.question import Sort
from search.engines.results import Results
from search.forms import SearchParameters

Label = str | Promise


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value that a filter may have: how much there is of it, and where that is shown."""

    value: str
    label: Label
    count: int
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter that is set; the address is that of the same page without it."""

    label: Label
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What the page offers to narrow its results, and what narrows them now.

    `everything` is the address without any filter, `found` how much there is of all kinds, and
    `kept` are the fields that the form beside them must not lose.
    """

    everything: str
    found: int
    kinds: list[FacetValue]
    editions: list[FacetValue]
    courses: list[FacetValue]
    chips: list[FilterChip]
    kept: list[tuple[str, str]]
    by_date: bool


def available_facets(asked: SearchParameters, results: Results) -> Facets:
    """Return the filters for what was found."""
    return Facets(
        everything=asked.without("kind").url,
        found=sum(results.counts.values()),
        kinds=_kinds(asked, results),
        editions=_named(results.editions, asked.edition),
        courses=_named(results.courses, asked.course),
        chips=_chips(asked, results),
        kept=[(name, value) for name in ("kind", "group") if (value := getattr(asked, name))],
        by_date=asked.sort is Sort.DATE,
    )


def lifts(asked: SearchParameters, results: Results, wider: int) -> list[FilterChip]:
    """Return a link without each filter that is set, and one without all: `wider` results.

    The number stands only where it is known.
    """
    labels = _labels(asked, results)
    if len(labels) == 1:
        return [FilterChip(label, asked.without(name).url, wider) for name, label in labels.items()]
    found = [
        FilterChip(label, asked.without(name).url, _known(name, results))
        for name, label in labels.items()
    ]
    useful = [chip for chip in found if chip.count != 0]
    return [*useful, FilterChip("", asked.without(*asked.filters).url, wider)]


def _known(name: str, results: Results) -> int | None:
    """Return how many there would be without the kind; of another filter nobody has counted."""
    return sum(results.counts.values()) if name == "kind" else None


def _kinds(asked: SearchParameters, results: Results) -> list[FacetValue]:
    """Return every kind of which something was found, and the one asked for even so."""
    return [
        FacetValue(
            value=source.kind,
            label=source.label,
            count=results.counts.get(source.kind, 0),
            url=asked.but(kind=source.kind).url,
            current=source.kind == asked.kind,
        )
        for source in sources.registered()
        if source.kind in results.counts or source.kind == asked.kind
    ]


def _named(counts: dict[str, int], current: str) -> list[FacetValue]:
    names = sorted({*counts, current} - {""})
    return [FacetValue(name, name, counts.get(name, 0), current=name == current) for name in names]


def _chips(asked: SearchParameters, results: Results) -> list[FilterChip]:
    chips = [
        FilterChip(label, asked.without(name).url)
        for name, label in _labels(asked, results).items()
        if name != "kind" or not results.counts  # else it stands among the kinds already
    ]
    if asked.older:
        label = _("Editions that are not in force too")
        chips.append(FilterChip(label, asked.without("older", "edition").url))
    if asked.sort is Sort.DATE:
        chips.append(FilterChip(_("Latest first"), asked.without("sort").url))
    return chips


def _labels(asked: SearchParameters, results: Results) -> dict[str, Label]:
    """Return what each filter that is set is called."""
    labels: dict[str, Label] = {
        "group": group_label(asked, results),
        "edition": asked.edition,
        "course": asked.course,
    }
    if source := sources.of_kind(asked.kind):
        labels["kind"] = source.label
    if asked.since:
        labels["since"] = _("From %(day)s") % {"day": date_format(asked.since)}
    if asked.until:
        labels["until"] = _("To %(day)s") % {"day": date_format(asked.until)}
    return {name: labels[name] for name in asked.filters}


def group_label(asked: SearchParameters, results: Results) -> str:
    """Return what the group that was asked for is called, as what was found of it says."""
    for hit in results.hits:
        if hit.document.group == asked.group and hit.document.group_label:
            return hit.document.group_label
    return pgettext("a chapter or a film", "One part")
