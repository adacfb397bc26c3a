"""How the address of a cluster is read."""

import pytest

from search.engines.cluster.address import Address, parse_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:9200", Address(("http://127.0.0.1:9200",))),
        ("https://es/", Address(("https://es:9200",))),
        ("http://es:9201/hub-1", Address(("http://es:9201",), "hub-1")),
        (
            "https://hub:p%40ss%3Aw@a:1,b:2,[::1]:3/hub?ca=/etc/ca.pem&seconds=2.5",
            Address(
                ("https://a:1", "https://b:2", "https://[::1]:3"),
                "hub", "hub", "p@ss:w", "/etc/ca.pem", 2.5,
            ),
        ),
    ],
)  # fmt: skip
def test_an_address_says_where_who_and_what(url, address):
    assert parse_address(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "", "es:9200", "ftp://hub:secret@es/hub", "http://hub:secret@/hub", "http://hub:secret@es:x/",
        "http://hub:secret@es:99999/hub", "http://hub:secret@es/Hub", "http://hub:secret@es/a/b",
        "http://hub:secret@es/_all", "http://hub:secret@es/*", "http://hub:secret@[::1/hub",
        "http://hub:secret@es,,/hub", "http://hub:secret@es/hub?seconds=soon",
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_without_the_password(url):
    with pytest.raises(ValueError, match="MEMBERSNET_SEARCH_URL is not understood") as told:
        parse_address(url)

    assert "secret" not in str(told.value)


def test_an_address_is_shown_without_who_asks():
    address = parse_address("https://hub:secret@a:1,b:2/hub")

    assert address.told == "a:1, b:2"
    assert repr(address) == "Address('a:1, b:2', name='hub')"
