"""The text of a page as HTML: one line for each provision, whatever it stands in.

Lines are flat and put together here, from words escaped one by one: templates took ten times as
long for a chapter of 400 provisions (docs/rule-addresses.md).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from library.rules.models import Edition, Provision
from library.rules.rulebooks.tree import NOTE_MARK
from library.rules.views.reading import cross_references
from library.rules.views.reading.cross_references import Citer, Mark, Meaning, escape
from party.permissions import Person

DEEPEST = 6  # beyond which lines are not moved in further


@dataclass(slots=True)
class RenderedLine:
    """One provision as it is drawn.

    `head` is its number and heading, `link` and `permanent` are the addresses to copy; those are
    empty for what is not cited. `page` is told where the source's page changes.
    """

    provision: Provision
    style: str
    head: SafeString
    text: SafeString
    link: str = ""
    permanent: str = ""
    page: int | None = None
    citers: Sequence[Citer] = ()

    @property
    def html(self) -> SafeString:
        """The line as it stands on the page."""
        provision = self.provision
        said = ""
        if self.link:
            said = (
                f' data-citation="{escape(provision.cited_as)}" data-link="{escape(self.link)}"'
                f' data-permanent="{escape(self.permanent)}"'
            )
        parts = [f'<div class="{self.style}" id="{escape(provision.anchor)}"{said}>']
        if self.page:
            page = escape(_("page %(number)d of the source") % {"number": self.page})
            parts.append(f'<span class="source-page" id="page-{self.page}">{page}</span>')
        parts.append(self.head)
        if self.text:
            parts.append(f'<div class="provision__text">{self.text}</div>')
        if self.citers:
            parts.append(render_to_string("rules/_citers.html", {"citers": self.citers}))
        return mark_safe("".join([*parts, "</div>"]))  # noqa: S308  # each part is escaped or drawn


@dataclass(slots=True)
class RenderedPage:
    """A page's lines, the words that are explained in them, and what refers to the page itself."""

    own: SafeString = field(default_factory=SafeString)
    lines: list[RenderedLine] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    citers: Sequence[Citer] = ()

    @property
    def example(self) -> str:
        """The citation of the first line that is cited; empty where there is none."""
        return next((line.provision.citation for line in self.lines if line.link), "")


def draw(
    page: Provision, edition: Edition, tokens: frozenset[str], home: str, user: Person
) -> RenderedPage:
    """Return a page's text with its links; the number of queries is always the same."""
    provisions = list(Provision.objects.within([page]).readable_by(tokens))
    references = cross_references.references(provisions, edition, tokens, home)
    words = cross_references.Words(edition, tokens, home)
    citers = cross_references.citers(provisions, edition, tokens, home, user)
    notes = _notes(provisions)
    drawn = RenderedPage()
    for provision in provisions:
        marks = [*references.get(provision.pk, ()), *_note_marks(provision, notes)]
        text = _text(provision, [*marks, *words.marks(provision, marks)])
        if provision.pk == page.pk:
            drawn.own, drawn.citers = text, citers.get(provision.pk, ())
        else:
            head = _head(provision, home)
            line = RenderedLine(provision, _style(provision, page), head, text)
            line.citers = citers.get(provision.pk, ())
            drawn.lines.append(line)
    _say_where(drawn.lines, page, home)
    drawn.meanings = words.used()
    return drawn


def _say_where(lines: Iterable[RenderedLine], page: Provision, home: str) -> None:
    """Add the addresses to copy, and the pages of the source."""
    permanent = page.get_permanent_url()
    shown = page.page
    for line in lines:
        provision = line.provision
        if provision.number and provision.kind not in Provision.UNNUMBERED:
            line.link = f"{home}{provision.path}"
            line.permanent = permanent.replace(str(page.lineage), str(provision.lineage))
        if provision.page and provision.page != shown:
            line.page = shown = provision.page


def _head(provision: Provision, home: str) -> SafeString:
    """Return the number, which links to its place, and the heading of a line."""
    label, anchor = provision.label, provision.anchor
    if provision.kind in Provision.DIVISIONS:
        number = format_html('<a class="rule-number" href="#{}">{}</a> ', anchor, label)
        level = "h2" if provision.path.count("/") < 2 else "h3"
        return format_html(
            '<{0}>{1}<a class="clause__name" href="{2}{3}/">{4}</a></{0}>',
            level,
            number if label else "",
            home,
            provision.path,
            provision.heading or ("" if label else str(provision)),
        )
    if provision.kind == Provision.Kind.TABLE or not (label or provision.heading):
        return SafeString("")
    parts = []
    if label:
        named = f"{escape(label)} {escape(provision.cited_as)}"
        place = f'href="#{escape(anchor)}" aria-label="{named}"'
        parts.append(f'<a class="rule-number" {place}>{escape(label)}</a>')
    if provision.heading:
        name = escape(provision.heading)
        parts.append(f'<strong class="provision__name">{name}</strong>')
    return mark_safe("".join(parts))  # noqa: S308  # all is escaped


def _style(provision: Provision, page: Provision) -> str:
    """Return the classes of a line: what it is and how far it is moved in."""
    if provision.kind in Provision.DIVISIONS:
        return "clause"
    depth = provision.path.count("/") - max(page.path.count("/"), provision.page_steps - 1)
    kind = f" provision--{provision.kind.replace('_', '-')}" if not provision.number else ""
    return f"provision depth-{min(max(depth, 1), DEEPEST)}{kind}"


def _text(provision: Provision, marks: Iterable[Mark]) -> SafeString:
    if not provision.text:
        return SafeString("")
    in_order = sorted(marks)
    if provision.kind == Provision.Kind.TABLE:
        return _table(provision, in_order)
    text = _marked(provision.text, in_order, 0, len(provision.text))
    if provision.kind == Provision.Kind.FOOTNOTE:
        text += format_html(
            ' <a class="note-back" href="#mark-{}" aria-label="{}">↩</a>',
            provision.anchor,
            _("Back to the text"),
        )
    return text


def _marked(text: str, marks: Iterable[Mark], start: int, end: int) -> SafeString:
    """Return a stretch of a text, escaped, with what is marked within it put in."""
    cut, position = [], start
    for begins, ends, marked in marks:
        if begins >= position and ends <= end:
            cut += [escape(text[position:begins]), marked]
            position = ends
    return mark_safe("".join([*cut, escape(text[position:end])]))  # noqa: S308  # all is escaped


def _table(provision: Provision, marks: Sequence[Mark]) -> SafeString:
    """Return a table whose rows are lines and whose cells stand between bars; the first heads."""
    rows, position = [], 0
    for written in provision.text.split("\n"):
        cells = []
        for cell in written.split(" | "):
            cells.append(_marked(provision.text, marks, position, position + len(cell)))
            position += len(cell) + 3
        position += len("\n") - 3
        rows.append(cells)
    head = format_html_join("", '<th scope="col">{}</th>', ((cell,) for cell in rows[0]))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "<td>{}</td>", ((c,) for c in row)),) for row in rows[1:]),
    )
    caption = format_html("<caption>{}</caption>", provision.heading) if provision.heading else ""
    return format_html(
        '<div class="table-wrap" tabindex="0" role="region" aria-label="{}">'
        "<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        provision.heading or _("Table"),
        caption,
        head,
        body,
    )


def _notes(provisions: Iterable[Provision]) -> Mapping[tuple[int, str], Provision]:
    """Return the footnotes by what they stand below and their number."""
    return {
        (each.parent_id or 0, each.number): each
        for each in provisions
        if each.kind == Provision.Kind.FOOTNOTE
    }


def _note_marks(provision: Provision, notes: Mapping[tuple[int, str], Provision]) -> list[Mark]:
    """Return the marks of footnotes in a text, as links to the notes below it."""
    if "[^" not in provision.text:
        return []
    found, seen = [], Counter[str]()
    for match in NOTE_MARK.finditer(provision.text):
        number = match[1]
        note = notes.get((provision.pk, number)) or notes.get((provision.parent_id or 0, number))
        seen[number] += 1
        found.append((match.start(), match.end(), _note_mark(note, number, seen[number])))
    return found


def _note_mark(note: Provision | None, number: str, time: int) -> SafeString:
    if note is None:
        return format_html("<sup>{}</sup>", number)
    return format_html(
        '<sup><a {}href="#{}" aria-label="{}">{}</a></sup>',
        format_html('id="mark-{}" ', note.anchor) if time == 1 else "",
        note.anchor,
        _("Footnote %(number)s") % {"number": number},
        number,
    )
