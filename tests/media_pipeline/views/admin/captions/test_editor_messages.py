"""What the caption editor says: every sentence that its scripts ask for, and no other."""

import re
from pathlib import Path

from media_pipeline.views.admin.captions.editor_messages import editor_messages, shortcuts

SCRIPTS = Path(__file__).resolve().parents[5] / "media_pipeline/static/media_pipeline/captions"


def asked_for() -> str:
    return "\n".join(path.read_text() for path in sorted(SCRIPTS.glob("*.js")))


def test_every_sentence_that_a_script_names_is_there():
    named = set(re.findall(r"\bsaid\.([a-z_]+)", asked_for()))
    assert len(named) > 20
    assert named - set(editor_messages()) == set()


def test_no_sentence_is_kept_that_no_script_uses():
    scripts = asked_for()
    parts = [re.sub(r"_(one|many|none|at)$", "", key) for key in editor_messages()]
    assert [part for part in parts if not re.search(rf"\b{part}", scripts)] == []


def test_each_shortcut_has_keys_of_its_own():
    rows = shortcuts()
    for name in ("do", "keys", "code"):
        values = [row[name] for row in rows]
        assert len(values) == len(set(values))
    assert all(row["label"] for row in rows)
