"""What a browser keeps of a signed-in person."""

import pytest

from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accounts/logout/", "/admin/logout/"])
def test_signing_out_has_the_browser_forget_what_pages_kept_in_it(client, address):
    client.force_login(MemberFactory(is_superuser=True))
    assert "Clear-Site-Data" not in client.get(address).headers
    assert client.post(address)["Clear-Site-Data"] == '"storage"'


def test_a_session_that_ends_by_itself_clears_nothing(client):
    client.force_login(MemberFactory())
    client.session.flush()
    ended = client.get("/courses/")
    assert ended.status_code == 302
    assert "Clear-Site-Data" not in ended.headers
