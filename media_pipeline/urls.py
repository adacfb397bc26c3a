"""Where films are fetched from."""

from django.urls import path

from media_pipeline import views

app_name = "media_pipeline"
urlpatterns = [
    path("films/<uuid:uuid>/<int:height>p.mp4", views.rendition, name="rendition"),
    path("films/<uuid:uuid>/poster.jpg", views.poster, name="poster"),
    path("films/<uuid:uuid>/captions.<slug:language>.vtt", views.captions, name="captions"),
]
