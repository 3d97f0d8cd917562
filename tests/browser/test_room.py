"""The room takes part: phones, with and without a script, beside the stage and the desk, from the
code to the minutes; and after a kill."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from support.looking import PATIENCE, STANDARDS, Visits

from benchmarks.serving import ROOT, Served, free_port, serve, started

BARNET, KINGSTON = "E09000003", "E09000021"
ASK, BEST = 6, 7


def kept_in(folder: Path) -> Mapping[str, str]:
    return {"PROVISION_RECORDS": f"sqlite:///{folder / 'records.sqlite'}"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("phones")
    with serve(folder / "server.log", environment=kept_in(folder)) as served:
        yield served.url
    assert "Traceback" not in (folder / "server.log").read_text(encoding="utf-8")


def stage_at(visit: Visits, url: str, step: int = ASK) -> Page:
    page = visit(f"{url}/present?step={step}", width=1920, height=1080)
    page.locator(f'.present[data-step="{step}"]').wait_for()
    return page


def turned(stage: Page, words: str) -> None:
    """Press the one key, and wait until the stage says where the question is."""
    stage.keyboard.press("o")
    expect(stage.locator(".slide.now .phones-state")).to_contain_text(words)


def opened(stage: Page) -> str:
    """Open the question; the code that is then on the stage."""
    turned(stage, "Open for phones")
    code = stage.locator(".slide.now .join b")
    expect(code).to_have_text(re.compile("^[A-Z]{6}$"))
    return code.inner_text()


def phone(browser: Browser, url: str, *, script: bool = True, dark: bool = False) -> Page:
    """A phone of 320 px."""
    context = browser.new_context(
        viewport={"width": 320, "height": 568},
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(url)
    return page


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}}).response
    assert found["passes"], "axe looked at nothing"
    return [f"{v['id']}: {node['html'][:200]}" for v in found["violations"] for node in v["nodes"]]


def width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_three_phones_from_joining_to_the_minutes(
    room: str, visit: Visits, browser: Browser
) -> None:
    stage = stage_at(visit, room)
    address = f"{room}/room/{opened(stage)}"
    plain = phone(browser, address, script=False)
    light, dark = phone(browser, address), phone(browser, address, dark=True)
    for page in (light, dark):
        assert faults(page) == [] and width(page) == 320
    light.set_viewport_size({"width": 160, "height": 284})  # as at 200 per cent
    assert width(light) == 160
    light.set_viewport_size({"width": 320, "height": 568})

    plain.get_by_label("Barnet").check()
    plain.get_by_role("button", name="Send my answer").click()
    expect(plain.locator("#yours")).to_contain_text("We have your answer: Barnet.")
    light.locator(f'path[data-code="{KINGSTON}"]').click()
    expect(light.locator(".picks")).to_have_text("Chosen: Kingston upon Thames.")
    light.get_by_role("button", name="Send my answer").first.click()
    expect(light.locator("#yours")).to_contain_text("Kingston upon Thames")
    dark.get_by_text("Tiles", exact=True).click()
    assert (
        width(dark) == 320
        and dark.locator(".short").evaluate_all(
            "all => all.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent)"
        )
        == []
    ), "names on tiles are whole"
    dark.get_by_role("radio", name="Barnet").check()
    dark.get_by_role("radio", name="Barnet").press("Enter")
    expect(dark.locator("#yours")).to_contain_text("Barnet")
    expect(dark.get_by_role("radio", name="Tiles")).to_be_checked()
    light.reload()
    expect(light.locator("#yours")).to_contain_text("Kingston upon Thames")

    state = stage.locator(".slide.now .phones-state")
    expect(state).to_contain_text("3 in the room. 3 answered.")
    expect(stage.locator(".slide.now .phones .told")).to_have_text("")  # until it is closed
    turned(stage, "Closed for phones")
    expect(stage.locator(".slide.now .phones .told")).to_contain_text("Barnet (2 of 3)")
    rows = stage.locator(".slide.now .tally-list tbody tr")
    expect(rows).to_have_text(["Barnet2", "Kingston upon Thames1"], use_inner_text=False)
    expect(stage.locator(".slide.now .join")).to_be_hidden()
    expect(light.locator(".state")).to_contain_text("Closed")
    assert faults(light) == []
    plain.get_by_role("link", name="Look again").click()
    expect(plain.locator(".state")).to_contain_text("Closed")

    turned(stage, "Phones show the answers")
    expect(dark.get_by_role("row", name="Barnet 2")).to_be_visible()
    assert faults(dark) == [] and width(dark) == 320
    stage.keyboard.press("PageDown")
    expect(stage.locator(".slide.now .guess-map figcaption")).to_contain_text(
        "Most chosen on phones, 2 of 3: Barnet"
    )
    expect(light.get_by_role("heading", name="The exact best")).to_be_visible()

    stage.keyboard.press("e")
    stage.get_by_text("Phones in the room").click()
    expect(stage.get_by_text("Three phones have joined.")).to_be_visible()
    expect(stage.get_by_label("Address for phones")).to_have_value(re.compile("/room/[A-Z]{6}$"))
    with stage.expect_download() as file:
        stage.get_by_role("button", name="Record (Markdown)").click()
    minutes = file.value.path().read_text(encoding="utf-8")
    assert "On phones: Three phones answered." in minutes
    assert "| Barnet | 2 |" in minutes


OWN_QUESTIONS = {
    "scale": ("scale: Not at all | Completely", "4", "The middle answer is 4"),
    "number": ("number: women", "250", "The middle answer is 250 women"),
}


@pytest.mark.parametrize("kind", OWN_QUESTIONS)
def test_a_question_of_ones_own_is_answered(
    room: str, visit: Visits, browser: Browser, kind: str
) -> None:
    answer, fill, told = OWN_QUESTIONS[kind]
    step = f"ask~coverage~question:How well%3F~answer:{answer}"
    stage = visit(f"{room}/present?story=Own&steps={step}&step=1", width=1024, height=768)
    page = phone(browser, f"{room}/room/{opened(stage)}")
    assert faults(page) == [] and width(page) == 320
    if kind == "scale":
        page.get_by_role("radio", name=fill).check()
    else:
        page.locator("#number").fill(fill)
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator("#yours")).to_contain_text(f"We have your answer: {fill}")
    turned(stage, "Closed for phones")
    expect(stage.locator(".slide.now .phones .told")).to_contain_text(told)


def test_where_phones_reach_the_room_alone_the_code_on_the_screen_is_theirs(
    tmp_path: Path, visit: Visits
) -> None:
    own = {"PROVISION_ROOM_ONLY": "on", "PROVISION_ROOM_ADDRESS": "http://192.0.2.7:8501"}
    with serve(tmp_path / "server.log", environment={**kept_in(tmp_path), **own}) as served:
        stage = stage_at(visit, served.url)
        code = opened(stage)
        stage.keyboard.press("q")
        dialog = stage.get_by_role("dialog", name="Answer on your phone")
        expect(dialog.get_by_alt_text("QR code")).to_be_visible()
        expect(dialog).to_contain_text(f"http://192.0.2.7:8501/room/{code}")


def test_a_phone_goes_on_after_a_kill(tmp_path: Path, visit: Visits, browser: Browser) -> None:
    port = free_port()
    url, command = (
        f"http://127.0.0.1:{port}",
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
    )

    def again(name: str) -> AbstractContextManager[Served]:
        return started(
            tmp_path / name,
            command,
            ROOT,
            url,
            health="/_stcore/health",
            environment=kept_in(tmp_path),
        )

    with again("first.log") as served:
        stage = stage_at(visit, url)
        page = phone(browser, f"{url}/room/{opened(stage)}")
        page.get_by_label("Barnet").check()
        page.get_by_role("button", name="Send my answer").last.click()
        expect(page.locator("#yours")).to_contain_text("Barnet")
        os.kill(served.pid, signal.SIGKILL)
        expect(page.locator(".lost")).to_be_visible()
    with again("second.log"):
        expect(page.locator(".lost")).to_be_hidden()
        page.get_by_label("Bexley").check()
        page.get_by_role("button", name="Change my answer").last.click()
        expect(page.locator("#yours")).to_contain_text("Bexley")
        expect(stage.locator(".slide.now .phones-state")).to_contain_text(
            "1 in the room. 1 answered."
        )
