"""A member's own notices."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from ground.side_notes import note_if_possible
from party.actions.notices.inbox import choose_emails, mark_all_read, mark_read
from party.forms import EmailsForm
from party.models import Notice
from party.models.notices import within_the_hub
from party.permissions import MEMBERS, open_to, signed_in

PER_PAGE = 30  # notices


@open_to(MEMBERS)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """List what a member was told, the newest first."""
    own = Notice.objects.visible_to(request.user)
    context = {
        "page": Paginator(own, PER_PAGE).get_page(request.GET.get("page")),
        "unread": own.unread().count(),
    }
    return render(request, "party/notices.html", context)


@open_to(MEMBERS)
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    note_if_possible("That a notice was read", lambda: mark_read(found, now=timezone.now()))
    return redirect(found.url if within_the_hub(found.url) else "party:notices")


@open_to(MEMBERS)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of a member's notices as read."""
    number = mark_all_read(by=signed_in(request), now=timezone.now())
    said = ngettext("%(n)d notice is marked as read.", "%(n)d notices are marked as read.", number)
    messages.success(request, said % {"n": number})
    return redirect("party:notices")


@open_to(MEMBERS)
@require_POST
def emails(request: HttpRequest) -> HttpResponse:
    """Switch a member's notices by e-mail on or off."""
    form = EmailsForm(request.POST)
    if form.is_valid():
        by = signed_in(request)
        choose_emails(form.cleaned_data["wanted"] == "on", by=by)
        messages.success(
            request,
            _("You will also get your notices by e-mail.")
            if by.email_notices
            else _("You will not get e-mails. Read your notices here."),
        )
    return redirect("party:notices")
