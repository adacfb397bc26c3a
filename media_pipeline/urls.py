"""Where films are sent to and fetched from."""

from django.urls import path

from media_pipeline.views import clips, films, streams, transcripts, uploads

app_name = "media_pipeline"
EXPIRING = "films/<uuid:uuid>/<slug:token>"  # the pass is for one person and some hours
urlpatterns = [
    path("uploads/", uploads.uploads, name="uploads"),
    path("uploads/<uuid:uuid>/", uploads.upload, name="upload"),
    path("films/<uuid:uuid>/<int:height>p.mp4", films.rendition, name="rendition"),
    path("films/<uuid:uuid>/film.m3u8", films.ladder, name="ladder"),
    path("films/<uuid:uuid>/sound.m3u8", films.sound, name="sound"),
    path("films/<uuid:uuid>/poster", films.poster, name="poster"),
    path("films/<uuid:uuid>/storyboard.jpg", films.storyboard, name="storyboard"),
    path("films/<uuid:uuid>/storyboard.vtt", films.storyboard_times, name="storyboard_times"),
    path("films/<uuid:uuid>/captions.<slug:language>.vtt", films.captions, name="captions"),
    path(
        "films/<uuid:uuid>/transcript.<slug:language>.<slug:kind>",
        transcripts.transcript,
        name="transcript",
    ),
    path(f"{EXPIRING}/film.m3u8", streams.master, name="film_master"),
    path(f"{EXPIRING}/<slug:rung>.m3u8", streams.playlist, name="film_playlist"),
    path(f"{EXPIRING}/rung-<slug:rung>.mp4", streams.media, name="film_media"),
    path(f"{EXPIRING}/<int:height>p.mp4", streams.mp4, name="film_mp4"),
    path("films/<uuid:uuid>/clips/new/", clips.new_clip, name="new_clip"),
    path("clips/", clips.my_clips, name="clips"),
    path("clips/<uuid:uuid>/", clips.clip, name="clip"),
    path("clips/<uuid:uuid>/work/", clips.clip_work, name="clip_work"),
    path("clips/<uuid:uuid>/film.mp4", clips.clip_film, name="clip_film"),
    path("clips/<uuid:uuid>/download", clips.download_clip, name="clip_download"),
    path("clips/<uuid:uuid>/captions.srt", clips.clip_captions, name="clip_captions"),
    path("clips/<uuid:uuid>/delete/", clips.delete_clip, name="clip_delete"),
]
