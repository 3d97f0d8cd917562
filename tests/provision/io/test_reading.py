"""The small YAML: what it reads, the lines that it remembers, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provision.io.problems import InvalidData, Problem
from provision.io.reading import MAX_BYTES, Document, decode, read_text, read_yaml

leaves = st.text("ab: #-\n", max_size=8) | st.integers(-999, 999) | st.none() | st.booleans()
plain = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=4)
    ),
    max_leaves=12,
)


def refusal(text: str) -> Problem:
    with pytest.raises(InvalidData) as caught:
        read_yaml(text, "x.yaml")
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def kept(text: str) -> Problem:
    """The one problem that is remembered while the rest is read."""
    (problem,) = read_yaml(text, "x.yaml").problems
    return problem


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", 7),
        ("-7", -7),
        ("1.5", 1.5),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("2018-10", "2018-10"),
        ("2018-10-31", "2018-10-31"),
        ("not stated", "not stated"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1e400", "1e400"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30", "12:30"),
        ('"7"', "7"),
        ("'true'", "true"),
        ('""', ""),
        ("[]", []),
        ("{}", {}),
        ("[1, [a]]", [1, ["a"]]),
        ("9999999999999999999", "9999999999999999999"),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, value: object) -> None:
    assert read_yaml(f"a: {written}", "x.yaml").data == {"a": value}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read_yaml("1: a\ntrue: b\nnull: c", "x.yaml").data == {
        "1": "a",
        "true": "b",
        "null": "c",
    }


def test_the_line_of_every_field_is_remembered() -> None:
    document = read_yaml("# note\na:\n  b: 1\n  c:\n    - x\n    - y\n", "x.yaml")
    assert [
        document.line(path)
        for path in [(), ("a",), ("a", "b"), ("a", "c"), ("a", "c", 0), ("a", "c", 1)]
    ] == [2, 2, 3, 4, 5, 6]


def test_a_path_that_is_not_there_has_the_line_of_what_holds_it() -> None:
    document = read_yaml("a: 1\nb:\n  c: 2\n", "x.yaml")
    assert document.line(("b", "d", "e")) == 2


@given(plain)
def test_plain_data_written_as_json_is_read_back(value: object) -> None:
    assert read_yaml(json.dumps({"a": value}), "x.yaml").data == {"a": value}


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        assert isinstance(read_yaml(text, "x.yaml"), Document)
    except InvalidData as error:
        assert error.problems


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw, "x.yaml"), str)
    except InvalidData as error:
        assert error.problems


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: &x 2", 2, "anchor or alias"),
        ("a: *x", 1, "anchor or alias"),
        ("a: &x [1]\nb: *x", 1, "anchor or alias"),
        ("? [a]\n: 1", 1, "a key that is not text"),
        ("a: " + "[" * 30, 1, "nested more than 24 deep"),
        ("- a\n" * 60_001, 60_000, "more than 60,000 values"),
        ("a: 'open", 1, "not valid YAML"),
        ("a: 1\n\tb: 2", 2, "not valid YAML"),
        ('a: 1\nb: "\\ud800"', 2, "not valid YAML"),
        ("", 1, "is empty"),
        ("# only\n# comments\n", 1, "is empty"),
        ("null", 1, "is empty"),
    ],
    ids=[
        "anchor",
        "alias",
        "anchor and alias",
        "list as key",
        "deep",
        "many",
        "open quote",
        "tab",
        "surrogate",
        "empty",
        "comments",
        "null",
    ],
)
def test_refused(text: str, line: int, what: str) -> None:
    problem = refusal(text)
    assert (problem.file, problem.line) == ("x.yaml", line)
    assert what in problem.what and problem.mend


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f"])
def test_raw_control_characters_are_refused(character: str) -> None:
    assert "control characters" in refusal(f"a: b{character}c").what


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3", 3, "is given twice (first on line 1)"),
        ("a: !!python/object/apply:os.system [ls]", 1, "uses the YAML tag"),
        ("a: 1\nb: !mine 2", 2, "uses the YAML tag"),
        ("a: 1\n---\nb: 2", 2, "more than one YAML document"),
    ],
    ids=["key twice", "python tag", "own tag", "two documents"],
)
def test_remembered_while_the_rest_is_read(text: str, line: int, what: str) -> None:
    problem = kept(text)
    assert problem.line == line
    assert what in problem.what and problem.mend


def test_the_last_of_two_equal_keys_is_not_mistaken_for_the_first() -> None:
    document = read_yaml("a: 1\na: 2", "x.yaml")
    assert document.problems, "a value may only be dropped with a word about it"


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    assert len(read_text(path)) == MAX_BYTES
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(InvalidData, match="larger than 1,000,000 bytes"):
        read_text(path)


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text(path) == "a: 1"


@pytest.mark.parametrize(
    ("raw", "line"), [(b"\xff\xfea", 1), (b"a: 1\nb: \xe9\n", 2), (b"a\n\n\n\xc3", 4)]
)
def test_what_is_not_utf8_is_refused_with_its_line(raw: bytes, line: int) -> None:
    with pytest.raises(InvalidData) as caught:
        decode(raw, "x.yaml")
    (problem,) = caught.value.problems
    assert problem.line == line and "is not UTF-8 text" in problem.what


def test_a_folder_and_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yaml"):
        with pytest.raises(InvalidData, match=r"cannot be read \("):
            read_text(path)
