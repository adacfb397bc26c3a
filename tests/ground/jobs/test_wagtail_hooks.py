"""Background work in Wagtail's admin: who is told of it on the first page, and who may see it."""

import pytest
from django.conf import settings
from django.utils import timezone

from ground.jobs.signs import show_life
from tests.ground.jobs.test_views import FAILED, HOME, NOW, PAGE, failed_call, signed_in
from tests.pages import visible_text

pytestmark = pytest.mark.django_db


def test_whoever_enters_the_admin_is_told_that_no_worker_is_there(client):
    author = signed_in(client)
    words = visible_text(author.get(HOME))
    assert "No worker has ever given a sign of life. Nothing is lost:" in words
    show_life(settings.QUEUES)
    failed_call()
    assert "Background work" not in visible_text(author.get(HOME))


def test_who_may_act_is_led_from_the_first_page_to_what_needs_attention(client):
    operator = signed_in(client, "jobs.change_taskjob")
    show_life(settings.QUEUES)
    failed_call()
    page = operator.get(HOME).content.decode()
    assert f'<a href="{PAGE}">1 job needs attention</a>' in page


def test_who_may_not_act_sees_nothing_of_it(client):
    job = failed_call()
    author = signed_in(client)
    for response in (author.get(PAGE), author.post(f"{PAGE}jobs.taskjob/{job.pk}/retry/")):
        assert response.status_code in (302, 403)
    assert "Background work" not in visible_text(author.get("/admin/reports/site-history/"))
    client.logout()
    assert client.get(PAGE).status_code == 302
    job.refresh_from_db()
    assert job.status == FAILED
    assert timezone.now() > NOW
