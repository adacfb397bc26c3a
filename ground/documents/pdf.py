"""PDFs for everybody, screen readers too: tagged (PDF/UA-1), drawn by Typst from a template.

The words reach Typst as data, so that no text is ever read as markup. Nothing is fetched, and no
file of the machine is read but the template and the typeface.
"""

import json
from pathlib import Path
from typing import Any


def draw(template: Path, data: dict[str, Any], *, fonts: Path) -> bytes:
    """Return the PDF that a template makes of `data`; `fonts` is the folder of the typeface.

    The template says the title and the language. Signs that no typeface here has are drawn as “?”.
    """
    import typst  # 35 MB, which only whoever prints should load

    written = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(template, written, fonts)
    except typst.TypstError:  # a sign without a shape has no place in a tagged file
        return _compiled(template, _drawable(written, fonts), fonts)


def _compiled(template: Path, data: str, fonts: Path) -> bytes:
    import typst

    compiled = typst.compile(
        str(template),
        format="pdf",
        root=str(template.parent),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
    )
    return bytes(compiled)


def _drawable(text: str, fonts: Path) -> str:
    """Return a text with “?” in the place of whatever the typeface lacks."""
    import PIL.ImageFont

    plain = PIL.ImageFont.Layout.BASIC
    regular = PIL.ImageFont.truetype(str(fonts / "regular.ttf"), 24, layout_engine=plain)
    box = bytes(regular.getmask("\ufffd"))

    def lacks(sign: str) -> bool:
        return ord(sign) > 126 and bytes(regular.getmask(sign)) == box

    return text.translate({ord(sign): "?" for sign in set(text) if lacks(sign)})
