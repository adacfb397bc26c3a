"""Cross-references both ways, defined words where they are used, and on which page all is read."""

import datetime
import re

from django.core.management import call_command

from library.rules.models import CrossReference, DefinedTerm, Provision
from tests.factories.library import make_edition, make_work

TERMS = """\
## Chapter 1 — Words
### Clause I — Meaning of words
1. "Online space" means a group or page that a branch runs.
2. "Moderator" means a member appointed under Chapter 2, Clause I.1.
## Chapter 2 — Moderation
### Clause I — Moderators
1. A branch names a moderator for its online spaces, and each moderator reports.
2. Nothing in Clause I.1 gives more rights than Chapter 1 does.
"""


BYLAWS = """\
## Article IV — Offices
A. The chair answers as Article V, Subsection B says, and as section 5.2 does.
## Article V — Elections
A. The count goes by subsection IV.
B. Votes are counted so:
  4. The first votes count.
  6. The last is out:
    b. by the votes before; or
    c. by subsection B. above.
  7. Subsection 6.c. does not apply, nor section 4.2 of the Code.
"""


def referred(edition) -> set[tuple[str, str]]:
    """Return each reference of an edition: which provision's words, and what they are to."""
    rows = CrossReference.objects.filter(provision__edition=edition).select_related("provision")
    by_lineage = dict(Provision.objects.values_list("lineage", "citation"))
    return {(each.provision.citation, by_lineage[each.lineage]) for each in rows}


def lines_of(html: str) -> dict[str, str]:
    """Return what stands at each place of a page, as HTML."""
    found = re.split(r'<div class="(?:provision|clause)[^"]*" id="([^"]+)"', html)
    return dict(zip(found[1::2], found[2::2], strict=True))


def test_publishing_writes_what_each_provision_refers_to(db):
    edition = make_edition(make_work(), TERMS)

    assert referred(edition) == {("1.I.2", "2.I.1"), ("2.I.2", "2.I.1"), ("2.I.2", "1")}


def test_subsections_are_those_of_the_article_named_or_the_nearest_of_its_own(db):
    edition = make_edition(make_work(), BYLAWS)

    assert referred(edition) == {
        ("article-IV.A", "article-V.B"),
        ("article-V.B.6.c", "article-V.B.6.b"),
        ("article-V.B.7", "article-V.B.6.c"),
    }


def test_a_provision_names_what_refers_to_it(browser, db):
    make_edition(make_work(), TERMS)

    line = lines_of(browser.get("/rules/sample/2/I/").content.decode())["I.1"]

    assert "Referred to by 2 others" in line
    assert re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', line) == [
        ("/rules/sample/1/I/#I.2", "Chapter 1 Clause I.2"),
        ("/rules/sample/2/I/#I.2", "Chapter 2 Clause I.2"),
    ]


def test_a_work_published_later_is_referred_to_by_those_that_named_it_before(browser, db):
    order = make_edition(
        make_work("order", title="Standing order"),
        "## Part 1\n1. As in Chapter 2, Clause I.1 of the Book of rules.",
    )
    assert referred(order) == set()
    make_edition(make_work(title="Book of rules"), TERMS)

    assert referred(order) == {("part-1.1", "2.I.1")}
    line = lines_of(browser.get("/rules/sample/2/I/").content.decode())["I.1"]
    assert '<a href="/rules/order/part-1/#1">Standing order: Part 1 paragraph 1</a>' in line


def test_what_one_may_not_read_neither_links_nor_is_linked_to(browser, db):
    edition = make_edition(make_work(), TERMS)
    edition.provisions.filter(path__startswith="2/").update(audience="officers")
    edition.provisions.filter(path="1/I/1").update(audience="officers")

    html = browser.get("/rules/sample/1/").content.decode()

    assert "Chapter 2, Clause I.1." in html
    assert "/rules/sample/2/I/" not in html
    assert "Referred to by" not in html
    assert "Online space" not in browser.get("/rules/sample/words/").content.decode()


def test_defined_words_are_explained_at_their_first_use_in_each_provision(browser, db):
    edition = make_edition(make_work(), TERMS)
    space = DefinedTerm.objects.get(edition=edition, term="Online space")

    html = browser.get("/rules/sample/2/").content.decode()

    line = lines_of(html)["I.1"]
    term = r'<a class="term" href="([^"]+)" aria-describedby="([^"]+)">(.*?)</a>'
    assert re.findall(term, line) == [
        ("/rules/sample/1/I/#I.2", f"term-{edition.terms.get(term='Moderator').pk}", "moderator"),
        ("/rules/sample/1/I/#I.1", f"term-{space.pk}", "online spaces"),
    ]  # fmt: skip
    assert f'<div id="term-{space.pk}">' in html
    assert "means a group or page that a branch runs." in html


def test_a_work_lists_its_words_from_a_to_z(browser, db):
    make_edition(make_work(), TERMS)

    html = browser.get("/rules/sample/words/").content.decode()

    assert re.findall(r'<dt><a href="([^"]+)">([^<]+)</a>', html) == [
        ("/rules/sample/1/I/#I.2", "Moderator"),
        ("/rules/sample/1/I/#I.1", "Online space"),
    ]


def test_reading_an_older_edition_keeps_its_own_references(browser, db):
    work = make_work()
    make_edition(work, TERMS)
    make_edition(work, TERMS.replace("more rights", "rights"), "Second", datetime.date(2021, 1, 1))

    line = lines_of(browser.get("/rules/sample/first-edition/2/I/").content.decode())["I.2"]

    assert '<a href="/rules/sample/first-edition/2/I/#I.1">Clause I.1</a>' in line


def test_editions_from_before_an_upgrade_get_their_links_by_a_command(book):
    CrossReference.objects.all().delete()
    call_command("link_rules")
    assert CrossReference.objects.filter(provision__edition=book).count() == 2
