"""The text of a file that a person made, whatever program they made it with."""

from ground.refusals import Refused

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes, *, otherwise: str) -> str:
    """``data`` as UTF-8, as UTF-16 with its mark, or as older Windows programs write.

    Raises Refused with the sentence ``otherwise`` where it is none of these.
    """
    encodings = ["utf-16"] if data.startswith(UTF16_MARKS) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refused(otherwise)
