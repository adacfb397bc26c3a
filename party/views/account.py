"""A member's own account."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ground.refusals import Refused
from party.actions.accounts.address_changes import confirm_change
from party.actions.accounts.addresses import read_change
from party.actions.accounts.requests import ask_to_confirm_address
from party.actions.members import sign_out_everywhere
from party.forms import AddressForm
from party.permissions import ANYONE, MEMBERS, open_to, signed_in


@open_to(MEMBERS)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show what the hub knows a member by, and what they may change."""
    return render(request, "party/account.html")


@open_to(MEMBERS)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@rate_limit(action="manage_email")
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for a new e-mail address, and send an e-mail there that has to be answered first."""
    member = signed_in(request)
    form = AddressForm(request.POST or None, member=member)
    if not form.is_valid():
        return render(request, "party/change_address.html", {"form": form})
    address = form.cleaned_data["email"]
    ask_to_confirm_address(member, address, now=timezone.now())
    sentence = _("We have sent an e-mail to %(address)s. Your address changes once you confirm it.")
    messages.info(request, sentence % {"address": address})
    return redirect("party:account")


@open_to(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, signed: str) -> HttpResponse:
    """Change an e-mail address for whoever has read the e-mail, signed in here or not."""
    change = read_change(signed)
    context = {"change": change, "signed": signed}
    if change is None or request.method != "POST":
        status = 200 if change else 404
        return render(request, "party/confirm_address.html", context, status=status)
    try:
        confirm_change(change, now=timezone.now())
    except Refused as refusal:
        return render(request, "party/confirm_address.html", {**context, "refusal": refusal})
    messages.success(request, _("Your e-mail address is changed. Use it when you next sign in."))
    return redirect("party:account")


@open_to(MEMBERS)
@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """Sign a member out on every device but this one."""
    by = signed_in(request)
    update_session_auth_hash(request, sign_out_everywhere(by, by=by, now=timezone.now()))
    messages.success(request, _("You are signed out on every other device."))
    return redirect("party:account")
