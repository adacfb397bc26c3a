"""Editions, and any part of them, as files: JSON, Markdown, Akoma Ntoso and PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.rules.models import Edition, Provision
from library.rules.models.outline import outline
from library.rules.rulebooks.akoma_ntoso import About, as_akoma_ntoso
from library.rules.rulebooks.outline_text import as_markdown
from library.rules.rulebooks.portable import as_json
from library.rules.rulebooks.printing import Sheet, as_pdf
from library.rules.rulebooks.tree import Node
from library.rules.views.reading.addresses import find
from party.permissions import MEMBERS, open_to


@dataclass(frozen=True)
class Export:
    """What is handed out: an edition, or one provision of it with all below it."""

    edition: Edition
    provision: Provision | None
    tree: Sequence[Node]

    @property
    def title(self) -> str:
        return str(self.provision or self.edition.work)

    @property
    def introduction(self) -> str:
        return "" if self.provision else self.edition.introduction

    @property
    def address(self) -> str:
        """The whole address of the page it is read on in this edition, whichever is in force."""
        home = self.edition.get_own_url()
        url = self.provision.read_below(home) if self.provision else home
        return f"{settings.BASE_URL.rstrip('/')}{url}"

    @property
    def standing(self) -> str:
        """Say when it holds, held or will hold."""
        begins = date_format(self.edition.in_force_from)
        if last := self.edition.in_force_until:
            return _("In force from %(begins)s to %(last)s") % {
                "begins": begins,
                "last": date_format(last),
            }
        return _("In force from %(begins)s") % {"begins": begins}


@open_to(MEMBERS)
@require_safe
def download(request: HttpRequest, work: str, form: str, place: str = "") -> HttpResponse:
    """Hand out an edition or a part of it as a file, with what this person may read."""
    if form not in FORMS:
        raise Http404
    edition, provision = find(request, work, place)
    tree = outline(edition, request.user, provision)
    write, media_type, disposition = FORMS[form]
    response = HttpResponse(write(Export(edition, provision, tree)), content_type=media_type)
    named = [edition.work.slug, edition.slug, slugify(provision.path) if provision else ""]
    name = ".".join(["-".join(filter(None, named)), form])
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response


def _json(export: Export) -> str:
    edition = export.edition
    about = {
        "work": edition.work.slug,
        "edition": edition.label,
        "in_force_from": edition.in_force_from.isoformat(),
        "in_force_until": edition.in_force_until.isoformat() if edition.in_force_until else "",
        "part": export.provision.citation if export.provision else "",
        "address": export.address,
        "taken_on": timezone.localdate().isoformat(),
    }
    introduction = export.introduction
    return as_json(export.tree, title=edition.work.title, introduction=introduction, about=about)


def _markdown(export: Export) -> str:
    title = export.edition.work.title
    return as_markdown(export.tree, title=title, introduction=export.introduction)


def _akoma_ntoso(export: Export) -> bytes:
    edition = export.edition
    about = About(
        work=edition.work.slug,
        title=edition.work.title,
        label=edition.label,
        in_force_from=edition.in_force_from,
        made_on=timezone.localdate(),
        base_url=settings.BASE_URL,
    )
    return as_akoma_ntoso(export.tree, about, introduction=export.introduction)


def _pdf(export: Export) -> bytes:
    edition, provision = export.edition, export.provision
    today = timezone.localdate()
    tree = export.tree
    if provision and len(tree) == 1 and provision.kind not in Provision.UNNUMBERED:
        # Its own number and heading are the title of the sheet already.
        (top,) = tree
        own = [Node("lead_in", text=top.text)] if top.text else []
        tree = [*own, *top.children]
    sheet = Sheet(
        title=export.title,
        above=edition.work.title if provision else edition.work.get_kind_display(),
        edition=edition.label,
        standing=export.standing,
        foot=_("%(address)s · taken on %(day)s")
        % {"address": export.address, "day": date_format(today)},
        publisher="Membersnet",
        notices=_notices(edition),
        introduction=export.introduction,
    )
    return as_pdf(tree, sheet, fonts=settings.TYPEFACE_DIR)


def _notices(edition: Edition) -> list[str]:
    """Return what a reader must know before relying on the sheet."""
    said = []
    if edition.work.sample:
        said.append(_("This is a sample. It is not a real rule book."))
    standing = edition.standing(timezone.localdate())
    if standing == Edition.Standing.ENDED:
        said.append(_("This edition is no longer in force."))
    elif standing == Edition.Standing.COMING:
        said.append(_("This edition is not yet in force."))
    return said


Form = tuple[Callable[[Export], Any], str, str]
FORMS: dict[str, Form] = {
    "json": (_json, "application/json", "attachment"),
    "md": (_markdown, "text/markdown; charset=utf-8", "attachment"),
    "xml": (_akoma_ntoso, "application/akn+xml", "attachment"),
    "pdf": (_pdf, "application/pdf", "inline"),
}
