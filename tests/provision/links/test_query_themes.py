"""The parts of a link that pages about themes use: there and back, and what is said of those that
cannot be applied."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import one_clean_line, sketch

from provision.find import LONGEST
from provision.links.query import KEYS, Query, parse
from provision.record import Record
from provision.themes.partners import nodes

DEFAULT = Query(date(2020, 6, 30), need="women_18")
THEMES = ("work", "safety", "crossing", "gaol", "silence")
NODES = (
    "lantern",
    "harvest-trust",
    "job-shop",
    "Orchard",
    "Quay Women",
    "service:ferry",
    "theme:gaol",
)
words = st.text(max_size=LONGEST)
queries = st.builds(
    Query,
    on=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    need=st.just("women_18"),
    area=st.none() | st.just("Q3"),
    theme=st.none() | st.sampled_from(THEMES),
    themes=st.lists(st.sampled_from(THEMES), unique=True).map(
        lambda chosen: tuple(t for t in THEMES if t in chosen)
    ),
    partner=st.none() | st.sampled_from(NODES),
    stage=st.none() | st.sampled_from(["street", "gaol-gate"]),
    find=words,
)


def test_the_default_view_is_of_no_theme(farwater: Record) -> None:
    assert Query.default(farwater) == DEFAULT and DEFAULT.link(farwater) == ""


def test_a_view_as_a_link(farwater: Record) -> None:
    query = Query(
        date(2020, 6, 30),
        need="women_18",
        theme="gaol",
        themes=("work", "safety"),
        partner="service:ferry",
        stage="street",
        find="night line",
    )
    assert (
        query.link(farwater)
        == "theme=gaol&themes=work,safety&partner=service%3Aferry&stage=street&find=night+line"
    )


@given(queries)
def test_a_view_through_its_fields_and_back_is_the_same(farwater: Record, query: Query) -> None:
    assert parse(query.params(farwater), farwater) == (query, [])


@given(queries)
def test_a_view_through_its_link_and_back_is_the_same(farwater: Record, query: Query) -> None:
    assert parse(dict(parse_qsl(query.link(farwater))), farwater) == (query, [])


@given(
    st.dictionaries(
        st.sampled_from(KEYS),
        st.text(max_size=20) | st.sampled_from([*THEMES, *NODES]),
        max_size=8,
    )
)
def test_any_link_gives_a_view_of_what_is_there_and_a_clean_note_for_the_rest(
    farwater: Record, params: dict[str, str]
) -> None:
    query, notes = parse(params, farwater)
    assert query.theme in (None, *THEMES) and set(query.themes) <= set(THEMES)
    assert query.partner in (None, *nodes(farwater)) and query.stage in (
        None,
        "street",
        "gaol-gate",
    )
    assert len(notes) <= len(params) and all(map(one_clean_line, notes))


@pytest.mark.parametrize(
    ("params", "note"),
    [
        ({"theme": "nothing"}, "theme 'nothing' was left aside: no theme has that id"),
        ({"theme": "Work"}, "no theme has that id"),
        ({"theme": "work,safety"}, "no theme has that id"),
        (
            {"themes": "<script>"},
            "choice of themes '<script>' was left aside: no theme has that id",
        ),
        ({"themes": "x,y"}, "choice of themes 'x,y' was left aside: no themes have those ids"),
        ({"partner": "nobody"}, "no organisation has that id"),
        ({"partner": "service:nothing"}, "no organisation has that id"),
        ({"partner": "theme:"}, "no organisation has that id"),
        ({"partner": "Lantern"}, "no organisation has that id"),
        ({"stage": "court"}, "no stage of the pathway has that id"),
        ({"find": "x" * (LONGEST + 1)}, "it is longer than 100 characters"),
        ({"thme": "work"}, "did you mean 'theme'?"),
        ({"stage": "\u202e"}, "\\u202e"),
        ({"find": "x" * 9000}, "longer than 8,000 characters"),
    ],
)
def test_what_cannot_be_applied_is_left_aside_with_a_note(
    params: dict[str, str], note: str, farwater: Record
) -> None:
    query, notes = parse(params, farwater)
    assert query == DEFAULT
    assert len(notes) == 1 and note in notes[0]


def test_themes_come_once_each_in_the_order_of_the_file(farwater: Record) -> None:
    query, notes = parse({"themes": "silence,,work,silence,work"}, farwater)
    assert (query.themes, notes) == (("work", "silence"), [])


@pytest.mark.parametrize("partner", NODES)
def test_everybody_in_the_partnership_can_be_asked_for(partner: str, farwater: Record) -> None:
    assert parse({"partner": partner}, farwater)[0].partner == partner


def test_the_valid_part_of_a_link_is_applied(farwater: Record) -> None:
    query, notes = parse(
        {"theme": "gaol", "themes": "nothing,silence,work", "stage": "street"}, farwater
    )
    assert (query.theme, query.themes, query.stage) == ("gaol", ("work", "silence"), "street")
    assert notes == [
        "Of the link's choice of themes 'nothing' was left aside: no theme has that id."
    ]


def test_a_link_on_a_page_changes_the_view_and_keeps_the_rest(farwater: Record) -> None:
    start = Query(date(2021, 1, 1), need="score", area="Q2", theme="work", find="night")
    query, notes = parse({"theme": "gaol"}, farwater, start)
    assert (query, notes) == (
        Query(date(2021, 1, 1), need="score", area="Q2", theme="gaol", find="night"),
        [],
    )


def test_a_link_can_lead_back_to_all_themes(farwater: Record) -> None:
    """An empty theme is none, so that Find can point at what is said across all of them."""
    start = Query(date(2021, 1, 1), theme="work", find="night")
    assert parse({"theme": ""}, farwater, start) == (Query(date(2021, 1, 1), find="night"), [])


@pytest.mark.parametrize("field", ["theme", "themes", "partner", "stage"])
def test_a_record_without_themes_knows_none(field: str) -> None:
    query, notes = parse({field: "work"}, sketch(["A"], {}))
    assert query == Query.default(sketch(["A"], {})) and len(notes) == 1


def test_what_is_looked_for_is_kept_as_it_was_written(farwater: Record) -> None:
    for text in ("a&b=c#d", "50 % + more", "<b>", "é, 漢", "a,b"):
        query, _ = parse({"find": text}, farwater)
        assert dict(parse_qsl(query.link(farwater)))["find"] == text == query.find
