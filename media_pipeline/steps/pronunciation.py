"""How written English is said: a script's tokens as spoken words, and the sounds of each word.

The dictionary of the recogniser (CMUdict) comes first, then our own lexicon, then the American
spelling of a British word, then letters one by one for abbreviations, then rules of spelling.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .numbers import spoken_number

LEXICON = Path(__file__).with_name("lexicon.txt")
PIECE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?|\d+")
SIGNS = {"&": ["and"], "%": ["per", "cent"], "+": ["plus"], "@": ["at"]}
LETTERS = {
    "a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY",
    "h": "EY CH", "i": "AY", "j": "JH EY", "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N",
    "o": "OW", "p": "P IY", "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY", "u": "Y UW",
    "v": "V IY", "w": "D AH B AH L Y UW", "x": "EH K S", "y": "W AY", "z": "Z EH D",
}  # fmt: skip
BRITISH = (
    (r"is(e|es|ed|er|ers|ing|ation|ations|able)$", r"iz\1"), (r"ys(e|es|ed|er|ing)$", r"yz\1"),
    (r"our(s|ed|ing|able|ful|ite|ites|hood|hoods)?$", r"or\1"), (r"tre(s?)$", r"ter\1"),
    (r"mmes?$", "m"), (r"lled$", "led"), (r"lling$", "ling"), (r"ller(s?)$", r"ler\1"),
    (r"ogue(s?)$", r"og\1"), (r"ence$", "ense"),
)  # fmt: skip
SPELLINGS = {
    "augh": "AO", "eigh": "EY", "ough": "AO", "tion": "SH AH N", "sion": "ZH AH N", "tch": "CH",
    "igh": "AY", "dge": "JH", "sch": "SH", "ai": "EY", "ay": "EY", "au": "AO", "aw": "AO",
    "ar": "AA R", "ch": "CH", "ck": "K", "ea": "IY", "ee": "IY", "er": "ER", "ew": "UW",
    "ey": "IY", "gh": "G", "ie": "IY", "ir": "ER", "kn": "N", "ll": "L", "ng": "NG", "nn": "N",
    "oa": "OW", "oi": "OY", "oo": "UW", "or": "AO R", "ou": "AW", "ow": "OW", "oy": "OY",
    "ph": "F", "pp": "P", "qu": "K W", "rr": "R", "sh": "SH", "ss": "S", "th": "TH", "tt": "T",
    "ur": "ER", "wh": "W", "wr": "R", "zz": "Z", "bb": "B", "dd": "D", "ff": "F", "gg": "G",
    "mm": "M", "cc": "K", "ce": "S", "ci": "S IH", "cy": "S IY", "a": "AE", "b": "B", "c": "K",
    "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K", "l": "L",
    "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH",
    "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z", "ŵ": "UW", "ŷ": "IY", "â": "AA",
    "é": "EY", "ô": "AO", "ê": "EY", "î": "IY", "û": "UW",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """One written word of a script, with its punctuation, and the spoken words it stands for."""

    text: str
    spoken: tuple[str, ...]


def tokens(script: str) -> list[Token]:
    """The script's written words in order. What is not said (a dash) stays with its neighbour."""
    tokens_so_far: list[Token] = []
    waiting = ""
    for text in script.split():
        spoken = spoken_words(text)
        if spoken:
            tokens_so_far.append(Token(f"{waiting} {text}".strip(), spoken))
            waiting = ""
        elif tokens_so_far:
            tokens_so_far[-1] = Token(f"{tokens_so_far[-1].text} {text}", tokens_so_far[-1].spoken)
        else:
            waiting = f"{waiting} {text}".strip()
    return tokens_so_far


def spoken_words(text: str) -> tuple[str, ...]:
    """“forty-two” → forty, two; “72%” → seventy, two, per, cent; lower case, without punctuation.

    An abbreviation keeps its capitals, so that its letters can be said one by one.
    """
    plain = text.replace("’", "'").replace("‘", "'")
    if plain in SIGNS:
        return tuple(SIGNS[plain])
    words: list[str] = []
    for piece in PIECE.findall(plain):
        if piece.isdigit():
            words += spoken_number(piece)
        else:
            bare = piece.strip("'")
            words.append(bare if _is_abbreviation(bare) else bare.lower())
    if plain.rstrip('.,;:!?)”"').endswith("%"):
        words += SIGNS["%"]
    return tuple(words)


def sounds(word: str, look_up: Callable[[str], str | None]) -> str:
    """The sounds of a spoken word, separated by spaces; never empty.

    ``known`` looks a word up in the recogniser's dictionary and answers None where it is missing.
    """
    if _is_abbreviation(word):
        return _letter_by_letter(word)
    low = word.lower()
    pronunciation = look_up(low) or lexicon().get(low) or _american(low, look_up)
    if pronunciation:
        return pronunciation
    if low.endswith("'s"):
        return f"{sounds(low[:-2], look_up)} Z"
    return _by_spelling(low)


def pronunciations(words: Iterable[str]) -> dict[str, list[str]]:
    """Each spoken word in lower case with all its pronunciations, the commonest first."""
    words = sorted(set(words))
    dictionary = _dictionary()

    def first(word: str) -> str | None:
        return dictionary[word][0] if word in dictionary else None

    pronounced: dict[str, list[str]] = {}
    for word in words:
        ways = dictionary.get(word) or [sounds(word, first)]
        if _is_abbreviation(word):  # NATO and IT: also as a word, where there is one
            ways = [*ways, *dictionary.get(word.lower(), [])]
        pronounced.setdefault(word.lower(), []).extend(ways)
    return pronounced


def write_dictionary(ways: dict[str, list[str]], target: Path) -> None:
    """Write a pronunciation dictionary in the recogniser's format: ``word``, ``word(2)`` …"""
    lines = []
    for word, heard in sorted(ways.items()):
        for number, way in enumerate(dict.fromkeys(heard), start=1):
            lines.append(f"{word}({number}) {way}" if number > 1 else f"{word} {way}")
    target.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _dictionary() -> dict[str, list[str]]:
    """The recogniser's own dictionary. Read anew each time: it is quick, and 134,000 words long."""
    from pocketsphinx import get_model_path

    dictionary: dict[str, list[str]] = {}
    text = Path(get_model_path("en-us/cmudict-en-us.dict")).read_text(encoding="utf-8")
    for line in text.splitlines():
        word, _, sounds = line.partition(" ")
        dictionary.setdefault(word.split("(")[0], []).append(sounds)
    return dictionary


@cache
def lexicon() -> dict[str, str]:
    """Our own words and their sounds."""
    lines = LEXICON.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {pair[0]: pair[1] for pair in pairs}


def _is_abbreviation(word: str) -> bool:
    stem = word.removesuffix("s") if word[:-1].isupper() else word
    return 2 <= len(stem) <= 5 and stem.isascii() and stem.isalpha() and stem.isupper()


def _letter_by_letter(word: str) -> str:
    plural = word.endswith("s")
    letters = " ".join(LETTERS[letter] for letter in (word[:-1] if plural else word).lower())
    return f"{letters} Z" if plural else letters


def _american(word: str, look_up: Callable[[str], str | None]) -> str | None:
    for pattern, replacement in BRITISH:
        american = re.sub(pattern, replacement, word)
        if american != word and (pronunciation := look_up(american)):
            return pronunciation
    return None


def _by_spelling(word: str) -> str:
    phones: list[str] = []
    rest = word.replace("'", "")
    if len(rest) > 3 and rest.endswith("e") and rest[-2] not in "aeiou":
        rest = rest[:-1]  # the silent e
    while rest:
        size = next((size for size in (4, 3, 2, 1) if rest[:size] in SPELLINGS), 0)
        if size:
            phones.append(SPELLINGS[rest[:size]])
        rest = rest[size or 1 :]
    return " ".join(phones) or "AH"
