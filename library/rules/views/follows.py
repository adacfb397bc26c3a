"""Asking to be told when a chapter changes, and asking no longer."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from library.rules.actions.followers import follow as follow_work
from library.rules.actions.followers import unfollow
from library.rules.models import Provision, Work
from library.rules.views.reading.addresses import published_work
from party.models import Member
from party.permissions import MEMBERS, open_to, signed_in


@open_to(MEMBERS)
@require_POST
def follow(request: HttpRequest, work: str) -> HttpResponse:
    """Follow a chapter (`chapter`: its lineage) or, without one, the whole work.

    With `stop` it is followed no longer. Leads back to where the button stood.
    """
    found = published_work(request, work)
    by = signed_in(request)
    chapter = _chapter(found, by, request.POST["chapter"]) if "chapter" in request.POST else None
    named = {"name": chapter or found}
    if "stop" in request.POST:
        unfollow(found, chapter=chapter, by=by)
        messages.success(request, _("You no longer follow %(name)s.") % named)
    else:
        follow_work(found, chapter=chapter, by=by, now=timezone.now())
        messages.success(
            request, _("You follow %(name)s: you will be told when it changes.") % named
        )
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else found.get_absolute_url())


def _chapter(work: Work, member: Member, lineage: str) -> Provision:
    """Return a chapter as it stands in the newest edition in which a member may read it, or 404."""
    try:
        wanted = uuid.UUID(lineage)
    except ValueError as error:
        raise Http404 from error
    readable = Provision.objects.visible_to(member).filter(edition__work=work, parent=None)
    found = readable.filter(lineage=wanted).order_by("-edition__in_force_from").first()
    if found is None:
        raise Http404(_("This work has no such chapter."))
    return found
