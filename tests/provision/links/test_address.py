"""A link's text is taken apart in one way, wherever it comes from."""

from __future__ import annotations

import pytest

from provision.links.address import Address, read_address
from provision.links.query import Query, parse_link
from provision.record import Record


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "": Address("", {}, ""),
        "gaps": Address("gaps", {}, ""),
        "/gaps/": Address("gaps", {}, ""),
        "?on=2020-06": Address("", {"on": "2020-06"}, ""),
        "on=2020-06&find=": Address("", {"on": "2020-06", "find": ""}, ""),
        "find=why?&area=Q1#part": Address("", {"find": "why?", "area": "Q1"}, "part"),
        "https://example.org/a/b/theme_maps?find=a%26b%23c": Address(
            "theme_maps", {"find": "a&b#c"}, ""
        ),
        "http://127.0.0.1:9811/?on=2020-04-30": Address("", {"on": "2020-04-30"}, ""),
        "http://127.0.0.1:9811?on=2020-04-30": Address("", {"on": "2020-04-30"}, ""),
        "https://example.org": Address("", {}, ""),
        "https://example.org/#part": Address("", {}, "part"),
        "http://[::1]:8501/gaps/": Address("gaps", {}, ""),
    }.items(),
)
def test_an_address_a_page_or_a_query_string(text: str, expected: Address) -> None:
    assert read_address(text) == expected


def test_what_is_too_long_is_left_aside_and_said(city: Record) -> None:
    with pytest.raises(ValueError, match="longer than 8,000 characters"):
        read_address("a" * 24_001)
    for text in ("&" * 24_001, "find=" + "a" * 8_000):
        assert parse_link(text, city) == (
            Query.default(city),
            ["The link was left aside: it is longer than 8,000 characters."],
        )
