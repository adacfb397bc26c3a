"""Loads regions, units and made-up people, so that every state of a region's picture occurs.

The same people come out every time: the generator is seeded, and dates count from today.
Telephone numbers are from the range that Ofcom keeps free for drama; addresses end in `.example`.
"""

import datetime
import random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import GroupPagePermission, Page

from demo.loader.library import constituencies
from demo.logins import HOME_REGION, HOME_UNIT, PASSWORD, PEOPLE
from party.models import Appointment, Member, Region, Role, Unit

SEED = 20260101
OFFICERS = 400
UNITS_SINCE = datetime.date(2024, 7, 5)  # the day after the first election on these boundaries

FIRST_NAMES = [
    "Aisha",
    "Alun",
    "Amir",
    "Bea",
    "Bethan",
    "Callum",
    "Chidi",
    "Dafydd",
    "Deepa",
    "Eilidh",
    "Ewan",
    "Farah",
    "Gareth",
    "Grace",
    "Hamza",
    "Imogen",
    "Iona",
    "Jamal",
    "Jess",
    "Kasia",
    "Kofi",
    "Leila",
    "Lowri",
    "Malik",
    "Megan",
    "Mina",
    "Nadia",
    "Niamh",
    "Oscar",
    "Parveen",
    "Priya",
    "Rhys",
    "Rosa",
    "Sanjay",
    "Sian",
    "Tariq",
    "Tess",
    "Uma",
    "Wren",
    "Yusuf",
]
LAST_NAMES = [
    "Demoworth",
    "Exampleby",
    "Sampleford",
    "Specimen",
    "Mockperson",
    "Trialton",
    "Patternley",
    "Dummerston",
    "Placeholt",
    "Testerby",
    "Fictonby",
    "Inventley",
    "Madeup",
    "Notreal",
    "Pretendle",
    "Standin",
]


@transaction.atomic
def load() -> None:
    if Region.objects.exists():
        return
    load_places()
    roles = load_roles()
    load_people()
    load_officers(roles)


def load_places() -> None:
    rows = constituencies()
    regions = {}
    for name, nation in sorted({(row["region"], row["nation"]) for row in rows}):
        regions[name] = Region(name=name, slug=slugify(name), nation=nation)
    Region.objects.bulk_create(regions.values())
    Unit.objects.bulk_create(
        Unit(
            region=regions[row["region"]],
            code=row["ons_code"],
            name=row["name"],
            name_cy=row["name_cy"],
            slug=slugify(row["name"]),
            valid_from=UNITS_SINCE,
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            hex_column=int(row["hex_column"]),
            hex_row=int(row["hex_row"]),
        )
        for row in rows
    )


def load_roles() -> dict[str, Role]:
    made = [
        Role(
            name="Social media officer",
            slug=Role.SOCIAL_MEDIA_OFFICER,
            level=Role.Level.UNIT,
            tracked=True,
        ),
        Role(name="Secretary", slug=Role.SECRETARY, level=Role.Level.UNIT),
        Role(name="Regional digital lead", slug=Role.DIGITAL_LEAD, level=Role.Level.REGION),
    ]
    Role.objects.bulk_create(made)
    return {role.slug: role for role in made}


def load_people() -> None:
    for number, person in enumerate(PEOPLE):
        Member.objects.create_user(
            person.email,
            PASSWORD,
            first_name=person.first_name,
            last_name=person.last_name,
            phone=f"07700 900{number:03}",
            is_superuser=person.email.startswith("national"),
            is_staff=person.email.startswith("national"),
        )
    load_groups()


def load_groups() -> None:
    """Give the author and the operator of the demonstration what they may do, by their groups."""
    may = ("add", "change", "delete", "view")
    authors = group_of(
        "author@demo.example",
        "Authors",
        *("access_admin", "add_film", "change_film", "delete_film"),
        *("add_factcard", "change_factcard", "add_topic", "change_topic"),
        *("add_work", "change_work", "change_edition"),
        *("add_glossary", "change_glossary", "view_glossary"),
        *(f"{verb}_vocabularyentry" for verb in may),
        *(f"{verb}_bestbet" for verb in may),
        "view_askedquestion",
    )
    root = Page.objects.get(depth=1)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.get_or_create(group=authors, page=root, permission=permission)
    group_of("operator@demo.example", "Operators", "access_admin", "change_taskjob")


def group_of(email: str, name: str, *codenames: str) -> Group:
    """Return a group with these permissions, and somebody in it."""
    group = Group.objects.get_or_create(name=name)[0]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    Member.objects.get(email=email).groups.add(group)
    return group


def load_officers(roles: dict[str, Role]) -> None:
    chance = random.Random(SEED)
    units = list(Unit.objects.order_by("code"))
    home = next(unit for unit in units if unit.name == HOME_UNIT)
    others = [unit for unit in units if unit != home]
    chance.shuffle(others)
    shared, single = others[:20], others[20 : OFFICERS - 21]
    secretaries = others[OFFICERS - 21 :: 3]
    places = [unit for unit in shared for _twice in range(2)] + single
    strangers = made_up_members(chance, len(places) + len(secretaries) + 12)
    Member.objects.bulk_create(strangers)
    elected = timezone.localdate() - datetime.timedelta(days=150)
    appointments = [
        appointment(member, roles[Role.SOCIAL_MEDIA_OFFICER], chance, elected, unit=unit)
        for member, unit in zip(strangers, places, strict=False)
    ]
    appointments += [
        appointment(member, roles[Role.SECRETARY], chance, elected, unit=unit)
        for member, unit in zip(strangers[len(places) :], secretaries, strict=False)
    ]
    appointments += [
        appointment(member, roles[Role.DIGITAL_LEAD], chance, elected, region=region)
        for member, region in zip(
            reversed(strangers), Region.objects.exclude(name=HOME_REGION), strict=False
        )
    ]
    appointments += named_appointments(roles, elected, home)
    Appointment.objects.bulk_create(appointments)


def made_up_members(chance: random.Random, number: int) -> list[Member]:
    """Return members who cannot sign in, with names nobody bears."""
    locked = make_password(None)
    members = []
    for n in range(number):
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        members.append(
            Member(
                email=f"{first}.{last}.{n}@demo.example".lower(),
                first_name=first,
                last_name=last,
                phone=f"07700 900{100 + n % 900:03}",
                password=locked,
            )
        )
    return members


def appointment(
    member: Member, role: Role, chance: random.Random, elected: datetime.date, **place: Any
) -> Appointment:
    """Return a term of a year that began some time around the annual meetings."""
    begins = elected - datetime.timedelta(days=chance.randrange(0, 75))
    cover = "unit" in place and role.tracked and chance.random() < 0.08
    basis = Appointment.Basis.COVER if cover else Appointment.Basis.ELECTED
    if "region" in place:
        basis = Appointment.Basis.APPOINTED
    until = None if "region" in place else begins + datetime.timedelta(days=400)
    return Appointment(
        member=member, role=role, basis=basis, valid_from=begins, valid_until=until, **place
    )


def named_appointments(
    roles: dict[str, Role], elected: datetime.date, home: Unit
) -> list[Appointment]:
    """Return the posts of the people with printed logins."""
    return [
        Appointment(
            member=Member.objects.get(email="officer@demo.example"),
            role=roles[Role.SOCIAL_MEDIA_OFFICER],
            unit=home,
            basis=Appointment.Basis.ELECTED,
            valid_from=elected,
            valid_until=elected + datetime.timedelta(days=400),
        ),
        Appointment(
            member=Member.objects.get(email="lead@demo.example"),
            role=roles[Role.DIGITAL_LEAD],
            region=home.region,
            basis=Appointment.Basis.APPOINTED,
            valid_from=elected,
        ),
    ]
