"""HLS playlists keep the standard and name nothing of this machine."""

import re

import m3u8
import pytest

from media_pipeline.steps.playlist import read_playlist
from media_pipeline.steps.transcode import Version


def test_a_rungs_playlist_keeps_the_standard(rung: Version) -> None:
    """RFC 8216: sections 4.3.3.1, 4.3.2.1, 4.3.2.2 and 4.3.2.5."""
    assert rung.playlist is not None
    text = rung.playlist.read_text()
    listed = m3u8.loads(text)
    assert text.startswith("#EXTM3U\n")
    assert (listed.version, listed.playlist_type, listed.is_endlist) == (7, "vod", True)
    assert max(round(one.duration) for one in listed.segments) <= listed.target_duration
    assert [round(one.duration) for one in listed.segments] == [6, 1]
    assert sum(one.duration for one in listed.segments) == pytest.approx(7.0, abs=0.15)
    assert {one.uri for one in listed.segments} == {rung.path.name}
    header = listed.segment_map[0]
    assert header.uri == rung.path.name
    place = int(header.byterange.split("@")[0])
    for one in listed.segments:  # part follows part, from the header to the end
        size, begin = map(int, one.byterange.split("@"))
        assert begin == place
        place += size
    assert place == rung.path.stat().st_size


def test_the_rates_of_a_rung_are_those_of_its_parts(rung: Version) -> None:
    assert rung.playlist is not None
    parts = read_playlist(rung.playlist.read_text()).parts
    assert rung.peak_bitrate == max(rung.bitrate, round(parts[0][1] * 8 / parts[0][0]))
    assert rung.bitrate == pytest.approx(rung.bytes * 8 / 7.0, rel=0.03)


def test_a_playlist_names_no_folder_of_this_machine(laddered: list[Version]) -> None:
    for one in laddered:
        assert one.playlist is not None
        addresses = re.findall(r'URI="([^"]+)"|^([^#\n].*)$', one.playlist.read_text(), re.M)
        assert {first or second for first, second in addresses} == {one.path.name}
