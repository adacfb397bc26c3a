"""A sentence model that the operator gives: texts become vectors that lie close where they mean
much the same. Run with onnxruntime; nothing is ever fetched.
"""

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Vectors = NDArray[numpy.float32]

PLACES = ("model.onnx", "onnx/model.onnx")
LONGEST = 256  # tokens of a text that count, where the folder does not say another number
BATCH = 32  # texts that go through the model together, of about the same length
INPUTS = ("input_ids", "attention_mask", "token_type_ids")  # that a model may ask for


class ModelUnusable(Exception):
    """The folder holds no sentence model that can be run; the sentence says what is wrong."""


class Model:
    """The model of a folder: `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`.

    It gives a vector for each token, of which the mean is a text's (as sentence-transformers say
    it, pooling by mean). Raises `ModelUnusable`. Safe to share between threads.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.folder = folder
        network, words = _network(folder), folder / "tokenizer.json"
        try:
            self.identity = _identity(network, words)
            self._tokens = _tokenizer(words, _longest(folder))
            self._session = _session(network, threads)
            self._asked = [one.name for one in self._session.get_inputs()]
            self._told = _output(self._session)
            if unknown := set(self._asked) - set(INPUTS):
                raise ModelUnusable(f"{network} asks for {', '.join(sorted(unknown))}.")
            self.dimension = int(self.embed(["a"]).shape[1])
        except ModelUnusable:
            raise
        except Exception as error:  # whatever the libraries raise for a file that is no model
            raise ModelUnusable(f"The model in {folder} cannot be run: {error}") from error

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """Return a row for each text, float32, of length 1; a text without any token is all 0."""
        import numpy as np

        rows = np.zeros((len(texts), getattr(self, "dimension", 0)), np.float32)
        for places, vectors in self._batches(texts):
            if not rows.shape[1]:
                rows = np.zeros((len(texts), vectors.shape[1]), np.float32)
            rows[places] = vectors
        return rows

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], "Vectors"]]:
        plain = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        encoded = self._tokens.encode_batch(plain)
        order = sorted(range(len(texts)), key=lambda place: len(encoded[place].ids))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            yield places, self._pooled([encoded[place] for place in places])

    def _pooled(self, encoded: list[Any]) -> "Vectors":
        import numpy as np

        longest = max(1, *(len(one.ids) for one in encoded))
        given = {name: np.zeros((len(encoded), longest), np.int64) for name in INPUTS}
        for row, one in enumerate(encoded):
            count = len(one.ids)
            given["input_ids"][row, :count] = one.ids
            given["attention_mask"][row, :count] = one.attention_mask
            given["token_type_ids"][row, :count] = one.type_ids
        asked = {name: given[name] for name in self._asked}
        told = np.asarray(self._session.run([self._told], asked)[0], np.float32)
        mask = given["attention_mask"][:, :, None].astype(np.float32)
        means = (told * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1.0)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        return np.nan_to_num(means / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)


def _network(folder: Path) -> Path:
    if not folder.is_dir():
        raise ModelUnusable(f"There is no folder {folder} with a sentence model.")
    network = next((folder / place for place in PLACES if (folder / place).is_file()), None)
    missing = [] if network else ["model.onnx (or onnx/model.onnx)"]
    missing += [] if (folder / "tokenizer.json").is_file() else ["tokenizer.json"]
    if missing or network is None:
        raise ModelUnusable(f"The folder {folder} holds no {' and no '.join(missing)}.")
    return network


def _identity(*files: Path) -> str:
    """Return a word that is another one for another model."""
    return "-".join(f"{zlib.crc32(file.read_bytes()):08x}" for file in files)


def _longest(folder: Path) -> int:
    try:
        told = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        return max(8, min(512, int(told["max_seq_length"])))
    except (OSError, ValueError, KeyError, TypeError):
        return LONGEST


def _tokenizer(file: Path, longest: int) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # web processes are forked
    from tokenizers import Tokenizer

    tokens = Tokenizer.from_file(str(file))
    tokens.enable_truncation(longest)
    tokens.no_padding()
    return tokens


def _session(network: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors, which are raised as well
    return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])


def _output(session: Any) -> str:
    """Return the output that holds a vector for each token."""
    for output in session.get_outputs():
        if len(output.shape) == 3:
            return str(output.name)
    raise ModelUnusable("The model gives no vector for each token, so it cannot be used.")
