"""Text in the data is text on the page, whatever it looks like, and however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from looking import PAGES, PHONE, Visits, area, box, go, headline, pill, width_needed
from playwright.sync_api import Page, expect
from support import changed

from benchmarks.serving import ROOT, serve

SCRIPT = "<script>window.hacked = 1</script> & <b>bold</b>"
IMAGE = "<img src=x onerror=window.hacked=1>"
MARKDOWN = "![x](https://outside.example/x.png) **loud** :red[red] [link](https://outside.example)"
LONG = "Unbrokenname" * 12
FOREIGN = "خدمة النساء 👩🏽‍⚖️ שירות"
CITY, BARKING, ENFIELD, LAMBETH = "E09000001", "E09000002", "E09000010", "E09000022"


def services() -> str:
    """London's services with the worst that somebody could write into them."""
    text = changed("name: Advance's Minerva CRC service", f"name: '{SCRIPT}'")
    text = changed("short_name: Minerva CRC", f"short_name: '{IMAGE}'", text)
    text = changed("short_name: Minerva WrapAround", f"short_name: '{MARKDOWN}'", text)
    text = changed("short_name: South London Alliance", f"short_name: '{FOREIGN}'", text)
    text = changed("name: South London Alliance", f"name: '{LONG}'", text)
    text = changed("provider: Women in Prison", f"provider: '{FOREIGN} {IMAGE}'", text)
    text = changed("touches: [City of London]", f"touches: ['{MARKDOWN}']", text)
    return changed("map_title: Women-specific services", f"map_title: '{IMAGE} {LONG}'  #", text)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """London's data, with hostile services and the City of London under a hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "services.yaml").write_text(services(), encoding="utf-8")
    outlines = (ROOT / "geo" / "london_boroughs.geojson").read_text(encoding="utf-8")
    (folder / "areas.geojson").write_text(changed('"City of London"', json.dumps(MARKDOWN), outlines), encoding="utf-8")
    files = {"SERVICES": folder / "services.yaml", "BOUNDARIES": folder / "areas.geojson", "FIGURES": ROOT / "data" / "boroughs.csv"}
    with serve(folder / "server.log", environment={f"PROVISION_{name}": str(path) for name, path in files.items()}) as served:
        yield served.url
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src=x], img[src*=outside]").count() == 0
    assert width_needed(page) <= PHONE, page.url


def test_names_stay_as_they_were_written_in_controls_legend_and_cards(app: str, visit: Visits) -> None:
    page = visit(app, width=PHONE)
    expect(page.locator(".area-legend li")).to_contain_text([IMAGE, MARKDOWN, FOREIGN])
    for name in (IMAGE, MARKDOWN, FOREIGN):
        expect(pill(page, name)).to_be_visible()
    box(page, "Borough").click()
    expect(page.get_by_role("option", name=MARKDOWN, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    area(page, ENFIELD).click()
    expect(page.get_by_role("region", name="Enfield")).to_contain_text(SCRIPT)
    assert_harmless(page)
    go(page, f"{app}/?services=minerva-wraparound")
    expect(page.locator(".headline")).to_contain_text(MARKDOWN)
    assert_harmless(page)


def test_every_page_bears_it(app: str, visit: Visits) -> None:
    page = visit(app, width=PHONE)
    for path in [*PAGES.values(), f"/borough?area={CITY}"]:
        go(page, app + path)
        assert_harmless(page)
    expect(headline(page)).to_contain_text(MARKDOWN)
    go(page, f"{app}/borough?area={LAMBETH}")
    expect(page.get_by_role("heading", name=LONG)).to_be_visible()
    assert_harmless(page)
    go(page, f"{app}/borough?area={BARKING}")
    expect(page.get_by_role("button", name=f"← {MARKDOWN}", exact=True)).to_be_visible()
    assert_harmless(page)
