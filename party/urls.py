"""Regions and units, and what a member was told."""

from django.urls import path

from party.views import notices, places

app_name = "party"
urlpatterns = [
    path("regions/", places.regions, name="regions"),
    path("regions/<slug:slug>/", places.region, name="region"),
    path("units/<slug:slug>/", places.unit, name="unit"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="read_notices"),
    path("notices/e-mail/", notices.emails, name="notice_emails"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
]
