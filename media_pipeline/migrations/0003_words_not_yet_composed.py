"""Marks what speech recognition left for a film under way: words without captions."""

from django.db import migrations


def mark_words(apps, schema_editor):
    """Until 0002 such a track was known by having no cues; since then it has a stage of its own."""
    tracks = apps.get_model("media_pipeline", "CaptionTrack").objects
    tracks.filter(cues=None, is_current=False).update(stage="words")


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0002_ladder_uploads_clips")]

    operations = [migrations.RunPython(mark_words, migrations.RunPython.noop)]
