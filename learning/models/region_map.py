"""A region as a map of hexagons, one a unit, drawn by the server."""

import dataclasses
from collections.abc import Iterable

from learning.models.coverage import BEST_FIRST, Post

WIDTH = 26.0  # of one hexagon, in the drawing's own units
HEIGHT = WIDTH * 2 / 3**0.5
ROW = HEIGHT * 0.75


@dataclasses.dataclass(frozen=True)
class Hexagon:
    """One unit's place on the map."""

    post: Post
    points: str


@dataclasses.dataclass(frozen=True)
class RegionMap:
    """The hexagons of a region and the drawing's size."""

    hexagons: list[Hexagon]
    width: float
    height: float


def corners(x: float, y: float) -> str:
    """Return the corners of a pointed-top hexagon around a centre, as SVG writes them."""
    half, quarter, tall = WIDTH / 2, HEIGHT / 4, HEIGHT / 2
    around = [(0, -tall), (half, -quarter), (half, quarter), (0, tall), (-half, quarter)]
    around.append((-half, -quarter))
    return " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in around)


def hexagons(posts: Iterable[Post]) -> RegionMap:
    """Lay out the units that have a place on the map; odd rows are shifted right by half."""
    placed: dict[int, Post] = {}
    for post in sorted(posts, key=lambda post: BEST_FIRST.index(post.state)):
        if post.unit.hex_column is not None and post.unit.hex_row is not None:
            placed[post.unit.pk] = post  # of several posts at a unit the worst state is drawn
    if not placed:
        return RegionMap([], 0, 0)
    units = [post.unit for post in placed.values()]
    left = min(unit.hex_column or 0 for unit in units)
    top = min(unit.hex_row or 0 for unit in units)
    drawn, width, height = [], 0.0, 0.0
    for post in placed.values():
        column, row = (post.unit.hex_column or 0) - left, (post.unit.hex_row or 0) - top
        shift = WIDTH / 2 if (post.unit.hex_row or 0) % 2 else 0.0
        x, y = WIDTH * (column + 0.5) + shift + 2, HEIGHT / 2 + ROW * row + 2
        drawn.append(Hexagon(post, corners(x, y)))
        width, height = max(width, x + WIDTH / 2 + 2), max(height, y + HEIGHT / 2 + 2)
    return RegionMap(drawn, round(width, 1), round(height, 1))
