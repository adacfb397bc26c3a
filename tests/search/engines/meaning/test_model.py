"""A sentence model makes vectors of texts, and says what is wrong where it cannot."""

import json
import threading

import numpy as np
import pytest

from search.engines.meaning import Model, ModelUnusable
from tests.search.engines.meaning.tiny_model import write_model, write_tokenizer


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return Model(write_model(tmp_path_factory.mktemp("model")))


def likeness(model, one: str, other: str) -> float:
    first, second = model.embed([one, other])
    return round(float(first @ second), 3)


def test_texts_that_mean_the_same_have_the_same_vector(model):
    assert likeness(model, "quorum", "Headcount") == 1.0
    assert likeness(model, "quorum", "password") == 0.0
    assert likeness(model, "quorum meeting", "headcount") == 0.707


def test_every_vector_has_length_one_and_the_type_of_the_index(model):
    rows = model.embed(["quorum", "quorum password meeting", "quorum quorum quorum"])

    assert rows.dtype == np.float32
    assert rows.shape == (3, model.dimension)
    assert np.linalg.norm(rows, axis=1).round(5).tolist() == [1.0, 1.0, 1.0]


def test_what_fills_up_a_short_text_beside_a_long_one_does_not_count(model):
    together = model.embed(["quorum", "password " * 50])

    assert (together[0] == model.embed(["quorum"])[0]).all()


def test_texts_keep_their_order_whatever_their_length(model):
    texts = ["password " * (n % 7 + 1) if n % 3 else "quorum " * (n % 5 + 1) for n in range(100)]
    one_by_one = np.concatenate([model.embed([text]) for text in texts])

    assert np.allclose(model.embed(texts), one_by_one, atol=1e-6)


def test_nothing_and_anything_can_be_embedded(model):
    assert model.embed([]).shape == (0, model.dimension)
    rows = model.embed(["", "\ud800", "\x00", "🦊" * 5000, "quorum " * 100_000])
    assert rows.shape[0] == 5
    assert np.isfinite(rows).all()
    assert not rows[0].any()


def test_many_threads_may_ask_at_once(model):
    alone = model.embed(["quorum meeting"])
    found: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: found.append(model.embed(["quorum meeting"])))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert all((rows == alone).all() for rows in found)


def test_the_layout_of_published_models_is_read_too(tmp_path):
    folder = write_model(tmp_path, place="onnx/model.onnx")

    assert likeness(Model(folder), "quorum", "attendance") == 1.0


def test_a_network_that_wants_to_know_which_sentence_is_told(tmp_path):
    folder = write_model(tmp_path, inputs=("input_ids", "attention_mask", "token_type_ids"))

    assert likeness(Model(folder), "removal", "deletion") == 1.0


def test_the_folder_says_how_many_words_count(tmp_path):
    folder = write_model(tmp_path)
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 8}))
    text = "quorum " * 8 + "password " * 92

    assert likeness(Model(folder), text, "quorum") == 1.0
    (folder / "sentence_bert_config.json").write_text("not JSON")
    assert likeness(Model(folder), text, "quorum") < 0.2


def test_another_model_has_another_identity(tmp_path):
    one = Model(write_model(tmp_path / "one"))
    same = Model(write_model(tmp_path / "same"))
    other = Model(write_model(tmp_path / "other", ["quorum", "headcount"]))

    assert one.identity == same.identity
    assert one.identity != other.identity


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ModelUnusable, match=r"There is no folder .*nowhere with a"):
        Model(tmp_path / "nowhere")


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(
        ModelUnusable,
        match=r"holds no model\.onnx \(or onnx/model\.onnx\) and no tokenizer\.json\.",
    ):
        Model(tmp_path)
    write_tokenizer(tmp_path / "tokenizer.json", [])
    with pytest.raises(ModelUnusable, match=r"holds no model\.onnx \(or onnx/model\.onnx\)\."):
        Model(tmp_path)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_is_no_model_is_refused(tmp_path, name):
    folder = write_model(tmp_path)
    (folder / name).write_bytes(b"not a model")

    with pytest.raises(ModelUnusable, match="cannot be run"):
        Model(folder)


def test_a_network_that_asks_for_more_or_gives_no_words_is_refused(tmp_path):
    asking = write_model(tmp_path / "a", inputs=("input_ids", "attention_mask", "pictures"))
    flat = write_model(tmp_path / "b", output_shape=("batch", 0))

    with pytest.raises(ModelUnusable, match="asks for pictures"):
        Model(asking)
    with pytest.raises(ModelUnusable):
        Model(flat)
