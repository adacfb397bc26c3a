"""The cookie of a device on which somebody has signed in."""

from django.core import signing
from django.http import HttpResponse

from membersnet.devices import COOKIE, MOST, SALT, known_device, remember_device


def request_with(rf, cookie=""):
    request = rf.get("/accounts/login/")
    request.COOKIES[COOKIE] = cookie
    return request


def remembered(rf, *emails) -> str:
    cookie = ""
    for email in emails:
        response = HttpResponse()
        remember_device(request_with(rf, cookie), response, email)
        cookie = response.cookies[COOKIE].value
    return cookie


def test_a_device_is_known_for_everybody_who_signed_in_on_it(rf):
    request = request_with(rf, remembered(rf, "ada@x.example", "ben@x.example"))
    assert known_device(request, "Ada@X.example") == known_device(request, "ben@x.example") != ""
    assert known_device(request, "cem@x.example") == ""


def test_a_device_keeps_its_number_and_its_latest_people(rf):
    emails = [f"{number}@x.example" for number in range(MOST + 1)]
    first = request_with(rf, remembered(rf, emails[1]))
    cookie = remembered(rf, *emails)
    request = request_with(rf, cookie)
    assert [bool(known_device(request, email)) for email in emails] == [False] + [True] * MOST
    assert known_device(request, emails[1]) != known_device(first, emails[1])
    again = request_with(rf, remembered(rf, *emails, emails[1]))
    assert known_device(again, emails[0]) == ""


def test_nobody_can_make_such_a_cookie_nor_read_a_name_in_it(rf):
    cookie = remembered(rf, "ada@x.example")
    assert "ada" not in str(signing.loads(cookie, salt=SALT))
    for wrong in ("", "x", cookie[:-1], signing.dumps(["d", ["m"]], salt="another")):
        assert known_device(request_with(rf, wrong), "ada@x.example") == ""


def test_the_cookie_goes_to_the_pages_of_accounts_alone_and_to_no_script(rf, settings):
    settings.SESSION_COOKIE_SECURE = True
    response = HttpResponse()
    remember_device(request_with(rf), response, "ada@x.example")
    morsel = response.cookies[COOKIE]
    kept = [morsel[name] for name in ("path", "httponly", "secure", "samesite", "max-age")]
    assert kept == ["/accounts/", True, True, "Lax", 365 * 24 * 60 * 60]
