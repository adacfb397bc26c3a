"""The addresses of the knowledge bank."""

from django.urls import path, re_path

from library.facts.views import data, facts, series, sharing

app_name = "facts"
urlpatterns = [
    path("facts/", facts.facts, name="facts"),
    path("facts/data.csv", data.facts_csv, name="facts_csv"),
    path("facts/<slug:slug>/", facts.fact, name="fact"),
    path("facts/<slug:slug>/data.csv", data.fact_csv, name="fact_csv"),
    path("facts/<slug:slug>/data.json", data.fact_json, name="fact_json"),
    path("facts/<slug:slug>/versions/", facts.fact_versions, name="fact_versions"),
    path("series/", series.series_list, name="series_list"),
    path("series/<slug:slug>/", series.series, name="series"),
    path("series/<slug:slug>/data.csv", data.series_csv, name="series_csv"),
    path("series/<slug:slug>/data.json", data.series_json, name="series_json"),
    re_path(
        r"^facts/(?P<slug>[-\w]+)/picture-(?P<shape>wide|square)\.png$",
        sharing.picture,
        name="picture",
    ),
    path("facts/<slug:slug>/picture/", sharing.own_picture, name="own_picture"),
    path("facts/<slug:slug>/shared/", sharing.shared, name="shared"),
    path("oembed/", sharing.oembed, name="oembed"),
]
