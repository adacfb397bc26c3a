"""The addresses of the search page."""

from django.urls import path

from search.views.opened_results import opened
from search.views.page import show_results
from search.views.suggestions import suggest

app_name = "search"
urlpatterns = [
    path("", show_results, name="results"),
    path("suggest/", suggest, name="suggest"),
    path("opened/", opened, name="opened"),
]
