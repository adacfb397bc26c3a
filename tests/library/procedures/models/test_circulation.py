"""What a person is still asked to read, and who sees whether it was read."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from library.procedures.actions.circulation import acknowledge
from library.procedures.models import Circulation
from library.procedures.models.circulation import can_see_acknowledgements
from tests.factories.library import circulate_version, make_version, recipient_of
from tests.factories.party import (
    LeadFactory,
    MemberFactory,
)

pytestmark = pytest.mark.django_db


NOW = timezone.now()


def test_the_difference_is_to_the_version_they_acknowledged_last(posts):
    ada = posts[0].member
    sent = [circulate_version(make_version(f"Ask {number} people.")) for number in (2, 3)]
    acknowledge(recipient_of(sent[1], posts[0]), by=ada, now=NOW)
    circulate_version(make_version("Ask 4 people."))
    latest = circulate_version(make_version("Ask 5 people."))
    assert recipient_of(latest, posts[0]).acknowledged_before().number == 2


def test_the_list_agrees_with_the_question_about_each_circulation(posts, north):
    here, there = (
        circulate_version(make_version(), regions=[north]),
        circulate_version(make_version(slug="other")),
    )
    only_south = circulate_version(make_version(slug="third"), regions=[posts[2].unit.region])
    lead = LeadFactory(region=north).member
    national = MemberFactory()
    national.user_permissions.set(Permission.objects.filter(codename="add_circulation"))
    people = [posts[0].member, MemberFactory(), lead, national]
    for user in people:
        listed = set(Circulation.objects.visible_to(user))
        assert listed == {c for c in Circulation.objects.all() if can_see_acknowledgements(user, c)}
    assert set(Circulation.objects.visible_to(lead)) == {here, there}
    assert set(Circulation.objects.visible_to(national)) == {here, there, only_south}
