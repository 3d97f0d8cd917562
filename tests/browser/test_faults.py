"""Data that goes while people look: the page stays, says which file is gone or broken and how to
mend it, and comes back by itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support import ROOT, SERVICES, changed
from support.looking import DESK, EVERY_PAGE, Visits, areas, go, headline, pill, violations

from benchmarks.serving import Served, serve

LANGUAGES = [
    ("de-DE", "Asia/Tokyo"),
    ("ar-EG", "Pacific/Kiritimati"),
    ("tr-TR", "America/St_Johns"),
]


@pytest.fixture
def region(tmp_path: Path) -> Iterator[tuple[Path, Served]]:
    """London's files in a folder that the test may change, and an app that reads them."""
    folder = tmp_path / "region"
    shutil.copytree(ROOT / "data", folder)
    shutil.copytree(ROOT / "geo", folder, dirs_exist_ok=True)
    named = {
        "SERVICES": "services.yaml",
        "BOUNDARIES": "london_boroughs.geojson",
        "FIGURES": "boroughs.csv",
        "NEIGHBOURS": "adjacency.csv",
    }
    with serve(
        tmp_path / "server.log",
        environment={f"PROVISION_{k}": str(folder / v) for k, v in named.items()},
    ) as served:
        yield folder, served
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_files_that_go_are_named_and_the_page_comes_back_with_them(
    region: tuple[Path, Served], visit: Visits
) -> None:
    folder, served = region
    services, themes, outlines = (
        folder / "services.yaml",
        folder / "themes.yaml",
        folder / "london_boroughs.geojson",
    )
    kept = {path: path.read_bytes() for path in (services, themes, outlines)}
    page = visit(served.url)
    problem = page.get_by_role("alert")

    services.unlink()
    expect(problem).to_contain_text(f"{services} is no longer there. Put it back where it was")
    expect(areas(page)).to_have_count(33)
    expect(pill(page, "Minerva CRC")).to_be_visible()
    assert violations(page, DESK) == []

    services.mkdir()
    expect(problem).to_contain_text("cannot be read (Is a directory)")
    services.rmdir()
    # as an editor leaves it in the middle of saving
    services.write_bytes(kept[services][: len(SERVICES) // 2])
    expect(problem).to_contain_text(re.compile(re.escape(str(services)) + r":\d+"))
    expect(areas(page)).to_have_count(33)

    new = folder / ".services.yaml.new"
    new.write_text(
        changed("short_name: Minerva CRC", "short_name: Renamed service"), encoding="utf-8"
    )
    new.replace(services)
    expect(problem).to_have_count(0)
    expect(pill(page, "Renamed service")).to_be_visible()

    themes.unlink()
    outlines.unlink()
    expect(problem.get_by_role("listitem")).to_contain_text([str(outlines), str(themes)])
    for path in EVERY_PAGE.values():  # whatever is turned to meanwhile
        go(page, served.url + path)
        expect(headline(page)).to_be_visible()
    go(page, f"{served.url}/sources")
    with page.expect_download() as download:
        page.get_by_role("button", name="Themes (YAML)").click()
    assert download.value.path().read_bytes() == kept[themes]
    for path in (themes, outlines):
        path.write_bytes(kept[path])
    expect(problem).to_have_count(0)


def test_what_is_missing_at_the_start_is_named_and_the_page_appears_once_it_is_there(
    region: tuple[Path, Served], visit: Visits
) -> None:
    folder, served = region
    missing = {
        path: path.read_bytes() for path in (folder / "boroughs.csv", folder / "services.yaml")
    }
    for path in missing:
        path.unlink()
    page = visit.context().pages[0]
    page.goto(served.url)
    expect(headline(page)).to_have_text("The data cannot be shown yet")
    expect(page.get_by_role("alert").get_by_role("listitem")).to_contain_text(
        [str(path) for path in missing]
    )
    expect(page.get_by_role("alert")).to_contain_text(
        "cannot be read (No such file or directory). Check the path and its permissions."
    )
    for path, content in missing.items():
        path.write_bytes(content)
    expect(areas(page)).to_have_count(33)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_words_are_the_same_in_every_language_and_zone_of_the_browser(
    app: str, visit: Visits
) -> None:
    """Also in one whose own digits, order of letters or direction of writing differ."""
    seen: list[list[str]] = []
    for locale, zone in (("en-GB", "Europe/London"), *LANGUAGES):
        context = visit.context(locale=locale, timezone_id=zone)
        page = context.pages[0]
        seen.append([])
        for name, path in EVERY_PAGE.items():
            go(page, app + path)
            expect(headline(page)).to_be_visible()
            if name == "gaps":
                expect(page.locator(".js-plotly-plot .barlayer .point").first).to_be_attached()
            seen[-1].append(page.locator("[data-testid=stMain]").aria_snapshot())
    assert [
        [
            name
            for name, ours, theirs in zip(EVERY_PAGE, seen[0], other, strict=True)
            if ours != theirs
        ]
        for other in seen[1:]
    ] == [[], [], []]
