"""Passing facts on: their picture, their words, and who hears when one is withdrawn."""

import datetime
import io

import pytest
from PIL import Image

from ground.refusals import Refused
from library.facts.actions.lifecycle import withdraw_fact
from library.facts.actions.sharing import notify_sharers, share_fact
from library.facts.models import FactCard, FactShare
from library.facts.views.sharing import as_card, offered
from party.models import Notice
from tests.factories.library import make_card
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.any_database

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
IMPRINT = "Promoted by A. Example, 1 Example Street, Exampletown"


@pytest.fixture
def public(db) -> FactCard:
    return make_card(audience=FactCard.Audience.ANYONE, figure="2", unit="members")


@pytest.fixture
def closed(db) -> FactCard:
    return make_card("closed")


# --- words ---------------------------------------------------------------------------------------


def test_a_claim_of_200_characters_fits_every_network_with_its_source_and_address(db):
    card = make_card(statement="A claim " * 25, audience="anyone", source_name="Publisher " * 15)
    for each in offered(card).suggestions:
        assert each.most is None or each.found <= each.most
        assert each.words.startswith(card.statement.strip())
        assert "/facts/quorum/" in each.words
    by_network = {each.network: each for each in offered(card).suggestions}
    assert "Companies Act 2006, section 318" in by_network["mastodon"].words


def test_words_lead_to_the_card_where_anyone_may_open_it_and_else_to_its_source(public, closed):
    assert all("/facts/quorum/" in each.words for each in offered(public).suggestions)
    assert all(closed.source_url in each.words for each in offered(closed).suggestions)
    opens = {each.network: each.opens for each in offered(closed).suggestions}
    assert opens["facebook"] == opens["linkedin"] == ""
    assert opens["x"].startswith("https://x.com/intent/post?text=Two%20members")


# --- the picture ---------------------------------------------------------------------------------
@pytest.mark.parametrize(("shape", "size"), [("wide", (1200, 630)), ("square", (1080, 1080))])
def test_a_card_has_a_picture_for_whoever_may_read_it(client, public, closed, shape, size):
    answer = client.get(f"/facts/quorum/picture-{shape}.png")
    assert answer["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", size)
    assert len(answer.content) < 100_000
    assert_hidden(client, f"/facts/closed/picture-{shape}.png")
    client.force_login(MemberFactory())
    assert client.get(f"/facts/closed/picture-{shape}.png").status_code == 200


def test_a_picture_changes_with_its_card_and_is_not_sent_twice(client, public):
    first = client.get("/facts/quorum/picture-wide.png")
    again = client.get("/facts/quorum/picture-wide.png", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    withdraw_fact(public, reason="It was wrong.", by=None, now=NOW)
    changed = client.get("/facts/quorum/picture-wide.png", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.content != first.content


def test_the_picture_of_a_withdrawn_card_says_so_and_so_do_its_words(public):
    card = withdraw_fact(public, reason="It was wrong.", by=None, now=NOW)
    assert as_card(card, "").standing == "Withdrawn on 21 November 2026. Do not share."
    assert offered(card).alt == (
        "Withdrawn on 21 November 2026. Do not share. "
        "2 members: Two members are a quorum of a company. "
        "Source: Companies Act 2006, section 318, legislation.gov.uk. As at 30 June 2020."
    )


def test_a_drafts_picture_is_nobodys(client, editor, public):
    FactCard.objects.update(state=FactCard.State.DRAFT)
    client.force_login(editor)
    assert_hidden(client, "/facts/quorum/picture-wide.png")


def test_a_member_may_take_the_picture_with_an_imprint_of_their_own(client, member, public):
    client.force_login(member)
    given = {"imprint": IMPRINT, "shape": "square"}
    answer = client.post("/facts/quorum/picture/", given)
    assert answer["Content-Disposition"] == 'attachment; filename="quorum-square.png"'
    assert Image.open(io.BytesIO(answer.content)).size == (1080, 1080)
    without = client.post("/facts/quorum/picture/", {"shape": "square", "imprint": " "})
    assert without["Location"] == "/facts/quorum/"


def test_nobody_outside_may_put_words_of_their_own_into_the_hubs_picture(client, public):
    answer = client.post("/facts/quorum/picture/", {"imprint": "Vote!", "shape": "wide"})
    assert answer.status_code == 401
    assert "Sign in" in visible_text(answer.content.decode())
    plain = client.get("/facts/quorum/picture-wide.png")
    assert client.get("/facts/quorum/picture-wide.png?imprint=Vote")["ETag"] == plain["ETag"]


# --- who shared ---
def test_sharing_is_noted_once_for_each_network_with_the_version(member, public):
    for network in ("x", "x", "bluesky"):
        share_fact(public, network=network, by=member, now=NOW)
    noted = FactShare.objects.visible_to(member).order_by("network")
    assert [(share.network, share.card) for share in noted] == [("bluesky", public), ("x", public)]
    assert list(FactShare.objects.visible_to(MemberFactory())) == []


def test_what_no_longer_holds_is_not_noted_as_shared(member, public):
    card = withdraw_fact(public, reason="It was wrong.", by=None, now=NOW)
    with pytest.raises(Refused):
        share_fact(card, network="x", by=member, now=NOW)
    assert not FactShare.objects.exists()


def test_whoever_shared_a_card_is_told_once_when_it_is_withdrawn(member, public):
    bystander = MemberFactory()
    for network in ("x", "facebook"):
        share_fact(public, network=network, by=member, now=NOW)
    card = withdraw_fact(public, reason="It was wrong.", by=None, now=NOW)
    assert notify_sharers(card, now=NOW) == 0  # withdrawing told them already
    (notice,) = Notice.objects.all()
    assert (notice.member, notice.url) == (member, "/facts/quorum/")
    assert notice.subject == "A fact that you shared was withdrawn"
    assert "It was wrong." in notice.message
    assert not Notice.objects.filter(member=bystander).exists()


@pytest.mark.parametrize(("mode", "status"), [("cors", 204), ("navigate", 302)])
def test_the_page_notes_what_was_copied_with_a_script_and_without(
    client, member, public, mode, status
):
    client.force_login(member)
    said = {"network": "mastodon"}
    answer = client.post("/facts/quorum/shared/", said, headers={"Sec-Fetch-Mode": mode})
    assert answer.status_code == status
    assert FactShare.objects.get().network == "mastodon"
    unknown = client.post("/facts/quorum/shared/", {"network": "?"}, follow=True)
    assert "Choose a network from the list." in unknown.content.decode()


def test_the_page_offers_pictures_and_words_to_members_alone(client, member, public):
    assert b"picture-square.png" not in client.get("/facts/quorum/").content
    client.force_login(member)
    page = client.get("/facts/quorum/").content.decode()
    assert "picture-square.png" in page
    assert "of 280 characters" in page


# --- other sites ---
def test_other_sites_read_what_a_public_card_says(client, public):
    page = client.get("/facts/quorum/").content.decode()
    assert (
        '<meta property="og:image" content="http://localhost:8000/facts/quorum/picture-wide.png">'
        in page
    )
    assert (
        '<meta property="og:description" content="Two members are a quorum of a company.">' in page
    )


def test_oembed_shows_a_public_card_as_a_photo(client, public):
    url = "http://localhost:8000/facts/quorum/"
    said = client.get("/oembed/", {"url": url, "maxwidth": "600"}).json()
    assert (said["type"], said["version"]) == ("photo", "1.0")
    assert (said["width"], said["height"]) == (600, 315)
    assert said["url"] == "http://localhost:8000/facts/quorum/picture-wide.png"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://localhost:8000/facts/closed/",
        "http://localhost:8000/facts/none/",
        "http://localhost:8000/rules/",
        "https://elsewhere.example/facts/quorum/",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_nothing_of_any_other_address(client, public, closed, url):
    assert_hidden(client, "/oembed/", {"url": url})


def test_a_card_is_drawn_in_a_constant_number_of_queries(client, public, django_assert_num_queries):
    address = "/facts/quorum/picture-wide.png"
    tag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        client.get(address, headers={"If-None-Match": tag})
    with django_assert_num_queries(2):
        client.get(address)
