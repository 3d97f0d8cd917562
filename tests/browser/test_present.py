"""The screen of the room: turned by keys and clickers, readable from the back, guessed at and
revealed, and back where it was after a kill."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from support.looking import (
    DESK,
    PHONE,
    Visits,
    drawn,
    headline,
    lit,
    stay,
    stayed,
    tab_to,
    violations,
)

from benchmarks.serving import ROOT, Served, free_port, serve, started

SCREENS = [(1920, 1080), (1024, 768), (1400, 1050)]
BARNET, ENFIELD, KINGSTON = "E09000003", "E09000010", "E09000021"
ASK, BEST, LAST = 6, 7, 9
# Whatever holds words or is drawn, within the slide and the controls: its size on the screen, and
# whether it leaves the screen.
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
    expect(page.locator(".present .slide")).to_have_count(LAST)


def on_screen(
    visit: Visits, room: str, step: int = 1, width: int = 1920, height: int = 1080
) -> Page:
    page = visit(f"{room}/present?step={step}", width=width, height=height)
    at(page, step)
    return page


def back_from_the_end(page: Page, step: int) -> None:
    """Turn to the last step, and back to one."""
    page.keyboard.press("End")
    for own in range(LAST, step, -1):
        page.locator(f'.present[data-step="{own}"]').wait_for()
        page.keyboard.press("PageUp")
    at(page, step)


def guess(page: Page, code: str, reason: str = "") -> None:
    """Take down a guess by a click on the map."""
    guesses = page.locator(".slide.now .guesses li")
    before = guesses.count()
    page.locator(f'.slide.now .area[data-code="{code}"]').click()
    page.get_by_label("Why there?").fill(reason)
    page.get_by_role("button", name="Take this guess down").click()
    expect(guesses).to_have_count(before + 1)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_every_step_fills_the_screen_and_can_be_read_from_the_back(
    room: str, visit: Visits, width: int, height: int
) -> None:
    page = on_screen(visit, room, 1, width, height)
    for step in range(1, LAST + 1):
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
        ("End", LAST),
        ("ArrowRight", LAST),
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
    assert "women live in boroughs with no contracted service" in headline(page).inner_text()


def test_a_blank_screen_shows_the_same_step_again(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, 3)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator(".present-black")).to_be_visible()
        expect(page.locator(".present-said")).to_contain_text("blank")
        page.keyboard.press("PageDown")
        expect(page.locator(".present-black")).to_be_hidden()
        at(page, 3)


def test_no_chrome_of_the_page_is_left_and_controls_come_when_they_are_wanted(
    room: str, visit: Visits
) -> None:
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
    expect(
        dialog.locator("dt", has_text="No contracted service: 7").locator("+ dd")
    ).to_contain_text("Barnet")
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
    expect(page.locator(".slide.now .picked")).to_contain_text(
        "1 of 1 chosen: Kingston upon Thames"
    )
    page.get_by_role("button", name="Take this guess down").press("Enter")
    expect(page.locator(".slide.now .present-done")).to_have_text(
        "Taken down: Kingston upon Thames."
    )
    expect(page.locator(".slide.now .guesses li")).to_have_text(
        ["Kingston upon Thames Take back", "Enfield Many women there Take back"]
    )
    page.keyboard.press("PageDown")
    at(page, BEST)
    expect(headline(page)).to_contain_text("would newly reach three boroughs")
    told = page.locator(".slide.now .room-list")
    expect(told).to_contain_text("One of the two guesses is among the best.")
    expect(told.locator(".rows li")).to_have_text(
        ["3; as much as the best Kingston upon Thames", "1; the best reaches 3 Enfield"]
    )
    expect(page.locator(".slide.now .ties-list li")).to_have_text(
        ["Kingston upon Thames", "Wandsworth"]
    )
    expect(page.locator(".slide.now figcaption")).to_have_text(
        ["Guess 2: Kingston upon Thames", "Best (1 of 2): Kingston upon Thames"]
    )
    told.get_by_role("button", name="Enfield").click()
    expect(page.locator(".slide.now figcaption").first).to_have_text("Guess 1: Enfield")
    expect(told).to_contain_text("Why: Many women there")
    for width, height in SCREENS:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        assert page.evaluate(LOOK)["small"] == []


def begun(visit: Visits, room: str, width: int = 1024, height: int = 768) -> Page:
    """The screen, at the first step of a story whose record has begun."""
    page = visit(f"{room}/present", width=width, height=height)
    page.get_by_role("button", name="Begin a record").click()
    page.get_by_text("0 entries kept").wait_for()
    page.get_by_role("button", name="Present from the start").click()
    at(page, 1)
    drawn(page, "step=1")
    return page


def entries(page: Page, many: int) -> list[str]:
    """What the desk lists, the first first, once there are so many."""
    page.get_by_text(f"{many} {'entry' if many == 1 else 'entries'} kept").wait_for()
    return [text.split(" ")[0] for text in page.locator(".record-entries li").all_inner_texts()][
        ::-1
    ]


def test_the_first_step_is_in_the_record_as_the_others_are(room: str, visit: Visits) -> None:
    page = begun(visit, room)
    desk = visit(page.url.replace("step=1&", ""))
    assert entries(desk, 1) == ["shown"]
    page.keyboard.press("PageDown")
    drawn(page, "step=2")
    assert entries(desk, 2) == ["shown", "shown"], "the other window hears of it"


def test_a_guess_is_taken_back_and_two_windows_hear_each_other(room: str, visit: Visits) -> None:
    page = begun(visit, room)
    back_from_the_end(page, ASK)
    drawn(page, f"step={ASK}")
    other = visit(page.url, width=1024, height=768)
    at(other, ASK)
    other.locator(f'.slide.now .area[data-code="{BARNET}"]').click()
    guess(page, ENFIELD)
    guess(page, KINGSTON)
    there = other.locator(".slide.now .guesses li")
    expect(there).to_have_text(["Kingston upon Thames Take back", "Enfield Take back"])
    assert there.first.evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
    # what is being chosen here stays
    expect(other.locator(".slide.now .picked")).to_contain_text(": Barnet")
    other.get_by_role("button", name="Take back guess 2").click()
    expect(page.locator(".slide.now .guesses li")).to_have_text(["Enfield Take back"])
    expect(page.locator(f'.slide.now text[data-code="{ENFIELD}"]')).to_contain_text("●1")
    expect(page.locator(f'.slide.now text[data-code="{KINGSTON}"]')).not_to_contain_text("●")


def test_six_guesses_and_their_reveal_fit_a_small_projector(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, ASK, 1024, 768)
    for code in (ENFIELD, KINGSTON, "E09000032", BARNET, ENFIELD, "E09000011"):
        guess(page, code, "Half an hour by bus from the court")
    page.keyboard.press("PageDown")
    at(page, BEST)
    expect(page.locator(".slide.now .rows button")).to_have_count(5)
    assert page.locator(".slide.now .reveal").evaluate(
        "e => [e.scrollHeight <= e.clientHeight, e.scrollWidth <= e.clientWidth]"
    ) == [True, True]
    found = page.evaluate(LOOK)
    assert (found["small"], found["out"]) == ([], [])
    best = page.locator(f'.slide.now figure:last-child text[data-code="{KINGSTON}"]')
    expect(best).to_contain_text("Kingston")


def test_what_the_map_is_about_is_named_on_a_small_projector(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, 5, 1024, 768)
    named = page.locator(".slide.now text[data-code]").all_text_contents()
    for name in ("Barnet", "Bexley", "Bromley", "Kingston", "Merton", "Richmond", "Tower"):
        assert any(name in text for text in named), name


@pytest.mark.parametrize("high", [False, True])
def test_not_stated_is_drawn_unlike_none(room: str, visit: Visits, high: bool) -> None:
    page = on_screen(visit, room, 2)
    if high:
        page.keyboard.press("c")
    look = "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.backgroundImage]; }"
    none, unknown = (
        page.locator(f".slide.now tr.{kind} .bar").first.evaluate(look)
        for kind in ("none", "not_stated")
    )
    assert none[1] == "none" and "gradient" in unknown[1]


def test_a_clicker_goes_on_from_what_lies_over_a_step_and_a_finger_turns_it(
    room: str, visit: Visits
) -> None:
    page = on_screen(visit, room)
    page.keyboard.press("q")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("dialog")).to_be_hidden()
    at(page, 2)
    swipe = """([from, to]) => {
        const stage = document.querySelector('.present .stage'), touch = (x) => new Touch({ identifier: 1, target: stage, clientX: x, clientY: 300 });
        stage.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(from)], changedTouches: [touch(from)] }));
        stage.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: [touch(to)] }));
    }"""
    page.evaluate(swipe, [600, 300])
    at(page, 3)
    page.evaluate(swipe, [300, 600])
    at(page, 2)


def test_a_note_is_taken_on_the_screen_and_an_ended_workshop_says_so(
    room: str, visit: Visits
) -> None:
    page = begun(visit, room)
    page.keyboard.press("n")
    page.get_by_role("radio", name="Contested").check()
    page.get_by_label("In words, without names of people").fill("One of them has a service")
    assert violations(page, 1024) == []
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".present-told")).to_have_text("Kept in the record.")
    page.keyboard.press("e")
    assert entries(page, 2) == ["shown", "contested"]
    page.get_by_role("button", name="End the workshop").click()
    page.get_by_role("button", name="Go on with it").wait_for()
    page.get_by_role("button", name="Present from the start").click()
    at(page, 1)
    expect(page.locator(".present-over")).to_have_text(
        "This workshop has ended: nothing more goes into its record."
    )
    back_from_the_end(page, ASK)
    page.locator(f'.slide.now .area[data-code="{ENFIELD}"]').click()
    expect(page.get_by_role("button", name="Take this guess down")).to_be_disabled()
    page.keyboard.press("e")
    assert entries(page, 3) == ["shown", "contested", "ended"]


@pytest.mark.parametrize("step", [1, 4, 5, ASK])
def test_on_a_telephone_nothing_lies_over_the_legend(room: str, visit: Visits, step: int) -> None:
    page = on_screen(visit, room, step, 400, 800)
    over = """() => {
        const boxes = [...document.querySelectorAll('.slide.now :is(.area-map, .small-map, .area-legend)')].map((e) => e.getBoundingClientRect());
        return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1));
    }"""
    assert page.evaluate(over) is False
    assert page.locator(".present").evaluate("e => e.scrollWidth") <= 400


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


_COUNT_TIMERS = """
  const set = window.setInterval, clear = window.clearInterval, running = new Map();
  window.setInterval = (...own) => { const id = set(...own); running.set(id, own[1]); return id; };
  window.clearInterval = (id) => { running.delete(id); clear(id); };
  window.timersOf = (every) => [...running.values()].filter((own) => own === every).length;
"""


def test_a_window_asks_by_one_timer_however_often_it_is_drawn(room: str, visit: Visits) -> None:
    page = on_screen(visit, room, ASK)
    page.add_init_script(_COUNT_TIMERS)
    page.reload()
    at(page, ASK)
    for number, code in enumerate((ENFIELD, BARNET, ENFIELD), 1):
        guess(page, code, f"reason {number}")
        expect(page.locator(".slide.now h2", has_text="Guesses so far")).to_have_text(
            f"Guesses so far: {number}"
        )
    assert [page.evaluate(f"timersOf({every})") for every in (2000, 5000)] == [1, 1]
    page.keyboard.press("e")
    expect(page.get_by_text("entries kept")).to_be_visible()
    assert [page.evaluate(f"timersOf({every})") for every in (2000, 5000)] == [1, 1]


def test_a_killed_server_loses_nothing(tmp_path: Path, visit: Visits) -> None:
    """The server is killed in the middle, and another started at the same address: the open browser
    goes on, and so does a new one."""
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
    expect(page.locator(".present-cut")).to_contain_text(
        "The app has stopped answering. Nothing that was kept is lost"
    )
    page.get_by_text("Are you connected to the internet?").wait_for(state="attached")
    expect(page.get_by_text("Are you connected to the internet?")).to_be_hidden()
    page.keyboard.press("End")
    page.locator(f'.present[data-step="{LAST}"]').wait_for()
    page.keyboard.press("Home")
    page.locator('.present[data-step="1"]').wait_for()
    with again(port, tmp_path / "second.log"):
        drawn(page, "step=1")
        expect(page.locator(".present-cut")).to_be_hidden()
        assert page.url.partition("session=")[2] == address.partition("session=")[2] != ""
        another = visit(address, width=1920, height=1080)
        at(another, BEST)
        expect(another.locator(".slide.now .room-list")).to_contain_text("Many women there")
        back_from_the_end(page, BEST)
        expect(page.locator(".slide.now .room-list")).to_contain_text("Many women there")
        another.keyboard.press("e")
        expect(another.get_by_text("entries kept")).to_be_visible()


def again(port: int, log: Path) -> AbstractContextManager[Served]:
    """The app at a port of this test's choice, with the records that the last one kept."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    return started(
        log,
        command,
        ROOT,
        f"http://127.0.0.1:{port}",
        health="/_stcore/health",
        environment=kept_in(log.parent),
    )


@pytest.mark.parametrize("step", [1, 2, 3, 4, ASK, BEST, LAST])
def test_no_step_breaks_a_rule_of_accessibility(room: str, visit: Visits, step: int) -> None:
    page = on_screen(visit, room, step)
    assert violations(page, DESK) == []
    page.keyboard.press("c")
    assert violations(page, DESK) == []
    lit(page, dark=True)
    assert violations(page, PHONE) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_desk_breaks_no_rule_of_accessibility(room: str, visit: Visits, dark: bool) -> None:
    page = visit(f"{room}/present", dark=dark)
    assert violations(page, DESK) == []
    assert violations(page, PHONE) == []
