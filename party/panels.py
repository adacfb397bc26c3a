"""What other apps show on the pages of regions and units: they register it here."""

import dataclasses
import enum
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest


class PlacePage(enum.Enum):
    """The pages that have panels; each says what a panel's `context` is given."""

    REGIONS = "regions"  # the regions that the person may see
    REGION = "region"  # the region
    UNIT = "unit"  # the unit


@dataclasses.dataclass(frozen=True)
class Panel:
    """A part of a page: its template, what that is filled with, and the style sheets it needs.

    `context` is given the request and the place. It is asked only for who may see that place.
    """

    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any]]
    stylesheets: tuple[str, ...] = ()


_panels: dict[PlacePage, list[Panel]] = {page: [] for page in PlacePage}


def register(page: PlacePage, panel: Panel) -> None:
    """Show a panel on a page, below those registered before. An app calls this when it is ready."""
    if panel not in _panels[page]:
        _panels[page].append(panel)


def panels_of(page: PlacePage) -> tuple[Panel, ...]:
    """Return a page's panels in order."""
    return tuple(_panels[page])
