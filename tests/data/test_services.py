"""London's data, entry by entry: each has a case of its own, named by its id, and its facts are
written out here a second time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support import SERVICES

from provision.io.reading import read_yaml
from provision.record import Record
from provision.schema.services import NOT_STATED, Reference

DATA: dict[str, Any] = read_yaml(SERVICES, "services.yaml").data  # type: ignore[assignment]


def ids(section: str) -> list[str]:
    return [entry["id"] for entry in DATA[section]]


def entry(section: str, name: str) -> dict[str, Any]:
    return next(e for e in DATA[section] if e["id"] == name)


# Lead, level, from, to, youngest age, boroughs named, money of each funder, capacity
CONTRACTS: dict[str, tuple[Any, ...]] = {
    "minerva-crc": (
        "Advance",
        "one-to-one",
        NOT_STATED,
        "2020-03",
        18,
        20,
        {"London CRC": NOT_STATED},
        [10, 50, 950, 12, 1],
    ),
    "minerva-wraparound": (
        "Advance",
        "wrap-around",
        "2018-07",
        "2021-03",
        15,
        15,
        {"MOPAC": 2_996_940, "a number of councils": NOT_STATED},
        [12, 30, 700, 613, 18, 15, 30, 1],
    ),
    "south-london-alliance": (
        *("Women in Prison", "wrap-around", "2018-07-01", "2021-03-31", 18, 6),
        *(
            {"MOPAC": 1_606_170, "the six councils, London CRC and NHS England": 335_366},
            [NOT_STATED, NOT_STATED, 1],
        ),
    ),
}
HEADINGS = {"minerva-crc": 21, "minerva-wraparound": 15, "south-london-alliance": 6}


@pytest.mark.parametrize("name", ids("services"))
def test_service(name: str, london: Record) -> None:
    service = london.services_by_id[name]
    start, end = (
        d if d == NOT_STATED else d.iso for d in (service.contract.start, service.contract.end)
    )
    boroughs = int(london.service_area_matrix[:, list(london.services_by_id).index(name)].sum())
    money = {line.funder: line.amount for line in service.funding}
    capacity = [figure.value for figure in service.capacity]
    facts = (
        service.provider,
        service.level,
        start,
        end,
        service.eligibility.minimum_age,
        boroughs,
        money,
        capacity,
    )
    assert facts == CONTRACTS[name]
    assert service.service_area.heading_count == HEADINGS[name]


def test_the_alliance_is_overseen_by_lambeth(london: Record) -> None:
    assert london.services_by_id["south-london-alliance"].overseer == "Lambeth Council"


# Where, whether for women alone, state, figures
OTHERS: dict[str, tuple[str, str, str, list[int]]] = {
    "bronzefield-drop-in": ("named site", "yes", "running", []),
    "drug-treatment-drop-in": ("named site", "not stated", "running", []),
    "advance-domestic-abuse": ("area not stated", "yes", "running", []),
    "police-diversion-pilot": ("area not stated", "yes", "planned", [3, 2, 3, 2]),
    "crc-trauma-training": ("region-wide", "yes", "running", [2]),
    "crc-female-only-reporting": ("region-wide", "yes", "running", []),
    "crc-support-workers": ("region-wide", "yes", "running", [2]),
    "crc-thinking-ahead": ("area not stated", "yes", "running", []),
    "crc-healing-trauma": ("area not stated", "not stated", "running", []),
    "crc-making-amends": ("area not stated", "not stated", "running", []),
    "crc-community-payback": ("area not stated", "yes", "planned", []),
    "crc-attendance-centres": ("area not stated", "yes", "under review", []),
    "crc-through-the-gate": ("area not stated", "not stated", "running", []),
    "crc-hubs": ("area not stated", "yes", "planned", [7]),
    "nps-london": ("region-wide", "no", "running", [600, 700, 20]),
    "personality-disorder-pathway": ("region-wide", "yes", "running", []),
    "liaison-and-diversion": ("region-wide", "no", "running", []),
    "local-authority-provision": ("area not stated", "yes", "running", []),
    "charitable-provision": ("area not stated", "yes", "running", []),
    "hmp-bronzefield": ("named site", "yes", "running", [572]),
    "hmp-downview": ("named site", "yes", "running", []),
    "hmp-send": ("named site", "yes", "running", [20, 80, 40]),
    "rescue-and-response": ("area not stated", "yes", "running", []),
    "pecan-spaces": ("area not stated", "yes", "running", [2]),
    "wip-centres": ("area not stated", "yes", "running", [3]),
    "nps-trauma-training": ("region-wide", "not stated", "planned", []),
}


@pytest.mark.parametrize("name", ids("other_provision"))
def test_other_provision(name: str, london: Record) -> None:
    other = next(o for o in london.file.other_provision if o.id == name)
    assert (
        other.geography,
        other.women_specific,
        other.state,
        [f.value for f in other.figures],
    ) == OTHERS[name]


ALL_WRAPAROUND = ("minerva-wraparound", "south-london-alliance")
TARGETS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "reoffending": (10, "to be confirmed", ALL_WRAPAROUND),
    "children-into-care": (10, "to be confirmed", ALL_WRAPAROUND),
    "demand-on-justice": (NOT_STATED, "to be agreed", ALL_WRAPAROUND),
    "custodial-sentences": (NOT_STATED, "to be agreed", ALL_WRAPAROUND),
    "housing": (65, "to be confirmed", ALL_WRAPAROUND),
    "health": (70, "to be confirmed", ALL_WRAPAROUND),
    "safer-from-violence": (70, "to be agreed", ALL_WRAPAROUND),
    "employment": (70, "to be confirmed", ALL_WRAPAROUND),
    "money": (70, "to be confirmed", ALL_WRAPAROUND),
    "substance-use": (65, "to be confirmed", ALL_WRAPAROUND),
    "parenting": (70, "to be confirmed", ALL_WRAPAROUND),
    "young-women": (70, "to be confirmed", ("minerva-wraparound",)),
    "offending-behaviour": (NOT_STATED, "to be agreed", ALL_WRAPAROUND),
}


@pytest.mark.parametrize("name", ids("outcome_targets"))
def test_outcome_target(name: str, london: Record) -> None:
    target = next(t for t in london.file.outcome_targets if t.id == name)
    assert (target.value, target.state, target.services) == TARGETS[name]


# The disagreements that were known before the data was written; the list in the data is longer.
KNOWN = {
    "crc-21-or-20": {"minerva-crc.heading_count"},
    "greenwich-in-no-list": {"Greenwich", "counts"},
    "city-in-no-list": {"City of London"},
    "alliance-total": {"south-london-alliance"},
    "pilot-two-or-three": {"police-diversion-pilot"},
    "mopac-five-million": {"minerva-wraparound", "south-london-alliance"},
    "two-sets-of-21": {"counts"},
    "seven-or-eleven": {"crc-hubs"},
    "crc-end": {"minerva-crc"},
    "spellings": {"Kingston upon Thames", "Richmond upon Thames"},
    "girls-of-15": {"minerva-wraparound"},
    "strategy-date": set(),
    "wraparound-funding": {"minerva-wraparound"},
    "wraparound-eligibility": {"minerva-wraparound"},
    "crc-funds-where": {"Lambeth", "Sutton", "Wandsworth"},
    "custody-share": set(),
    "place-of-signatories": set(),
    "action-plan-maker": set(),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_discrepancy_is_recorded_where_it_touches(name: str) -> None:
    assert KNOWN[name] <= set(entry("discrepancies", name).get("touches", []))


@pytest.mark.parametrize("name", ids("discrepancies"))
def test_discrepancy_touches_things_that_exist(name: str, london: Record) -> None:
    things = (
        {area.name for area in london.areas}
        | {f"{s}.heading_count" for s in london.services_by_id}
        | {"counts", "areas_without_service.heading_count"}
    )
    things |= {
        i for section in ("services", "other_provision", "outcome_targets") for i in ids(section)
    }
    assert set(entry("discrepancies", name).get("touches", [])) <= things


SOURCES = {
    "annex": "2019",
    "statement": "2019",
    "report": "2019",
    "transforming-lives": "10 February 2015",
    "openup": "2019, before 26 June",
    "women-in-prison": "not stated",
    "minister": "4 July 2019",
}


@pytest.mark.parametrize("name", ids("sources"))
def test_source(name: str) -> None:
    source = entry("sources", name)
    assert source["date"] == SOURCES[name]
    sections = [section["id"] for section in source["sections"]]
    assert len(sections) == len(set(sections)), "a section id names one section"


def references(value: Any) -> Iterator[str]:
    """Every reference anywhere within an entry."""
    if isinstance(value, dict):
        yield from (
            ref for key, text in value.items() if key.endswith("ref") for ref in text.split("; ")
        )
        yield from (ref for inner in value.values() for ref in references(inner))
    elif isinstance(value, list):
        yield from (ref for inner in value for ref in references(inner))


REFERRING = [
    (section, name)
    for section in ("services", "other_provision", "outcome_targets", "discrepancies")
    for name in ids(section)
]


@pytest.mark.parametrize(("section", "name"), REFERRING, ids=[name for _, name in REFERRING])
def test_every_reference_leads_to_a_section(section: str, name: str, london: Record) -> None:
    found = list(references(entry(section, name)))
    assert found, "an entry without a reference"
    for text in found:
        source, _, part = text.partition(" §")
        assert london.section(Reference(source=source, section=part))[1].title


# Kinds of hub: what they reach and as what they are counted. Remote support is never a place.
HUB_MODELS = {
    "fixed-centre": ("fixed place", "what-if"),
    "outreach-hub": ("fixed place and areas visited", "what-if"),
    "mobile-unit": ("areas visited", "what-if"),
    "virtual-hub": ("whole region, remotely", "remote"),
    "one-stop-shop": ("fixed place", "what-if"),
}


def test_kinds_of_hub(london: Record) -> None:
    models = london.file.hub_models
    assert {m.id: (m.reach.value, m.counted_as) for m in models} == HUB_MODELS
    for ref in (ref for model in models for ref in model.ref):
        assert london.section(ref)[1].title


def test_the_four_documents_of_context_say_what_they_add(london: Record) -> None:
    added = {s.id: len(s.adds) for s in london.file.sources if s.adds}
    assert added == {"transforming-lives": 4, "openup": 3, "women-in-prison": 2, "minister": 3}
    for source in london.file.sources:
        assert {ref.source for adds in source.adds for ref in adds.ref} <= {source.id}


# Areas without the figure, and the age from which women are counted
INDICATORS: dict[str, tuple[set[str], int | None]] = {
    "women_18plus": (set(), 18),
    "women_15plus": (set(), 15),
    "area_ha": (set(), None),
    "inner_outer": (set(), None),
    "inner_outer_1963": (set(), None),
    "imd2019_score": (set(), None),
    "imd2019_rank": (set(), None),
    "income_deprivation_rate": (set(), None),
    "da_assessments": (set(), None),
    "ta_per_1000_households": ({"Redbridge", "Westminster"}, None),
    "homeless_leaving_custody": ({"Redbridge", "Richmond upon Thames", "Wandsworth"}, None),
}


@pytest.mark.parametrize("name", INDICATORS)
def test_indicator(name: str, london: Record) -> None:
    indicator = london.indicators_by_id[name]
    blank = {area.name for area in london.areas if london.figures[name].isna()[area.code]}
    assert (blank, indicator.women_from_age) == INDICATORS[name]
    assert indicator.source.licence and indicator.source.attribution and indicator.caution


def test_there_is_no_other_indicator(london: Record) -> None:
    assert set(london.indicators_by_id) == set(INDICATORS)
