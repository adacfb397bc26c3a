"""A Whisper model of its own kind: the true layout and loading, weights drawn at random.

It hears nothing sensible, but everything around it is real: the folder, the tokenizer, the 8-bit
weights, segments, word times and confidences.
"""

from dataclasses import dataclass
from pathlib import Path

import ctranslate2.specs
import numpy
import tokenizers
from tokenizers import decoders, models, pre_tokenizers

MELS = 80
LEAN = 0.01
MARKS = ["endoftext", "startoftranscript", "en", "cy", "translate", "transcribe", "startoflm"]
MARKS += ["startofprev", "nospeech", "notimestamps", *(f"{n * 0.02:.2f}" for n in range(1501))]


@dataclass(frozen=True)
class Shape:
    """A model's measures. ``ending`` is how much likelier than chance a text ends, as a logit."""

    layers: int = 1
    heads: int = 2
    width: int = 32
    vocabulary: int = 4000
    ending: float = 0.0
    quantization: str = "int8"


TINY = Shape()
# The published “base”: 74 million parameters, kept in 16 bits; 145 MB, as that is.
BASE = Shape(6, 8, 512, 51_865, ending=22.0, quantization="float16")


def build(folder: Path, shape: Shape = TINY) -> Path:
    """Write the model to ``folder``: model.bin, config.json, tokenizer.json, vocabulary.json."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = _save_tokenizer(folder, letters, shape.vocabulary)
    spec = ctranslate2.specs.WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    place = {token: number for number, token in enumerate(vocabulary)}
    end = place["<|endoftext|>"]
    _fill(spec, shape, len(vocabulary), end, numpy.random.default_rng(7))
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids = list(range(len(letters)))
    spec.config.suppress_ids_begin = [end]
    spec.config.lang_ids = [place["<|en|>"], place["<|cy|>"]]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization=shape.quantization)
    spec.save(str(folder))
    return folder


def _save_tokenizer(folder: Path, letters: list[str], size: int) -> list[str]:
    special = [f"<|{mark}|>" for mark in MARKS]
    said = [f"Ġword{number}" for number in range(size - len(letters) - len(special))]
    numbers = {token: number for number, token in enumerate([*letters, *said])}
    tokenizer = tokenizers.Tokenizer(models.BPE(vocab=numbers, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([tokenizers.AddedToken(mark, special=True) for mark in special])
    tokenizer.save(str(folder / "tokenizer.json"))
    return [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])]


def _fill(spec, shape: Shape, size: int, end: int, chance: numpy.random.Generator) -> None:
    width = shape.width

    def drawn(*shape: int) -> numpy.ndarray:
        return chance.normal(0, 0.3, shape).astype(numpy.float32)

    def linear(layer, before: int, after: int) -> None:
        layer.weight, layer.bias = drawn(after, before), numpy.zeros(after, numpy.float32)

    def norm(layer) -> None:
        layer.gamma, layer.beta = (
            numpy.ones(width, numpy.float32),
            numpy.zeros(width, numpy.float32),
        )

    def attention(layer, *widths: int) -> None:
        norm(layer.layer_norm)
        for part, times in zip(layer.linear, widths, strict=True):
            linear(part, width, times * width)

    for convolution, before in ((spec.encoder.conv1, MELS), (spec.encoder.conv2, width)):
        convolution.weight = drawn(width, before, 3)
        convolution.bias = numpy.zeros(width, numpy.float32)
    spec.encoder.position_encodings.encodings = drawn(1500, width)
    spec.decoder.position_encodings.encodings = drawn(448, width)
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = drawn(size, width)
    spec.decoder.projection.weight[end] += shape.ending / (LEAN * width)
    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        side.layer_norm.beta += LEAN  # a direction of its own, in which the end can be told
        for layer in side.layer:
            attention(layer.self_attention, 3, 1)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, width, 4 * width)
            linear(layer.ffn.linear_1, 4 * width, width)
    for layer in spec.decoder.layer:
        attention(layer.attention, 1, 2, 1)
