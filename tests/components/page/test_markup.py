"""Text from data in labels, which Streamlit's front end reads as Markdown."""

from __future__ import annotations

import re

import pytest

from components.page.markup import plain

# What the front end takes for an address (mdast-util-gfm-autolink-literal), escapes taken out.
ADDRESS = re.compile(r"(https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+(?:\.[-\w]+)+", re.IGNORECASE)
SIGNS = ("->", "<-", "--", ">=", "<=", "~=")  # drawn as another sign, escaped or not


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example",
        "See HTTP://evil.example/a?b=c.",
        "(www.evil.example)",
        "WWW.evil.example",
        "write to me@evil.example",
        "a.b+c@mail.evil.example, https://me@evil.example",
    ],
)
def test_no_address_becomes_a_link(text: str) -> None:
    assert ADDRESS.search(text)
    assert not ADDRESS.search(shown(text))
    assert shown(text).replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["a -> b", "<-> and <-", "one -- two --- three", ">= <= ~="])
def test_signs_are_not_drawn_as_others(text: str) -> None:
    assert not [sign for sign in SIGNS if sign in shown(text)]
    assert shown(text).replace("\u2060", "") == text


def test_other_texts_have_nothing_put_into_them() -> None:
    text = "One-stop shop (Women in Prison): 10:30, half @ home, www, a=b; 50% <5"
    assert shown(text) == text


def shown(text: str) -> str:
    """A label as Markdown shows it, where every mark in it is escaped."""
    label = plain(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[<:$#~|]", re.sub(r"\\.", "", label))
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label)
