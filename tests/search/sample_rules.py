"""Sixty short made-up rules in the shape of a rule book, to try questions on. No party has them."""

from search.engines.document import Document

CHAPTERS = {
    1: "Membership",
    2: "Branches",
    3: "Meetings",
    4: "Officers",
    5: "Money",
    6: "Online spaces",
    7: "Discipline",
}

# citation: (title, text)
RULES = {
    "1.I.1": (
        "Who may join",
        "Anyone aged 14 or over who lives in the country and supports the aims may join.",
    ),
    "1.I.2": (
        "One membership",
        "A person belongs to one branch at a time, which is the branch where she lives.",
    ),
    "1.I.3": (
        "Other parties",
        "Nobody may join who belongs to another political party or stands against a candidate.",
    ),
    "1.II.1": (
        "How to join",
        "An application is made in writing or online, with the first subscription.",
    ),
    "1.II.2": (
        "Objections",
        "The branch may object within eight weeks, giving its reasons; the region decides.",
    ),
    "1.III.1": (
        "Subscription",
        "The subscription is set each year. Students, carers and the unwaged pay the reduced rate.",
    ),
    "1.III.2": (
        "Arrears",
        "A member who is six months behind with the subscription is reminded twice, then lapses.",
    ),
    "1.IV.A": ("Resigning", "A member resigns by telling the branch secretary in writing."),
    "1.IV.B": ("Moving house", "A member who moves tells the new branch within three months."),
    "2.I.1": ("What a branch is", "A branch is formed where at least twenty members live."),
    "2.I.2": (
        "Boundaries",
        "Boundaries follow the wards of the local council and are drawn by the region.",
    ),
    "2.I.3": ("Name", "A branch bears the name of its place."),
    "2.I.8": (
        "Standing orders",
        "Each branch adopts the model standing orders or sends its own to the region for approval.",
    ),
    "2.II.1": ("Merging", "Two branches may merge when both agree by a majority."),
    "2.II.2": (
        "Suspending a branch",
        "The region may suspend a branch that does not hold its annual meeting two years running.",
    ),
    "2.III.1": ("Delegates", "Each branch elects delegates to the area committee every year."),
    "2.III.2": (
        "Number of delegates",
        "There is one delegate for each fifty members or part of fifty.",
    ),
    "3.I.1": (
        "Annual general meeting",
        "The annual general meeting is held between May and July. Officers are elected there.",
    ),
    "3.I.2": (
        "Ordinary meetings",
        "A branch meets at least four times a year, in person, online or both together.",
    ),
    "3.I.3": (
        "Special meetings",
        "A special meeting is called when a fifth of the members ask for it in writing.",
    ),
    "3.II.1": (
        "Notice",
        "Members are told of a meeting at least seven days before, with the agenda.",
    ),
    "3.II.2": (
        "Quorum",
        "No business is done unless the quorum is present. The quorum is a twentieth of the "
        "members, and never fewer than five.",
    ),
    "3.II.3": (
        "No quorum",
        "If too few have come after half an hour, the meeting is adjourned for a week.",
    ),
    "3.III.1": ("Motions", "A motion is sent to the secretary ten days before the meeting."),
    "3.III.2": (
        "Emergency motions",
        "A motion on something that happened after the deadline may be taken if two thirds agree.",
    ),
    "3.III.3": ("Amendments", "An amendment is moved and voted on before the motion itself."),
    "3.IV.1": ("Voting", "Votes are by show of hands unless a member asks for a secret ballot."),
    "3.IV.2": (
        "Casting vote",
        "When votes are equal the motion falls; the chair has no second vote.",
    ),
    "3.V.1": ("Minutes", "The secretary keeps minutes and shows them at the next meeting."),
    "4.I.1": (
        "Officers of a branch",
        "The officers are chair, vice-chair, secretary, treasurer and women's officer.",
    ),
    "4.I.2": (
        "Optional officers",
        "A branch may also elect a social media officer, a youth officer and others it needs.",
    ),
    "4.I.3": ("Job sharing", "Two people may hold an office together; they have one vote."),
    "4.II.1": ("Nomination", "Each member may nominate one person for each office."),
    "4.II.2": (
        "Term of office",
        "Officers serve until the end of the next annual general meeting.",
    ),
    "4.II.3": (
        "Vacancies",
        "An office that falls vacant is filled at the next meeting of which notice was given.",
    ),
    "4.III.1": (
        "Secretary",
        "The secretary calls meetings, keeps the list of members safe and answers letters.",
    ),
    "4.III.2": ("Treasurer", "The treasurer keeps the accounts and reports on them each quarter."),
    "4.III.3": (
        "Social media officer",
        "The social media officer looks after the branch's pages, groups and e-mail newsletter.",
    ),
    "4.IV.1": (
        "Removing an officer",
        "An officer may be removed by two thirds at a special meeting.",
    ),
    "5.I.1": ("Accounts", "Money is kept in an account that needs two signatures."),
    "5.I.2": ("Auditors", "Two auditors who are no officers examine the books each year."),
    "5.II.1": ("Donations", "A donation above 500 pounds is reported within thirty days."),
    "5.II.2": ("Anonymous gifts", "Money from an unknown giver is sent back or handed over."),
    "5.III.1": ("Expenses", "Officers are paid back what they spent if they show receipts."),
    "6.I.1": (
        "Official pages",
        "A page or group counts as official when the branch has told the region of it.",
    ),
    "6.I.2": ("Two keepers", "Each official page has at least two people who hold its password."),
    "6.I.3": (
        "House rules",
        "House rules are shown at the top of each group and say what is removed and why.",
    ),
    "6.I.4": (
        "Handing over",
        "Passwords and pages are handed over within seven days of an officer's leaving.",
    ),
    "6.II.1": (
        "Removing a comment",
        "A moderator may remove a comment that breaks the house rules. Before that she keeps a "
        "picture of it and notes the reason.",
    ),
    "6.II.2": (
        "Telling the writer",
        "Whoever wrote what was removed is told why, and may ask another moderator to look again.",
    ),
    "6.II.3": (
        "Blocking",
        "Somebody is blocked from a group only after a warning, or at once after a threat.",
    ),
    "6.III.1": (
        "Harassment and threats",
        "Threats are reported to the police. Harassment is reported to the safeguarding officer.",
    ),
    "6.III.2": (
        "Young members",
        "No moderator sends private messages to anyone under 18; parents are told of each group.",
    ),
    "6.IV.1": (
        "Personal data",
        "Lists of members are never put into a group. Data protection law is followed; a loss of "
        "data is reported within a day.",
    ),
    "7.I.1": ("Conduct", "Members treat each other with respect, in meetings and online."),
    "7.I.2": ("Complaints", "A complaint is made in writing within a year of what happened."),
    "7.II.1": (
        "Investigation",
        "The region appoints somebody without an interest in the matter to find out the facts.",
    ),
    "7.II.2": ("Suspension", "A member may be suspended while a serious complaint is looked into."),
    "7.VIII.3.A": (
        "Appeals",
        "An appeal is made within fourteen days of the decision to the appeals panel.",
    ),
    "7.VIII.3.B": ("Panel", "The appeals panel has three members, none from the same region."),
}


def rules() -> list[Document]:
    """Return the rules as a source would offer them."""
    return [
        Document(
            id=citation,
            key=citation,
            kind="rule",
            url=f"/rules/{citation.lower()}/",
            title=title,
            heading=f"Chapter {citation[0]} › {CHAPTERS[int(citation[0])]}",
            body=text,
            citation=citation,
            audience=("members",),
            group=f"chapter-{citation[0]}",
        )
        for citation, (title, text) in RULES.items()
    ]
