"""Change plain data, not bytes: most changed bytes of a YAML or JSON file only break its syntax,
and never reach what is behind it."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from provision.io.node_paths import has
from provision.io.problems import InvalidData
from provision.io.reading import decode, read_yaml

# What a field never expects, and what its neighbours do.
ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        0.5,
        10**17,
        -1e300,
        "",
        " ",
        "not stated",
        "none",
        "counts",
        "0",
        "-",
        "=1+1",
        "<b>",
        "\x00",
        "\u202e",
        "\ud800",
        "é" * 90,
    ),
    *(
        "2020-06",
        "2020-06-31",
        "0000-01",
        "9999-12-31",
        "guide §1",
        "guide §",
        "§",
        "a" * 300,
        "%2C%7E",
        "../../x",
        [],
        {},
        [[]],
        [{}],
        {"id": "x"},
        ["not stated"],
    ),
)


def mutated(data: bytes, seed: int, words: list[str]) -> bytes | None:
    """The same data with one to three places changed, as JSON (which is YAML too); None where it is
    no data to begin with."""
    try:
        plain = read_yaml(decode(data, "x"), "x").data
    except InvalidData:
        return None
    random = Random(seed)
    for _ in range(random.randint(1, 3)):
        places = _places(plain)
        if not places:
            return None
        _change(random, random.choice(places), places, words)
    return json.dumps(plain, ensure_ascii=random.random() < 0.5, indent=1).encode(
        "utf-8", "surrogatepass"
    )


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in plain data, as what holds it and the key or number that it stands under."""
    steps = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    return [place for step in steps for place in ((value, step), *_places(value[step]))]


def _change(
    random: Random, place: tuple[Any, Any], places: list[tuple[Any, Any]], words: list[str]
) -> None:
    """Put something odd, or something from elsewhere, in a place; or take what stands there away,
    or say it twice."""
    holder, step = place
    if not has(holder, step):
        return
    match random.randint(0, 5):
        case 0:
            holder[step] = copy.deepcopy(random.choice(ODD))
        case 1:
            holder[step] = random.choice(words)
        case 2:
            other, there = random.choice(places)
            if has(other, there):
                holder[step] = copy.deepcopy(other[there])
        case 3:
            del holder[step]
        case 4 if isinstance(holder, list):
            holder.insert(step, copy.deepcopy(holder[step]))
        case 4:
            holder[random.choice(words)] = copy.deepcopy(holder[step])
        case _ if isinstance(holder[step], str):
            text, at = holder[step], random.randint(0, len(holder[step]))
            holder[step] = (
                text[:at]
                + random.choice(("", " ", "-", "~", "é", "\n", ";", "1", text))
                + text[at + random.randint(0, 2) :]
            )
