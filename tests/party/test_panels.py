"""Panels that other apps register on the pages of regions and units."""

import pytest

from party.panels import Panel, PlacePage, _panels, panels_of, register
from tests.factories.party import LeadFactory
from tests.pages import visible_text


@pytest.fixture
def registered():
    """Put back what was registered before."""
    before = {page: list(panels) for page, panels in _panels.items()}
    yield
    _panels.update(before)


def test_a_panel_is_registered_once_and_below_the_others(registered):
    panel = Panel("party/email/notice.txt", lambda request, place: {})
    before = panels_of(PlacePage.UNIT)
    for _twice in range(2):
        register(PlacePage.UNIT, panel)
    assert panels_of(PlacePage.UNIT) == (*before, panel)


@pytest.mark.django_db
def test_a_panel_is_drawn_with_its_place_for_who_may_see_it(registered, client, settings, tmp_path):
    (tmp_path / "guests.html").write_text("Guests of {{ name }}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    lead = LeadFactory()
    panel = Panel("guests.html", lambda request, place: {"name": place.name}, ("guests.css",))
    register(PlacePage.REGION, panel)
    client.force_login(lead.member)
    page = client.get(lead.region.get_absolute_url())
    assert f"Guests of {lead.region.name}" in visible_text(page)
    assert 'href="/static/guests.css"' in page.content.decode()
