"""The caption editor's own scripts, in a real browser but without a hub: they agree with Python,
and what they do to cues can be taken back.
"""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_pipeline.models import CaptionTrack, Film
from media_pipeline.steps.breaks import names_in
from media_pipeline.steps.caption_check import WEIGHTS, check_cues
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.word_times import retimed
from media_pipeline.steps.words import Cue, Word
from media_pipeline.views.admin.captions import autosave
from tests.databases import ROOT

pytestmark = pytest.mark.browser
SCRIPTS = ROOT / "media_pipeline" / "static" / "media_pipeline" / "captions"
HERE = "http://editor.test/"
TERMS = ("Annual General Meeting", "constituency Labour party")
SPEECH = Path(__file__).resolve().parent.parent.parent / "docs" / "rooms.md"
MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def page(browser):
    """An empty page whose only addresses are the editor's scripts, with all of them loaded."""
    context = browser.new_context()
    page = context.new_page()

    def answer(route):
        name = route.request.url.removeprefix(HERE)
        if not name:
            return route.fulfill(body="<!doctype html><title>x</title>", content_type="text/html")
        return route.fulfill(path=SCRIPTS / name, content_type="text/javascript")

    page.route(f"{HERE}**", answer)
    page.goto(HERE)
    page.evaluate(
        """async (rules) => {
            window.rules = rules;
            for (const name of ["rules", "words", "document", "times"]) {
                window[`${name}Module`] = await import(`./${name}.js`);
            }
            window.opened = (cues) => new documentModule.CaptionDocument(cues, {
                rules, duration: 600, said: {},
                limits: {cues: 10000, characters: 600, lines: 6, name: 80},
            });
            window.bare = (doc) => doc.cues.map(documentModule.sent);
        }""",
        rules(),
    )
    yield page
    context.close()


def rules():
    """What the editor is told of the rules, for a film with two terms of several words."""
    draft = CaptionTrack(film=Film(glossary="\n".join(TERMS)))
    known = autosave.names_of
    autosave.names_of = lambda film: names_in(TERMS)
    try:
        return json.loads(json.dumps(autosave.rules_of(draft)))
    finally:
        autosave.names_of = known


def sent(cue):
    words = [[word.text, word.start, word.end, word.confidence] for word in cue.words]
    text = "\n".join(cue.lines)
    return {
        "start": cue.start,
        "end": cue.end,
        "text": text,
        "speaker": cue.speaker,
        "words": words,
    }


def composed():
    """Cues as the pipeline composes them of a page of English."""
    words = [
        Word(text, n * 0.31, n * 0.31 + 0.28, 0.2 + n % 8 / 10)
        for n, text in enumerate(SPEECH.read_text().split())
    ]
    return compose_cues(words)


VOCABULARY = """
    the a of and Mr. Keir Starmer Annual General Meeting constituency Labour party twenty one
    hundred don’t go. Really? yes, (perhaps) – very longestwordthatanybodyevercouldwrite I I’m
    it’s will be café naïve 👍 e.g. B. “Quoted”
"""
lines = st.lists(st.sampled_from(VOCABULARY.split()), max_size=9).map(" ".join)
any_text = st.lists(lines, max_size=3).map("\n".join)


@st.composite
def cues(draw, texts=any_text, at_least=0):
    found, clock = [], 0
    for _n in range(draw(st.integers(at_least, 5))):
        clock += draw(st.sampled_from([0, 40, 79, 81, 300, 900]))
        end = clock + draw(st.integers(100, 9000))
        text = draw(texts)
        tokens = text.split()
        step = (end - clock) / 1000 / max(1, len(tokens))
        words = tuple(
            Word(one, round(clock / 1000 + n * step, 3), round(clock / 1000 + (n + 1) * step, 3))
            for n, one in enumerate(tokens)
        )
        speaker = draw(st.sampled_from(["", "", "Ann", "Bob"]))
        found.append(Cue(clock / 1000, end / 1000, tuple(text.split("\n")), words, speaker))
        clock = max(clock, end - draw(st.sampled_from([0, 0, 0, 500])))
    return found


def checked(page, given_cues):
    return page.evaluate(
        "(cues) => rulesModule.check(cues, rules)", [sent(cue) for cue in given_cues]
    )


def test_python_and_the_editor_find_the_same_rules_broken_in_the_same_words(page):
    texts = [
        ("One line that is certainly much longer than any forty-two characters are.", 1, 3, ""),
        ("", 3.2, 4, ""),
        ("Short.", 4.03, 4.3, "Ann"),
        ("a\nb\nc", 4.2, 13, "Ann"),
        ("We met Keir\nStarmer at the", 13, 16, "Bob"),
        ("Annual\nGeneral Meeting of the constituency", 16, 20.5, "Bob"),
        ("Labour party", 20.5, 22.5, "Bob"),
        ("A\nvery unequal pair of lines is in this cue", 30, 36, ""),
        ("Very fast words for such a little while", 40, 41, ""),
    ]
    sample = [Cue(start, end, tuple(text.split("\n")), (), who) for text, start, end, who in texts]
    sample += [Cue(c.start + 50, c.end + 50, c.lines, c.words) for c in composed()]
    ours = check_cues(sample, names=names_in(TERMS))
    theirs = checked(page, sample)
    assert theirs["broken"] == [vars(one) for one in ours.broken]
    assert theirs["score"] == pytest.approx(ours.score, abs=0.051)
    assert {one.rule for one in ours.broken} == set(WEIGHTS) - {"order"}


@MANY
@given(some=cues())
def test_python_and_the_editor_agree_on_any_cues(page, some):
    ours = check_cues(some, names=names_in(TERMS))
    theirs = checked(page, some)
    assert [(one["rule"], one["cue"]) for one in theirs["broken"]] == [
        (one.rule, one.cue) for one in ours.broken
    ]
    assert theirs["score"] == pytest.approx(ours.score, abs=0.11)


@MANY
@given(some=cues(texts=lines.filter(str.split), at_least=1), after=lines)
def test_words_keep_their_times_as_python_keeps_them(page, some, after):
    before = some[0]
    theirs = page.evaluate(
        "([words, text, start, end]) => wordsModule.retimed(words, text, start, end)",
        [sent(before)["words"], after, before.start, before.end],
    )
    ours = retimed(before.words, after, before.start, before.end)
    assert [word[0] for word in theirs] == [word.text for word in ours] == after.split()
    for found in (theirs, sent(Cue(0, 1, (), ours))["words"]):
        assert all(one[1] <= two[1] and one[1] <= one[2] for one, two in pairwise(found))
    if after == before.text:
        assert theirs == sent(before)["words"]


@MANY
@given(some=cues(texts=lines.filter(lambda text: len(text.split()) > 1), at_least=1), at=st.data())
def test_a_cue_split_and_merged_again_is_the_cue_it_was(page, some, at):
    number = at.draw(st.integers(0, len(some) - 1))
    text = some[number].text
    place = at.draw(st.integers(1, len(text.split()[0])))
    before, parts, after = page.evaluate(
        """([cues, number, place]) => {
            const doc = opened(cues);
            const before = bare(doc);
            doc.split(number, place);
            const parts = bare(doc);
            doc.merge(number);
            return [before, parts, bare(doc)];
        }""",
        [[sent(cue) for cue in some], number, place],
    )
    first, second = parts[number], parts[number + 1]
    assert len(parts) == len(before) + 1
    assert first["start"] < first["end"] == second["start"] < second["end"]
    assert first["words"] + second["words"] == before[number]["words"]
    assert [word[0] for word in first["words"]] == first["text"].split()
    merged = dict(after[number], text=" ".join(after[number]["text"].split()))
    assert merged == dict(before[number], text=" ".join(before[number]["text"].split()))
    assert after[:number] + after[number + 1 :] == before[:number] + before[number + 1 :]


@MANY
@given(
    some=cues(at_least=1),
    what=st.sampled_from(["the", "a", "Starmer", ".", "(", "General  Meeting", "$&", "\\"]),
    by=st.sampled_from(["", "x", "$1", "the the", "Keir"]),
    options=st.fixed_dictionaries({"matchCase": st.booleans(), "wholeWord": st.booleans()}),
)
def test_everything_replaced_can_be_undone_and_done_again(page, some, what, by, options):
    before, count, changed, undone, redone = page.evaluate(
        """([cues, what, by, options]) => {
            const doc = opened(cues);
            const before = bare(doc);
            const count = doc.replace(documentModule.pattern(what, options), by);
            const changed = bare(doc);
            if (doc.past.length) doc.undo();
            const undone = bare(doc);
            if (doc.future.length) doc.redo();
            return [before, count, changed, undone, bare(doc)];
        }""",
        [[sent(cue) for cue in some], what, by, options],
    )
    assert undone == before
    assert redone == changed
    assert (count == 0) <= (changed == before)
    for cue in changed:
        assert [word[0] for word in cue["words"]] in ([], cue["text"].split())


def test_what_has_to_be_saved_is_only_what_changed(page):
    found = page.evaluate(
        """(cues) => {
            const doc = opened(cues);
            const saved = doc.cues;
            doc.setText(2, "Other words.");
            doc.remove(4);
            const [from, removed, sent] = documentModule.difference(saved, doc.cues);
            return [from, removed, sent.map((cue) => cue.text)];
        }""",
        [sent(Cue(n, n + 0.9, (f"Cue {n}.",))) for n in range(8)],
    )
    assert found == [2, 3, ["Other words.", "Cue 3."]]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02.5", 62.5),
        ("1:02:03,25", 3723.25),
        ("62.5", 62.5),
        (" 0:00.000 ", 0),
        ("x", None),
        ("1:2:3:4", None),
        ("-1", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(page, text, seconds):
    assert page.evaluate("(text) => timesModule.read(text)", text) == seconds
