"""Ask the index from the command line."""

import argparse
import html
import json
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.utils.html import strip_tags

from party.models.audiences import audience_tokens
from party.permissions import Person
from search.actions import answers
from search.actions.answers import SearchAnswer
from search.engines.results import Hit
from search.sources import Resolved

FROM_DATABASE = (
    "The index cannot be asked. Results from the database: not ranked, and spelling must match."
)


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
        found = answers.answer(question, audience=audience, limit=max(1, limit))
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(question, found), ensure_ascii=False))
            return
        self._print_above(found)
        results = found.results
        self.stdout.write(f"{results.total} found in {results.took_ms:.1f} ms")
        for hit in results.hits:
            place = " · ".join(filter(None, [hit.document.citation, hit.time]))
            self.stdout.write(f"\n[{hit.document.kind}] {hit.document.title} {place}".rstrip())
            self.stdout.write(f"  {hit.url}\n  {_plain(hit.snippet)}")

    def _print_above(self, found: SearchAnswer) -> None:
        if found.from_database:
            self.stderr.write(FROM_DATABASE)
        for bet in found.bets:
            self.stdout.write(f"pinned: {bet.title}  {bet.address}")
        for resolved in found.resolved:
            for name in ("cited", "meanings", "neighbours"):
                for document in getattr(resolved, name):
                    self.stdout.write(f"{name}: {document.title}  {document.opening_at(None)}")
        for entry in found.defined:
            self.stdout.write(f"meaning: {entry}: {entry.meaning}")
        if found.quoted:
            self.stdout.write(f"quoted: {_plain(found.quoted.words)}  {found.quoted.hit.url}")
        if found.instead:
            self.stdout.write(f"instead: {found.instead}")


def _person(email: str | None) -> Person:
    if email is None:
        return AnonymousUser()
    person = get_user_model().objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"There is no member with the address {email}.")
    return person


def _as_json(question: str, found: SearchAnswer) -> dict[str, Any]:
    results, quoted = found.results, found.quoted
    return {
        "question": question,
        "instead": found.instead,
        "from_database": found.from_database,
        "pinned": [{"title": bet.title, "url": bet.address} for bet in found.bets],
        "citations": [_citation(resolved) for resolved in found.resolved],
        "meanings": {str(entry): entry.meaning for entry in found.defined},
        "quoted": {"words": _plain(quoted.words), "url": quoted.hit.url} if quoted else None,
        "total": results.total,
        "counts": results.counts,
        "reach": results.reach.name.lower(),
        "took_ms": round(results.took_ms, 2),
        "hits": [_hit(hit) for hit in results.hits],
    }


def _citation(resolved: Resolved) -> dict[str, Any]:
    return {"typed": resolved.reference.typed} | {
        name: [
            {"title": document.title, "citation": document.citation, "url": document.url}
            for document in getattr(resolved, name)
        ]
        for name in ("cited", "meanings", "neighbours")
    }


def _plain(marked: str) -> str:
    return html.unescape(strip_tags(marked))


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
