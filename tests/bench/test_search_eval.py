"""The program that others measure the search with."""

import json

import pytest

from bench.search_eval import main
from search.actions import indexing
from search.engines.engine import IndexMissing
from search.models import VocabularyEntry

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

DOCUMENTS = [
    {"id": "d1", "title": "Quorum", "text": "A twentieth of the members."},
    {"id": "d2", "title": "", "text": "The quorum of a branch is ten, and of a ward it is five."},
    {"id": "d3", "title": "Minutes", "text": "The secretary keeps the minutes."},
    {"id": "d4", "title": "Posters", "text": "Posters are put up by hand."},
]
QUERIES = [
    {"id": "q1", "text": "what is the quorum?"},
    {"id": "q2", "text": "who keeps minutes"},
    {"id": "q3", "text": "posters"},
]
QRELS = "q1\td2\t1\nq2\td3\t2\nq2\td1\t0\n"
FIELDS = [
    "ndcg_at_10",
    "map_at_10",
    "recall_at_10",
    "recall_at_100",
    "mrr",
    "index_seconds",
    "index_bytes",
    "p50_ms",
    "p95_ms",
    "p99_ms",
]


@pytest.fixture
def judged(tmp_path):
    """Write the three files, and return how to run the command over them."""

    def write(documents=DOCUMENTS, queries=QUERIES, qrels: str = QRELS) -> dict[str, str]:
        for name, rows in (("documents", documents), ("queries", queries)):
            text = rows if isinstance(rows, str) else "\n".join(map(json.dumps, rows)) + "\n"
            (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
        (tmp_path / "qrels.tsv").write_text(qrels, encoding="utf-8")
        return {
            "documents": str(tmp_path / "documents.jsonl"),
            "queries": str(tmp_path / "queries.jsonl"),
            "qrels": str(tmp_path / "qrels.tsv"),
        }

    return write


def run(files: dict[str, str], *options: str) -> int:
    arguments = [f"--{name}={path}" for name, path in files.items()]
    return main([*arguments, "--engine=embedded", *options])


def evaluated(capsys, files: dict[str, str], *options: str) -> str:
    assert run(files, *options) == 0
    return capsys.readouterr().out


def refused(capsys, files: dict[str, str]) -> str:
    assert run(files) == 1
    return capsys.readouterr().err.removesuffix("\n")


def test_it_prints_one_object_with_every_measure(judged, capsys):
    measured = json.loads(evaluated(capsys, judged(), "--json"))

    assert list(measured) == FIELDS
    # q1: the right one is second (the title has the word); q2: first; q3 was not judged.
    assert measured["ndcg_at_10"] == pytest.approx((1 / 1.5849625 + 1) / 2, abs=1e-6)
    assert {name: measured[name] for name in FIELDS[1:5]} == {
        "map_at_10": 0.75, "recall_at_10": 1.0, "recall_at_100": 1.0, "mrr": 0.75,
    }  # fmt: skip
    assert measured["index_bytes"] > 1000
    assert 0 < measured["p50_ms"] <= measured["p95_ms"] <= measured["p99_ms"]


def test_it_prints_a_line_for_each_measure(judged, capsys):
    lines = evaluated(capsys, judged()).splitlines()

    assert [line.split(": ")[0] for line in lines] == FIELDS
    assert "mrr: 0.75" in lines


def test_the_vocabulary_of_the_site_is_applied(judged, capsys):
    files = judged(queries=[{"id": "q1", "text": "placards"}], qrels="q1\td4\t1\n")
    assert json.loads(evaluated(capsys, files, "--json"))["mrr"] == 0.0
    VocabularyEntry.objects.create(words="posters\nplacards")
    assert json.loads(evaluated(capsys, files, "--json"))["mrr"] == 1.0


def test_the_index_of_the_site_is_left_alone(judged, capsys, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "site"
    evaluated(capsys, judged())

    with pytest.raises(IndexMissing):
        indexing.engine().count()
    assert not (tmp_path / "site").exists()


def test_a_right_document_that_is_not_there_counts_as_not_found(judged, capsys):
    files = judged(qrels="q2\td3\t1\nq2\tgone\t1\n")

    assert json.loads(evaluated(capsys, files, "--json"))["recall_at_100"] == 0.5


NO_OBJECT = "no object with the texts “id”, “title”, “text”."
TWICE = {"id": "q1", "text": "again"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("documents", '{"id": "1", "title": "", "text": ""}\n{"id": "2"}\n', f"2: {NO_OBJECT}"),
        ("documents", "{}\n[", f"1: {NO_OBJECT}"),
        ("documents", '["id"]\n', f"1: {NO_OBJECT}"),
        ("documents", '{"id": "1", "title": null, "text": ""}\n', f"1: {NO_OBJECT}"),
        ("documents", '{"id": "\\ud800", "title": "", "text": ""}\n', f"1: {NO_OBJECT}"),
        ("documents", [*DOCUMENTS, DOCUMENTS[1]], "5: 'd2' stands there a second time."),
        ("queries", [*QUERIES, TWICE], "4: 'q1' stands there a second time."),
        ("qrels", "q1\td1\t1\nq1 d2 1\n", "2: it should say question, document and a whole"),
        ("qrels", "q1\td1\thigh\n", "1: it should say question, document and a whole"),
        ("qrels", "q1\td1\t1\nq9\td1\t1\n", "2: there is no question 'q9'."),
        ("qrels", "q1\td1\t1\nq1\td1\t2\n", "2: 'd1' is judged a second time."),
    ],
)
def test_a_bad_file_is_told_in_one_line_with_its_number(judged, capsys, name, content, said):
    sentence = refused(capsys, judged(**{name: content}))

    assert f"{name}.{'tsv' if name == 'qrels' else 'jsonl'}, line {said}" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("name", ["documents", "queries", "qrels"])
def test_an_empty_file_is_told(judged, capsys, name):
    files = judged(**{name: "\n\n"})

    assert refused(capsys, files) == f"{files[name]} is empty."


def test_judgements_that_call_nothing_relevant_are_told(judged, capsys):
    files = judged(qrels="q1\td1\t0\n")

    assert refused(capsys, files) == f"{files['qrels']} calls no document relevant."


def test_files_that_cannot_be_read_are_told_in_one_line(judged, capsys, tmp_path):
    files = judged()
    gone = tmp_path / "gone.jsonl"
    sentence = refused(capsys, {**files, "queries": str(gone)})
    assert sentence == f"{gone} cannot be read: No such file or directory."
    (tmp_path / "queries.jsonl").write_bytes(b'{"id": "q1", "text": "caf\xe9"}\n')
    assert refused(capsys, files) == f"{files['queries']}, after line 0: this is not UTF-8."
