"""Reads a fragmented MP4 as a browser does (ISO/IEC 14496-12): by its boxes, edit lists aside.

ffmpeg's own reader moves such pictures until none is shown before it is decoded, so it cannot say
when a browser will show them.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WITHIN = {"moov", "trak", "mdia", "moof", "traf"}
NOT_SYNC = 0x10000  # “sample_is_non_sync_sample”, section 8.8.3.1


@dataclass(frozen=True)
class Sample:
    """A picture or a piece of sound: when it is shown, and whether playing can begin there."""

    second: float
    is_key: bool


def samples(path: Path) -> list[Sample]:
    """Every sample of a file's one track, in the order of decoding."""
    data = path.read_bytes()
    scale, begin, usual, found = 1, 0, (0, 0), []
    for name, at, end in boxes(data, 0, len(data)):
        body = data[at:end]
        if name == "mdhd":
            (scale,) = struct.unpack_from(">I", body, 20 if body[0] else 12)
        elif name == "tfhd":
            usual = _usual(body)
        elif name == "tfdt":
            (begin,) = struct.unpack_from(">Q" if body[0] else ">I", body, 4)
        elif name == "trun":
            for length, flags, shift in _run(body, usual):
                found.append(Sample((begin + shift) / scale, not flags & NOT_SYNC))
                begin += length
    return found


def boxes(data: bytes, at: int, end: int) -> Iterator[tuple[str, int, int]]:
    """(name, begin, end) of every box's body, from the outermost inwards."""
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, at)
        yield name.decode("latin-1"), at + 8, at + size
        if name.decode("latin-1") in WITHIN:
            yield from boxes(data, at + 8, at + size)
        at += size or end


def _usual(body: bytes) -> tuple[int, int]:
    """(length, flags) of samples that do not say their own."""
    flags = int.from_bytes(body[1:4], "big")
    at = 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    length = struct.unpack_from(">I", body, at)[0] if flags & 0x8 else 0
    at += (4 if flags & 0x8 else 0) + (4 if flags & 0x10 else 0)
    return length, struct.unpack_from(">I", body, at)[0] if flags & 0x20 else 0


def _run(body: bytes, usual: tuple[int, int]) -> Iterator[tuple[int, int, int]]:
    """(length, flags, shift) of each sample of a run."""
    flags = int.from_bytes(body[1:4], "big")
    (count,) = struct.unpack_from(">I", body, 4)
    at = 8 + (4 if flags & 0x1 else 0)
    first = struct.unpack_from(">I", body, at)[0] if flags & 0x4 else None
    at += 4 if flags & 0x4 else 0
    for number in range(count):
        own = {}
        for bit, form in ((0x100, ">I"), (0x200, ">I"), (0x400, ">I"), (0x800, ">i")):
            if flags & bit:
                (own[bit],) = struct.unpack_from(form, body, at)
                at += 4
        said = first if number == 0 and first is not None else own.get(0x400, usual[1])
        yield own.get(0x100, usual[0]), said, own.get(0x800, 0)
