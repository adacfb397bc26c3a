"""A region as hexagons."""

from hypothesis import given
from hypothesis import strategies as st

from learning.models import PostState
from learning.models.coverage import Holder, Post
from learning.models.region_map import hexagons
from party.models import Appointment, Role, Unit


def holder(state):
    return Holder(Appointment(), state)


def test_the_map_shows_the_worst_of_several_posts_of_a_unit():
    unit = Unit(pk=1, hex_column=0, hex_row=0)
    trained, vacant = Post(unit, Role(), (holder(PostState.TRAINED),)), Post(unit, Role())
    for posts in ([trained, vacant], [vacant, trained]):
        drawn = hexagons(posts).hexagons
        assert [one.post.state for one in drawn] == [PostState.VACANT]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), unique=True, max_size=30))
def test_every_hexagon_lies_inside_its_map_and_covers_no_other(cells):
    posts = [
        Post(Unit(pk=n, hex_column=column, hex_row=row), Role())
        for n, (column, row) in enumerate(cells)
    ]
    drawn = hexagons(posts)
    assert len({one.points for one in drawn.hexagons}) == len(cells)
    for one in drawn.hexagons:
        for corner in one.points.split():
            x, y = map(float, corner.split(","))
            assert 0 <= x <= drawn.width
            assert 0 <= y <= drawn.height
