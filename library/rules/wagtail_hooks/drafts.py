"""A draft as text beside its source: changed, saved as a version, and had again."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ground.refusals import Refused
from library.rules.actions.access import without_heir
from library.rules.actions.draft_outline import (
    Stale,
    Unread,
    accept_doubts,
    outline_of,
    restore_version,
    save_outline,
    state_of,
)
from library.rules.models import DraftVersion, Edition, Provision, RulesImport
from library.rules.models.outline import nodes
from library.rules.permissions import can_publish_editions
from library.rules.rulebooks.line_differences import MOST, ChangedLine, line_differences
from library.rules.rulebooks.omissions import omissions
from library.rules.rulebooks.outline_text import Problem, read_outline
from library.rules.rulebooks.tree import Block, ExcludedText, places
from party.permissions import EDITORS, open_to, signed_in

MOST_GIVEN_BACK = 64 * 1024 * 1024  # bytes, as sent; a file of rules has 20 MB at most
SEARCH = {  # the editor's own words
    "Find": gettext_lazy("Find"),
    "Replace": gettext_lazy("Replace"),
    "next": gettext_lazy("Next"),
    "previous": gettext_lazy("Previous"),
    "all": gettext_lazy("All"),
    "match case": gettext_lazy("Match case"),
    "by word": gettext_lazy("Whole words"),
    "regexp": gettext_lazy("Pattern"),
    "replace": gettext_lazy("Replace"),
    "replace all": gettext_lazy("Replace all"),
    "close": gettext_lazy("Close"),
    "replaced $ matches": gettext_lazy("$ replaced"),
}


class OutlineForm(forms.Form):
    """A draft's text, the version it was made of, and doubts that are none."""

    text = forms.CharField(
        label=gettext_lazy("Text of the draft"),
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": 30,
                "spellcheck": "false",
                "wrap": "soft",
                "aria-describedby": "outline-help",
            }
        ),
        error_messages={
            "required": gettext_lazy(
                "This would delete every provision. Discard the draft instead."
            )
        },
    )
    state = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    right = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, doubtful: list[Provision], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        right: Any = self.fields["right"]
        right.choices = [(row.pk, row.doubt) for row in doubtful]


@dataclass
class SourceBlock:
    """A block of the source, the line of the text that was made of it, or why it is not there."""

    text: str
    line: int
    page: int | None
    starts_page: bool
    outline_line: int | None = None
    reason: str = ""


@dataclass
class DraftPage:
    """What stands beside a draft's text: what to look at, the source, and what is not there."""

    doubtful: list[Provision]
    lines: dict[int, int]  # of the text, by provision
    chapters: list[tuple[Provision, int]]
    blocks: list[SourceBlock] = field(default_factory=list)
    omitted: list[ExcludedText] = field(default_factory=list)
    links: list[tuple[int, int, int]] = field(default_factory=list)  # line, first and last block

    @property
    def doubts(self) -> list[tuple[Provision, int]]:
        return [(row, self.lines[row.pk]) for row in self.doubtful]


def draft_page(edition: Edition, text: str, given: RulesImport | None) -> DraftPage:
    """Return what stands beside a draft's text, which is `text`. One query."""
    rows = list(edition.provisions.order_by("position"))
    stations = places(read_outline(text).tree)
    lines = {row.pk: place.node.line for row, place in zip(rows, stations, strict=True)}
    tops = [(row, lines[row.pk]) for row in rows if row.parent_id is None]
    page = DraftPage([row for row in rows if row.doubt], lines, tops)
    if given is None:
        return page
    tree = nodes(rows)
    made: dict[int, int] = {}
    for row, place in zip(rows, places(tree), strict=True):
        place.node.source_from, place.node.source_until = row.source_from, row.source_until
        if row.source_from is not None:
            until = row.source_until or row.source_from + 1
            made |= dict.fromkeys(range(row.source_from, until), lines[row.pk])
            page.links.append((lines[row.pk], row.source_from, until - 1))
    source = [_block(block) for block in given.source]
    left_out = [ExcludedText(**left) for left in given.left_out]
    page.omitted = omissions(source, left_out, tree, edition.introduction)
    reasons = {(left.line, left.page): left.reason for left in page.omitted}
    shown_page = None
    for index, block in enumerate(source):
        reason = reasons.get((block.line, block.page), "") if index not in made else ""
        starts = block.page != shown_page
        shown_page = block.page
        page.blocks.append(
            SourceBlock(block.text, block.line, block.page, starts, made.get(index), reason)
        )
    return page


@csrf_exempt  # to look for the token, Django would read all of what may be too large
@open_to(EDITORS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft's text beside its source and save it; give a text back that is too large."""
    edition = _draft(request, pk)
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if limit < int(request.META.get("CONTENT_LENGTH") or 0) <= MOST_GIVEN_BACK:
        return _give_back(request, edition, limit)
    return _edit(request, edition)


def _give_back(request: HttpRequest, edition: Edition, limit: int) -> HttpResponse:
    """Show the text as it was sent, of which nothing was saved."""
    given = QueryDict(request.read(), encoding="utf-8")
    messages.error(
        request,
        _(
            "Nothing was saved, because the text is too large to send. The limit is %(limit).1f MB,"
            " and accented letters and line ends count up to six times. Your text is below. Make"
            " it shorter, or copy it into a Markdown file and import that as a new edition."
        )
        % {"limit": limit / 1024**2},
    )
    doubtful = list(edition.provisions.exclude(doubt=""))
    return _page(request, edition, OutlineForm(doubtful, given), outline_of(edition))


@csrf_protect
def _edit(request: HttpRequest, edition: Edition) -> HttpResponse:
    present = outline_of(edition)
    doubtful = list(edition.provisions.exclude(doubt=""))
    if request.method != "POST":
        form = OutlineForm(doubtful, initial={"text": present, "state": state_of(edition)})
        return _page(request, edition, form, present)
    form = OutlineForm(doubtful, request.POST)
    if not form.is_valid():
        return _page(request, edition, form, present)
    problems: list[Problem] = []
    theirs: list[ChangedLine] = []
    try:
        said = _save(request, edition, form.cleaned_data, present)
    except Unread as unread:
        problems = unread.problems
        messages.error(request, str(unread))
    except Stale as stale:
        theirs = line_differences(form.cleaned_data["text"].replace("\r\n", "\n"), present)
        typed = request.POST.copy()
        typed["state"] = str(state_of(edition))  # what they see now is the newest
        form = OutlineForm(doubtful, typed)
        messages.error(request, str(stale))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
        return redirect("edition:draft", edition.pk)
    return _page(request, edition, form, present, problems=problems, theirs=theirs)


@open_to(EDITORS)
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show how a draft read at one time, and what was changed then."""
    edition = _draft(request, pk)
    chosen = get_object_or_404(edition.versions.select_related("by"), number=number)
    earlier = edition.versions.filter(number=number - 1).first()
    context = {
        "edition": edition,
        "version": chosen,
        "state": state_of(edition),
        "changed": line_differences(earlier.outline, chosen.outline) if earlier else [],
        "since": line_differences(chosen.outline, outline_of(edition)),
        "most": MOST,
        **_header(edition, str(chosen)),
    }
    return render(request, "rules/admin/draft_version.html", context)


@open_to(EDITORS)
@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Let a draft read like an earlier version again."""
    edition = _draft(request, pk)
    chosen = get_object_or_404(DraftVersion, edition=edition, number=number)
    given = request.POST.get("state", "")
    state = int(given) if given.isdecimal() else 0
    try:
        made = restore_version(chosen, state=state, by=signed_in(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{made}: {made.description}")
    return redirect("edition:draft", edition.pk)


def _save(request: HttpRequest, edition: Edition, given: dict[str, Any], present: str) -> str:
    """Save the text and the doubts that are none; return a sentence about both."""
    by = signed_in(request)
    now = timezone.now()
    said = []
    text = given["text"].replace("\r\n", "\n")
    if text != present or not given["right"]:
        made = save_outline(edition, text, state=given["state"], by=by, now=now)
        said.append(
            _("Saved as version %(number)d. %(what)s")
            % {"number": made.number, "what": made.description}
        )
    if count := accept_doubts(edition, given["right"], by=by, now=now):
        said.append(
            ngettext(
                "%(count)d thing is right as it is.",
                "%(count)d things are right as they are.",
                count,
            )
            % {"count": count}
        )
    return " ".join(said)


def _page(
    request: HttpRequest,
    edition: Edition,
    form: OutlineForm,
    present: str,
    *,
    problems: list[Problem] | None = None,
    theirs: list[ChangedLine] | None = None,
) -> HttpResponse:
    given = RulesImport.objects.filter(edition=edition).first()
    page = draft_page(edition, present, given)
    context = {
        "edition": edition,
        "given": given,
        "form": form,
        "page": page,
        "problems": problems or [],
        "theirs": theirs or [],
        "outline_data": _for_editor(page, problems or [], as_saved=not form.is_bound),
        "most": MOST,
        "versions": edition.versions.without_text(),
        "without_heir": without_heir(edition),
        "next_step": "" if page.doubtful else _next_step(edition),
        **_header(edition, _("Text of the draft")),
    }
    return render(request, "rules/admin/draft.html", context)


def _for_editor(page: DraftPage, problems: list[Problem], *, as_saved: bool) -> dict[str, Any]:
    """Return what the editor shows beside the lines; their sources while they are as saved."""
    return {
        "links": page.links if as_saved else [],
        "doubts": [(line, row.doubt) for row, line in page.doubts] if as_saved else [],
        "problems": problems,
        "phrases": {word: str(said) for word, said in SEARCH.items()},
    }


def _next_step(edition: Edition) -> str:
    """Return what is left to do with a draft of which nothing is doubtful any more."""
    return "confirm" if edition.provisions.waiting().exists() else "publish"


def _header(edition: Edition, title: str) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("edition:index"), "label": _("Editions")},
        {"url": reverse("edition:inspect", args=[edition.pk]), "label": str(edition)},
        {"url": "", "label": title},
    ]
    return {"breadcrumbs_items": crumbs, "header_icon": "list-ul", "header_title": title}


def _block(given: dict[str, Any]) -> Block:
    return Block(
        given["text"],
        given.get("style") or "paragraph",
        page=given.get("page"),
        line=given.get("line") or 0,
    )


def find_edition(request: HttpRequest, pk: int, **conditions: str) -> Edition:
    """Return an edition for those who may publish it; nobody else comes further than this."""
    if not can_publish_editions(request.user):
        raise PermissionDenied
    return get_object_or_404(Edition.objects.select_related("work"), pk=pk, **conditions)


def _draft(request: HttpRequest, pk: int) -> Edition:
    return find_edition(request, pk, status=Edition.Status.DRAFT)
