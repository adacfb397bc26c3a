"""Every address of the site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from membersnet import metrics, views
from membersnet.accounts import addresses
from party.permissions import ANYONE, open_to
from search.actions.index_state import index_state

handler500 = "membersnet.views.server_error"
urlpatterns = [
    path("healthz", views.health, {"index": index_state}, name="health"),
    path("metrics", metrics.metrics, {"index": index_state}, name="metrics"),
    path("admin/login/", views.admin_sign_in),
    path("admin/failwhale/", open_to(ANYONE)(views.nothing_here)),
    path("admin/test404/", open_to(ANYONE)(views.nothing_here)),
    path("admin/", include(wagtailadmin_urls)),
    path("_util/<path:rest>", open_to(ANYONE)(views.nothing_here)),
    path("accounts/", include(addresses())),
    path("search/", include("search.urls")),
    path("", include("party.urls")),
    path("", include("library.rules.urls")),
    path("", include("library.facts.urls")),
    path("", include("library.procedures.urls")),
    path("", include("media_pipeline.urls")),
    path("", include("learning.urls")),
    path("", include(wagtail_urls)),
]
