"""Works and editions: which holds on a day, and who may read it."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from library.rules.models import Edition, Provision, Work
from tests.factories.library import make_edition, make_work
from tests.factories.party import LeadFactory, MemberFactory


@pytest.fixture
def people(db):
    return {
        "nobody": AnonymousUser(),
        "member": MemberFactory(),
        "left": MemberFactory(is_active=False),
        "lead": LeadFactory().member,
        "editor": MemberFactory(is_superuser=True),
    }


@pytest.fixture
def three_editions(db):
    work = make_work()
    return [
        make_edition(work, label=f"{year} edition", in_force_from=datetime.date(year, 1, 1))
        for year in (2020, 2022, 2024)
    ]


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (datetime.date(2019, 12, 31), None),
        (datetime.date(2020, 1, 1), "2020 edition"),
        (datetime.date(2021, 12, 31), "2020 edition"),
        (datetime.date(2022, 1, 1), "2022 edition"),
        (datetime.date(2030, 1, 1), "2024 edition"),
    ],
)
def test_on_every_day_one_edition_is_current(three_editions, on, label):
    found = Edition.objects.current(on)

    assert [edition.label for edition in found] == ([label] if label else [])
    assert set(Provision.objects.in_force(on).values_list("edition__label", flat=True)) == (
        {label} if label else set()
    )


def test_a_draft_is_never_current(db):
    edition = make_edition(make_work(), publish=False)

    assert not Edition.objects.current(datetime.date(2030, 1, 1)).exists()
    assert edition.standing(datetime.date(2030, 1, 1)) == Edition.Standing.DRAFT


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (datetime.date(2021, 12, 31), Edition.Standing.COMING),
        (datetime.date(2022, 1, 1), Edition.Standing.IN_FORCE),
        (datetime.date(2023, 12, 31), Edition.Standing.IN_FORCE),
        (datetime.date(2024, 1, 1), Edition.Standing.ENDED),
    ],
)
def test_an_edition_knows_how_it_stands_on_a_day(three_editions, on, standing):
    three_editions[1].refresh_from_db()

    assert three_editions[1].standing(on) == standing


@pytest.mark.parametrize(
    ("on", "label"),
    [
        (datetime.date(2019, 1, 1), "2020 edition"),
        (datetime.date(2023, 1, 1), "2022 edition"),
        (datetime.date(2030, 1, 1), "2024 edition"),
    ],
)
def test_readers_are_shown_the_edition_in_force_or_the_next_to_come(three_editions, on, label):
    work = Work.objects.published().get()

    assert work.edition_to_show(on).label == label


def test_readers_are_shown_the_last_edition_of_a_work_that_has_ended(book):
    last = datetime.date(2020, 12, 31)
    Edition.objects.update(in_force_until=last)

    for day, standing in ((last, "in_force"), (last + datetime.timedelta(days=1), "ended")):
        shown = Work.objects.published().get().edition_to_show(day)
        assert (shown, shown.standing(day).value) == (book, standing)


def test_two_editions_of_a_work_cannot_both_be_without_an_end(book):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            work=book.work,
            label="Second",
            slug="second",
            status=Edition.Status.PUBLISHED,
            in_force_from=datetime.date(2021, 1, 1),
        )


def test_a_work_is_read_by_its_audience_alone(people):
    make_work("open")
    make_work("closed", audience=Work.Audience.EDITORS)

    seen = {
        name: {w.slug for w in Work.objects.visible_to(person)} for name, person in people.items()
    }
    assert seen == {
        "nobody": set(),
        "member": {"open"},
        "left": set(),
        "lead": {"open"},
        "editor": {"open", "closed"},
    }


def test_editions_and_provisions_follow_their_work_and_drafts_are_seen_by_nobody(people):
    make_edition(make_work("open"))
    make_edition(make_work("closed", audience=Work.Audience.EDITORS))
    make_edition(make_work("coming"), publish=False)

    readable = {
        "nobody": set(),
        "member": {"open"},
        "left": set(),
        "lead": {"open"},
        "editor": {"open", "closed"},
    }
    for name, person in people.items():
        editions = Edition.objects.visible_to(person)
        assert set(editions.values_list("work__slug", flat=True)) == readable[name]
        provisions = Provision.objects.visible_to(person)
        assert set(provisions.values_list("edition__work__slug", flat=True)) == readable[name]
