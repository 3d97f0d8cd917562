"""Nothing that a reader can switch on any page asks another machine for anything."""

from __future__ import annotations

from playwright.sync_api import expect
from support.looking import GREENWICH, PAGES, Visits, area, choose, date_slider, drawn, go, pill

from benchmarks.serving import Served


def test_the_coverage_page(app: str, visit: Visits) -> None:
    page = visit(app)
    page.get_by_role("radio", name="Tiles").click()
    drawn(page, "view=tiles")
    page.get_by_role("radio", name="Map").click()
    date_slider(page).press("ArrowRight")
    drawn(page, "on=2018-11-30")
    pill(page, "Minerva CRC").click()
    drawn(page, "services=minerva-wraparound,south-london-alliance")
    area(page, GREENWICH).click()
    drawn(page, f"area={GREENWICH}")


def test_the_gaps_page_with_its_tilted_map(app: str, visit: Visits) -> None:
    page = visit(app + PAGES["gaps"])
    choose(page, "Ranked by", "Women and girls 15+")
    drawn(page, "need=women_15plus")
    expect(page.locator(".js-plotly-plot .barlayer .point").first).to_be_attached()
    page.get_by_text("Show as 3D map").click()
    expect(page.locator("#deckgl-overlay")).to_be_visible()
    drawn(page)


def test_the_borough_page(app: str, visit: Visits) -> None:
    page = visit(app + PAGES["borough"])
    area(page, GREENWICH).click()
    drawn(page, f"area={GREENWICH}")
    page.get_by_text("Sources of these figures").click()
    expect(page.locator("details[open]")).to_be_visible()
    page.get_by_role("button", name="Hackney →").click()
    drawn(page, "area=E09000012")
    page.get_by_role("button", name="All boroughs").click()
    expect(page.get_by_role("heading", name="Choose a borough")).to_be_visible()


def test_the_sources_page_with_a_file_to_take_away(app: str, visit: Visits) -> None:
    page = visit(app + PAGES["sources"])
    page.get_by_label("Services in YAML").fill("services: nothing")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("to mend")
    with page.expect_download() as download:
        page.get_by_role("button", name="Coverage (CSV)").click()
    assert "Greenwich" in download.value.path().read_text(encoding="utf-8")


def test_the_pages_about_themes_with_files_to_take_away(app: str, visit: Visits) -> None:
    page = visit(f"{app}/themes?theme=recall")
    with page.expect_download() as download:
        page.get_by_role("button", name="All that is said of this theme (CSV)").click()
    assert "Promise the same service for recall" in download.value.path().read_text(
        encoding="utf-8"
    )
    page.get_by_role("radio", name="Tiles").click()
    drawn(page, "view=tiles")
    go(page, f"{app}/partners")
    with page.expect_download() as download:
        page.get_by_role("button", name="Who is tied to what (CSV)").click()
    assert "Hibiscus" in download.value.path().read_text(encoding="utf-8")


def test_the_server_does_not_ask_for_its_own_address(served: Served) -> None:
    """Streamlit asks a machine outside for its public address where none is set, and prints what it
    hears as External URL."""
    words = served.log.read_text(encoding="utf-8")
    assert "URL: http://localhost" in words
    assert "External" not in words and "external" not in words
