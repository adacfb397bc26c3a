"""The learner's addresses.

A course, lesson or quiz has one address, Wagtail's own; learning draws it (docs/addresses.md).
"""

from django.urls import path

from learning.views import certificates, courses, home, lessons, pages

app_name = "learning"
urlpatterns = [
    path("", home.home, name="home"),
    path("courses/<slug:course>/", courses.course, name="course"),
    path("courses/<slug:course>/enrol/", courses.enrol, name="enrol"),
    path("courses/<slug:course>/certify/", courses.certify, name="certify"),
    path("courses/<slug:course>/<slug:page>/", pages.lesson_or_quiz, name="lesson"),
    path("courses/<slug:course>/<slug:page>/progress/", lessons.progress, name="progress"),
    path("courses/<slug:course>/<slug:page>/complete/", lessons.complete, name="complete"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("verify/", certificates.check, name="check"),
    path("verify/<str:code>/", certificates.verify, name="verify"),
]
