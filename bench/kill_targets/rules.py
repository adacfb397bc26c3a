"""A file given to be read as an edition; an edition published, of which followers are told."""

import datetime
from collections import Counter
from uuid import UUID

from bench.kill_targets.target import Acknowledged, Written

AT_ONCE = 3  # files that wait to be read: no more are given meanwhile


def make_imported() -> None:
    from tests.factories.library import make_work

    make_work("imported")


def give_file(token: str) -> int:
    import time

    from django.core.files.base import ContentFile
    from django.utils import timezone

    from library.rules.actions.imports import request_import
    from library.rules.models import RulesImport, Work
    from tests.factories.library import BOOK

    while RulesImport.objects.filter(status=RulesImport.Status.WAITING).count() >= AT_ONCE:
        time.sleep(0.05)
    return request_import(
        work=Work.objects.get(slug="imported"),
        label=token,
        in_force_from=datetime.date(2030, 1, 1),
        file=ContentFile(BOOK.encode(), name="rules.md"),
        by=None,
        now=timezone.now(),
    ).pk


def reading() -> set[UUID]:
    from library.rules.models import RulesImport

    return set(RulesImport.objects.running().values_list("lease", flat=True))


def ask_again() -> int:
    from django.utils import timezone

    from library.rules.actions.imports import retry_import
    from library.rules.models import RulesImport

    often = RulesImport.objects.filter(attempts__gte=RulesImport.MOST_ATTEMPTS)
    given_up = list(often.filter(status=RulesImport.Status.FAILED))
    for given in given_up:
        retry_import(given, by=None, now=timezone.now())
    return len(given_up)


def account_for_imports(done: Acknowledged) -> list[str]:
    from library.rules.models import Edition, RulesImport

    labels = Counter(Edition.objects.filter(work__slug="imported").values_list("label", flat=True))
    return [f"{token} has {labels[token]} drafts" for token in done if labels[token] != 1] + [
        f"{given.label} is {given.status} after {given.attempts} attempts: {given.reason}"
        for given in RulesImport.objects.all()
        if (given.status, labels[given.label]) != (RulesImport.Status.DONE, 1)
    ]


def make_published() -> None:
    from django.utils import timezone

    from library.rules.actions.followers import follow
    from tests.factories.library import make_edition, make_work
    from tests.factories.party import MemberFactory

    first = make_edition(make_work("published"))
    follow(first.work, by=MemberFactory(), now=timezone.now())


def publish(token: str) -> int:
    from library.rules.models import Edition, Work
    from tests.factories.library import BOOK, make_edition

    work = Work.objects.get(slug="published")
    editions = Edition.objects.filter(work=work)
    last = editions.published().order_by("in_force_from").last()
    text = BOOK.replace("ten members", f"{editions.count() + 20} members")
    start = last.in_force_from + datetime.timedelta(days=1)
    return make_edition(work, text, label=token, in_force_from=start).pk


def telling() -> set[UUID]:
    from ground.jobs.models import TaskJob

    running = TaskJob.objects.running().filter(task="library.rules.tasks.notify_of_edition")
    return set(running.values_list("lease", flat=True))


def account_for_editions(done: Acknowledged) -> list[str]:
    from library.rules.models import Edition
    from party.actions.notices.occasions import Occasion
    from party.models import Notice

    published = Edition.objects.published().filter(work__slug="published")
    kept = dict(published.values_list("label", "pk"))
    notices = Counter(Notice.objects.values_list("key", flat=True))
    first = published.order_by("in_force_from").first()
    return [f"{token} is not published" for token in done if token not in kept] + [
        f"{label} has {notices[key]} notices"
        for label, pk in kept.items()
        if pk != first.pk and notices[key := f"{Occasion.EDITION_PUBLISHED}:{pk}"] != 1
    ]


IMPORTS = Written("imports", make_imported, account_for_imports, give_file, reading, ask_again)
EDITIONS = Written("editions published", make_published, account_for_editions, publish, telling)
