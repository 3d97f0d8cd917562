"""What holds for the themes of every record: the small records of test_properties.py, with one to
four themes."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from support import sketch
from support.regions import AREAS, Facts, days, regions
from support.theming import Themes, themed

from provision.coverage.status import Status, coverage
from provision.export.together import intersect_json
from provision.record import Record
from provision.schema.themes import GradeLevel
from provision.themes.reach import (
    REACHED,
    ThemeCoverage,
    overview,
    placed,
    reach,
    reach_counts,
    reached,
)
from provision.themes.together import (
    Together,
    could_be_together,
    intersection,
    together,
    together_counts,
)

Told = tuple[dict[str, Facts], list[str], dict[str, tuple[list[str], list[str]]]]
NAMES = ("p", "q", "r", "s")
SERVICES = ("v", "w", "x", "y", "z")


@st.composite
def told(draw: Any, least: int = 1) -> Told:
    """Services and areas without any, and themes with the services that have a target of them and
    those named for them."""
    services, none = draw(regions())
    some = (
        st.lists(st.sampled_from(list(services)), max_size=3, unique=True)
        if services
        else st.just([])
    )
    return (
        services,
        none,
        {name: (draw(some), draw(some)) for name in NAMES[: draw(st.integers(least, len(NAMES)))]},
    )


def record_of(found: Told, themes: Themes | None = None) -> Record:
    services, none, own = found
    return themed(sketch(AREAS, services, none), own if themes is None else themes)


@given(told(), days)
def test_nothing_is_none_that_the_source_does_not_list_as_having_none(
    found: Told, on: date
) -> None:
    record = record_of(found)
    for theme in record.themes_by_id:
        assert set(reached(reach(record, theme, on), ThemeCoverage.NONE)) <= set(found[1])


@given(told(), days)
def test_where_no_status_is_stated_a_theme_reaches_nothing_and_lacks_nothing_that_runs(
    found: Told, on: date
) -> None:
    record = record_of(found)
    open_ = coverage(record, on)["status"] == Status.NOT_STATED
    for theme in record.themes_by_id:
        assert set(reach(record, theme, on).loc[open_, "reach"]) <= {
            ThemeCoverage.NOT_STATED,
            ThemeCoverage.LAPSED,
        }


@given(told(), days)
def test_an_area_in_no_list_is_not_stated_for_every_theme(found: Told, on: date) -> None:
    services, none, _ = found
    record = record_of(found)
    absent = set(AREAS) - {area for fact in services.values() for area in fact[3]} - set(none)
    table = intersection(record, list(record.themes_by_id), on)
    assert all(table.at[area, "together"] is Together.NOT_STATED for area in absent)
    assert all(
        reach(record, theme, on).at[area, "reach"] is ThemeCoverage.NOT_STATED
        for theme in record.themes_by_id
        for area in absent
    )


@given(told(), days, st.sampled_from(SERVICES), st.booleans())
def test_adding_a_carrier_never_loses_an_area(
    found: Told, on: date, service: str, by_target: bool
) -> None:
    services, _, themes = found
    assume(service in services)
    target, named = themes["p"]
    more = {
        **themes,
        "p": ([*target, service], named) if by_target else (target, [*named, service]),
    }
    before, after = (reach(record_of(found, own), "p", on) for own in (themes, more))
    assert set(reached(before)) <= set(reached(after))
    assert set(reached(before, ThemeCoverage.TARGET)) <= set(reached(after, ThemeCoverage.TARGET))


@given(told(), days)
def test_a_theme_reaches_only_areas_that_an_active_carrier_names(found: Told, on: date) -> None:
    services, _, themes = found
    record = record_of(found)
    active = coverage(record, on)["services"]
    for theme, (target, named) in themes.items():
        table = reach(record, theme, on)
        assert reached(table) == [area for area in AREAS if set(active[area]) & {*target, *named}]
        assert reached(table, ThemeCoverage.TARGET) == [
            area for area in AREAS if set(active[area]) & set(target)
        ]
        assert all(area in services[s][3] for area in AREAS for s in table.at[area, "services"])


@given(told(), days)
def test_every_area_is_counted_once_for_every_theme(found: Told, on: date) -> None:
    record = record_of(found)
    assert {
        sum(reach_counts(reach(record, theme, on)).values()) for theme in record.themes_by_id
    } == {len(AREAS)}


@given(told(), days)
def test_all_some_lapsed_none_and_not_stated_part_the_areas(found: Told, on: date) -> None:
    record = record_of(found)
    codes = [
        code
        for part in together(intersection(record, list(record.themes_by_id), on)).values()
        for code in part
    ]
    assert sorted(codes) == list(AREAS)


@given(told(), days)
def test_has_lacks_and_leaves_open_part_the_themes(found: Told, on: date) -> None:
    record = record_of(found)
    table = intersection(record, list(record.themes_by_id), on)
    for have, lack, open_ in zip(table["have"], table["lack"], table["open"], strict=True):
        assert sorted((*have, *lack, *open_)) == sorted(record.themes_by_id)


@given(told(least=2), days, st.randoms(use_true_random=False))
def test_the_order_of_themes_never_matters(found: Told, on: date, random: Any) -> None:
    record = record_of(found)
    shuffled = random.sample(list(record.themes_by_id), len(record.themes_by_id))
    one, other = (
        intersection(record, themes, on) for themes in (list(record.themes_by_id), shuffled)
    )
    assert list(one["together"]) == list(other["together"])
    assert together_counts(one) == together_counts(other)
    assert [set(have) for have in one["have"]] == [set(have) for have in other["have"]]


@given(told(), days)
def test_one_theme_meets_itself_where_it_reaches(found: Told, on: date) -> None:
    record = record_of(found)
    table, own = intersection(record, ["p"], on), reach(record, "p", on)
    expected = {
        Together.ALL: reached(own),
        Together.SOME: [],
        Together.LAPSED: reached(own, ThemeCoverage.LAPSED),
        Together.NONE: reached(own, ThemeCoverage.NOT_NAMED, ThemeCoverage.NONE),
        Together.NOT_STATED: reached(own, ThemeCoverage.NOT_STATED),
    }
    assert together(table) == expected


@given(told(), days)
def test_ranges_begin_at_what_is_certain_and_widen_by_open_areas_alone(
    found: Told, on: date
) -> None:
    table = intersection(record_of(found), list(found[2]), on)
    parts, counts = together(table), together_counts(table)
    open_ = len(parts[Together.NOT_STATED])
    assert {kind: count.low for kind, count in counts.items()} == {
        kind: len(codes) for kind, codes in parts.items()
    }
    assert all(0 <= count.high - count.low <= open_ for count in counts.values())
    assert counts[Together.NOT_STATED].high == open_
    assert all(
        set(codes) <= set(parts[Together.NOT_STATED]) for codes in could_be_together(table).values()
    )


@given(told(), days)
def test_every_open_area_could_be_something(found: Told, on: date) -> None:
    table = intersection(record_of(found), list(found[2]), on)
    assert {code for codes in could_be_together(table).values() for code in codes} == set(
        together(table)[Together.NOT_STATED]
    )


@given(told(least=2), days)
def test_one_more_theme_never_gives_more_areas_all_of_them_or_none(found: Told, on: date) -> None:
    record = record_of(found)
    themes = list(record.themes_by_id)
    fewer, more = (together_counts(intersection(record, own, on)) for own in (themes[:-1], themes))
    assert (
        more[Together.ALL].low <= fewer[Together.ALL].low
        and more[Together.ALL].high <= fewer[Together.ALL].high
    )
    assert (
        more[Together.NONE].low <= fewer[Together.NONE].low
        and more[Together.NONE].high <= fewer[Together.NONE].high
    )


@given(told(), days)
def test_placed_are_the_themes_that_reach_an_area(found: Told, on: date) -> None:
    record = record_of(found)
    expected = [
        theme
        for theme in record.themes_by_id
        if any(kind in REACHED for kind in reach(record, theme, on)["reach"])
    ]
    assert placed(record, on) == expected


@given(told(), days, st.lists(st.sampled_from(list(GradeLevel)), min_size=4, max_size=4))
def test_the_overview_holds_every_theme_once_and_never_a_better_grade_before_a_worse(
    found: Told, on: date, levels: list[GradeLevel]
) -> None:
    services, none, themes = found
    record = themed(
        sketch(AREAS, services, none),
        themes,
        grades=dict(zip(NAMES, (level.value for level in levels), strict=True)),
    )
    table = overview(record, on)
    worst = [list(GradeLevel).index(grade) for grade in table["grade"]]
    assert sorted(table.index) == sorted(record.themes_by_id)
    assert worst == sorted(worst)
    keys = list(zip(worst, map(len, table["reached"]), strict=True))
    assert keys == sorted(keys)


@given(told(), days)
def test_what_is_exported_adds_up(found: Told, on: date) -> None:
    record = record_of(found)
    data = intersect_json(record, list(record.themes_by_id), on)
    assert sum(data["counts"].values()) == len(AREAS)
    assert all(
        len(data[kind]) == n == data["ranges"][kind][0] <= data["ranges"][kind][1]
        for kind, n in data["counts"].items()
    )
