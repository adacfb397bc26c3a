"""Reads a file in a process of its own, with bounds to its memory and time.

Nobody has looked at an uploaded file yet; what brings its reader down brings down a process that
does nothing else, and the librarian reads a sentence.
"""

import json
import os
import resource
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from library.rules.rulebooks.tree import Block, LeftOut, Node, NotADocument, Reading

SECONDS = 180.0  # by the clock; a PDF of 150 pages takes a few
MEMORY = 2 * 1024**3  # bytes of address space
ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "LD_LIBRARY_PATH")  # none of our keys
TOO_MUCH = (
    "“{name}” takes more memory or time to read than a rule book should, so it was given up. "
    "Save it as a simpler file, such as Markdown or DOCX, and try again."
)
FELL = "“{name}” cannot be read: its reader failed. Save it in another format and try again."


def read_apart(
    path: Path, *, name: str, seconds: float = SECONDS, memory_bytes: int = MEMORY
) -> Reading:
    """What `reading.read_file` returns and raises, from a process of its own.

    A file that takes too much memory or time, or brings its reader down, is refused with
    NotADocument.
    """
    asked = json.dumps(
        {"path": str(path.resolve()), "name": name, "seconds": seconds, "memory": memory_bytes}
    )
    known = {key: value for key, value in os.environ.items() if key in ENVIRONMENT}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "library.rules.rulebooks.apart"],
            cwd=ROOT,
            env={**known, "PYTHONPATH": str(ROOT)},
            input=asked.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise NotADocument(TOO_MUCH.format(name=name)) from None
    except ValueError:
        raise NotADocument(TOO_MUCH.format(name=name)) from None
    if "refused" in answer:
        raise NotADocument(answer["refused"])
    return restored(answer["reading"])


def restored(given: dict[str, Any]) -> Reading:
    """Return the reading that `dataclasses.asdict` made plain values of."""
    return Reading(
        title=given["title"],
        introduction=given["introduction"],
        tree=[_node(node) for node in given["tree"]],
        left_out=[LeftOut(*left) for left in given["left_out"]],
        warnings=given["warnings"],
        source=[Block(**block) for block in given["source"]],
    )


def _node(given: dict[str, Any]) -> Node:
    return Node(**{**given, "children": [_node(child) for child in given["children"]]})


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Read the file, inside the process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    cpu = int(asked["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from library.rules.rulebooks.reading import read_file

    name = asked["name"]
    try:
        return {"reading": asdict(read_file(Path(asked["path"]), name=name))}
    except NotADocument as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": TOO_MUCH.format(name=name)}
    except OSError as error:
        return {"refused": f"“{name}” cannot be read: {error.strerror or error}."}
    except Exception as error:  # whatever a reader stumbles over, a person reads why
        print(error, file=sys.stderr)
        return {"refused": FELL.format(name=name)}


if __name__ == "__main__":
    print(json.dumps(_answer(json.loads(sys.stdin.read()))))
