"""A learner's rows are hers alone, in lists and one by one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from learning import actions
from learning.models import Certificate, Enrolment
from learning.permissions import can_see_certificate, can_see_enrolment
from party.models import Member
from tests.factories.courses import make_course
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db


def test_lists_agree_with_the_question_about_each():
    course = make_course(lessons=1)
    course.quiz().delete()
    learners = [MemberFactory(), MemberFactory()]
    for learner in learners:
        enrolment = actions.enrol(course, by=learner, now=timezone.now())
        actions.complete_lesson(enrolment, course.lessons()[0], by=learner, now=timezone.now())
    national = Member.objects.create_superuser("national@members.example", "x")
    for user in (AnonymousUser(), *learners, national):
        enrolments, certificates = Enrolment.objects, Certificate.objects
        assert set(enrolments.visible_to(user)) == {
            one for one in enrolments.all() if can_see_enrolment(user, one)
        }
        assert set(certificates.visible_to(user)) == {
            one for one in certificates.all() if can_see_certificate(user, one)
        }
    assert Certificate.objects.count() == 2
