"""Where everything stands in a clip's picture: film, title card, captions and imprint.

All sizes follow the shorter side, given for 1080 pixels. A film that is much wider than the picture
stands between its title and its captions; any other fills the picture, with the words on it.

The margins are our own measure: applications draw names and buttons over the edges of a film, each
in its own way and changing it, so words keep well away from all four.
"""

from dataclasses import dataclass

from . import clip_text
from .clip_words import MOST_LINES, Face

SHAPES = {"9:16": (9, 16), "1:1": (1, 1), "16:9": (16, 9)}
UNIT = 1080  # pixels of the shorter side that the sizes below are given for
STACKED_FROM = 1.4  # a film so much wider than the picture stands between the words
GAP = 24
PADDING = 20  # around the words in a box
LEADING = 1.24  # a line's height, of its type's size
RULE = 12  # the red bar beside the title
IMPRINT_SIZES = {"9:16": (40, 36, 34), "1:1": (38, 36, 34), "16:9": (42, 39, 36)}
TITLES = {"9:16": (3, (76, 68, 60, 52)), "1:1": (2, (58, 52, 46, 42)), "16:9": (2, (58, 50, 42))}
CARD_SIZES = (104, 92, 80, 70, 62, 54)
MARGINS = {"9:16": (76, 190, 250), "1:1": (48, 40, 40), "16:9": (96, 56, 32)}  # sides, top, bottom
CAPTION_SIZES = {"9:16": 66, "1:1": 54, "16:9": 64}
CARD_LEADING, CARD_SHARE = 1.1, 0.8  # of the type's size; of the card's free height
LEAST_FILM = 0.25  # of the picture's shorter side, whatever the words take
ABOVE = 0.4  # of the room left over stands above the title, the rest below the captions


@dataclass(frozen=True)
class Box:
    """A rectangle in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True)
class TextBlock:
    """Text as it is set: its lines from the top, ``leading`` pixels each, in their box."""

    lines: tuple[str, ...]
    weight: str
    size: int
    leading: int
    box: Box
    centred: bool = False


@dataclass(frozen=True)
class Layout:
    """A clip's picture. ``band`` is the title beside the film; without it the card alone has it."""

    canvas: "Canvas"
    film: Box
    card: Box
    card_title: TextBlock
    band: TextBlock | None
    imprint: TextBlock
    captions: Box
    imprint_on_film: bool = False


def lay_out(shape: str, film: float, title: str, imprint: str, *, short_side: int) -> Layout:
    """Place everything for a film of the shape ``film`` (its width divided by its height).

    ``short_side`` in pixels. Type shrinks to hold a long title, and beyond that the film makes
    room: no word is cut. Signs that the typeface lacks are replaced as `clip_text.drawn` says.
    """
    canvas = empty_canvas(shape, short_side)
    title, imprint = clip_text.drawn(title), clip_text.drawn(imprint)
    stacked = film / (canvas.width / canvas.height) > STACKED_FROM
    signed = _imprint(canvas, imprint, stacked=stacked)
    place = _stacked if stacked else _filled
    return place(canvas, film, title, signed)


@dataclass(frozen=True)
class Canvas:
    """The empty picture: its size, what stays clear of the edges, and how captions are set."""

    width: int
    height: int
    unit: float
    shape: str
    safe: Box
    face: Face

    def pixels(self, size: float) -> int:
        return round(size * self.unit)

    @property
    def captions_height(self) -> int:
        return MOST_LINES * round(self.face.size * LEADING) + 2 * self.pixels(PADDING)


def empty_canvas(shape: str, short_side: int) -> Canvas:
    across, down = SHAPES[shape]
    unit = short_side / UNIT
    width, height = (_even(short_side * side / min(across, down)) for side in (across, down))
    sides, top, bottom = (round(margin * unit) for margin in MARGINS[shape])
    safe = Box(sides, top, width - 2 * sides, height - top - bottom)
    size = round(CAPTION_SIZES[shape] * unit)
    face = Face("bold", size, safe.width - 2 * round(PADDING * unit))
    return Canvas(width, height, unit, shape, safe, face)


def _stacked(canvas: Canvas, film: float, title: str, imprint: TextBlock) -> Layout:
    """Title, film, captions and imprint one below the other."""
    safe, gap = canvas.safe, canvas.pixels(GAP)
    across = canvas.pixels(RULE + PADDING)
    limit = safe.width - across
    most, sizes = TITLES[canvas.shape]
    size, lines = _largest(title, "bold", sizes, canvas, limit, most=most)
    leading = round(size * LEADING)
    words = len(lines) * leading + canvas.captions_height + 3 * gap
    room = max(imprint.box.top - safe.top - words, round(canvas.width * LEAST_FILM))
    picture = _fitted(film, canvas.width, min(room, canvas.height))
    top = safe.top + max(0, round((room - picture.height) * ABOVE))
    band = Box(safe.left + across, top, limit, len(lines) * leading)
    picture = Box(picture.left, band.bottom + gap, picture.width, picture.height)
    captions = Box(safe.left, picture.bottom + gap, safe.width, canvas.captions_height)
    card = Box(0, 0, canvas.width, picture.bottom)
    return Layout(
        canvas,
        film=picture,
        card=card,
        card_title=_card_title(canvas, title, Box(safe.left, top, safe.width, card.bottom - top)),
        band=TextBlock(tuple(lines), "bold", size, leading, band),
        imprint=imprint,
        captions=captions,
    )


def _filled(canvas: Canvas, film: float, title: str, imprint: TextBlock) -> Layout:
    """The film as large as can be, its captions on it; the imprint below, or on it if upright."""
    safe, gap = canvas.safe, canvas.pixels(GAP)
    on_film = canvas.shape == "9:16"
    room = canvas.height if on_film else imprint.box.top - gap
    picture = _fitted(film, canvas.width, room)
    picture = Box(picture.left, (room - picture.height) // 2, picture.width, picture.height)
    foot = imprint.box.top - canvas.pixels(PADDING) if on_film else picture.bottom
    top = foot - gap - canvas.captions_height
    captions = Box(safe.left, top, safe.width, canvas.captions_height)
    free = Box(safe.left, safe.top, safe.width, top - gap - safe.top)
    return Layout(
        canvas,
        film=picture,
        card=Box(0, 0, canvas.width, canvas.height if on_film else room),
        card_title=_card_title(canvas, title, free),
        band=None,
        imprint=imprint,
        captions=captions,
        imprint_on_film=on_film,
    )


def _imprint(canvas: Canvas, text: str, *, stacked: bool) -> TextBlock:
    """The imprint at the foot of what is safe, in the largest type that needs few lines."""
    on_film = canvas.shape == "9:16" and not stacked
    safe, padding = canvas.safe, canvas.pixels(PADDING) if on_film else 0
    limit, sizes = safe.width - 2 * padding, IMPRINT_SIZES[canvas.shape]
    most = 1 if canvas.shape == "16:9" else MOST_LINES
    size, lines = _largest(text, "regular", sizes, canvas, limit, most=most)
    leading = round(size * LEADING)
    height = len(lines) * leading
    box = Box(safe.left + padding, safe.bottom - padding // 2 - height, limit, height)
    return TextBlock(tuple(lines), "regular", size, leading, box)


def _card_title(canvas: Canvas, title: str, free: Box) -> TextBlock:
    """The title on its card: as large as the card allows, in the middle of its height."""
    across = canvas.pixels(RULE + 2 * PADDING)
    limit = free.width - across
    for size in CARD_SIZES:
        pixels = canvas.pixels(size)
        leading = round(pixels * CARD_LEADING)
        lines = clip_text.wrap(title, "bold", pixels, limit=limit)
        whole = all(word in " ".join(lines).split() for word in title.split())
        if whole and len(lines) * leading <= free.height * CARD_SHARE:
            break
    height = len(lines) * leading
    top = free.top + max(0, (free.height - height) // 2)
    box = Box(free.left + across, top, limit, height)
    return TextBlock(tuple(lines), "bold", pixels, leading, box)


def caption_lines(layout: Layout, lines: tuple[str, ...]) -> tuple[Box, TextBlock]:
    """The box of one caption and its lines in it: below the film, or at the foot of it."""
    canvas, face = layout.canvas, layout.canvas.face
    padding, leading = canvas.pixels(PADDING), round(face.size * LEADING)
    longest = max(clip_text.width(line, face.weight, face.size) for line in lines)
    width = min(_even(longest + 2 * padding + 1), layout.captions.width)
    height = len(lines) * leading + 2 * padding
    top = layout.captions.top if layout.band else layout.captions.bottom - height
    across = 0 if layout.band else (layout.captions.width - width) // 2
    box = Box(layout.captions.left + across, top, width, height)
    inner = Box(box.left + padding, box.top + padding, width - 2 * padding, len(lines) * leading)
    return box, TextBlock(lines, face.weight, face.size, leading, inner, not layout.band)


def _largest(
    text: str, weight: str, sizes: tuple[int, ...], canvas: Canvas, limit: float, *, most: int
) -> tuple[int, list[str]]:
    """The largest size at which ``most`` lines hold the text, or the smallest, and the lines."""
    for size in sizes:
        pixels = canvas.pixels(size)
        lines = clip_text.wrap(text, weight, pixels, limit=limit)
        if len(lines) <= most:
            break
    return pixels, lines


def _fitted(film: float, width: int, height: int) -> Box:
    """The largest box of the film's shape inside the given size, in the middle across."""
    across = min(width, _even(height * film))
    down = min(height // 2 * 2, _even(across / film))
    return Box((width - across) // 2, 0, across, down)


def _even(size: float) -> int:
    return max(2, round(size / 2) * 2)
