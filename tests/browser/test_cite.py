"""Share or cite: on every page, closed until it is asked for, following the view while open, and
every text copied with one press."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import expect
from support.citing import STYLES, button, opened, text
from support.looking import (
    DESK,
    GREENWICH,
    PHONE,
    Visits,
    date_slider,
    drawn,
    nav,
    tab_to,
    violations,
)

_KEEP = (
    "() => { window.copied = []; navigator.clipboard.writeText = async (text) => {"
    " window.copied.push(text); }; }"
)
_REFUSE = (
    "() => { delete Navigator.prototype.clipboard; document.addEventListener('copy', () => {"
    " window.copied = String(getSelection()); }); }"
)


def test_it_says_nothing_until_it_is_opened_and_nothing_after(app: str, visit: Visits) -> None:
    page = visit(app)
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    expect(text(page, "RIS")).to_have_count(0)
    opened(page)
    button(page).click()
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    expect(text(page, "RIS")).to_have_count(0)


def test_an_open_citation_follows_the_view_and_does_not_go_to_the_next_page(
    app: str, visit: Visits
) -> None:
    page = opened(visit(f"{app}/?area={GREENWICH}"))
    date_slider(page).press("End")
    drawn(page, "on=2021-06-30")
    expect(text(page, "Link")).to_have_text(f"{app}/?on=2021-06-30&area={GREENWICH}")
    expect(text(page, "Caption")).to_contain_text("as at 30 June 2021")
    nav(page, "Gaps").click()
    drawn(page, "gaps on=2021-06-30")
    expect(button(page)).to_have_attribute("aria-expanded", "false")


def test_one_press_copies_one_text_and_says_so(app: str, visit: Visits) -> None:
    page = opened(visit(app))
    page.evaluate(_KEEP)
    for name in ("Caption", "Link", *STYLES):
        page.get_by_role("button", name=f"Copy: {name}", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="Copied")).to_have_text(
            f"Copied: {name}."
        )
        assert page.evaluate("window.copied.pop()") == text(page, name).evaluate(
            "pre => pre.textContent"
        )


def test_where_there_is_no_clipboard_the_browsers_older_way_is_taken(
    app: str, visit: Visits
) -> None:
    """As under an address that is neither https nor this machine."""
    page = opened(visit(app))
    page.evaluate(_REFUSE)
    assert page.evaluate("navigator.clipboard === undefined")
    page.get_by_role("button", name="Copy: Caption", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Copied: Caption.")).to_be_visible()
    assert page.evaluate("window.copied") == text(page, "Caption").inner_text()


def test_the_keyboard_alone_opens_and_copies(app: str, visit: Visits) -> None:
    page = visit(f"{app}/pathway")
    page.evaluate(_KEEP)
    tab_to(page, ".cite > button", most=120)
    page.keyboard.press("Enter")
    expect(text(page, "RIS")).to_be_visible()
    expect(page.get_by_role("group", name="Caption, link and references")).to_be_focused()
    tab_to(page, "[aria-label='Copy: APA']")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="Copied: APA.")).to_be_visible()


@pytest.mark.parametrize("still", ["reduce", "no-preference"])
def test_a_click_below_the_fold_brings_the_reader_to_what_it_opened(
    app: str, visit: Visits, still: Literal["reduce", "no-preference"]
) -> None:
    page = visit(app)
    page.emulate_media(reduced_motion=still)
    page.set_viewport_size({"width": 1366, "height": 768})
    opened(page)
    expect(text(page, "Caption")).to_be_in_viewport()
    expect(page.get_by_role("group", name="Caption, link and references")).to_be_focused()
    expect(button(page)).to_be_in_viewport()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_when_open(app: str, visit: Visits, dark: bool) -> None:
    page = opened(visit(app, dark=dark))
    assert violations(page, DESK) == []
    assert violations(page, PHONE) == []
