"""What is sealed comes out as it went in, or not at all."""

import io
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ground.refusals import Refused
from membersnet.backups.sealing import Part, Seal, open_with_passphrase, seal_with_passphrase
from tests.programs import program

SEAL = Seal.make()
DATA = b"what the hub holds" * 10_000  # three of the pieces that are authenticated


@pytest.fixture
def sealed(tmp_path):
    path = tmp_path / "part.age"
    return path, SEAL.close(io.BytesIO(DATA), path)


def test_what_was_sealed_is_opened_and_described_by_what_it_was(sealed):
    path, part = sealed
    opened = io.BytesIO()
    assert SEAL.open(path, opened) == part
    assert (opened.getvalue(), part.size) == (DATA, len(DATA))
    assert DATA[:40] not in path.read_bytes()


@settings(max_examples=60, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_one_bit_altered_or_the_end_cut_anywhere_is_refused(tmp_path_factory, at, bit, cut):
    path = tmp_path_factory.mktemp("sealed") / "part.age"
    part = SEAL.close(io.BytesIO(DATA), path)
    data = bytearray(path.read_bytes())
    place = int(at * len(data))
    if cut:
        del data[place:]
    else:
        data[place] ^= 1 << bit
    path.write_bytes(data)
    with pytest.raises(Refused, match="altered or cut"):
        SEAL.check(path, part)


def test_a_whole_part_of_another_backup_is_refused(sealed):
    path, part = sealed
    other = SEAL.close(io.BytesIO(b"older"), path)
    assert other == Part(other.sha256, 5)
    with pytest.raises(Refused, match="something else than its backup"):
        SEAL.check(path, part)


def test_a_part_that_is_gone_is_named(tmp_path):
    with pytest.raises(Refused, match=r"^database\.age in the backup is missing"):
        SEAL.open(tmp_path / "database.age")


def test_another_folders_key_opens_nothing(sealed):
    with pytest.raises(Refused, match="altered or cut"):
        Seal.make().open(sealed[0])


class FullDisk(io.RawIOBase):
    def readable(self):
        return True

    def read(self, size=-1):
        raise OSError(28, "No space left on device")

    def write(self, data):
        raise OSError(28, "No space left on device")


def test_a_disks_own_error_is_told_and_no_file_is_left(tmp_path, sealed):
    with pytest.raises(OSError, match="No space left"):
        SEAL.close(FullDisk(), tmp_path / "new.age")
    with pytest.raises(OSError, match="No space left"):
        SEAL.open(sealed[0], FullDisk())
    assert [path.name for path in tmp_path.iterdir()] == ["part.age"]


def test_the_passphrase_opens_the_key_and_another_one_does_not(tmp_path):
    path = tmp_path / "identity.age"
    seal_with_passphrase(SEAL.identity, "a long passphrase", path)
    assert open_with_passphrase(path, "a long passphrase") == SEAL.identity
    with pytest.raises(Refused, match=r"does not open identity\.age"):
        open_with_passphrase(path, "another passphrase")


@pytest.mark.nightly
def test_the_age_program_opens_it_without_the_hub(tmp_path, sealed):
    age = program("age")
    (tmp_path / "identity").write_bytes(SEAL.identity)
    command = [age, "-d", "-i", str(tmp_path / "identity"), str(sealed[0])]
    assert subprocess.run(command, capture_output=True, check=True).stdout == DATA
