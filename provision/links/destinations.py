"""Where the explorer shows what: the one place in the domain that knows addresses of pages.

Everything else speaks of a :class:`Topic`. The words of the addresses are part of links that are
kept in stories, papers and records of workshops, so they stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provision.links.address import Address


class Topic(StrEnum):
    """What a view is about, of what can be put on paper or before a room."""

    COVERAGE = "coverage"
    GAPS = "gaps"
    LAPSES = "lapses"
    AREA = "area"
    SCENARIO = "scenario"
    THEMES = "themes"
    THEME_MAPS = "theme_maps"
    TOGETHER = "together"
    THEN_AND_NOW = "then_and_now"
    LATEST = "latest"


@dataclass(frozen=True)
class Destination:
    """A page, by the last part of its address, and a place on it."""

    page: str
    anchor: str = ""


DESTINATIONS = {
    Topic.COVERAGE: Destination("coverage"),
    Topic.GAPS: Destination("gaps"),
    Topic.LAPSES: Destination("gaps", "lapses-title"),
    Topic.AREA: Destination("borough"),
    Topic.SCENARIO: Destination("scenario"),
    Topic.THEMES: Destination("themes"),
    Topic.THEME_MAPS: Destination("theme_maps"),
    Topic.TOGETHER: Destination("intersections"),
    Topic.THEN_AND_NOW: Destination("then_and_now"),
    Topic.LATEST: Destination("then_and_now", "latest"),
}
PAGES = tuple(dict.fromkeys(found.page for found in DESTINATIONS.values()))


def address_of(topic: Topic, link: str = "") -> str:
    """The address of a view, from its page on.

    Parameters
    ----------
    topic
        What it is about.
    link
        Its query string, without the question mark.

    Returns
    -------
    str
        The address, relative to where the explorer is.

    Examples
    --------
    >>> address_of(Topic.LAPSES, "on=2020-04-01"), address_of(Topic.COVERAGE)
    ('gaps?on=2020-04-01#lapses-title', 'coverage')
    """
    found = DESTINATIONS[topic]
    query, anchor = f"?{link}" if link else "", f"#{found.anchor}" if found.anchor else ""
    return f"{found.page}{query}{anchor}"


def topic_of(address: Address) -> Topic | None:
    """What an address leads to; coverage where it names no page, None where that is no topic.

    Parameters
    ----------
    address
        An address that was taken apart.

    Returns
    -------
    Topic or None
        The topic of its page; that of a place on the page, where the address names one.
    """
    page = address.page or DESTINATIONS[Topic.COVERAGE].page
    found = {own: topic for topic, own in DESTINATIONS.items()}
    return found.get(Destination(page, address.anchor), found.get(Destination(page)))
