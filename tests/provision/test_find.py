"""One box over everything: what holds the words, in which order, and what hostile words do
(nothing)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import sketch

from components.page.find_panels import where
from provision.find import LONGEST, MOST, Found, find
from provision.findable import Kind, things
from provision.record import Record


def found(record: Record, text: str) -> list[tuple[Kind, str]]:
    return [(f.thing.kind, f.thing.id) for f in find(record, text)]


def labels(one: Found) -> list[str]:
    return [p.label for p in one.passages]


def test_everything_in_farwater_can_be_found(farwater: Record) -> None:
    own: dict[Kind, list[str]] = {}
    for thing in things(farwater):
        own.setdefault(thing.kind, []).append(thing.id)
    assert own == {
        Kind.THEME: ["work", "safety", "crossing", "gaol", "silence"],
        Kind.AREA: ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"],
        Kind.SERVICE: ["lantern", "harvest", "ferry", "quay", "orchard"],
        Kind.PROVISION: ["night-line", "gaol", "outreach"],
        Kind.ORGANISATION: ["lantern", "harvest-trust", "job-shop"],
        Kind.STAGE: ["street", "gaol-gate"],
        Kind.TOPIC: ["lighting"],
        Kind.AIM: ["lamps"],
        Kind.HUB_MODEL: ["fixed-centre", "outreach-hub", "mobile-unit", "virtual-hub"],
        Kind.SOURCE: ["guide", "minutes"],
        Kind.DISCREPANCY: ["orchard-two-or-three", "target-or-not"],
    }


T, A, S, P, WHO, G, D = (
    Kind.THEME,
    Kind.AREA,
    Kind.SERVICE,
    Kind.PROVISION,
    Kind.ORGANISATION,
    Kind.STAGE,
    Kind.DISCREPANCY,
)
ASKED: dict[str, list[tuple[Kind, str]]] = {
    "Gorse": [(A, "Q7")],
    "gor": [(A, "Q7")],
    "Q7": [(A, "Q7")],
    "the alders": [(A, "Q1")],
    "Alder Town": [(A, "Q1")],
    "earning a living": [(T, "work")],
    "quay": [(S, "quay"), (T, "crossing")],
    "night line": [(P, "night-line"), (T, "safety"), (G, "street")],
    "line night": [(P, "night-line"), (T, "safety"), (G, "street")],
    "NIGHT  LINE!": [(P, "night-line"), (T, "safety"), (G, "street")],
    "job": [(WHO, "job-shop")],
    "tram": [(T, "work")],
    "consultation tram": [(T, "work")],
    "work tram": [(T, "work")],
    "garden": [(T, "gaol")],
    "station": [(G, "street")],
    "spelled three": [],
    "heading": [(D, "orchard-two-or-three")],
    "rse": [],
    "zebra": [],
}


@pytest.mark.parametrize("asked", ASKED)
def test_what_holds_the_words(asked: str, farwater: Record) -> None:
    assert found(farwater, asked) == ASKED[asked]


def test_the_thing_itself_first_then_those_named_so_then_those_that_speak_of_it(
    farwater: Record,
) -> None:
    assert found(farwater, "lantern") == [
        (S, "lantern"),  # its short name
        (WHO, "lantern"),  # its name
        (T, "safety"),  # in a passage each
        (T, "work"),
        (S, "ferry"),
        (P, "outreach"),
        (G, "street"),
    ]


def test_a_thing_found_by_its_title_brings_the_passages_that_hold_the_words_too(
    farwater: Record,
) -> None:
    (one,) = [f for f in find(farwater, "work") if f.thing.id == "work"]
    assert labels(one) == [
        "target",
        "need",
        "need",
        "provision",
        "provision",
    ], "workers begin with work"
    assert one.passages[1].text == "women without work: 12 % women of Farwater"


def test_words_may_be_parted_between_title_and_passages(farwater: Record) -> None:
    assert found(farwater, "safety talk") == [(T, "safety")]
    assert found(farwater, "talk counts quarter") == [(T, "safety")]
    assert found(farwater, "talk counts zebra") == []


def test_a_near_miss_is_found_and_said_to_be_one(farwater: Record) -> None:
    (one,) = find(farwater, "Damsen")
    assert (one.thing.id, one.near, one.passages) == ("Q4", True, ())


def test_a_name_spelled_right_is_never_a_near_miss(farwater: Record) -> None:
    assert not any(f.near for f in find(farwater, "Gorse"))


@pytest.mark.parametrize(
    "asked", ["", " ", "\n\t", "!?", "…", "<>", "%%%", "''; --", "\x00", "\u202e", "🜁"]
)
def test_no_words_find_nothing(asked: str, farwater: Record) -> None:
    assert find(farwater, asked) == []


HOSTILE = [
    "<script>alert(1)</script>",
    ".*",
    "(a+)+$",
    "[",
    "\\",
    "a" * 100_000,
    "a " * 50_000,
    "$(rm -rf /)",
    "../../etc/passwd",
    "{{7*7}}",
    "gorse' OR '1'='1",
]


@pytest.mark.parametrize("asked", HOSTILE, ids=lambda text: text[:20])
def test_a_hostile_question_is_only_words(asked: str, farwater: Record) -> None:
    assert len(find(farwater, asked)) <= MOST


def test_only_the_beginning_of_a_long_question_is_looked_at(farwater: Record) -> None:
    assert found(farwater, "gorse" + " " * LONGEST + "zebra") == [(A, "Q7")]


@given(st.text(max_size=120))
def test_any_text_finds_a_few_things_each_once(farwater: Record, asked: str) -> None:
    own = found(farwater, asked)
    assert len(own) == len(set(own)) <= MOST


@given(st.text(max_size=30))
def test_case_and_spaces_never_matter(farwater: Record, asked: str) -> None:
    assert found(farwater, f"  {asked}  ") == found(farwater, asked)


@given(st.sampled_from(["gorse", "lantern", "night", "women", "guide", "work"]), st.integers(1, 6))
def test_a_shorter_beginning_of_a_word_finds_no_less(
    farwater: Record, word: str, length: int
) -> None:
    whole, part = found(farwater, word), found(farwater, word[:length])
    assert set(whole) <= set(part) or len(part) == MOST


def test_not_more_than_forty_are_shown(london: Record) -> None:
    assert len(find(london, "a")) == MOST == 40


def test_a_record_without_themes_finds_its_services_and_places(city: Record) -> None:
    assert found(city, "quay") == [(S, "quay")]
    assert {thing.kind for thing in things(city)} == {
        *(A, S, P, D),
        *(Kind.SOURCE, Kind.HUB_MODEL),
    }


def test_a_record_of_one_place_finds_it() -> None:
    assert found(sketch(["Xanadu"], {}), "xan") == [(A, "Xanadu")]


LONDON = {
    "Greenwich": (A, "E09000011"),
    "greenwhich": (A, "E09000011"),
    "Kingston on Thames": (A, "E09000021"),
    "recall": (T, "recall"),
    "Recal": (T, "recall"),
    "MOPAC": (WHO, "mopac"),
    "hibiscus": (WHO, "hibiscus"),
    "foreign national": (T, "foreign-national"),
    "Minerva": (S, "minerva-crc"),
    "Bronzefield drop-in": (P, "bronzefield-drop-in"),
    "quarterly": (Kind.TOPIC, "delivery-group"),
    "financial devolution": (Kind.TOPIC, "devolution-models"),
    "uneven coverage": (Kind.TOPIC, "greater-manchester"),
    "virtual hub": (Kind.HUB_MODEL, "virtual-hub"),
    "£80m": (Kind.SOURCE, "openup"),
    "problem solving courts": (Kind.AIM, "problem-solving-courts"),
    "justice demand": (Kind.TARGET, "demand-on-justice"),
}


@pytest.mark.parametrize("asked", LONDON)
def test_what_comes_first_in_london(asked: str, london: Record) -> None:
    assert found(london, asked)[0] == LONDON[asked]


def test_what_was_said_in_consultation_about_recall(london: Record) -> None:
    one = find(london, "recall consultation")[0]
    assert (one.thing.kind, one.thing.id) == (T, "recall")
    assert labels(one).count("consultation") == 18


def test_a_figure_that_is_found_is_as_sure_as_its_source(london: Record) -> None:
    said = {p.text for t in things(london) for p in t.passages if p.label == "capacity"}
    assert {"women per key worker: up to 50", "referrals a year: expected 950"} <= said


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (T, ("themes", {"theme": "x"})),
        (A, ("borough", {"area": "x"})),
        (S, ("partners", {"partner": "service:x"})),
        (P, ("coverage", {"anchor": "provision-x"})),
        (WHO, ("partners", {"partner": "x"})),
        (G, ("pathway", {"stage": "x"})),
        (D, ("sources", {"anchor": "discrepancy-x"})),
        (Kind.TOPIC, ("themes", {"theme": "", "anchor": "topic-x"})),
        (Kind.AIM, ("themes", {"theme": "", "anchor": "aim-x"})),
        (Kind.TARGET, ("themes", {"theme": "", "anchor": "targets-of-no-theme"})),
        (Kind.HUB_MODEL, ("sources", {"anchor": "hub-model-x"})),
        (Kind.SOURCE, ("sources", {"anchor": "source-x"})),
    ],
)
def test_every_kind_of_thing_has_a_page(kind: Kind, expected: tuple[str, dict[str, str]]) -> None:
    assert where(kind, "x") == expected
