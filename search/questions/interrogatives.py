"""Whether a text reads as a question."""

_POLITE = "and but hello hi ok okay or please so well"
_ASKING = "how what what's when where which who who's whom whose why"
_VERBS = """
    am are can can't could did didn't do does doesn't had has have is isn't may might must need
    shall should shouldn't was were will won't would
"""
_NO_SUBJECT = "be by not of"  # "do not post", "will of the members"


def is_asked(text: str) -> bool:
    """Say whether a text reads as a question: it ends with its mark or begins with its words."""
    if text.rstrip("\"')] ").endswith("?"):
        return True
    words = text[:80].lower().replace("’", "'").split()
    while words and words[0].strip(",") in _POLITE.split():
        words = words[1:]
    if len(words) < 2 or words[0] in _ASKING.split():
        return len(words) > 1
    has_subject = words[1] not in _NO_SUBJECT.split() and not words[1][0].isdigit()
    return words[0] in _VERBS.split() and has_subject and len(words) > 2
