"""Static files are compressed once, and again only where they changed."""

import gzip
from pathlib import Path

import brotli
import pytest

from membersnet import settings
from membersnet.static_files import Changes, StaticFiles

STYLE = b"body { color: #222; background: #fff; }\n" * 200


class Counted(Changes):
    """Counts how often a file is really compressed."""

    def __init__(self) -> None:
        super().__init__(quiet=True)
        self.compressed: list[int] = []

    def compress_brotli(self, data: bytes) -> bytes:
        self.compressed.append(len(data))
        return super().compress_brotli(data)


@pytest.fixture
def style(tmp_path: Path) -> Path:
    path = tmp_path / "style.css"
    path.write_bytes(STYLE)
    return path


def test_a_file_is_compressed_once_and_again_when_it_changed(style):
    compressor = Counted()
    both = [f"{style}.br", f"{style}.gz"]
    assert compressor.compress(str(style)) == both
    assert compressor.compress(str(style)) == both
    assert compressor.compressed == [len(STYLE)]
    style.write_bytes(STYLE + STYLE)
    assert compressor.compress(str(style)) == both
    assert compressor.compressed == [len(STYLE), 2 * len(STYLE)]
    assert brotli.decompress(Path(both[0]).read_bytes()) == STYLE + STYLE
    assert gzip.decompress(Path(both[1]).read_bytes()) == STYLE + STYLE


@pytest.mark.parametrize("ending", [".br", ".gz"])
@pytest.mark.parametrize("kept", [0, 20])
def test_a_version_that_was_left_half_written_is_made_again(style, ending, kept):
    compressor = Counted()
    compressor.compress(str(style))
    half = Path(f"{style}{ending}")
    half.write_bytes(half.read_bytes()[:kept])
    compressor.compress(str(style))
    assert compressor.compressed == [len(STYLE)] * 2
    assert half.stat().st_size > 20


def test_the_hub_keeps_its_static_files_so():
    backend = settings.STORAGES["staticfiles"]["BACKEND"]  # the tests’ own settings have another
    assert backend == "membersnet.static_files.StaticFiles"
    assert type(StaticFiles().create_compressor(quiet=True)) is Changes
