"""A certificate’s own page, and its public check."""

import pytest
from django.utils import timezone

from learning.actions.certificates import revoke_certificate
from tests.factories.courses import make_course
from tests.factories.learning import pass_course
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    ada = MemberFactory(first_name="Ada", last_name="Demo")
    client.force_login(ada)
    return ada


def test_a_certificate_can_be_checked_by_anybody_with_its_code(client):
    certificate = pass_course(MemberFactory(first_name="Ada", last_name="Demo"), make_course())
    said = visible_text(client.get(f"/verify/{certificate.code}/"))
    assert "This certificate is valid" in said
    assert "Ada Demo" in said
    assert certificate.member.email not in said


def test_a_code_is_understood_in_any_writing(client):
    certificate = pass_course(MemberFactory(), make_course())
    typed = certificate.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = client.get("/verify/", {"code": typed}, follow=True)
    assert response.redirect_chain[-1][0] == f"/verify/{certificate.code}/"
    assert response.status_code == 200


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "nonsense", "%00", "a" * 300])
def test_a_code_that_was_never_given_says_so(client, code):
    response = client.get(f"/verify/{code}/", follow=True)
    assert response.status_code == 404
    assert "Certificate not found" in visible_text(response)


def test_a_revoked_certificate_says_so(client):
    certificate = pass_course(MemberFactory(), make_course())
    revoke_certificate(certificate, reason="A mistake", by=None, now=timezone.now())
    assert "This certificate was revoked" in visible_text(
        client.get(f"/verify/{certificate.code}/")
    )


def test_its_holder_is_told_why_a_certificate_was_revoked(client, member):
    certificate = pass_course(member, make_course())
    revoke_certificate(certificate, reason="A mix-up.", by=None, now=timezone.now())
    assert "A mix-up." in visible_text(client.get(certificate.get_absolute_url()))
    assert "Your certificate was revoked: A mix-up." in visible_text(
        client.get("/courses/moderating/")
    )
    assert "A mix-up." not in visible_text(client.get(f"/verify/{certificate.code}/"))


def test_a_certificates_own_page_is_its_holders_alone(client, member):
    mine = pass_course(member, make_course())
    theirs = pass_course(MemberFactory(), mine.course)
    assert mine.code in visible_text(client.get(mine.get_absolute_url()))
    assert_hidden(client, theirs.get_absolute_url())
