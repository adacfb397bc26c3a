"""Where films and uploads are kept: a folder, or a bucket named by one address."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "s3://bucket/prefix?region=eu-west-2&endpoint=https://s3.example.org"
KNOWN = {"region", "endpoint", "addressing", "films"}


@dataclass(frozen=True)
class Storage:
    """What an address comes to: Django's setting, and the origins that browsers may fetch from."""

    setting: dict[str, Any]
    origins: tuple[str, ...] = ()
    sends_films: bool = False

    @property
    def film_origins(self) -> tuple[str, ...]:
        """Where a film's own bytes may come from, besides the hub."""
        return self.origins if self.sends_films else ()


def storage_from(address: str) -> Storage:
    """Read `MEMBERSNET_STORAGE`: empty for the media folder, or `s3://bucket/prefix?…`.

    Options: `region`, `endpoint` (of a server that is not Amazon's), `addressing` (`path` or
    `virtual`) and `films` (`stream`: the hub sends films, `redirect`: the bucket does, by signed
    addresses that run out). Keys are never part of it: they come from `AWS_ACCESS_KEY_ID` and
    `AWS_SECRET_ACCESS_KEY`, or from the machine's role. Raises ImproperlyConfigured.
    """
    if not address:
        return Storage({"BACKEND": "django.core.files.storage.FileSystemStorage"})
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or set(options) - KNOWN:
        raise _wrong(f"it is not of the form {EXAMPLE}")
    if parts.username or parts.password:
        raise _wrong("keys do not belong in it; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    if options.get("films", "stream") not in ("stream", "redirect"):
        raise _wrong("“films” is “stream” or “redirect”")
    if options.get("addressing", "path") not in ("path", "virtual"):
        raise _wrong("“addressing” is “path” or “virtual”")
    return Storage(
        _setting(parts.netloc, parts.path, options),
        (_origin(parts.netloc, options),),
        options.get("films") == "redirect",
    )


def _setting(bucket: str, prefix: str, options: dict[str, str]) -> dict[str, Any]:
    known = {
        "bucket_name": bucket,
        "location": prefix.strip("/"),
        "region_name": options.get("region"),
        "endpoint_url": options.get("endpoint"),
        # “virtual” names the region too; a bucket outside America answers nothing else.
        "addressing_style": options.get(
            "addressing", "path" if "endpoint" in options else "virtual"
        ),
        "signature_version": "s3v4",
        "file_overwrite": True,  # a step done again replaces what it made
        "default_acl": None,  # private: the bucket's own rule, never public
        "querystring_auth": True,
        "sends_films": options.get("films") == "redirect",
    }
    given = {name: value for name, value in known.items() if value is not None}
    return {"BACKEND": "membersnet.s3.Bucket", "OPTIONS": given}


def _origin(bucket: str, options: dict[str, str]) -> str:
    """The origin of the bucket's signed addresses, for the content security policy."""
    if endpoint := options.get("endpoint"):
        parts = urlsplit(endpoint)
        host = (
            parts.netloc if options.get("addressing") != "virtual" else f"{bucket}.{parts.netloc}"
        )
        return f"{parts.scheme}://{host}"
    region = f".{options['region']}" if "region" in options else ""
    if options.get("addressing") == "path":
        return f"https://s3{region}.amazonaws.com"
    return f"https://{bucket}.s3{region}.amazonaws.com"


def _wrong(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"MEMBERSNET_STORAGE cannot be used: {reason}.")
