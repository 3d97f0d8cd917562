"""How a record is laid out as a workbook: worked out from the schema, so that what the schema gains
comes along by itself.

A list of entries is a sheet with a row for each; what is nested in an entry becomes columns
(``contract: end``); a list inside an entry becomes a sheet of its own, whose first columns say to
which entry a row belongs. An entry that stands alone is a sheet of fields and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel

from provision.schema.services import NOT_STATED

Node = Mapping[str, Any]
Fields = tuple[str, ...]
NUMBER_KEY = "no."
LISTED: Fields = ("services", "service_area", "listed")
LISTED_TITLE = "As listed"
LONGEST_TITLE = 31  # of a sheet, in Excel


class SheetKind(StrEnum):
    """How a sheet is built."""

    FIELDS = "fields"
    TABLE = "table"
    LIST = "list"
    MAPPING = "mapping"


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """A column, or a row of a sheet of fields.

    ``path`` leads to the value from its entry; ``heading`` is what people read (``contract: end``).
    ``optional`` are the parts of an entry, from the
    outside in, without which the value is not there either.
    """

    path: Fields
    heading: str
    kind: CellKind
    description: str
    choices: tuple[str, ...] = ()
    may_be_not_stated: bool = False
    required: bool = False
    optional: tuple[Fields, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: where its rows stand in the record, and its columns.

    ``path`` leads from the record, through lists without their numbers; ``inside`` from the entry
    of the ``parent`` sheet. ``required`` where the entry must have the list. ``keys`` are the
    columns that name the parent's entry."""

    title: str
    kind: SheetKind
    path: Fields
    description: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    inside: Fields = ()
    parent: Fields | None = None
    required: bool = False
    has_id: bool = False
    has_children: bool = False

    @property
    def own_key(self) -> str:
        """What names one of its entries in the sheets below it; ``""`` where none are."""
        if not self.has_children or self.kind is not SheetKind.TABLE:
            return ""
        return _singular(self.title) if self.has_id else f"{_singular(self.title)} {NUMBER_KEY}"


@cache
def workbook_layout(model: type[BaseModel]) -> tuple[Sheet, ...]:
    """The sheets of a model, each before those below it.

    Parameters
    ----------
    model
        The model of a whole file, for instance ``ServicesFile``.

    Returns
    -------
    tuple of Sheet
    """
    schema = model.model_json_schema()
    return tuple(_Layout(schema).sheets())


@dataclass
class _Found:
    """What an entry holds: columns, and what becomes sheets."""

    columns: list[Column] = field(default_factory=list)
    below: list[tuple[Fields, tuple[Node, str, bool]]] = field(default_factory=list)


class _Layout:
    """Walks a JSON schema."""

    def __init__(self, schema: Node) -> None:
        self.schema = schema
        self.titles: set[str] = set()

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet, each before those below it."""
        for name, node in self.schema["properties"].items():
            required = name in self.schema.get("required", ())
            found = (self._plain(node)[0], _said(node), required)
            yield from self._sheet((name,), found, None)

    def _sheet(
        self, inside: Fields, below: tuple[Node, str, bool], parent: Sheet | None
    ) -> Iterator[Sheet]:
        node, description, required = below
        path = (*parent.path, *inside) if parent else inside
        keys = (*parent.keys, *filter(None, (parent.own_key,))) if parent else ()
        above = parent.path if parent else None
        kind, entry = self._kind(node)
        found = self._flat(entry) if kind in (SheetKind.FIELDS, SheetKind.TABLE) else _Found()
        if kind is SheetKind.LIST:
            one = _singular(inside[-1] if inside[-1] != "listed" else "areas")
            found.columns.append(self._column((), entry, one, required=True))
        if kind is SheetKind.MAPPING:
            key, _, value = description.partition(": ")
            headings = (key.casefold(), value.casefold()) if value else ("key", "value")
            text = {"type": "string"}
            found.columns.append(self._column(("key",), text, headings[0], required=True))
            found.columns.append(self._column(("value",), entry, headings[1], required=True))
        sheet = Sheet(
            self._title(path, parent),
            kind,
            path,
            description or _said(entry),
            tuple(found.columns),
            keys,
            inside,
            above,
            required,
            any(c.path == ("id",) for c in found.columns),
            bool(found.below),
        )
        yield sheet
        for further, inner in found.below:
            yield from self._sheet(further, inner, sheet)

    def _kind(self, node: Node) -> tuple[SheetKind, Node]:
        """What kind of sheet a node is, and what one of its rows holds."""
        if node.get("type") == "array":
            item = self._plain(node["items"])[0]
            return (SheetKind.TABLE if "properties" in item else SheetKind.LIST), item
        if "properties" in node:
            return SheetKind.FIELDS, node
        if isinstance(node.get("additionalProperties"), Mapping):
            return SheetKind.MAPPING, self._plain(node["additionalProperties"])[0]
        raise TypeError(f"a file's own field must be an entry, a list or a mapping: {node}")

    def _flat(self, entry: Node, base: Fields = (), optional: tuple[Fields, ...] = ()) -> _Found:
        """An entry's columns, with those of the entries nested in it."""
        found = _Found()
        for name, raw in entry["properties"].items():
            node, nullable = self._plain(raw)
            path = (*base, name)
            required = name in entry.get("required", ())
            if "properties" in node:
                absent = (*optional, path) if nullable or not required else optional
                nested = self._flat(node, path, absent)
                found.columns += nested.columns
                found.below += nested.below
            elif node.get("type") == "array" or "additionalProperties" in node:
                found.below.append((path, (node, _said(raw), required)))
            else:
                heading = ": ".join(step.replace("_", " ") for step in path)
                node = {**node, **_words(raw)}
                column = self._column(path, node, heading, required=required)
                found.columns.append(replace(column, optional=optional))
        return found

    def _plain(self, node: Node) -> tuple[Node, bool]:
        """A node without references, and without *null* or *not stated* beside an entry or list.

        Returns the node, and whether it may be null.
        """
        if "$ref" in node:
            target = self.schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
            return self._plain(target)
        options = [self._plain(o)[0] for o in node.get("anyOf", ())]
        nullable = any(o.get("type") == "null" for o in options)
        built = [o for o in options if o.get("type") in ("array", "object") or "properties" in o]
        if built:
            return built[0], nullable
        stated = [o for o in options if o.get("type") != "null"]
        return (stated[0] if nullable and len(stated) == 1 else node), nullable

    def _column(self, path: Fields, node: Node, heading: str, *, required: bool) -> Column:
        options = [self._plain(o)[0] for o in node.get("anyOf", ())] or [node]
        choices = [str(c) for o in options for c in o.get("enum", ())]
        constants = [str(o["const"]) for o in options if "const" in o]
        pattern = " ".join(str(o.get("pattern", "")) for o in options)
        may_be = NOT_STATED in (*choices, *constants) or NOT_STATED in pattern
        kinds = {o.get("type") for o in options}
        if choices or (constants and len(constants) == len(options)):
            kind = CellKind.CHOICE
        elif kinds & {"number", "integer"}:
            kind = CellKind.NUMBER
        elif r"\d{4}-" in pattern or any(o.get("format") == "date" for o in options):
            kind = CellKind.DATE
        else:
            kind = CellKind.TEXT
        listed = (*choices, *constants) if kind is CellKind.CHOICE else ()
        return Column(path, heading, kind, _said(node), listed, may_be, required)

    def _title(self, path: Fields, parent: Sheet | None) -> str:
        """The last field's name; in a sheet below any but the services, with its parent's."""
        if path == LISTED:
            return LISTED_TITLE
        last = path[-1].replace("_", " ")
        whole = f"{parent.title} {last}" if parent and parent.path != LISTED[:1] else last
        options = [whole.capitalize(), *(f"{whole[:27].capitalize()} {n}" for n in range(2, 100))]
        title = next(
            o for o in options if o.casefold() not in self.titles and len(o) <= LONGEST_TITLE
        )
        self.titles.add(title.casefold())
        return title


def _words(node: Node) -> dict[str, Any]:
    return {k: node[k] for k in ("description",) if k in node}


def _said(node: Node) -> str:
    return " ".join(str(node.get("description", "")).split())


def _singular(words: str) -> str:
    """``Discrepancies``: ``discrepancy``."""
    one = words.casefold().replace("_", " ")
    if one.endswith("ies"):
        return f"{one[:-3]}y"
    if one.endswith(("ches", "shes", "xes")):
        return one[:-2]
    return one[:-1] if one.endswith("s") and not one.endswith("ss") else one
