"""Makes members, regions, units, roles and appointments."""

import datetime

import factory

from party import models


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Member
        skip_postgeneration_save = True

    first_name = "Demo"
    last_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@members.example")


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Region

    name = factory.Sequence(lambda n: f"Region {n}")
    slug = factory.Sequence(lambda n: f"region-{n}")
    nation = "England"


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Unit

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Unit {n}")
    slug = factory.Sequence(lambda n: f"unit-{n}")
    code = factory.Sequence(lambda n: f"U{n:08d}")
    valid_from = datetime.date(2023, 10, 1)


class RoleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Role
        django_get_or_create = ("slug",)

    name = "Social media officer"
    slug = models.Role.SOCIAL_MEDIA_OFFICER
    level = models.Role.Level.UNIT
    tracked = True


class LeadRoleFactory(RoleFactory):
    name = "Regional digital lead"
    slug = models.Role.DIGITAL_LEAD
    level = models.Role.Level.REGION
    tracked = False


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Appointment

    member = factory.SubFactory(MemberFactory)
    role = factory.SubFactory(RoleFactory)
    unit = factory.SubFactory(UnitFactory)
    basis = models.Appointment.Basis.ELECTED
    valid_from = datetime.date(2026, 5, 15)


class LeadFactory(AppointmentFactory):
    """A region's digital lead."""

    role = factory.SubFactory(LeadRoleFactory)
    unit = None
    region = factory.SubFactory(RegionFactory)
    basis = models.Appointment.Basis.APPOINTED
