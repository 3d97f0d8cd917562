"""Text in the data is text on the page, whatever it looks like, and however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect
from support import changed
from support.looking import (
    EVERY_PAGE,
    PHONE,
    Visits,
    area,
    box,
    drawn,
    go,
    headline,
    link,
    pill,
    theme_pill,
    width_needed,
)

from benchmarks.serving import ROOT, serve

SCRIPT = "<script>window.hacked = 1</script> & <b>bold</b>"
IMAGE = "<img src=x onerror=window.hacked=1>"
MARKDOWN = "![x](https://outside.example/x.png) **loud** :red[red] [link](https://outside.example)"
IN_LABELS = MARKDOWN.replace("://", ":\u2060//")  # parted, so that no label makes a link of it
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


def themes() -> str:
    """London's themes and pathway, the same way."""
    text = changed("title: Recall", f"title: '{IMAGE}'", read("themes"))
    text = changed("title: Foreign national women", f"title: '{MARKDOWN}'", text)
    text = changed("title: Young women and care leavers", f"title: '{LONG}'", text)
    text = changed("title: LGBT women", f"title: '{FOREIGN}'", text)
    text = changed(
        "Promise the same service for recall as is asked for pre-sentence reports.",
        f"{SCRIPT} {MARKDOWN}",
        text,
    )
    text = changed(
        "what: additional support around housing and resettlement",
        f"what: '{IMAGE} {LONG}'",
        text,
    )
    text = changed("title: Point of arrest", f"title: '{MARKDOWN}'", text)
    text = changed(
        "question: Is there anything at the point of arrest?", f"question: '{IMAGE} {LONG}'", text
    )
    return changed(
        "title: Four themes point to others that do not point back",
        f"title: '{SCRIPT} {MARKDOWN}'",
        text,
    )


def organisations() -> str:
    """London's organisations, the same way; the names that services know them by stay as
    variants."""
    text = changed(
        "name: Hibiscus Initiatives\n    variants: [Hibiscus]",
        f"name: '{MARKDOWN}'\n    variants: [Hibiscus Initiatives, '{IMAGE}']",
        read("organisations"),
    )
    text = changed("name: Imkaan", f"name: '{LONG}'", text)
    return changed(
        "line: For over 30 years has supported women", f"line: '{SCRIPT} {LONG}'  # ", text
    )


def read(name: str) -> str:
    return (ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """London's data, with hostile services, themes and organisations, and the City of London under
    a hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, text in {
        "services": services(),
        "themes": themes(),
        "organisations": organisations(),
    }.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    outlines = (ROOT / "geo" / "london_boroughs.geojson").read_text(encoding="utf-8")
    (folder / "areas.geojson").write_text(
        changed('"City of London"', json.dumps(MARKDOWN), outlines), encoding="utf-8"
    )
    files = {
        "SERVICES": folder / "services.yaml",
        "BOUNDARIES": folder / "areas.geojson",
        "FIGURES": ROOT / "data" / "boroughs.csv",
    }
    named = {f"PROVISION_{name}": str(path) for name, path in files.items()} | {
        "PROVISION_RECORDS": f"sqlite:///{folder / 'records.sqlite'}"
    }
    with serve(folder / "server.log", environment=named) as served:
        yield served.url
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def assert_harmless(page: Page) -> None:
    assert page.evaluate("window.hacked") is None
    assert (
        page.locator("img[src=x], [src*=outside], a[href*='//outside'], [href^=mailto]").count()
        == 0
    )
    if not page.url.endswith("/theme_maps"):  # has a test of its own
        assert width_needed(page) <= PHONE, page.url


def test_names_stay_as_they_were_written_in_controls_legend_and_cards(
    app: str, visit: Visits
) -> None:
    page = visit(app, width=PHONE)
    expect(page.locator(".area-legend li")).to_contain_text([IMAGE, MARKDOWN, FOREIGN])
    for name in (IMAGE, IN_LABELS, FOREIGN):
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


def test_names_of_themes_and_organisations_stay_as_they_were_written(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/themes", width=PHONE)
    for name in (IMAGE, MARKDOWN, LONG, FOREIGN):
        expect(link(page, name)).to_be_visible()
    assert_harmless(page)
    link(page, IMAGE).click()
    drawn(page, "theme=recall")
    expect(headline(page)).to_contain_text(f"{IMAGE}: no provision described")
    expect(page.get_by_role("region", name="What was said in consultation")).to_contain_text(
        f"{SCRIPT} {MARKDOWN}"
    )
    expect(page.get_by_role("button", name=f"{FOREIGN} →", exact=True)).to_be_visible()
    assert_harmless(page)
    go(page, f"{app}/intersections?themes=foreign-national,young-women")
    for name in (IMAGE, IN_LABELS, LONG, FOREIGN):
        expect(theme_pill(page, name)).to_be_visible()
    expect(headline(page)).to_contain_text(f"{MARKDOWN} and {LONG}")
    assert_harmless(page)
    go(page, f"{app}/theme_maps")
    assert {IMAGE, MARKDOWN, LONG, FOREIGN} <= set(page.locator(".small-title").all_inner_texts())
    assert_harmless(page)


def test_a_long_title_fits_over_a_small_map(app: str, visit: Visits) -> None:
    assert width_needed(visit(f"{app}/theme_maps", width=PHONE)) <= PHONE


def test_partners_stages_and_what_is_found_stay_as_they_were_written(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/partners", width=PHONE)
    page.locator(".tied").get_by_role("button", name=MARKDOWN, exact=True).first.click()
    drawn(page, "partner=hibiscus")
    expect(page.get_by_role("region", name=MARKDOWN, exact=True)).to_contain_text(SCRIPT)
    assert_harmless(page)
    go(page, f"{app}/pathway")
    expect(page.get_by_role("radio", name=IN_LABELS, exact=True)).to_be_visible()
    expect(page.get_by_text(f"{IMAGE} {LONG}").first).to_be_visible()
    assert_harmless(page)
    go(page, f"{app}/find?find=onerror")
    expect(link(page, IMAGE)).to_be_visible()
    assert_harmless(page)
    go(page, f"{app}/find?find=outside")
    link(page, f"{SCRIPT} {MARKDOWN}").click()
    drawn(page, "sources ")
    expect(page.locator("#discrepancy-one-way-references")).to_contain_text(SCRIPT)
    assert_harmless(page)


def test_every_page_bears_it(app: str, visit: Visits) -> None:
    page = visit(app, width=PHONE)
    for path in [*EVERY_PAGE.values(), f"/borough?area={CITY}"]:
        go(page, app + path)
        assert_harmless(page)
    expect(headline(page)).to_contain_text(MARKDOWN)
    go(page, f"{app}/borough?area={LAMBETH}")
    expect(page.get_by_role("heading", name=LONG)).to_be_visible()
    assert_harmless(page)
    go(page, f"{app}/borough?area={BARKING}")
    expect(page.get_by_role("button", name=f"← {IN_LABELS}", exact=True)).to_be_visible()
    assert_harmless(page)


def test_what_the_room_is_shown_and_says_stays_as_it_was_written(app: str, visit: Visits) -> None:
    """Every step of the story of hostile data; then titles from a link, and a guess with its
    reason."""
    page = visit(f"{app}/present?step=1", width=1920)
    for step in range(2, 8):
        page.keyboard.press("PageDown")
        drawn(page, f"step={step}")
        assert page.evaluate("window.hacked") is None
    steps = [
        ("view", "coverage", f"title:{SCRIPT}"),
        ("ask", "scenario?best=1~land", f"question:{IMAGE} {MARKDOWN}"),
        ("best", "scenario?best=1~land", ""),
    ]
    written = ",".join(
        "~".join(quote(part, safe=":").replace("~", "%7E") for part in step if part)
        for step in steps
    )
    go(page, f"{app}/present?{urlencode({'story': LONG[:80], 'steps': written, 'step': 1})}")
    expect(headline(page)).to_have_text(SCRIPT)
    page.keyboard.press("PageDown")
    expect(headline(page)).to_have_text(f"{IMAGE} {MARKDOWN}")
    page.locator(f'.slide.now .area[data-code="{ENFIELD}"]').click()
    page.get_by_label("Why there?").fill(f"{IMAGE} {FOREIGN}")
    page.get_by_role("button", name="Take this guess down").click()
    expect(page.locator(".slide.now .guesses li")).to_contain_text(f"Enfield {IMAGE} {FOREIGN}")
    page.keyboard.press("PageDown")
    expect(page.locator(".slide.now .room-list")).to_contain_text(f"{IMAGE} {FOREIGN}")
    page.keyboard.press("e")
    expect(page.get_by_text("entries kept")).to_be_visible()
    expect(page.locator(".stApp")).to_contain_text(f"{IMAGE} {FOREIGN}")
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.wait_for_function("width => document.documentElement.clientWidth === width", arg=PHONE)
    assert_harmless(page)
