"""What the tests of probing share."""

from pathlib import Path

import pytest

from ground.refusals import Refused
from media_pipeline.steps.probe.inspection import probe
from media_pipeline.steps.probe.limits import DEFAULT_LIMITS, Limits

from ..conftest import make


def refusal(path: Path, limits: Limits = DEFAULT_LIMITS) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as caught:
        probe(path, limits)
    return caught.value.sentence


@pytest.fixture
def packed(tmp_path: Path, film: Path) -> Path:
    """A film into which two other files of 50,000 bytes are packed."""
    blob = tmp_path / "blob.bin"
    blob.write_bytes(b"x" * 50_000)
    attached = ["-attach", str(blob), "-attach", str(blob)]
    kind = ["-metadata:s:t", "mimetype=application/octet-stream"]
    return make(tmp_path / "packed.mkv", "-i", str(film), "-c", "copy", *attached, *kind)
