"""Addresses within the record: ``themes/accommodation/need/=38/value``.

A part is the key of a mapping, or chooses from a list: by ``id``, ``what``, ``funder`` or
``organisation``; by number; by a value (``=38``); by a piece of its text (``~unmet``); a slice
(``2:``). ``next_steps?kind=recommended`` keeps the entries of a list that say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_NAMES = ("id", "what", "funder", "organisation")


class Missing(LookupError):
    """Nothing stands at an address."""


def resolve(whole: Any, address: str) -> Any:
    """What stands at an address. Raises Missing."""
    return _path(whole, address)[-1]


def entry_around(whole: Any, address: str) -> Any:
    """The nearest entry with a reference that holds what stands at an address; else that itself."""
    steps = _path(whole, address)
    return next((s for s in reversed(steps) if isinstance(s, dict) and "ref" in s), steps[-1])


def around(whole: Any, address: str) -> str:
    """The text of :func:`entry_around`, with the fields of the entries that it stands in."""
    steps = _path(whole, address)
    nearest = entry_around(whole, address)
    outer = (v for s in steps[1:] if isinstance(s, dict) for v in s.values() if isinstance(v, str))
    return " ".join([address, *strings(nearest), *outer])


def strings(value: Any) -> Iterator[str]:
    """Every piece of text in a value, numbers included."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (f"{key}: {inner}",) if key in ("kind", "cited") else strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif value is not None:
        yield f"{value:g}" if isinstance(value, float) else str(value)


def _path(whole: Any, address: str) -> list[Any]:
    steps = [whole]
    for part in filter(None, address.split("/")):
        steps.append(_step(steps[-1], part, address))
    return steps


def _step(value: Any, part: str, address: str) -> Any:
    name, _, test = part.partition("?")
    if isinstance(value, Mapping) and name in value:
        return _kept(value[name], test)
    if isinstance(value, list):
        for found in _chosen(value, part):
            return found
    raise Missing(f"nothing at {address} (looking for {part})")


def _kept(value: Any, test: str) -> Any:
    key, _, wanted = test.partition("=")
    return [entry for entry in value if entry.get(key) == wanted] if test else value


def _chosen(value: list[Any], part: str) -> Iterator[Any]:
    if part.startswith("="):
        yield from (e for e in value if e.get("value") == float(part[1:]))
    elif part.startswith("~"):
        yield from (e for e in value if part[1:] in " ".join(strings(e)))
    elif part.endswith(":") and part[:-1].isdigit():
        yield value[int(part[:-1]) :]
    elif part.isdigit() and int(part) < len(value):
        yield value[int(part)]
    else:
        yield from (e for e in value if isinstance(e, dict) and part in (e.get(n) for n in _NAMES))
