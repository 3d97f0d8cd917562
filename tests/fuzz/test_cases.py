"""What fuzzing found, and what an attacker would try first, replayed: a refusal of ours or a good
answer, after a bounded number of steps. The steps are counted, never timed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

from fuzz.__main__ import STARTS
from fuzz.mutate import mutated
from fuzz.targets import TARGETS, city
from provision.io import field_errors, reading
from provision.io.problems import InvalidData

FILES = ("yaml", "services", "scenario-file", "story")
CASES = sorted((ROOT / "fuzz" / "cases").glob("*/*"))


# A value is one event, or two where it is a list or a mapping; a key is one more; and the ends.
MOST_EVENTS = 3 * reading.MAX_NODES + 10
MOST_PROBLEMS = reading.MAX_FAULTS + field_errors.MAX_FAULTS + 1


class Steps:
    """How many events of YAML were asked of the parser, over all files."""

    def __init__(self) -> None:
        self.events = 0

    def parse(self, *args: Any, **named: Any) -> Iterator[Any]:
        for event in PARSE(*args, **named):
            self.events += 1
            yield event


PARSE = reading.yaml.parse


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Counts from now on."""
    city()
    found = Steps()
    monkeypatch.setattr(reading.yaml, "parse", found.parse)
    return found


def bounded(name: str, data: bytes, steps: Steps) -> int:
    """Give a target some bytes; returns how many problems it found, which are bounded, as are the
    events that it took to find them."""
    try:
        TARGETS[name](data)
        problems = 0
    except InvalidData as error:
        assert error.problems and all(str(problem).encode() for problem in error.problems)
        problems = len(error.problems)
    assert steps.events <= MOST_EVENTS
    assert problems <= MOST_PROBLEMS
    return problems


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_mended(case: Path, steps: Steps) -> None:
    bounded(case.parent.name, case.read_bytes(), steps)


def test_every_case_belongs_to_a_target() -> None:
    assert {case.parent.name for case in CASES} <= set(TARGETS)
    assert set(STARTS) == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_good(name: str) -> None:
    """A seed that is refused at the door would leave everything behind the door unfuzzed."""
    seeds = [seed for pattern in STARTS[name] for seed in ROOT.glob(pattern)]
    assert seeds
    for seed in seeds:
        TARGETS[name](seed.read_bytes())


def laughs() -> str:
    """A billion laughs: each line nine times the one before."""
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    return "\n".join(
        [*lines, *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))]
    )


BOMBS = {
    "billion laughs": laughs(),
    "an alias to itself": "a: &a [*a]",
    "deep lists": "[" * 5_000,
    "deep lists, closed": "[" * 500 + "]" * 500,
    "deep mappings": "".join(f"{' ' * n}a:\n" for n in range(900)),
    "a key that is a mapping": "? {a: b}\n: c",
    "a huge scalar": f"name: {'x' * 900_000}",
    "a scalar over the bound": f"name: {'x' * 1_000_001}",
    "very many values": f"a: [{'1,' * 300_000}]",
    "very many keys": "\n".join(f"k{n}: 1" for n in range(90_000)),
    "the same key over and over": "a: 1\n" * 50_000,
    "a number of many digits": f"a: {'9' * 400_000}",
    "tags": "a: !!python/object/apply:os.system [ls]\nb: !!binary gg==\nc: !x 1",
    "a merge": "a: &a {b: 1}\nc: {<<: *a}",
    "many documents": "--- 1\n" * 10_000,
    "nothing but marks": "- - - - ? ? : : [ ] { } & * ! | > % @ `",
    "a block of blanks": "a: |9\n" + " " * 400_000,
    "directives": "%YAML 9.9\n%TAG ! tag:x,2000:\n--- !a b",
    "half of a character": 'a: "\\ud800"\nb: "\\udc00"',
    "marks that turn the direction": "a: \u202e\u2066x",
    "control characters": "a: \x00\x07\x1b[31m",
    "another encoding": "a: é".encode("utf-16").decode("latin-1"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_in_yaml(name: str, bomb: str, steps: Steps) -> None:
    bounded(name, BOMBS[bomb].encode("utf-8", "surrogatepass"), steps)


@pytest.mark.parametrize(
    "bomb",
    [
        "billion laughs",
        "an alias to itself",
        "deep lists, closed",
        "very many values",
        "a scalar over the bound",
    ],
)
def test_what_could_grow_is_refused_with_one_problem(bomb: str) -> None:
    with pytest.raises(InvalidData) as caught:
        TARGETS["yaml"](BOMBS[bomb].encode())
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    ("bomb", "events"),
    [
        ("billion laughs", 20),
        ("deep lists, closed", reading.MAX_DEPTH + 4),
        ("deep mappings", 2 * reading.MAX_DEPTH + 6),
        ("the same key over and over", 2 * reading.MAX_FAULTS + 10),
        ("many documents", 8),
        ("very many values", reading.MAX_NODES + 4),
        ("very many keys", 2 * reading.MAX_NODES + 4),
    ],
)
def test_reading_stops_where_the_bound_is_passed(bomb: str, events: int, steps: Steps) -> None:
    with pytest.raises(InvalidData):
        TARGETS["services"](BOMBS[bomb].encode())
    assert steps.events <= events


@pytest.mark.parametrize("found", [field_errors.MAX_FAULTS - 10, field_errors.MAX_FAULTS * 2])
def test_faults_of_the_schema_are_put_into_words_up_to_a_bound(found: int) -> None:
    """Three sections are missing, and every other key is unknown."""
    with pytest.raises(InvalidData) as caught:
        TARGETS["services"]("\n".join(f"k{n}: 1" for n in range(found)).encode())
    assert len(caught.value.problems) == min(found + 3, field_errors.MAX_FAULTS + 1)


RING = "[[0,0],[1,0],[1,1],[0,0]]"
OUTLINES = {
    "deep": '{"type":"FeatureCollection","features":' + "[" * 100_000,
    "deep coordinates": (
        '{"features":[{"properties":{"code":"a","name":"b"},"geometry":{"type":"Polygon","coordinates":'
        + "[" * 900
        + "]" * 900
        + "}}]}"
    ),
    "no end of digits": '{"features":[' + "9" * 10_000 + "]}",
    "not a number": (
        '{"features":[{"properties":{"code":"a","name":"b"},"geometry":{"type":"Polygon","coordinates":[[[NaN,0],[1,0],[1,1],[NaN,0]]]}}]}'
    ),
    "half of a character": (
        '{"features":[{"properties":{"code":"\\ud800","name":"b"},"geometry":{"type":"Polygon","coordinates":['
        + RING
        + "]}}]}"
    ),
    "a thousand areas of one name": json.dumps(
        {"features": [{"properties": {"code": "a", "name": "b"}, "geometry": None}] * 1_000}
    ),
}


@pytest.mark.parametrize("case", OUTLINES)
def test_bombs_in_outlines(case: str, steps: Steps) -> None:
    bounded("boundaries", OUTLINES[case].encode(), steps)


LINKS = (
    "on=" + "9" * 7_000,
    "services=" + "lantern," * 900,
    "&".join(f"x{n}=1" for n in range(900)),
    "hubs=" + "Q1~land," * 400,
    "b=v%3D1%26b%3D" * 300,
    "%" * 7_000,
)


@pytest.mark.parametrize("name", ["link", "scenario-link"])
@pytest.mark.parametrize("given", LINKS, ids=lambda text: text[:12])
def test_links_that_are_long_or_odd(name: str, given: str, steps: Steps) -> None:
    bounded(name, given.encode(), steps)


def test_a_changed_seed_is_plain_data_still() -> None:
    seed = b"a: [1, {b: x}, not stated]\nc: {d: 2}"
    changed = [mutated(seed, n, ["word"]) for n in range(200)]
    assert len(set(changed)) > 50
    assert all(
        isinstance(json.loads(text.decode("utf-8", "surrogatepass")), dict)
        for text in changed
        if text
    )
    assert mutated(b"a: [", 1, ["word"]) is None
