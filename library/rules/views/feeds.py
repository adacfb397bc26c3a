"""A work's editions as an Atom feed, for readers who are signed in."""

import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from library.rules.models import Edition, Work
from library.rules.models.changes import Comparison
from library.rules.views.reading.addresses import published_work
from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to

MOST_EDITIONS = 10
MOST_COMPARED = 3  # of them; comparing takes its time


class EditionsFeed(Feed):
    """The newest editions of one work, each with what it changed in what this reader may read."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, work: str) -> Work:
        found = published_work(request, work)
        self.audience = audience_tokens(request.user)
        return found

    def title(self, work: Work) -> str:
        return _("%(work)s: editions and changes") % {"work": work}

    def link(self, work: Work) -> str:
        return reverse("rules:editions", args=[work.slug])

    def feed_url(self, work: Work) -> str:
        return reverse("rules:feed", args=[work.slug])

    def subtitle(self, work: Work) -> str:
        return _("Each published edition, with what changed chapter by chapter.")

    def items(self, work: Work) -> list[tuple[Edition, Edition | None]]:
        """Return the newest editions, each with the one before it."""
        editions = work.published_editions
        pairs = list(zip(editions, [None, *editions], strict=False))
        newest = list(reversed(pairs))[:MOST_EDITIONS]
        self.compared = {edition.pk for edition, _before in newest[:MOST_COMPARED]}
        return newest

    def item_title(self, item: tuple[Edition, Edition | None]) -> str:
        edition = item[0]
        return _("%(label)s, in force from %(date)s") % {
            "label": edition.label,
            "date": date_format(edition.in_force_from),
        }

    def item_description(self, item: tuple[Edition, Edition | None]) -> str:
        edition, before = item
        parts = [format_html("<p>{}</p>", edition.note)] if edition.note else []
        if before is None:
            parts.append(format_html("<p>{}</p>", _("The first edition here.")))
        elif edition.pk in self.compared:
            changed = Comparison(before, edition, self.audience).chapters()
            lines = format_html_join(
                "", "<li>{}: {}</li>", ((str(each.chapter), each.sentence) for each in changed)
            )
            nothing = format_html("<p>{}</p>", _("Nothing that you can read has changed."))
            parts.append(format_html("<ul>{}</ul>", lines) if changed else nothing)
        return "".join(parts)

    def item_link(self, item: tuple[Edition, Edition | None]) -> str:
        edition, before = item
        if before is None:
            return reverse("rules:editions", args=[edition.work.slug])
        return reverse("rules:comparison", args=[edition.work.slug, before.slug, edition.slug])

    def item_guid(self, item: tuple[Edition, Edition | None]) -> str:
        return f"urn:membersnet:edition:{item[0].pk}"

    def item_pubdate(self, item: tuple[Edition, Edition | None]) -> datetime.datetime | None:
        return item[0].published_at

    def item_updateddate(self, item: tuple[Edition, Edition | None]) -> datetime.datetime | None:
        return item[0].published_at


@open_to(MEMBERS)
def feed(request: HttpRequest, work: str) -> HttpResponse:
    """Answer with the feed of a work's editions."""
    answer: Any = EditionsFeed()(request, work=work)
    return answer
