"""How quickly the embedded engine answers, indexes, and how well it ranks.

    .venv/bin/python bench/search.py [--documents 20000] [--rounds 400]

Takes the regulators' passages and judged questions of the shared example files where they are
present (`../shared`, or where MEMBERSNET_SHARED points), cut into parts of at most 1,500
characters as sources should; made-up passages fill up, or stand in for them.
"""

import argparse
import json
import math
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from search.engines.base import Document, Query  # noqa: E402 - the root is put on the path first
from search.engines.embedded import EmbeddedEngine  # noqa: E402 - as above
from search.questions import SLIGHT_WORDS, parse  # noqa: E402 - as above

OBLIQA = Path(os.environ.get("MEMBERSNET_SHARED", ROOT.parent / "shared")) / "relevance" / "obliqa"
KINDS = ("rule", "fact", "procedure", "lesson", "film")
MEMBERS = frozenset({"anyone", "members"})
LONGEST = 1500  # characters of a document
SYLLABLES = [consonant + vowel for consonant in "bcdfglmnpr" for vowel in "aeio"]


def passages() -> list[tuple[str, str]]:
    """Return the shared passages as (id, text); none where they are absent."""
    found = []
    for file in sorted(OBLIQA.glob("documents/*.json")):
        for passage in json.loads(file.read_text(encoding="utf-8")):
            found.append((f"{passage['DocumentID']}/{passage['PassageID']}", passage["Passage"]))
    return found


def parts(text: str) -> Iterator[str]:
    while len(text) > LONGEST:
        cut = max(text.rfind(sign, 0, LONGEST) for sign in ("\n", ". ", " ")) + 1 or LONGEST
        yield text[:cut]
        text = text[cut:]
    yield text


def made_up(chance: random.Random, like: list[str]) -> str:
    """Return a passage of sentences taken from others, or of words that nobody speaks."""
    if like:
        return " ".join(chance.choice(like) for _sentence in range(chance.randint(1, 4)))
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(60)]
    return " ".join(words).capitalize() + "."


def documents(count: int) -> list[Document]:
    chance = random.Random(2026)
    texts = [(key, part) for key, text in passages() for part in parts(text)][:count]
    sentences = [s for _key, text in texts for s in text.split(". ") if 30 < len(s) < 400]
    while len(texts) < count:
        texts.append((f"made/{len(texts)}", made_up(chance, sentences)))
    return [
        Document(
            id=f"{key}#{number}",
            key=key,
            kind=KINDS[number % len(KINDS)],
            url=f"/{number}/",
            title=" ".join(text.split()[:6]),
            heading=f"Chapter {1 + number % 20} › Clause {1 + number % 12}",
            body=text,
            citation=f"{1 + number % 20}.I.{number}",
            audience=("members",) if number % 10 else ("editors",),
            group=f"group-{number % 300}",
        )
        for number, (key, text) in enumerate(texts)
    ]


def questions(held: list[Document], rounds: int) -> dict[str, list[str]]:
    """Return questions of each sort, made of words that stand together in some document."""
    chance = random.Random(7)

    def words(least: int, most: int) -> list[str]:
        while True:
            text = chance.choice(held).body.split()
            chosen = [w for w in text if w.isalpha() and w.lower() not in SLIGHT_WORDS]
            if len(chosen) >= most:
                start = chance.randrange(len(chosen) - most + 1)
                return chosen[start : start + chance.randint(least, most)]

    def half_typed() -> str:
        *first, last = words(2, 2)
        return " ".join([*first, last[: max(3, len(last) // 2)]])

    return {
        "one word": [words(1, 1)[0] for _ in range(rounds)],
        "two or three words": [" ".join(words(2, 3)) for _ in range(rounds)],
        "half-typed": [half_typed() for _ in range(rounds)],
        "citation": [chance.choice(held).citation for _ in range(rounds)],
        "a sentence": [" ".join(words(8, 14)) for _ in range(rounds)],
    }


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    picked = (ordered[math.floor(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
    return " | ".join(f"{took:.2f}" for took in picked)


def measure_speed(engine: EmbeddedEngine, held: list[Document], rounds: int) -> None:
    print("\n| question | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|")
    views = {"ten of all": {"limit": 10}, "page of all kinds": {"per_kind": 4, "per_group": 2}}
    for sort, texts in questions(held, rounds).items():
        for view, values in views.items():
            times = []
            for text in texts:
                started = time.perf_counter()
                engine.search(Query(parse(text), MEMBERS, **values))
                times.append((time.perf_counter() - started) * 1000)
            print(f"| {sort}, {view} | {percentiles(times)} |", flush=True)


def measure_ranking(folder: Path) -> None:
    """Print nDCG@10 and success over the judged questions, on an index of the passages alone."""
    judged = OBLIQA / "ObliQA_dev.json"
    if not judged.exists():
        print("\nNo judged questions here: ranking was not measured.")
        return
    engine = EmbeddedEngine(folder)
    engine.rebuild(
        Document(
            id=str(n), key=key, kind="rule", url="", title="", body=text, audience=("members",)
        )
        for n, (key, text) in enumerate(passages())
    )
    gains, firsts, among_ten = [], [], []
    for question in json.loads(judged.read_text(encoding="utf-8")):
        right = {f"{p['DocumentID']}/{p['PassageID']}" for p in question["Passages"]}
        hits = engine.search(Query(parse(question["Question"]), MEMBERS, limit=10)).hits
        keys = list(dict.fromkeys(hit.document.key for hit in hits))
        gain = sum(1 / math.log2(n + 2) for n, key in enumerate(keys) if key in right)
        gains.append(gain / sum(1 / math.log2(n + 2) for n in range(min(10, len(right)))))
        firsts.append(bool(right & set(keys[:1])))
        among_ten.append(bool(right & set(keys)))
    print(
        f"\n{len(gains)} judged questions: nDCG@10 {statistics.fmean(gains):.4f}, "
        f"success@1 {statistics.fmean(firsts):.4f}, success@10 {statistics.fmean(among_ten):.4f}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=400, help="questions of each sort")
    options.add_argument("--no-ranking", action="store_true")
    chosen = options.parse_args()
    held = documents(chosen.documents)
    with tempfile.TemporaryDirectory() as folder:
        engine = EmbeddedEngine(Path(folder))
        started = time.perf_counter()
        engine.rebuild(held)
        took = time.perf_counter() - started
        size = sum(p.stat().st_size for p in Path(folder).rglob("*") if p.is_file())
        print(f"{len(held)} documents in {took:.1f} s: {len(held) / took:.0f} a second")
        print(f"{size / 1e6:.1f} MB on disk")
        started = time.perf_counter()
        engine.write([held[0].entry], [held[0]])
        print(f"one change: {(time.perf_counter() - started) * 1000:.0f} ms")
        measure_speed(engine, held, chosen.rounds)
        if not chosen.no_ranking:
            measure_ranking(Path(folder) / "judged")
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"\n{kilobytes / 1024:.0f} MB of memory at most")


if __name__ == "__main__":
    main()
