"""The library's addresses. What an address of rules means is told in docs/rule-addresses.md."""

from django.urls import path, re_path

from library import views

app_name = "library"
urlpatterns = [
    path("rules/", views.works, name="works"),
    path("rules/text-size/", views.text_size, name="text_size"),
    path("rules/id/<uuid:lineage>/", views.lineage, name="lineage"),
    path("rules/flags/", views.flags, name="flags"),
    path("rules/flags/<int:pk>/", views.flag, name="flag"),
    path("rules/<slug:work>/", views.work, name="work"),
    path("rules/<slug:work>/subjects/", views.subjects, name="subjects"),
    path("rules/<slug:work>/words/", views.words, name="words"),
    path("rules/<slug:work>/editions/", views.editions, name="editions"),
    path("rules/<slug:work>/changes/", views.changes, name="changes"),
    path("rules/<slug:work>/follow/", views.follow, name="follow"),
    path("rules/<slug:work>/feed/", views.feed, name="feed"),
    path("rules/<slug:work>/compare/", views.choose_editions, name="choose_editions"),
    path(
        "rules/<slug:work>/compare/<slug:older>/<slug:newer>/", views.comparison, name="comparison"
    ),
    path(
        "rules/<slug:work>/compare/<slug:older>/<slug:newer>/<slug:chapter>/",
        views.compared_chapter,
        name="compared_chapter",
    ),
    path("rules/<slug:work>/data.<str:form>", views.download, name="download_work"),
    path("rules/<slug:work>/<path:place>/data.<str:form>", views.download, name="download"),
    # Whatever else is below a work's address comes before this: it takes all that is left.
    path("rules/<slug:work>/<path:place>", views.place, name="place"),
    path("procedures/", views.procedures, name="procedures"),
    path("procedures/<slug:slug>/", views.procedure, name="procedure"),
    path("procedures/<slug:slug>/fill/", views.fill, name="fill"),
    path("procedures/<slug:slug>/template.docx", views.template, name="template"),
    path("procedures/<slug:slug>/versions/", views.versions, name="versions"),
    path("procedures/<slug:slug>/versions/<int:number>/", views.version, name="version"),
    path("circulations/", views.circulations, name="circulations"),
    path("circulations/<int:pk>/", views.circulated, name="circulation"),
    path("circulations/<int:pk>/acknowledge/", views.acknowledge_circulation, name="acknowledge"),
    path("circulations/<int:pk>/answers/", views.answers, name="answers"),
    path("circulations/<int:pk>/answers.csv", views.answers_file, name="answers_file"),
    path("circulations/<int:pk>/remind/", views.remind_addressees, name="remind"),
    path("circulations/<int:pk>/ask/", views.ask_newcomer, name="ask_newcomer"),
    path("facts/", views.facts, name="facts"),
    path("facts/data.csv", views.facts_csv, name="facts_csv"),
    path("facts/<slug:slug>/", views.fact, name="fact"),
    path("facts/<slug:slug>/data.csv", views.fact_csv, name="fact_csv"),
    path("facts/<slug:slug>/data.json", views.fact_json, name="fact_json"),
    path("facts/<slug:slug>/versions/", views.fact_versions, name="fact_versions"),
    path("series/", views.series_list, name="series_list"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("series/<slug:slug>/data.csv", views.series_csv, name="series_csv"),
    path("series/<slug:slug>/data.json", views.series_json, name="series_json"),
    re_path(
        r"^facts/(?P<slug>[-\w]+)/picture-(?P<shape>wide|square)\.png$",
        views.picture,
        name="picture",
    ),
    path("facts/<slug:slug>/picture/", views.own_picture, name="own_picture"),
    path("facts/<slug:slug>/shared/", views.shared, name="shared"),
    path("oembed/", views.oembed, name="oembed"),
]
