"""Every kind of task is done again whose worker was killed: nothing is lost, nothing is doubled."""

import datetime
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module, util
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex

from ground.jobs import duties
from ground.jobs.models import AbstractJob, Duty
from ground.jobs.queue import requeue_lost_jobs
from library.rules.actions import import_worker
from library.rules.actions.followers import follow
from library.rules.models import Edition
from library.rules.rulebooks.formats import read_file
from party.actions.accounts.requests import tell_of_new_password
from party.actions.notices.notifying import notify
from party.actions.notices.occasions import Occasion
from party.actions.outgoing.requests import queue_email
from party.models import Notice
from search.actions import index_state, indexing
from search.models import ChangedEntry
from tests.factories.library import make_card, make_edition, make_second, make_work
from tests.factories.party import MemberFactory
from tests.library.rules.actions.given_files import give

pytestmark = pytest.mark.django_db(transaction=True)

NOW = timezone.now()
LONG_AGO = NOW - datetime.timedelta(minutes=5)


class Killed(BaseException):
    """The process is gone: nothing of ours gets to tidy up its rows."""


class Kind(NamedTuple):
    """What has a task run, where its worker is killed (right after that), and what must be so."""

    begin: Callable[[], Any]
    killed_in: str  # a function, by its dotted path
    end: Callable[[], object]
    expected: object


def give_a_file() -> None:
    give(make_work())


def publish() -> None:
    first = make_edition(make_work())
    follow(first.work, by=MemberFactory(), now=NOW)
    make_second(first)


def send_two_emails() -> None:
    notify(
        MemberFactory.create_batch(2),
        occasion=Occasion.CIRCULATION_SENT,
        about=1,
        subject="Please read",
        url="/circulations/1/",
        now=LONG_AGO,
    )


def tell_two() -> None:
    for member in MemberFactory.create_batch(2):
        tell_of_new_password(member, now=LONG_AGO)


def send_two_from_the_admin() -> None:
    for member in MemberFactory.create_batch(2):
        queue_email(mail.EmailMessage("A page was submitted", "…", to=[member.email]), now=LONG_AGO)


def two_people_have_one_each() -> bool:
    return len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 2


def change_what_is_indexed() -> None:
    indexing.rebuild_index()
    make_card("one")
    make_card("two")


def save_a_page() -> None:
    Page.objects.get(depth=1).save()


def is_index_true() -> tuple[int, bool]:
    return ChangedEntry.objects.count(), bool(index_state.compare_index())


KINDS = {
    "library.rules.tasks.read_rules_file": Kind(
        give_a_file,
        "library.rules.actions.import_worker._keep",
        lambda: [
            (edition.label, edition.provisions.count() > 3) for edition in Edition.objects.all()
        ],
        [("2026 edition", True)],
    ),
    "library.rules.tasks.notify_of_edition": Kind(
        publish,
        "library.rules.tasks.notify_followers",
        Notice.objects.count,
        1,
    ),
    "party.tasks.send_notices": Kind(
        send_two_emails,
        "party.actions.mailing._send",
        two_people_have_one_each,
        True,
    ),
    "party.tasks.send_account_emails": Kind(
        tell_two,
        "party.actions.mailing._send",
        two_people_have_one_each,
        True,
    ),
    "party.tasks.send_outgoing_emails": Kind(
        send_two_from_the_admin,
        "party.actions.mailing._send",
        two_people_have_one_each,
        True,
    ),
    "search.tasks.index_changes": Kind(
        change_what_is_indexed,
        "search.actions.indexing._drain",
        is_index_true,
        (0, False),
    ),
    "wagtail.tasks.update_reference_index_task": Kind(
        save_a_page,
        "wagtail.models.ReferenceIndex.create_or_update_for_object",
        ReferenceIndex.objects.count,
        0,
    ),
}
ELSEWHERE = {
    "ground.jobs.tasks.run_task_job",  # what runs the calls of all the others
    "media_pipeline.tasks.run_step",  # tests/media_pipeline/actions/test_lost_jobs.py
}


@pytest.fixture(autouse=True)
def _quick_reading(monkeypatch):
    monkeypatch.setattr(import_worker, "read_in_sandbox", read_file)


def kill_after(monkeypatch, place: str) -> None:
    """Have the process die right after it has called a function."""
    real = pkgutil.resolve_name(place)

    def call_and_die(*args, **kwargs):
        real(*args, **kwargs)
        raise Killed

    monkeypatch.setattr(place, call_and_die)


def waiting() -> Iterator[DBTaskResult]:
    while task := DBTaskResult.objects.ready().first():
        task.claim("a worker")
        yield task


def run(task: DBTaskResult) -> None:
    task.task.call(*task.args_kwargs["args"])


def jobs() -> list[AbstractJob]:
    kinds = [model for model in apps.get_models() if issubclass(model, AbstractJob)]
    return [job for model in kinds if model is not Duty for job in model.objects.all()]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_task_whose_worker_was_killed_is_done_again(name, monkeypatch):
    kind = KINDS[name]
    kind.begin()
    with monkeypatch.context() as patch:
        kill_after(patch, kind.killed_in)
        died = 0
        for task in waiting():
            try:
                run(task)
            except Killed:
                died += 1
        assert died
    for job in jobs():
        job.heartbeat_at = job.heartbeat_at and LONG_AGO
        job.save()
    assert requeue_lost_jobs() >= 1
    for task in waiting():
        run(task)
    assert kind.end() == kind.expected
    assert {job.status for job in jobs()} == {AbstractJob.Status.DONE}


def test_every_task_there_is_has_its_worker_killed_here():
    found = set()
    for app in apps.get_app_configs():
        if app.name.partition(".")[0] in {"ground", "library", *settings.INSTALLED_APPS}:
            path = f"{app.name}.tasks"
            if util.find_spec(path):
                module = import_module(path)
                found |= {
                    value.module_path
                    for value in vars(module).values()
                    if isinstance(value, Task) and value.func.__module__ == path
                }
    ours = {name for name in found if not name.startswith("wagtail")}
    assert ours == {name for name in KINDS if not name.startswith("wagtail")} | ELSEWHERE


@pytest.mark.parametrize("name", sorted(settings.DUTIES))
def test_a_duty_whose_worker_was_killed_is_done_again(name, monkeypatch):
    windows = []

    def die(*, since, now):
        windows.append(since)
        raise Killed

    assert duties.perform(name, 60)
    Duty.objects.update(not_before=None)
    done_until = Duty.objects.get().done_until
    with monkeypatch.context() as patch:
        patch.setattr(name, die)
        with pytest.raises(Killed):
            duties.perform(name, 60)
    assert not duties.perform(name, 60)  # for all that anybody knows, it is being done
    Duty.objects.update(heartbeat_at=LONG_AGO)
    monkeypatch.setattr(name, lambda *, since, now: windows.append(since))
    assert duties.perform(name, 60)
    assert windows == [done_until, done_until]
