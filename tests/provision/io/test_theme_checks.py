"""What is wrong with themes.yaml and organisations.yaml, between each other and the services:
Farwater's, spoilt in one place and in many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, changed, line_of, one_clean_line

from provision.__main__ import main
from provision.io.files import DataFiles
from provision.io.node_paths import Path_
from provision.io.problems import InvalidData, Problem
from provision.io.reading import Document, read_yaml
from provision.io.theme_checks import read_annexes
from provision.record import Record

CITY = ROOT / "tests" / "city"
THEMES, ORGANISATIONS = (
    (CITY / name).read_text(encoding="utf-8") for name in ("themes.yaml", "organisations.yaml")
)
Judge = Callable[[str, str], list[Problem]]


@pytest.fixture
def judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, city_files: DataFiles, city: Record
) -> Judge:
    """Everything that is found wrong with Farwater's two files, were these their texts."""
    monkeypatch.chdir(tmp_path)
    files = replace(
        city_files, themes=tmp_path / "themes.yaml", organisations=tmp_path / "organisations.yaml"
    )

    def found(themes: str, organisations: str) -> list[Problem]:
        for path, text in ((files.themes, themes), (files.organisations, organisations)):
            assert path
            path.write_text(text, encoding="utf-8")
        try:
            read_annexes(files, city.file)
        except InvalidData as error:
            return list(error.problems)
        return []

    return found


def test_both_files_as_they_stand_have_no_problem(judge: Judge) -> None:
    assert judge(THEMES, ORGANISATIONS) == []


NIGHT = "state: running\n        services: [night-line]"
BASIS = "        basis: the guide\n        ref: guide §4;"
WIDE = "region-wide\n        services"
NEED = "need:\n      - {text: The guide names them once., ref: guide §1}"

# What is changed, to what; then: entry and field, part of what is wrong, part of how to mend it.
Fault = tuple[str, str, str, str, str]
IN_THEMES: dict[str, Fault] = {
    "unknown target": ("targets: [safer]", "targets: [safr]", "themes/safety: targets.1", "'safr' is not the id of an outcome target", "'safer'"),
    "unknown target like no other": ("targets: [safer]", "targets: [x-y]", "themes/safety: targets.1", "'x-y' is not", "use an id that the data has"),
    "unknown service": (
        "services: [ferry, quay]",
        "services: [ferry, key]",
        "themes/crossing: provision.1.services.2",
        "'key' is not the id of a service",
        "an id",
    ),
    "misspelt service": ("services: [gaol]", "services: [goal]", "themes/gaol: provision.1.services.1", "'goal' is not", "did you mean 'gaol'?"),
    "unknown organisation": (
        "organisations: [harvest-trust]",
        "organisations: [harvest-trusts]",
        "themes/safety: provision.1.organisations.1",
        "'harvest-trusts' is not the id of an organisation",
        "did you mean 'harvest-trust'?",
    ),
    "unknown expert": ("partners: [job-shop]", "partners: [job-shop, nobody]", "themes/work: expert_partners.2", "'nobody' is not", "an id"),
    "unknown related theme": ("related: [safety]", "related: [safty]", "themes/work: related.1", "'safty' is not the id of a theme", "'safety'"),
    "unknown service on the pathway": (NIGHT, NIGHT.replace("line]", "bus]"), "pathway/street: contributions.1.services.1", "'night-bus'", "an id"),
    "discrepancy about nothing": ("touches: [work,", "touches: [wrk,", "discrepancies/target-or-not: touches.1", "'wrk' is not the id of", "'work'"),
    "unknown source": ("ref: guide §4; guide", "ref: gide §4; guide", "themes/crossing: provision.1.ref", "unknown source 'gide'", "did you mean 'guide'?"),
    "unknown section": ("ref: guide §4; guide §5", "ref: guide §4; guide §55", "themes/crossing: provision.1.ref", "unknown section '55' of guide", "sections"),
    "no reference at all": ("corner., ref: guide §1", "corner., ref: guide", "aims/lamps: ref", "is not a reference", "write 'source-id §section-id'"),
    "theme twice": ("- id: gaol\n    title", "- id: safety\n    title", "themes/safety: id", "'safety' is already the id of an entry", "an id of its own"),
    "stage twice": ("id: gaol-gate", "id: street", "pathway/street: id", "'street' is already the id of an entry", "an id of its own"),
    "field left out": ("    title: Women in gaol\n", "", "themes/gaol: title", "is missing", "add it"),
    "field left out of a line": (BASIS, "        ref: guide §4;", "themes/crossing: provision.1.basis", "is missing", "add"),
    "field misspelt": ("    caution: Many", "    cauton: Many", "themes/safety: cauton", "is not a field of this entry", "did you mean 'caution'?"),
    "field of no file": ("cross_cutting:", "cross_cuttings:", "cross_cuttings", "is not a field of this entry", "did you mean 'cross_cutting'?"),
    "text for a list": ("targets: [work]", "targets: work", "themes/work: targets", "is text ('work')", "write a list"),
    "list for text": ("title: Safety at home", "title: [Safety at home]", "themes/safety: title", "is a list", "write text"),
    "number for text": ("title: Safety at home", "title: 7", "themes/safety: title", "is a number ('7')", "write text"),
    "nothing for text": ("answer: The night line, by telephone alone.", "answer:", "pathway/street: answer", "is empty", "write text"),
    "text for a number": ("value: 12", "value: twelve", "themes/work: need.1.value", "is not a number", "or 'not stated'"),
    "grade of its own": ("level: none-described", "level: nothing", "themes/silence: grade.level", "is 'nothing'", "write one of: 'none-described'"),
    "geography of its own": (WIDE, WIDE.replace("region", "city"), "themes/safety: provision.3.geography", "'city-wide'", "write one of"),
    "tag of its own": ("tags: [employment,", "tags: [jobs,", "themes/work: feedback.1.tags.1", "is 'jobs'", "write one of"),
    "id with a capital": ("- id: silence", "- id: Silence", "themes/Silence: id", "is 'Silence'", "use small letters"),
    "figure without its unit": ("unit: \"%\", population", "population", "themes/work: need.1", "has a value", "give unit"),
    "no need at all": (NEED, "need: []", "themes/silence: need", "is empty", "write at least one entry"),
}  # fmt: skip
IN_ORGANISATIONS: dict[str, Fault] = {
    "unknown theme": (
        "themes: [work]",
        "themes: [work, wrk]",
        "organisations/job-shop: themes.2",
        "'wrk' is not the id of a theme",
        "did you mean 'work'?",
    ),
    "unknown service": (
        "[lantern, ferry]",
        "[lantern, fery]",
        "organisations/lantern: services.2",
        "'fery' is not the id of a service",
        "'ferry'",
    ),
    "unknown section": (
        "ref: guide §3",
        "ref: guide §33",
        "organisations/harvest-trust: ref",
        "unknown section '33' of guide",
        "sections",
    ),
    "theme that names it left out": (
        "themes: [work]",
        "themes: []",
        "organisations/job-shop: themes",
        "lacks 'work', which names",
        "add it, or take",
    ),
    "theme that does not name it": (
        "    themes: [work]",
        "    themes: [work, gaol]",
        "organisations/job-shop: themes",
        "holds 'gaol', which does not name",
        "remove it",
    ),
    "field left out": (
        "    line: Keeps a safe house.\n",
        "",
        "organisations/harvest-trust: line",
        "is missing",
        "add it",
    ),
    "field misspelt": (
        "variants:",
        "variant:",
        "organisations/lantern: variant",
        "is not a field of this entry",
        "did you mean 'variants'?",
    ),
    "number for text": (
        "name: The Job Shop",
        "name: 3",
        "organisations/job-shop: name",
        "is a number",
        "write text",
    ),
    "word for yes or no": (
        "in_section_6: false",
        "in_section_6: [no]",
        "organisations/job-shop: in_section_6",
        "is a list",
        "write",
    ),
}


def assert_only(problems: list[Problem], file: str, fault: Fault, lines: range) -> None:
    *_, where, what, mend = fault
    assert len(problems) == 1, "\n".join(map(str, problems)) or "nothing was found wrong"
    problem = problems[0]
    assert problem.file == file
    assert ": ".join(part for part in (problem.entry, problem.field) if part) == where
    assert what in problem.what and mend in problem.mend
    assert problem.line in lines, "the line is not that of the change"


def near(old: str, new: str, text: str) -> range:
    """The lines that a change touches, and the head of an entry before them: what is missing has no
    line of its own."""
    first = line_of(old, text)
    return range(first - (20 if old.startswith("    ") else 0), first + new.count("\n") + 1)


@pytest.mark.parametrize("name", IN_THEMES)
def test_fault_in_themes(name: str, judge: Judge) -> None:
    fault = IN_THEMES[name]
    assert_only(
        judge(changed(*fault[:2], THEMES), ORGANISATIONS),
        "themes.yaml",
        fault,
        near(*fault[:2], THEMES),
    )


@pytest.mark.parametrize("name", IN_ORGANISATIONS)
def test_fault_in_organisations(name: str, judge: Judge) -> None:
    fault = IN_ORGANISATIONS[name]
    assert_only(
        judge(THEMES, changed(*fault[:2], ORGANISATIONS)),
        "organisations.yaml",
        fault,
        near(*fault[:2], ORGANISATIONS),
    )


def test_an_organisation_twice_is_said_once_for_the_id(judge: Judge) -> None:
    text = ORGANISATIONS + ORGANISATIONS[ORGANISATIONS.index("  - id: job-shop") :]
    (problem,) = judge(THEMES, text)
    assert (problem.file, problem.entry, problem.field) == (
        "organisations.yaml",
        "organisations/job-shop",
        "id",
    )
    assert problem.line == text.count("\n", 0, text.rindex("id: job-shop")) + 1


def test_an_expert_who_is_added_in_one_file_alone_is_missed_in_the_other(judge: Judge) -> None:
    (problem,) = judge(
        changed("expert_partners: [job-shop]", "expert_partners: [job-shop, lantern]", THEMES),
        ORGANISATIONS,
    )
    assert (problem.file, problem.entry, problem.field) == (
        "organisations.yaml",
        "organisations/lantern",
        "themes",
    )
    assert problem.what == "lacks 'work', which names this organisation as expert partner"


BROKEN = {
    "bracket left open": ("themes: [\n", "is not valid YAML"),
    "tab for spaces": ("themes:\n\t- id: x\n", "is not valid YAML"),
    "empty": ("", "is empty"),
    "anchor": ("themes: &a []\n", "uses a YAML anchor"),
    "two documents": ("themes: []\n---\nthemes: []\n", "more than one YAML document"),
    "list for a mapping": ("- 1\n", "is a list"),
    "word": ("themes\n", "is text"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_file_of_themes_is_one_problem_with_a_line(name: str, judge: Judge) -> None:
    text, what = BROKEN[name]
    found = judge(text, "organisations: []\n")
    assert len(found) == 1, "\n".join(map(str, found))
    assert (
        found[0].file == "themes.yaml"
        and found[0].line >= 1
        and what in found[0].what
        and found[0].mend
    )


@pytest.mark.parametrize(
    ("raw", "what"), [(b"themes: \xff\n", "is not UTF-8"), (b"#" * 1_000_001, "is larger than")]
)
def test_bytes_that_are_no_text_are_a_problem(
    raw: bytes, what: str, city: Record, tmp_path: Path
) -> None:
    (tmp_path / "themes.yaml").write_bytes(raw)
    with pytest.raises(InvalidData, match=what):
        read_annexes(replace(city.files, themes=tmp_path / "themes.yaml"), city.file)


def test_a_file_that_is_not_there_is_a_problem(city: Record, city_files: DataFiles) -> None:
    with pytest.raises(InvalidData, match=r"nowhere\.yaml:0: file: cannot be read"):
        read_annexes(replace(city_files, organisations=Path("nowhere.yaml")), city.file)


def test_a_key_given_twice_is_a_problem_of_its_entry(judge: Judge) -> None:
    text = changed(
        "    title: Women in gaol\n", "    title: Women in gaol\n    title: again\n", THEMES
    )
    (problem,) = judge(text, ORGANISATIONS)
    assert (problem.entry, problem.field, problem.line) == (
        "themes/gaol",
        "title",
        line_of("title: again", text),
    )


def test_all_faults_of_both_files_come_at_once_in_the_order_of_the_lines(judge: Judge) -> None:
    themes, organisations = THEMES, ORGANISATIONS
    for old, new in (
        ("targets: [safer]", "targets: [safr]"),
        ("level: none-described", "level: nothing"),
        ("lamp at every corner., ref: guide", "lamp at every corner., ref: gide"),
    ):
        themes = changed(old, new, themes)
    for old, new in (("[lantern, ferry]", "[lantern, fery]"), ("name: The Job Shop", "name: 3")):
        organisations = changed(old, new, organisations)
    found = judge(themes, organisations)
    assert [(p.file, p.entry, p.field) for p in found] == [
        ("organisations.yaml", "organisations/lantern", "services.2"),
        ("organisations.yaml", "organisations/job-shop", "name"),
        ("themes.yaml", "themes/safety", "targets.1"),
        ("themes.yaml", "themes/silence", "grade.level"),
        ("themes.yaml", "aims/lamps", "ref"),
    ]


def test_services_that_cannot_be_read_hide_nothing_and_invent_nothing(
    city_files: DataFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("themes.yaml").write_text(
        changed("related: [safety]", "related: [safty]", THEMES), encoding="utf-8"
    )
    files = replace(
        city_files, themes=Path("themes.yaml"), organisations=CITY / "organisations.yaml"
    )
    with pytest.raises(InvalidData) as caught:
        read_annexes(files, None)
    assert [(p.entry, p.field) for p in caught.value.problems] == [("themes/work", "related.1")]


def test_validate_on_the_command_line_names_every_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("services.yaml", "organisations.yaml"):
        (tmp_path / name).write_text((CITY / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = changed(
        "related: [safety]",
        "related: [safty]",
        changed("level: none-described", "level: nothing", THEMES),
    )
    (tmp_path / "themes.yaml").write_text(text, encoding="utf-8")
    assert (
        main(
            [
                "validate",
                "--services",
                str(tmp_path / "services.yaml"),
                "--boundaries",
                str(CITY / "boundaries.geojson"),
            ]
        )
        == 1
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert [line.split(": ")[1:3] for line in lines] == [
        ["themes/work", "related.1"],
        ["themes/silence", "grade.level"],
    ]
    assert f"themes.yaml:{line_of('safty', text)}: " in lines[0]


# A region without these files


def test_a_region_without_the_files_has_neither_themes_nor_organisations(city: Record) -> None:
    assert (
        city.themes == ()
        and city.organisations_file.organisations == ()
        and city.themes_file.pathway == ()
    )


def test_organisations_without_themes_are_judged_by_what_they_name(city: Record) -> None:
    with pytest.raises(InvalidData) as caught:
        read_annexes(replace(city.files, organisations=CITY / "organisations.yaml"), city.file)
    assert [(p.entry, p.what) for p in caught.value.problems] == [
        ("organisations/lantern", "'safety' is not the id of a theme"),
        ("organisations/harvest-trust", "'safety' is not the id of a theme"),
        ("organisations/job-shop", "'work' is not the id of a theme"),
    ]


def test_themes_without_organisations_are_judged_by_what_they_name(city: Record) -> None:
    with pytest.raises(InvalidData) as caught:
        read_annexes(replace(city.files, themes=CITY / "themes.yaml"), city.file)
    named = [p for p in caught.value.problems if "an organisation" in p.what]
    assert len(named) == len(caught.value.problems) == 9, (
        "eight names, and one that a discrepancy touches"
    )


def test_empty_lists_are_good(judge: Judge) -> None:
    assert judge("themes: []\n", "organisations: []\n") == []


# Shapes that nobody means to write. Each must end in problems or in a record, never in a traceback,
# and each message is one short clean line.

PLAIN: Mapping[str, Any] = {
    name: read_yaml((CITY / name).read_text(encoding="utf-8"), name).data
    for name in ("themes.yaml", "organisations.yaml")
}
ODD = [None, [], {}, 7, True, [[]], [None], {"a(b": [1]}, "x" * 5_000, "\u202e\x1b[31m\x00\u2028"]


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


def put(name: str, path: Path_, odd: Any) -> Any:
    """One file's data with something odd in one place."""
    if not path:
        return odd
    data = deepcopy(PLAIN[name])
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = odd
    return data


def judged(name: str, odd: Any) -> Iterator[tuple[Path_, dict[str, Document]]]:
    """Both files, with something odd in every place of one of them in turn."""
    for path in paths(PLAIN[name]):
        # a theme is known to the other file by it, and is judged apart
        if path[::2] != ("themes", "id"):
            yield (
                path,
                {
                    other: Document(other, put(name, path, odd) if other == name else data)
                    for other, data in PLAIN.items()
                },
            )


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd)[:20])
@pytest.mark.parametrize("name", PLAIN)
def test_anything_odd_anywhere_is_judged_in_short_clean_lines(
    name: str, odd: Any, city: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = replace(
        city.files, themes=CITY / "themes.yaml", organisations=CITY / "organisations.yaml"
    )
    for path, documents in judged(name, odd):
        monkeypatch.setattr(
            "provision.io.theme_checks.read_yaml",
            lambda _, file, own=documents: own[Path(file).name],
        )
        try:
            read_annexes(files, city.file)
        except InvalidData as error:
            assert all(one_clean_line(str(p)) and len(str(p)) < 900 for p in error.problems), path


SHAPES = [
    "null",
    "[[]]",
    "{}",
    "text",
    "7",
    "[null]",
    "[7]",
    "[{}]",
    "[{id: 7}]",
    "[{id: a, expert_partners: 7}]",
    "[{id: a, targets: [[a]]}]",
]
SHAPES += [
    "[{id: a, provision: [{services: [{a: b}]}]}]",
    "[{id: a, themes: {a: b}}]",
    "[{id: a, touches: [7]}]",
]


@pytest.mark.parametrize("section", ["themes", "pathway", "cross_cutting", "aims", "discrepancies"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_section_of_a_wrong_shape_is_a_problem(section: str, shape: str, judge: Judge) -> None:
    found = judge(f"{section}: {shape}\n", "organisations: []\n")
    assert found and all(one_clean_line(str(p)) for p in found)


@pytest.mark.parametrize("shape", SHAPES)
def test_organisations_of_a_wrong_shape_are_a_problem(shape: str, judge: Judge) -> None:
    found = judge("themes: []\n", f"organisations: {shape}\n")
    assert found and all(one_clean_line(str(p)) for p in found)
