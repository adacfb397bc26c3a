"""Words for each network, within what the network takes.

The limits were read in the sources named beside them; a network may change its own at any time, and
the page says so.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass

LIMITS_CHECKED = datetime.date(2026, 11, 21)
LINK = 23  # characters that a link of any length counts as, on X and on Mastodon
_ADDRESS = re.compile(r"https?://\S+")
# twitter-text, configuration 3: these code points weigh one character, all others two.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


@dataclass(frozen=True)
class Limit:
    """What a network takes: `most` characters, as it counts them, and where it says so.

    `links` says that every address counts as `LINK`; `weighted` that signs outside the Latin and
    neighbouring scripts count twice.
    """

    name: str
    most: int
    source: str
    links: bool = False
    weighted: bool = False


LIMITS: dict[str, Limit] = {
    "x": Limit("X", 280, "developer.x.com, Counting characters", links=True, weighted=True),
    "bluesky": Limit("Bluesky", 300, "the lexicon app.bsky.feed.post, maxGraphemes"),
    "mastodon": Limit("Mastodon", 500, "docs.joinmastodon.org, Posting", links=True),
    "facebook": Limit("Facebook", 63_206, "sproutsocial.com, Character count"),
    "instagram": Limit("Instagram", 2_200, "sproutsocial.com, Character count"),
    "linkedin": Limit("LinkedIn", 3_000, "toolsop.com, Character limits, 4 June 2026"),
}


def length(text: str, limit: Limit) -> int:
    """Return how many characters a text counts as on a network."""
    text = unicodedata.normalize("NFC", text)
    links = _ADDRESS.findall(text) if limit.links else []
    if limit.links:
        text = _ADDRESS.sub("", text)
    weight = sum(_weight(sign) for sign in text) if limit.weighted else len(text)
    return weight + LINK * len(links)


def words_for(limit: Limit | None, *, claim: str, source: str, short: str, address: str) -> str:
    """Return the claim with as much of its source as a network has room for, and the address.

    `source` is the whole sentence on it, `short` the least that must stand there: the publisher and
    the day. Nothing is ever cut in the middle: where not even `short` fits, the address goes, then
    the source, and a claim that is too long by itself is returned alone. None: no limit.
    """
    attempts = (
        f"{claim}\n\n{source}\n{address}",
        f"{claim}\n\n{short}\n{address}",
        f"{claim}\n\n{address}",
        f"{claim}\n\n{short}",
    )
    tidy = [re.sub(r"\n{2,}", "\n\n", attempt).strip() for attempt in attempts]
    for attempt in tidy:
        if limit is None or length(attempt, limit) <= limit.most:
            return attempt
    return claim


def _weight(sign: str) -> int:
    point = ord(sign)
    return 1 if any(first <= point <= last for first, last in _LIGHT) else 2
