"""Search in the editors' admin: teaching it, and reading what was asked and not found."""

import csv
import datetime
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from search.actions.question_log import log_opened_result, log_question
from search.actions.vocabulary import vocabulary
from search.models import AskedQuestion, BestBet, VocabularyEntry
from tests.factories.party import MemberFactory

pytestmark = pytest.mark.django_db
ALL = [f"{may}_{what}" for may in ("add", "change", "delete", "view") for what in ("bestbet",)]
ALL += [f"{may}_vocabularyentry" for may in ("add", "change", "delete", "view")]


def may(*codenames: str):
    """Return somebody who may enter the admin and do these things there."""
    person = MemberFactory()
    wanted = Permission.objects.filter(codename__in=["access_admin", *codenames])
    person.user_permissions.set(wanted)
    return person


@pytest.fixture
def editor(client):
    person = may(*ALL, "view_askedquestion")
    client.force_login(person)
    return person


def ask(question: str, results: int = 0, *, times: int = 1, days_ago: int = 0, opened: int = 0):
    for _time in range(times):
        day = timezone.localdate() - datetime.timedelta(days=days_ago)
        token = log_question(question, results, today=day)
        log_opened_result(token, opened)


def shown(client, days: str = "") -> dict[str, list[tuple]]:
    page = client.get(reverse("asked:index"), {"days": days} if days else {})
    return {
        each["name"]: [(row["question"], row["times"], row["on_days"]) for row in each["rows"]]
        for each in page.context["lists"]
    }


# --- teaching --------------------------------------------------------------------------------
def test_a_word_taught_in_the_admin_is_logged_and_known_to_the_next_question(client, editor):
    form = {"words": "CLP\r\nlocal party", "both_ways": "on", "meaning": "A party.", "source": ""}
    response = client.post(reverse("vocabularyentry:add"), form)

    row = VocabularyEntry.objects.get()
    assert response.headers["Location"] == reverse("vocabularyentry:index")
    assert [found.forms for found in vocabulary().sets] == [("CLP", "local party")]
    made = ModelLogEntry.objects.for_instance(row).get()
    assert (made.action, made.user) == ("wagtail.create", editor)

    client.post(reverse("vocabularyentry:edit", args=[row.pk]), {**form, "meaning": "Ours."})
    changed = ModelLogEntry.objects.for_instance(row).get(action="wagtail.edit")
    assert changed.data["changes"] == {"meaning": ["A party.", "Ours."]}

    client.post(reverse("vocabularyentry:delete", args=[row.pk]))
    assert vocabulary().sets == ()
    assert ModelLogEntry.objects.filter(action="wagtail.delete", user=editor).count() == 1


def test_an_answer_is_pinned_changed_and_taken_away_in_the_admin(client, editor):
    form = {"questions": "remove a comment", "title": "Removing", "address": "/rules/"}
    form |= {"note": "", "audience": "members"}
    client.post(reverse("bestbet:add"), form)
    row = BestBet.objects.get()
    assert vocabulary().bets_for("removing comments", frozenset({"members"})) == (row,)

    client.post(reverse("bestbet:edit", args=[row.pk]), {**form, "audience": "editors"})
    assert vocabulary().bets_for("removing comments", frozenset({"members"})) == ()
    client.post(reverse("bestbet:delete", args=[row.pk]))
    assert [entry.action for entry in ModelLogEntry.objects.order_by("pk")] == [
        "wagtail.create",
        "wagtail.edit",
        "wagtail.delete",
    ]


def test_a_word_that_another_entry_has_is_sent_back_with_its_name(client, editor):
    VocabularyEntry.objects.create(words="CLP\nConstituency Labour Party")
    page = client.post(reverse("vocabularyentry:add"), {"words": "clp\nparty", "both_ways": "on"})

    assert page.context["form"].errors["words"] == [
        "“clp” stands in another entry already: “CLP, Constituency Labour Party”."
        " Write yours there."
    ]


def test_the_links_of_asked_and_not_found_fill_the_forms(client, editor):
    words = client.get(reverse("vocabularyentry:add"), {"words": 'hus"tings<b>'})
    asked = client.get(reverse("bestbet:add"), {"questions": "x" * 900})

    assert words.context["form"]["words"].value() == 'hus"tings<b>\n'
    assert "tings<b>" not in words.content.decode()
    assert asked.context["form"]["questions"].value() == "x" * 200 + "\n"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["vocabularyentry", "bestbet"])
def test_the_lists_ask_as_much_of_search_for_one_row_as_for_three(client, editor, name, count):
    for number in range(count):
        VocabularyEntry.objects.create(words=f"word {number}\nother {number}")
        BestBet.objects.create(questions=f"question {number}", title="T", address="/")
    with CaptureQueriesContext(connection) as captured:
        page = client.get(reverse(f"{name}:index"))

    assert len(page.context["object_list"]) == count
    ours = [query for query in captured if f'FROM "search_{name}"' in query["sql"]]
    assert len(ours) == 2  # how many rows, the rows


@pytest.mark.parametrize("name", ["vocabularyentry", "bestbet"])
def test_whoever_may_not_teach_is_turned_away(client, name):
    row = {
        "vocabularyentry": VocabularyEntry.objects.create(words="a1\nb1"),
        "bestbet": BestBet.objects.create(questions="q", title="T", address="/"),
    }[name]
    client.force_login(may("view_askedquestion"))
    for what, args in (("index", []), ("add", []), ("edit", [row.pk]), ("delete", [row.pk])):
        answer = client.post(reverse(f"{name}:{what}", args=args))
        assert answer.headers["Location"] == reverse("wagtailadmin_home")
    assert type(row).objects.filter(pk=row.pk).exists()


# --- asked and not found ---------------------------------------------------------------------
def test_what_found_nothing_is_listed_with_how_often_and_on_how_many_days(client, editor):
    ask("hustings", times=2)
    ask("hustings", days_ago=3)
    ask("Hustings ", days_ago=3)
    ask("imprint", times=3)
    ask("quorum", results=4)

    assert shown(client)["empty"] == [("hustings", 4, 2), ("imprint", 3, 1)]


def test_what_has_found_something_on_a_later_day_is_no_longer_listed(client, editor):
    ask("hustings", days_ago=5, times=4)
    ask("hustings", results=2, days_ago=1)
    ask("imprint", results=2, days_ago=5)
    ask("imprint", days_ago=1)
    ask("quota", results=2)
    ask("quota")

    assert [row[0] for row in shown(client)["empty"]] == ["imprint", "quota"]


def test_what_found_something_of_which_nobody_opened_anything_is_listed(client, editor):
    ask("quorum", results=9, times=3)
    ask("log", results=9)
    ask("log", results=9, opened=2)
    ask("nothing")

    assert shown(client)["passed"] == [("quorum", 3, 1)]


def test_what_is_asked_most_is_listed_with_the_average_place_opened(client, editor):
    ask("log", results=9, opened=1)
    ask("log", results=9, opened=4)
    ask("log", results=9)
    ask("quorum")
    page = client.get(reverse("asked:index"))

    most = page.context["lists"][2]["rows"]
    assert [(row["question"], row["times"], row["opened"], row["place"]) for row in most] == [
        ("log", 3, 2, 2.5),
        ("quorum", 1, 0, None),
    ]
    html = page.content.decode()
    assert "2.5</td>" in html
    assert "nothing opened" in html


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("7", ["today", "week"]),
        ("30", ["month", "today", "week"]),
        ("90", ["month", "quarter", "today", "week"]),
        ("", ["month", "today", "week"]),
        ("99999999999999", ["month", "today", "week"]),
        ("x", ["month", "today", "week"]),
    ],
)
def test_one_looks_back_a_week_a_month_or_a_quarter(client, editor, days, expected):
    for question, days_ago in (("today", 0), ("week", 6), ("month", 7), ("quarter", 89)):
        ask(question, days_ago=days_ago)
    assert sorted(row[0] for row in shown(client, days)["empty"]) == expected


def test_each_question_can_be_taught_or_pinned_by_whoever_may(client, editor):
    ask("what's a hustings & why?")
    html = client.get(reverse("asked:index")).content.decode()
    asked = "what%27s%20a%20hustings%20%26%20why%3F"
    assert f'href="{reverse("vocabularyentry:add")}?words={asked}"' in html
    assert f'href="{reverse("bestbet:add")}?questions={asked}"' in html
    assert 'aria-label="Pin an answer: what&#x27;s a hustings &amp; why?"' in html

    client.force_login(may("view_askedquestion"))
    html = client.get(reverse("asked:index")).content.decode()
    assert "hustings" in html
    assert "Teach a word" not in html
    assert "Pin an answer" not in html


def test_before_anything_was_asked_the_page_says_so(client, editor):
    html = client.get(reverse("asked:index")).content.decode()
    assert "Nothing has been asked yet." in html
    assert "asked__table" not in html


def test_only_whoever_may_view_questions_sees_the_page_and_its_place_in_the_menu(client, editor):
    assert reverse("asked:index") in client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(may(*ALL))
    for name in ("asked:index", "asked:download"):
        assert client.get(reverse(name)).headers["Location"] == reverse("wagtailadmin_home")
    assert reverse("asked:index") not in client.get(reverse("wagtailadmin_home")).content.decode()

    client.force_login(MemberFactory())
    assert client.get(reverse("asked:index")).status_code == 302


def test_an_administrator_can_give_a_group_the_right_to_teach_and_to_read(client):
    client.force_login(MemberFactory(is_superuser=True))
    html = client.get(reverse("wagtailusers_groups:add")).content.decode()

    for codename in ("view_askedquestion", "add_vocabularyentry", "delete_bestbet"):
        assert f'value="{Permission.objects.get(codename=codename).pk}"' in html


def test_the_file_holds_the_three_lists(client, editor):
    ask("hustings", times=2)
    ask("log", results=9, opened=3)
    answer = client.get(reverse("asked:download"), {"days": "7"})

    today = timezone.localdate().isoformat()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="asked-{today}-7-days.csv"'
    lines = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert lines[1:] == [
        ["Found nothing", "hustings", "2", "1", "2", "0", "", today],
        ["Asked most", "hustings", "2", "1", "2", "0", "", today],
        ["Asked most", "log", "1", "1", "0", "1", "3.0", today],
    ]


@pytest.mark.parametrize("typed", ["=1+1", "+cmd", "-2+3", "@sum", "  =1", "＝1"])
def test_what_somebody_typed_is_no_formula_in_a_spreadsheet(client, editor, typed):
    AskedQuestion.objects.create(day=timezone.localdate(), question=typed, results=0)
    ask(typed)
    lines = csv.reader(io.StringIO(client.get(reverse("asked:download")).getvalue().decode()))
    for cell in [line[1] for line in lines][1:]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_of_search_for_one_question_as_for_three(client, editor, count):
    for number in range(count):
        ask(f"nothing {number}")
        ask(f"something {number}", results=2)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("asked:index"))
    ours = [query for query in captured if 'FROM "search_askedquestion"' in query["sql"]]
    assert len(ours) == 4  # how many searches, and the three lists
