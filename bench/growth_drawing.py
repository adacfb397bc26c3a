"""A drawing of how measurements grow, as SVG that reads well on light and on dark pages."""

import html
import math
from dataclasses import dataclass

WIDTH, HEIGHT = 460, 380  # of one panel
LEFT, RIGHT, TOP, BOTTOM = 62, 150, 44, 52
COLOURS = (
    *("#0b6bcb", "#c2410c", "#15803d", "#7c3aed", "#b91c6b"),
    *("#0f766e", "#a16207", "#6b7280", "#dc2626", "#0ea5e9"),
)
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 14px }
.axis { stroke: #6e7781; fill: none } .grid { stroke: #d0d7de }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #3d444d } }
"""

Panel = tuple[str, str, list["Curve"]]  # title, what the height says, curves


@dataclass
class Curve:
    name: str
    points: list[tuple[float, float]]
    strong: bool = False
    dashed: bool = False


def drawing(panels: list[Panel], along: str) -> str:
    """Return the panels side by side, both axes in powers of ten; `along` names the width."""
    width = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" role="img">',
        f"<title>{html.escape('; '.join(title for title, _height, _curves in panels))}</title>",
        f"<style>{STYLE}</style>",
    ]
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({number * WIDTH} 0)">{_panel(panel, along)}</g>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, along: str) -> str:
    title, height, curves = panel
    points = [point for curve in curves for point in curve.points if min(point) > 0]
    across = _Axis([x for x, _y in points], LEFT, WIDTH - RIGHT)
    up = _Axis([y for _x, y in points], HEIGHT - BOTTOM, TOP)
    parts = [f'<text class="title" x="{LEFT}" y="20">{html.escape(title)}</text>']
    parts += [_tick_across(across, value) for value in across.ticks]
    parts += [_tick_up(up, value) for value in up.ticks]
    parts.append(
        f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>'
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">'
        f"{html.escape(along)}</text>"
        f'<text x="{LEFT}" y="36" font-size="11">{html.escape(height)}</text>'
    )
    taken: list[float] = []
    ordered = sorted(curves, key=lambda curve: -curve.points[-1][1] if curve.points else 0)
    for curve in ordered:
        if curve.points:
            parts.append(
                _curve(curve, COLOURS[curves.index(curve) % len(COLOURS)], across, up, taken)
            )
    return "\n".join(parts)


class _Axis:
    """Powers of ten from the least to the greatest value, between two places."""

    def __init__(self, values: list[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = max(self.low + 1, math.ceil(math.log10(max(values))))
        self.start, self.end = start, end
        self.ticks = [10.0**power for power in range(self.low, self.high + 1)]

    def place(self, value: float) -> float:
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)


def _tick_across(axis: _Axis, value: float) -> str:
    x = axis.place(value)
    return (
        f'<path class="grid" d="M{x} {TOP}V{HEIGHT - BOTTOM}"/>'
        f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{value:,.0f}</text>'
    )


def _tick_up(axis: _Axis, value: float) -> str:
    y = axis.place(value)
    return (
        f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{value:g}</text>'
    )


def _curve(curve: Curve, colour: str, across: _Axis, up: _Axis, taken: list[float]) -> str:
    """Return a curve with its name beside its end; names move down where one stands already."""
    places = [(across.place(x), up.place(y)) for x, y in curve.points]
    line = " ".join(f"{x},{y}" for x, y in places)
    kind = ' stroke-dasharray="5 4"' if curve.dashed else ""
    level = places[-1][1] + 4
    while any(abs(level - other) < 14 for other in taken):
        level += 2
    taken.append(level)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="2.5" fill="{colour}"/>' for x, y in places)
    weight = ' font-weight="600"' if curve.strong else ""
    return (
        f'<polyline points="{line}" fill="none" stroke="{colour}" '
        f'stroke-width="{3 if curve.strong else 1.5}"{kind}/>{dots}'
        f'<text x="{WIDTH - RIGHT + 8}" y="{level}"{weight}>'
        f'<tspan fill="{colour}">●</tspan> {html.escape(curve.name)}</text>'
    )
