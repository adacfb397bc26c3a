"""What is sent to the hub is refused before it is read, unless whoever sends it may send so much.

Whoever looks for a form's CSRF token reads the whole form, and files in it go to the disk: that
happens before any view asks who is there.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from membersnet.notes import note

# A piece of a resumable upload: nobody reads it but its view, which asks who is there, and whose
# sentences say what of the upload is kept.
PIECE = "application/offset+octet-stream"


def bounded_bodies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse bodies that are larger than `settings.MOST_BYTES` says for an address and a person.

    Stands after the session and before whatever reads a form.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        length = body_length(request)
        if length <= settings.SMALL_BODY or _is_a_piece(request):
            return get_response(request)
        most = most_bytes(request)
        return get_response(request) if length <= most else _refuse(request, length, most)

    return respond


def body_length(request: HttpRequest) -> int:
    """Return how many bytes follow, as announced; of a body that announces nothing none is read."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdecimal() else 0


def most_bytes(request: HttpRequest) -> int:
    """Return how many bytes the sender may send to this address: the first line of it decides."""
    for prefix, permission, most in settings.LARGE_BODIES:
        if request.path_info.startswith(prefix):
            user = request.user
            return most if user.is_active and user.has_perm(permission) else settings.SMALL_BODY
    return settings.SMALL_BODY


def _is_a_piece(request: HttpRequest) -> bool:
    return request.content_type == PIECE and request.path_info.startswith("/uploads/")


def _refuse(request: HttpRequest, length: int, most: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return note(
            request,
            403,
            _("Sign in before you send files"),
            _(
                "You are signed out, so what you sent was not read and nothing was changed. Sign "
                "in again in another tab, then go back in this one and send the form again."
            ),
        )
    return note(
        request,
        413,
        _("What you sent is too large"),
        _(
            "You sent %(length)s. The limit here is %(most)s. Nothing of it was read, and nothing "
            "was changed. Go back and choose a smaller file."
        )
        % {"length": filesizeformat(length), "most": filesizeformat(most)},
    )
