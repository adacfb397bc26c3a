"""Who can sign in to the demonstration. It needs no Django: whoever only prints it stays small."""

import dataclasses

PASSWORD = "membersnet-demo"  # noqa: S105  printed on purpose: the demonstration's only password
HOME_REGION = "Yorkshire and the Humber"
HOME_UNIT = "Calder Valley"


@dataclasses.dataclass(frozen=True)
class SampleLogin:
    """Somebody with a login that is printed when the demonstration is ready."""

    email: str
    first_name: str
    last_name: str
    what: str


PEOPLE = (
    SampleLogin(
        "officer@demo.example",
        "Olivia",
        "Sampleford",
        f"social media officer of {HOME_UNIT}: their course, their certificate",
    ),
    SampleLogin(
        "member@demo.example", "Marek", "Exampleby", "a member without a post: search and read"
    ),
    SampleLogin(
        "lead@demo.example",
        "Rowan",
        "Demoworth",
        f"digital lead of {HOME_REGION}: its posts, whom to ring",
    ),
    SampleLogin(
        "author@demo.example", "Anwen", "Specimen", "an author: films and lessons, in /admin/"
    ),
    SampleLogin(
        "operator@demo.example", "Imran", "Dummerston", "an operator: background work, in /admin/"
    ),
    SampleLogin(
        "national@demo.example", "Nia", "Patternley", "the national team: every region, and all"
    ),
)
