"""What must hold between fields: London's services file, spoilt in one place and then in many."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from support import (
    ROOT,
    SERVICES,
    assert_fault,
    changed,
    line_of,
    one_clean_line,
    only_problem,
    problems_in,
)

from provision.io.checks import validate
from provision.io.problems import InvalidData
from provision.io.reading import Document, Path_, read_yaml

CRC, WAP, SLA = (
    "services/minerva-crc",
    "services/minerva-wraparound",
    "services/south-london-alliance",
)
LISTED = "[Croydon, Lambeth, "
GRANT = "amount: 1606170\n        ref: "


def test_the_file_as_it_stands_has_no_problem() -> None:
    assert problems_in(SERVICES) == []


# What is changed, to what; then: entry and field, part of what is wrong, part of how to mend it.
FAULTS = {
    "unknown area": (
        LISTED,
        "[Croydon, Lambert, ",
        f"{SLA}: service_area.listed.2",
        "'Lambert' is not an area",
        "did you mean 'Lambeth'?",
    ),
    "unknown area like no other": (
        LISTED,
        "[Croydon, Xanadu, ",
        f"{SLA}: service_area.listed.2",
        "'Xanadu' is not an area",
        "record the spelling",
    ),
    "unknown area among gaps": (
        "areas: [Tower Hamlets, R",
        "areas: [Tower Hamlet, R",
        "named_gaps/1: areas.1",
        "'Tower Hamlet'",
        "'Tower Hamlets'",
    ),
    "unknown area without service": (
        "listed: [Barnet, Bexley",
        "listed: [Barnet, Bexly",
        "areas_without_service: listed.2",
        "'Bexly'",
        "'Bexley'",
    ),
    "spelling of an unknown area": (
        "variants:\n",
        "variants:\n    Bark: Barkin\n",
        "region: name_variants.Bark",
        "'Barkin' is not an area",
        "boundaries file",
    ),
    "id twice": (
        "- id: hmp-send",
        "- id: nps-london",
        "other_provision/nps-london: id",
        "already the id of an entry in other_provision",
        "its own",
    ),
    "id twice, in two sections": (
        "- id: hmp-send",
        "- id: minerva-crc",
        "other_provision/minerva-crc: id",
        "the id of an entry in services",
        "its own",
    ),
    "dates reversed": (
        "end: 2021-03-31",
        "end: 2018-06-30",
        f"{SLA}: contract.end",
        "30 June 2018 is before the start, 1 July 2018",
        "swap",
    ),
    "months reversed": (
        "end: 2021-03\n",
        "end: 2018-06\n",
        f"{WAP}: contract.end",
        "June 2018 is before the start, July 2018",
        "swap",
    ),
    "heading differs": (
        "heading_count: 15",
        "heading_count: 16",
        f"{WAP}: service_area.heading_count",
        "is 16, but the list names 15",
        "discrepancy",
    ),
    "list differs": (
        LISTED,
        "[Lambeth, ",
        f"{SLA}: service_area.heading_count",
        "is 6, but the list names 5",
        "discrepancy",
    ),
    "area twice": (
        LISTED,
        "[Croydon, Croydon, Lambeth, ",
        f"{SLA}: service_area.listed.2",
        "'Croydon' is listed twice",
        "remove one",
    ),
    "served and without": (
        "listed: [Barnet,",
        "listed: [Brent,",
        "areas_without_service: listed.1",
        "is named in 'minerva-crc'",
        "correct one",
    ),
    "unknown source": (
        GRANT + "annex",
        GRANT + "anex",
        f"{SLA}: funding.1.ref",
        "unknown source 'anex'",
        "did you mean 'annex'?",
    ),
    "unknown heading of a source": (
        GRANT + "annex §3.all",
        GRANT + "annex §3.al",
        f"{SLA}: funding.1.ref",
        "unknown section '3.aliance'",
        "'3.alliance'",
    ),
    "target of nobody": (
        "services: [minerva-wraparound]",
        "services: [wraparound]",
        "outcome_targets/young-women: services.1",
        "not the id of a service",
        "id",
    ),
    "site not named": (
        "    site: HMP & YOI Bronzefield\n",
        "",
        "other_provision/bronzefield-drop-in: site",
        "does not go with the geography",
        "give a site",
    ),
    "site of everywhere": (
        "-wide\n",
        "-wide\n    site: here\n",
        "other_provision/crc-trauma-training: site",
        "does not go with",
        "only then",
    ),
    "kind of no area": (
        "area_kind: borough",
        "area_kind: district",
        "region: area_kind",
        "'district' is the kind of no area",
        "borough, city",
    ),
    "discrepancy about nothing": (
        "touches: [Greenwich,",
        "touches: [Greenwhich,",
        "discrepancies/greenwich-in-no-list: touches.1",
        "'Greenwhich'",
        "'Greenwich'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str) -> None:
    assert_fault(*FAULTS[fault])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lewisham, Southwark, Sutton", "Lewishan, Southwark, Sutton"),
        ("Kensington and Chelsea, Westminster", "Kensington and Chelsey, Westminster"),
        ("    overseer: Lambeth Council", "    overser: Lambeth Council"),
        ("value: 950", "value: many"),
        ("changes: £3.", 'changes: ""'),
    ],
    ids=["list", "list over several lines", "field", "within braces", "last of an entry"],
)
def test_a_fault_has_the_line_where_it_stands(old: str, new: str) -> None:
    text = changed(old, new)
    assert only_problem(text).line == line_of(new, text)


def test_a_key_given_twice_is_reported_under_its_entry() -> None:
    text = changed(
        "    short_name: Minerva CRC\n", "    short_name: Minerva CRC\n    short_name: again\n"
    )
    problem = only_problem(text)
    assert problem.line == line_of("short_name: again", text)
    assert (problem.entry, problem.field) == (CRC, "short_name")


def test_a_wrong_spelling_is_never_its_own_remedy() -> None:
    spoilt = problems_in(changed("    Barking: Barking and Dagenham", "    Barking: Barkin"))
    assert spoilt
    assert not any(
        "'Barking' is not" in p.what and "did you mean 'Barking'" in p.mend for p in spoilt
    )


def test_a_recorded_discrepancy_lets_a_heading_differ() -> None:
    text = changed("heading_count: 15", "heading_count: 16")
    assert (
        problems_in(
            changed(
                "touches: [Greenwich, counts]",
                "touches: [Greenwich, minerva-wraparound.heading_count]",
                text,
            )
        )
        == []
    )


def test_without_its_discrepancy_the_crc_heading_is_a_fault() -> None:
    problem = only_problem(changed("minerva-crc.heading_count, ", ""))
    assert (problem.entry, problem.what) == (CRC, "is 21, but the list names 20")


@pytest.mark.parametrize("end", ["2018-07-01", "2018-07"])
def test_a_contract_may_end_when_it_begins(end: str) -> None:
    assert problems_in(changed("end: 2021-03-31", f"end: {end}")) == []


SPOILT = (
    ("area_kind: borough", "area_kind: district"),
    ("as_at: 2018-10", "as_at: last autumn"),
    ("heading_count: 15", "heading_count: 16"),
    ("amount: 1606170", "amount: -1"),
    ("[Croydon, Lambeth", "[Croydn, Lambeth"),
    ("state: to be agreed", "state: perhaps"),
    ("ref: annex §6.send; statement §2", "ref: annexe §6.send; statement §2"),
)


def spoilt() -> str:
    text = SERVICES
    for old, new in SPOILT:
        text = changed(old, new, text)
    return text


@pytest.mark.parametrize("new", [new for _, new in SPOILT])
def test_each_of_several_faults_is_reported(new: str) -> None:
    text = spoilt()
    assert line_of(new, text) in {problem.line for problem in problems_in(text)}


def test_several_faults_are_reported_in_line_order() -> None:
    lines = [problem.line for problem in problems_in(spoilt())]
    assert len(lines) == len(SPOILT)
    assert lines == sorted(lines)


# Shapes that nobody means to write. Each must end in problems, never in a traceback.
SHAPES = [
    "null",
    "[[]]",
    "{}",
    "text",
    "7",
    "[null]",
    "[7]",
    "[{}]",
    "[{id: [a]}]",
    "[{id: {a: b}}]",
    "[{id: a, sections: 7}]",
]
SHAPES += [
    "[{id: a, sections: [{id: [b]}]}]",
    "[{id: a, contract: 7}]",
    "[{id: a, service_area: {listed: [[a]], heading_count: 1}}]",
]
SECTIONS = (
    "region",
    "services",
    "areas_without_service",
    "named_gaps",
    "outcome_targets",
    "other_provision",
    "discrepancies",
    "sources",
)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_section_of_a_wrong_shape_is_a_problem(section: str, shape: str) -> None:
    before, after = SERVICES.split(f"\n{section}:\n", 1)
    others = [f"\n{name}:\n" for name in SECTIONS if f"\n{name}:\n" in after]
    following = after[min(map(after.index, others)) :] if others else ""
    assert problems_in(f"{before}\n{section}: {shape}\n{following}")


CITY = read_yaml(
    (ROOT / "tests" / "city" / "services.yaml").read_text(encoding="utf-8"), "services.yaml"
).data
QUARTERS = ("Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Harbour")
ODD = [
    None,
    [],
    {},
    7,
    True,
    [[]],
    [None],
    {"a(b": [1]},
    {"id": ["a"]},
    "x" * 5_000,
    "\u202e\x1b[31m\x00\u2028",
]


def paths(value: Any, path: Path_ = ()) -> list[Path_]:
    """Every place in plain data, the whole of it first."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(deeper for step, item in inner for deeper in paths(item, (*path, step)))]


def put(path: Path_, odd: Any) -> Any:
    """Farwater's data with something odd in one place."""
    if not path:
        return odd
    data: Any = deepcopy(CITY)
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = odd
    return data


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
def test_anything_odd_anywhere_is_judged_in_short_clean_lines(odd: Any) -> None:
    for path in paths(CITY):
        try:
            validate(Document("services.yaml", put(path, odd)), QUARTERS)
        except InvalidData as error:
            assert all(one_clean_line(str(p)) and len(str(p)) < 900 for p in error.problems), path
