"""What was made of a film to be watched, and the still pictures to choose its poster from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from media_pipeline.models.films import Film


class Rendition(models.Model):
    """One playable version of a film: a whole MP4, or one rung of the HLS ladder.

    A rung is a playlist (`file`) and one fragmented MP4 (`media`), fetched in byte ranges.
    """

    class Kind(models.TextChoices):
        MP4 = "mp4", _("MP4 (H.264, AAC)")
        HLS = "hls", _("HLS rung")
        SOUND = "sound", _("HLS rung, sound only")

    film = models.ForeignKey(
        Film, models.CASCADE, related_name="renditions", verbose_name=_("film")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MP4)
    height = models.PositiveIntegerField(_("height in pixels"))
    width = models.PositiveIntegerField(_("width in pixels"))
    file = models.FileField(_("file"), max_length=120)
    media = models.FileField(_("media file of a rung"), max_length=120, blank=True)
    bytes = models.PositiveBigIntegerField(_("size in bytes"))
    bitrate = models.PositiveBigIntegerField(_("bits a second"))
    peak_bitrate = models.PositiveBigIntegerField(_("most bits a second"), default=0)
    codecs = models.CharField(_("codecs (RFC 6381)"), max_length=80, blank=True)
    frame_rate = models.FloatField(_("frames a second"), default=0.0)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["film", "height"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "kind", "height"], name="rendition_once_a_height"
            )
        ]

    def __str__(self) -> str:
        return f"{self.film}, {self.height}p"


class Still(models.Model):
    """A picture from the film that may stand for it: the author picks one as the poster."""

    film = models.ForeignKey(Film, models.CASCADE, related_name="stills", verbose_name=_("film"))
    position = models.PositiveSmallIntegerField(_("position"))
    second = models.FloatField(_("second in the film"))
    file = models.FileField(_("file"), max_length=120)
    is_poster = models.BooleanField(_("chosen as the poster"), default=False)

    class Meta:
        verbose_name = _("still picture")
        verbose_name_plural = _("still pictures")
        ordering = ["film", "position"]
        constraints = [
            models.UniqueConstraint(fields=["film", "position"], name="still_once_a_position"),
            models.UniqueConstraint(
                fields=["film"], condition=models.Q(is_poster=True), name="still_one_poster"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film}, {self.second:.1f} s"
