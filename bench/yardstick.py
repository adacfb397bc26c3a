"""A fixed piece of work by which a machine's speed is told, so that seconds can be promised.

    python -m bench.yardstick

On the machine on which the promises were made it takes one second: what is measured elsewhere, or
beside other work, is divided by what the yardstick takes there and then.
"""

import hashlib
import json
import re
import time

ROUNDS = 510  # what took the reference machine, two quiet cores of 2026, one second of the clock


def work() -> int:
    """Do what the hub mostly does: take texts apart, sort, count, write and read JSON."""
    text = " ".join(
        f"Chapter {n % 17} Clause {n} says what member {n * 7919 % 1009} may do."
        for n in range(400)
    )
    counts: dict[str, int] = {}
    for word in re.findall(r"\w+", text):
        counts[word] = counts.get(word, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    written = json.dumps(ordered)
    return len(json.loads(written)) + len(hashlib.sha256((written * 40).encode()).hexdigest())


def seconds() -> float:
    """Return what the yardstick takes now, by the clock."""
    began = time.perf_counter()
    for _round in range(ROUNDS):
        work()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(f"{seconds():.2f} s where the reference machine takes 1 s")
