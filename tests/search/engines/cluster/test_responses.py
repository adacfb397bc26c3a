"""What a damaged or hostile cluster answers is not trusted: nothing of it is shown or raised."""

import json

import pytest

from search.engines.cluster.documents import document_for, given, indexed
from search.engines.engine import EngineUnavailable
from tests.search.engines.cluster.scripted import answer_of, ask, packed, scripted_by
from tests.search.engines.contract.conftest import MEMBERS, doc

GOOD = packed(title="The good one", body="tuba")

UNSOUND = [
    "{", "[]", "null", "5", "[" * 100_000, None, 5, {},
    json.dumps({"id": "a"}),
    packed(other="field"),
    packed(title=5), packed(body=None), packed(heading=["a"]), packed(kind=1),
    packed(audience=None), packed(audience=[5]),
    packed(current=1), packed(page="1"), packed(date=5), packed(date="yesterday"),
    packed(seconds="1"), packed(seconds=float("nan")), packed(seconds=float("inf")),
    packed(seconds=10**400), packed(seconds=True),
    packed(moments=[[1]]), packed(moments=[["1", 2.0]]), packed(moments=5),
    packed(url="javascript:alert(1)"), packed(url="//evil.example/"), packed(url="/\\evil.example"),
    packed(url="/\t/evil.example"), packed(url="http://plain.example/"), packed(url="a/b"),
    packed(url="/a\n"), packed(url="HTTPS:evil"), packed(url=" /a"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(UNSOUND)))
def test_a_document_that_is_none_is_left_out_and_others_are_shown(number):
    assert given(UNSOUND[number]) is None
    with scripted_by(lambda _asked: answer_of(UNSOUND[number], GOOD)) as cluster:
        assert [hit.document.title for hit in ask(cluster.engine()).hits] == ["The good one"]


@pytest.mark.parametrize(
    "values",
    [
        {"url": "/"},
        {"url": ""},  # a page that is in no site
        {"url": "/rules/7/?t={t}#film", "seconds": 1.5, "moments": ((0, 1.5), (9, 2))},
        {"url": "https://site.example/a b", "page": 3},
        {"audience": ("editors", "members"), "body": "\ud83d é \x00 \\"},
    ],
)
def test_what_the_hub_gave_is_what_it_gets_back(values):
    document = doc("a", **values)

    assert given(indexed(document)["_source"]["document"]) == document


def test_a_document_for_others_is_not_shown_though_the_cluster_gave_it():
    secret = packed(audience=["editors"], body="tuba of the editors")
    with scripted_by(lambda _asked: answer_of(secret, GOOD, packed(audience=[]))) as cluster:
        engine = cluster.engine()
        assert [hit.document.title for hit in ask(engine).hits] == ["The good one"]
        assert [each.title for each in engine.suggest(("tuba",), MEMBERS, 5)] == ["The good one"]
    assert document_for(MEMBERS, secret) is None


def changed(**values) -> list[dict]:
    [answer] = answer_of(GOOD)
    return [{**answer, **values}]


def hits_of(**values) -> dict:
    [answer] = answer_of(GOOD)
    [hit] = answer["hits"]["hits"]
    return {"hits": {"hits": [{**hit, **values}]}}


@pytest.mark.parametrize(
    "answer",
    [
        [], None, 5, [5], [{}], {"a": 1},
        changed(hits=None), changed(hits={"hits": [5]}), changed(aggregations=[]),
        changed(aggregations={"kind": {"kind": {"buckets": [{"key": "rule"}]}}}),
        changed(**hits_of(_score=None)), changed(**hits_of(_score="high")),
        changed(**hits_of(_source=None)), changed(**hits_of(_id=[])),
    ],
)  # fmt: skip
def test_an_answer_of_another_form_is_a_cluster_that_cannot_be_asked(answer):
    with scripted_by(lambda _asked: answer) as cluster:
        engine = cluster.engine()
        with pytest.raises(EngineUnavailable):
            ask(engine)
        assert engine.count() == 7  # nobody else is kept from asking
