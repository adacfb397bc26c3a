"""The parts of a DOCX file, opened with bounds: it is a zip that somebody else made."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from library.rules.rulebooks.tree import NotADocument

LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of all members together
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PLAIN = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HEADER = struct.Struct("<4s5H3I2H")  # of a member, at its own place in the file

Element = Any  # lxml's elements carry no types


def value(element: Element | None, *path: str) -> str | None:
    """Return the value of what stands in an element at a path of names; None where nothing does."""
    found = None if element is None else element.find("/".join(f"{W}{name}" for name in path))
    return None if found is None else found.get(f"{W}val", "")


class Package:
    """The XML parts of a file by their names; `warnings` says what could not be read of it."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.warnings: list[str] = []
        content = path.read_bytes()
        try:
            self.members = self._opened(content)
        except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, EOFError):
            self.members = self._salvaged(content)
            self.warnings.append(
                "The file is damaged: only its beginning could be read, so text may be missing."
            )
        self.main = self._main_part()

    def part(self, name: str) -> Element | None:
        """Return the root of a part, or None where the file has none that can be read."""
        content = self.members.get(name, b"").replace(_STRICT, _PLAIN)
        if not content.strip():
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        root = etree.fromstring(content, parser=parser)
        if root is not None and root.getroottree().docinfo.doctype:
            raise NotADocument(
                f"“{self.name}” declares a document type of its own, which no Word document does; "
                "it was not read."
            )
        if root is not None and any(error.level >= 3 for error in parser.error_log):
            self.warnings.append(f"The part {name} is damaged; some of its text may be missing.")
        return root

    def named(self, beginning: str) -> list[str]:
        """Return the names of the parts whose names begin so ("word/header"), in order."""
        return sorted(name for name in self.members if name.startswith(beginning))

    def _opened(self, content: bytes) -> dict[str, bytes]:
        members: dict[str, bytes] = {}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if _wanted(info.filename)]
            if sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise NotADocument(self._too_large())
            for info in infos:
                if info.flag_bits & 1:
                    raise NotADocument(f"“{self.name}” is locked with a password; unlock it first.")
                members[info.filename] = self._read(archive, info, content)
        return members

    def _read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> bytes:
        """Return a member's content, as much of it as can be had."""
        found = bytearray()
        try:
            with archive.open(info) as member:
                while piece := member.read(1 << 16):
                    found += piece
                    if len(found) > LARGEST_UNPACKED:
                        raise NotADocument(self._too_large())
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
            self.warnings.append(
                f"The part {info.filename} is damaged; some of its text may be missing."
            )
            return _salvaged_member(content, info)  # zipfile drops the piece that fails its check
        return bytes(found)

    def _salvaged(self, content: bytes) -> dict[str, bytes]:
        """Return what stands in a zip whose table of contents is lost."""
        members: dict[str, bytes] = {}
        total, place = 0, content.find(b"PK\x03\x04")
        while 0 <= place <= len(content) - _HEADER.size:
            _sign, _v, _flags, method, *_rest, packed, _size, name_length, extra = (
                _HEADER.unpack_from(content, place)
            )
            start = place + _HEADER.size + name_length + extra
            name = content[place + _HEADER.size : start - extra].decode("utf-8", "replace")
            following = content.find(b"PK\x03\x04", start)
            end = following if following >= 0 else len(content)
            if _wanted(name):
                room = LARGEST_UNPACKED - total
                members[name] = _inflated(
                    content[start : (start + packed) if packed else end], method, room
                )
                total += len(members[name])
            place = following
        return members

    def _main_part(self) -> str:
        """Return the name of the part that holds the text."""
        relations = self.part("_rels/.rels")
        for relation in relations.iter(_RELATIONS) if relations is not None else ():
            target = (relation.get("Target") or "").lstrip("/")
            kind = relation.get("Type") or ""
            if kind.endswith("/officeDocument") and target in self.members and "word" in target:
                return target
        if "word/document.xml" in self.members:
            return "word/document.xml"
        raise NotADocument(
            f"“{self.name}” is no Word document (DOCX): it holds no text of one. "
            "Save it as DOCX, PDF, HTML or Markdown and try again."
        )

    def _too_large(self) -> str:
        return f"“{self.name}” unpacks to more than {LARGEST_UNPACKED >> 20} MB; it was not read."


def _wanted(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _salvaged_member(content: bytes, info: zipfile.ZipInfo) -> bytes:
    """Return what stands of a member before its damage."""
    *_rest, name_length, extra = _HEADER.unpack_from(content, info.header_offset)
    start = info.header_offset + _HEADER.size + name_length + extra
    return _inflated(
        content[start : start + info.compress_size], info.compress_type, info.file_size
    )


def _inflated(packed: bytes, method: int, most: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return packed[:most]
    if method != zipfile.ZIP_DEFLATED:
        return b""
    inflating, found = zlib.decompressobj(-15), b""
    try:
        found = inflating.decompress(packed, max(most, 1))
    except zlib.error:  # tried again in small pieces, to keep what stands before the damage
        inflating = zlib.decompressobj(-15)
        for place in range(0, len(packed), 256):
            try:
                found += inflating.decompress(packed[place : place + 256], max(most, 1))
            except zlib.error:
                break
    return found
