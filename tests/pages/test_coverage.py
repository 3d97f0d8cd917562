"""Every page as a script: it runs, takes over a link, says what it could not, and outlives broken
data."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from support import SERVICES, changed, line_of
from support.apps import CITY, opened, turn
from support.apps import page_html as words

PAGES = {
    "coverage": "24 of London's 32 boroughs have a contracted women's service",
    "gaps": "735,258 women live in boroughs with no contracted service",
    "borough": "Choose a borough",
    "sources": "documents and 11 published figures",
}
LINK = {
    "on": "2020-04-30",
    "services": "minerva-crc",
    "need": "imd2019_score",
    "area": "E09000011",
    "view": "tiles",
}
BROKEN = changed("level: one-to-one", "level: sometimes")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_on_its_sentence(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert PAGES[page] in words(app).partition("</h1>")[0]
    assert 'class="notice' not in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_a_link_sets_the_view_on_every_page(page: str) -> None:
    app = opened(page, LINK)
    assert not app.exception
    held = {name: getattr(app.session_state["query"], name) for name in LINK}
    assert held == {
        "on": date(2020, 4, 30),
        "services": ("minerva-crc",),
        "need": "imd2019_score",
        "area": "E09000011",
        "view": "tiles",
    }
    assert app.select_slider(key="on").value == date(2020, 4, 30)
    assert "We could not use" not in words(app)


def test_a_link_sets_the_controls_that_are_drawn() -> None:
    app = opened("coverage", LINK)
    assert app.selectbox(key="area").value == "E09000011"
    assert app.pills(key="services").value == ["minerva-crc"]
    assert app.segmented_control(key="view").value == "tiles"
    assert opened("gaps", LINK).selectbox(key="need").value == "imd2019_score"


def test_the_view_goes_along_to_a_page_whose_address_is_bare() -> None:
    app = opened("coverage", LINK)
    app.query_params.clear()
    turn(app, "gaps")
    assert not app.exception
    assert app.session_state["query"].area == "E09000011"
    assert "Date: 30 April 2020" in words(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "link",
    [
        {"on": "yesterday"},
        {"on": "2020-02-30"},
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
        {"services": "<script>alert(1)</script>"},
        {"services": "minerva-crc,nobody"},
        {"need": "area_ha"},
        {"need": "../../etc/passwd"},
        {"area": "E09000099"},
        {"area": "e09000011"},
        {"area": ""},
        {"view": "Tiles"},
        {"colour": "red"},
        {"on": "\u202e2020-01-31\x00"},
        {"services": "minerva-crc," * 800},
    ],
    ids=lambda link: "=".join(next(iter(link.items())))[:30].encode("ascii", "replace").decode(),
)
def test_what_a_link_asks_in_vain_is_said_and_the_page_is_shown(
    page: str, link: dict[str, str]
) -> None:
    app = opened(page, link)
    assert not app.exception
    assert "We could not use part of this link" in words(app)
    assert PAGES[page] in words(app)
    assert "<script>" not in " ".join(block.value for block in app.html)


@pytest.mark.parametrize("day", ["1990-02-28", "2090-12-31"])
@pytest.mark.parametrize("page", PAGES)
def test_days_far_from_every_contract_are_days_too(page: str, day: str) -> None:
    app = opened(page, {"on": day, "area": "E09000010"})
    assert not app.exception
    assert app.select_slider(key="on").value == date.fromisoformat(day)


@pytest.mark.parametrize("page", PAGES)
def test_data_broken_at_the_start_is_listed_in_place_of_the_page(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = served_copy(tmp_path, monkeypatch, BROKEN)
    app = opened(page)
    assert not app.exception
    assert "The data cannot be shown yet" in words(app)
    assert f"{services}:{line_of('level: sometimes', BROKEN)}" in words(app)
    assert "Traceback" not in words(app)
    assert not app.select_slider
    services.write_text(SERVICES, encoding="utf-8")
    app.run()
    assert PAGES[page] in words(app)


def served_copy(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = SERVICES) -> Path:
    services = folder / "services.yaml"
    services.write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROVISION_SERVICES", str(services))
    return services


def test_data_broken_while_it_is_shown_leaves_the_last_that_was_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = served_copy(tmp_path, monkeypatch)
    app = opened("coverage", LINK)
    services.write_text(BROKEN, encoding="utf-8")
    app.run()
    assert not app.exception
    assert "have been changed and cannot be used" in words(app)
    assert f"{services}:{line_of('level: sometimes', BROKEN)}" in words(app)
    assert "Date: 30 April 2020" in words(app)
    assert app.selectbox(key="area").value == "E09000011"
    services.write_text(SERVICES, encoding="utf-8")
    app.run()
    assert "cannot be used" not in words(app)


def test_a_service_that_goes_while_it_is_shown_is_said_to_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = served_copy(tmp_path, monkeypatch)
    app = opened("coverage", LINK)
    services.write_text(SERVICES.replace("minerva-crc", "minerva-one"), encoding="utf-8")
    app.run()
    assert not app.exception
    assert app.selectbox(key="area").value == "E09000011"
    assert "We could not use part of this link" in words(app)


def test_the_checker_names_what_is_wrong_and_where() -> None:
    app = opened("sources")
    app.text_area(key="own-text").set_value(BROKEN)
    app.button(key="own-check").click().run()
    assert not app.exception
    assert f"your file:{line_of('level: sometimes', BROKEN)}" in words(app)
    assert "1 to mend" in words(app)


@pytest.mark.parametrize(
    "text", ["", "services: [", "a: &x [*x, *x]", "\x00", "- 1", "region: " + "x" * 2_000_000]
)
def test_the_checker_takes_whatever_is_pasted(text: str) -> None:
    app = opened("sources")
    app.text_area(key="own-text").set_value(text)
    app.button(key="own-check").click().run()
    assert not app.exception
    assert "to mend" in words(app)


def test_the_checker_says_so_where_nothing_is_wrong() -> None:
    app = opened("sources")
    app.text_area(key="own-text").set_value(SERVICES)
    app.button(key="own-check").click().run()
    assert "Nothing to mend" in words(app)
    assert "3 services" in words(app)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("companions", [True, False], ids=["with figures", "bare"])
def test_another_region_has_the_same_pages(
    page: str, companions: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVISION_SERVICES", str(CITY / "services.yaml"))
    monkeypatch.setenv("PROVISION_BOUNDARIES", str(CITY / "boundaries.geojson"))
    if companions:
        monkeypatch.setenv("PROVISION_FIGURES", str(CITY / "figures.csv"))
        monkeypatch.setenv("PROVISION_NEIGHBOURS", str(CITY / "neighbours.csv"))
    app = opened(page)
    assert not app.exception
    app.query_params["area"] = json.loads(
        (CITY / "boundaries.geojson").read_text(encoding="utf-8")
    )["features"][0]["properties"]["code"]
    app.run()
    assert not app.exception
    read = re.sub(r'(?:href|data-go)="[^"]*"', "", words(app))  # a page's address is not read
    assert "London" not in read and "borough" not in read


def test_a_field_that_the_address_gives_twice_is_said() -> None:
    app = opened("coverage", {"on": ["2020-03-31", "2020-04-30"]})
    assert "The link gives 'on' more than once: the last was taken." in words(app)
    assert "30 April 2020" in words(app) or "April 2020" in words(app)
