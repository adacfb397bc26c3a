"""How long it takes to import a book of 150 pages (about 3,000 provisions), in each format.

    python -m bench.import_rules [--keep FOLDER]

The book is made from one seed, written as Markdown, HTML, DOCX and PDF, and imported by the command
a librarian uses, in a database of its own that is thrown away. `--keep` leaves the four files.
"""

import argparse
import io
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

CHAPTERS, CLAUSES, PROVISIONS = 15, 10, 10  # of which each second has two below it
LIMITS = {"md": 20, "html": 20, "docx": 20, "pdf": 60}  # seconds
WORDS = [
    "member",
    "branch",
    "meeting",
    "officer",
    "notice",
    "quorum",
    "motion",
    "chair",
    "secretary",
    "election",
    "post",
    "rule",
    "vote",
    "ballot",
    "minute",
    "record",
    "report",
    "appeal",
    "committee",
    "region",
    "unit",
    "shall",
    "may",
    "must",
    "not",
    "any",
    "each",
    "every",
    "before",
    "after",
    "within",
    "days",
    "under",
    "this",
    "clause",
    "written",
    "agreed",
    "published",
    "kept",
    "made",
    "held",
    "given",
]
Line = tuple[int, str, str]  # depth, number, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as made:
        folder = keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
        import django

        django.setup()
        _write(folder)
        _measure(folder)


def _measure(folder: Path) -> None:
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases
    from django.utils import timezone

    from library.rules.actions.works import save_work
    from library.rules.models import Edition, Work

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        work = Work(slug="book", title="Book", kind=Work.Kind.RULE_BOOK)
        save_work(work, by=None, now=timezone.now())
        for kind, limit in LIMITS.items():
            began = time.perf_counter()
            label = f"From {kind}"
            options = {"work": "book", "edition": label, "in_force": "2030-01-01"}
            call_command("import_rules", folder / f"book.{kind}", stdout=io.StringIO(), **options)
            took = time.perf_counter() - began
            count = Edition.objects.get(label=label).provisions.count()
            verdict = "within" if took <= limit else "OVER"
            print(f"{kind:5} {count:5} provisions {took:6.2f} s, {verdict} {limit} s")
    finally:
        teardown_databases(databases, verbosity=0)


def _write(folder: Path) -> None:
    lines = list(_book(random.Random(5)))
    (folder / "book.md").write_text(_markdown(lines), encoding="utf-8")
    (folder / "book.html").write_text(_html(lines), encoding="utf-8")
    _docx(lines, folder / "book.docx")
    _pdf(lines, folder / "book.pdf")


def _book(chance: random.Random) -> Iterator[Line]:
    """Yield chapters (depth 0), clauses (1), provisions (2) and what stands below them (3)."""
    from library.rules.rulebooks.numbering import roman

    def words(most: int) -> str:
        chosen = chance.choices(WORDS, k=chance.randint(most // 2, most))
        return " ".join(chosen).capitalize()

    for chapter in range(1, CHAPTERS + 1):
        yield 0, f"Chapter {chapter}", words(6)
        for clause in range(1, CLAUSES + 1):
            yield 1, f"Clause {roman(clause)}", words(6)
            for provision in range(1, PROVISIONS + 1):
                yield 2, f"{provision}.", f"{words(50)}."
                if provision % 2 == 0:
                    yield from ((3, f"{letter}.", f"{words(25)};") for letter in "AB")


def _markdown(lines: list[Line]) -> str:
    written = ["# Book of Rules", ""]
    for depth, number, text in lines:
        if depth < 2:
            written += ["", f"{'##' if depth == 0 else '###'} {number} — {text}", ""]
        else:
            written.append(f"{'  ' * (depth - 2)}{number} {text}")
    return "\n".join(written) + "\n"


def _html(lines: list[Line]) -> str:
    written, before = ["<h1>Book of Rules</h1>"], 1
    for depth, number, text in lines:
        for step in range(before, max(depth, 1), -1):
            written.append("</ol>" if step == before else "</li></ol>")
        if depth < 2:
            written.append(f"<h{depth + 2}>{number} — {text}</h{depth + 2}>")
        else:
            opened = "<ol type=A>" if depth == 3 else "<ol>"
            written.append(f"{opened if depth > before else ''}<li>{text}")
        before = max(depth, 1)
    return "\n".join(written)


def _docx(lines: list[Line], path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_heading("Book of Rules", 0)
    for depth, number, text in lines:
        if depth < 2:
            document.add_heading(f"{number} — {text}", depth + 1)
        else:
            document.add_paragraph(f"{number} {text}")
    document.save(str(path))


def _pdf(lines: list[Line], path: Path) -> None:
    import typst

    marks = {0: "= ", 1: "== "}
    written = [
        '#set page(numbering: "1")',
        "#set text(size: 12pt)",
        "#align(center)[Book of Rules]",
    ]
    for depth, number, text in lines:
        if depth < 2:
            written.append(f"{marks[depth]}{number} — {text}")
        else:
            escaped = number.replace(".", "\\.")
            written.append(f"#pad(left: {(depth - 2) * 8}mm)[{escaped} {text}]")
    source = path.with_suffix(".typ")
    source.write_text("\n\n".join(written), encoding="utf-8")
    typst.compile(str(source), output=str(path))
    source.unlink()


if __name__ == "__main__":
    main()
