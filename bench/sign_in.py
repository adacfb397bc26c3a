"""Whether answers to somebody who is signed out tell, by their time, who has an account.

`python -m bench.sign_in [--rounds 60]` runs against an empty database of its own. In each round
it asks, in an order of chance, for a new password of a member and of nobody, and signs in with a
wrong password as each. A stranger who compares one answer of each kind would be right in half of
the pairs if the times said nothing: it prints in how many they would be (0.5 to 1), and the ratio
of the medians. Both are of one run, so how fast the machine is does not matter.
"""

import argparse
import random
import statistics
import time

from bench.own_hub import own_hub

MEMBER, NOBODY = "member@members.example", "nobody@members.example"
REQUESTS = {
    "forgot password": ("/accounts/password/reset/", lambda to: {"email": to}),
    "wrong password": ("/accounts/login/", lambda to: {"login": to, "password": "wrong"}),
}


def told_apart(one: list[float], other: list[float]) -> float:
    """Return in which share of pairs the slower kind took longer: 0.5 where nothing is told."""
    slower = sum((a > b) + (a == b) / 2 for a in one for b in other) / (len(one) * len(other))
    return max(slower, 1 - slower)


def measure(rounds: int) -> None:
    from django.core.cache import cache
    from django.test import Client

    from party.models import Member

    Member.objects.create_user(MEMBER, "seven green bicycles")
    chance = random.Random(11)
    for what, (address, given) in REQUESTS.items():
        taken: dict[str, list[float]] = {MEMBER: [], NOBODY: []}
        for number in range(-5, rounds):  # the first ones load templates and fill caches
            for to in chance.sample([MEMBER, NOBODY], 2):
                cache.clear()  # so that no limit answers instead
                client = Client()
                began = time.perf_counter()
                client.post(address, given(to))
                if number >= 0:
                    taken[to].append(time.perf_counter() - began)
        medians = [statistics.median(taken[to]) for to in (MEMBER, NOBODY)]
        print(
            f"{what}: told apart in {told_apart(*taken.values()):.2f} of the pairs; "
            f"medians {max(medians) / min(medians):.2f} × "
            f"({medians[0] * 1000:.1f} and {medians[1] * 1000:.1f} ms)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    given = parser.parse_args()
    with own_hub(MEMBERSNET_HOSTS="testserver"):
        measure(given.rounds)


if __name__ == "__main__":
    main()
