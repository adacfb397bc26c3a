"""What a member was told."""

from django.urls import path

from party import views

app_name = "party"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_notices"),
    path("notices/e-mail/", views.emails, name="notice_emails"),
    path("notices/<int:pk>/", views.notice, name="notice"),
]
