"""The 32 boroughs and the City of London on three days, read off the source's Figure 2 by hand.

C stands for the Minerva CRC service, W for Minerva WrapAround, A for the South London Alliance.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pandas as pd
import pytest

from provision.coverage.status import coverage
from provision.record import Record

NAMES = {"C": "minerva-crc", "W": "minerva-wraparound", "A": "south-london-alliance"}
DAYS = ("2018-10-31", "2020-04-01", "2021-04-01")

BOROUGHS = [
    # code, name, and what is active at the end of October 2018, on 1 April 2020, on 1 April 2021
    ("E09000002", "Barking and Dagenham", "C W", "W", "lapsed"),
    ("E09000003", "Barnet", "none", "none", "none"),
    ("E09000004", "Bexley", "none", "none", "none"),
    ("E09000005", "Brent", "C W", "W", "lapsed"),
    ("E09000006", "Bromley", "none", "none", "none"),
    ("E09000007", "Camden", "C W", "W", "lapsed"),
    ("E09000008", "Croydon", "C A", "A", "lapsed"),
    ("E09000009", "Ealing", "C W", "W", "lapsed"),
    ("E09000010", "Enfield", "C", "lapsed", "lapsed"),
    ("E09000011", "Greenwich", "not_stated", "not_stated", "not_stated"),
    ("E09000012", "Hackney", "C", "lapsed", "lapsed"),
    ("E09000013", "Hammersmith and Fulham", "C W", "W", "lapsed"),
    ("E09000014", "Haringey", "C W", "W", "lapsed"),
    ("E09000015", "Harrow", "W", "W", "lapsed"),
    ("E09000016", "Havering", "C W", "W", "lapsed"),
    ("E09000017", "Hillingdon", "C W", "W", "lapsed"),
    ("E09000018", "Hounslow", "C W", "W", "lapsed"),
    ("E09000019", "Islington", "C W", "W", "lapsed"),
    ("E09000020", "Kensington and Chelsea", "C W", "W", "lapsed"),
    ("E09000021", "Kingston upon Thames", "none", "none", "none"),
    ("E09000022", "Lambeth", "A", "A", "lapsed"),
    ("E09000023", "Lewisham", "C A", "A", "lapsed"),
    ("E09000024", "Merton", "none", "none", "none"),
    ("E09000025", "Newham", "C W", "W", "lapsed"),
    ("E09000026", "Redbridge", "C", "lapsed", "lapsed"),
    ("E09000027", "Richmond upon Thames", "none", "none", "none"),
    ("E09000028", "Southwark", "C A", "A", "lapsed"),
    ("E09000029", "Sutton", "A", "A", "lapsed"),
    ("E09000030", "Tower Hamlets", "none", "none", "none"),
    ("E09000031", "Waltham Forest", "C W", "W", "lapsed"),
    ("E09000032", "Wandsworth", "A", "A", "lapsed"),
    ("E09000033", "Westminster", "C W", "W", "lapsed"),
]
CITY = ("E09000001", "City of London", "not_stated", "not_stated", "not_stated")
CASES = [(day, *row[:2], row[2 + i]) for i, day in enumerate(DAYS) for row in (*BOROUGHS, CITY)]


@cache
def table(record: Record, day: str) -> pd.DataFrame:
    return coverage(record, date.fromisoformat(day))


def level(active: str) -> str:
    return "one-to-one" if active == "C" else "wrap-around"


@pytest.mark.parametrize(
    ("day", "code", "name", "expected"), CASES, ids=[f"{name}-{day}" for day, _, name, _ in CASES]
)
def test_borough(day: str, code: str, name: str, expected: str, london: Record) -> None:
    row = table(london, day).loc[code]
    assert row["name"] == name
    if expected in ("none", "lapsed", "not_stated"):
        assert (row["status"], row["level"], row["services"]) == (expected, None, ())
    else:
        assert (row["status"], row["level"], row["services"]) == (
            "covered",
            level(expected),
            tuple(NAMES[letter] for letter in expected.split()),
        )


COUNTS = {
    "2018-10-31": {"covered": 24, "none": 7, "not_stated": 1},
    "2020-03-31": {"covered": 24, "none": 7, "not_stated": 1},
    "2020-04-01": {"covered": 21, "none": 7, "lapsed": 3, "not_stated": 1},
    "2021-03-31": {"covered": 21, "none": 7, "lapsed": 3, "not_stated": 1},
    "2021-04-01": {"none": 7, "lapsed": 24, "not_stated": 1},
    # neither *none* nor a start that is not stated is carried back
    "2018-09-30": {"covered": 21, "not_stated": 11},
}


@pytest.mark.parametrize("day", COUNTS)
def test_counts(day: str, london: Record) -> None:
    found = table(london, day)
    assert found.loc[found["counted"], "status"].value_counts().to_dict() == COUNTS[day]


def test_twenty_one_boroughs_have_the_fuller_support(london: Record) -> None:
    found = table(london, "2018-10-31")
    assert (found["level"] == "wrap-around").sum() == 21
    assert (found["level"] == "one-to-one").sum() == 3


@pytest.mark.parametrize(
    ("services", "boroughs"),
    [("C", 3), ("W", 1), ("A", 3), ("C W", 14), ("C A", 3)],
)
def test_how_many_have_each_combination(services: str, boroughs: int, london: Record) -> None:
    wanted = tuple(NAMES[letter] for letter in services.split())
    assert sum(ids == wanted for ids in table(london, "2018-10-31")["services"]) == boroughs
