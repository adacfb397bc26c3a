"""A Whisper model of its own kind: the true layout and loading, weights drawn at random.

It hears nothing sensible, but everything around it is real: the folder, the tokenizer, the 8-bit
weights, segments, word times and confidences.
"""

from pathlib import Path

import ctranslate2.specs
import numpy
import tokenizers
from tokenizers import decoders, models, pre_tokenizers

WIDTH, MELS, VOCABULARY = 32, 80, 4000
MARKS = ["endoftext", "startoftranscript", "en", "cy", "translate", "transcribe", "startoflm"]
MARKS += ["startofprev", "nospeech", "notimestamps", *(f"{n * 0.02:.2f}" for n in range(1501))]


def build(folder: Path) -> Path:
    """Write the model to ``folder``: model.bin, config.json, tokenizer.json, vocabulary.json."""
    folder.mkdir(parents=True, exist_ok=True)
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = _save_tokenizer(folder, letters)
    spec = ctranslate2.specs.WhisperSpec(1, 2, 1, 2)
    _fill(spec, len(vocabulary), numpy.random.default_rng(7))
    spec.register_vocabulary(vocabulary)
    place = {token: number for number, token in enumerate(vocabulary)}
    spec.config.suppress_ids = list(range(len(letters)))
    spec.config.suppress_ids_begin = [place["<|endoftext|>"]]
    spec.config.lang_ids = [place["<|en|>"], place["<|cy|>"]]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    return folder


def _save_tokenizer(folder: Path, letters: list[str]) -> list[str]:
    marks = [f"<|{mark}|>" for mark in MARKS]
    said = [f"Ġword{number}" for number in range(VOCABULARY - len(letters) - len(marks))]
    numbers = {token: number for number, token in enumerate([*letters, *said])}
    tokenizer = tokenizers.Tokenizer(models.BPE(vocab=numbers, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([tokenizers.AddedToken(mark, special=True) for mark in marks])
    tokenizer.save(str(folder / "tokenizer.json"))
    return [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda pair: pair[1])]


def _fill(spec, size: int, chance: numpy.random.Generator) -> None:
    def drawn(*shape: int) -> numpy.ndarray:
        return chance.normal(0, 0.3, shape).astype(numpy.float32)

    def linear(layer, before: int, after: int) -> None:
        layer.weight, layer.bias = drawn(after, before), numpy.zeros(after, numpy.float32)

    def norm(layer) -> None:
        layer.gamma, layer.beta = (
            numpy.ones(WIDTH, numpy.float32),
            numpy.zeros(WIDTH, numpy.float32),
        )

    def attention(layer, *widths: int) -> None:
        norm(layer.layer_norm)
        for part, width in zip(layer.linear, widths, strict=True):
            linear(part, WIDTH, width * WIDTH)

    for convolution, before in ((spec.encoder.conv1, MELS), (spec.encoder.conv2, WIDTH)):
        convolution.weight = drawn(WIDTH, before, 3)
        convolution.bias = numpy.zeros(WIDTH, numpy.float32)
    spec.encoder.position_encodings.encodings = drawn(1500, WIDTH)
    spec.decoder.position_encodings.encodings = drawn(448, WIDTH)
    spec.decoder.embeddings.weight = spec.decoder.projection.weight = drawn(size, WIDTH)
    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        for layer in side.layer:
            attention(layer.self_attention, 3, 1)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, WIDTH, 4 * WIDTH)
            linear(layer.ffn.linear_1, 4 * WIDTH, WIDTH)
    for layer in spec.decoder.layer:
        attention(layer.attention, 1, 2, 1)
