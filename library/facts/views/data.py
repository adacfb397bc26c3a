"""Fact cards and series as data: CSV that a spreadsheet opens safely, and JSON."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ground.sheets.responses import csv_response
from library.facts.actions.card_sheets import CARD_COLUMNS
from library.facts.actions.value_sheets import VALUE_COLUMNS
from library.facts.charts import plain
from library.facts.models import FactCard, Series
from library.facts.views.facts import absent
from party.permissions import ANYONE, open_to

FIELDS = [column.name for column in CARD_COLUMNS if column.name != "topics"]
AT_ONCE = 200  # rows fetched at a time


def _card_rows(request: HttpRequest, cards: Any) -> Iterator[list[Any]]:
    """Yield the headings, then a row a card. Its columns are those that an import reads."""
    yield [*FIELDS, "topics", "status", "link"]
    today = timezone.localdate()
    for card in cards:
        topics = "; ".join(sorted(topic.name for topic in card.topics.all()))
        link = request.build_absolute_uri(card.get_absolute_url())
        fields = [card.as_text(name) for name in FIELDS]
        yield [*fields, topics, card.status(today).value, link]


@open_to(ANYONE)
def facts_csv(request: HttpRequest) -> HttpResponseBase:
    """Send all live cards that this reader may see."""
    cards = FactCard.objects.visible_to(request.user).filter(state=FactCard.State.LIVE)
    found = cards.with_topics().iterator(chunk_size=AT_ONCE)
    return csv_response(_card_rows(request, found), "facts")


@open_to(ANYONE)
def fact_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send one card as CSV."""
    card = FactCard.objects.visible_to(request.user).with_topics().filter(slug=slug).first()
    return csv_response(_card_rows(request, [card]), slug) if card else absent(request)


@open_to(ANYONE)
def fact_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Send one card as JSON, with its source, its status and its version."""
    card = FactCard.objects.visible_to(request.user).with_topics().filter(slug=slug).first()
    if card is None:
        return absent(request)
    successor = card.successor(request.user)
    last = card.versions.visible_to(request.user).defer("data").first()
    content = {
        "link": request.build_absolute_uri(card.get_absolute_url()),
        "status": card.status(timezone.localdate()).value,
        "version": last.number if last else 1,
        "title": card.title,
        "statement": card.statement,
        "figure": card.figure,
        "unit": card.unit,
        "period": card.period,
        "place": card.place,
        "detail": card.detail_text,
        "does_not_show": card.does_not_show,
        "kind": card.kind,
        "topics": sorted(topic.name for topic in card.topics.all()),
        "source": _source(card),
        "as_at": card.as_at,
        "review_by": card.review_by,
        "superseded_by": successor and request.build_absolute_uri(successor.get_absolute_url()),
        "withdrawn": card.withdrawn_at
        and {"at": card.withdrawn_at, "reason": card.withdrawal_reason},
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _source(rests_on: FactCard | Series) -> dict[str, Any]:
    return {
        "publisher": rests_on.source_name,
        "title": rests_on.citation,
        "address": rests_on.source_url,
        "published": rests_on.source_published,
        "accessed": rests_on.source_accessed,
        "licence": rests_on.source_licence,
    }


def _values(series: Series) -> Iterator[list[Any]]:
    """Yield a row for each value, in the columns that an import reads."""
    names = [column.name for column in VALUE_COLUMNS]
    for *rest, value in series.values.values_list(*names).iterator(chunk_size=2000):
        yield [*rest, plain(value)]


@open_to(ANYONE)
def series_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Send a series' values as CSV."""
    series = Series.objects.visible_to(request.user).filter(slug=slug).first()
    if series is None:
        return absent(request)

    def rows() -> Iterator[list[Any]]:
        yield [column.name for column in VALUE_COLUMNS]
        yield from _values(series)

    return csv_response(rows(), slug)


@open_to(ANYONE)
def series_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a series as JSON: what it measures, its source, and its values as text, unrounded."""
    series = Series.objects.visible_to(request.user).filter(slug=slug).first()
    if series is None:
        return absent(request)
    names = [column.name for column in VALUE_COLUMNS]
    content = {
        "link": request.build_absolute_uri(series.get_absolute_url()),
        "title": series.title,
        "measure": series.measure,
        "unit": series.unit,
        "does_not_show": series.does_not_show,
        "source": _source(series),
        "as_at": series.as_at,
        "review_by": series.review_by,
        "values": [dict(zip(names, row, strict=True)) for row in _values(series)],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
