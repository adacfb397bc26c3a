"""Every address of the site."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from membersnet import views
from party.permissions import ANYONE, open_to
from search.actions import index_state

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz", views.health, {"index": index_state}, name="health"),
    path("admin/login/", open_to(ANYONE)(to_sign_in)),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.account.urls")),
    path("search/", include("search.urls")),
    path("", include("library.urls")),
    path("", include("media_pipeline.urls")),
    path("", include("learning.urls")),
    path("", include(wagtail_urls)),
]
