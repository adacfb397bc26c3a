"""What a draft's provisions follow, for the librarian to confirm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages

from ground.refusals import Refused
from library.rules.actions.lineage import (
    PredecessorChoice,
    candidates,
    confirm_lineage,
    propose_lineage,
)
from library.rules.models import Edition, Provision
from library.rules.rulebooks.comparison import Stretch, words
from library.rules.wagtail_hooks.drafts import find_edition
from party.permissions import EDITORS, open_to, signed_in

PER_PAGE = 25
FOLLOWS, PART, NOTHING = "follows", "part", "nothing"
RELATIONS = (
    (FOLLOWS, gettext_lazy("goes on as this one")),
    (PART, gettext_lazy("gave a part to this one")),
    (NOTHING, gettext_lazy("nothing: this one is new")),
)
SHOWN = {  # which provisions a list shows, and its name
    "waiting": gettext_lazy("To confirm"),
    "new": gettext_lazy("Follow nothing"),
    "confirmed": gettext_lazy("Confirmed"),
}


@dataclass
class Row:
    """One provision with what it may follow, as the form shows it."""

    provision: Provision
    candidates: list[Provision]
    relation: str
    chosen: int | None
    other: str = ""

    @property
    def before(self) -> Provision | None:
        """The older provision that is proposed or chosen."""
        return next((each for each in self.candidates if each.pk == self.chosen), None)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        old = self.before
        return words(old.text, self.provision.text) if old else ()

    @property
    def percent(self) -> int | None:
        likeness = self.provision.likeness
        return None if likeness is None else round(likeness * 100)


@open_to(EDITORS)
@require_http_methods(["GET", "HEAD", "POST"])
def lineage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a draft's provisions follow, the doubtful ones first, and confirm what is said."""
    edition = find_edition(request, pk)
    if request.method == "POST":
        try:
            _act(request, edition)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect(request.get_full_path())
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "waiting"
    page = Paginator(_listed(edition, show), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "edition": edition,
        "before": edition.edition_before(),
        "is_draft": edition.status == Edition.Status.DRAFT,
        "rows": _rows(edition, page, request.POST),
        "page": page,
        "show": show,
        "lists": [(name, label, _listed(edition, name).count()) for name, label in SHOWN.items()],
        "relations": RELATIONS,
        "alike": _alike(edition).count(),
    }
    return render(request, "rules/admin/lineage.html", context)


def _listed(edition: Edition, show: str) -> QuerySet[Provision]:
    """Return the provisions of one of the lists, the most doubtful first."""
    descent = {
        "waiting": Provision.Descent.PROPOSED,
        "new": Provision.Descent.NEW,
        "confirmed": Provision.Descent.CONFIRMED,
    }[show]
    found = edition.provisions.filter(descent=descent).select_related("predecessor")
    return found.order_by(*(["likeness"] if show == "waiting" else []), "position")


def _alike(edition: Edition) -> QuerySet[Provision]:
    """Return what waits although it has the very words of what it is proposed to follow."""
    return edition.provisions.waiting().filter(likeness=1.0)


def _rows(edition: Edition, page: Page, given: Mapping[str, Any]) -> list[Row]:
    provisions = list(page.object_list)
    possible = candidates(edition, provisions)
    rows = []
    for provision in provisions:
        relation = FOLLOWS
        if provision.predecessor is None:
            relation = NOTHING
        elif provision.predecessor.lineage != provision.lineage:
            relation = PART
        chosen = str(given.get(f"old-{provision.pk}", "")) or str(provision.predecessor_id or "")
        rows.append(
            Row(
                provision,
                possible.get(provision.pk, []),
                str(given.get(f"relation-{provision.pk}", relation)),
                int(chosen) if chosen.isdecimal() else None,
                str(given.get(f"other-{provision.pk}", "")),
            )
        )
    return rows


def _act(request: HttpRequest, edition: Edition) -> None:
    """Do what a button asks for, and say what was done. Raises Refused."""
    by = signed_in(request)
    now = timezone.now()
    if "again" in request.POST:
        propose_lineage(edition, by=by, now=now)
        messages.success(request, _("What the provisions follow was proposed afresh."))
        return
    if "alike" in request.POST:
        choices = _as_proposed(_alike(edition))
    else:
        keys = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("row")
        choices = _choices(request, edition, keys)
    count = confirm_lineage(edition, choices=choices, by=by, now=now)
    messages.success(
        request,
        ngettext("%(count)d provision confirmed.", "%(count)d provisions confirmed.", count)
        % {"count": count},
    )


def _as_proposed(provisions: QuerySet[Provision]) -> dict[int, PredecessorChoice]:
    return {
        each.pk: PredecessorChoice(
            each.predecessor_id,
            part=bool(each.predecessor and each.predecessor.lineage != each.lineage),
        )
        for each in provisions.select_related("predecessor")
    }


def _choices(
    request: HttpRequest, edition: Edition, keys: Iterable[str]
) -> dict[int, PredecessorChoice]:
    """Return what the form says of these provisions. Raises Refused where it says too little."""
    choices = {}
    for key in keys:
        if not key.isdecimal():
            continue
        relation = request.POST.get(f"relation-{key}", "")
        old = request.POST.get(f"old-{key}", "")
        other = request.POST.get(f"other-{key}", "").strip()
        if relation == NOTHING:
            choices[int(key)] = PredecessorChoice(None)
            continue
        chosen = _named(edition, other) if other else int(old) if old.isdecimal() else None
        if chosen is None:
            raise Refused(_("Nothing was changed: choose what each provision follows, or nothing."))
        choices[int(key)] = PredecessorChoice(chosen, part=relation == PART)
    return choices


def _named(edition: Edition, citation: str) -> int:
    """Return the provision of the edition before that a librarian named. Raises Refused."""
    before = edition.edition_before()
    wanted = Provision.objects.filter(edition=before, citation__iexact=citation.replace("\0", ""))
    pk = wanted.values_list("pk", flat=True).first() if before else None
    if pk is None:
        raise Refused(
            _("Nothing was changed: “%(citation)s” is not in the edition before. Write 7.VIII.3.A.")
            % {"citation": citation}
        )
    return pk


@hooks.register("register_admin_urls")
def register_lineage() -> list[URLPattern]:
    return [path("rules/lineage/<int:pk>/", lineage, name="rules_lineage")]
