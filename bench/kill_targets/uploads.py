"""A film is sent in pieces, and made of them by the form: the whole of what its author does."""

import base64
import hashlib
import random
from pathlib import Path
from urllib.parse import urlencode

from bench.kill_targets.learners import WATCHED
from bench.kill_targets.target import Acknowledged, Client, Sent

PIECE, PIECES = 256 * 1024, 4
TUS = {"Tus_Resumable": "1.0.0"}
BYTES = "application/offset+octet-stream"


class Lost(SystemExit):
    """Bytes that were acknowledged are not there."""


def film_of(token: str) -> bytes:
    return random.Random(token).randbytes(PIECE * PIECES)


def upload(client: Client, token: str) -> int:
    """Send a film in pieces, make it of them, and return its number."""
    data = film_of(token)
    begun = client.ask("POST", "/uploads/", **TUS, Upload_Length=str(len(data)))
    offset = 0
    while offset < len(data):
        offset = send_piece(client, begun.location, data, offset)
    form = {"title": token, "language": "en", "arrived": begun.location.strip("/").split("/")[-1]}
    made = client.send("/admin/films/new/", urlencode(form).encode())
    if made.status != 302:
        raise SystemExit(f"The form of a film that had arrived was answered with {made.status}.")
    return int(made.location.strip("/").split("/")[-1])


def send_piece(client: Client, url: str, data: bytes, offset: int) -> int:
    """Send what follows; return how much has arrived, which is never less than was said before."""
    piece = data[offset : offset + PIECE]
    proof = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    told = {"Upload_Offset": str(offset), "Upload_Checksum": f"sha256 {proof}"}
    answer = client.ask("PATCH", url, piece, Content_Type=BYTES, **TUS, **told)
    if answer.status != 204:  # sent again after a kill: ask how much of it had arrived
        answer = client.ask("HEAD", url, **TUS)
    arrived = int(answer.headers["Upload-Offset"])
    if arrived < offset:
        raise Lost(f"{offset} bytes were acknowledged, {arrived} are there.")
    return arrived


def no_rows() -> None:
    """Nothing has to be there."""


def account(done: Acknowledged) -> list[str]:
    from django.conf import settings

    from media_pipeline.actions.resumable_uploads import settle_original
    from media_pipeline.models import Film, Upload

    films = {film.pk: film for film in Film.objects.exclude(title=WATCHED)}
    found = [f"film {token} is not there" for token, pk in done.items() if pk not in films]
    for token, pk in done.items():
        if film := films.get(pk):
            settle_original(film)  # as the first step of its work does, which nobody does here
            with film.original.open("rb") as file:
                same = hashlib.sha256(file.read()).digest()
            if same != hashlib.sha256(film_of(token)).digest():
                found.append(f"film {token} has other bytes than were sent")
    if len(films) != len(done):
        found.append(f"there are {len(films)} films of {len(done)} that were sent")
    parts = {path.stem for path in Path(settings.MEDIA_UPLOAD_DIR).glob("*.part")}
    rows = {uuid.hex for uuid in Upload.objects.values_list("uuid", flat=True)}
    return found + [f"nobody knows of {stem}.part" for stem in sorted(parts - rows)]


UPLOADS = Sent("uploads", no_rows, account, upload)
