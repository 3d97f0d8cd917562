"""What changed between two versions, worked out by hand on the invented city, and as properties.

The older version is the city as it is. On 30 June 2020: Alder, Birch covered (lantern; Birch also
harvest), Cedar (harvest), Damson (ferry), Elm not stated (orchard has not begun), Fir none, Gorse
not stated; Harbour, which is not counted, covered (quay)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, SOME_DAY, changed, sketch

from provision.__main__ import main
from provision.coverage.status import Status
from provision.exchange.diff import AreaChange, Difference, EntryChange, difference
from provision.export.versions import area_rows, difference_json, field_lines, field_rows
from provision.record import Record
from provision.record_files import parse_services
from provision.schema.services import Reference
from provision.text.versions import paragraph

HERE = ROOT / "tests" / "city"
CITY = (HERE / "services.yaml").read_text(encoding="utf-8")
LATER = date(2021, 6, 30)


def version(city: Record, *edits: tuple[str, str]) -> Record:
    """The city after some edits of its file."""
    text = CITY
    for old, new in edits:
        text = changed(old, new, text)
    return replace(city, file=parse_services(text, "services.yaml", city.areas))


def statuses(found: Difference) -> dict[str, tuple[str, Status, Status]]:
    return {a.name: (a.change.value, a.old, a.new) for a in found.areas}


def test_the_same_version_has_not_changed(city: Record) -> None:
    found = difference(city, city)
    assert (found.areas, found.fields) == ((), ())
    assert (
        paragraph(found)
        == "Both versions are looked at as at June 2020. Nothing in the record differs."
    )


def test_gained(city: Record) -> None:
    newer = version(
        city,
        ("listed: [Birch, Cedar]", "listed: [Birch, Cedar, Fir]"),
        (
            "service_area: {heading_count: 2, listed: [Birch",
            "service_area: {heading_count: 3, listed: [Birch",
        ),
        (
            "areas_without_service: {heading_count: 1, listed: [Fir]",
            "areas_without_service: {heading_count: 0, listed: []",
        ),
    )
    found = difference(city, newer)
    assert statuses(found) == {"Fir": ("gained", Status.NONE, Status.COVERED)}
    assert found.areas[0].come == ("harvest",) and found.areas[0].gone == ()
    assert (
        paragraph(found)
        == "Both versions are looked at as at June 2020. Fir gains a contracted service. Covered:"
        " 4–6 of 7 quarters in the older version, 5–7 in the newer. The Harvest service is"
        " described differently. Elsewhere in the record: one changed entry."
    )
    assert [(f.part, f.field, f.change.value, f.old, f.new) for f in found.fields] == [
        ("areas_without_service", "heading_count", "changed", "1", "0"),
        ("areas_without_service", "listed", "removed", "Fir", ""),
        ("services", "service_area.heading_count", "changed", "2", "3"),
        ("services", "service_area.listed", "added", "", "Fir"),
    ]


def test_lost_is_said_only_where_the_newer_version_says_none_or_lapsed(city: Record) -> None:
    newer = version(city, ("start: 2020-01, end: not stated", "start: 2020-01, end: 2020-05"))
    found = difference(city, newer)
    assert statuses(found) == {"Damson": ("lost", Status.COVERED, Status.LAPSED)}
    assert "Damson loses its contracted service." in paragraph(found)
    (field,) = found.fields
    assert (field.entry, field.field, field.old, field.new) == (
        "ferry",
        "contract.end",
        "not stated",
        "2020-05",
    )
    assert field.old_refs == field.new_refs == (Reference(source="guide", section="4"),)


def test_what_becomes_not_stated_is_not_lost(city: Record) -> None:
    newer = version(
        city,
        ("listed: [Birch, Cedar]", "listed: [Birch]"),
        ("{heading_count: 2, listed: [Birch]", "{heading_count: 1, listed: [Birch]"),
    )
    found = difference(city, newer)
    assert statuses(found) == {"Cedar": ("no_longer_stated", Status.COVERED, Status.NOT_STATED)}
    assert found.of(AreaChange.LOST) == ()
    said = paragraph(found)
    assert (
        "For Cedar the newer version does not say what the older did; that is not counted as lost."
        in said
    )
    assert "lose" not in said
    back = difference(newer, city)
    assert (
        statuses(back) == {"Cedar": ("now_stated", Status.NOT_STATED, Status.COVERED)}
        and back.of(AreaChange.GAINED) == ()
    )
    assert (
        "For Cedar (covered) the newer version says what the older did not; that is not counted as"
        " gained." in paragraph(back)
    )


def test_covered_by_other_services_is_neither_gained_nor_lost(city: Record) -> None:
    newer = version(city, ("listed: [Birch, Cedar]", "listed: [Cedar, Damson]"))
    found = difference(city, newer)
    assert statuses(found) == {
        "Birch": ("changed", Status.COVERED, Status.COVERED),
        "Damson": ("changed", Status.COVERED, Status.COVERED),
    }
    birch, damson = found.areas
    assert (birch.gone, birch.come, birch.level) == (("harvest",), (), True)
    assert (damson.gone, damson.come, damson.level) == ((), ("harvest",), True)
    assert "Birch and Damson stay covered, by other services or at another level." in paragraph(
        found
    )


def test_each_on_its_own_day_or_both_on_one(city: Record) -> None:
    newer = version(
        city,
        (
            "as_at: 2020-06\n  default_date: 2020-06-30",
            "as_at: 2021-06\n  default_date: 2021-06-30",
        ),
    )
    own = difference(city, newer)
    assert (own.old_on, own.new_on) == (SOME_DAY, LATER)
    assert statuses(own) == {
        "Birch": ("lost", Status.COVERED, Status.LAPSED),
        "Cedar": ("lost", Status.COVERED, Status.LAPSED),
        "Alder": ("changed", Status.COVERED, Status.COVERED),
        "Elm": ("now_stated", Status.NOT_STATED, Status.COVERED),
        "Harbour": ("changed", Status.COVERED, Status.COVERED),
    }
    said = paragraph(own)
    assert said.startswith(
        "The older version is looked at as at June 2020, the newer as at June 2021."
    )
    assert (
        "Not among the quarters that are counted: Harbour (covered, by other services or at another"
        " level)." in said
    )
    assert statuses(difference(city, newer, LATER)) == {
        "Damson": ("now_stated", Status.NOT_STATED, Status.COVERED),
        # orchard, and in the newer version quay, which it speaks for by then
        "Harbour": ("changed", Status.COVERED, Status.COVERED),
    }


def test_services_that_come_and_go(city: Record) -> None:
    start, end = CITY.index("  - id: quay"), CITY.index("  - id: orchard")
    newer = version(city, (CITY[start:end], ""))
    found = difference(city, newer)
    assert found.entries("services", EntryChange.REMOVED) == ("quay",)
    (field,) = found.fields
    assert (field.field, field.old, field.new, field.new_refs) == ("", "The Quay service", "", ())
    assert "The Quay service is no longer in the record." in paragraph(found)
    assert "The Quay service is new." in paragraph(difference(newer, city))
    assert [(a.name, a.counted, a.change) for a in found.areas] == [
        ("Harbour", False, AreaChange.NO_LONGER_STATED)
    ]
    assert found.of(AreaChange.NO_LONGER_STATED) == ()  # Harbour is not counted


def test_gaps_that_the_source_names_go_by_their_words(city: Record) -> None:
    newer = version(
        city, ("The guide worries about the south bank.", "The guide worries no longer.")
    )
    assert [(f.part, f.change, f.old, f.new) for f in difference(city, newer).fields] == [
        ("named_gaps", EntryChange.REMOVED, "The guide worries about the south bank.", ""),
        ("named_gaps", EntryChange.ADDED, "", "The guide worries no longer."),
    ]


def test_an_item_put_in_front_does_not_change_the_others(city: Record) -> None:
    newer = version(
        city,
        (
            "      - {funder: Farwater Council, amount: 120000",
            (
                "      - {funder: the mint, amount: 5, ref: guide §3}\n      - {funder: Farwater"
                " Council, amount: 120000"
            ),
        ),
    )
    assert [(f.field, f.change, f.old, f.new) for f in difference(city, newer).fields] == [
        ("funding.the mint.funder", EntryChange.ADDED, "", "the mint"),
        ("funding.the mint.amount", EntryChange.ADDED, "", "5"),
        ("funding.the mint.currency", EntryChange.ADDED, "", "GBP"),
        ("funding.the mint.ref", EntryChange.ADDED, "", "guide §3"),
    ]


def test_other_areas_cannot_be_compared(city: Record, london: Record) -> None:
    with pytest.raises(ValueError, match="same areas"):
        difference(city, london)


AREAS = ("A", "B", "C", "D")
dates = st.sampled_from(["not stated", "2019-01", "2020-05", "2020-07", "2021-12"])
contracts = st.tuples(
    st.sampled_from(["one-to-one", "wrap-around"]),
    dates,
    dates,
    st.lists(st.sampled_from(AREAS), min_size=1, unique=True),
).filter(lambda c: "not stated" in c[1:3] or c[1] <= c[2])
versions = st.builds(
    lambda services, none: sketch(
        AREAS, services, [a for a in none if not any(a in s[3] for s in services.values())]
    ),
    st.dictionaries(st.sampled_from(["p", "q", "r"]), contracts, max_size=3),
    st.lists(st.sampled_from(AREAS), unique=True),
)
MIRROR = {
    AreaChange.GAINED: AreaChange.LOST,
    AreaChange.LOST: AreaChange.GAINED,
    AreaChange.NOW_STATED: AreaChange.NO_LONGER_STATED,
    AreaChange.NO_LONGER_STATED: AreaChange.NOW_STATED,
    AreaChange.CHANGED: AreaChange.CHANGED,
}
TURNED = {
    EntryChange.ADDED: EntryChange.REMOVED,
    EntryChange.REMOVED: EntryChange.ADDED,
    EntryChange.CHANGED: EntryChange.CHANGED,
}


@given(versions)
def test_no_version_differs_from_itself(record: Record) -> None:
    found = difference(record, record)
    assert not found.areas and not found.fields


@given(versions, versions)
def test_read_the_other_way_round_every_change_is_its_mirror(a: Record, b: Record) -> None:
    there, back = difference(a, b), difference(b, a)
    assert [(x.code, MIRROR[x.change], x.new, x.old, x.come, x.gone) for x in there.areas] == [
        (x.code, x.change, x.old, x.new, x.gone, x.come) for x in back.areas
    ]
    turned = {
        (f.part, f.entry, f.field, TURNED[f.change], f.new, f.old, f.new_refs, f.old_refs)
        for f in there.fields
    }
    assert turned == {
        (f.part, f.entry, f.field, f.change, f.old, f.new, f.old_refs, f.new_refs)
        for f in back.fields
    }


@given(versions, versions)
def test_nothing_not_stated_is_ever_gained_or_lost(a: Record, b: Record) -> None:
    for area in difference(a, b).areas:
        if Status.NOT_STATED in (area.old, area.new):
            assert area.change not in (AreaChange.GAINED, AreaChange.LOST)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "newer.yaml"
    path.write_text(
        changed("start: 2020-01, end: not stated", "start: 2020-01, end: 2020-05", CITY),
        encoding="utf-8",
    )
    return path


THIS = str(HERE / "services.yaml")
BOUNDARIES = ("--boundaries", str(HERE / "boundaries.geojson"))


def test_on_the_command_line(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", THIS, str(newer), *BOUNDARIES]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "Both versions are looked at as at June 2020. Damson loses its contracted service."
    )
    assert (
        "contracted service ferry, contract.end changed: not stated -> 2020-05 [Guide, Of the Ferry"
        " (June 2020)]" in said
    )
    assert (
        main(["diff", THIS, str(newer), *BOUNDARIES, "--format", "json", "--on", "2020-03-01"]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    assert (found["old"]["on"], found["new"]["on"], found["areas"]) == (
        "2020-03-01",
        "2020-03-01",
        [],
    )
    assert [row["new"] for row in found["fields"]] == ["2020-05"]


def test_broken_versions_are_told_by_file_and_line(
    newer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer.write_text(changed("level: one-to-one", "level: some", CITY), encoding="utf-8")
    for order in ([THIS, str(newer)], [str(newer), THIS]):
        assert main(["diff", *order, *BOUNDARIES]) == 1
        assert "newer.yaml:36: services/lantern: level: is 'some'" in capsys.readouterr().err
    assert main(["diff", THIS, str(tmp_path / "none.yaml"), *BOUNDARIES]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_rows_say_the_same(city: Record) -> None:
    newer = version(city, ("start: 2020-01, end: not stated", "start: 2020-01, end: 2020-05"))
    found = difference(city, newer)
    assert area_rows(found) == [
        {
            "code": "Q4",
            "name": "Damson",
            "counted_as": "quarter",
            "change": "lost",
            "old": "covered",
            "new": "lapsed",
            "services_gone": "ferry",
            "services_come": "",
        }
    ]
    assert [(row["field"], row["old_source"]) for row in field_rows(found)] == [
        ("contract.end", "Guide, Of the Ferry (June 2020)")
    ]
    assert len(field_lines(found)) == 1 and difference_json(found)["areas"] == area_rows(found)
