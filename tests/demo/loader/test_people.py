"""The people that the demonstration makes up."""

import random

from demo.loader import people


def test_the_same_people_come_out_every_time():
    def made():
        members = people.made_up_members(random.Random(1), 3)
        return [(member.email, member.phone) for member in members]

    assert made() == made()
    assert len(set(made())) == 3


def test_nobody_made_up_can_sign_in_or_be_rung():
    for member in people.made_up_members(random.Random(1), 3):
        assert not member.has_usable_password()
        assert member.email.endswith(".example")
        assert member.phone.startswith("07700 900")
