"""Where the cluster is, who the hub is there, and what its index is called: one address says it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

DEFAULT_NAME, DEFAULT_PORT = "membersnet", 9200
READ_SECONDS = 0.7  # for a whole question, so that its page is there within a second
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_WRONG = "MEMBERSNET_SEARCH_URL is not understood: {}."  # never the address: it holds a password


@dataclass(frozen=True, slots=True)
class Address:
    """`hosts` as the client takes them, `name` the alias under which the index is asked.

    `ca` is a file of certificates to trust in place of the machine's own; a question that is not
    answered in `seconds` is given up.
    """

    hosts: tuple[str, ...]
    name: str = DEFAULT_NAME
    user: str = ""
    password: str = ""
    ca: str = ""
    seconds: float = READ_SECONDS

    def __repr__(self) -> str:
        return f"Address({self.told!r}, name={self.name!r})"

    @property
    def told(self) -> str:
        """The hosts as people may read them, without who asks."""
        return ", ".join(host.partition("//")[2] for host in self.hosts)


def parse_address(url: str) -> Address:
    """Take apart `https://user:password@host:9200,other:9200/name?ca=/path/of/ca.pem&seconds=2`.

    Only a host is needed. Raises ValueError, whose words do not hold the password.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError(_WRONG.format("it is no address")) from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(_WRONG.format("it begins with http:// or https://"))
    person, _, places = parts.netloc.rpartition("@")
    user, _, password = person.partition(":")
    said = parse_qs(parts.query)
    name = parts.path.strip("/") or DEFAULT_NAME
    if not _NAME.fullmatch(name):
        raise ValueError(_WRONG.format("the name of an index has a to z, 0 to 9, _ - and . only"))
    return Address(
        hosts=tuple(_host(parts.scheme, place) for place in places.split(",")),
        name=name,
        user=unquote(user),
        password=unquote(password),
        ca=said.get("ca", [""])[0],
        seconds=_seconds(said.get("seconds", [str(READ_SECONDS)])[0]),
    )


def _seconds(typed: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", typed, re.ASCII):
        raise ValueError(_WRONG.format("seconds is a number"))
    return float(typed)


def _host(scheme: str, place: str) -> str:
    try:
        parts = urlsplit(f"{scheme}://{place.strip()}")
        host, port = parts.hostname, parts.port or DEFAULT_PORT
    except ValueError:
        host, port = None, 0
    if not host:
        raise ValueError(_WRONG.format("each host is a name or a number, and a port"))
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
