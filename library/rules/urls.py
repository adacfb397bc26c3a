"""The addresses of rules. What they mean is told in docs/rule-addresses.md."""

from django.urls import path

from library.rules.views import (
    comparison,
    defined_words,
    downloads,
    feeds,
    flags,
    follows,
    subjects,
)
from library.rules.views.reading import pages

app_name = "rules"
urlpatterns = [
    path("rules/", pages.works, name="works"),
    path("rules/text-size/", pages.text_size, name="text_size"),
    path("rules/id/<uuid:lineage>/", pages.lineage, name="lineage"),
    path("rules/flags/", flags.flags, name="flags"),
    path("rules/flags/<int:pk>/", flags.flag, name="flag"),
    path("rules/<slug:work>/", pages.work, name="work"),
    path("rules/<slug:work>/subjects/", subjects.subjects, name="subjects"),
    path("rules/<slug:work>/words/", defined_words.words, name="words"),
    path("rules/<slug:work>/editions/", comparison.editions, name="editions"),
    path("rules/<slug:work>/changes/", comparison.changes, name="changes"),
    path("rules/<slug:work>/follow/", follows.follow, name="follow"),
    path("rules/<slug:work>/feed/", feeds.feed, name="feed"),
    path("rules/<slug:work>/compare/", comparison.choose_editions, name="choose_editions"),
    path(
        "rules/<slug:work>/compare/<slug:older>/<slug:newer>/",
        comparison.comparison,
        name="comparison",
    ),
    path(
        "rules/<slug:work>/compare/<slug:older>/<slug:newer>/<slug:chapter>/",
        comparison.compared_chapter,
        name="compared_chapter",
    ),
    path("rules/<slug:work>/data.<str:form>", downloads.download, name="download_work"),
    path("rules/<slug:work>/<path:place>/data.<str:form>", downloads.download, name="download"),
    # Whatever else is below a work's address comes before this: it takes all that is left.
    path("rules/<slug:work>/<path:place>", pages.place, name="place"),
]
