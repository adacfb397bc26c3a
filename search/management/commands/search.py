"""Ask the index from the command line."""

import argparse
import html
import json
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils.html import strip_tags

from party.permissions import audience_tokens
from search import actions
from search.engines.base import EngineUnavailable, Hit, IndexMissing, Results

NOT_READY = "The index cannot be asked: {} `manage.py search_index catch_up` builds it."


class Command(BaseCommand):
    help = (
        "Answer a question as the search page would, for one member or, without --as, for anyone."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("question")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="what this member may find")
        parser.add_argument("--limit", type=int, default=10, help="how many hits (10)")

    def handle(self, *, question: str, email: str | None, limit: int, **options: Any) -> None:
        audience = audience_tokens(_person(email))
        try:
            found = actions.ask(question, audience=audience, limit=max(1, limit))
        except (IndexMissing, EngineUnavailable) as error:
            raise CommandError(NOT_READY.format(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(question, found), ensure_ascii=False))
        else:
            self._print(found)

    def _print(self, found: Results) -> None:
        self.stdout.write(f"{found.total} found in {found.took_ms:.1f} ms")
        for hit in found.hits:
            place = " · ".join(filter(None, [hit.document.citation, hit.time]))
            self.stdout.write(f"\n[{hit.document.kind}] {hit.document.title} {place}".rstrip())
            self.stdout.write(f"  {hit.url}\n  {html.unescape(strip_tags(hit.snippet))}")


def _person(email: str | None) -> Any:
    if email is None:
        return AnonymousUser()
    person = get_user_model().objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"There is no member with the address {email}.")
    return person


def _as_json(question: str, found: Results) -> dict[str, Any]:
    return {
        "question": question,
        "total": found.total,
        "counts": found.counts,
        "reach": found.reach.name.lower(),
        "took_ms": round(found.took_ms, 2),
        "hits": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "id": document.id,
        "kind": document.kind,
        "url": hit.url,
        "title": document.title,
        "heading": document.heading,
        "citation": document.citation,
        "seconds": hit.seconds,
        "snippet": hit.snippet,
        "score": round(hit.score, 4),
    }
