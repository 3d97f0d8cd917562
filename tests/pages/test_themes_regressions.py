"""Faults that a tester found in the pages, sentences and commands about themes, each kept mended:
Farwater by hand, and London."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from support import changed, line_of, sketch
from support.apps import CITY, TEXT, headline, opened, sent, serve, words
from support.theming import changed_theme, line, themed

from provision.__main__ import main
from provision.coverage.status import Count
from provision.export.themes import THEME_COLUMNS
from provision.export.together import intersect_rows
from provision.find import find
from provision.record import Record
from provision.text.partners import partners_heading, single_partner_sentence
from provision.text.themes import reach_heading, theme_heading, theme_why, themes_heading
from provision.text.together import every_theme_heading, lacking_sentence, together_heading
from provision.themes.together import Together, intersection, together_counts

DAY = date(2020, 6, 30)
NOW, OLD, OPEN = (
    ("one-to-one", "2020-01", "2020-12"),
    ("one-to-one", "2019-01", "2020-06"),
    ("one-to-one", "2019-01", "not stated"),
)


@pytest.fixture
def one() -> Record:
    """One area with one service, which has a target of the one theme."""
    return themed(sketch(["A"], {"s": (*NOW, ["A"])}), {"x": (["s"], ())})


# Not stated is not none


@pytest.mark.parametrize("day", ["1990-01-01", "2021-04-01"])
def test_greenwich_is_not_stated_on_a_day_that_no_contract_reaches(day: str) -> None:
    app = opened("intersections", {"on": day})
    assert not app.exception and "None themes" not in words(app)
    (greenwich,) = [
        row for row in sent(app, "together-table")["rows"] if row[0]["text"] == "Greenwich"
    ]
    assert greenwich[1]["text"] == "Not stated"


@pytest.mark.parametrize("day", [date(1990, 1, 1), DAY])
def test_what_no_themes_have_in_common_is_not_a_question(day: date, london: Record) -> None:
    with pytest.raises(ValueError, match="at least one theme"):
        intersection(london, [], day)


def test_before_the_record_speaks_the_sentences_say_that_it_does_not(farwater: Record) -> None:
    expected = "We do not know which quarters contracts reach for themes. Date: 14 April 2019."
    assert str(reach_heading(farwater, date(2019, 4, 14))) == expected
    assert str(every_theme_heading(farwater, date(2019, 4, 14))) == expected


def test_an_open_end_may_have_lapsed() -> None:
    record = themed(sketch(["A"], {"s": (*OPEN, ["A"])}), {"x": (["s"], ())})
    assert together_counts(intersection(record, ["x"], date(2020, 7, 1)))[Together.LAPSED] == Count(
        0, 1
    )


def test_where_one_theme_has_lapsed_and_another_is_open_there_is_never_none() -> None:
    record = themed(
        sketch(["A"], {"old": (*OLD, ["A"]), "open": (*OPEN, ["A"])}),
        {"x": (["old"], ()), "y": (["open"], ())},
    )
    assert together_counts(intersection(record, ["x", "y"], date(2020, 7, 1))) == {
        **{Together.ALL: Count(0, 0), Together.SOME: Count(0, 1), Together.LAPSED: Count(0, 1)},
        **{Together.NONE: Count(0, 0), Together.NOT_STATED: Count(1, 1)},
    }


# What has ended, and who carries a target


def test_boroughs_whose_contracts_have_ended_do_not_have_other_contracts(london: Record) -> None:
    assert str(theme_heading(london, london.themes_by_id["children"], date(2020, 4, 1))).endswith(
        "Contracts with a target reach 21 of London's 32 boroughs. Contract ended: 3 boroughs."
        " No contracted service: 7 boroughs. Not known: Greenwich."
    )


def test_contracts_that_have_ended_are_not_said_to_name_enfield(london: Record) -> None:
    assert (
        theme_why(london, london.themes_by_id["children"], "E09000010", date(2021, 4, 1))[0].text
        == "By 1 April 2021, every contract that named Enfield has ended, and none of them was"
        " named for “Children and families”."
    )


def test_a_theme_lapses_where_another_contract_goes_on(farwater: Record) -> None:
    """Birch has the Harvest still, and nothing for work."""
    said = str(theme_heading(farwater, farwater.themes_by_id["work"], date(2021, 1, 1)))
    assert (
        "Contract ended: 2 quarters. Other contracts only: 1 quarter. No contracted service: 1"
        " quarter. Not known: Damson, Elm and Gorse." in said
    )


def test_quarters_with_a_target_and_without_one_are_told_apart(farwater: Record) -> None:
    assert "Contracts reach 3 of Farwater's 7 quarters, 1 of them without a target." in str(
        theme_heading(farwater, farwater.themes_by_id["safety"], DAY)
    )


@pytest.mark.parametrize(
    ("day", "when"), [(DAY, "June 2020"), (date(2021, 2, 1), "1 February 2021")]
)
def test_only_an_active_contract_with_the_target_is_said_to_carry_it(
    day: date, when: str, farwater: Record
) -> None:
    """The Lantern is in Birch too, to December 2020, and has no target for safety."""
    assert (
        theme_why(farwater, farwater.themes_by_id["safety"], "Q2", day)[0].text
        == f"As at {when}, a contract that names Birch carries a target for “Safety at home”: The"
        " Harvest service (from 15 April 2019, to 15 March 2021)."
    )


# None, one and several; what is not counted


def test_of_no_themes_at_all_the_headline_says_so(city: Record) -> None:
    assert str(themes_heading(city, DAY)) == "Farwater: no themes are recorded."


def test_one_theme_is_one_theme(one: Record) -> None:
    assert (
        str(themes_heading(one, DAY)) == "No theme is described as having little or no provision."
    )
    assert (
        str(every_theme_heading(one, DAY))
        == "1 area has a contract for the one mapped theme. Date: June 2020."
    )
    assert (
        str(reach_heading(one, DAY))
        == "Contracts reach at least one area for 1 of 1 theme. Date: June 2020."
    )


def test_none_or_one_in_the_services() -> None:
    assert (
        str(partners_heading(sketch(["A"], {})))
        == "No organisation is named in a contracted service."
    )
    assert (
        str(partners_heading(sketch(["A"], {"s": (*NOW, ["A"])})))
        == "1 organisation leads, oversees or shares the contracted service."
    )


def test_one_theme_with_one_organisation(one: Record) -> None:
    record = changed_theme(one, "x", provision=[line("region-wide", (), ["o"])])
    assert single_partner_sentence(record) == "Only one organisation is named for 1 theme: X."


def test_where_no_quarter_has_none_that_is_said_of_every_quarter(
    one: Record, farwater: Record
) -> None:
    rest = "has lapsed, or is not stated."
    assert lacking_sentence(one, ["x"], DAY) == f"Every area has a contract for it, {rest}"
    early = lacking_sentence(farwater, ["work", "safety"], date(2019, 4, 14))
    assert (
        early
        == "The source does not say which quarters lack a contract for them as at 14 April 2019."
    )


def test_women_of_a_quarter_without_a_figure_are_said_not_to_be_counted(farwater: Record) -> None:
    """Damson and Fir have none, 4,000 and 600 women; Elm, with 5,000, and Gorse, without a figure,
    are not stated."""
    said = str(together_heading(farwater, ["work", "safety"], DAY))
    assert (
        "For none: 2–4, home to 4,600 or more women aged 18 or over, not counting one quarter"
        " without a figure." in said
    )


# Commands and files


def test_a_theme_asked_for_by_two_names_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["intersect", "recall", "Recall", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["themes"] == ["recall"]


def test_a_region_without_themes_has_a_csv_of_headings_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    services = tmp_path / "services.yaml"
    services.write_text(TEXT["services.yaml"], encoding="utf-8")
    assert (
        main(
            [
                "themes",
                "--format",
                "csv",
                "--services",
                str(services),
                "--boundaries",
                str(CITY / "boundaries.geojson"),
            ]
        )
        == 0
    )
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [list(THEME_COLUMNS)]


def test_a_theme_may_go_by_the_name_of_a_column() -> None:
    record = themed(sketch(["A"], {"s": (*NOW, ["A"])}), {"name": (["s"], ())})
    (row,) = intersect_rows(record, ["name"], DAY)
    assert (row["name"], row["theme_name"]) == ("A", "target")


ODD_FILES = {
    "an id that is a list": {
        "themes": changed("- id: work\n    title", "- id: [work]\n    title", TEXT["themes.yaml"])
    },
    "a kind that there is not": {
        "organisations": changed("kind: other", "kind: shop", TEXT["organisations.yaml"])
    },
    "a theme that is a word": {
        "themes": "themes: [text]\n",
        "organisations": "organisations: []\n",
    },
}
SAID = {
    "an id that is a list": (
        f"themes.yaml:{line_of('- id: work', TEXT['themes.yaml'])}: themes/1: id: is a list; write"
        " text"
    ),
    "a kind that there is not": "organisations/job-shop: kind: is 'shop'; write one of: ",
    "a theme that is a word": "themes.yaml:1: themes/1: is text ('text'); write a mapping",
}


@pytest.mark.parametrize("odd", ODD_FILES)
def test_what_is_odd_in_a_file_is_said(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(tmp_path, monkeypatch, **ODD_FILES[odd])
    assert main(["validate"]) == 1
    said = "".join(capsys.readouterr())
    assert said.count(SAID[odd]) == 1


@pytest.mark.parametrize("odd", ["a kind that there is not", "a theme that is a word"])
def test_what_is_odd_in_a_file_is_said_once(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(tmp_path, monkeypatch, **ODD_FILES[odd])
    assert main(["validate"]) == 1
    assert "".join(capsys.readouterr()).count(".yaml:") == 1


# Finding


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("trafficed", "trafficked"),
        ("acommodation", "accommodation"),
        ("hibiscas", "hibiscus"),
        ("Brant", "E09000005"),
        ("BAME", "bame"),
    ],
)
def test_a_misspelt_name_is_found(asked: str, expected: str, london: Record) -> None:
    assert expected in [f.thing.id for f in find(london, asked)]


# Pages


def test_an_organisation_s_link_arrives_whatever_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Quay & Sons #1 + more"
    serve(
        tmp_path,
        monkeypatch,
        services=changed("provider: Quay Women", f'provider: "{name}"', TEXT["services.yaml"]),
    )
    (row,) = [
        row for row in sent(opened("partners"), "partner-table")["rows"] if row[0]["text"] == name
    ]
    assert dict(parse_qsl(row[0]["go"].partition("?")[2].partition("#")[0])) == {"partner": name}


def test_an_area_s_link_arrives_whatever_its_code_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(tmp_path, monkeypatch)
    outlines = tmp_path / "outlines.geojson"
    outlines.write_text(
        changed('"Q1"', '"Q&1"', (CITY / "boundaries.geojson").read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    monkeypatch.setenv("PROVISION_BOUNDARIES", str(outlines))
    rows = sent(opened("themes", {"theme": "work"}), "reach-table")["rows"]
    assert dict(parse_qsl(rows[0][0]["go"].partition("?")[2])) == {"area": "Q&1"}


@pytest.mark.parametrize("name", ["service:nothing", "theme:nothing"])
def test_an_organisation_named_like_a_service_or_theme_has_its_card(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(
        tmp_path,
        monkeypatch,
        services=changed("provider: Quay Women", f'provider: "{name}"', TEXT["services.yaml"]),
    )
    app = opened("partners", {"partner": name})
    assert not app.exception and name in words(app)


def test_themes_without_a_pathway_leave_its_page_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _, rest = TEXT["themes.yaml"].partition("pathway:\n")
    serve(tmp_path, monkeypatch, themes=before + rest[rest.index("cross_cutting:\n") :])
    assert "The record of Farwater says nothing of the pathway" in headline(opened("pathway"))


def test_themes_that_no_contract_carries_have_their_page_of_meetings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, themes, rest = TEXT["themes.yaml"].partition("themes:\n")
    silence = rest[rest.index("  - id: silence") : rest.index("pathway:")]
    serve(
        tmp_path, monkeypatch, themes=before + themes + silence, organisations="organisations: []\n"
    )
    app = opened("intersections")
    assert not app.exception
    assert "We know of no active contract for a theme in any quarter" in headline(app)


def test_provision_at_a_named_site_is_not_said_to_be_undescribed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(tmp_path, monkeypatch)
    assert (
        sent(opened("themes", {"theme": "gaol"}), "reach-table")["rows"][0][3]
        == "no contract for it there"
    )


def test_themes_that_appear_and_are_broken_do_not_take_the_page_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch)
    for name in ("themes.yaml", "organisations.yaml"):
        (served / name).unlink()
    app = opened("find")
    (served / "themes.yaml").write_text("themes: [", encoding="utf-8")
    app.run()
    assert "cannot be shown yet" not in words(
        app
    ) and "have been changed and cannot be used" in words(app)


def test_the_view_outlives_a_change_of_the_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve(tmp_path, monkeypatch) / "themes.yaml"
    app = opened(
        "pathway", {"theme": "safety", "themes": "safety,work", "find": "night", "stage": "street"}
    )
    served.write_text(TEXT["themes.yaml"] + "\n", encoding="utf-8")
    app.run()
    held = [
        getattr(app.session_state["query"], name) for name in ("theme", "themes", "find", "stage")
    ]
    assert held == [
        "safety",
        ("work", "safety"),
        "night",
        "street",
    ], "themes stand in the order of the file"
