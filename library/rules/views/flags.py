"""What cites a rule that changed: for the owners of those texts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from library.rules.actions.citing_texts import resolve_flag
from library.rules.models import CitationFlag
from library.rules.models.changes import Comparison
from party.models.audiences import audience_tokens
from party.permissions import MEMBERS, open_to, signed_in

PER_PAGE = 50
MOST_SHOWN = 40  # changed provisions below one that is cited


@open_to(MEMBERS)
def flags(request: HttpRequest) -> HttpResponse:
    """List the member's own texts that cite what changed; those not looked at come first."""
    own = CitationFlag.objects.visible_to(request.user).filter(citing__owner=request.user.pk)
    found = own.select_related("citing__work", "edition", "before").order_by(
        F("resolved_at").desc(nulls_first=True), "-made_at", "pk"
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "waiting": own.open().count_texts()}
    return render(request, "rules/flags.html", context)


@open_to(MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed in what a text cites; by POST it is recorded that somebody looked."""
    found = get_object_or_404(
        CitationFlag.objects.visible_to(request.user).select_related(
            "citing__work", "citing__owner", "edition__work", "before__edition__work", "after"
        ),
        pk=pk,
    )
    by = signed_in(request)
    if request.method == "POST":
        resolve_flag(found, by=by, now=timezone.now())
        messages.success(
            request, _("“%(title)s” is marked as reviewed.") % {"title": found.citing.title}
        )
        return redirect("rules:flags" if found.citing.owner == by else found)
    compared = Comparison(found.before.edition, found.edition, audience_tokens(by))
    changes = compared.concerning(found.before.lineage)
    context = {
        "flag": found,
        "changes": changes[:MOST_SHOWN],
        "more": max(0, len(changes) - MOST_SHOWN),
        "after": compared.new.of(found.before.lineage),
        "before": compared.old.of(found.before.lineage),
        "older": found.before.edition,
        "newer": found.edition,
        "view": "side",
    }
    return render(request, "rules/flag.html", context)
