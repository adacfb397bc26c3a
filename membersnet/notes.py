"""A page of one sentence for a person whom the hub cannot serve, drawn without the database."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

PLAIN = "text/plain; charset=utf-8"


def note(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """Answer with a heading and a sentence: a page to a browser, plain text to a script."""
    if "text/html" in request.headers.get("Accept", ""):
        page = render_to_string("note.html", {"heading": title, "sentence": sentence})
        response = HttpResponse(page, status=status)
    else:
        response = HttpResponse(sentence, status=status, content_type=PLAIN)
    response.headers["Cache-Control"] = "no-store"
    return response


def note_for_script(status: int, sentence: str, **details: str) -> JsonResponse:
    """Answer a script that sent something in JSON, with a sentence for whoever uses the page.

    Beside `error`, which our own scripts read, it says so as Wagtail's autosave understands it: of
    a code that it does not know it tells the author that a server error occurred.
    """
    wagtails = {"success": False, "error_code": "locked", "error_message": sentence}
    return JsonResponse({"error": sentence, **wagtails, **details}, status=status)
