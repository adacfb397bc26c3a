"""What may change a series."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ground.audit import log_saved, values_of
from ground.refusals import Refused
from library.facts.models import Series
from party.models import Member


@transaction.atomic
def save_series(series: Series, *, by: Member | None, now: datetime.datetime) -> Series:
    """Save a new or changed series; a new one is not published. Raises ValidationError."""
    stored = Series.objects.select_for_update().filter(pk=series.pk).first()
    series.published = stored.published if stored else False
    series.full_clean()
    old = values_of(stored)
    series.save()
    log_saved(series, old, by=by, now=now)
    return series


@transaction.atomic
def publish_series(series: Series, *, by: Member | None, now: datetime.datetime) -> Series:
    """Let readers see a series. Raises Refused where it is published, or has no values."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    if series.published:
        raise Refused(_("“%(series)s” is already published.") % {"series": series})
    if not series.values.exists():
        raise Refused(
            _("“%(series)s” has no values. Upload them before you publish it.") % {"series": series}
        )
    return _show(series, published=True, action="facts.publish_series", by=by, now=now)


@transaction.atomic
def hide_series(series: Series, *, by: Member | None, now: datetime.datetime) -> Series:
    """Take a published series out of readers' sight. Raises Refused where it is not published."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    if not series.published:
        raise Refused(_("“%(series)s” is not published.") % {"series": series})
    return _show(series, published=False, action="facts.hide_series", by=by, now=now)


def _show(
    series: Series, *, published: bool, action: str, by: Member | None, now: datetime.datetime
) -> Series:
    series.published = published
    series.save(update_fields=["published"])
    log(series, action, user=by, timestamp=now, data={"published": [not published, published]})
    return series


@transaction.atomic
def delete_series(series: Series, *, by: Member | None, now: datetime.datetime) -> None:
    """Delete a series with its values. Raises Refused while it is published."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    if series.published:
        raise Refused(
            _("“%(series)s” is published. Hide it before you delete it.") % {"series": series}
        )
    log(series, "wagtail.delete", user=by, timestamp=now, deleted=True)
    series.delete()
