"""Who may make clips of a film, and who sees which clip."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from media_pipeline.models import Clip, Film
from media_pipeline.models.clips import can_make_clips
from tests.factories.media_pipeline import ClipFactory, FilmFactory, watchable
from tests.factories.party import MemberFactory
from tests.media_pipeline.actions.conftest import holder


def test_who_holds_a_post_or_works_on_films_may_make_clips(db, editor):
    film, unfinished = watchable(), FilmFactory()
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    past = holder(valid_from=today - 400 * day, valid_until=today - day)
    on_their_last_day = holder(valid_from=today - 400 * day, valid_until=today)
    assert can_make_clips(holder(), film)
    assert can_make_clips(on_their_last_day, film)
    assert can_make_clips(editor, film)
    assert not can_make_clips(MemberFactory(), film)
    assert not can_make_clips(past, film)
    assert not can_make_clips(editor, unfinished)


def test_who_has_left_makes_no_clips(db):
    person = holder()
    person.is_active = False
    assert not can_make_clips(person, watchable())
    assert not can_make_clips(AnonymousUser(), watchable())


def test_a_clip_is_seen_by_its_maker_while_they_may_see_its_film(db, editor):
    film, hidden = watchable(), watchable()
    maker, other = holder(), holder()
    clips = [ClipFactory(film=film, made_by=maker), ClipFactory(film=hidden, made_by=maker)]
    clips.append(ClipFactory(film=film, made_by=other))
    Film.objects.filter(pk=hidden.pk).update(state=Film.State.NEEDS_ATTENTION)
    assert set(Clip.objects.visible_to(maker)) == {clips[0]}
    assert set(Clip.objects.visible_to(other)) == {clips[2]}
    for person in (editor, MemberFactory(), MemberFactory(is_active=False), AnonymousUser()):
        assert not Clip.objects.visible_to(person).exists()
