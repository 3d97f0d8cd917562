"""What if: a scenario is composed by hand, shown at once, taken back, shared, saved, compared and
contested."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from support.looking import (
    BIG,
    DESK,
    GREENWICH,
    PHONE,
    Visits,
    area,
    box,
    colour_classes,
    drawn,
    go,
    headline,
    lit,
    violations,
    width_needed,
)

BARNET, BEXLEY, BROMLEY, CITY, ENFIELD, HARROW, KINGSTON, MERTON, RICHMOND, TOWER_HAMLETS = (
    f"E090000{n:02}" for n in (3, 4, 6, 1, 10, 15, 21, 24, 27, 30)
)
PLANNED = {
    "Barnet",
    "Bexley",
    "Bromley",
    "Kingston upon Thames",
    "Merton",
    "Richmond upon Thames",
    "Tower Hamlets",
}
# A hub with a rule, a service off, a provider withdrawn, assumptions, and another scenario to
# compare with.
CHANGES = "off=minerva-wraparound&withdraw=Women+in+Prison&assume=women:60,cost:1500,fixed:20000"
WHOLE = f"/scenario?panel=compare&v=1&hubs={BARNET}~land~kw:2&{CHANGES}&b=hubs%3D{BEXLEY}"


def hub(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar", name="Hubs").get_by_role("button", name=name, exact=True)


def panel(page: Page, name: str) -> None:
    page.get_by_role("radiogroup", name="Show").get_by_role("radio", name=name, exact=True).click()


def pick(page: Page, name: str, option: str) -> None:
    """Choose an option of a select box by keyboard: a list closes when the page scrolls under it,
    and a long one draws only its start."""
    box(page, name).focus()
    page.keyboard.type(option)
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    page.keyboard.press("Enter")


def begin(page: Page, name: str) -> None:
    """Start from an example a preset."""
    pick(page, "Start from an example", name)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def text_of(page: Page) -> dict[str, object]:
    """What two people who look at the same scenario both see."""
    lit = "[aria-pressed=true], [aria-checked=true]"
    return {
        "sentence": headline(page).inner_text(),
        "map": (
            page.locator("svg.area-map")
            .first.locator(".area")
            .evaluate_all("all => all.map(a => [a.dataset.class, a.ariaLabel])")
        ),
        "marks": page.locator("svg.area-map").first.locator(".labels text").all_inner_texts(),
        "lit": (
            page.locator(
                f":is(.st-key-sc_hubs, .st-key-contracts, .st-key-sc_rule) :is({lit})"
            ).all_inner_texts()
        ),
        "cards": page.locator("section.card").all_inner_texts(),
        "tables": page.locator("table.data-table").all_inner_texts(),
        "maps": page.locator("svg.area-map").count(),
    }


def marked(page: Page) -> list[str]:
    """The codes of the areas that carry the mark of a hub on the map."""
    return (
        page.locator("svg.area-map .labels text")
        .filter(has_text="▲")
        .evaluate_all("all => all.map(t => t.dataset.code)")
    )


def rows(page: Page, caption: str) -> Locator:
    return page.get_by_role("table", name=re.compile(caption)).locator("tbody tr")


def assert_hub_in_barnet(page: Page, app: str) -> None:
    drawn(page, f"hubs={BARNET}")
    expect(area(page, BARNET)).to_have_attribute("aria-pressed", "true")
    expect(headline(page)).to_contain_text(
        "With a hub in Barnet (for its own borough alone), 25 to 26 of London's 32 boroughs would"
        " be covered"
    )
    expect(area(page, BARNET)).to_have_attribute("data-class", "what_if")
    expect(area(page, BARNET)).to_have_attribute("aria-label", re.compile("a hub stands here"))
    expect(hub(page, "Barnet")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("region", name="The difference")).to_contain_text(
        "Gained: Barnet. Women 18+: 152,808."
    )
    assert marked(page) == [BARNET]
    assert page.url.startswith(f"{app}/scenario?")
    assert page.url.endswith(f"v=1&hubs={BARNET}")


def assert_nothing(page: Page) -> None:
    expect(headline(page)).to_contain_text("24 of London's 32 boroughs")
    expect(area(page, BARNET)).to_have_attribute("data-class", "none")
    expect(page).not_to_have_url(re.compile("hubs"))
    drawn(page)


def test_a_hub_goes_on_and_off_by_pill_by_click_and_by_keyboard_and_the_selection_stays(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/scenario?area={GREENWICH}")
    svg = page.locator("svg.area-map")
    svg.evaluate("svg => { svg.mine = true; }")
    seen, outline = svg.get_attribute("viewBox"), svg.locator("path.chosen").get_attribute("d")
    assert outline
    acts = {
        "pill": hub(page, "Barnet").click,
        "click": area(page, BARNET).click,
        "keyboard": lambda: (area(page, BARNET).focus(), page.keyboard.press("Enter")),
    }
    for act in acts.values():
        act()
        assert_hub_in_barnet(page, app)
        expect(svg.locator("path.chosen")).to_have_attribute("d", outline)
        act()
        assert_nothing(page)
        expect(svg.locator("path.chosen")).to_have_attribute("d", outline)
        expect(page).to_have_url(f"{app}/scenario?area={GREENWICH}")
    assert svg.evaluate("svg => svg.mine"), "the map was drawn anew"
    assert svg.get_attribute("viewBox") == seen


CLASSES = (
    "svg => Object.fromEntries([...svg.querySelectorAll('.area')].map(a => [a.dataset.code,"
    " a.dataset.class]))"
)


@pytest.mark.parametrize("way", ["switch", "map"])
def test_the_map_shows_at_the_click_what_the_answer_then_confirms(
    app: str, visit: Visits, way: str
) -> None:
    page = visit(f"{app}/scenario?best=1~land")
    svg = page.locator("svg.area-map")
    before = svg.evaluate(CLASSES)
    target = hub(page, "Bromley") if way == "switch" else area(page, BROMLEY)
    # In one turn of the browser's loop: no answer can have come.
    click = "node.dispatchEvent(new MouseEvent('click', { bubbles: true }))"
    foretold = target.evaluate(
        f"node => {{ {click}; return ({CLASSES})(document.querySelector('svg.area-map')); }}"
    )
    drawn(page, f"hubs={BROMLEY}~land")
    assert svg.evaluate(CLASSES) == foretold != before
    assert foretold[BROMLEY] == foretold[BEXLEY] == "what_if"
    expect(svg).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".unseen[role=status]").first).to_contain_text("With a hub in Bromley")


def test_two_clicks_that_undo_each_other_leave_the_map_as_it_was(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?best=1~land")
    svg = page.locator("svg.area-map")
    before = svg.evaluate(CLASSES)
    area(page, BROMLEY).evaluate(
        "node => { for (const _ of [1, 2]) node.dispatchEvent(new MouseEvent('click', { bubbles:"
        " true })); }"
    )
    expect(svg).not_to_have_attribute("aria-busy", "true")
    drawn(page)
    standing = f"document.querySelector('.area[data-code={BROMLEY}]').ariaPressed === 'true'"
    page.wait_for_function(f"() => ({standing}) === location.search.includes('hubs')")
    sent = svg.evaluate(CLASSES)
    assert sent == before or marked(page) == [BROMLEY], (
        "what is shown is what the server has answered last"
    )


def test_sentence_controls_and_difference_are_seen_at_once_on_a_laptop(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/scenario?hubs={BARNET}~land")
    for part in (
        headline(page),
        page.locator(".st-key-sc_start"),
        page.locator(".st-key-steps"),
        page.get_by_role("region", name="The difference"),
        page.locator(".st-key-sc_withdrawn"),
    ):
        found = part.bounding_box()
        assert found and found["y"] + found["height"] <= 768, part


def test_the_keyboard_stays_where_it_is_on_the_map(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario")
    area(page, BARNET).focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        assert_hub_in_barnet(page, app)
        expect(area(page, BARNET)).to_be_focused()
        page.keyboard.press("Enter")
        assert_nothing(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("svg.area-map .area:focus")).to_have_count(1)


def test_what_cannot_be_is_said_and_changes_nothing(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?panel=hubs&hubs={BARNET}~from:2020-03")
    before = page.url
    pick(page, "Closes after", "November 2018")
    expect(page.get_by_role("status").filter(has_text="That was left aside")).to_be_visible()
    drawn(page)
    expect(page).to_have_url(before)
    assert box(page, "Closes after").input_value() == ""


@pytest.mark.parametrize(
    "path",
    [
        WHOLE,
        f"/scenario?on=2021-04-30&view=tiles&panel=months&v=1&hubs={BARNET}~km:6,{BEXLEY}~km:6~from:2019-04",
    ],
)
def test_a_link_shows_the_same_in_another_browser(app: str, visit: Visits, path: str) -> None:
    page = visit(app + path)
    assert page.get_by_text("We could not use part of this link").count() == 0
    for shared in (page.url, page.url):
        other = visit(shared)
        assert other.url == shared
        assert text_of(other) == text_of(page)
    assert page.url.split("?")[1].count("&") >= path.count("&")


def test_a_scenario_composed_by_hand_opens_the_same_in_another_browser(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/scenario")
    hub(page, "Barnet").click()
    drawn(page, f"hubs={BARNET}")
    page.get_by_role("radio", name="+ by land", exact=True).click()
    drawn(page, f"hubs={BARNET}~land")
    hub(page, "Bexley").click()
    drawn(page, f"hubs={BARNET}~land,{BEXLEY}~land")
    page.get_by_role("toolbar", name="Remove a service").get_by_role(
        "button", name="Minerva CRC"
    ).click()
    drawn(page, "off=minerva-crc")
    page.get_by_role("toolbar", name="Remove a provider").get_by_role(
        "button", name="Women in Prison"
    ).click()
    drawn(page, "withdraw=Women")
    panel(page, "Cost")
    drawn(page, "panel=cost")
    page.locator(".st-key-sc_women").get_by_role("spinbutton").fill("60")
    page.keyboard.press("Enter")
    drawn(page, "assume=women")
    mine = text_of(page)
    assert text_of(visit(page.url)) == mine
    assert "%7E" not in page.url


def test_undo_and_redo_and_clear(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario")
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    hub(page, "Barnet").click()
    drawn(page, f"hubs={BARNET}")
    hub(page, "Merton").click()
    drawn(page, f"hubs={BARNET},{MERTON}")
    two = text_of(page)
    press(page, "Undo")
    assert_hub_in_barnet(page, app)
    press(page, "Undo")
    assert_nothing(page)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    press(page, "Redo")
    assert_hub_in_barnet(page, app)
    press(page, "Redo")
    drawn(page, f"hubs={BARNET},{MERTON}")
    assert text_of(page) == two
    press(page, "Clear")
    assert_nothing(page)
    press(page, "Undo")
    drawn(page, f"hubs={BARNET},{MERTON}")
    assert text_of(page) == two


def test_presets(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario")
    begin(page, "A hub in each of the 7 boroughs listed as having none")
    expect(headline(page)).to_contain_text("31 to 32 of London's 32 boroughs would be covered")
    drawn(page, "hubs=")
    assert colour_classes(page)["what_if"] == PLANNED
    begin(page, "After March 2020")
    drawn(page, "on=2020-04-01")
    expect(headline(page)).to_contain_text("1 April 2020")
    begin(page, "After March 2021")
    drawn(page, "on=2021-04-01")
    press(page, "Undo")
    drawn(page, "on=2020-04-01")
    press(page, "Undo")
    expect(page).not_to_have_url(re.compile("on="))
    drawn(page, f"hubs={BARNET}")


def test_a_provider_that_withdraws_leaves_eighteen_marked_apart_and_listed(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/scenario")
    begin(page, "Advance withdraws")
    drawn(page, "withdraw=Advance")
    expect(headline(page)).to_contain_text("18")
    found = colour_classes(page)
    assert len(found["lost"]) == 18
    assert {"Enfield", "Harrow"} <= found["lost"]
    assert found["none"] == PLANNED, "those that never had one are not lost"
    expect(page.locator(".area-legend li").filter(has_text="No longer covered: 18")).to_be_visible()
    looks = {
        kind: area(page, code).locator(".over").first.get_attribute("fill")
        for kind, code in {"lost": ENFIELD, "none": BARNET}.items()
    }
    assert looks["lost"] != looks["none"], "the hatch tells them apart, not the colour alone"
    panel(page, "As a table")
    drawn(page, "panel=table")
    twin = rows(page, "The map as a table").filter(has_text=re.compile("Lost"))
    assert {row.split("\t")[0] for row in twin.all_inner_texts()} == found["lost"]
    expect(page.get_by_role("region", name="The difference")).to_contain_text("Enfield")


@pytest.mark.parametrize(
    "start", [f"hubs={TOWER_HAMLETS}~land", "best=2~land"], ids=["beside a hub", "from nothing"]
)
def test_the_two_best_next_hubs_are_listed_and_put_on_the_map(
    app: str, visit: Visits, start: str
) -> None:
    page = visit(f"{app}/scenario?panel=best&{start}")
    page.get_by_role("radiogroup", name="Further hubs").get_by_role(
        "radio", name="2", exact=True
    ).click()
    drawn(page, "best=2")
    expect(page.get_by_text(re.compile("^Two further hubs"))).to_be_visible()
    sets = rows(page, "The best sets")
    first = sets.first.locator("td").first.inner_text().split("; ")
    assert len(first) == 2
    if start.startswith("best"):  # as `python -m provision best-hubs --hubs 2 --reach land` says
        expect(sets).to_have_count(6)
        assert {
            frozenset(t.split("; ")) for t in sets.locator("td:nth-child(2)").all_inner_texts()
        } == {
            frozenset({south, west})
            for south in ("Bexley", "Bromley", "Greenwich")
            for west in ("Kingston upon Thames", "Wandsworth")
        }
    before = len(marked(page))
    press(page, "Put this set on the map")
    expect(headline(page)).to_contain_text(first[0])
    expect(page).to_have_url(re.compile("hubs=.*~land.*~land"))
    expect(page.locator("svg.area-map .labels text").filter(has_text="▲")).to_have_count(before + 2)
    for name in first:
        expect(page.locator(f'svg.area-map .area[aria-label^="{name}:"]')).to_have_attribute(
            "aria-label", re.compile("a hub stands here")
        )


def test_a_set_put_on_the_map_is_taken_back_in_one_step(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?panel=best&best=2~land")
    press(page, "Put this set on the map")
    drawn(page, "hubs=")
    press(page, "Undo")
    expect(headline(page)).to_contain_text("You have not changed anything yet")


def test_compare_keeps_one_and_draws_where_the_two_differ(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?panel=compare&hubs={BARNET}")
    press(page, "Keep this one to compare with")
    drawn(page, "b=")
    hub(page, "Merton").click()
    drawn(page, f"hubs={BARNET},{MERTON}")
    expect(page.get_by_text("A alone covers Merton")).to_be_visible()
    hub(page, "Barnet").click()
    drawn(page, f"hubs={MERTON}&b=")
    maps = page.locator("svg.area-map")
    expect(maps).to_have_count(2)
    kinds = {
        code: maps.nth(1).locator(f'.area[data-code="{code}"]')
        for code in (MERTON, BARNET, ENFIELD, BEXLEY)
    }
    for code, kind in {
        MERTON: "only_a",
        BARNET: "only_b",
        ENFIELD: "both",
        BEXLEY: "neither",
    }.items():
        expect(kinds[code]).to_have_attribute("data-class", kind)
    expect(rows(page, "All figures, side by side").first).to_contain_text("covered")
    assert [r.split("\t")[1:] for r in rows(page, "Where they differ").all_inner_texts()] == [
        ["only A", "Merton"],
        ["only B", "Barnet"],
    ]
    mine = text_of(page)
    assert text_of(visit(page.url)) == mine
    press(page, "Drop B")
    expect(maps).to_have_count(1)
    expect(page).not_to_have_url(re.compile("b="))


def test_the_baseline_stands_beside_the_scenario_on_demand(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?hubs={BARNET}")
    page.get_by_text("Compare with now").click()
    maps = page.locator("svg.area-map")
    expect(maps).to_have_count(2)
    expect(maps.nth(0).locator(f'.area[data-code="{BARNET}"]')).to_have_attribute(
        "data-class", "what_if"
    )
    expect(maps.nth(1).locator(f'.area[data-code="{BARNET}"]')).to_have_attribute(
        "data-class", "none"
    )
    expect(maps.nth(1)).to_have_attribute("aria-label", re.compile("^Baseline: 24"))
    maps.nth(0).locator(f'.area[data-code="{MERTON}"]').click()
    drawn(page, f"hubs={BARNET},{MERTON}")
    expect(maps.nth(1).locator(f'.area[data-code="{MERTON}"]')).to_have_attribute(
        "data-class", "none"
    )


def test_a_contested_entry_becomes_a_change_and_a_patch(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?panel=contest")
    pick(page, "Borough", "Harrow")
    pick(page, "Service", "Minerva WrapAround")
    page.get_by_role("radio", name="has closed there").click()
    press(page, "Add to the scenario")
    drawn(page, f"cells={HARROW}~minerva-wraparound~closed")
    expect(area(page, HARROW)).to_have_attribute("data-class", "lost")
    with page.expect_download() as download:
        press(page, "Patch of the services file, for review")
    patch = download.value.path().read_text(encoding="utf-8")
    assert patch.startswith("--- ")
    assert re.search(r"^-.*Harrow", patch, re.MULTILINE)
    assert re.search(r"^\+.*contested", patch, re.MULTILINE)
    page.get_by_role("button", name=re.compile("^Take back")).click()
    expect(area(page, HARROW)).to_have_attribute("data-class", "covered")


def test_a_scenario_is_saved_and_loaded_to_the_same_address(
    app: str, visit: Visits, tmp_path: Path
) -> None:
    page = visit(
        app
        + WHOLE.replace("panel=compare", "panel=files").partition("&b=")[0]
        + "&on=2020-04-01&name=Two+hubs&note=Ask+%3Cb%3Ewhy%3C/b%3E"
    )
    kept, mine = page.url, headline(page).inner_text()
    with page.expect_download() as download:
        press(page, "Save as YAML")
    file = tmp_path / "mine.yaml"
    download.value.save_as(file)
    assert 'name: "Two hubs"' in file.read_text(encoding="utf-8")
    other = visit(f"{app}/scenario?panel=files")
    other.locator("input[type=file]").set_input_files(file)
    press(other, "Load it in place of what is shown")
    drawn(other, "on=2020-04-01")
    expect(headline(other)).to_have_text(mine, use_inner_text=True)
    fields = [sorted(url.partition("?")[2].split("&")) for url in (other.url, kept)]
    assert fields[0] == fields[1]


def test_a_file_with_mistakes_is_not_loaded_and_they_are_listed(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?panel=files")
    bad = (
        b"scenario: 1\nhubs:\n  - {area: Atlantis, reach: land}\nchanges:\n  - {switch_off: '<img"
        b" src=x onerror=window.hacked=1>'}\n"
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "bad.yaml", "mimeType": "text/yaml", "buffer": bad}
    )
    expect(page.get_by_text("2 to mend")).to_be_visible()
    expect(page.get_by_text("Atlantis").first).to_be_visible()
    expect(page.get_by_role("button", name="Load it in place of what is shown")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_what_a_link_asks_for_in_vain_is_said_and_the_rest_is_shown(
    app: str, visit: Visits
) -> None:
    page = visit(
        f"{app}/scenario?v=7&hubs={BARNET},E0900000X,{MERTON}~moon&off=nothing&assume=women:many&ends=minerva-crc~never&best=99&panel=cellar&colour=red"
    )
    note = page.get_by_role("status").filter(has_text="We could not use part of this link")
    for words in (
        "E0900000X",
        "moon",
        "nothing",
        "many",
        "never",
        "99",
        "cellar",
        "colour",
        "version",
    ):
        expect(note).to_contain_text(words)
    expect(headline(page)).to_contain_text("Barnet")
    expect(area(page, BARNET)).to_have_attribute("data-class", "what_if")
    go(page, f"{app}/scenario?hubs={','.join([BARNET] * 1000)}")
    expect(
        page.get_by_role("status").filter(has_text="longer than 8,000 characters")
    ).to_be_visible()
    assert_nothing(page)


def test_a_hostile_name_in_a_link_stays_text(app: str, visit: Visits) -> None:
    image, markdown = (
        "%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E",
        "![x](https://outside.example/x.png) :red[red]",
    )
    own, other = (
        f"name={image}&note={image}{'Unbroken' * 20}",
        f"hubs%3D{BEXLEY}%26name%3D{markdown}",
    )
    page = visit(f"{app}/scenario?panel=compare&v=1&hubs={BARNET}&{own}&b={other}", width=PHONE)
    dropped = re.compile(
        r"^Drop B \(!\[x\]\(https:.*:red\[red\]\)$"
    )  # the address is parted unseen
    expect(page.get_by_role("button", name=dropped)).to_be_visible()
    expect(page.locator(".headline")).to_contain_text("<img src=x onerror=window.hacked=1>Unbroken")
    for shown in ("files", "figures"):
        panel(page, {"files": "Save and load", "figures": "Figures"}[shown])
        page.wait_for_url(re.compile("panel=files") if shown == "files" else re.compile(r"\?v=1"))
        drawn(page)
        assert page.evaluate("window.hacked") is None
        assert page.locator("img[src=x], img[src*=outside]").count() == 0
        assert width_needed(page) <= PHONE


@pytest.mark.parametrize(
    "name",
    [
        "figures",
        "table",
        "best",
        "hubs",
        "contracts",
        "themes",
        "months",
        "cost",
        "compare",
        "contest",
        "files",
    ],
)
def test_no_panel_scrolls_sideways_or_breaks_a_rule_of_access(
    app: str, visit: Visits, name: str
) -> None:
    extra = {
        "contest": f"&cells={HARROW}~minerva-crc~closed",
        "compare": f"&b=hubs%3D{BEXLEY}",
    }.get(name, "")
    page = visit(f"{app}/scenario?panel={name}&v=1&hubs={BARNET}~land&withdraw=Advance{extra}")
    assert violations(page, DESK) == []
    lit(page, dark=True)
    assert violations(page, PHONE) == []
    for width in (PHONE, DESK, BIG):
        page.set_viewport_size({"width": width, "height": 1080})
        assert width_needed(page) <= width, width
