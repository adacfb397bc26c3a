"""The text of a file that a person made, whatever program she made it with."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> str | None:
    """``data`` as UTF-8, as UTF-16 with its mark, or as older Windows programs write; else None."""
    encodings = ["utf-16"] if data.startswith(UTF16_MARKS) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    return None
