"""A draft to change, and how to look at its rows."""

from library.rules.models import Edition, Provision

TEXT = """\
An introduction.

## Chapter 1 — Meetings

### Clause I — Quorum

Some words before the rules.

1. The quorum is ten members of the branch.
2. A meeting that has no quorum:
  A. ends at once; or
  B. goes on as a talk among friends.
3. The chair counts those who are present.

### Clause II — Minutes

1. Minutes are kept by the secretary.

## Appendix 1 — Forms

1. Use the form.
"""


def rows(edition: Edition) -> dict[str, Provision]:
    return {row.path: row for row in edition.provisions.all()}


def words(edition: Edition) -> list[str]:
    """Return every provision's address and words, in reading order."""
    found = edition.provisions.order_by("position")
    return [f"{row.path}: {' '.join(filter(None, [row.heading, row.text]))}" for row in found]


def check_whole(edition: Edition) -> None:
    """Positions are 0 to n - 1, ranges nest as the parents say, and addresses are the tree's."""
    found = list(edition.provisions.order_by("position"))
    assert [row.position for row in found] == list(range(len(found)))
    by_pk = {row.pk: row for row in found}
    above: list[Provision] = []
    for row in found:
        while above and above[-1].end <= row.position:
            above.pop()
        assert row.parent_id == (above[-1].pk if above else None)
        assert row.position < row.end <= (above[-1].end if above else len(found))
        assert row.path.rpartition("/")[0] == (by_pk[row.parent_id].path if row.parent_id else "")
        above.append(row)
