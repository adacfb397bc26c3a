"""What a person may do with films: rights that ask for no row. The others stand at the models."""

from party.permissions import Person


def can_edit_films(person: Person) -> bool:
    """Say whether a person works on films, and so sees those that are not ready too."""
    return bool(person.is_active and person.has_perm("media_pipeline.change_film"))


def can_upload(person: Person) -> bool:
    """Say whether a person may bring a film in."""
    return bool(person.is_active and person.has_perm("media_pipeline.add_film"))


def can_delete_films(person: Person) -> bool:
    """Say whether a person may delete films. Whether a lesson still needs one is another matter."""
    return bool(person.is_active and person.has_perm("media_pipeline.delete_film"))


def can_review_captions(person: Person) -> bool:
    """Say whether a person may put their name to captions as reviewed: film editors alone, for an
    author is the last to see their own slips.
    """
    return can_edit_films(person)


def can_see_jobs(person: Person) -> bool:
    """Say whether the jobs of films are any business of a person’s."""
    return can_edit_films(person) or can_upload(person)
