"""Where films are sent to and fetched from."""

from django.urls import path

from media_pipeline import views

app_name = "media_pipeline"
EXPIRING = "films/<uuid:uuid>/<slug:token>"  # the pass is for one person and some hours
urlpatterns = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<uuid:uuid>/", views.upload, name="upload"),
    path("films/<uuid:uuid>/<int:height>p.mp4", views.rendition, name="rendition"),
    path("films/<uuid:uuid>/film.m3u8", views.ladder, name="ladder"),
    path("films/<uuid:uuid>/sound.m3u8", views.sound, name="sound"),
    path("films/<uuid:uuid>/poster", views.poster, name="poster"),
    path("films/<uuid:uuid>/storyboard.jpg", views.storyboard, name="storyboard"),
    path("films/<uuid:uuid>/storyboard.vtt", views.storyboard_times, name="storyboard_times"),
    path("films/<uuid:uuid>/captions.<slug:language>.vtt", views.captions, name="captions"),
    path(
        "films/<uuid:uuid>/transcript.<slug:language>.<slug:kind>",
        views.transcript,
        name="transcript",
    ),
    path(f"{EXPIRING}/film.m3u8", views.master, name="film_master"),
    path(f"{EXPIRING}/<slug:rung>.m3u8", views.playlist, name="film_playlist"),
    path(f"{EXPIRING}/rung-<slug:rung>.mp4", views.media, name="film_media"),
    path(f"{EXPIRING}/<int:height>p.mp4", views.mp4, name="film_mp4"),
    path("films/<uuid:uuid>/clips/new/", views.new_clip, name="new_clip"),
    path("clips/", views.my_clips, name="clips"),
    path("clips/<uuid:uuid>/", views.clip, name="clip"),
    path("clips/<uuid:uuid>/work/", views.clip_work, name="clip_work"),
    path("clips/<uuid:uuid>/film.mp4", views.clip_film, name="clip_film"),
    path("clips/<uuid:uuid>/download", views.download_clip, name="clip_download"),
    path("clips/<uuid:uuid>/captions.srt", views.clip_captions, name="clip_captions"),
    path("clips/<uuid:uuid>/delete/", views.delete_clip, name="clip_delete"),
]
