"""Loads the sample rule book, the model standing order and the fact cards."""

import csv
import datetime
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from demo.loader import CONTENT, DEMO, read
from library import actions
from library.models import FactCard, Work
from library.rulebooks import read_rules

WORKS = (
    ("sample", "Sample Rule Book", Work.Kind.RULE_BOOK, "rulebook.md"),
    ("standing-orders", "Model standing order", Work.Kind.STANDING_ORDERS, "standing-orders.md"),
)
EDITION = "2026 sample"
IN_FORCE = datetime.date(2026, 1, 1)


def constituencies() -> list[dict[str, str]]:
    """Return the rows of the reference data."""
    with (DEMO / "data" / "constituencies.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def load() -> None:
    now = timezone.now()
    for slug, title, kind, file in WORKS:
        if not Work.objects.filter(slug=slug).exists():
            load_work(slug, title, kind, file, now)
    known = set(FactCard.objects.values_list("slug", flat=True))
    for card in read("facts.yaml"):
        if card["slug"] not in known:
            load_fact(card, now)


@transaction.atomic
def load_work(slug: str, title: str, kind: str, file: str, now: datetime.datetime) -> None:
    reading = read_rules((CONTENT / file).read_text())
    if reading.left_out or reading.warnings:
        raise SystemExit(f"{file}: {reading.left_out} {reading.warnings}")
    work = actions.save_work(Work(slug=slug, title=title, kind=kind, sample=True), by=None, now=now)
    edition = actions.import_edition(
        work=work,
        label=EDITION,
        in_force_from=IN_FORCE,
        tree=reading.tree,
        introduction=reading.introduction,
        by=None,
        now=now,
    )
    actions.publish_edition(edition, by=None, now=now)


def load_fact(given: dict[str, Any], now: datetime.datetime) -> None:
    card = {**given}
    topics = [topic.replace("-", " ").capitalize() for topic in card.pop("topics", [])]
    wanted = {key: card.pop(key, "") for key in ("compute", "region", "nation")}
    if wanted["compute"]:
        card["statement"] = card["statement"].format(**computed(wanted))
        card["detail"] = card["detail"].format(**computed(wanted))
    saved = actions.save_fact(FactCard(**card), topics=topics, by=None, now=now)
    actions.publish_fact(saved, by=None, now=now)


def computed(wanted: dict[str, str]) -> dict[str, Any]:
    """Return the figures of a computed card, counted from the reference data."""
    rows = constituencies()
    regions, nations = Counter(r["region"] for r in rows), Counter(r["nation"] for r in rows)
    region, nation = wanted["region"], wanted["nation"]
    if wanted["compute"] == "regions_by_size":
        region = regions.most_common(1)[0][0]
    count = {
        "constituencies_total": len(rows),
        "constituencies_in_nation": nations[nation],
    }.get(wanted["compute"], regions[region])
    return {
        "count": count,
        "total": len(rows),
        "region": region,
        "nation": nation,
        "share": f"{100 * count / len(rows):.1f}",
    }
