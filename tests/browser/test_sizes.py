"""Pages fit a phone, a laptop and a projector; on a laptop the map is seen whole without
scrolling."""

from __future__ import annotations

from support.looking import BIG, DESK, GREENWICH, PHONE, Visits, go, width_needed


def test_tiles_do_not_scroll_sideways_on_a_phone_a_laptop_or_a_projector(
    app: str, visit: Visits
) -> None:
    page = visit(app, width=PHONE, height=800)
    for path in (
        f"/?view=tiles&area={GREENWICH}&on=2020-04-30",
        "/theme_maps?view=tiles",
        "/themes?theme=bame&view=tiles&on=2021-04-30",
    ):
        page.set_viewport_size({"width": PHONE, "height": 800})
        go(page, app + path)
        for width in (PHONE, DESK, BIG):
            page.set_viewport_size({"width": width, "height": 1080})
            assert width_needed(page) <= width, (path, width)


def test_the_map_is_wide_on_a_phone_and_whole_on_a_laptop(app: str, visit: Visits) -> None:
    page = visit(app, width=PHONE, height=800)
    frame = page.locator("svg.area-map")
    assert frame.evaluate("svg => svg.getBoundingClientRect().width") >= 300
    page.set_viewport_size({"width": DESK, "height": 768})
    page.wait_for_function(
        "() => document.querySelector('svg.area-map').getBoundingClientRect().width > 500"
    )
    assert frame.evaluate("svg => svg.getBoundingClientRect().bottom") <= 768
