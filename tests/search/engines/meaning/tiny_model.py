"""A real sentence model of a few hundred bytes: a table with a vector for each word it knows.

The network is written as ONNX files are (protocol buffers), by hand: one node that looks words up.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

FLOAT, INT64 = 1, 7  # ONNX's numbers of types

# Words of one line mean the same to the model, and nothing to those of other lines.
MEANINGS = """
quorum headcount attendance
password passcode
removal deletion deleted removed
meeting gathering
""".strip().splitlines()


def write_model(
    folder: Path,
    meanings: Sequence[str] = MEANINGS,
    *,
    place: str = "model.onnx",
    inputs: Iterable[str] = ("input_ids", "attention_mask"),
    output_shape: Sequence[str | int] = ("batch", "tokens", 0),
) -> Path:
    """Write a model that knows these meanings into a folder, and return the folder."""
    axes = {word: n for n, line in enumerate(meanings) for word in line.split()}
    size = len(meanings) + 1
    table = np.zeros((len(axes) + 2, size), np.float32)
    table[0] = 100.0  # what fills up a short text: it would drown all else if it counted
    table[1, -1] = 0.001  # any word that is not known
    for number, axis in enumerate(axes.values(), start=2):
        table[number, axis] = 1.0
    shape = [size if dimension == 0 else dimension for dimension in output_shape]
    file = folder / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(network(table, inputs, shape))
    write_tokenizer(folder / "tokenizer.json", axes)
    return folder


def write_tokenizer(file: Path, words: Iterable[str]) -> None:
    numbers = {"[PAD]": 0, "[UNK]": 1, **{word: n for n, word in enumerate(words, start=2)}}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.enable_padding(length=64)  # as published models have it: to be undone
    tokenizer.save(str(file))


def network(table: np.ndarray, inputs: Iterable[str], output_shape: Sequence[str | int]) -> bytes:
    """Return the ONNX file of a network that gives for each token its row of the table."""
    weights = (
        b"".join(number(1, size) for size in table.shape)
        + number(2, FLOAT)
        + text(8, "table")
        + data(9, table.astype("<f4").tobytes())
    )
    node = text(1, "table") + text(1, "input_ids") + text(2, "vectors") + text(4, "Gather")
    graph = data(1, node) + text(2, "tiny") + data(5, weights)
    graph += b"".join(data(11, value(name, INT64, ("batch", "tokens"))) for name in inputs)
    graph += data(12, value("vectors", FLOAT, output_shape))
    operators = text(1, "") + number(2, 17)
    return number(1, 8) + data(7, graph) + data(8, operators)


def value(name: str, kind: int, shape: Iterable[str | int]) -> bytes:
    sizes = b"".join(
        data(1, text(2, size) if isinstance(size, str) else number(1, size)) for size in shape
    )
    tensor = number(1, kind) + data(2, sizes)
    return text(1, name) + data(2, data(1, tensor))


# --- Protocol buffers: a field is its number with the kind of what follows, and that ------------


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def data(field: int, payload: bytes) -> bytes:
    return varint(field << 3 | 2) + varint(len(payload)) + payload


def text(field: int, value: str) -> bytes:
    return data(field, value.encode())


def varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])
