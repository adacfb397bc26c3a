"""Regions and units, a member's own account, and what they were told."""

from django.urls import path

from party.views import account, notices, places

app_name = "party"
urlpatterns = [
    path("regions/", places.regions, name="regions"),
    path("regions/<slug:slug>/", places.region, name="region"),
    path("units/<slug:slug>/", places.unit, name="unit"),
    path("account/", account.account, name="account"),
    path("account/e-mail/", account.change_address, name="change_address"),
    path("account/e-mail/<str:signed>/", account.confirm_address, name="confirm_address"),
    path("account/sign-out-others/", account.sign_out_others, name="sign_out_others"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_notices"),
    path("notices/e-mail/", notices.emails, name="notice_emails"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
]
