"""Numbers as they are spoken: 72 “seventy two”, 999 “nine nine nine”, 2026 “twenty twenty six”."""

ONES = {
    0: "nought", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven",
    8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen",
    15: "fifteen", 16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen",
}  # fmt: skip
TENS = {
    2: "twenty", 3: "thirty", 4: "forty", 5: "fifty", 6: "sixty", 7: "seventy", 8: "eighty",
    9: "ninety",
}  # fmt: skip
DIGIT_BY_DIGIT = {"999", "111", "101", "112"}  # emergency numbers


def spoken_number(digits: str) -> list[str]:
    """The words for a string of digits, as most people in Britain would read it aloud."""
    if digits in DIGIT_BY_DIGIT or len(digits) > 6 or (digits.startswith("0") and len(digits) > 1):
        return ["oh" if digit == "0" else ONES[int(digit)] for digit in digits]
    number = int(digits)
    if (1100 <= number <= 2099 and number // 100 != 20) or 2010 <= number <= 2099:
        return _year(number)
    return _whole(number)


def _year(number: int) -> list[str]:
    century, rest = divmod(number, 100)
    if rest == 0:
        return [*_whole(century), "hundred"]
    return [*_whole(century), *(["oh"] if rest < 10 else []), *_whole(rest)]


def _whole(number: int) -> list[str]:
    if number < 20:
        return [ONES[number]]
    if number < 100:
        tens, ones = divmod(number, 10)
        return [TENS[tens], *([ONES[ones]] if ones else [])]
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    above, rest = divmod(number, size)
    join = ["and"] if 0 < rest < 100 else []
    return [*_whole(above), name, *join, *(_whole(rest) if rest else [])]
