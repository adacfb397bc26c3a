"""The demonstration is set up again when what it is made from has changed, and else is not."""

import json

import pytest

from demo import setup


@pytest.fixture
def sources(monkeypatch, tmp_path):
    """A folder with one file that the set-up is made from, and a data folder of its own."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "data_folder", lambda: tmp_path)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "course.yaml").write_text("title: One")
    return tmp_path


def test_what_was_set_up_stays_so_until_its_sources_change(sources):
    assert not setup.is_set_up()
    setup.mark().write_text(json.dumps({"fingerprint": setup.fingerprint()}))
    assert setup.is_set_up()

    (sources / "demo" / "course.yaml").write_text("title: Two")
    assert not setup.is_set_up()


def test_a_mark_that_was_half_written_counts_for_nothing(sources):
    for content in ("", "{", "{}"):
        setup.mark().write_text(content)
        assert not setup.is_set_up(), content


def test_what_python_compiles_does_not_count_as_a_source(sources):
    before = setup.fingerprint()
    (sources / "demo" / "__pycache__").mkdir()
    (sources / "demo" / "__pycache__" / "left.py").write_text("")
    assert setup.fingerprint() == before
