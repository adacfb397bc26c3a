"""Ten thousand random and hostile questions: each must end in a page, and soon.

    .venv/bin/python bench/search_hostile.py [--questions 10000] [--documents 2000] [--seed 1]

Fuzzed bytes, nested quotation marks, 10,000 characters, right-to-left, emoji, operators, half
citations, filters that make no sense; over the demonstration's rules, facts and words and some
thousand passages. Exits non-zero where one is an error or takes 300 ms or longer; one that does
is asked twice more and its best time counts, so that other work on the machine is not blamed on it.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.search_site import site  # noqa: E402 - the root is put on the path first

MOST_MS = 300.0
LONGEST = 10_000  # characters
OPERATORS = ["AND", "OR", "NOT", "-", "+", "&", "|", "(", ")", '"', "“", "«", "*", "~", "^", ":"]
CITED = ["7.VIII.3.A", "Chapter", "Clause IX", "1.IV.B and C", "6.I.1 to 6.I.4", "IX", "7..", "(A)"]
_WORDS = """quorum comment remove meeting branch rule officer harassment data protection the of
    and who what when election candidate members' e-mail naïve ﬁnance clause chapter"""
WORDS = _WORDS.split()
HEBREW, ARABIC = "שלום עולם חוקה", "السلام عليكم دستور"
EMOJI = "🦊👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿💥❤️"
MARKS = "\u202e\u200f\u0000\ufeff\ud7ff\u0301\ufffd\u00ad\t\n\r\x1b<>&'\"{{%}}\\"
NONSENSE = {
    "kind": ["film", "rule", "unicorn", "../..", ""],
    "group": ["sample/7", "\u202e", "a" * 500],
    "edition": ["2026", "'; DROP TABLE", ""],
    "course": ["x", "<script>"],
    "since": ["2026-01-01", "0000-00-00", "9999-12-31", "soon"],
    "until": ["2026-01-01", "-1"],
    "sort": ["date", "relevance", "colour"],
    "page": ["1", "2", "50", "1e9", "-1", "٣"],
}


def addresses(count: int, seed: int) -> Iterator[str]:
    """Yield what follows the question mark of so many addresses, the same ones for one seed."""
    chance = random.Random(seed)
    sorts = [fuzzed_bytes, nested_quotes, very_long, both_directions, operators, half_cited, soup]
    for number in range(count):
        asked = "q=" + sorts[number % len(sorts)](chance)
        if chance.random() < 0.2:
            name = chance.choice(list(NONSENSE))
            asked += f"&{name}={quote(chance.choice(NONSENSE[name]))}"
        yield asked


def fuzzed_bytes(chance: random.Random) -> str:
    return quote(chance.randbytes(chance.randint(1, 400)))


def nested_quotes(chance: random.Random) -> str:
    depth = chance.randint(1, 60)
    return quote(" ".join('"' * chance.randint(1, 3) + chance.choice(WORDS) for _ in range(depth)))


def very_long(chance: random.Random) -> str:
    piece = chance.choice(["a", "ab ", "-x ", '"', "7.VIII.", "é", "🦊", *WORDS, " OR ", "(("])
    return quote((piece * LONGEST)[:LONGEST])


def both_directions(chance: random.Random) -> str:
    pieces = [HEBREW, ARABIC, EMOJI, *WORDS, *MARKS]
    return quote(" ".join(chance.choice(pieces) for _ in range(chance.randint(1, 40))))


def operators(chance: random.Random) -> str:
    return quote(" ".join(chance.choice(OPERATORS + WORDS) for _ in range(chance.randint(1, 80))))


def half_cited(chance: random.Random) -> str:
    gap = chance.choice([" ", "", ",", " to ", " and ", ".", "-"])
    return quote(gap.join(chance.choice(CITED + WORDS) for _ in range(chance.randint(1, 60))))


def soup(chance: random.Random) -> str:
    def character() -> str:
        code = chance.choice([chance.randrange(0x20, 0x250), chance.randrange(0x10000)])
        return "?" if 0xD800 <= code < 0xE000 else chr(code)

    return quote("".join(character() for _ in range(chance.randint(1, 600))))


def asked(client, address: str) -> tuple[float, str]:
    """Return the milliseconds a page took, and what is wrong with it."""
    began = time.perf_counter()
    response = client.get(f"/search/?{address}")
    taken = (time.perf_counter() - began) * 1000
    if response.status_code != 200:
        return taken, f"status {response.status_code}"
    whole = b"<h1>" in response.content and response.content.rstrip().endswith(b"</html>")
    return taken, "" if whole else "no whole page"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--questions", type=int, default=10_000)
    options.add_argument("--documents", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with site(given.documents, say=lambda said: print(said, file=sys.stderr)) as client:
        asked(client, "q=quorum")  # templates are read once
        found, again = [], 0
        for address in addresses(given.questions, given.seed):
            taken, wrong = asked(client, address)
            if taken >= MOST_MS:
                again += 1
                taken = min(taken, *(asked(client, address)[0] for _ in range(2)))
            found.append((taken, wrong, address))
        print(f"{again} were asked again")
        report(found)


def report(found: list[tuple[float, str, str]]) -> None:
    times = [taken for taken, _wrong, _address in found]
    centiles = statistics.quantiles(times, n=100)
    wrong = [(error, address) for _taken, error, address in found if error]
    late = [each for each in found if each[0] >= MOST_MS]
    print(f"{len(found):,} questions: {len(wrong)} errors, {len(late)} of {MOST_MS:.0f} ms or more")
    print(f"p50 {centiles[49]:.1f} ms, p95 {centiles[94]:.1f} ms, p99 {centiles[98]:.1f} ms")
    print("the slowest:")
    for taken, _error, address in sorted(found, reverse=True)[:5]:
        print(f"  {taken:6.1f} ms  {address[:100]}")
    for error, address in wrong[:20]:
        print(f"  {error}: {address[:300]}")
    if wrong or late:
        sys.exit(1)


if __name__ == "__main__":
    main()
