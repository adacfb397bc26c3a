"""Operators watch the hub's figures, in a format that their tools read."""

import pytest
from django.db import OperationalError, connection
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from ground.jobs.signs import show_life
from tests.factories.party import MemberFactory
from tests.pages import assert_hidden, visible_text

pytestmark = pytest.mark.django_db
TOKEN = {"authorization": "Bearer the-operators-own"}


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.OPERATORS_TOKEN = "the-operators-own"
    settings.DATA_DIR = tmp_path


def figures(client) -> dict[str, float]:
    """Read the address as Prometheus does: each sample by its name and labels."""
    answer = client.get("/metrics", headers=TOKEN)
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    families = text_string_to_metric_families(answer.content.decode())
    samples = [sample for family in families for sample in family.samples]
    return {
        " ".join([sample.name.removeprefix("membersnet_"), *sample.labels.values()]): sample.value
        for sample in samples
    }


def test_for_strangers_and_members_there_is_no_such_page(client):
    assert_hidden(client, "/metrics")
    client.force_login(MemberFactory())
    guessed = client.get("/metrics", headers={"authorization": "Bearer x"})
    assert guessed.status_code == 404
    assert visible_text(guessed) == visible_text(client.get("/nothing-is-here/"))


def test_operators_see_what_is_up_who_is_silent_and_how_much_room_there_is(client, tmp_path):
    show_life(["media"])
    found = figures(client)
    assert (found["up database"], found["up worker"]) == (1, 0)
    silent = {name: value for name, value in found.items() if name.startswith("queue_without")}
    assert silent == {
        "queue_without_worker default": 1,
        "queue_without_worker index": 1,
        "queue_without_worker media": 0,
        "queue_without_worker speech": 1,
    }
    assert found["disk_free_bytes data"] > 0
    assert found["tasks media failed"] == 0
    assert "last_backup_timestamp_seconds" not in found
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "made").touch()
    assert figures(client)["last_backup_timestamp_seconds"] > 1_700_000_000


def test_while_the_database_is_away_the_rest_is_told(client):
    def away(execute, sql, params, many, context):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        found = figures(client)
    assert (found["up database"], found["up index"]) == (0, 0)
    assert found["disk_free_bytes data"] > 0
