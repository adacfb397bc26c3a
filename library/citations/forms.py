"""The forms in which people write citations, as patterns. None looks further than it must."""

import re

from library.citations.numerals import WORDS

_EDGE = r"(?![^\W_])"  # not in the middle of a word or number
_BY = r"(?:\.?\s{0,2}(?=\d)|\.\s{0,2}|\s{1,2})"  # between a word and its number: "ch7", "ch. VII"
ROMAN = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))
_NUMBER = rf"(?:{ROMAN}|\d{{1,2}}|{_WORDS}){_EDGE}"
_CHAPTER_NUMBER = rf"(?:\d{{1,2}}(?:\s?\([AB]\)|[AB])?|{ROMAN}|{_WORDS}){_EDGE}"
_STEP = rf"(?:\d{{1,3}}[A-Z]?|[A-Z]|[IVXL]{{2,8}}){_EDGE}"
_AT_THE_END = r"(?=\s*(?:$|[?;:)\]]))"
_STEPS = (
    rf"(?:\s\d{{1,3}}(?=\.[A-Z]{_EDGE}|\s?\([A-Z0-9]|{_AT_THE_END}))?"
    rf"(?:\.{_STEP}|\s?\({_STEP}\)){{0,5}}(?:\s[A-Z]{_AT_THE_END})?"
)
_GAP = r"[\s,:;›>/–—-]{0,4}"
_BELOW = rf"(?:sections?|ss?|sub-?clauses?|para(?:graph)?s?){_BY}"


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Where a citation may begin: looked for first, everything else is matched from there on.
BEGINNING = _form(r"(?<![\w.£$€@/])(?=ch|cl|app|part|para|provision|rule|s[estu]|\d{1,2}[.(AB])")

CHAPTER = _form(rf"ch(?:ap(?:ter)?)?(?P<several>s)?{_BY}(?P<number>{_CHAPTER_NUMBER})")
CLAUSE = _form(rf"cl(?:auses?|s)?{_BY}(?P<number>{_NUMBER})(?P<steps>{_STEPS})")
SECTION = _form(rf"{_GAP}\b{_BELOW}(?P<steps>{_STEP}{_STEPS})")  # after a clause
SECTION_OF = _form(rf"{_BELOW}(?P<steps>{_STEP}{_STEPS})\s(?:of|in|to|under)\s(?:the\s)?")  # before
OF = _form(r"[\s,]{0,2}(?:\b(?:of|in|to|under)\s(?:the\s)?)?")
AFTER_CHAPTER = _form(_GAP)
DOTTED = _form(
    r"(?P<word>(?:clauses?|cl|provisions?|sections?|paragraphs?|para)\.?\s{1,2})?"
    r"(?P<wide>(?:rules?|chapters?|chap|ch)\.?\s{1,2})?"
    r"(?P<chapter>\d{1,2}(?:\([AB]\)|[AB])?)"
    rf"\.(?P<clause>{ROMAN}{_EDGE}|\d{{1,2}}{_EDGE})(?P<steps>{_STEPS})"
)
APPENDIX = _form(
    rf"app(?:endix|endices|x|\.){_BY}(?P<number>(?:\d{{1,2}}|{ROMAN}|[A-Z]){_EDGE})"
    rf"(?:{_GAP}\b{_BELOW})?(?P<steps>(?:(?<=\s){_STEP}(?=\.|{_AT_THE_END})|){_STEPS})"
)
# A part alone is an ordinary word; it is cited with its paragraph or with what it is a part of.
_ORDERS = r"(?:the\s)?(?:model\s)?standing\sorders?"
PART = _form(
    rf"(?P<orders>{_ORDERS}[\s,]{{1,2}})?part{_BY}"
    rf"(?P<number>(?:\d{{1,2}}|{ROMAN}|[A-Z]){_EDGE})"
    rf"(?:{_GAP}\bpara(?:graph)?s?{_BY}(?P<steps>{_STEP}{_STEPS}))?"
    rf"(?P<of>[\s,]{{1,2}}(?:of|in|to)\s{_ORDERS}\b)?"
)

# What goes on after a citation: a list or a range of the same parent.
LIST = _form(
    r"\s?(?P<sign>,\s?and\b|,\s?or\b|,|and\b|&|or\b|to\b|through\b|[-–—])\s?"
    r"(?:(?:clauses?|cl|sections?|chapters?|para(?:graph)?s?)\.?\s)?"
    rf"(?P<step>{_STEP})(?!\.\w)"
)
RANGE = _form(r"\s?(?:to\b|through\b|[-–—])\s?")
RANGE_SIGNS = ("to", "through", "-", "–", "—")
# After what might be an ordinary word ("and a comment", "or 3 members"), only these may follow.
GOES_ON = _form(
    r"\s*(?:$|[^\w\s]|(?:and|&|or|to|through|of|in|under|say|says|mean|means|apply|applies|is|are|"
    r"do|does|about|cover|covers|from)\b)"
)
VERSION = _form(r"(?:\b(?:version|release|update|build|python|django|ios|android|windows|firefox|"
                r"chrome|macos|ip|v)[\s.]{0,2})$")  # fmt: skip
PIECES = re.compile(r"[A-Za-z]+|\d+")
