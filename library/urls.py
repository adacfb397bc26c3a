"""The library's addresses. Every provision has one, which leads to its chapter's page."""

from django.urls import path

from library import views

app_name = "library"
urlpatterns = [
    path("rules/", views.works, name="works"),
    path("rules/<slug:work>/", views.work, name="work"),
    path("rules/<slug:work>/<slug:chapter>/", views.chapter, name="chapter"),
    path("rules/<slug:work>/<path:place>", views.provision, name="provision"),
    path("facts/", views.facts, name="facts"),
    path("facts/<slug:slug>/", views.fact, name="fact"),
]
