"""A bucket as Django's storage, which sends parts of a file without fetching the whole."""

import datetime
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """A private bucket. With `sends_films` it sends films itself, by addresses that run out."""

    sends_films: bool

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "sends_films": False}

    def describe(self, name: str) -> tuple[int, datetime.datetime]:
        """A file's bytes and when it was changed (UTC). Raises FileNotFoundError."""
        found = self._object(name)
        try:
            return found.content_length, found.last_modified
        except ClientError as error:
            raise _as_lost(error, name) from error

    def read_part(self, name: str, part: range, piece: int) -> Iterator[bytes]:
        """The bytes of a part of a file, in pieces of at most `piece` bytes."""
        asked = f"bytes={part.start}-{part.stop - 1}"
        body = self._object(name).get(Range=asked)["Body"] if part else None
        if body is not None:
            with body:
                yield from body.iter_chunks(piece)

    def _object(self, name: str) -> Any:
        return self.bucket.Object(self._normalize_name(name))


def _as_lost(error: ClientError, name: str) -> Exception:
    if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
        return FileNotFoundError(f"File does not exist: {name}")
    return error
