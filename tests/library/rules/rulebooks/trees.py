"""Trees of rules as Hypothesis draws them: odd numbers, repeated ones, every kind."""

from hypothesis import strategies as st

from library.rules.rulebooks.tree import Node

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30
).map(lambda text: " ".join(text.split()))
NUMBERS = st.sampled_from(["", "1", "2", "3", "A", "a", "i", "IV", "9A", "1.1", "é?", "1"])


def _node(kinds: list[str], children: st.SearchStrategy) -> st.SearchStrategy[Node]:
    return st.builds(Node, st.sampled_from(kinds), NUMBERS, WORDS, WORDS, children)


def _leaf() -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Node, st.sampled_from(["lead_in", "table"]), text=WORDS),
        st.builds(Node, st.just("footnote"), NUMBERS, text=WORDS),
    )


def trees(most: int = 4) -> st.SearchStrategy[list[Node]]:
    """Return lists of top-level nodes with three levels or more below them."""
    items = st.recursive(
        _leaf() | _node(["provision"], st.just([])),
        lambda below: _node(["provision"], st.lists(below, max_size=3)),
        max_leaves=6,
    )
    clauses = _node(["clause", "section", "article", "rule"], st.lists(items, max_size=3))
    tops = ["chapter", "part", "appendix", "schedule", "article"]
    return st.lists(_node(tops, st.lists(clauses | items, max_size=3)), min_size=1, max_size=most)
