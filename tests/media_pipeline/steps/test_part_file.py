"""A file that arrives in pieces has the right bytes, whatever breaks and whoever is killed."""

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.steps import part_file
from media_pipeline.steps.part_file import (
    Busy,
    Checksum,
    ChecksumMismatch,
    PartFile,
    TakenOver,
    WrongOffset,
)

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def part(tmp_path: Path) -> PartFile:
    made = PartFile(tmp_path / "film.part")
    made.create()
    return made


def checksum(content: bytes) -> Checksum:
    return Checksum(hashlib.sha256(), hashlib.sha256(content).digest())


def broken_line(*pieces: bytes):
    yield from pieces
    raise ConnectionResetError


SENDING = st.tuples(
    st.integers(1, 90),  # bytes of the request
    st.integers(1, 40),  # bytes of each read
    st.sampled_from(["whole", "broken", "damaged"]),
    st.booleans(),  # with a checksum
)


@given(content=st.binary(min_size=1, max_size=600), plan=st.lists(SENDING, max_size=8))
@settings(max_examples=50, deadline=None)
def test_any_cutting_with_any_interruptions_gives_the_same_bytes(content, plan):
    with tempfile.TemporaryDirectory() as folder:
        part = PartFile(Path(folder) / "film.part")
        part.create()
        for size, read, fate, checked in [*plan, (len(content), 64, "whole", True)]:
            send(part, content, size, read, fate, checked)
        assert part.arrived() == len(content)
        assert part.path.read_bytes() == content


def send(part: PartFile, content: bytes, size: int, read: int, fate: str, checked: bool) -> None:
    """Send the next bytes as a client does, and see that the offset tells the truth afterwards."""
    before = part.arrived()
    piece = content[before : before + size]
    proof = checksum(piece) if checked else None
    pieces = [piece[at : at + read] for at in range(0, len(piece), read)]
    damaged = fate == "damaged" and checked and bool(piece)
    if damaged:
        pieces = [bytes(255 - byte for byte in one) for one in pieces]
    if fate == "broken":
        pieces = broken_line(*pieces[: len(pieces) // 2])
    with contextlib.suppress(ChecksumMismatch, ConnectionResetError):
        part.append(pieces, offset=before, most=len(content), checksum=proof)
        assert not damaged
    arrived = part.arrived()
    assert part.path.read_bytes()[:arrived] == content[:arrived]
    assert arrived == before or not damaged
    if fate == "broken" and checked:
        assert arrived == before


def test_what_arrived_before_the_line_broke_is_kept(part):
    with pytest.raises(ConnectionResetError):
        part.append(broken_line(b"one", b"two"), offset=0, most=100)
    assert (part.arrived(), part.path.read_bytes()) == (6, b"onetwo")


def test_nothing_is_kept_of_a_damaged_piece(part):
    part.append([b"good"], offset=0, most=100)
    with pytest.raises(ChecksumMismatch):
        part.append([b"dam", b"aged"], offset=4, most=100, checksum=checksum(b"whole"))
    assert (part.arrived(), part.path.read_bytes()) == (4, b"good")


def test_bytes_beyond_the_announced_length_are_not_written(part):
    assert part.append([b"12345", b"67890"], offset=0, most=7) == 7
    assert part.path.read_bytes() == b"1234567"


def test_a_piece_for_another_place_is_refused(part):
    part.append([b"1234"], offset=0, most=10)
    for offset in (0, 3, 5):
        with pytest.raises(WrongOffset):
            part.append([b"x"], offset=offset, most=10)
    assert part.path.read_bytes() == b"1234"


def test_two_requests_cannot_write_at_once(part):
    def second():
        yield b"one"
        with pytest.raises(Busy):
            part.append([b"two"], offset=3, most=100)
        yield b"three"

    part.append(second(), offset=0, most=100)
    assert part.path.read_bytes() == b"onethree"


@pytest.mark.parametrize("checked", [False, True])
def test_a_request_that_fell_silent_is_taken_over_and_writes_no_more(part, monkeypatch, checked):
    monkeypatch.setattr(part_file, "SILENT_AFTER", 0.0)

    def silent():
        yield b"one"
        part.append([b"1 and two"], offset=part.arrived(), most=100)
        yield b"late"

    proof = checksum(b"onelate") if checked else None
    with pytest.raises(TakenOver):
        part.append(silent(), offset=0, most=100, checksum=proof)
    assert part.path.read_bytes() == (b"1 and two" if checked else b"one1 and two")
    assert part.arrived() == len(part.path.read_bytes())


def test_an_upload_removed_meanwhile_ends_the_request(part):
    def removing():
        yield b"one"
        part.remove()
        yield b"two"

    with pytest.raises(TakenOver):
        part.append(removing(), offset=0, most=100)
    assert not part.path.exists()


@pytest.mark.parametrize(("checked", "kept"), [(False, b"x" * 3000), (True, b"")])
def test_after_a_kill_what_is_there_counts_unless_it_was_still_to_be_checked(part, checked, kept):
    code = f"""
import hashlib, time
from pathlib import Path
from media_pipeline.steps.part_file import Checksum, PartFile
def pieces():
    yield b"x" * 3000
    print("written", flush=True)
    time.sleep(60)
proof = Checksum(hashlib.sha1(), b"") if {checked} else None
PartFile(Path({str(part.path)!r})).append(pieces(), offset=0, most=9000, checksum=proof)
"""
    writer = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert writer.stdout.readline() == b"written\n"
    with pytest.raises(Busy):
        part.append([b"y"], offset=part.arrived(), most=9000)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    assert part.path.stat().st_size == 3000
    assert part.arrived() == len(kept)
    part.append([b"y"], offset=len(kept), most=9000)
    assert part.path.read_bytes() == kept + b"y"
