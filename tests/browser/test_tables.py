"""Tables sort by pointer and by keyboard and say so; the legend's classes stay apart in grey."""

from __future__ import annotations

import io
from itertools import combinations

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Locator, Page, expect
from support.looking import PAGES, Visits


def gap_table(page: Page) -> Locator:
    return page.get_by_role("table", name="largest gaps first")


def column(header: Locator) -> list[str]:
    """The cells under a header, from top to bottom."""
    return [
        str(cell)
        for cell in header.evaluate(
            "th => [...th.closest('table').tBodies[0].rows].map(row =>"
            " row.cells[th.cellIndex].textContent)"
        )
    ]


def women(header: Locator) -> list[int]:
    """The numbers in cells such as '152,808'."""
    return [int(cell.replace(",", "")) for cell in column(header)]


def test_a_click_sorts_by_number_and_a_second_turns_the_order(app: str, visit: Visits) -> None:
    table = gap_table(visit(app + PAGES["gaps"]))
    header = table.get_by_role("columnheader", name="Women 18+")
    expect(header).to_have_attribute("aria-sort", "none")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    up = women(header)
    assert up == sorted(up) and len(up) == 8
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert women(header) == sorted(up, reverse=True)


def test_the_keyboard_sorts_too_and_keeps_its_place(app: str, visit: Visits) -> None:
    page = visit(app + PAGES["gaps"])
    table = gap_table(page)
    header = table.get_by_role("columnheader", name="Borough")
    worst_first = column(header)
    header.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert column(header) == sorted(worst_first) != worst_first
    expect(header.get_by_role("button")).to_be_focused()
    page.keyboard.press("Space")
    expect(header).to_have_attribute("aria-sort", "descending")
    assert column(header) == sorted(worst_first, reverse=True)
    assert table.locator("[aria-sort=ascending], [aria-sort=descending]").count() == 1


def test_the_classes_of_the_map_can_be_told_apart_in_grey(app: str, visit: Visits) -> None:
    """Between them, these two views have every class: by services in October 2018, and with others
    left out after some have lapsed."""
    for view in ("", "?on=2020-04-30&services=minerva-wraparound"):
        swatches = visit(f"{app}/{view}").locator(".area-legend .swatch").all()
        assert len(swatches) >= 5
        for one, other in combinations([inside(swatch) for swatch in swatches], 2):
            assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] > 10


def inside(swatch: Locator) -> Image.Image:
    """What a photocopy keeps of a swatch, without its outline."""
    return (
        Image.open(io.BytesIO(swatch.screenshot()))
        .convert("L")
        .resize((72, 48))
        .crop((8, 8, 64, 40))
    )
