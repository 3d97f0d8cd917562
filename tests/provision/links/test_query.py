"""One view as a link and back, and what is said of links that cannot be applied whole."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import one_clean_line, sketch

from provision.links.query import FIELDS as VIEW_FIELDS
from provision.links.query import KEYS, Query, parse, parse_link
from provision.record import Record

DEFAULT = Query(date(2020, 6, 30), need="women_18")
SERVICES = ("lantern", "harvest", "ferry", "quay", "orchard")
some_services = st.lists(st.sampled_from(SERVICES), unique=True, max_size=4).map(
    lambda chosen: tuple(s for s in SERVICES if s in chosen)
)
queries = st.builds(
    Query,
    on=st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    services=some_services,
    need=st.sampled_from(["women_18", "women_15", "score", "place"]),
    area=st.none() | st.sampled_from(["Q1", "Q4", "Q8"]),
    view=st.sampled_from(["map", "tiles"]),
)


def test_the_default_view_has_no_link(city: Record) -> None:
    assert Query.default(city) == DEFAULT
    assert DEFAULT.link(city) == "" and DEFAULT.params(city) == {}


def test_a_region_without_figures_has_no_measure_of_need() -> None:
    assert Query.default(sketch(["A"], {})).need is None


def test_a_view_as_a_link(city: Record) -> None:
    query = Query(date(2021, 3, 16), ("lantern", "ferry"), "score", "Q1", "tiles")
    assert query.link(city) == "on=2021-03-16&services=lantern,ferry&need=score&area=Q1&view=tiles"


@given(queries)
def test_a_view_through_its_fields_and_back_is_the_same(city: Record, query: Query) -> None:
    assert parse(query.params(city), city) == (query, [])


@given(queries)
def test_a_view_through_its_link_and_back_is_the_same(city: Record, query: Query) -> None:
    assert parse(dict(parse_qsl(query.link(city))), city) == (query, [])


@given(
    st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=10), st.text(max_size=20), max_size=6)
)
def test_any_link_gives_a_view_and_a_note_for_what_was_not_applied(
    city: Record, params: dict[str, str]
) -> None:
    query, notes = parse(params, city)
    entries = sum(1 + value.count(",") for value in params.values())
    assert isinstance(query, Query) and len(notes) <= entries
    assert all(map(one_clean_line, notes))


@pytest.mark.parametrize(
    ("params", "note"),
    [
        ({"on": "yesterday"}, "it is not a day written YYYY-MM-DD"),
        ({"on": "２０１８-10-31"}, "it is not a day written YYYY-MM-DD"),
        ({"on": "2021-02-30"}, "it is not a day written YYYY-MM-DD"),
        ({"on": "20210228"}, "it is not a day written YYYY-MM-DD"),
        ({"on": "2021-W08-7"}, "it is not a day written YYYY-MM-DD"),
        ({"on": "1989-12-31"}, "it is not between 1990 and 2099"),
        ({"on": "9999-12"}, "it is not between 1990 and 2099"),
        ({"services": "lantern,latern"}, "no service has the id 'latern'"),
        ({"need": "hunger"}, "it is not a measure of need"),
        ({"need": "calls"}, "it is not a measure of need"),
        ({"area": "E09000001"}, "no quarter has that code"),
        ({"view": "globe"}, "it is neither 'map' nor 'tiles'"),
        ({"aera": "Q1"}, "did you mean 'area'?"),
        ({"\x1b[31m": "1"}, "\\u001b"),
        ({"on": "x" * 9000}, "longer than 8,000 characters"),
    ],
)
def test_what_cannot_be_applied_is_left_aside_with_a_note(
    params: dict[str, str], note: str, city: Record
) -> None:
    query, notes = parse(params, city)
    assert query == DEFAULT
    assert len(notes) == 1 and note in notes[0]


def test_the_valid_part_of_a_link_is_applied(city: Record) -> None:
    query, notes = parse({"on": "2021-03-16", "view": "globe", "area": "Q2"}, city)
    assert query == Query(date(2021, 3, 16), need="women_18", area="Q2")
    assert len(notes) == 1


def test_a_month_means_its_last_day(city: Record) -> None:
    assert parse({"on": "2020-02"}, city) == (Query(date(2020, 2, 29), need="women_18"), [])


def test_all_services_are_the_same_as_none_chosen(city: Record) -> None:
    assert parse({"services": ",".join(SERVICES)}, city) == (DEFAULT, [])


def test_services_come_in_the_order_of_the_file(city: Record) -> None:
    query, _ = parse({"services": "orchard,lantern"}, city)
    assert query.services == ("lantern", "orchard")


@pytest.mark.parametrize("name", VIEW_FIELDS)
def test_every_part_of_the_default_view_is_left_out_of_the_link(name: str, city: Record) -> None:
    entry = VIEW_FIELDS[name]
    assert entry.write(getattr(DEFAULT, name), city) == {}
    assert name in entry.keys or len(entry.keys) > 1, "the control of that name is bound to it"


def test_every_figure_can_be_named_in_a_link() -> None:
    from provision.links.query import FIGURES, SIZES
    from provision.paper.figures import SIZES as DRAWN
    from provision.paper.views import Kind

    assert set(Kind) == {figure for figure in FIGURES if "-" not in figure} and set(SIZES) == set(
        DRAWN
    )


@pytest.mark.parametrize("link", ["figure=gaps&size=slide", "figure=theme", "figure=difference-c"])
def test_a_link_names_a_figure_and_its_size(link: str, city: Record) -> None:
    query, notes = parse_link(link, city)
    assert (query.link(city), notes) == (link, [])
    assert query.printed() == Query.default(city)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("figure=pie", "figure 'pie' was left aside: write one of: coverage, tiles"),
        ("size=a3", "column, page, slide"),
    ],
)
def test_a_figure_that_is_not_there_is_left_aside(link: str, said: str, city: Record) -> None:
    query, notes = parse_link(link, city)
    assert query == Query.default(city) and said in notes[0]
