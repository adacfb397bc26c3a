"""The site's addresses: its home and search, the package's, and Wagtail's pages."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from bench.lms_site.views import home, search

urlpatterns = [
    path("", home, name="home"),
    path("admin/", include(wagtailadmin_urls)),
    path("search/", search, name="search"),
    path("lms/", include("wagtail_lms.urls")),
    path("", include(wagtail_urls)),
]
