"""What the result page tells when somebody opens a result."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from party.permissions import MEMBERS, open_to
from search.actions import question_log


@open_to(MEMBERS)
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """Note at which `position` of a page's results one was opened; `token` says of which search.

    The page sends it beside the opening and waits for no answer: whatever it says, there is none.
    It carries the page's own form token, so that nothing here is exempt from the usual check.
    """
    position = request.POST.get("position", "")
    if position.isascii() and position.isdigit() and len(position) < 6:
        question_log.log_opened_result(request.POST.get("token", ""), int(position))
    return HttpResponse(status=204)
