"""Series: the same measure over time and by place, as a chart with its table."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from library.facts import charts
from library.facts.models import FactCard, Series
from library.facts.views.facts import absent
from party.models import Region
from party.permissions import ANYONE, MEMBERS, open_to

PER_PAGE = 50  # series in the list, places in a chart of bars and its table
DRAWN_FIRST = 4  # lines, until somebody chooses
MOST_CHOICES = 60  # places offered as boxes to tick; more are narrowed by region first

Values = dict[str, dict[datetime.date, Decimal]]  # by place, then by the period's first day


class Measured(NamedTuple):
    """A series' values as a page needs them: its periods in their order, and values by place."""

    periods: list[tuple[datetime.date, str]]
    values: Values

    def at(self, day: datetime.date) -> list[tuple[str, Decimal]]:
        """Return the places with a value in a period, largest first; the whole is no place."""
        known = [(place, days[day]) for place, days in self.values.items() if day in days]
        parts = [each for each in known if each[0]] or known
        return sorted(parts, key=lambda each: (-each[1], each[0]))


@open_to(MEMBERS)
def series_list(request: HttpRequest) -> HttpResponse:
    """List the series."""
    found = Series.objects.visible_to(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "facts/series_list.html", {"page": page})


@open_to(ANYONE)
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a series: lines over time for some places, bars by place for a period, all values."""
    found = Series.objects.visible_to(request.user).filter(slug=slug).first()
    return show_series(request, found) if found else absent(request)


def show_series(request: HttpRequest, found: Series, *, preview: bool = False) -> HttpResponse:
    """Return a series' page, or an editor's preview of it."""
    region = None
    if wanted := request.GET.get("region", "").replace("\0", ""):
        region = get_object_or_404(Region, slug=wanted)
    measured = _measured(found, region)
    context = {
        "series": found,
        "due": found.review_by < timezone.localdate(),
        "region": region,
        "regions": _regions(found),
        "cards": FactCard.objects.visible_to(request.user).published().filter(series=found)[:12],
        "preview": preview,
        **(_drawn(request, measured) if measured.values else {}),
    }
    return render(request, "facts/series.html", context)


def _measured(found: Series, region: Region | None) -> Measured:
    rows = found.values.order_by("starts_on", "place")
    if region:
        rows = rows.filter(place_code__in=region.units.values("code"))
    periods: dict[datetime.date, str] = {}
    values: Values = {}
    for day, period, place, value in rows.values_list("starts_on", "period", "place", "value"):
        periods[day] = period
        values.setdefault(place, {})[day] = value
    return Measured(list(periods.items()), values)


def _regions(found: Series) -> list[Region]:
    """Return the regions by which a series' places can be narrowed, where there are several."""
    codes = found.values.exclude(place_code="").values("place_code")
    regions = list(Region.objects.filter(units__code__in=codes).distinct())
    return regions if len(regions) > 1 else []


def _drawn(request: HttpRequest, measured: Measured) -> dict[str, Any]:
    """Return the charts and the table, as far as the values give them."""
    days = dict(measured.periods)
    asked = _day(request.GET.get("period", ""))
    day = asked if asked in days else measured.periods[-1][0]
    ranked = measured.at(day)
    last = [place for place in measured.values if place not in dict(ranked)]
    page = Paginator([place for place, _value in ranked] + last, PER_PAGE).get_page(
        request.GET.get("page")
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "page": page,
        "query": kept.urlencode(),
        "periods": measured.periods,
        "period": days[day],
        "day": day,
        "names": [label for _day, label in measured.periods],
        "rows": [(_name(place), _cells(measured, place)) for place in page],
        "by_period": _by_period(measured) if len(measured.values) == 1 else [],
        **_bars(page, ranked),
        **_lines(request, measured, ranked),
    }


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _name(place: str) -> str:
    return place or _("Total")


def _cells(measured: Measured, place: str) -> list[str]:
    values = measured.values[place]
    return [charts.written(values[day]) if day in values else "" for day, _p in measured.periods]


def _by_period(measured: Measured) -> list[tuple[str, str]]:
    (values,) = measured.values.values()
    return [(label, charts.written(values[day])) for day, label in measured.periods]


def _bars(page: Iterable[str], ranked: list[tuple[str, Decimal]]) -> dict[str, Any]:
    """Return the bars of the page's places, on one scale for all pages."""
    values = dict(ranked)
    shown = [(_name(place), values[place]) for place in page if place in values]
    if len(ranked) < 2 or not shown:
        return {}
    most, least = ranked[0], ranked[-1]
    return {
        "bars": charts.bars(shown, [value for _place, value in ranked]),
        "most": (_name(most[0]), charts.written(most[1])),
        "least": (_name(least[0]), charts.written(least[1])),
        "places": len(ranked),
    }


def _lines(
    request: HttpRequest, measured: Measured, ranked: list[tuple[str, Decimal]]
) -> dict[str, Any]:
    """Return the lines of the chosen places, or of the whole, or of the largest few."""
    if len(measured.periods) < 2:
        return {}
    asked = [place for place in request.GET.getlist("place") if place in measured.values]
    first = [""] if "" in measured.values else [place for place, _v in ranked[:DRAWN_FIRST]]
    chosen = list(dict.fromkeys(asked))[: charts.STYLES] or first
    named = [(_name(place), sorted(measured.values[place].items())) for place in chosen]
    choices = sorted(measured.values)
    return {
        "lines": charts.line_chart(named, measured.periods),
        "ends": [
            {
                "name": name,
                "first": charts.written(values[0][1]),
                "since": dict(measured.periods)[values[0][0]],
                "last": charts.written(values[-1][1]),
                "until": dict(measured.periods)[values[-1][0]],
            }
            for name, values in named
        ],
        "choices": [(place, _name(place), place in chosen) for place in choices][:MOST_CHOICES]
        if 1 < len(choices) <= MOST_CHOICES
        else [],
        "too_many": len(choices) > MOST_CHOICES,
        "most_lines": charts.STYLES,
    }
