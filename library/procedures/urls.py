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
    path("circulations/<int:pk>/", circulation.circulation, name="circulation"),
    path(
        "circulations/<int:pk>/acknowledge/",
        circulation.acknowledge_circulation,
        name="acknowledge",
    ),
    path(
        "circulations/<int:pk>/acknowledgements/",
        circulation.acknowledgements,
        name="acknowledgements",
    ),
    path(
        "circulations/<int:pk>/acknowledgements.csv",
        circulation.acknowledgements_csv,
        name="acknowledgements_csv",
    ),
    path("circulations/<int:pk>/remind/", circulation.remind_recipients, name="remind"),
    path(
        "circulations/<int:pk>/send-to-newcomer/",
        circulation.send_to_newcomer,
        name="send_to_newcomer",
    ),
]
