"""The data is edited while people look: what is good appears by itself, what is broken does not
take the page away."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect
from support import ROOT, SERVICES, changed, line_of
from support.looking import (
    DESK,
    PHONE,
    THEME_PAGES,
    Visits,
    areas,
    date_slider,
    drawn,
    go,
    headline,
    link,
    pill,
    violations,
)

from benchmarks.serving import Served

BROKEN = changed("level: one-to-one", "level: sometimes")


def test_a_change_shows_a_mistake_is_named_and_mending_it_is_enough(
    own_app: tuple[Path, Served], visit: Visits
) -> None:
    services, served = own_app
    services.write_text(SERVICES, encoding="utf-8")
    page = visit(served.url)
    services.write_text(
        changed("short_name: Minerva CRC", "short_name: Renamed service"), encoding="utf-8"
    )
    expect(pill(page, "Renamed service")).to_be_visible()

    services.write_text(BROKEN, encoding="utf-8")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text(f"{services}:{line_of('level: sometimes', BROKEN)}")
    expect(problem).to_contain_text("sometimes")
    expect(pill(page, "Renamed service")).to_be_visible()
    expect(areas(page)).to_have_count(33)
    assert violations(page, DESK) == []
    assert violations(page, PHONE) == []

    services.write_text(SERVICES, encoding="utf-8")
    expect(problem).to_have_count(0)
    expect(pill(page, "Minerva CRC")).to_be_visible()


def test_the_view_outlasts_a_change_of_the_data(
    own_app: tuple[Path, Served], visit: Visits
) -> None:
    services, served = own_app
    services.write_text(SERVICES, encoding="utf-8")
    page = visit(f"{served.url}/?on=2020-01-31")
    date_slider(page).press("ArrowRight")
    drawn(page, "on=2020-02-29")
    services.write_text(
        changed("short_name: Minerva CRC", "short_name: Renamed service"), encoding="utf-8"
    )
    expect(pill(page, "Renamed service")).to_be_visible()
    expect(headline(page)).to_contain_text("Date: 29 February 2020")
    expect(page).to_have_url(f"{served.url}/?on=2020-02-29")


def test_data_that_is_broken_at_the_start_is_listed_and_the_page_appears_once_it_is_mended(
    own_app: tuple[Path, Served], visit: Visits
) -> None:
    services, served = own_app
    services.write_text(BROKEN, encoding="utf-8")
    page = visit.context().pages[0]
    page.goto(served.url)
    expect(headline(page)).to_have_text("The data cannot be shown yet")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_contain_text(
        [f":{line_of('level: sometimes', BROKEN)}"]
    )
    expect(areas(page)).to_have_count(0)
    expect(page.get_by_text("Traceback")).to_have_count(0)
    services.write_text(SERVICES, encoding="utf-8")
    expect(areas(page)).to_have_count(33)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_themes_are_read_again_and_a_mistake_in_them_is_named(
    own_app: tuple[Path, Served], visit: Visits
) -> None:
    services, served = own_app
    services.write_text(SERVICES, encoding="utf-8")
    own = {name: services.with_name(f"{name}.yaml") for name in ("themes", "organisations")}
    for name, path in own.items():
        path.write_text(
            (ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    good = own["themes"].read_text(encoding="utf-8")
    page = visit(f"{served.url}/themes")
    own["themes"].write_text(
        changed("title: Recall", "title: Renamed theme", good), encoding="utf-8"
    )
    expect(link(page, "Renamed theme")).to_be_visible()

    broken = changed("level: little-or-none", "level: sometimes", good)
    own["themes"].write_text(broken, encoding="utf-8")
    expect(page.get_by_role("alert")).to_contain_text(
        f"{own['themes']}:{line_of('level: sometimes', broken)}"
    )
    expect(link(page, "Renamed theme")).to_be_visible()

    own["themes"].write_text(good, encoding="utf-8")
    expect(link(page, "Recall")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_region_without_themes_has_its_pages_all_the_same(
    own_app: tuple[Path, Served], visit: Visits
) -> None:
    services, served = own_app
    services.write_text(SERVICES, encoding="utf-8")
    page = visit(served.url)
    for path in THEME_PAGES.values():
        go(page, served.url + path)
        expect(headline(page)).to_be_visible()
    expect(headline(page)).to_contain_text("Find")
