"""What is asked of the search for the best places, as a link holds it: by hand, there and back, and
what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision.location.catchment import OWN, CatchmentRule, Rule
from provision.location.problem import MOST_IN_A_LINK, LocationProblem, Objective

codes = st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)
reaches = st.sampled_from(
    [OWN, CatchmentRule(Rule.LAND), CatchmentRule(Rule.CROSSING), CatchmentRule(Rule.TOUCHING)]
) | st.integers(10, 1000).map(lambda tenths: CatchmentRule(Rule.KM, tenths / 10))
questions = st.builds(
    LocationProblem,
    st.integers(1, MOST_IN_A_LINK),
    reaches,
    st.sampled_from(Objective),
    st.sets(codes, max_size=8).map(lambda found: tuple(sorted(found))),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", LocationProblem()),
        ("5", LocationProblem(5)),
        ("2~land", LocationProblem(2, CatchmentRule(Rule.LAND))),
        ("2~km:7.5", LocationProblem(2, CatchmentRule(Rule.KM, 7.5))),
        ("1~women", LocationProblem(objective=Objective.WOMEN)),
        ("1~not:E09000007", LocationProblem(excluded=("E09000007",))),
        (
            "3~touching~women~not:E1.E2",
            LocationProblem(3, CatchmentRule(Rule.TOUCHING), Objective.WOMEN, ("E1", "E2")),
        ),
    ],
)
def test_a_question_is_written_and_read_in_one_way(text: str, expected: LocationProblem) -> None:
    assert LocationProblem.parse(text) == expected and str(expected) == text


@pytest.mark.parametrize(
    ("loose", "strict"),
    [
        ("1~own~areas", "1"),
        ("1~own~boroughs", "1"),  # as links of London said it
        ("3~not:E2.E1~women~land", "3~land~women~not:E1.E2"),
        ("1~not:E1.E1", "1~not:E1"),
        ("2~km:8.0", "2~km:8"),
        ("1~not:", "1"),
    ],
)
def test_what_was_written_in_another_order_or_at_length_comes_to_the_same(
    loose: str, strict: str
) -> None:
    assert str(LocationProblem.parse(loose)) == strict


@given(questions)
def test_a_question_through_its_text_and_back_is_the_same(question: LocationProblem) -> None:
    assert LocationProblem.parse(str(question)) == question


@pytest.mark.parametrize(
    "text", ["", "0", "6", "-1", "1.0", "12", " 1", "one", "٣", "~land", "land~1", "not:E1"]
)
def test_a_question_begins_with_how_many_hubs(text: str) -> None:
    with pytest.raises(ValueError, match="number of hubs from 1 to 5"):
        LocationProblem.parse(text)


@pytest.mark.parametrize(
    "text",
    ["1~near", "1~km:0", "1~km:101", "1~km:", "1~Land", "1~", "1~land~~women", "1~women~men"],
)
def test_a_part_that_nobody_knows_is_refused_with_what_may_be_written(text: str) -> None:
    with pytest.raises(ValueError, match=r"km"):
        LocationProblem.parse(text)


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["1", "3", "land", "km:", "not:", "E1", ".", "women", "\u202e", "%7E"])
    ).map("~".join)
)
def test_any_text_is_a_question_that_can_be_written_again_or_is_refused(text: str) -> None:
    try:
        found = LocationProblem.parse(text)
    except ValueError:
        return
    assert LocationProblem.parse(str(found)) == found and 1 <= found.facilities <= MOST_IN_A_LINK
    assert list(found.excluded) == sorted(set(found.excluded))
