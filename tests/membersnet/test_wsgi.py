"""What a process of the web server holds before its first request."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = [
    "av",
    "ctranslate2",
    "docx",
    "faster_whisper",
    "huggingface_hub",
    "moviepy",
    "numpy",
    "onnxruntime",
    "openpyxl",
    "pocketsphinx",
    "pypdfium2",
    "tokenizers",
    "ttconv",
    "typst",
]
LOOK = """
import gc, json, os, sys, threading
import membersnet.wsgi
from django.db import connections
import tantivy
print(json.dumps({
    "heavy": [name for name in json.loads(sys.argv[1]) if name in sys.modules],
    "addresses": "wagtail.admin.urls" in sys.modules and "learning.urls" in sys.modules,
    "hooks": "media_pipeline.wagtail_hooks" in sys.modules,
    "connections": [each.alias for each in connections.all() if each.connection],
    "threads": len(os.listdir("/proc/self/task")),
    "indexes": sum(isinstance(each, tantivy.Index) for each in gc.get_objects()),
    "shared": gc.get_freeze_count() > 100_000,
}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads as Linux lists them")
def test_the_server_loads_all_it_serves_with_and_nothing_that_a_fork_would_break():
    look = [sys.executable, "-c", LOOK, json.dumps(HEAVY)]
    run = subprocess.run(look, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout.splitlines()[-1]) == {
        "heavy": [],
        "addresses": True,
        "hooks": True,
        "connections": [],
        "threads": 1,
        "indexes": 0,
        "shared": True,
    }
