"""Makes a Word document of a procedure with what a local party filled in; nothing is kept."""

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from library.procedures.models import ProcedurePage
from library.procedures.outline import OutlineLine, filled, quoted
from party.permissions import Person

PARTY_NAME = "party_name"  # the blank for which the member's own unit is proposed


def filled_in(
    page: ProcedurePage, values: Mapping[str, str], *, reader: Person
) -> list[OutlineLine]:
    """Return a page's paragraphs, its blanks filled in and its rules quoted as far as readable."""
    return quoted(filled(page.lines(), values), page.quotations(reader))


def compose_document(
    page: ProcedurePage, values: Mapping[str, str], *, reader: Person, now: datetime.datetime
) -> tuple[str, bytes]:
    """Return a file's name and its content: the page in Word, with these values for its blanks."""
    from library.procedures.word import Frame, to_docx  # python-docx loads slowly

    version = page.versions.visible_to(reader).first()
    lines = filled_in(page, values, reader=reader)
    made = {
        "date": date_format(timezone.localtime(now)),
        "address": f"{settings.BASE_URL}{page.get_absolute_url()}",
    }
    origin = _("Made on %(date)s from %(address)s")
    if any(line.quotation for line in lines):
        origin = _("Made on %(date)s from %(address)s, quoting the rules in force on that day")
    frame = Frame(
        title=page.title,
        subtitle=page.standing(version),
        footer=_("Sample, not binding") if page.sample else "",
        origin=origin % made,
        site=settings.BASE_URL,
        made=now,
        page_of=(_("Page "), _(" of ")),
    )
    parts = [page.slug, slugify(values.get(PARTY_NAME, ""))[:60]]
    name = "-".join(filter(None, [*parts, f"v{version.number}" if version else ""]))
    return f"{name}.docx", to_docx(lines, frame)
