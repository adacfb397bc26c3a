"""What the probe found in a film, as a list for people."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from media_pipeline.models import Film
from media_pipeline.steps.clock import spoken_time


def media_info_of(film: Film) -> list[tuple[str, str]]:
    """Label and value of each fact worth knowing; empty until the file has been looked at."""
    found: dict[str, Any] = film.media_info.get("file", {})
    if not found:
        return []
    rows = [
        (_("File"), _said(found["kind"], filesizeformat(found["bytes"]))),
        (_("Length"), spoken_time(found["duration"])),
        (_("Pictures"), _pictures(found)),
        (_("Colour"), _colour(found)),
        (_("Sound"), _sound(found)),
        (_("Tracks"), "; ".join(found["streams"])),
        (_("Attached files"), _attached(found)),
        (_("Checksum (SHA-256)"), film.sha256),
    ]
    return [(label, value) for label, value in rows if value]


def notes_of(film: Film) -> list[str]:
    """What its author should know of the file, in sentences."""
    return list(film.media_info.get("file", {}).get("notes", []))


def _pictures(found: dict[str, Any]) -> str:
    rate = _("%(rate)s a second") % {"rate": f"{found['frame_rate']:.4g}"}
    if found["variable_frame_rate"]:
        rate = _("about %(rate)s a second, varying") % {"rate": f"{found['frame_rate']:.4g}"}
    turned = found["rotation"]
    return _said(
        f"{found['width']} × {found['height']}",
        _("turned by %(degrees)s°") % {"degrees": turned} if turned else "",
        f"{found['video_codec']} {found['video_profile']}".strip(),
        rate,
        _("pixels %(shape)s") % {"shape": found["pixel_shape"]}
        if found["pixel_shape"] not in {"1:1", "0:1"}
        else "",
    )


def _colour(found: dict[str, Any]) -> str:
    return _said(
        _("high dynamic range (%(kind)s)") % {"kind": found["hdr"]} if found["hdr"] else "",
        " / ".join(filter(None, (found["colour_primaries"], found["colour_transfer"]))),
        _("%(bits)s bits") % {"bits": found["bits"]},
        found["pixel_format"],
    )


def _sound(found: dict[str, Any]) -> str:
    channels = {1: _("mono"), 2: _("stereo")}.get(
        found["channels"], _("%(count)s channels") % {"count": found["channels"]}
    )
    return _said(found["audio_codec"], channels, f"{found['sample_rate'] / 1000:g} kHz")


def _attached(found: dict[str, Any]) -> str:
    if not found["attachments"]:
        return ""
    return f"{found['attachments']} ({filesizeformat(found['attached_bytes'])})"


def _said(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
