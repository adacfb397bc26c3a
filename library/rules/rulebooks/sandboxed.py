"""Reads a file that nobody has looked at yet, in a process of its own."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from ground.refusals import Refused
from ground.sandbox import Bounds, ReaderDied, read_in_subprocess
from library.rules.rulebooks.formats import read_file
from library.rules.rulebooks.tree import Block, ExcludedText, Node, Reading

BOUNDS = Bounds(seconds=180.0, cpu_seconds=181)  # a PDF of 150 pages takes a few seconds
TOO_MUCH = (
    "“{name}” takes more memory or time to read than a rule book should, so it was given up. "
    "Save it as a simpler file, such as Markdown or DOCX, and try again."
)
FELL = "“{name}” cannot be read: its reader failed. Save it in another format and try again."


def read_in_sandbox(path: Path, *, name: str, bounds: Bounds = BOUNDS) -> Reading:
    """What `reading.read_file` returns, from a process of its own.

    Raises Refused, with a sentence for the librarian: also for a file that takes too much memory
    or time, or brings its reader down.
    """
    request = {"path": str(path.resolve()), "name": name}
    try:
        return restored(read_in_subprocess(f"{__name__}:read_request", request, bounds))
    except ReaderDied:
        raise Refused(TOO_MUCH.format(name=name)) from None


def read_request(request: dict[str, str]) -> dict[str, Any]:
    """Read a file, inside the process of its own; the reading as JSON has it."""
    name = request["name"]
    try:
        return asdict(read_file(Path(request["path"]), name=name))
    except (MemoryError, RecursionError):
        raise Refused(TOO_MUCH.format(name=name)) from None
    except OSError as error:
        raise Refused(f"“{name}” cannot be read: {error.strerror or error}.") from error
    except Refused:
        raise
    except Exception as error:  # whatever a reader stumbles over, a person reads why
        raise Refused(FELL.format(name=name)) from error


def restored(given: dict[str, Any]) -> Reading:
    """Return the reading that `dataclasses.asdict` made plain values of."""
    return Reading(
        title=given["title"],
        introduction=given["introduction"],
        tree=[_node(node) for node in given["tree"]],
        left_out=[ExcludedText(*left) for left in given["left_out"]],
        warnings=given["warnings"],
        source=[Block(**block) for block in given["source"]],
    )


def _node(given: dict[str, Any]) -> Node:
    return Node(**{**given, "children": [_node(child) for child in given["children"]]})
