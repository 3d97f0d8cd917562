"""A reader turns from London's first record to a later one: the choice in the frame, the address,
the figure, and What if on it."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from support.looking import Visits, box, choose, drawn, headline, nav, stay, stayed

LATER = "2021 (listed for referral)"


def test_the_record_that_is_chosen_is_in_the_address_and_on_every_figure(
    app: str, visit: Visits
) -> None:
    page = visit(f"{app}/coverage")
    stay(page)
    choose(page, "Record", LATER)
    drawn(page, "record=2021")
    expect(headline(page)).to_contain_text("December 2021")
    expect(page.locator(".headline")).to_contain_text("32")
    page.get_by_role("link", name="This view as a figure").click()
    drawn(page, "paper ")
    assert stayed(page)
    expect(page).to_have_url(re.compile(r"/paper\?.*record=2021"))
    figure = page.locator("figure.paper img")
    expect(figure).to_have_attribute("alt", re.compile(re.escape(LATER)))
    expect(page.locator("figure.paper")).to_contain_text("Record: " + LATER)
    nav(page, "What if").click()
    drawn(page, "scenario ")
    expect(page.get_by_text("Kinds of hub are not stated in this record.")).to_be_visible()


def test_what_if_on_a_later_record_opens_from_its_link(app: str, visit: Visits) -> None:
    page = visit(f"{app}/scenario?record=2022&hubs=E09000003")
    expect(box(page, "Record")).to_have_value("December 2022 (listed for referral)")
    expect(headline(page)).to_contain_text("With a hub in Barnet")
    choose(page, "Record", "October 2018 (Blueprint)")
    drawn(page, "hubs=E09000003")
    expect(page).not_to_have_url(re.compile("record="))
    expect(headline(page)).to_contain_text("With a hub in Barnet")
