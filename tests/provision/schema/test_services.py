"""What one field may hold: London's services file spoilt in one field, and the JSON Schema that
editors use."""

from __future__ import annotations

import json

import jsonschema
import pytest
from support import ROOT, SERVICES, assert_fault, changed, line_of, only_problem, problems_in

from provision.io.reading import read_yaml
from provision.schema.services import Entry, json_schema
from provision.schema.themes import OrganisationsFile, ThemesFile

CRC, WAP, SLA = (
    "services/minerva-crc",
    "services/minerva-wraparound",
    "services/south-london-alliance",
)
MONEY, PAID, END = "amount: 1606170", f"{SLA}: funding.1.amount", "end: 2021-03-31"
GRANT = f"{MONEY}\n        ref: "
AGE, YOUNGEST = "minimum_age: 15\n", f"{WAP}: eligibility.minimum_age"

# What is changed, to what; then: entry and field, part of what is wrong, part of how to mend it.
FAULTS = {
    "negative money": (MONEY, "amount: -1606170", PAID, "'-1606170' is negative", "0 or more"),
    "money with commas": (
        MONEY,
        "amount: 1,606,170",
        PAID,
        "is not a number",
        "without unit or comma",
    ),
    "money with its sign": (
        MONEY,
        "amount: £1606170",
        PAID,
        "is not a number",
        "without unit or comma",
    ),
    "money as true": (MONEY, "amount: true", PAID, "is not a number", "'not stated'"),
    "money left empty": (MONEY, "amount:", PAID, "is not a number", "'not stated'"),
    "number without end": (
        MONEY,
        "amount: " + "9" * 100_000,
        PAID,
        "9…' is not a number",
        "'not stated'",
    ),
    "infinite money": (MONEY, "amount: .inf", PAID, "'.inf' is not a number", "'not stated'"),
    "impossible day": (
        END,
        "end: 2021-02-31",
        f"{SLA}: contract.end",
        "'2021-02-31' is not a date",
        "YYYY-MM-DD",
    ),
    "year alone": (END, "end: 2021", f"{SLA}: contract.end", "'2021' is not a date", "YYYY-MM"),
    "date in words": (
        END,
        "end: March 2021",
        f"{SLA}: contract.end",
        "'March 2021' is not a date",
        "YYYY-MM",
    ),
    "date as a list": (END, "end: [2021, 3]", f"{SLA}: contract.end", "is not a date", "YYYY-MM"),
    "record without its date": (
        "as_at: 2018-10",
        "as_at: not stated",
        "region: as_at",
        "must be a date",
        "YYYY-MM",
    ),
    "default that is a month": (
        "default_date: 2018-10-31",
        "default_date: 2018-10",
        "region: default_date",
        "'2018-10' is not a day",
        "YYYY-MM-DD",
    ),
    "default without hyphens": (
        "default_date: 2018-10-31",
        'default_date: "20181031"',
        "region: default_date",
        "is not a day",
        "YYYY-MM-DD",
    ),
    "text, not a list": (
        "commissioners: [London CRC]",
        "commissioners: London CRC",
        f"{CRC}: commissioners",
        "is text ('London CRC')",
        "write a list",
    ),
    "list, not text": (
        "short_name: Minerva CRC",
        "short_name: [Minerva CRC]",
        f"{CRC}: short_name",
        "is a list",
        "write text",
    ),
    "mapping, not text": (
        "short_name: Minerva CRC",
        "short_name: {a: b}",
        f"{CRC}: short_name",
        "is a mapping",
        "write text",
    ),
    "number, not text": (
        "short_name: Minerva CRC",
        "short_name: 21",
        f"{CRC}: short_name",
        "is a number ('21')",
        "write text",
    ),
    "empty list": (
        "commissioners: [London CRC]",
        "commissioners: []",
        f"{CRC}: commissioners",
        "is empty",
        "at least one",
    ),
    "blank text": (
        "short_name: Minerva CRC",
        'short_name: "  "',
        f"{CRC}: short_name",
        "is empty",
        "write something",
    ),
    "nothing": (
        "short_name: Minerva CRC",
        "short_name:",
        f"{CRC}: short_name",
        "is empty",
        "write text",
    ),
    "unknown field": (
        "    overseer: Lam",
        "    overser: Lam",
        f"{SLA}: overser",
        "is not a field",
        "did you mean 'overseer'?",
    ),
    "unknown field within": (
        "heading_count: 15",
        "headings: 3\n      heading_count: 15",
        f"{WAP}: service_area.headings",
        "not a field",
        "'heading_count'",
    ),
    "unknown section": (
        "named_gaps:",
        "note: hello\nnamed_gaps:",
        "note: ",
        "is not a field",
        "known fields: region, services",
    ),
    "unknown section in brackets": (
        "named_gaps:",
        '"note [1]": hello\nnamed_gaps:',
        "note [1]: ",
        "is not a field",
        "known fields: region, services",
    ),
    "unknown level": (
        "level: one-to-one",
        "level: one to one",
        f"{CRC}: level",
        "is 'one to one'",
        "'one-to-one'",
    ),
    "unknown confidence": (
        "level: medium",
        "level: middling",
        f"{CRC}: confidence.level",
        "is 'middling'",
        "'high', 'medium' or 'low'",
    ),
    "unknown currency": (
        MONEY,
        "currency: euro\n        " + MONEY,
        f"{SLA}: funding.1.currency",
        "'euro' is not a currency",
        "EUR",
    ),
    "id in capitals": (
        "- id: hmp-send",
        "- id: HMP-send",
        "other_provision/HMP-send: id",
        "is 'HMP-send'",
        "small letters",
    ),
    "id as a list": (
        "- id: hmp-send",
        "- id: [hmp-send]",
        "other_provision/22: id",
        "is a list",
        "write text",
    ),
    "age in words": (
        AGE,
        "minimum_age: fifteen\n",
        YOUNGEST,
        "'fifteen' is not an age",
        "0 to 120",
    ),
    "half an age": (AGE, "minimum_age: 15.5\n", YOUNGEST, "'15.5' is not an age", "whole years"),
    "negative age": (AGE, "minimum_age: -1\n", YOUNGEST, "'-1' is not an age", "0 to 120"),
    "age of Methuselah": (AGE, "minimum_age: 969\n", YOUNGEST, "'969' is not an age", "0 to 120"),
    "scope in quotes": (
        "scope_minimum_age: 18",
        'scope_minimum_age: "18"',
        "region: scope_minimum_age",
        "is text ('18')",
        "a whole number",
    ),
    "scope as true": (
        "scope_minimum_age: 18",
        "scope_minimum_age: true",
        "region: scope_minimum_age",
        "is true or false",
        "a whole number",
    ),
    "half a heading": (
        "heading_count: 15",
        "heading_count: 15.5",
        f"{WAP}: service_area.heading_count",
        "'15.5'",
        "whole number",
    ),
    "page nought": (
        "title: Introduction, page: 1}",
        "title: Introduction, page: 0}",
        "sources/annex: sections.1.page",
        "is '0'",
        "1 or more",
    ),
    "reference in words": (
        f"{GRANT}annex §3.alliance",
        f"{GRANT}page 9",
        f"{SLA}: funding.1.ref",
        "is not a reference",
        "source-id §section-id",
    ),
    "reference left empty": (
        f"{GRANT}annex §3.alliance",
        GRANT,
        f"{SLA}: funding.1.ref",
        "must be text",
        "annex §3.alliance",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault(fault: str) -> None:
    assert_fault(*FAULTS[fault])


# Changes that are no faults: (what is changed, to what)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MONEY, "amount: not stated"),
        (MONEY, "amount: 0"),
        (MONEY, "amount: 1606170.50"),
        (END, "end: not stated"),
        (END, "end: ongoing"),
        ("level: one-to-one", "level: not stated"),
        (AGE, "minimum_age: not stated\n"),
        (MONEY, "currency: EUR\n        " + MONEY),
        (MONEY, "currency: not stated\n        " + MONEY),
        ("commissioners: [London CRC]", "commissioners: not stated"),
        ("    commissioners: [London CRC]\n", ""),
        ("provider: Advance", "provider: not stated"),
        ("    level: one-to-one", "    contracted: not stated\n    level: one-to-one"),
        ("    level: one-to-one", '    people_specific: "no"\n    level: one-to-one'),
        ("  people: women\n", "  people: women\n  owner: {name: A team, contact: by letter}\n"),
        ("start: 2018-07-01", "start: not stated"),
        ("heading_count: 15", "heading_count: not stated"),
        ("value: 950", "value: not stated"),
        ("    overseer: Lambeth Council\n", ""),
    ],
)
def test_no_fault(old: str, new: str) -> None:
    assert problems_in(changed(old, new)) == []


def test_a_missing_field_has_the_line_of_its_entry() -> None:
    text = changed("    level: one-to-one\n", "")
    problem = only_problem(text)
    assert problem.line == line_of("- id: minerva-crc", text)
    assert (problem.entry, problem.field, problem.what) == (CRC, "level", "is missing")


# The JSON Schema


@pytest.fixture(scope="module")
def editor() -> jsonschema.Draft202012Validator:
    schema = json.loads((ROOT / "data" / "services.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_file_is_the_schema_of_the_code() -> None:
    assert (
        json.loads((ROOT / "data" / "services.schema.json").read_text(encoding="utf-8"))
        == json_schema()
    )


@pytest.mark.parametrize(
    ("name", "model"), [("themes", ThemesFile), ("organisations", OrganisationsFile)]
)
def test_the_other_files_have_their_schema_and_are_valid_to_an_editor(
    name: str, model: type[Entry]
) -> None:
    schema = json.loads((ROOT / "data" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema == json_schema(model, f"{name}.yaml")
    data = read_yaml((ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8"), name).data
    assert [
        error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)
    ] == []


def test_the_services_file_is_valid_to_an_editor(editor: jsonschema.Draft202012Validator) -> None:
    assert [
        error.message for error in editor.iter_errors(read_yaml(SERVICES, "services.yaml").data)
    ] == []


SEEN_BY_AN_EDITOR = [
    "negative money",
    "money with commas",
    "year alone",
    "date in words",
    "record without its date",
    "text, not a list",
    "number, not text",
    "empty list",
    "unknown field",
    "unknown section",
    "unknown level",
    "id in capitals",
    "half an age",
    "negative age",
    "half a heading",
    "page nought",
    "reference in words",
]


@pytest.mark.parametrize("fault", SEEN_BY_AN_EDITOR)
def test_an_editor_sees(fault: str, editor: jsonschema.Draft202012Validator) -> None:
    spoilt = read_yaml(changed(*FAULTS[fault][:2]), "services.yaml").data
    assert not editor.is_valid(spoilt)
