"""The app as it is served, a real browser, and visits that fail if anything is asked of another
machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from support.looking import PATIENCE, Visitors, Visits

from benchmarks.serving import Served, browse, serve

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = browse(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with London's own data."""
    with serve(tmp_path_factory.mktemp("app") / "server.log") as served:
        yield served
    _, broken, told = served.log.read_text(encoding="utf-8").partition("Traceback")
    assert not broken, broken + told


@pytest.fixture(scope="session")
def app(served: Served) -> str:
    """The address of the app with London's own data."""
    return served.url


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Visitors:
    return Visitors(browser)


@pytest.fixture
def visit(visitors: Visitors) -> Iterator[Visits]:
    visitors.faults.clear()
    visits = Visits(visitors)
    yield visits
    visits.close()
    assert visits.faults == []


@pytest.fixture
def own_app(tmp_path: Path) -> Iterator[tuple[Path, Served]]:
    """A services file that the test may change, empty as yet, and an app that reads it."""
    services = tmp_path / "services.yaml"
    services.touch()
    with serve(
        tmp_path / "server.log", environment={"PROVISION_SERVICES": str(services)}
    ) as served:
        yield services, served
    _, broken, told = served.log.read_text(encoding="utf-8").partition("Traceback")
    assert not broken, broken + told
