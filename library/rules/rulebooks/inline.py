"""The words of a line of Markdown, without its markup."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt

from library.rules.rulebooks.tree import NOTE_MARK

_MARKUP = re.compile(r"[*_`\[\]<>!&\\~]")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BARE = (
    (re.compile(r"<!--.*?(?:-->|$)"), " "),
    (re.compile(r"</?[A-Za-z][^<>]*>"), " "),
    (re.compile(r"\]\([^()\s]*(?:\s+[\"'][^\"']*[\"'])?\)"), "]"),
    (re.compile(r"\]\[[^\]]*\]"), "]"),
    (re.compile(r"<(?:https?|mailto):([^<>\s]*)>"), r"\1"),
    (re.compile(r"\[\^[^\]\s]{1,40}\]:?"), " "),
    (re.compile(r"&(?:#\w+|\w+);"), " "),
)


class Inline:
    """Takes emphasis and links off, and numbers footnotes in the order of their marks."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.names: dict[str, str] = {}
        self.reader = MarkdownIt("commonmark", {"html": True})
        for line in lines:
            for name in NOTE_MARK.findall(line):
                self.names.setdefault(name, str(len(self.names) + 1))

    def mark(self, name: str) -> str:
        """Return the number of a footnote that the source calls by a name."""
        return self.names.get(name, name)

    def words(self, text: str) -> str:
        """Return a text's words."""
        if not _MARKUP.search(text):
            return re.sub(r"\s+", " ", text).strip()
        text = NOTE_MARK.sub(lambda found: f"[^{self.mark(found[1])}]", text)
        tokens = self.reader.parseInline(text)[0].children or []
        return re.sub(r"\s+", " ", "".join(_words(token) for token in tokens)).strip()

    def run_in(self, text: str) -> int:
        """Return how many characters of a paragraph's words are bold at its beginning."""
        bold = _BOLD.match(text)
        return len(self.words(bold[2])) if bold else 0

    def bare(self, text: str) -> str:
        """Return a line without what is markup, found in another way than by `words`."""
        for pattern, instead in _BARE:
            text = pattern.sub(instead, text)
        return text


def _words(token: "object") -> str:
    kind = getattr(token, "type", "")
    if kind in ("softbreak", "hardbreak"):
        return " "
    if kind == "html_inline":
        return " " if getattr(token, "content", "").lower().startswith(("<br", "</p")) else ""
    if kind == "image":
        return "".join(_words(child) for child in getattr(token, "children", None) or [])
    return str(getattr(token, "content", ""))
