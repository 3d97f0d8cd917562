"""Who serves what: Farwater's organisations, tied by hand, and the partnership of London's
contracts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import sketch
from support.theming import changed_theme, engaged, line

from provision.export.themes import partner_rows, pathway_rows
from provision.record import Record
from provision.schema.services import Role
from provision.themes.partners import (
    IN_SERVICES,
    IN_THEMES,
    Reliance,
    Tie,
    identified,
    in_services,
    links,
    name_of,
    nodes,
    of_organisation,
    reliances,
)


def ties(record: Record) -> list[tuple[str, Tie, str]]:
    return [(link.organisation, link.tie, link.other) for link in links(record)]


def test_every_tie_of_farwater_services_first_in_the_order_of_the_files(farwater: Record) -> None:
    assert ties(farwater) == [
        ("lantern", Tie.LEADS, "lantern"),
        ("harvest-trust", Tie.LEADS, "harvest"),
        ("lantern", Tie.LEADS, "ferry"),
        ("Quay Women", Tie.LEADS, "quay"),
        ("Orchard", Tie.LEADS, "orchard"),
        ("lantern", Tie.PROVIDES, "work"),
        ("job-shop", Tie.EXPERT, "work"),
        ("harvest-trust", Tie.PROVIDES, "safety"),
        ("lantern", Tie.PROVIDES, "safety"),
        ("harvest-trust", Tie.EXPERT, "safety"),
        ("lantern", Tie.EXPERT, "safety"),
        ("lantern", Tie.PROVIDES, "crossing"),
    ]


def test_a_tie_says_what_it_is_about_and_where_that_stands(farwater: Record) -> None:
    leads, provides, expert = (links(farwater)[i] for i in (0, 5, 6))
    assert (leads.text, str(leads.refs[0])) == ("a key worker for each woman", "guide §2")
    assert (provides.text, str(provides.refs[0])) == ("help with finding work", "guide §2")
    assert expert.text == "named as expert partner"


def test_nobody_is_tied_to_a_theme_twice_in_the_same_way(farwater: Record) -> None:
    more = changed_theme(
        farwater,
        "gaol",
        provision=[line("region-wide", (), ["lantern"]), line("area not stated", (), ["lantern"])],
    )
    assert [t for t in ties(more) if t[2] == "gaol"] == [("lantern", Tie.PROVIDES, "gaol")]


def test_an_overseer_and_partners_are_tied_too() -> None:
    record = sketch(["A"], {"x": ("one-to-one", "2020-01", "2020-12", ["A"])})
    role = Role.model_validate({"organisation": "Third", "role": "drop-in", "ref": "guide §1"})
    service = record.services[0].model_copy(update={"overseer": "Second", "partners": (role,)})
    found = replace(record, file=record.file.model_copy(update={"services": (service,)}))
    assert ties(found) == [
        ("x", Tie.LEADS, "x"),
        ("Second", Tie.OVERSEES, "x"),
        ("Third", Tie.PARTNER, "x"),
    ]
    assert links(found)[2].text == "drop-in"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Lantern", "lantern"),
        ("The Lantern", "lantern"),
        ("LANTERN", "lantern"),
        ("Orchard", "Orchard"),
        ("", ""),
    ],
)
def test_an_organisation_goes_by_every_spelling_and_else_by_its_name(
    name: str, found: str, farwater: Record
) -> None:
    assert identified(farwater, name) == found


@pytest.mark.parametrize(
    ("organisation", "name"), [("job-shop", "The Job Shop"), ("Quay Women", "Quay Women")]
)
def test_what_an_organisation_is_called(organisation: str, name: str, farwater: Record) -> None:
    assert name_of(farwater, organisation) == name


def test_nodes_are_all_that_can_be_chosen(farwater: Record) -> None:
    assert nodes(farwater) == {
        **{
            "lantern": "Lantern",
            "harvest-trust": "Harvest Trust",
            "job-shop": "The Job Shop",
            "Quay Women": "Quay Women",
            "Orchard": "Orchard",
        },
        **{
            "service:lantern": "The Lantern service",
            "service:harvest": "The Harvest service",
            "service:ferry": "The Ferry service",
        },
        **{"service:quay": "The Quay service", "service:orchard": "The Orchard service"},
        **{
            "theme:work": "Work and money",
            "theme:safety": "Safety at home",
            "theme:crossing": "Women who cross the river",
        },
        **{"theme:gaol": "Women in gaol", "theme:silence": "Women nobody speaks of"},
    }


def test_the_ties_of_one_organisation(farwater: Record) -> None:
    assert [(link.tie, link.other) for link in of_organisation(farwater, "harvest-trust")] == [
        (Tie.LEADS, "harvest"),
        (Tie.PROVIDES, "safety"),
        (Tie.EXPERT, "safety"),
    ]
    assert of_organisation(farwater, "nobody") == ()


def test_who_is_in_most_services_comes_first_and_then_by_name(farwater: Record) -> None:
    assert in_services(farwater) == {
        "lantern": ("lantern", "ferry"),
        "harvest-trust": ("harvest",),
        "Orchard": ("orchard",),
        "Quay Women": ("quay",),
    }
    assert list(in_services(farwater)) == ["lantern", "harvest-trust", "Orchard", "Quay Women"]


def test_an_organisation_that_only_provides_is_in_no_service(farwater: Record) -> None:
    assert "job-shop" not in in_services(farwater)


def test_whom_every_theme_rests_on_fewest_first_and_nobody_last(farwater: Record) -> None:
    assert reliances(farwater) == (
        Reliance("crossing", ("lantern",), others=False),
        Reliance("work", ("lantern",), others=True),
        Reliance("safety", ("harvest-trust", "lantern"), others=True),
        Reliance("gaol", (), others=True),
    )


def test_a_theme_without_provision_rests_on_nobody_and_is_left_out(farwater: Record) -> None:
    assert "silence" not in {r.theme for r in reliances(farwater)}


def test_a_record_without_themes_has_the_ties_of_its_services_alone(city: Record) -> None:
    assert {link.tie for link in links(city)} == {Tie.LEADS}
    assert list(in_services(city)) == ["Lantern", "Harvest Trust", "Orchard", "Quay Women"]
    assert reliances(city) == ()


def test_a_record_of_nothing_has_no_ties() -> None:
    record = sketch(["A"], {})
    assert links(record) == () and in_services(record) == {} and nodes(record) == {}


def test_two_organisations_of_one_beginning_stay_two() -> None:
    record = engaged(
        sketch(["A"], {}),
        {"id": "advance", "name": "Advance"},
        {"id": "north", "name": "Advance North"},
    )
    assert [identified(record, name) for name in ("Advance", "Advance North")] == [
        "advance",
        "north",
    ]


# London's Figure 3, as it is printed: 11 partners of the one service, 9 and an overseer of the
# other; five are in both

WRAPAROUND = [
    *(
        "advance",
        "turning-point",
        "hibiscus",
        "clean-break",
        "working-chance",
        "housing-for-women",
        "airnetwork",
        "heart-mind",
        "ymsn",
    ),
    *("safeground", "inspirit", "prison-reform-trust"),
]
ALLIANCE = [
    *(
        "women-in-prison",
        "lambeth",
        "nps",
        "london-crc",
        "advance",
        "pecan",
        "housing-for-women",
        "clean-break",
        "hibiscus",
        "birth-companions",
    ),
    "working-chance",
]


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("minerva-wraparound", WRAPAROUND),
        ("south-london-alliance", ALLIANCE),
        ("minerva-crc", ["advance"]),
    ],
)
def test_the_organisations_of_every_london_contract(
    service: str, expected: list[str], london: Record
) -> None:
    assert sorted(
        o for o, services in in_services(london).items() if service in services
    ) == sorted(expected)


def test_five_of_london_s_organisations_are_in_several_services(london: Record) -> None:
    several = {o: len(services) for o, services in in_services(london).items() if len(services) > 1}
    assert several == {
        "advance": 3,
        "clean-break": 2,
        "hibiscus": 2,
        "housing-for-women": 2,
        "working-chance": 2,
    }
    assert len(in_services(london)) == 18


def test_foreign_national_women_rest_on_one_organisation_alone(london: Record) -> None:
    alone = [r.theme for r in reliances(london) if len(r.named) == 1 and not r.others]
    assert alone == ["foreign-national"]
    assert next(r for r in reliances(london) if r.theme == "foreign-national").named == (
        "hibiscus",
    )


def test_the_expert_partners_for_foreign_national_women(london: Record) -> None:
    found = [
        name_of(london, link.organisation)
        for link in links(london)
        if (link.tie, link.other) == (Tie.EXPERT, "foreign-national")
    ]
    assert found == [
        *("AIRE Centre", "Bail for Immigration Detainees (BID)", "Hibiscus Initiatives"),
        *("Independent Anti-Slavery Commissioner", "Lammy Review implementation team (MoJ)"),
    ]


def test_every_tie_of_london_leads_to_something_that_is_there(london: Record) -> None:
    for link in links(london):
        assert link.organisation in london.organisations_by_id
        assert link.other in (
            london.services_by_id if link.tie in IN_SERVICES else london.themes_by_id
        )
        assert link.tie in (*IN_SERVICES, *IN_THEMES) and link.refs


# As rows for files


def test_every_tie_as_a_row(farwater: Record) -> None:
    rows = partner_rows(farwater)
    assert len(rows) == 12
    assert rows[0] == {
        "organisation": "Lantern",
        "tie": "leads",
        "to": "lantern",
        "what": "a key worker for each woman",
        "reference": "guide §2",
    }
    assert rows[6] == {
        "organisation": "The Job Shop",
        "tie": "expert_partner",
        "to": "work",
        "what": "named as expert partner",
        "reference": "guide §2",
    }


def test_every_contribution_as_a_row(farwater: Record) -> None:
    rows = pathway_rows(farwater)
    assert [(row["stage"], row["who"]) for row in rows] == [
        ("street", "the night line"),
        ("street", "Lantern, outreach"),
    ]
    assert rows[0] == {
        **{
            "stage": "street",
            "who": "the night line",
            "what": "somebody to talk to",
            "limit": "no visits",
            "state": "running",
        },
        **{"women_specific": "yes", "geography": "region-wide", "reference": "guide §6"},
    }
