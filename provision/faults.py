"""What the schema finds wrong, in plain words: what is wrong with the field, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from provision.paths import Path_, at, has
from provision.problems import nearest, shown
from provision.schema import ServicesFile

_KINDS = {"string": "text", "int": "a whole number", "float": "a number", "model": "a mapping", "tuple": "a list", "dict": "a mapping"}


@dataclass(frozen=True)
class Fault:
    """Something wrong at a path of plain data."""

    path: Path_
    what: str
    mend: str


def schema_fault(error: Any, data: Any) -> Fault:
    """One of pydantic's errors as a fault in plain words."""
    kind, context, path = error["type"], error.get("ctx", {}), _path(error["loc"], data)
    what, mend = _in_words(kind, error, context, path)
    return Fault(path, what, mend)


def _in_words(kind: str, error: Any, context: Any, path: Path_) -> tuple[str, str]:
    """What is wrong and how to mend it, for each kind of fault that the schema can find."""
    value = error["input"]
    match kind:
        case "own":
            what, _, mend = error["msg"].partition("; ")
            found = f"{shown(value)} {what}", mend
        case "missing":
            found = "is missing", "add it, or write 'not stated' where the schema allows that"
        case "extra_forbidden":
            known = _fields_beside(path)
            found = "is not a field of this entry", nearest(str(path[-1]) if path else "", known, f"known fields: {', '.join(known)}")
        case "greater_than_equal" | "less_than_equal":
            bound = f"{context['ge']} or more" if "ge" in context else f"{context['le']} or less"
            found = f"is {shown(value)}", f"write {bound}"
        case "literal_error" | "enum":
            found = f"is {shown(value)}", f"write one of: {context['expected']}"
        case "string_pattern_mismatch":
            found = f"is {shown(value)}", "use small letters, digits and hyphens, starting with a letter or digit"
        case "too_short" | "string_too_short":
            found = "is empty", "write at least one entry" if kind == "too_short" else "write something, or 'not stated'"
        case _ if kind.endswith(("_type", "_parsing")) or kind == "int_from_float":
            wanted = _KINDS.get(kind.rsplit("_", 1)[0], "another kind of value")
            found = f"is {_kind_of(value)}", f"write {wanted}"
        case _:
            found = f"is {shown(value)}: {error['msg']}", "see the field guide in data/README.md"
    return found


def is_echo(error: Any, data: Any) -> bool:
    """A list that seems too short only because its items were already found wrong."""
    return error["type"] == "too_short" and bool(at(data, _path(error["loc"], data)))


def _path(loc: tuple[str | int, ...], data: Any) -> Path_:
    """Where an error stands. Pydantic puts the names of union members between the steps of the path; they lead nowhere in the data."""
    path: list[str | int] = []
    for number, step in enumerate(loc, 1):
        if has(data, step):
            data = data[step]
            path.append(step)
        elif number == len(loc) and isinstance(data, dict):
            path.append(step)
    return tuple(path)


def _kind_of(value: Any) -> str:
    if value is None:
        return "empty"
    words: dict[type, str] = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a mapping"}
    word = words.get(type(value), "another kind of value")
    return f"{word} ({shown(value)})" if isinstance(value, (bool, int, float, str)) else word


def _fields_beside(path: Path_) -> list[str]:
    """The fields that the schema knows at the place of an unknown one."""
    model: Any = ServicesFile
    for step in path[:-1]:
        if isinstance(step, str) and model is not None:
            model = _entry_model(model.model_fields[step].annotation) if step in model.model_fields else None
    return list(model.model_fields) if model is not None else []


def _entry_model(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((m for a in getattr(annotation, "__args__", ()) if (m := _entry_model(a)) is not None), None)
