"""The rules of captions, each broken once; and what is composed by them breaks none needlessly."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from media_pipeline.steps.breaks import names_in
from media_pipeline.steps.caption_check import WEIGHTS, BrokenRule, check_cues
from media_pipeline.steps.captions import compose_cues
from media_pipeline.steps.words import Cue, Word

from .test_captions import said, speech

GOOD = [
    Cue(0.0, 4.0, ("When you do remove a comment,", "write to its author the same day.")),
    Cue(4.0, 8.0, ("Say what you removed,", "which rule it broke, and how to appeal.")),
    Cue(8.5, 10.0, ("Then sign it.",)),
]


def test_good_captions_score_a_hundred() -> None:
    check = check_cues(GOOD)
    assert (check.score, check.broken, check.cues, check.faults) == (100.0, (), 3, ())


def test_no_captions_break_no_rule() -> None:
    assert check_cues([]).score == 100.0


@pytest.mark.parametrize(
    ("broken", "rule", "sentence"),
    [
        ([Cue(2, 1, ("Hello.",))], "order", "It does not end after it begins (00:00:02.000)."),
        (
            [Cue(5, 6, ("One.",)), Cue(2, 3, ("Two.",))],
            "order",
            "It begins at 00:00:02.000, before the caption in front of it.",
        ),
        (
            [Cue(1, 3, ("One.",)), Cue(2.5, 4, ("Two.",))],
            "overlap",
            "It begins 0.50 s before the caption in front of it has ended.",
        ),
        ([Cue(1, 3, (" ",))], "empty", "It has no text."),
        ([Cue(1, 3, ("One.", "Two.", "Three."))], "lines", "It has 3 lines; at most 2."),
        (
            [Cue(1, 6, ("word " * 9,))],
            "line_length",
            f"A line has 45 characters; at most 42: “{'word ' * 9}”.",
        ),
        ([Cue(1, 1.5, ("One.",))], "too_short", "It is shown for 0.50 s; at least 0.83."),
        ([Cue(1, 9, ("One.",))], "too_long", "It is shown for 8.00 s; at most 7."),
        (
            [Cue(1, 2, ("It is fair to everybody.",))],
            "reading_speed",
            "It asks for 24.0 characters a second; at most 20.",
        ),
        (
            [Cue(1, 2, ("One.",)), Cue(2.04, 4, ("Two.",))],
            "gap",
            "A gap of 0.040 s to the next caption flickers: close it, or leave 0.08 s.",
        ),
        (
            [Cue(1, 3, ("I spoke with Ada", "Lovelace about it."))],
            "name",
            "A name or a number is parted: “Ada | Lovelace”.",
        ),
        (
            [Cue(1, 3, ("Please write to the",)), Cue(3, 5, ("author today.",))],
            "break",
            "Words that belong together are parted: “the | author”.",
        ),
        (
            [Cue(1, 5, ("Say what you removed, which rule it broke,", "and why."))],
            "balance",
            "One line is much longer than the other; break it nearer to the middle.",
        ),
    ],
)
def test_each_rule_is_reported_with_its_caption(
    broken: list[Cue], rule: str, sentence: str
) -> None:
    check = check_cues(broken)
    assert [(one.rule, one.sentence) for one in check.broken] == [(rule, sentence)]
    assert check.score == pytest.approx(100 - 100 * WEIGHTS[rule] / len(broken), abs=0.06)
    assert bool(check.faults) is (rule in {"order", "overlap", "empty"})


def test_a_caption_that_breaks_every_rule_scores_nothing_and_no_less() -> None:
    bad = Cue(1, 1.2, ("x" * 50, "y", "z"))
    assert check_cues([*GOOD, replace(bad, start=11, end=11.2)]).score == 75.0


def test_a_glossarys_term_is_a_name() -> None:
    parted = [Cue(1, 4, ("It is a standing", "order of the branch."))]
    names = names_in(["standing order", "quorum"])
    assert check_cues(parted).broken == ()
    assert check_cues(parted, names=names).broken == (
        BrokenRule("name", 1, "A name or a number is parted: “standing | order”."),
    )


def test_after_a_pause_nothing_is_parted() -> None:
    assert check_cues([Cue(1, 3, ("Please write to the",)), Cue(5, 7, ("author.",))]).broken == ()


def test_composing_keeps_a_glossarys_term_together() -> None:
    text = "We looked for a long while at the returning officer panel report together"
    parted = [cue.text for cue in compose_cues(said(text))]
    names = names_in(["returning officer panel report"])
    kept = compose_cues(said(text), names=names)
    assert "returning officer panel report" in " | ".join(" | ".join(c.lines) for c in kept)
    assert all(one.rule != "name" for one in check_cues(kept, names=names).broken)
    assert parted


@given(speech())
@settings(max_examples=100, deadline=None)
def test_what_is_composed_has_no_fault_and_no_line_or_gap_against_the_rules(
    words: list[Word],
) -> None:
    check = check_cues(compose_cues(words))
    assert check.faults == ()
    assert {one.rule for one in check.broken} & {"lines", "too_long", "gap"} == set()


@pytest.mark.parametrize("letters_a_second", [12, 15, 18])
def test_ordinary_speech_is_composed_without_breaking_a_rule(letters_a_second: int) -> None:
    text = (
        "When you do remove a comment, write to its author the same day. Say what you removed, "
        "which rule it broke, and how to appeal. A moderator decides about one comment and "
        "somebody else hears the appeal, but a meeting of the branch can change the house rules. "
    )
    assert check_cues(compose_cues(said(text * 5, letters_a_second=letters_a_second))).broken == ()
