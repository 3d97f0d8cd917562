"""Dates to the day, to the month, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision.dates import SourceDate, day_words, month_end, months, next_day

days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2018-07-01", date(2018, 7, 1), date(2018, 7, 1), "1 July 2018"),
        ("2018-07", date(2018, 7, 1), date(2018, 7, 31), "July 2018"),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "February 2020"),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28), "February 2019"),
        ("2021-03-31", date(2021, 3, 31), date(2021, 3, 31), "31 March 2021"),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
    ],
)
def test_a_date_runs_from_its_first_day_to_its_last(
    text: str, first: date, last: date, words: str
) -> None:
    found = SourceDate.parse(text)
    assert (found.first, found.last, str(found)) == (first, last, words)


NO_DATES = [
    "",
    "2018",
    "2018-7",
    "2018-13",
    "2018-00",
    "2018-02-30",
    "2019-02-29",
    "0000-01",
    "31-10-2018",
]
NO_DATES += ["2018/10", "2018-10-31 ", "2018-10\n", "20181031", "2018-W44", "not stated"]


@pytest.mark.parametrize("text", NO_DATES)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        SourceDate.parse(text)


@given(days)
def test_a_day_is_written_as_it_was_read(day: date) -> None:
    text = day.isoformat()
    assert SourceDate.parse(text).iso == text


@given(days)
def test_a_month_is_written_as_it_was_read(day: date) -> None:
    text = day.isoformat()[:7]
    assert SourceDate.parse(text).iso == text


@given(st.text(max_size=20))
def test_text_is_read_as_a_date_or_refused_with_a_reason(text: str) -> None:
    try:
        found = SourceDate.parse(text)
    except ValueError as error:
        assert str(error)
    else:
        assert found.first <= found.last


@given(days)
def test_the_end_of_a_month_is_followed_by_a_first(day: date) -> None:
    end = month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert end == date.max or (end + timedelta(days=1)).day == 1


def test_a_day_in_words_has_no_leading_nought() -> None:
    assert day_words(date(2020, 4, 1)) == "1 April 2020"


@pytest.mark.parametrize(
    ("day", "after"),
    [(date(2020, 2, 28), date(2020, 2, 29)), (date(2020, 12, 31), date(2021, 1, 1))],
)
def test_the_day_after(day: date, after: date) -> None:
    assert next_day(day) == after


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (
            date(2020, 11, 30),
            date(2021, 1, 1),
            [date(2020, 11, 1), date(2020, 12, 1), date(2021, 1, 1)],
        ),
        (date(2020, 5, 1), date(2020, 5, 31), [date(2020, 5, 1)]),
        (date(2020, 6, 1), date(2020, 5, 31), []),
    ],
)
def test_months_include_both_ends(first: date, last: date, expected: list[date]) -> None:
    assert months(first, last) == expected


def test_three_years_are_thirty_six_months_and_one() -> None:
    found = months(date(2018, 3, 15), date(2021, 3, 1))
    assert len(found) == 37
    assert all(month.day == 1 for month in found)
