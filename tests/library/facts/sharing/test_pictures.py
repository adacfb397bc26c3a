"""A fact drawn as a picture: nothing is cut off, what no longer holds is struck out."""

import io
from dataclasses import replace

import pytest
from django.conf import settings
from PIL import Image

from library.facts.sharing.pictures import SIZES, SMALLEST, Card, alt_text, draw

RED, GREY = (228, 0, 59), (71, 85, 105)
BAR, MARGIN = 18, 60
BANNER = 140  # rows at the top, of which the banner of a withdrawn card takes fewer
CARD = Card(
    claim="Two members are a quorum of a company.",
    figure="2",
    about="members, 2020",
    source="Source: Companies Act 2006, section 318, legislation.gov.uk.",
    as_at="As at 30 June 2020.",
    imprint="Promoted by A. Example, 1 Example Street, Exampletown",
)
WITHDRAWN = "Withdrawn on 21 November 2026. Do not share."


def picture(shape="wide", **fields) -> Image.Image:
    content = draw(replace(CARD, **fields), shape, fonts=settings.TYPEFACE_DIR)
    return Image.open(io.BytesIO(content)).convert("RGB")


def share_of(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """Return how much of a picture is about of a colour, from 0 to 1."""
    near = sum(
        count
        for count, found in image.getcolors(1 << 24)
        if all(abs(one - other) <= 8 for one, other in zip(found, colour, strict=True))
    )
    return near / (image.width * image.height)


def is_blank(image: Image.Image, *box: int) -> bool:
    """Say whether there is nothing but paper between left, top, right and bottom."""
    return image.convert("L").crop(box).getextrema()[0] >= 250


def rule_above_the_source(image: Image.Image) -> int:
    """Return the first row of the line that parts the claim from its source."""
    grey = image.convert("L").crop((BAR + MARGIN, 0, image.width - MARGIN, image.height))
    return next(
        row
        for row in range(BANNER, grey.height)
        if grey.crop((0, row, grey.width, row + 1)).getextrema()[1] < 250
    )


def test_the_smallest_type_is_as_large_as_newsprint_on_a_telephone():
    assert SMALLEST * 390 / 1200 >= 11


def test_in_words_it_says_all_that_is_drawn_and_first_that_it_no_longer_holds():
    assert alt_text(CARD) == (
        "2 members, 2020: Two members are a quorum of a company. "
        "Source: Companies Act 2006, section 318, legislation.gov.uk. As at 30 June 2020. "
        "Promoted by A. Example, 1 Example Street, Exampletown"
    )
    gone = Card("A claim.", "", "", "Source: Nobody.", "As at 2020.", "", WITHDRAWN)
    assert alt_text(gone) == f"{WITHDRAWN} A claim. Source: Nobody. As at 2020."


@pytest.mark.parametrize("shape", SIZES)
def test_a_picture_has_the_size_that_networks_show_and_is_the_same_each_time(shape):
    content = draw(CARD, shape, fonts=settings.TYPEFACE_DIR)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", SIZES[shape])
    assert draw(CARD, shape, fonts=settings.TYPEFACE_DIR) == content


@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"claim": "A claim " * 25},  # 200 characters
        {"claim": "W" * 200},  # and in one word
        {"figure": "£1,234,567,890", "about": "pounds a year, in England and Wales, 2019 to 2024"},
        {"claim": "A claim " * 25, "source": "Source: " + "A long publisher, " * 12},
        {"claim": "A claim " * 25, "standing": WITHDRAWN},
    ],
    ids=["usual", "long claim", "long word", "long figure", "long source", "withdrawn"],
)
def test_nothing_runs_off_the_picture_or_into_its_source(shape, fields):
    image = picture(shape, **fields)
    width, height = image.size
    assert is_blank(image, width - MARGIN + 2, BANNER, width, height)
    assert is_blank(image, BAR + 2, height - 20, width, height)
    rule = rule_above_the_source(image)
    assert is_blank(image, BAR + 2, rule - 8, width, rule)


def test_a_figure_is_red_and_a_card_without_one_is_all_claim():
    with_figure, without = picture(), picture(figure="", about="")
    bar = BAR / without.width
    assert share_of(without, RED) == pytest.approx(bar, abs=0.002)
    assert share_of(with_figure, RED) > bar + 0.003


def test_what_no_longer_holds_is_struck_out_grey_below_a_red_banner():
    holds, gone = picture(), picture(standing=WITHDRAWN)
    assert share_of(gone.crop((0, 0, gone.width, 20)), RED) == 1
    assert share_of(holds.crop((BAR + 1, 0, holds.width, 20)), RED) == 0
    assert share_of(gone.crop((BAR + 1, BANNER, gone.width, gone.height)), RED) == 0
    assert share_of(gone, GREY) > share_of(holds, GREY)


def test_a_sign_that_the_typeface_lacks_is_a_box_and_not_nothing():
    unknown, box, left_out = (picture(claim=f"A {sign}") for sign in ("\U0001f600", "\ufffd", ""))
    assert unknown.tobytes() == box.tobytes()
    assert unknown.tobytes() != left_out.tobytes()
