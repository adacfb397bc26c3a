"""Nothing that a person can type, or a source can hold, makes an engine fail."""

import html
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.search.engines.contract.conftest import ask, doc

calm = settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
anything = st.text(st.characters(), max_size=200)
typed = st.lists(
    st.one_of(
        st.sampled_from(
            ['"', "'", "(", ")", "-", "OR", "AND", "NOT", "~2", "*", "^", ":", "[", "]", "\\", "/",
             "7.VIII.3.A", "Chapter 1,", "to", "and C", "comment", "rules", "\x00", "\u202e", "🚩"]
        ),
        st.text(st.characters(), max_size=8),
    ),
    max_size=20,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _filled(engine):
    engine.rebuild([doc("one", "A moderator may remove a comment that breaks the rules.")])


@calm
@given(question=st.one_of(anything, typed.map(" ".join), typed.map("".join)))
@example(question='"unbalanced')
@example(question="a AND NOT b")
@example(question="((((")
@example(question="İİİ ß ǅ")
@example(question="\ud800 comment")
@example(question="🏴󠁧󠁢󠁷󠁬󠁳󠁿 comment")
@example(question="٣.٤.٥ chapter ٣")
@example(question="comment " * 2000)
@example(question="x" * 70_000)
@example(question="-" * 999 + "a")
def test_any_text_is_a_question(engine, question):
    for values in ({}, {"per_kind": 3, "per_group": 1}, {"kind": "rule", "offset": 7}):
        results = ask(engine, question, **values)

        assert results.total in (0, 1)
        assert sum(results.counts.values()) in (0, 1)


@settings(calm, max_examples=30)
@given(body=anything, title=anything, question=anything)
@example(body="\ud800 tuba", title="\ud800", question="tuba")
@example(body="İstanbul'da İ tuba", title="", question="istanbul tuba")
def test_any_text_can_be_held_and_is_shown_as_safe_html(engine, body, title, question):
    held = doc("any", body + " xylophone", title=title)
    engine.write([held.entry], [held])

    [hit] = ask(engine, "xylophone").hits
    for shown in (hit.title, hit.snippet):
        assert "<" not in re.sub("</?mark>", "", shown)
    assert html.unescape(re.sub("</?mark>", "", hit.title)) == title
    ask(engine, question)
