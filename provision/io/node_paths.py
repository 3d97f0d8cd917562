"""Where something stands in plain data, and what people call that place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provision.io.problems import shown

Path_ = tuple[str | int, ...]


def at(data: Any, path: Path_) -> Any:
    """The value at a path.

    Parameters
    ----------
    data
        Plain data of any shape.
    path
        Steps: keys of mappings and places in lists.

    Returns
    -------
    Any
        None where the data has another shape.

    Examples
    --------
    >>> at({"services": [{"id": "x"}]}, ("services", 0, "id"))
    'x'
    """
    for step in path:
        if not has(data, step):
            return None
        data = data[step]
    return data


def has(data: Any, step: Any) -> bool:
    """Whether a step leads anywhere from here.

    Parameters
    ----------
    data
        Plain data of any shape.
    step
        A key of a mapping or a place in a list.

    Returns
    -------
    bool"""
    if isinstance(data, dict):
        return isinstance(step, str) and step in data
    return isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)


def as_list(value: Any) -> list[Any]:
    """A list as it is; anything else holds nothing.

    Parameters
    ----------
    value
        Anything.

    Returns
    -------
    list
        Empty for what is no list."""
    return value if isinstance(value, list) else []


def items(data: Any, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The mappings in the list under a name.

    Parameters
    ----------
    data
        Plain data of any shape.
    name
        The key that the list stands under.

    Yields
    ------
    (int, dict)
        Place in the list, and mapping."""
    return (
        (i, item) for i, item in enumerate(as_list(at(data, (name,)))) if isinstance(item, dict)
    )


def walk(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every value in plain data.

    Parameters
    ----------
    value
        Plain data of any shape.
    path
        Where it stands itself.

    Yields
    ------
    (tuple, Any)
        Path and value, outer ones first."""
    yield path, value
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, item in inner:
        yield from walk(item, (*path, step))


def entry_and_field(data: Any, path: Path_) -> tuple[str, str]:
    """A path as messages say it: ``("services", 0, "contract", "end")`` is
    ``("services/minerva-crc", "contract.end")``.

    Parameters
    ----------
    data
        The plain data that the path leads into.
    path
        The path.

    Returns
    -------
    (str, str)
        Entry, by its id where it has one, and field."""
    if len(path) >= 2 and isinstance(path[1], int):
        item = at(data, path[:2])
        name = item.get("id") if isinstance(item, dict) else None
        label = shown(name)[1:-1] if isinstance(name, str) and name else str(path[1] + 1)
        return f"{shown(str(path[0]))[1:-1]}/{label}", _dotted(path[2:])
    return (shown(str(path[0]))[1:-1] if path else ""), _dotted(path[1:])


def _dotted(path: Path_) -> str:
    return shown(".".join(str(p + 1) if isinstance(p, int) else p for p in path))[1:-1]
