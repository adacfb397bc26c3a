"""The cluster keeps the very words of the embedded engine."""

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.engines.cluster import documents
from search.engines.cluster.engine import ClusterEngine
from search.engines.text import clean, plain_words, stems

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def client(cluster_url) -> Elasticsearch:
    return Elasticsearch(cluster_url)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(codec="utf-8"), max_size=120))
@example(text="Members’ e-mail: Zürich, Ⅷ.3.A, İstanbul, ٣ เพื่อน 你好 🚩 re\u00adsign a\u2028b\x1fc")
@example(text="x" * 70_000)
def test_the_cluster_splits_texts_into_the_words_of_the_embedded_engine(prepared, client, text):
    for field, sent, words in (
        ("whole", documents.stemmed(clean(text)), stems(text)),
        ("exact", documents.plain(clean(text)), plain_words(text)),
    ):
        tokens = client.indices.analyze(index=prepared, field=field, text=sent)["tokens"]
        assert [token["token"] for token in tokens] == documents.cut(words)


@pytest.fixture(scope="module")
def prepared(cluster_url, index_name) -> str:
    engine = ClusterEngine(f"{cluster_url}/{index_name()}")
    engine.rebuild([])
    return engine.indices.name
