"""The sentences: each says what the table says, in full, for Farwater and for London. They are
written out here word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support import sketch

from provision.coverage.need import women_by_status
from provision.coverage.status import Status, coverage
from provision.coverage.timeline import span
from provision.dates import SourceDate
from provision.paper.brief import title
from provision.record import Record
from provision.schema.services import NOT_STATED, Reference
from provision.text.changes import area_changes, change_sentences
from provision.text.coverage import filtered_headline, why
from provision.text.headings import coverage_heading, gap_heading, range_words
from provision.text.wording import as_at, reference_text, term

DAY = date(2020, 6, 30)
HEADLINES = {
    "2019-04-14": (
        "We do not know which of Farwater's 7 quarters had a service. Date: 14 April"
        " 2019. Not known: Alder, Birch, Cedar, Damson, Elm, Fir and Gorse."
    ),
    "2019-12-31": (
        "2 of Farwater's 7 quarters have a contracted women's service. Date: 31"
        " December 2019. Not known: Alder, Damson, Elm, Fir and Gorse."
    ),
    "2020-06-30": (
        "4 of Farwater's 7 quarters have a contracted women's service. Date: June 2020."
        " No contracted service: Fir. Not known: Elm and Gorse."
    ),
    "2021-03-16": (
        "2 of Farwater's 7 quarters have a contracted women's service. Date: 16 March"
        " 2021. Contract ended: Birch and Cedar. No contracted service: Fir. Not known:"
        " Damson and Gorse."
    ),
    "2022-07-01": (
        "We know of no active contract in Farwater's 7 quarters. Date: 1 July 2022."
        " Contract ended: Alder, Birch, Cedar and Elm. No contracted service: Fir. Not"
        " known: Damson and Gorse."
    ),
}
LONDON_HEADLINES = {
    "2018-10-31": (
        "24 of London's 32 boroughs have a contracted women's service. Date: October"
        " 2018. No contracted service: Barnet, Bexley, Bromley, Kingston upon Thames,"
        " Merton, Richmond upon Thames and Tower Hamlets. Not known: Greenwich."
    ),
    "2020-04-01": (
        "21 of London's 32 boroughs have a contracted women's service. Date: 1 April"
        " 2020. Contract ended: Enfield, Hackney and Redbridge. No contracted service:"
        " Barnet, Bexley, Bromley, Kingston upon Thames, Merton, Richmond upon Thames"
        " and Tower Hamlets. Not known: Greenwich."
    ),
    "2021-04-01": (
        "We know of no active contract in London's 32 boroughs. Date: 1 April 2021."
        " Contract ended: 24 boroughs. No contracted service: Barnet, Bexley, Bromley,"
        " Kingston upon Thames, Merton, Richmond upon Thames and Tower Hamlets. Not"
        " known: Greenwich."
    ),
}


@pytest.mark.parametrize("day", HEADLINES)
def test_headline(day: str, city: Record) -> None:
    on = date.fromisoformat(day)
    assert str(coverage_heading(city, coverage(city, on), on)) == HEADLINES[day]


@pytest.mark.parametrize("day", LONDON_HEADLINES)
def test_headline_of_london(day: str, london: Record) -> None:
    on = date.fromisoformat(day)
    assert str(coverage_heading(london, coverage(london, on), on)) == LONDON_HEADLINES[day]


def test_a_filtered_headline_does_not_speak_of_what_is_not_shown(city: Record) -> None:
    said = filtered_headline(city, coverage(city, DAY), DAY, ["lantern"])
    assert said == (
        "Shown: Lantern, active in 2 of Farwater's 7 quarters (June 2020). Other"
        " services are hidden."
    )


def test_a_filtered_headline_says_what_is_not_stated(city: Record) -> None:
    on = date(2020, 7, 1)
    said = filtered_headline(city, coverage(city, on), on, ["ferry", "harvest"])
    assert said == (
        "Shown: Ferry and Harvest, active in 2 of Farwater's 7 quarters (1 July 2020)."
        " Not known for 1 more. Other services are hidden."
    )


def test_only_the_last_day_of_the_record_s_month_is_called_by_the_month(city: Record) -> None:
    assert [as_at(city, date(2020, 6, day)) for day in (1, 29, 30)] == [
        "1 June 2020",
        "29 June 2020",
        "June 2020",
    ]


WHY = {
    ("Q6", "2020-06-30"): [
        "Fir has no contracted service as at June 2020.",
        "The source lists Fir as having no contracted service, as at June 2020.",
        (
            "The record covers what the guide lists. A quarter without an entry may still have a"
            " service."
        ),
    ],
    ("Q7", "2020-06-30"): [
        (
            "For Gorse it is not stated as at June 2020 whether it has a contracted service; it"
            " counts neither as covered nor as without one."
        ),
        "No contract in the record names Gorse, and the source does not list it as having none.",
        (
            "The record covers what the guide lists. A quarter without an entry may still have a"
            " service."
        ),
    ],
    ("Q8", "2020-06-30"): [
        "Harbour is covered as at June 2020, with one-to-one support only.",
        (
            "The Quay service names Harbour in its contract and is active (the start is not stated,"
            " the end is not stated)."
        ),
        (
            "The Orchard service names Harbour in its contract and had not begun (from 1 February"
            " 2021, to 30 June 2022)."
        ),
        (
            "The source disagrees with itself here (Two quarters in a heading, three in its list)."
            " The three of the list are used."
        ),
    ],
    ("Q2", "2021-03-16"): [
        (
            "Birch has lapsed as at 16 March 2021: every contract named for it has ended, and the"
            " source does not say what followed."
        ),
        (
            "The Lantern service names Birch in its contract and has ended (the start is not"
            " stated, to December 2020)."
        ),
        (
            "The Harvest service names Birch in its contract and has ended (from 15 April 2019, to"
            " 15 March 2021)."
        ),
    ],
    ("Q4", "2020-07-01"): [
        (
            "For Damson it is not stated as at 1 July 2020 whether it has a contracted service; it"
            " counts neither as covered nor as without one."
        ),
        (
            "The Ferry service names Damson in its contract and may or may not have been active"
            " (from January 2020, the end is not stated; the record speaks from June 2020)."
        ),
    ],
}


@pytest.mark.parametrize(("code", "day"), WHY)
def test_why(code: str, day: str, city: Record) -> None:
    assert [s.text for s in why(city, code, date.fromisoformat(day))] == WHY[code, day]


def test_why_none_is_not_carried_back_to_before_the_record(city: Record) -> None:
    said = [s.text for s in why(city, "Q6", date(2020, 5, 31))]
    assert said[0].startswith("For Fir it is not stated as at 31 May 2020")
    assert said[1].endswith("It does not say so of 31 May 2020, before its own date.")


def test_a_lapsed_quarter_with_a_contract_ahead_is_not_said_to_have_seen_them_all_end(
    city: Record,
) -> None:
    said = [s.text for s in why(city, "Q1", date(2021, 1, 1))]
    assert said[0].startswith("Alder has lapsed as at 1 January 2021")
    assert "every contract named for it has ended" not in said[0]


@pytest.mark.parametrize(
    ("code", "references"),
    [("Q6", ["", "guide §1", "guide §1"]), ("Q4", ["", "guide §4; guide §4"])],
)
def test_every_reason_has_its_reference(code: str, references: list[str], city: Record) -> None:
    assert ["; ".join(map(str, s.refs)) for s in why(city, code, DAY)] == references


def test_reference_text_gives_section_page_and_date(city: Record) -> None:
    assert (
        reference_text(city, Reference(source="guide", section="3"))
        == "Guide, Of the Harvest, page 3 (June 2020)"
    )
    assert (
        reference_text(city, Reference(source="minutes", section="1"))
        == "Minutes, Item 1 (2 June 2020)"
    )


MARCH = SourceDate.parse("2020-03")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (MARCH, SourceDate.parse("2021-04-05"), "from March 2020, to 5 April 2021"),
        (NOT_STATED, MARCH, "the start is not stated, to March 2020"),
        (MARCH, NOT_STATED, "from March 2020, the end is not stated"),
    ],
)
def test_a_term_in_words(start: SourceDate, end: SourceDate, words: str) -> None:
    assert term(start, end) == words


def test_changes_in_sentences_leave_the_port_out(city: Record) -> None:
    said = change_sentences(city, *span(city))
    assert [s.split(",")[0] for s in said] == [
        f"After {day}"
        for day in (
            "30 June 2020",
            "31 December 2020",
            "31 January 2021",
            "15 March 2021",
            "30 June 2022",
        )
    ]
    assert said[0].startswith(
        "After 30 June 2020, one quarter (Damson) goes from covered to not stated"
    )
    assert (
        said[1]
        == "After 31 December 2020, one quarter (Alder) goes from covered to lapsed, because The"
        " Lantern service ends. One more loses one service and keeps another. Two quarters are"
        " then covered."
    )
    assert (
        said[2]
        == "After 31 January 2021, one quarter (Alder) goes from lapsed to covered, because The"
        " Orchard service begins; one quarter (Elm) goes from not stated to covered, because The"
        " Orchard service begins. Four quarters are then covered."
    )
    assert not any("Harbour" in s for s in said)


def test_changes_in_sentences_of_london(london: Record) -> None:
    first, second = change_sentences(london, *span(london))
    assert (
        "three boroughs (Enfield, Hackney and Redbridge) go from covered to lapsed, because"
        " Advance's Minerva CRC service ends" in first
    )
    assert first.startswith("After 31 March 2020,") and first.endswith(
        "21 boroughs are then covered."
    )
    assert second.startswith("After 31 March 2021, 21 boroughs go from covered to lapsed")
    assert second.endswith("No contract that the record knows of is then active in any borough.")


def test_one_is_one_and_not_several() -> None:
    record = sketch(
        ["A", "B"],
        {
            "x": ("one-to-one", "2020-01", "2020-12", ["A"]),
            "y": ("one-to-one", "2020-01", "2021-06", ["B"]),
        },
    )
    assert (
        change_sentences(record, *span(record))[0]
        == "After 31 December 2020, one area (A) goes from covered to lapsed, because x ends. One"
        " area is then covered."
    )


CHANGES_OF = {
    "Q1": [
        "On 1 January 2021: from covered to lapsed (The Lantern service).",
        "On 1 February 2021: from lapsed to covered (The Orchard service).",
        "On 1 July 2022: from covered to lapsed (The Orchard service).",
    ],
    "Q2": [
        "On 1 January 2021: Birch loses one service and keeps another.",
        "On 16 March 2021: from covered to lapsed (The Harvest service).",
    ],
    "Q6": ["Nothing that the record knows of changes the status of Fir."],
}


@pytest.mark.parametrize("code", CHANGES_OF)
def test_the_changes_of_one_quarter_come_day_by_day(code: str, city: Record) -> None:
    assert area_changes(city, code) == CHANGES_OF[code]


def test_an_end_that_is_not_stated_is_a_change_too(city: Record) -> None:
    assert area_changes(city, "Q4")[0].startswith("On 1 July 2020: from covered to not stated")


def test_the_gaps_in_a_sentence(city: Record) -> None:
    table = coverage(city, DAY)
    said = str(gap_heading(city, table, women_by_status(city, table, 18), DAY))
    assert said.startswith(
        "600 women live in quarters with no contracted service. Date: June 2020."
    )
    assert "Fir (600 or more women; no figure for 1 quarter)" in said
    assert said.endswith("Not known: Elm and Gorse (5,000 women; no figure for 1 quarter).")


def test_the_gaps_in_a_sentence_without_any_figures() -> None:
    record = sketch(["A", "B", "C"], {}, none=["A", "B"])
    table = coverage(record, DAY)
    said = str(gap_heading(record, table, women_by_status(record, table, 18), DAY))
    assert said.startswith("2 of 3 areas have no contracted service.")
    assert "A and B (number of women not known)" in said


def test_a_range_says_what_it_allows_for(london: Record, city: Record) -> None:
    table = coverage(london, date(2018, 10, 31))
    assert range_words(london, table, Status.COVERED) == "24, or 25 if Greenwich has one"
    assert range_words(london, table, Status.NONE) == "7, or 8 if Greenwich has none"
    assert range_words(london, table, Status.LAPSED) == "", "no contract there can have ended"
    own = coverage(city, DAY)
    assert range_words(city, own, Status.COVERED) == "4, or 6 if the 2 that are not known have one"


@pytest.mark.parametrize("day", LONDON_HEADLINES)
def test_a_headline_is_short(day: str, london: Record) -> None:
    on = date.fromisoformat(day)
    table = coverage(london, on)
    women = women_by_status(london, table, 18)
    found = (coverage_heading(london, table, on), gap_heading(london, table, women, on))
    assert all(len(heading.headline.split()) <= 12 for heading in found)


def test_the_gaps_of_london_in_a_sentence(london: Record) -> None:
    on = date(2018, 10, 31)
    table = coverage(london, on)
    assert str(gap_heading(london, table, women_by_status(london, table, 18), on)) == (
        "735,258 women live in boroughs with no contracted service. Date: October 2018."
        " Women aged 18 or over. No contracted service: Barnet, Bexley, Bromley,"
        " Kingston upon Thames, Merton, Richmond upon Thames and Tower Hamlets (735,258"
        " women, or 843,394 if Greenwich has none). Not known: Greenwich (108,136"
        " women)."
    )


def test_no_gaps_in_a_sentence() -> None:
    record = sketch(["A"], {"x": ("wrap-around", "2020-01", "2021-12", ["A"])})
    table = coverage(record, DAY)
    assert (
        str(gap_heading(record, table, women_by_status(record, table, 18), DAY))
        == "Every area has a contracted service. Date: June 2020."
    )


def test_a_record_of_another_kind_of_service_speaks_in_its_own_words(city: Record) -> None:
    region = city.file.region.model_copy(update={"subject": "advice centre", "people": "families"})
    other = replace(city, file=city.file.model_copy(update={"region": region}))
    said = str(coverage_heading(other, coverage(other, other.default_date), other.default_date))
    assert "have an advice centre." in said and "women" not in said
    assert title(other) == "Farwater: coverage and gaps of advice centres"
