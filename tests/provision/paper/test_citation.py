"""Captions and references: what each style says of a view and of its sources, nothing invented, and
nothing that a format cannot hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision.links.address import web_address
from provision.links.query import Query, parse
from provision.paper.citation import (
    STYLES,
    Citation,
    Work,
    apa,
    bibtex,
    cite,
    documents,
    footnote,
    harvard,
    ris,
    vancouver,
)
from provision.paper.views import chosen, origins
from provision.record import Record

TODAY = date(2026, 11, 22)
LINK = "http://explorer.example:8501/coverage?on=2018-11-30"
BOOK = Work("guide", "The guide", "Farwater Council", "June 2019", (3, 13, 14))
VIEW = Work(
    "view",
    "Coverage: Farwater, as at June 2020",
    version="Data version abc",
    note="Coverage of Farwater",
    address=LINK,
    accessed=TODAY,
    kind="ELEC",
)


def cited(
    record: Record,
    page: str = "coverage",
    *,
    address: str = LINK,
    accessed: date | None = TODAY,
    dated: bool = True,
) -> Citation:
    return cite(
        record,
        page,
        "Coverage",
        "Four of seven are covered.",
        Query.default(record),
        dated=dated,
        address=address,
        accessed=accessed,
    )


@pytest.mark.parametrize(
    ("style", "of_the_view", "of_the_book"),
    [
        (
            harvard,
            (
                "Coverage: Farwater, as at June 2020 (no date). Coverage of Farwater. Data version"
                f" abc. Available at: {LINK} (Accessed: 22 November 2026)."
            ),
            "The guide (2019). Farwater Council, pp. 3, 13–14.",
        ),
        (
            apa,
            (
                "Coverage: Farwater, as at June 2020. (n.d.). Coverage of Farwater. Data version"
                f" abc. Retrieved November 22, 2026, from {LINK}"
            ),
            "The guide (pp. 3, 13–14). (2019, June). Farwater Council.",
        ),
        (
            vancouver,
            (
                "1. Coverage: Farwater, as at June 2020 [Internet]. Data version abc. [place"
                " unknown]: [publisher unknown]; [date unknown] [cited 2026 Nov 22]. Available"
                f" from: {LINK}"
            ),
            "2. The guide. [place unknown]: Farwater Council; 2019 Jun. p. 3, 13–14.",
        ),
        (
            footnote,
            (
                "‘Coverage: Farwater, as at June 2020’ (Coverage of Farwater; Data version abc)"
                f" <{LINK}> accessed 22 November 2026."
            ),
            "The guide (Farwater Council, June 2019) 3, 13–14.",
        ),
    ],
)
def test_a_style_in_text(style: object, of_the_view: str, of_the_book: str) -> None:
    assert callable(style)
    assert style([VIEW, BOOK]).split("\n") == [of_the_view, of_the_book]


def test_bibtex() -> None:
    view, book = bibtex([replace(VIEW, title="50% & more_{x}"), BOOK]).split("\n\n")
    assert (
        r"  title = {{50\% \& more\_\{x\}}}," in view
        and "  urldate = {2026-11-22}," in view
        and f"  url = {{{LINK}}}," in view
    )
    assert book.split("\n") == [
        "@misc{guide,",
        "  title = {{The guide}},",
        "  howpublished = {Farwater Council},",
        "  year = {2019},",
        "  month = jun,",
        "  pages = {3--14}",
        "}",
    ]


def test_ris() -> None:
    view, book = ris([VIEW, replace(BOOK, kind="RPRT")]).split("\n\n")
    assert (
        view.split("\n")[0] == "TY  - ELEC"
        and view.split("\n")[-1] == "ER  - "
        and f"UR  - {LINK}" in view
        and "Y2  - 2026/11/22" in view
    )
    assert book.split("\n") == [
        "TY  - RPRT",
        "TI  - The guide",
        "PB  - Farwater Council",
        "PY  - 2019",
        "DA  - 2019/06//",
        "SP  - 3",
        "EP  - 14",
        "ER  - ",
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019", ("2019", "", "")),
        ("June 2019", ("2019", "June", "")),
        ("10 February 2015", ("2015", "February", "10")),
        ("estimates for 30 June 2018", ("", "", "")),
    ],
)
def test_a_date_is_read_only_where_it_is_nothing_else(
    written: str, day: tuple[str, str, str]
) -> None:
    assert replace(BOOK, dated=written).day == day
    assert written in harvard([replace(BOOK, dated=written)]) or day[0] in harvard(
        [replace(BOOK, dated=written)]
    )


def test_the_caption_says_what_is_seen_and_where_it_is_from(london: Record) -> None:
    found = cited(london)
    assert found.caption.startswith(
        "Coverage: London, as at October 2018. Four of seven are covered. Source: Blueprint Annex"
        " (2019), Figure 1, page 13"
    )
    assert found.caption.endswith(f"Data version {london.version}.") and found.link == LINK
    assert list(dict(found.references)) == list(STYLES)
    for text in dict(found.references).values():
        assert (
            "Annex (Appendix B)" in text
            and "Office for National Statistics" in text
            and london.version in text
        )


def test_every_sentence_of_a_caption_has_its_full_stop(london: Record) -> None:
    said = cite(
        london,
        "coverage",
        "Coverage",
        "Seven have none. Services in London",
        Query.default(london),
        dated=True,
    ).caption
    assert (
        "as at October 2018. Seven have none. Services in London. Source: " in said
        and ".. " not in said
    )
    assert (
        "October 2018. Source: "
        in cite(london, "coverage", "Coverage", "", Query.default(london), dated=True).caption
    )


def test_a_key_tells_page_view_and_version_apart(london: Record) -> None:
    def key(page: str, query: Query, record: Record = london) -> str:
        entry = dict(cite(record, page, "Title", "Said.", query, dated=True).references)["BibTeX"]
        return entry.removeprefix("@misc{").partition(",")[0]

    default = Query.default(london)
    views = [
        ("coverage", default),
        ("gaps", default),
        ("theme_maps", default),
        ("coverage", replace(default, on=date(2020, 4, 30))),
    ]
    keys = [key(page, query) for page, query in views] + [
        key("coverage", default, replace(london, version="0123456789ab"))
    ]
    assert len(set(keys)) == 5 and key("coverage", replace(default)) == keys[0]
    assert all(re.fullmatch(r"[a-z][a-z-]*-[0-9a-f]{6}-[0-9a-f]{6}", own) for own in keys) and keys[
        0
    ].endswith(london.version[:6])


def test_a_figure_is_cited_with_its_own_sources_alone(london: Record) -> None:
    query = replace(Query.default(london), figure="coverage")
    found = cite(
        london,
        "paper",
        "Coverage",
        "Said.",
        query,
        dated=True,
        origins=origins(london, chosen(london, query)),
    )
    assert (
        "Blueprint Annex (2019), Figure 1, page 13, Figure 2" in found.caption
        and "Appendix B" not in found.caption
    )
    assert "Office for National Statistics" not in dict(found.references)["APA"]
    cited_now = {work.id for work in documents(london, origins(london, chosen(london, query))[0])}
    assert cited_now and cited_now < {source.id for source in london.file.sources}
    gaps = replace(query, figure="gaps")
    _, figures = origins(london, chosen(london, gaps))
    ages = {london.indicators_by_id[i].women_from_age for i in figures} - {None}
    assert ages == {18}, "the sentence counts women from 18; nothing on the figure is from 15"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, "coverage"),
        ({"view": "tiles"}, "tiles"),
        ({"theme": "gangs"}, "theme-gangs"),
        ({"figure": "calendar", "theme": "gangs"}, "calendar"),
        ({"figure": "scenario"}, "coverage"),
        ({"hubs": "E09000003~land"}, "scenario"),
    ],
)
def test_which_figure_a_view_asks_for(london: Record, asked: dict[str, str], shown: str) -> None:
    query, _ = parse(asked, london)
    assert chosen(london, query).id == shown


def test_no_author_is_invented_and_what_is_not_stated_is_said(london: Record) -> None:
    found = cited(london, address="javascript:alert(1)", accessed=None)
    whole = "\n".join(text for _, text in found.references)
    assert (
        not re.search(r"(?m)^(  author|AU  -)", whole)
        and "javascript" not in whole
        and "ccessed" not in whole
        and "http" not in whole
    )
    assert found.link == "not stated"
    assert [note.split(" ")[0:4] for note in found.notes] == [
        ["No", "author", "and", "no"],
        ["The", "address", "is", "not"],
        ["The", "day", "of", "access"],
    ]


def test_a_link_to_this_computer_is_told_from_one_that_others_can_follow(london: Record) -> None:
    assert any(
        "only works on this computer" in note
        for note in cited(london, address="http://localhost:8501/").notes
    )
    assert not any("only works on this computer" in note for note in cited(london).notes)


def test_a_page_cites_what_it_rests_on(london: Record) -> None:
    query = replace(Query.default(london), theme="recall")
    found = dict(cite(london, "themes", "Themes", "Said.", query, dated=True).references)
    assert (
        "p. 36" in found["Author-date (Harvard)"]
        and "Office for National Statistics" not in found["APA"]
    )
    everything = dict(cited(london, "find", dated=False).references)["RIS"]
    assert all(source.title.replace("\n", " ") in everything for source in london.file.sources)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ftp://a/b",
        "http://",
        "http://[",
        "//a/b",
        "http://a/ b",
        "http://a/<b>",
        "http://a/\n",
        "x" * 20_000,
        "http://a/'\"",
    ],
)
def test_what_is_no_address_of_the_web_is_left_out(address: str) -> None:
    assert web_address(address) == ""


@given(st.text(max_size=40))
def test_whatever_a_title_is_the_lines_stay_lines(text: str) -> None:
    work = replace(VIEW, title=text, publisher=text, note=text, version=text)
    assert all(
        re.fullmatch(r"[A-Z][A-Z0-9]  - [^\n]*", line) for line in ris([work]).splitlines() if line
    )
    entry = bibtex([work])
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}") and entry.count("\n\n") == 0
