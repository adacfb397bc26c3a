"""Loads the demonstration. Each part can be run again and adds only what is missing."""

from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt

DEMO = Path(__file__).resolve().parent.parent
CONTENT = DEMO / "content"


def read(*parts: str) -> Any:
    """Return one of the demonstration's YAML files."""
    return yaml.safe_load(CONTENT.joinpath(*parts).read_text())


def html(markdown: str) -> str:
    """Return Markdown as the HTML that Wagtail's rich text stores."""
    rendered = MarkdownIt("commonmark").render(markdown)
    return (
        rendered.replace("<strong>", "<b>")
        .replace("</strong>", "</b>")
        .replace("<em>", "<i>")
        .replace("</em>", "</i>")
    )
