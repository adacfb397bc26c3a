"""HLS playlists (RFC 8216): what ffmpeg wrote for a rung, and the one that offers all rungs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SEGMENT = re.compile(r"#EXTINF:([\d.]+),\s*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n")
SOUND_GROUP = "sound"


@dataclass(frozen=True)
class Segments:
    """The parts of a rung: (seconds, bytes) each, in order."""

    parts: tuple[tuple[float, int], ...]

    @property
    def seconds(self) -> float:
        return sum(seconds for seconds, _ in self.parts)

    @property
    def bitrate(self) -> int:
        """Bits a second over the whole length."""
        return round(sum(size for _, size in self.parts) * 8 / self.seconds) if self.parts else 0

    @property
    def peak_bitrate(self) -> int:
        """Bits a second of the dearest part; a short last part does not count (section 4.1)."""
        longest = max((seconds for seconds, _ in self.parts), default=0.0)
        counted = [part for part in self.parts if part[0] >= longest / 2]
        rates = [round(size * 8 / seconds) for seconds, size in counted]
        return max([self.bitrate, *rates])


@dataclass(frozen=True)
class PlaylistEntry:
    """A rung as the master playlist offers it. Rates in bits and frames a second."""

    address: str
    width: int
    height: int
    bitrate: int
    peak_bitrate: int
    codecs: str
    frame_rate: float = 0.0


def read_playlist(text: str) -> Segments:
    """The parts of a playlist in which every part is a byte range of one file."""
    segments = SEGMENT.findall(text)
    return Segments(tuple((float(seconds), int(size)) for seconds, size, _ in segments))


def master_playlist(
    pictures: Sequence[PlaylistEntry], sound: PlaylistEntry | None, *, language: str
) -> str:
    """The playlist that offers every rung, the smallest first, and last the sound alone.

    ``language`` is the spoken one's tag (RFC 5646). A film without sound has only pictures.
    """
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    if sound:
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{SOUND_GROUP}",NAME="{language}",'
            f'LANGUAGE="{language}",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="{sound.address}"'
        )
    for rung in sorted(pictures, key=lambda rung: rung.height):
        lines += [_stream(rung, sound), rung.address]
    if sound:
        lines += [_stream(sound, sound, alone=True), sound.address]
    return "\n".join(lines) + "\n"


def _stream(rung: PlaylistEntry, sound: PlaylistEntry | None, *, alone: bool = False) -> str:
    beside = None if alone else sound
    codecs = ",".join([rung.codecs, beside.codecs] if beside else [rung.codecs])
    attributes = [
        f"BANDWIDTH={rung.peak_bitrate + (beside.peak_bitrate if beside else 0)}",
        f"AVERAGE-BANDWIDTH={rung.bitrate + (beside.bitrate if beside else 0)}",
        f'CODECS="{codecs}"',
    ]
    if not alone:
        attributes += [
            f"RESOLUTION={rung.width}x{rung.height}",
            f"FRAME-RATE={rung.frame_rate:.3f}",
        ]
    if sound:
        attributes.append(f'AUDIO="{SOUND_GROUP}"')
    return "#EXT-X-STREAM-INF:" + ",".join(attributes)
