"""What a sentence model adds to the ranking, and what it costs.

    .venv/bin/python bench/search_meaning.py --model FOLDER [--questions 500] [--keep FOLDER]

The folder holds `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`, as sentence-transformers
publish them: what the setting MEMBERSNET_SEARCH_MODEL names. The judged questions are the shared
example files' (`../shared`, or where MEMBERSNET_SHARED points). With `--keep` the vectors stay in
that folder and are not computed again. It takes minutes; times are those of the processor, so that
others on the machine do not count: everything runs in one thread.
"""

import argparse
import math
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.search_passages import judged, passages  # noqa: E402 - the root is put on the path first
from search.engines.base import Document, Query  # noqa: E402 - as above
from search.engines.embedded import EmbeddedEngine  # noqa: E402 - as above
from search.engines.meaning import MeaningEngine, Model, ModelUnusable  # noqa: E402 - as above
from search.engines.meaning.fusing import BEST, LEAST, fused  # noqa: E402 - as above
from search.engines.meaning.near import Nearness  # noqa: E402 - as above
from search.engines.meaning.snapshot import parts  # noqa: E402 - as above
from search.questions import parse  # noqa: E402 - as above

MEMBERS = frozenset({"anyone", "members"})
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)


def documents() -> list[Document]:
    return [
        Document(
            id=str(n), key=key, kind="rule", url="", title="", body=text, audience=("members",)
        )
        for n, (key, text) in enumerate(passages())
    ]


def questions(most: int) -> list[tuple[str, set[str]]]:
    """Return questions, spread evenly over all, with the keys of the passages that answer them."""
    everything = [(text, right) for _key, text, right in judged()]
    return everything[:: max(1, len(everything) // most)][:most]


def gain(found: Iterable[str], right: set[str]) -> float:
    """Return the nDCG of the first ten."""
    ten = list(dict.fromkeys(found))[:10]
    gained = sum(1 / math.log2(n + 2) for n, key in enumerate(ten) if key in right)
    return gained / sum(1 / math.log2(n + 2) for n in range(min(10, len(right))))


def index(engine: MeaningEngine, held: list[Document]) -> None:
    started = time.process_time()
    engine.inner.rebuild(held)
    words = time.process_time() - started
    print(f"Words of {len(held)} passages: {words:.1f} s.", flush=True)
    if engine.store.read(engine.model().identity):
        return
    texts = sum(len(parts(one)) for one in held)
    list(engine.store.noting(held))
    started = time.process_time()
    engine.catch_up()
    took = time.process_time() - started
    print(
        f"Vectors: {took:.0f} s, {len(held) / took:.0f} passages a second "
        f"({texts / took:.0f} parts of at most 1,000 characters).",
        flush=True,
    )


def measure(engine: MeaningEngine, asked: list[tuple[str, set[str]]]) -> None:
    model = engine.model()
    reading = engine.store.read(model.identity)
    times: dict[str, list[float]] = {"words": [], "vector of the question": [], "nearest": []}
    gains: dict[str, list[float]] = {}
    firsts: dict[str, int] = {}

    def note(way: str, names: Iterable[tuple[str, str]], right: set[str]) -> None:
        keys = [keys_of[name] for name in names]
        gains.setdefault(way, []).append(gain(keys, right))
        firsts[way] = firsts.get(way, 0) + bool(right & set(keys[:1]))

    keys_of = {
        name: entry.key
        for name, entry in zip(reading.snapshot.names, reading.snapshot.entries, strict=True)
    }
    for text, right in asked:
        query = Query(parse(text), MEMBERS, limit=BEST)
        started = time.process_time()
        hits = engine.inner.search(query).hits
        after_words = time.process_time()
        vector = model.embed([text])[0]
        after_vector = time.process_time()
        near = Nearness(reading, vector)
        dense = near.best(query, BEST, -1.0)
        done = time.process_time()
        times["words"].append((after_words - started) * 1000)
        times["vector of the question"].append((after_vector - after_words) * 1000)
        times["nearest"].append((done - after_vector) * 1000)
        note("words alone", ((hit.document.kind, hit.document.id) for hit in hits), right)
        words = {(hit.document.kind, hit.document.id): hit.score for hit in hits}
        meaning = {**near.of(words), **dense}
        for share in SHARES:
            note(f"{share:.1f} meaning", fused(words, meaning, share), right)
        some = {n: s for n, s in meaning.items() if n in words or s >= LEAST}
        note(f"0.3 meaning, from {LEAST} on", fused(words, some), right)
        note("0.3 meaning, only what the words find", fused(words, near.of(words)), right)
    print(f"\n| ranking, {len(asked)} questions | nDCG@10 | first |\n|---|---|---|")
    for way, all_gains in gains.items():
        print(f"| {way} | {sum(all_gains) / len(asked):.4f} | {firsts[way] / len(asked):.3f} |")
    print("\n| step | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|")
    for step, took in times.items():
        print(f"| {step} | {percentiles(took)} |")
    whole = []
    for text, _right in asked[:200]:
        started = time.process_time()
        engine.search(Query(parse(text), MEMBERS, per_kind=4, per_group=2))
        whole.append((time.process_time() - started) * 1000)
    print(f"| a page of all kinds, everything | {percentiles(whole)} |")


def percentiles(times: list[float]) -> str:
    ordered = sorted(times)
    picked = (ordered[math.floor(len(ordered) * share)] for share in (0.5, 0.95, 0.99))
    return " | ".join(f"{took:.1f}" for took in picked)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a folder with model.onnx and tokenizer.json")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="where the vectors stay")
    options = parser.parse_args()
    if options.model is None:
        print("Name a folder with --model that holds model.onnx and tokenizer.json.")
        return 2
    if not judged():
        print("There are no judged questions here; set MEMBERSNET_SHARED.")
        return 2
    try:
        Model(options.model)
    except ModelUnusable as error:
        print(error)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        vectors = options.keep or Path(folder) / "meaning"
        engine = MeaningEngine(EmbeddedEngine(Path(folder) / "index"), vectors, options.model)
        index(engine, documents())
        measure(engine, questions(options.questions))
    return 0


if __name__ == "__main__":
    sys.exit(main())
