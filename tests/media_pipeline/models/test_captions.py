"""What is said in a film: versions, the one shown, and who reads which."""

import pytest
from django.db import IntegrityError, transaction

from media_pipeline.models import CaptionTrack, Film
from tests.factories.media_pipeline import CaptionTrackFactory, FilmFactory, watchable

pytestmark = pytest.mark.django_db

State = Film.State


def test_captions_made_by_a_machine_alone_say_so():
    labels = {kind.value: CaptionTrack(kind=kind).label for kind in CaptionTrack.Kind}
    assert labels.pop("automatic") == "automatic, not yet checked"
    assert all("automatic" not in label for label in labels.values())


def test_a_film_has_one_current_track_a_language():
    film = watchable()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaptionTrackFactory(film=film, version=2)
    CaptionTrackFactory(film=film, version=2, is_current=False)
    CaptionTrackFactory(film=film, language="cy")
    assert film.tracks.current().count() == 2


def test_members_see_what_is_shown_of_ready_films_and_its_editors_every_composed_version(people):
    for state in (State.READY, State.PROCESSING):
        for owner in (people["author"], people["member"]):
            film = FilmFactory(state=state, uploaded_by=owner)
            CaptionTrackFactory(film=film, version=1)
            for version, stage in enumerate(CaptionTrack.Stage, start=2):
                CaptionTrackFactory(film=film, version=version, is_current=False, stage=stage)
    seen = {name: CaptionTrack.objects.visible_to(one).count() for name, one in people.items()}
    assert seen == {
        "nobody": 0,
        "member": 2,
        "left": 0,
        "author": 7,
        "editor": 12,
        "superuser": 12,
    }
