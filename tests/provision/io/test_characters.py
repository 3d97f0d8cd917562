"""The rule for characters: what is refused, what stays, and what is said."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hostile import UNSEEN

from provision.io.characters import cleaned, spoken, text_fault, unfit


@pytest.mark.parametrize("name", UNSEEN)
def test_what_nobody_can_see_is_found_where_it_stands(name: str) -> None:
    assert unfit(f"Alder{UNSEEN[name]}")[0] == 5 + UNSEEN[name].startswith(" ")


@pytest.mark.parametrize(
    "text",
    [
        "Kensington & Chelsea",
        "a\nb\tc",
        "a\u00a0b\u2009c",
        "Ynys Môn, Dôme, “quoted” – £5",
        "مرحبا שלום 救",
        "می\u200cخواهم",
        "👩🏽\u200d⚕\ufe0f ❤\ufe0f",
        "e\u0301",
    ],
)
def test_what_scripts_and_signs_are_spelt_with_stays(text: str) -> None:
    assert not unfit(text) and cleaned(text) == text and not text_fault(text)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u00ad", "U+00AD SOFT HYPHEN"),
        ("\x07", "U+0007 CONTROL CHARACTER"),
        ("\ue000", "U+E000 PRIVATE USE"),
        ("\udc00", "U+DC00 HALF OF A CHARACTER"),
        ("\uffff", "U+FFFF NOT ASSIGNED"),
    ],
)
def test_a_character_is_called_by_its_name(character: str, name: str) -> None:
    assert spoken(character) == name
    assert text_fault(f"ab{character}c{character}").startswith(f"holds {name}, ")
    assert "character 3, and 1 more" in text_fault(f"ab{character}c{character}")


@given(st.text(st.characters(categories=None), max_size=60))
def test_cleaned_text_is_fit_for_every_format(text: str) -> None:
    found = cleaned(text)
    assert not unfit(found)
    found.encode("utf-8")
    assert not any(
        unicodedata.category(c) in ("Cc", "Co", "Cs", "Cn", "Zl", "Zp")
        for c in found.replace("\n", "").replace("\t", "")
    )
