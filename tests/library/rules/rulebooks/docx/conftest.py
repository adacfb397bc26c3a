"""A DOCX made of a few paragraphs, and read."""

import io
import zipfile

import pytest

from library.rules.rulebooks.docx.blocks import blocks_of
from library.rules.rulebooks.structure import build
from tests.library.rules.rulebooks.docx.parts import parts


@pytest.fixture
def read(tmp_path):
    def reading(*body: str, members: dict[str, str] | None = None, cut: int = 0, **more: str):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in (members or parts(*body, **more)).items():
                archive.writestr(name, xml)
        path = tmp_path / "rules.docx"
        path.write_bytes(packed.getvalue()[: -cut or None])
        blocks, warnings = blocks_of(path, name="rules.docx")
        made = build(blocks)
        made.warnings[:0] = warnings
        return made

    return reading
