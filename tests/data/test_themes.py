"""Themes and organisations hold what the source holds: counted, graded and named here by reading
it, not by the loader.

How things were counted stands at the head of ``data/themes.yaml``. A number that changes must be
changed here too, on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support import ROOT

from provision.io.problems import InvalidData
from provision.io.sidecars import read_described
from provision.record import Record
from provision.schema.services import Discrepancy, Entry, OtherProvision, Reference
from provision.schema.themes import (
    Contribution,
    GradeLevel,
    Organisation,
    OrganisationsFile,
    Stage,
    Tag,
    Theme,
    ThemesFile,
    Where,
)

DATA = ROOT / "data"
FILE = read_described(DATA / "themes.yaml", ThemesFile)
ORGANISATIONS = read_described(DATA / "organisations.yaml", OrganisationsFile).organisations
THEME = {theme.id: theme for theme in FILE.themes}
ORGANISATION = {organisation.id: organisation for organisation in ORGANISATIONS}


class Read(NamedTuple):
    """A theme as somebody read it: the page of the contents, then what was counted."""

    id: str
    page: int
    grade: str
    figures: list[float]
    statements: int
    feedback: int
    provision: int
    targets: list[str]
    data_gaps: int
    next_steps: int
    related: list[str]


NONE, LITTLE, UNMET = "none-described", "little-or-none", "significant-unmet-need"
LIMITED, TARGET = "limited-or-insufficient", "target-or-provision"

# fmt: off
AS_READ = [
    # theme            page grade     figures of the evidence                statements feedback
    # provision targets     gaps steps  see also
    Read("accommodation",    18, TARGET,  [38, 13, 6],                                  8,  5, 5, ["housing"],                         3, 12, []),
    Read("bame",             21, NONE,    [25],                                         5,  8, 0, [],                                  3,  8, []),
    Read("children",         23, TARGET,  [2, 3, 17_000_000],                           6, 10, 2, ["children-into-care", "parenting"], 1,  3, []),
    Read("domestic-abuse",   24, LIMITED, [],                                           4, 11, 3, ["safer-from-violence"],             0,  3, []),
    Read("drugs",            25, TARGET,  [49, 29, 66, 38, 30, 16, 10],                 1, 22, 5, ["substance-use"],                   0,  4, []),
    Read("employment",       27, TARGET,  [3, 10],                                      1,  7, 1, ["employment"],                      0,  3, ["poverty"]),
    Read("gangs",            28, UNMET,   [],                                           5,  2, 2, [],                                  1,  3,
         ["young-women", "prostitution", "trafficked"]),
    Read("foreign-national", 29, UNMET,   [8, 12, 19],                                  6, 10, 1, [],                                  2,  4, ["trafficked"]),
    Read("lgbt",             31, LITTLE,  [],                                           2,  5, 0, [],                                  2,  5, []),
    Read("mental-health",    32, TARGET,  [49, 23, 3, 46, 2, 7, 2, 7, 90],              9,  9, 4, ["health", "young-women"],           2,  8, []),
    Read("poverty",          34, TARGET,  [],                                           2,  5, 1, ["money"],                           2,  2, []),
    Read("prostitution",     35, UNMET,   [1600, 25],                                   3, 10, 1, [],                                  2,  2, []),
    Read("recall",           36, NONE,    [12, 2, 12, 1651, 50, 1378, 1155, 10],       10, 18, 0, [],                                  0,  2, []),
    Read("trafficked",       38, UNMET,   [],                                           6,  5, 3, [],                                  1,  3,
         ["gangs", "foreign-national", "prostitution"]),
    Read("young-women",      40, LIMITED, [84.9, 73.5],                                 9,  8, 3, ["young-women"],                     2,  3,
         ["gangs", "trafficked"]),
]

# Expert partners as printed under each theme.
PARTNERS = {
    "accommodation": ["Advance", "Local authority housing leads", "London Councils", "Housing for Women", "MHCLG", "Safer London"],
    "bame": ["Equal (formerly the Young Review)", "Hibiscus Initiatives", "Imkaan", "Lammy Review implementation team (MoJ)",
             "Muslim Women in Prison Project, Khidmat Centre, Bradford", "Muslim Hands"],
    "children": ["Birth Companions", "Department for Education", "Directors of Children's Services", "Young Mums Support Network"],
    "domestic-abuse": ["Advance", "Home Office", "Metropolitan Police", "Refuge", "Solace Women's Aid", "Women in Prison", "Women's Aid",
                       "Women at the Well"],
    "drugs": ["Clinical Commissioning Groups", "Local authority public health leads", "Public Health England", "Turning Point"],
    "employment": ["CPAG", "Department for Work and Pensions", "Government Equalities Office", "Working Chance"],
    "gangs": ["Abianda", "Nia", "Office of the Independent Anti-Slavery Commissioner", "Redthread",
              "Lammy Review implementation team (MoJ)", "St Giles Trust", "Women at the Well"],
    "foreign-national": ["AIRE Centre", "Bail for Immigration Detainees (BID)", "Hibiscus Initiatives",
                         "Office of the Independent Anti-Slavery Commissioner", "Lammy Review implementation team (MoJ)"],
    "lgbt": ["Galop", "Stonewall"],
    "mental-health": ["Clinical Commissioning Groups", "Community mental health services", "Liaison and diversion services", "KeyRing",
                      "Local authority leads", "Mignon French", "NHS England (London)", "Together for Mental Wellbeing"],
    "poverty": ["CPAG", "Department for Work and Pensions", "Working Chance"],
    "prostitution": ["Advance", "Nia", "Women at the Well", "Women in Prison"],
    "recall": ["Advance", "London CRC", "NPS – London", "Women in Prison"],
    "trafficked": ["Abianda", "AIRE Centre", "BID UK", "Equal", "Hibiscus Initiatives", "Human Trafficking Foundation", "Kalayaan",
                   "Lammy Review implementation team (MoJ)", "Nia", "Office of the Independent Anti-Slavery Commissioner", "Redthread",
                   "St Giles Trust", "Women at the Well"],
    "young-women": ["Abianda", "Agenda", "Become", "Care Leavers' Association", "Drive Forward Foundation", "Howard League for Penal Reform",
                    "Local authority Directors of children's services", "Redthread", "Transition 2 Adulthood Alliance"],
}

# The headings of section 6, in their order: 33 agencies and professional bodies, 30 of the
# voluntary sector.
SECTION_6 = [
    "adass", "adcs", "aldcs", "criminal-bar", "criminal-solicitors", "cps", "dfe", "dhsc", "dwp", "hmcts", "bronzefield", "downview", "send",
    "hmpps", "home-office", "anti-slavery", "judicial-college", "london-adass", "lambeth", "london-crc", "london-councils",
    "local-authorities", "magistrates", "mopac", "mps", "mhclg", "moj", "npcc", "nps", "nhs", "phe", "health-wellbeing", "ccgs",
    "abianda", "advance", "agenda", "airnetwork", "become", "care-leavers", "catch22", "clean-break", "clinks", "drive-forward",
    "heart-mind", "hibiscus", "housing-for-women", "imkaan", "inspirit", "pecan", "prison-reform-trust", "redthread", "refuge",
    "safeground", "safer-london", "startup", "st-giles", "t2a", "turning-point", "women-at-the-well", "women-in-prison", "womens-aid",
    "working-chance", "ymsn",
]
# fmt: on
NAMED_ELSEWHERE = 26

# A heading sends the reader to these themes, which do not send back.
ONE_WAY = {
    ("employment", "poverty"),
    ("gangs", "prostitution"),
    ("trafficked", "prostitution"),
    ("young-women", "trafficked"),
}

TARGETS_OF_NO_THEME = {
    "reoffending",
    "demand-on-justice",
    "custodial-sentences",
    "offending-behaviour",
}

# Whom the lines of provision name, in their order; a line that names nobody has none.
# fmt: off
BOTH = ("advance", "women-in-prison")  # who lead the co-commissioned services
NAMED_IN_LINES: dict[str, list[tuple[str, ...]]] = {
    "accommodation": [BOTH, ("london-crc",), (), ("advance",), ("send",)],
    "bame": [],
    "children": [BOTH, ("bronzefield",)],
    "domestic-abuse": [(), BOTH, ("advance",)],
    "drugs": [("council-public-health",), BOTH, ("turning-point",), ("liaison-and-diversion",), ("send",)],
    "employment": [BOTH],
    "gangs": [(), ("abianda",)],
    "foreign-national": [("hibiscus",)],
    "lgbt": [],
    "mental-health": [BOTH, ("advance",), ("liaison-and-diversion",), ("nps", "nhs")],
    "poverty": [BOTH],
    "prostitution": [()],
    "recall": [],
    "trafficked": [(), ("hibiscus",), ("abianda",)],
    "young-women": [(), ("advance",), ("advance",)],
}
# fmt: on
# Named by what they do, not by the name under which section 5 or 6 lists them.
CALLED = {
    "council-public-health": "councils' public health departments",
    "liaison-and-diversion": "Liaison and Diversion providers",
}


class ReadStage(NamedTuple):
    """A stage of the pathway as somebody read it: whom it names, by contribution; what it places;
    and how many gaps it has."""

    id: str
    contributions: int
    nobody: int  # contributions that name no organisation
    services: set[str]
    gaps: int


# fmt: off
CO_COMMISSIONED = {"minerva-wraparound", "south-london-alliance"}
STAGES = [
    # stage              contributions  nobody  services and other provision placed here
    # gaps
    ReadStage("arrest",                      5,      0, {"liaison-and-diversion", "police-diversion-pilot", "wip-centres", *CO_COMMISSIONED},          6),
    ReadStage("court",                       6,      2, {"liaison-and-diversion", *CO_COMMISSIONED},                                    7),
    ReadStage("sentence",                    4,      0, {"nps-london", "nps-trauma-training", "liaison-and-diversion", *CO_COMMISSIONED},                      6),
    ReadStage("custody",                    11,      0, {"hmp-bronzefield", "hmp-downview", "hmp-send", "nps-london",
                                                        "personality-disorder-pathway"},                                                8),
    ReadStage("through-the-gate",            8,      0, {"crc-through-the-gate", "bronzefield-drop-in", "nps-london", "hmp-send",
                                                        *CO_COMMISSIONED},                                                              9),
    ReadStage("community",                  26,      1, {"minerva-crc", "drug-treatment-drop-in", "advance-domestic-abuse",
                                                        "crc-trauma-training", "crc-female-only-reporting", "crc-support-workers",
                                                        "crc-thinking-ahead", "crc-healing-trauma", "crc-making-amends",
                                                        "crc-community-payback", "crc-attendance-centres", "crc-hubs", "nps-london",
                                                        "personality-disorder-pathway", "local-authority-provision",
                                                        "charitable-provision", "rescue-and-response", "pecan-spaces",
                                                        *CO_COMMISSIONED},                                                             10),
]
# fmt: on

DISCREPANCIES = [
    "ages-of-young-women",
    "one-way-references",
    "partners-without-entry",
    "themes-without-provision",
    "left-out-of-themes",
    "only-in-themes",
    "treatment-in-womens-prisons",
    "travellers-without-theme",
    "recall-12-months",
    "nearly-twice",
    "nationality-or-identity",
    "parents-in-prison-or-in-the-system",
    "shared-targets",
    "targets-agreed-or-not",
    "whose-outcomes",
    "crc-strategy-state",
    "hubs-here-or-to-come",
    "advance-centres",
    "who-pays-for-treatment",
    "group-work-paid-or-not",
    "pilot-length",
    "pilot-sends-where",
    "liaison-schemes-of-a-charity",
    "health-strategy",
    "violence-strategy-publisher",
    "names-of-organisations",
]

CONTRIBUTIONS = [
    (stage, contribution) for stage in FILE.pathway for contribution in stage.contributions
]

themes = pytest.mark.parametrize("theme", FILE.themes, ids=lambda t: t.id)
organisations = pytest.mark.parametrize("organisation", ORGANISATIONS, ids=lambda o: o.id)
stages = pytest.mark.parametrize("stage", FILE.pathway, ids=lambda s: s.id)
contributions = pytest.mark.parametrize(
    "contribution",
    [c for _, c in CONTRIBUTIONS],
    ids=[f"{s.id}: {c.who}: {c.what}" for s, c in CONTRIBUTIONS],
)
discrepancies = pytest.mark.parametrize("discrepancy", FILE.discrepancies, ids=lambda d: d.id)


def _entries(value: Any) -> Iterator[Entry]:
    """An entry and every entry in it."""
    if isinstance(value, tuple):
        yield from chain.from_iterable(_entries(item) for item in value)
    elif isinstance(value, Entry):
        yield value
        yield from chain.from_iterable(
            _entries(getattr(value, name)) for name in type(value).model_fields
        )


def _references(value: Any) -> set[Reference]:
    return {ref for entry in _entries(value) for ref in getattr(entry, "ref", ())}


def _called(name: str) -> Organisation:
    """The one organisation that goes by a name."""
    found = [o for o in ORGANISATIONS if name in (o.name, *o.variants)]
    assert len(found) == 1, f"{name!r} stands for {[o.id for o in found]}"
    return found[0]


def _sections(record: Record) -> set[tuple[str, str]]:
    return {
        (source.id, section.id) for source in record.file.sources for section in source.sections
    }


def _other(record: Record) -> dict[str, OtherProvision]:
    return {entry.id: entry for entry in record.file.other_provision}


def _named(who: str) -> set[str]:
    """The organisations whose name, in whole words, stands in ``who``, or that go by what it
    says."""
    by_name = {
        o.id
        for o in ORGANISATIONS
        for name in (o.name, *o.variants)
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", who)
    }
    return by_name | {id_ for id_, called in CALLED.items() if called == who}


def _own(theme: Theme) -> set[str]:
    return {f"annex §5.{theme.id}"}


# Themes


def test_there_are_fifteen_themes_in_the_order_of_the_annex() -> None:
    assert len(AS_READ) == 15
    assert [theme.id for theme in FILE.themes] == [read.id for read in AS_READ]


def test_the_totals_are_those_counted_by_hand() -> None:
    assert sum(need.is_figure for t in FILE.themes for need in t.need) == 40
    assert sum(len(t.feedback) for t in FILE.themes) == 135
    assert sum(len(t.provision) for t in FILE.themes) == 31
    assert sum(len(t.targets) for t in FILE.themes) == 10
    assert sum(len(t.data_gaps) for t in FILE.themes) == 21
    assert sum(len(t.next_steps) for t in FILE.themes) == 65
    assert sum(len(t.expert_partners) for t in FILE.themes) == 87


@pytest.mark.parametrize("read", AS_READ, ids=lambda r: r.id)
def test_a_theme_holds_what_was_read(read: Read) -> None:
    theme = THEME[read.id]
    assert [need.value for need in theme.need if need.is_figure] == read.figures
    assert sum(not need.is_figure for need in theme.need) == read.statements
    assert len(theme.feedback) == read.feedback
    assert len(theme.provision) == read.provision
    assert list(theme.targets) == read.targets
    assert theme.grade.level == read.grade
    assert len(theme.data_gaps) == read.data_gaps
    assert len(theme.next_steps) == read.next_steps
    assert list(theme.related) == read.related


@pytest.mark.parametrize("read", AS_READ, ids=lambda r: r.id)
def test_a_theme_goes_by_its_heading_and_page(read: Read, london: Record) -> None:
    theme = THEME[read.id]
    assert len(theme.ref) == 1
    _, section = london.section(theme.ref[0])
    assert (section.title, section.page) == (f"Thematic analysis: {theme.title}", read.page)


def test_one_heading_differs_from_the_contents() -> None:
    assert {
        theme.id: [v.name for v in theme.variants] for theme in FILE.themes if theme.variants
    } == {"bame": ["Black, Asian and minority ethnic women and women of minority faiths"]}


@themes
def test_a_theme_refers_to_what_exists(theme: Theme, london: Record) -> None:
    file = london.file
    assert {(r.source, r.section) for r in _references(theme)} <= _sections(london)
    assert set(theme.targets) <= {t.id for t in file.outcome_targets}
    assert {s for line in theme.provision for s in line.services} <= {
        s.id for s in (*file.services, *file.other_provision)
    }
    assert set(theme.expert_partners) <= set(ORGANISATION)
    assert set(theme.related) <= set(THEME) - {theme.id}


@themes
def test_a_theme_speaks_from_its_own_section(theme: Theme) -> None:
    spoken = (*theme.need, *theme.feedback, *theme.data_gaps, *theme.next_steps, theme.grade)
    assert {str(r) for r in _references(spoken)} == _own(theme)


@themes
def test_expert_partners_are_those_printed(theme: Theme) -> None:
    assert list(theme.expert_partners) == [_called(name).id for name in PARTNERS[theme.id]]


@themes
def test_a_target_belongs_to_the_themes_that_it_cites(theme: Theme, london: Record) -> None:
    cited = {t.id for t in london.file.outcome_targets if {str(r) for r in t.ref} & _own(theme)}
    assert set(theme.targets) == cited


def test_four_targets_belong_to_no_theme(london: Record) -> None:
    every = {t.id for t in london.file.outcome_targets}
    assert every - {t for theme in FILE.themes for t in theme.targets} == TARGETS_OF_NO_THEME


@themes
def test_a_target_comes_with_a_contract_that_has_it(theme: Theme, london: Record) -> None:
    """A target reaches the boroughs of the services that have it, so those services stand among the
    theme's provision."""
    of_targets = {
        s for t in london.file.outcome_targets if t.id in theme.targets for s in t.services
    }
    assert of_targets <= {s for line in theme.provision for s in line.services}


@themes
def test_provision_agrees_with_the_services(theme: Theme, london: Record) -> None:
    contracts = {s.id for s in london.services}
    other = {s.id: s for s in london.file.other_provision}
    for line in theme.provision:
        assert (line.geography == Where.NAMED_IN_CONTRACT) == bool(
            contracts & set(line.services)
        ), line.what
        for entry in (other[s] for s in line.services if s in other):
            assert (str(line.geography), line.women_specific) == (
                str(entry.geography),
                entry.women_specific,
            ), line.what


@themes
def test_a_line_has_the_organisations_that_it_names(theme: Theme) -> None:
    assert [line.organisations for line in theme.provision] == NAMED_IN_LINES[theme.id]
    for line in theme.provision:
        assert set(line.organisations) == _named(line.who), line.who
        assert set(line.organisations) <= set(ORGANISATION)


def test_six_lines_name_nobody() -> None:
    nobody = [
        line.who for theme in FILE.themes for line in theme.provision if not line.organisations
    ]
    assert len(nobody) == 6
    assert all("not named" in who or who == "not stated" for who in nobody)


@themes
def test_a_grade_fits_the_entry(theme: Theme) -> None:
    nothing = theme.grade.level in (GradeLevel.NONE_DESCRIBED, GradeLevel.LITTLE_OR_NONE)
    assert nothing == (not theme.provision)
    if theme.grade.level not in (
        GradeLevel.TARGET_OR_PROVISION,
        GradeLevel.LIMITED_OR_INSUFFICIENT,
    ):
        assert not theme.targets


def test_grades_are_those_of_the_five_kinds() -> None:
    grades = {level: {t.id for t in FILE.themes if t.grade.level == level} for level in GradeLevel}
    assert grades == {
        "none-described": {"bame", "recall"},
        "little-or-none": {"lgbt"},
        "significant-unmet-need": {"gangs", "foreign-national", "prostitution", "trafficked"},
        "limited-or-insufficient": {"domestic-abuse", "young-women"},
        "target-or-provision": {
            "accommodation",
            "children",
            "drugs",
            "employment",
            "mental-health",
            "poverty",
        },
    }


def test_targets_reach_the_boroughs_that_the_contracts_name(london: Record) -> None:
    """Eight themes have a target: seven in the 21 boroughs of the two projects, young women in
    WrapAround's 15."""
    services = {t.id: t.services for t in london.file.outcome_targets}
    reach = {}
    for theme in FILE.themes:
        named = {s for t in theme.targets for s in services[t]}
        columns = [london.services.index(london.services_by_id[s]) for s in named]
        reach[theme.id] = int(london.service_area_matrix[:, columns].any(axis=1).sum())
    assert {theme for theme, boroughs in reach.items() if boroughs == 21} == {
        "accommodation", "children", "domestic-abuse", "drugs", "employment", "mental-health", "poverty"
    }  # fmt: skip
    assert {theme: boroughs for theme, boroughs in reach.items() if 0 < boroughs < 21} == {
        "young-women": 15
    }


def test_cross_references_that_are_not_returned() -> None:
    pairs = {(theme.id, other) for theme in FILE.themes for other in theme.related}
    assert {(a, b) for a, b in pairs if (b, a) not in pairs} == ONE_WAY


def test_cautions_stand_where_women_must_leave() -> None:
    cautioned = {theme.id: theme.caution for theme in FILE.themes if theme.caution}
    assert set(cautioned) == {"accommodation", "domestic-abuse", "trafficked"}
    assert all(text.startswith("Our caution, not the source's:") for text in cautioned.values())


def test_only_named_owners_own_steps() -> None:
    owners = [(theme.id, step.owner) for theme in FILE.themes for step in theme.next_steps]
    assert sum(owner == "not stated" for _, owner in owners) == 41
    talkers = {theme for theme, owner in owners if owner == "Blueprint Delivery Group"}
    assert talkers == set(THEME) - {"accommodation"}


def test_every_tag_is_used_and_none_twice_in_a_point() -> None:
    points = [f.tags for theme in FILE.themes for f in theme.feedback]
    assert set(chain.from_iterable(points)) == set(Tag)
    assert all(len(tags) == len(set(tags)) for tags in points)


# The pathway


def test_the_pathway_has_six_stages_in_order() -> None:
    assert [stage.id for stage in FILE.pathway] == [
        "arrest",
        "court",
        "sentence",
        "custody",
        "through-the-gate",
        "community",
    ]
    assert [read.id for read in STAGES] == [stage.id for stage in FILE.pathway]


def test_the_totals_of_the_pathway_are_those_counted_by_hand() -> None:
    assert sum(read.contributions for read in STAGES) == len(CONTRIBUTIONS) == 60
    assert sum(read.gaps for read in STAGES) == 46


@pytest.mark.parametrize("read", STAGES, ids=lambda r: r.id)
def test_a_stage_holds_what_was_read(read: ReadStage) -> None:
    stage = next(s for s in FILE.pathway if s.id == read.id)
    assert len(stage.contributions) == read.contributions
    assert sum(not c.organisations for c in stage.contributions) == read.nobody
    assert set(chain.from_iterable(c.services for c in stage.contributions)) == read.services
    assert len(stage.gaps) == read.gaps


@stages
def test_a_stage_asks_and_refers_to_what_exists(stage: Stage, london: Record) -> None:
    assert stage.question.endswith("?")
    assert {(r.source, r.section) for r in _references(stage)} <= _sections(london)
    assert all(gap.ref for gap in stage.gaps)
    assert len({(c.who, c.what) for c in stage.contributions}) == len(stage.contributions)


def test_every_service_and_every_other_provision_has_a_stage(london: Record) -> None:
    placed = set(chain.from_iterable(c.services for _, c in CONTRIBUTIONS))
    assert len(london.services) == 3
    assert len(london.file.other_provision) == 26
    assert placed == {s.id for s in london.services} | set(_other(london))


@contributions
def test_a_contribution_has_the_organisations_that_it_names(contribution: Contribution) -> None:
    assert set(contribution.organisations) <= set(ORGANISATION)
    assert set(contribution.organisations) == _named(contribution.who)


@contributions
def test_a_contribution_agrees_with_the_services(
    contribution: Contribution, london: Record
) -> None:
    contracts = {s.id for s in london.services}
    other = _other(london)
    assert set(contribution.services) <= contracts | set(other)
    assert (contribution.geography == Where.NAMED_IN_CONTRACT) == bool(
        contracts & set(contribution.services)
    )
    for entry in (other[s] for s in contribution.services if s in other):
        said = (str(contribution.geography), contribution.women_specific, contribution.state)
        assert said == (str(entry.geography), entry.women_specific, entry.state)


@contributions
def test_a_contribution_refers_to_what_exists(contribution: Contribution, london: Record) -> None:
    assert contribution.ref
    assert {(r.source, r.section) for r in contribution.ref} <= _sections(london)


def test_what_we_placed_ourselves_says_so() -> None:
    """Nothing in the source puts these at a stage: their limit says that they stand where they do
    by us."""
    placed = {
        s
        for _, c in CONTRIBUTIONS
        if re.search(r"\b(we place it here|our placing)\b", c.limit, re.IGNORECASE)
        for s in c.services
    }
    assert placed == {
        "drug-treatment-drop-in", "advance-domestic-abuse", "crc-trauma-training", "crc-female-only-reporting", "crc-support-workers",
        "crc-thinking-ahead", "crc-healing-trauma", "crc-making-amends", "crc-community-payback", "crc-attendance-centres",
        "local-authority-provision", "charitable-provision", "hmp-send", "nps-trauma-training", "rescue-and-response", "pecan-spaces",
        *CO_COMMISSIONED,
    }  # fmt: skip


def test_what_is_made_for_women_at_arrest_is_little() -> None:
    """Made for women and running: the co-commissioned services and one charity's schemes. The
    police pilot is only planned."""
    arrest = FILE.pathway[0]
    running = [
        (c.organisations, c.geography)
        for c in arrest.contributions
        if c.women_specific == "yes" and c.state == "running"
    ]
    assert running == [
        (BOTH, Where.NAMED_IN_CONTRACT),
        (("women-in-prison",), Where.AREA_NOT_STATED),
    ]
    assert {s for c in arrest.contributions if c.state == "planned" for s in c.services} == {
        "police-diversion-pilot"
    }


# Discrepancies


def test_discrepancies_are_those_found_by_reading(london: Record) -> None:
    assert len(DISCREPANCIES) == 26
    assert [d.id for d in FILE.discrepancies] == DISCREPANCIES
    assert not set(DISCREPANCIES) & {d.id for d in london.file.discrepancies}


@discrepancies
def test_a_discrepancy_refers_to_what_exists(discrepancy: Discrepancy, london: Record) -> None:
    assert len(discrepancy.statements) >= 2
    assert all(statement.ref for statement in discrepancy.statements)
    assert {(r.source, r.section) for r in _references(discrepancy)} <= _sections(london)
    assert discrepancy.touches
    assert len(discrepancy.touches) == len(set(discrepancy.touches))
    assert set(discrepancy.touches) <= set(THEME) | set(ORGANISATION) | {
        t.id for t in london.file.outcome_targets
    }


def test_discrepancies_agree_with_the_data(london: Record) -> None:
    """What their words count is what the data hold."""
    pairs = {theme for pair in ONE_WAY for theme in pair}
    found = {d.id: d for d in FILE.discrepancies}
    assert set(found["one-way-references"].touches) == pairs
    experts = [o for o in ORGANISATIONS if o.themes]
    assert (len(experts), sum(not o.in_section_6 for o in experts)) == (57, 25)
    partners = [
        o.id
        for o in experts
        if not o.in_section_6 and {s.id for s in london.services} & set(o.services)
    ]
    assert partners == ["birth-companions"]
    shared = {
        t.id
        for t in london.file.outcome_targets
        if set(t.services) == CO_COMMISSIONED and t.id not in TARGETS_OF_NO_THEME
    }
    assert set(found["shared-targets"].touches) == shared
    assert round(49 / 23, 2) == 2.13


# What cuts across


def test_five_areas_cut_across_the_themes(london: Record) -> None:
    counted = {area.id: len(area.points) for area in FILE.cross_cutting}
    assert counted == {
        "multi-agency": 5,
        "voluntary-approach": 4,
        "courts": 3,
        "geographical-gaps": 2,
        "specialist-provision": 2,
    }
    assert {str(r) for r in _references(FILE.cross_cutting)} == {"annex §5.cross-cutting"}
    assert ("annex", "5.cross-cutting") in _sections(london)


def test_aims_are_paragraphs_8_to_15_of_the_statement(london: Record) -> None:
    assert [[str(r) for r in aim.ref] for aim in FILE.aims] == [
        [f"statement §{n}"] for n in range(8, 16)
    ]
    assert {(r.source, r.section) for r in _references(FILE.aims)} <= _sections(london)
    assert len({aim.id for aim in FILE.aims}) == 8


# Organisations


def test_organisations_are_those_of_section_6_and_those_named_elsewhere() -> None:
    assert len(SECTION_6) == 63
    assert [o.id for o in ORGANISATIONS if o.in_section_6] == SECTION_6
    assert sum(not o.in_section_6 for o in ORGANISATIONS) == NAMED_ELSEWHERE
    assert len(ORGANISATION) == len(ORGANISATIONS) == 63 + NAMED_ELSEWHERE


def test_no_two_organisations_go_by_one_name() -> None:
    names = [name.casefold() for o in ORGANISATIONS for name in {o.name, *o.variants}]
    assert len(names) == len(set(names))


@organisations
def test_an_organisation_refers_to_what_exists(organisation: Organisation, london: Record) -> None:
    file = london.file
    assert {(r.source, r.section) for r in organisation.ref} <= _sections(london)
    assert set(organisation.themes) <= set(THEME)
    assert set(organisation.services) <= {s.id for s in (*file.services, *file.other_provision)}
    own = f"annex §6.{organisation.id}" in {str(r) for r in organisation.ref}
    assert own == organisation.in_section_6


@organisations
def test_an_organisation_and_the_themes_agree(organisation: Organisation) -> None:
    assert list(organisation.themes) == [
        t.id for t in FILE.themes if organisation.id in t.expert_partners
    ]


@organisations
def test_an_organisation_and_the_services_agree(organisation: Organisation, london: Record) -> None:
    """It leads, runs, oversees or is a partner in what is listed, by services.yaml; five entries
    rest on a passage instead."""
    names = {organisation.name, *organisation.variants}
    by_name = {
        s.id
        for s in london.services
        if names & {s.provider, s.overseer, *(p.organisation for p in s.partners)}
    }
    by_name |= {s.id for s in london.file.other_provision if s.provider in names}
    by_passage = {"bronzefield": {"hmp-bronzefield"}, "downview": {"hmp-downview"}, "send": {"hmp-send"},
                  "nhs": {"personality-disorder-pathway"}, "liaison-and-diversion": {"liaison-and-diversion"}}  # fmt: skip
    assert set(organisation.services) == by_name | by_passage.get(organisation.id, set())


@organisations
def test_an_organisation_publishes_no_address(organisation: Organisation) -> None:
    text = f"{organisation.line} {organisation.site}"
    assert not re.search(
        r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|https?:|www\.|@|\b\d+[a-z]? [A-Z]\w+"
        r" (Street|Road|Lane)\b",
        text,
    )


def test_partners_and_providers_of_the_services_are_all_here(london: Record) -> None:
    for service in london.services:
        for name in filter(
            None, (service.provider, service.overseer, *(p.organisation for p in service.partners))
        ):
            assert service.id in _called(name).services
    for entry in london.file.other_provision:
        if entry.provider not in ("not stated", "several providers, not named"):
            assert entry.id in _called(entry.provider).services


def test_what_is_only_named_says_nothing() -> None:
    """Where the source only names an organisation, its line is *not stated*: 19 of the 26 without
    an entry in section 6."""
    silent = {o.id for o in ORGANISATIONS if o.line == "not stated"}
    assert not silent & set(SECTION_6)
    assert len(silent) == 19


# The schema


@pytest.mark.parametrize(
    ("model", "entry", "field", "said"),
    [
        (ThemesFile, "value: 38", "value: 38\n        colour: red", "is not a field"),
        (
            ThemesFile,
            "        population: women released from custody (area not stated)\n",
            "",
            "has a value; give unit",
        ),
        (ThemesFile, "tags: [housing]", "tags: [houses]", "write one of"),
        (ThemesFile, "level: none-described", "level: nothing", "write one of"),
        (ThemesFile, "ref: annex §5.bame", "ref: annex 5.bame", "is not a reference"),
        (ThemesFile, "        organisations: []\n", "", "organisations"),
        (ThemesFile, "state: under review", "state: paused", "write one of"),
        (OrganisationsFile, "kind: government", "kind: ministry", "write one of"),
    ],
)
def test_a_fault_is_refused(
    tmp_path: Path, model: type[Entry], entry: str, field: str, said: str
) -> None:
    name = "themes.yaml" if model is ThemesFile else "organisations.yaml"
    text = (DATA / name).read_text(encoding="utf-8")
    assert entry in text
    (tmp_path / name).write_text(text.replace(entry, field, 1), encoding="utf-8")
    with pytest.raises(InvalidData, match=said):
        read_described(tmp_path / name, model)


@pytest.mark.parametrize("model", [ThemesFile, OrganisationsFile])
def test_a_region_may_have_none(model: type[Entry]) -> None:
    assert all(value == () for _, value in model.model_validate({}))


# What is said beside the themes


def test_commitments_are_the_paragraphs_of_the_statement_that_are_no_aims() -> None:
    cited = {str(r) for r in _references(FILE.commitments)}
    assert {f"statement §{n}" for n in (3, 4, 5, 6, 16, 17, 18, 19, 20)} <= cited
    assert {c.id: len(c.points) for c in FILE.commitments} == {
        "equal-treatment": 3,
        "non-prosecution": 1,
        "best-interests-of-children": 5,
        "homelessness": 3,
        "data-set": 1,
        "lived-experience": 1,
        "delivery-group": 3,
        "action-plan": 2,
    }


def test_aims_have_their_year_where_the_heading_gives_one() -> None:
    """Paragraphs 8 to 14 stand under "Aims to be achieved by 2022"; paragraph 15 does not."""
    assert [aim.by for aim in FILE.aims] == ["2022"] * 7 + [None]


def test_investment_is_section_4_and_holds_no_figure() -> None:
    assert {i.id: (i.state, len(i.points)) for i in FILE.investment} == {
        "what-it-costs": ("committed", 2),
        "mixed-model": ("proposed", 4),
        "devolution-models": ("under way", 1),
        "money-sources": ("to be considered", 3),
        "joint-research": ("being commissioned", 3),
    }
    texts = [point.text for entry in FILE.investment for point in entry.points]
    assert not any(re.search(r"[£%]|\d", text) for text in texts)


def test_context_holds_london_the_memorandum_and_greater_manchester(london: Record) -> None:
    assert {t.id: len(t.points) for t in FILE.context} == {
        "london": 8,
        "memorandum": 9,
        "greater-manchester": 8,
    }
    said = (FILE.commitments, FILE.investment, FILE.context)
    assert {(r.source, r.section) for entry in said for r in _references(entry)} <= _sections(
        london
    )


def test_a_figure_without_a_footnote_of_its_own_says_so() -> None:
    """Thirteen figures stand in a sentence without a footnote; a later sentence has one."""
    borrowed = [
        n for t in FILE.themes for n in t.need if (n.cited or "").startswith("none of its own")
    ]
    assert len(borrowed) == 13 and all(n.is_figure for n in borrowed)
