"""What the probe found in a film, as a list for people."""

from media_pipeline.models import Film
from media_pipeline.views.admin.media_info import media_info_of, notes_of

FOUND = {
    **{"kind": "MP4", "bytes": 2_400_000, "duration": 62.0, "width": 1920, "height": 1080},
    **{"frame_rate": 25.0, "variable_frame_rate": False, "rotation": 0, "pixel_shape": "1:1"},
    **{"video_codec": "h264", "video_profile": "High", "hdr": "", "bits": 8},
    **{"colour_primaries": "bt709", "colour_transfer": "bt709", "pixel_format": "yuv420p"},
    **{"audio_codec": "aac", "channels": 2, "sample_rate": 44100, "streams": ["video", "audio"]},
    **{"attachments": 0, "attached_bytes": 0, "notes": []},
}


def film(**changes) -> Film:
    return Film(sha256="ab" * 32, media_info={"file": {**FOUND, **changes}})


def test_every_row_says_what_an_author_may_ask():
    assert media_info_of(film()) == [
        ("File", "MP4, 2.3\xa0MB"),
        ("Length", "1:02"),
        ("Pictures", "1920 × 1080, h264 High, 25 a second"),
        ("Colour", "bt709 / bt709, 8 bits, yuv420p"),
        ("Sound", "aac, stereo, 44.1 kHz"),
        ("Tracks", "video; audio"),
        ("Checksum (SHA-256)", "ab" * 32),
    ]


def test_what_is_unusual_is_told_too():
    rows = dict(
        media_info_of(
            film(
                **{"rotation": 90, "variable_frame_rate": True, "pixel_shape": "4:3"},
                **{"hdr": "HLG", "channels": 6, "attachments": 2, "attached_bytes": 2048},
            )
        )
    )
    assert rows["Pictures"].endswith(
        "turned by 90°, h264 High, about 25 a second, varying, pixels 4:3"
    )
    assert rows["Colour"].startswith("high dynamic range (HLG), ")
    assert rows["Sound"] == "aac, 6 channels, 44.1 kHz"
    assert rows["Attached files"] == "2 (2.0\xa0KB)"


def test_nothing_is_said_of_a_file_that_nobody_has_looked_at():
    assert media_info_of(Film()) == []
    assert notes_of(Film()) == []


def test_notes_are_sentences_for_the_author():
    assert notes_of(film(notes=["It has no chapters."])) == ["It has no chapters."]
