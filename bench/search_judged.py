"""The shared judged questions as the three files that `bench.search_eval` reads.

    .venv/bin/python bench/search_judged.py FOLDER [--plain]
    .venv/bin/python -m bench.search_eval --documents FOLDER/documents.jsonl \\
        --queries FOLDER/queries.jsonl --qrels FOLDER/qrels.tsv

With `--plain` it also measures what everything of ours is compared with: an index of title and
text in one English field, asked for any of the words, ranked by BM25.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import fmean

import tantivy

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.ranking_measures import (  # noqa: E402 - the path is set first
    average_precision,
    ndcg,
    recall,
    reciprocal_rank,
)
from bench.search_passages import judged, passages  # noqa: E402 - as above


def joined() -> dict[str, str]:
    """Return the passages by id; the parts of one that was cut in the source are put together."""
    held: dict[str, str] = {}
    for id_, text in passages():
        held[id_] = f"{held[id_]}\n{text}" if id_ in held else text
    return held


def write(folder: Path) -> None:
    """Write the three files; every right passage has grade 1."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for id_, text in joined().items():
            file.write(json.dumps({"id": id_, "title": "", "text": text}) + "\n")
    with (
        (folder / "queries.jsonl").open("w", encoding="utf-8") as queries,
        (folder / "qrels.tsv").open("w", encoding="utf-8") as qrels,
    ):
        for id_, text, right in judged():
            queries.write(json.dumps({"id": id_, "text": text}) + "\n")
            qrels.writelines(f"{id_}\t{document}\t1\n" for document in sorted(right))


def plain() -> dict[str, float]:
    """Return how well plain BM25 ranks the same."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(builder.build(), path=folder)
        writer = index.writer(100_000_000, 1)
        for id_, text in joined().items():
            writer.add_document(tantivy.Document(id=id_, text=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()
        rankings = []
        for _id, question, right in judged():
            asked, _errors = index.parse_query_lenient(question, ["text"])
            hits = searcher.search(asked, limit=100, count=False).hits
            ranking = [searcher.doc(place).get_first("id") for _score, place in hits]
            rankings.append((ranking, dict.fromkeys(right, 1.0)))
    return {
        "ndcg_at_10": fmean(ndcg(ranking, right, 10) for ranking, right in rankings),
        "map_at_10": fmean(average_precision(ranking, right, 10) for ranking, right in rankings),
        "recall_at_10": fmean(recall(ranking, right, 10) for ranking, right in rankings),
        "recall_at_100": fmean(recall(ranking, right, 100) for ranking, right in rankings),
        "mrr": fmean(reciprocal_rank(ranking, right) for ranking, right in rankings),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--plain", action="store_true", help="measure plain BM25 too")
    chosen = options.parse_args()
    if not judged():
        raise SystemExit("The shared passages and questions are not here.")
    write(chosen.folder)
    print(f"{chosen.folder}: {len(joined())} documents, {len(judged())} questions")
    if chosen.plain:
        print(json.dumps({name: round(value, 4) for name, value in plain().items()}))


if __name__ == "__main__":
    main()
