"""The status rule on arrays that can be worked out by hand: days are small numbers, the record
speaks for days 100 to 130."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from provision.coverage.kernel import (
    ALWAYS,
    NEVER,
    OPEN_ENDED,
    StatusCode,
    Terms,
    area_statuses,
    areas_named,
    may_have_ended,
    place_statuses,
    term_states,
    with_remote,
    within_listing,
)

SPEAKS = (100, 130)
COVERED, LAPSED, NONE, NOT_STATED, WHAT_IF, REMOTE = StatusCode


def terms(**changed: Any) -> Terms:
    """Two services in three areas: days 50 to 200 in the first, day 120 on in the other two."""
    one: dict[str, Any] = {
        "named": [[True, False, False], [False, True, True]],
        "start": [50, 120],
        "end": [200, OPEN_ENDED],
        "listed": [False, False],
        "listed_from": [ALWAYS, ALWAYS],
        "listed_to": [NEVER, NEVER],
        "loose": [False, False],
        "excluded": [False, False],
        "off": [False, False],
        "service": [0, 1],
        "provider": [0, 1],
        "level": [1, 2],
    }
    return Terms(**{name: np.array(value) for name, value in (one | changed).items()})


def said(found: Terms, *days: int) -> list[str]:
    """A letter for each term, a word for each day: a(ctive), e(nded), u(nsure), or a dot."""
    states = term_states(found, SPEAKS, np.array(days))
    return [
        "".join(
            "a" if states.active[d, t] else "e" if states.ended[d, t] else "u" if unsure else "."
            for t, unsure in enumerate(states.unsure[d])
        )
        for d in range(len(days))
    ]


def statuses(found: Terms, *days: int, none: list[bool] | None = None) -> list[list[int]]:
    when = np.array(days)
    listed_none = np.array(none or [False, False, False])
    states = term_states(found, SPEAKS, when)
    return area_statuses(found, listed_none, SPEAKS[0], states, when).tolist()


def test_first_and_last_days_belong_to_a_term() -> None:
    assert said(terms(), 49, 50, 119, 120, 200, 201) == ["..", "a.", "a.", "aa", "aa", "ea"]


def test_what_is_not_stated_is_sure_only_while_the_record_speaks() -> None:
    found = terms(start=[ALWAYS, 120], end=[200, NEVER])
    assert said(found, 99, 100, 130, 131, 201) == ["u.", "a.", "aa", "au", "eu"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (90, 140, [False, True, True, True, False]),  # 89, 90, 130, 140, 141
        (ALWAYS, 140, [False, False, True, True, False]),  # from day 100
        (90, NEVER, [False, True, True, False, False]),  # to day 130
    ],
)
def test_a_listing_is_bounded_by_the_record_where_it_states_no_day(
    first: int, last: int, expected: list[bool]
) -> None:
    found = terms(listed=[True, False], listed_from=[first, ALWAYS], listed_to=[last, NEVER])
    held = within_listing(found, SPEAKS, np.array([89, 90, 130, 140, 141])[:, None])
    assert held[:, 0].tolist() == expected
    assert not held[:, 1].any()


def test_a_listing_vouches_for_a_term_without_dates() -> None:
    found = terms(
        start=[ALWAYS, 120],
        end=[NEVER, OPEN_ENDED],
        listed=[True, False],
        listed_from=[90, ALWAYS],
        listed_to=[140, NEVER],
    )
    assert said(found, 89, 90, 140, 141) == ["u.", "a.", "aa", "ua"]


def test_what_may_not_be_counted_is_unsure_and_what_is_not_counted_is_nothing() -> None:
    found = terms(loose=[True, False], excluded=[False, True])
    assert said(found, 49, 50, 130, 201) == ["..", "u.", "u.", "u."]


def test_what_is_switched_off_has_ended_where_it_had_begun() -> None:
    assert said(terms(off=[True, False]), 49, 50, 150, 201) == ["..", "e.", "ea", "ea"]


def test_a_term_without_a_start_is_switched_off_from_what_is_known_of_it() -> None:
    found = terms(start=[ALWAYS, 120], off=[True, False])
    assert said(found, 99, 100) == ["u.", "e."]
    listed = replace(found, listed=np.array([True, False]), listed_from=np.array([90, ALWAYS]))
    assert said(listed, 89, 90, 99) == ["u.", "e.", "e."]


def test_a_term_may_have_ended_after_its_last_known_day() -> None:
    listed_to_150 = {"listed": [True, False], "listed_to": [150, NEVER], "loose": [True, False]}
    found, days = terms(end=[NEVER, NEVER], **listed_to_150), np.array([130, 131, 150, 151])
    states = term_states(found, SPEAKS, days)
    by_term = may_have_ended(found, SPEAKS, states, days).T.tolist()
    assert by_term == [[False, False, False, True], [False, True, True, True]]


def test_an_unsure_term_past_its_stated_end_may_have_ended() -> None:
    found, days = terms(loose=[True, False]), np.array([200, 201])
    states = term_states(found, SPEAKS, days)
    assert may_have_ended(found, SPEAKS, states, days)[:, 0].tolist() == [False, True]


def test_an_area_is_covered_before_it_is_lapsed_or_listed_as_none() -> None:
    found = terms(named=[[True, True, False], [False, True, False]])
    assert statuses(found, 99, 201, none=[True, True, True]) == [
        [COVERED, COVERED, NOT_STATED],  # before the record speaks, none is not known
        [LAPSED, COVERED, NONE],
    ]


def test_an_area_has_not_lapsed_where_another_term_is_unsure() -> None:
    found = terms(named=[[True, True, False], [False, True, False]], end=[60, NEVER])
    assert statuses(found, 131) == [[LAPSED, NOT_STATED, NOT_STATED]]


def test_hubs_with_a_place_cover_what_no_contract_does() -> None:
    left = np.array([COVERED, LAPSED, NONE, NOT_STATED, NONE], dtype=np.int8)
    by_place = np.array([True, True, True, True, False])
    assert place_statuses(left, by_place).tolist() == [COVERED, WHAT_IF, WHAT_IF, WHAT_IF, NONE]


def test_a_remote_hub_reaches_only_what_is_stated_to_be_without_a_place() -> None:
    places = np.array([COVERED, LAPSED, NONE, NOT_STATED, WHAT_IF, NONE], dtype=np.int8)
    remotely = np.array([True, True, True, True, True, False])
    assert with_remote(places, remotely).tolist() == [
        *(COVERED, REMOTE, REMOTE, NOT_STATED, WHAT_IF, NONE)
    ]


@pytest.mark.parametrize("days", [1, 3])
def test_areas_named_by_any_chosen_term(days: int) -> None:
    chosen = np.array([[False, True], [True, False], [False, False]])[:days]
    expected = [[False, True, True], [True, False, False], [False, False, False]][:days]
    assert areas_named(terms(), chosen).tolist() == expected


def test_no_area_is_named_where_no_term_is_chosen() -> None:
    for days in (1, 2):
        found = areas_named(terms(), np.zeros((days, 2), dtype=bool))
        assert found.tolist() == [[False] * 3] * days


def test_a_further_term_of_a_service_is_the_last_and_leaves_the_others() -> None:
    before = terms()
    found = before.with_term(1, np.array([True, False, False]), 10, 20, off=True)
    assert found.named.tolist() == [*before.named.tolist(), [True, False, False]]
    assert found.start.tolist() == [50, 120, 10] and found.end.tolist() == [200, OPEN_ENDED, 20]
    assert found.off.tolist() == [False, False, True]
    assert found.service.tolist() == [0, 1, 1] and found.provider.tolist() == [0, 1, 1]
    assert found.level.tolist() == [1, 2, 2]
    assert before.start.tolist() == [50, 120] and before.off.tolist() == [False, False]
    first = before.with_term(0, np.array([False, False, True]), 10, 20, off=False)
    assert first.service.tolist() == [0, 1, 0], "one term more, whichever service it is of"
