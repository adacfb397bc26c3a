"""The learner's and the region's addresses.

A course, lesson or quiz has one address, Wagtail's own; learning draws it (docs/addresses.md).
"""

from django.urls import path

from learning import views

app_name = "learning"
urlpatterns = [
    path("", views.home, name="home"),
    path("courses/<slug:course>/", views.course, name="course"),
    path("courses/<slug:course>/enrol/", views.enrol, name="enrol"),
    path("courses/<slug:course>/certify/", views.certify, name="certify"),
    path("courses/<slug:course>/<slug:page>/", views.lesson_or_quiz, name="lesson"),
    path("courses/<slug:course>/<slug:page>/progress/", views.progress, name="progress"),
    path("courses/<slug:course>/<slug:page>/complete/", views.complete, name="complete"),
    path("certificates/<str:code>/", views.certificate, name="certificate"),
    path("verify/", views.check, name="check"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("regions/", views.regions, name="regions"),
    path("regions/<slug:slug>/", views.region, name="region"),
    path("units/<slug:slug>/", views.unit, name="unit"),
]
