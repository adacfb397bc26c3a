"""A PDF drawn from a few lines of Typst."""

from pathlib import Path

import pytest
import typst

from tests.library.rules.rulebooks.pdf.pages import SET_UP


@pytest.fixture
def pdf(tmp_path):
    def compile_to_file(source: str, set_up: str = SET_UP) -> Path:
        path = tmp_path / "rules.pdf"
        typst.compile((set_up + source).encode(), output=str(path))
        return path

    return compile_to_file
