"""What is pressed while the server is busy is done once it answers, all of it: here it is held, and
goes on after two presses."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from support.looking import Visits, area, drawn

from benchmarks.serving import Served, serve

BARNET, BEXLEY, ENFIELD = "E09000003", "E09000004", "E09000010"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("busy")
    environment = {"PROVISION_RECORDS": f"sqlite:///{folder / 'records.sqlite'}"}
    with serve(folder / "server.log", environment=environment) as found:
        yield found


@contextmanager
def held(server: Served) -> Iterator[None]:
    """The server takes nothing until the block has ended."""
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


def test_of_two_areas_that_are_clicked_both_get_a_hub(served: Served, visit: Visits) -> None:
    page = visit(f"{served.url}/scenario")
    drawn(page, "scenario")
    with held(served):
        area(page, BARNET).click()
        area(page, BEXLEY).click()
    for code in (BARNET, BEXLEY):
        expect(area(page, code)).to_have_attribute("data-class", "what_if")
    area(page, BEXLEY).click()
    expect(area(page, BEXLEY)).not_to_have_attribute("data-class", "what_if")
    expect(area(page, BARNET)).to_have_attribute("data-class", "what_if")


def test_a_guess_is_kept_though_the_screen_is_left_at_once(served: Served, visit: Visits) -> None:
    page = visit(f"{served.url}/present?step=6", width=1920, height=1080)
    drawn(page, "step=6")
    page.locator(f'.slide.now .area[data-code="{ENFIELD}"]').click()
    page.get_by_label("Why there?").fill("Many women there")
    with held(served):
        page.get_by_role("button", name="Take this guess down").click()
        page.keyboard.press("Escape")
    page.get_by_role("navigation", name="App pages").get_by_role("link", name="Present").click()
    expect(page.get_by_text("2 entries kept")).to_be_visible()  # the question and the guess


def test_a_guess_outlives_a_page_that_is_loaded_anew_before_the_server_has_it(
    served: Served, visit: Visits
) -> None:
    page = visit(f"{served.url}/present?step=6", width=1920, height=1080)
    drawn(page, "step=6")
    page.locator(f'.slide.now .area[data-code="{ENFIELD}"]').click()
    with held(served):
        page.context.set_offline(True)  # what is sent now does not arrive
        page.get_by_role("button", name="Take this guess down").click()
        kept = page.evaluate("sessionStorage.getItem('provision-unsent')")
    assert '"guess"' in kept
    page.context.set_offline(False)
    page.reload()
    expect(page.locator(".slide.now .guesses li")).to_have_count(1)
