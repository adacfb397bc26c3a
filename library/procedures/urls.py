"""The addresses of procedures and their circulation."""

from django.urls import path

from library.procedures.views import circulation, procedures

app_name = "procedures"
urlpatterns = [
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:slug>/", procedures.procedure, name="procedure"),
    path("procedures/<slug:slug>/fill/", procedures.fill, name="fill"),
    path("procedures/<slug:slug>/template.docx", procedures.template, name="template"),
    path("procedures/<slug:slug>/versions/", procedures.versions, name="versions"),
    path("procedures/<slug:slug>/versions/<int:number>/", procedures.version, name="version"),
    path("circulations/", circulation.circulations, name="circulations"),
    path("circulations/<int:pk>/", circulation.circulated, name="circulation"),
    path(
        "circulations/<int:pk>/acknowledge/",
        circulation.acknowledge_circulation,
        name="acknowledge",
    ),
    path("circulations/<int:pk>/answers/", circulation.answers, name="answers"),
    path("circulations/<int:pk>/answers.csv", circulation.answers_file, name="answers_file"),
    path("circulations/<int:pk>/remind/", circulation.remind_addressees, name="remind"),
    path("circulations/<int:pk>/ask/", circulation.ask_newcomer, name="ask_newcomer"),
]
