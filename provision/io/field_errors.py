"""What the schema finds wrong, in plain words: what is wrong with the field, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from provision.io.characters import MEND, text_fault
from provision.io.node_paths import Path_, at, entry_and_field, has, walk
from provision.io.problems import InvalidData, Problem, nearest, shown
from provision.io.reading import Document

MAX_FAULTS = 1_000  # faults of the schema that are put into words; how many more there are is said
_ONE_OF = "write one of: "
Model = TypeVar("Model", bound=BaseModel)
_KINDS = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "model": "a mapping",
    "tuple": "a list",
    "dict": "a mapping",
}


@dataclass(frozen=True)
class Fault:
    """Something wrong at a path of plain data."""

    path: Path_
    what: str
    mend: str


def typed(
    document: Document,
    model: type[Model],
    between: Iterable[Fault] = (),
    *,
    cleans: bool = False,
) -> Model:
    """A document as its model.

    Parameters
    ----------
    document
        The file as plain data.
    model
        What it should be.
    between
        Faults between fields that the caller found.
    cleans
        Whether the model leaves out itself what nobody can see.

    Returns
    -------
    Model

    Raises
    ------
    InvalidData
        With everything at once: what reading found, what the model finds wrong with single
        fields, texts that hold what nobody can see, and the faults ``between`` fields."""
    parsed, faults = None, [*(() if cleans else _unseen(document.data)), *between]
    try:
        parsed = model.model_validate(document.data)
    except ValidationError as error:
        faults += _schema_faults(error, document.data, model)
    problems = [*document.problems, *(_problem(document, fault) for fault in _joined(faults))]
    if problems or parsed is None:
        raise InvalidData(problems)
    return parsed


def _unseen(data: Any) -> list[Fault]:
    """The texts and names of fields that hold what nobody can see; the first thousand."""
    found = (
        Fault(path, what, MEND) for path, value in walk(data) if (what := _unseen_in(path, value))
    )
    return list(islice(found, MAX_FAULTS))


def _unseen_in(path: Path_, value: Any) -> str:
    return next(
        (w for text in (value, *path[-1:]) if isinstance(text, str) and (w := text_fault(text))), ""
    )


def _joined(faults: Iterable[Fault]) -> list[Fault]:
    """Faults of one field that differ only in what to write (a field of several kinds has one for
    each), as one."""
    found: dict[tuple[Path_, str], Fault] = {}
    for fault in faults:
        known = found.get((fault.path, fault.what))
        both = (
            known is not None and known.mend.startswith(_ONE_OF) and fault.mend.startswith(_ONE_OF)
        )
        mend = (
            f"{known.mend} or {fault.mend.removeprefix(_ONE_OF)}" if known and both else fault.mend
        )
        found[fault.path, fault.what] = Fault(fault.path, fault.what, mend)
    return list(found.values())


def _problem(document: Document, fault: Fault) -> Problem:
    entry, field = entry_and_field(document.data, fault.path)
    if place := document.place(fault.path):
        entry = f"{place}: {entry}"
    return Problem(document.name, document.line(fault.path), entry, field, fault.what, fault.mend)


def _schema_faults(error: ValidationError, data: Any, model: type[BaseModel]) -> list[Fault]:
    """All that the model finds wrong, the first thousand of it in words."""
    errors = error.errors(include_url=False)
    faults = [_schema_fault(e, data, model) for e in errors[:MAX_FAULTS] if not _is_echo(e, data)]
    more = len(errors) - MAX_FAULTS
    if more > 0:
        mend = "mend those listed first, then check again"
        faults.append(Fault((), f"has {more:,} further faults", mend))
    return faults


def _schema_fault(error: Any, data: Any, model: type[BaseModel]) -> Fault:
    """One of pydantic's errors as a fault in plain words."""
    kind, context, path = error["type"], error.get("ctx", {}), _path(error["loc"], data)
    what, mend = _in_words(kind, error, context, path, model)
    return Fault(path, what, mend)


def _in_words(
    kind: str, error: Any, context: Any, path: Path_, model: type[BaseModel]
) -> tuple[str, str]:
    """What is wrong and how to mend it, for each kind of fault that the schema can find."""
    value = error["input"]
    match kind:
        case "own":
            what, _, mend = error["msg"].partition("; ")
            found = f"{shown(value)} {what}", mend
        case "missing":
            found = "is missing", "add it, or write 'not stated' where the schema allows that"
        case "extra_forbidden":
            found = _unknown_field(path, model)
        case "greater_than_equal" | "less_than_equal":
            bound = f"{context['ge']} or more" if "ge" in context else f"{context['le']} or less"
            found = f"is {shown(value)}", f"write {bound}"
        case "literal_error" | "enum":
            found = f"is {shown(value)}", f"{_ONE_OF}{context['expected']}"
        case "string_pattern_mismatch":
            mend = "use small letters, digits and hyphens, starting with a letter or digit"
            found = f"is {shown(value)}", mend
        case "string_too_long":
            most = f"write at most {context['max_length']:,}"
            found = f"is {len(value):,} characters long", most
        case "too_short":
            found = "is empty", "write at least one entry"
        case "string_too_short":
            found = "is empty", "write something, or 'not stated'"
        case _ if kind.endswith(("_type", "_parsing")) or kind == "int_from_float":
            wanted = _KINDS.get(kind.rsplit("_", 1)[0], "another kind of value")
            found = f"is {_kind_of(value)}", f"write {wanted}"
        case _:
            found = f"is {shown(value)}: {error['msg']}", "see the field guide in data/README.md"
    return found


def _unknown_field(path: Path_, model: type[BaseModel]) -> tuple[str, str]:
    known = _fields_beside(path, model)
    mend = nearest(str(path[-1]) if path else "", known, f"known fields: {', '.join(known)}")
    return "is not a field of this entry", mend


def _is_echo(error: Any, data: Any) -> bool:
    """A list that seems too short only because its items were already found wrong."""
    return error["type"] == "too_short" and bool(at(data, _path(error["loc"], data)))


def _path(loc: tuple[str | int, ...], data: Any) -> Path_:
    """Where an error stands. Pydantic puts the names of union members between the steps of the
    path; they lead nowhere in the data."""
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
    words: dict[type, str] = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "a mapping",
    }
    word = words.get(type(value), "another kind of value")
    return f"{word} ({shown(value)})" if isinstance(value, (bool, int, float, str)) else word


def _fields_beside(path: Path_, model: Any) -> list[str]:
    """The fields that the schema knows at the place of an unknown one."""
    for step in path[:-1]:
        if isinstance(step, str) and model is not None:
            model = (
                _entry_model(model.model_fields[step].annotation)
                if step in model.model_fields
                else None
            )
    return list(model.model_fields) if model is not None else []


def _entry_model(annotation: Any) -> Any:
    if hasattr(annotation, "model_fields"):
        return annotation
    return next(
        (m for a in getattr(annotation, "__args__", ()) if (m := _entry_model(a)) is not None), None
    )
