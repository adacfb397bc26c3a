"""Names, in plain words, what a file is that is not a film, from its first bytes."""

SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"ftyp", 4, "an MP4 film"),
    (b"moov", 4, "an MP4 film"),
    (b"mdat", 4, "an MP4 film"),
    (b"%PDF-", 0, "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", 0, "a picture (PNG)"),
    (b"\xff\xd8\xff", 0, "a picture (JPEG)"),
    (b"GIF8", 0, "a picture (GIF)"),
    (b"WEBP", 8, "a picture (WebP)"),
    (b"BM", 0, "a picture (BMP)"),
    (b"II*\x00", 0, "a picture (TIFF)"),
    (b"MM\x00*", 0, "a picture (TIFF)"),
    (b"PK\x03\x04", 0, "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", 0, "an older office document"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7-Zip archive"),
    (b"Rar!", 0, "a RAR archive"),
    (b"\x1f\x8b", 0, "a compressed archive"),
    (b"WEBVTT", 0, "a caption file (WebVTT)"),
    (b"#EXTM3U", 0, "a playlist"),
    (b"MZ", 0, "a Windows program"),
    (b"\x7fELF", 0, "a program"),
)
OFFICE = ((b"word/", "a Word document"), (b"ppt/", "a presentation"), (b"xl/", "a spreadsheet"))
HEIF_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"msf1")
CONTROL = set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B}


def kind_in_words(start: bytes) -> str | None:
    """“a PDF document”, “a text file” …, from a file's first bytes; None if unknown."""
    if start[4:8] == b"ftyp" and start[8:12] in HEIF_BRANDS:
        return "a picture (HEIF)"
    for signature, offset, words in SIGNATURES:
        if start[offset : offset + len(signature)] == signature:
            return _office(start) or words
    if _is_text(start):
        head = start.lstrip()[:256].lower()
        return "a web page" if head.startswith((b"<!doctype html", b"<html")) else "a text file"
    return None


def _office(start: bytes) -> str | None:
    if not start.startswith(b"PK"):
        return None
    return next((words for folder, words in OFFICE if folder in start), None)


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 3:  # more than one character cut in two at the end
            return False
    return bool(start) and not CONTROL.intersection(start)
