"""The screen of the room: turned by keys and clickers, readable from the back, guessed at and revealed, and back where it was after a kill."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from looking import DESK, PHONE, Visits, drawn, headline, stay, stayed, tab_to, violations
from playwright.sync_api import Page, ViewportSize, expect

from benchmarks.serving import ROOT, Served, free_port, serve, started

SCREENS = [(1920, 1080), (1024, 768), (1400, 1050)]
ENFIELD, KINGSTON = "E09000010", "E09000021"
ASK, BEST = 6, 7
# Whatever holds words or is drawn, within the slide and the controls: its size on the screen, and whether it leaves the screen.
LOOK = """() => {
  const small = [], out = [];
  for (const node of document.querySelectorAll('.present .slide.now *, .present-bar *')) {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) out.push(node.tagName + ' ' + node.className);
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())) continue;
    let size = parseFloat(getComputedStyle(node).fontSize);
    if (node instanceof SVGElement) size *= node.getScreenCTM().a;
    if (size < 17.9) small.push(`${node.textContent.slice(0, 40)}: ${size}`);
  }
  return { small, out, head: parseFloat(getComputedStyle(document.querySelector('.slide.now h1')).fontSize) };
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an app with records of its own."""
    folder = tmp_path_factory.mktemp("room")
    with serve(folder / "server.log", environment=kept_in(folder)) as served:
        yield served.url
    assert "Traceback" not in (folder / "server.log").read_text(encoding="utf-8")


def kept_in(folder: Path) -> Mapping[str, str]:
    return {"PROVISION_RECORDS": f"sqlite:///{folder / 'records.sqlite'}"}


def at(page: Page, step: int) -> None:
    """Wait until a step is on the screen, and nothing is drawn ahead any more."""
    page.locator(f'.present[data-step="{step}"]').wait_for()
    expect(page.locator(".present .slide")).to_have_count(7)


def on_screen(visit: Visits, room: str, step: int = 1, width: int = 1920, height: int = 1080) -> Page:
    page = visit(f"{room}/present?step={step}", width=width, height=height)
    at(page, step)
    return page


def guess(page: Page, code: str, reason: str = "") -> None:
    """Take down a guess by a click on the map."""
    guesses = page.locator(".slide.now .guesses li")
    before = guesses.count()
    page.locator(f'.slide.now .area[data-code="{code}"]').click()
    page.get_by_label("Why there?").fill(reason)
    page.get_by_role("button", name="Take this guess down").click()
    expect(guesses).to_have_count(before + 1)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_every_step_fills_the_screen_and_can_be_read_from_the_back(room: str, visit: Visits, width: int, height: int) -> None:
    page = on_screen(visit, room, 1, width, height)
    for step in range(1, 8):
        at(page, step)
        found = page.evaluate(LOOK)
        assert found["small"] == [], step
        assert found["out"] == [], step
        assert found["head"] >= 28
        page.keyboard.press("PageDown")


def test_keys_and_clickers_turn_the_steps_and_the_address_follows(room: str, visit: Visits) -> None:
    page = on_screen(visit, room)
    stay(page)
    for key, step in [
        ("ArrowRight", 2),
        ("PageDown", 3),
        (" ", 4),
        ("ArrowLeft", 3),
        ("PageUp", 2),
        ("End", 7),
        ("ArrowRight", 7),
        ("Home", 1),
        ("ArrowLeft", 1),
    ]:
        page.keyboard.press(key)
        at(page, step)
        expect(page).to_have_url(re.compile(f"step={step}"))
    expect(page.get_by_role("status").filter(has_text="first step")).to_be_attached()
    page.keyboard.press("PageDown")
    drawn(page, "step=2")
    assert stayed(page)
    page.reload()
    at(page, 2)
    assert "live in the seven boroughs with no contracted service" in headline(page).inner_text()


def test_a_blank_screen_shows_the_same_step_again(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, 3)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator(".present-black")).to_be_visible()
        expect(page.locator(".present-said")).to_contain_text("blank")
        page.keyboard.press("PageDown")
        expect(page.locator(".present-black")).to_be_hidden()
        at(page, 3)


def test_no_chrome_of_the_page_is_left_and_controls_come_when_they_are_wanted(room: str, visit: Visits) -> None:
    page = on_screen(visit, room)
    for name in ("stHeader", "stToolbar", "stSidebar"):
        expect(page.get_by_test_id(name)).to_be_hidden()
    expect(page.locator(".footer")).to_be_hidden()
    bar = page.locator(".present-bar")
    assert bar.evaluate("bar => getComputedStyle(bar).opacity") == "0"
    tab_to(page, ".present-bar button")
    expect(bar).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    at(page, 2)


def test_codes_keys_and_the_step_as_text_lie_over_it(room: str, visit: Visits) -> None:
    page = on_screen(visit, room)
    dialog = page.get_by_role("dialog")
    page.keyboard.press("q")
    expect(dialog.get_by_alt_text("QR code")).to_be_visible()
    expect(dialog).to_contain_text(f"{room}/coverage")
    expect(dialog).to_contain_text("Only this computer")
    page.keyboard.press("q")
    expect(dialog).to_be_hidden()
    page.keyboard.press("t")
    expect(dialog.locator("dt", has_text="No contracted service: 7").locator("+ dd")).to_contain_text("Barnet")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    expect(dialog).to_contain_text("blank the screen")
    assert violations(page, 1366) == []


def test_escape_leaves_to_the_view_of_the_step(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, 2)
    page.keyboard.press("Escape")
    page.wait_for_url("**/gaps*")
    drawn(page, " gaps ")
    expect(page.get_by_role("slider")).to_be_visible()


def test_the_room_guesses_and_the_best_is_revealed(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, ASK)
    guess(page, ENFIELD, "Many women there")
    page.get_by_label("From the list").select_option("Kingston upon Thames")
    page.get_by_role("button", name="Put or take away").press("Enter")
    expect(page.locator(".slide.now .picked")).to_contain_text("1 of 1 chosen: Kingston upon Thames")
    page.get_by_role("button", name="Take this guess down").press("Enter")
    expect(page.locator(".slide.now .guesses li")).to_have_text(["Enfield Many women there", "Kingston upon Thames"])
    page.keyboard.press("PageDown")
    at(page, BEST)
    expect(headline(page)).to_contain_text("would newly reach three boroughs")
    told = page.locator(".slide.now .room-list")
    expect(told).to_contain_text("One of two guesses is among the best")
    expect(told).to_contain_text("two other choices reach 3")
    expect(page.locator(".slide.now .ties-list li")).to_have_text(["Kingston upon Thames", "Wandsworth"])
    expect(page.locator(".slide.now figcaption").first).to_have_text("The room: Kingston upon Thames")
    told.get_by_role("button", name="Enfield").click()
    expect(page.locator(".slide.now figcaption").first).to_have_text("The room: Enfield")
    for width, height in SCREENS:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        assert page.evaluate(LOOK)["small"] == []


def test_the_map_of_a_question_is_walked_by_keyboard(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, ASK)
    area = tab_to(page, ".slide.now .area")
    page.keyboard.press("ArrowRight")
    at(page, ASK)
    page.keyboard.press(" ")
    expect(page.locator(".slide.now .picked")).to_contain_text("1 of 1 chosen")
    assert area.count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    at(page, BEST)


def test_a_killed_server_loses_nothing(tmp_path: Path, visit: Visits) -> None:
    """The server is killed in the middle, and another started at the same address: the open browser goes on, and so does a new one."""
    port = free_port()
    with again(port, tmp_path / "first.log") as first:
        page = on_screen(visit, first.url, ASK)
        guess(page, ENFIELD, "Many women there")
        page.keyboard.press("PageDown")
        at(page, BEST)
        drawn(page, f"step={BEST}")
        address = page.url
        os.kill(first.pid, signal.SIGKILL)
    page.keyboard.press("Home")
    page.locator('.present[data-step="1"]').wait_for()
    with again(port, tmp_path / "second.log"):
        drawn(page, "step=1")
        assert page.url.partition("session=")[2] == address.partition("session=")[2] != ""
        another = visit(address, width=1920, height=1080)
        at(another, BEST)
        expect(another.locator(".slide.now .room-list")).to_contain_text("Many women there")
        page.keyboard.press("End")
        at(page, BEST)
        expect(page.locator(".slide.now .room-list")).to_contain_text("Many women there")
        another.keyboard.press("e")
        expect(another.get_by_text("entries kept")).to_be_visible()


def again(port: int, log: Path) -> AbstractContextManager[Served]:
    """The app at a port of this test's choice, with the records that the last one kept."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    return started(log, command, ROOT, f"http://127.0.0.1:{port}", health="/_stcore/health", environment=kept_in(log.parent))


@pytest.mark.parametrize("step", [1, 2, 3, 4, ASK, BEST])
def test_no_step_breaks_a_rule_of_accessibility(room: str, visit: Visits, step: int) -> None:
    page = on_screen(visit, room, step)
    assert violations(page, DESK) == []
    page.keyboard.press("c")
    assert violations(page, DESK) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_desk_breaks_no_rule_of_accessibility(room: str, visit: Visits, dark: bool) -> None:
    page = visit(f"{room}/present", dark=dark)
    assert violations(page, DESK) == []
    assert violations(page, PHONE) == []
