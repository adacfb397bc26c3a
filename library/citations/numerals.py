"""Roman numerals, and numbers written as words."""

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
WORDS = _WORDS.split()
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_TENS = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"]
_ONES = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


def to_roman(number: int) -> str:
    """Return a number from 1 to 89 in Roman numerals, and nothing for any other."""
    if not 0 < number < 90:
        return ""
    tens, ones = divmod(number, 10)
    return _TENS[tens] + _ONES[ones]


def from_roman(numeral: str) -> int:
    """Return the value of Roman numerals made of I, V, X and L; 0 for what is none."""
    values = [_ROMAN_VALUES.get(letter, 0) for letter in numeral.upper()]
    if not all(values):
        return 0
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def number_of(text: str) -> int:
    """Return the number that a text writes in digits, in Roman numerals or as a word, or 0."""
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 4 else 0
    return WORDS.index(text.lower()) + 1 if text.lower() in WORDS else from_roman(text)
