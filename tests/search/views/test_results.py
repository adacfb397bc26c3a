"""What stands above the results: pinned answers, citations, meanings, a quotation."""

import pytest

from search.actions import indexing
from search.models import AskedQuestion, BestBet, VocabularyEntry
from tests.pages import visible_text
from tests.search.pages import addresses, page

pytestmark = pytest.mark.django_db


def test_a_citation_stands_first_with_its_text_and_is_not_repeated(client, member, library):
    shown = page(client, q="Chapter 7 Clause VIII.3.A")

    cited = shown.select_one(".search-cited")
    assert shown.find("article") is cited
    assert (cited.h2.a["href"], visible_text(cited.h2)) == ("/rules/7.viii.3.a/", "Appeals")
    assert visible_text(cited.select_one(".meta")) == "7.VIII.3.A · Chapter 7 › Discipline"
    assert visible_text(cited.select_one(".search-text")).startswith("An appeal")
    assert "/rules/7.viii.3.a/" not in addresses(shown)


def test_a_range_of_citations_is_shown_whole_and_in_order(client, member, library):
    shown = page(client, q="6.I.1 to 6.I.4")

    assert [visible_text(title) for title in shown.select(".search-cited h2")] == [
        "Official pages",
        "Two keepers",
        "House rules",
        "Handing over",
    ]


def test_of_a_long_range_the_last_are_only_named(client, member, rule_book):
    for n in range(1, 15):
        rule_book.put(f"9.I.{n}", f"Text {n}.", title=f"Rule {n}", citation=f"9.I.{n}")
    indexing.index_changes()
    shown = page(client, q="9.I.1 to 9.I.14")

    assert len(shown.select(".search-cited")) == 10
    named = shown.find("h2", string="Other provisions you cited").find_next("ul")
    assert [visible_text(link) for link in named.select("a")] == [
        f"Rule {n}" for n in range(11, 15)
    ]


def test_a_long_text_is_folded_between_its_lines_and_lost_nowhere(client, member, rule_book):
    lines = [f"{n}. This is line {n} of a long provision, as some are." for n in range(1, 61)]
    rule_book.put("9.I.1", "\n".join(lines), title="Long", citation="9.I.1")
    indexing.index_changes()
    opening, rest = page(client, q="9.I.1").select(".search-cited .search-text")

    assert [p.get_text() for p in opening.select("p") + rest.select("p")] == lines
    assert rest.find_parent("details").summary.get_text() == "Show the rest of the text"


@pytest.mark.parametrize("body", ["word " * 400, "x" * 2000])
def test_one_long_line_is_parted_too(client, member, rule_book, body):
    rule_book.put("9.I.1", body, title="Long", citation="9.I.1")
    indexing.index_changes()
    opening, rest = page(client, q="9.I.1").select(".search-cited .search-text")

    assert len(opening.get_text()) <= 900
    together = opening.get_text() + rest.get_text()
    assert together.replace(" ", "") == body.replace(" ", "")


def test_the_parts_of_a_rule_are_set_in_by_their_place(client, member, rule_book):
    body = "A moderator may:\nA. remove;\ni. at once;\nii. later;\na. in writing; or\nB. warn."
    rule_book.put("9.I.1", body, title="May", citation="9.I.1")
    indexing.index_changes()
    lines = page(client, q="9.I.1").select(".search-line")

    assert [(line["class"][1][-1], line.get_text()) for line in lines] == [
        ("0", "A moderator may:"),
        ("1", "A. remove;"),
        ("2", "i. at once;"),
        ("2", "ii. later;"),
        ("3", "a. in writing; or"),
        ("1", "B. warn."),
    ]


def test_a_citation_that_may_mean_several_things_lists_them(client, member, library):
    shown = page(client, q="Clause II.1")

    card = shown.select_one(".search-above .card")
    assert visible_text(card.h2) == "Which Clause II.1 ?"
    assert "/rules/6.ii.1/" in addresses(card, "li a")
    assert all(address.endswith(".ii.1/") for address in addresses(card, "li a"))


def test_a_citation_that_is_not_there_says_so_with_what_is_nearest(client, member, library):
    shown = page(client, q="6.I.99")

    notice = shown.select_one(".search-above .notice")
    assert visible_text(notice.p) == "There is no 6.I.99 in the rules in force. Nearest:"
    assert addresses(notice, "li a") == [f"/rules/6.i.{n}/" for n in (1, 2, 3, 4)]


def test_a_citation_that_was_found_counts_as_found(client, member, rule_book):
    rule_book.put("9.I.1", "Text.", title="New", citation="9.I.1")  # the index has not seen it yet
    indexing.rebuild_index()
    rule_book.put("9.I.2", "Text.", title="Newer", citation="9.I.2")
    page(client, q="9.I.2")

    assert AskedQuestion.objects.get().results >= 1


def test_what_editors_pinned_to_a_question_stands_above_all(client, member, library):
    BestBet.objects.create(
        questions="who do I ask\nremove comments",
        title="House rules for groups",
        address="/facts/house-rules/",
        note="Start here.",
    )
    for_editors = BestBet(
        questions="remove comments", title="Secret", address="/x/", audience="editors"
    )
    for_editors.save()
    shown = page(client, q="Remove comments")

    card = shown.select_one(".search-above > article")
    assert (visible_text(card.h2), card.h2.a["href"]) == (
        "House rules for groups",
        "/facts/house-rules/",
    )
    assert visible_text(card.p) == "Chosen by the editors"
    assert "Secret" not in visible_text(shown)


def test_a_defined_term_explains_itself_and_leads_to_its_rule(client, member, library):
    VocabularyEntry.objects.create(
        words="CLP\nConstituency Labour Party",
        meaning="The party in one constituency.",
        source="Chapter 1 Clause II.1",
    )
    shown = page(client, q="quorum of a CLP")

    assert visible_text(shown.select_one(".search-defined dt")) == "CLP, Constituency Labour Party"
    assert visible_text(shown.select_one(".search-defined dd")) == (
        "The party in one constituency. Source: Chapter 1 Clause II.1"
    )
    assert addresses(shown, ".search-defined a") == ["/search/?q=Chapter+1+Clause+II.1"]


def test_a_question_is_answered_by_a_quotation_with_its_place(client, member, library):
    shown = page(client, q="What is the quorum?")

    quoted = shown.select_one("figure.search-quoted")
    assert visible_text(quoted.blockquote).startswith(
        "No business is done unless the quorum is present."
    )
    assert addresses(quoted, "cite a") == ["/rules/3.ii.2/"]


def test_a_mistyped_word_is_put_right_and_the_typed_one_is_offered(client, member, library):
    shown, meant = page(client, q="quorom"), page(client, q="quorum")

    assert visible_text(shown.select_one(".search-instead")) == (
        'Showing results for quorum . Search only for "quorom"'
    )
    assert addresses(shown, ".search-instead a") == ["/search/?q=%22quorom%22"]
    assert addresses(shown) == addresses(meant)
    assert visible_text(shown.select_one("[role=status]")) == visible_text(
        meant.select_one("[role=status]")
    )
    assert not page(client, q='"quorom"').select(".search-instead, .search-hits")


def test_what_stands_above_is_that_of_the_words_that_were_meant(client, member, library):
    shown = page(client, q="What is the quorom?")

    assert addresses(shown, "figure.search-quoted cite a") == ["/rules/3.ii.2/"]


def test_every_page_of_a_list_is_put_right_alike(client, member, rule_book):
    for n in range(25):
        rule_book.put(f"9.I.{n}", f"A gazebo, number {n}.", title=f"Rule {n}")
    indexing.index_changes()
    pages = [page(client, q="gazeebo", kind="rule", page=number) for number in (1, 2, 3)]

    assert [len(shown.select(".search-hits > li")) for shown in pages] == [10, 10, 5]
    assert {visible_text(shown.select_one(".search-instead strong")) for shown in pages} == {
        "gazebo"
    }


def test_where_the_words_that_were_meant_find_less_they_are_only_offered(client, member, rule_book):
    for n in range(3):
        rule_book.put(f"9.I.{n}", f"Of {n} stones, each stone is green.", title=f"Rule {n}")
    rule_book.put("9.II", "A stove of iron.", title="Rule")
    indexing.index_changes()
    shown = page(client, q="stoie")

    assert visible_text(shown.select_one(".search-instead")) == "Did you mean stone ?"
    assert len(shown.select(".search-hits > li")) == 4


def test_nothing_stands_above_a_list_that_was_narrowed(client, member, library):
    shown = page(client, q="7.VIII.3.A", kind="rule")

    assert not shown.select(".search-above")
    assert addresses(shown)[0] == "/rules/7.viii.3.a/"
