"""Read YAML written by anybody: bounded, without surprises, and remembering the line of every
field.

A deliberately small YAML: mappings with text keys, lists, text, numbers, true/false and null.
Anchors, aliases and tags are refused (nothing in this data needs them, and they are how a small
file becomes a large one); duplicate keys are reported rather than silently overwritten; dates stay
text, so that ``2018-07`` and ``not stated`` reach the schema as they were written; and ``no`` is a
word, not *false*."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from provision.io.files import display, open_file
from provision.io.node_paths import Path_, entry_and_field
from provision.io.problems import InvalidData, Problem, shown

MAX_BYTES = 1_000_000
MAX_RAW = 50_000_000  # of a workbook
MAX_DEPTH = 24
MAX_NODES = 60_000
# of a services file that comes by command; what comes from a page stays within the smaller bounds
MAX_SERVICES, MAX_SERVICE_NODES = 5_000_000, 300_000
MAX_FAULTS = 1_000  # repeated keys, tags and further documents, after which a file is refused

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

_NUMBER = re.compile(r"[-+]?([0-9]{1,18}|[0-9]{0,18}\.[0-9]{1,18})")
_WORDS: dict[str, Plain] = {"": None, "~": None, "null": None, "true": True, "false": False}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """Plain data with, for every path in it, the line (1-based) where it stands; for data from a
    workbook or list also the place in words, such as ``sheet 'Services', B7``."""

    name: str
    data: Plain
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    places: Mapping[Path_, str] = field(default_factory=dict)

    def place(self, path: Path_) -> str:
        """The place of a path in words, or of its nearest ancestor that has one; else ``""``."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, "")

    def line(self, path: Path_) -> int:
        """The line of a path, or of its nearest ancestor that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class Reader(Protocol):
    """What gives the text of a file of at most ``limit`` bytes: :func:`read_text`, or
    :meth:`Files.text`."""

    def __call__(self, path: Path, limit: int = MAX_BYTES) -> str: ...


def read_text(path: Path, limit: int = MAX_BYTES) -> str:
    """The text of a file.

    Parameters
    ----------
    path
        The file.
    limit
        The most bytes that are read.

    Returns
    -------
    str

    Raises
    ------
    InvalidData
        Where it is missing, too large or not UTF-8."""
    return Files().text(path, limit)


class Files:
    """Files, each read once however often it is asked for (and under one limit): the bytes kept in
    ``contents`` are those that were parsed."""

    def __init__(self) -> None:
        self.contents: dict[Path, bytes] = {}

    def text(self, path: Path, limit: int = MAX_BYTES) -> str:
        """The text of a file of at most ``limit`` bytes. Raises InvalidData where it is missing,
        too large or not UTF-8."""
        return decode(self.raw(path, limit), display(path), limit)

    def raw(self, path: Path, limit: int = MAX_RAW) -> bytes:
        """The bytes of a file, of which one more than ``limit`` is read. Raises InvalidData where
        it is missing."""
        if path not in self.contents:
            self.contents[path] = _bytes(path, limit)
        return self.contents[path]


def _bytes(path: Path, limit: int) -> bytes:
    try:
        with open_file(path) as file:
            return file.read(limit + 1)
    except OSError as error:
        raise _refused(
            display(path),
            0,
            f"cannot be read ({error.strerror})",
            "check the path and its permissions",
        ) from None


def decode(raw: bytes, name: str, limit: int = MAX_BYTES) -> str:
    """Bytes as text.

    Parameters
    ----------
    raw
        The bytes.
    name
        What messages call the file.
    limit
        The most bytes that are read.

    Returns
    -------
    str

    Raises
    ------
    InvalidData
        Where they are too many or not UTF-8."""
    if len(raw) > limit:
        raise _refused(
            name,
            0,
            f"is larger than {limit:,} bytes",
            "split it, or remove what does not belong in it",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8 text (byte 0x{raw[error.start]:02x})"
        raise _refused(name, line, what, "save the file as UTF-8 and try again") from None


def read_yaml(text: str, name: str, most: int = MAX_NODES) -> Document:
    """Parse YAML text.

    Parameters
    ----------
    text
        The text.
    name
        What messages call the file.
    most
        How many values it may hold.

    Returns
    -------
    Document
        Duplicate keys and the like are kept as its ``problems``.

    Raises
    ------
    InvalidData
        Where it cannot be parsed."""
    try:
        return _Builder(name, most).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"is not valid YAML: {error.problem or error.context}"
        raise _refused(
            name,
            mark.line + 1 if mark else 0,
            what,
            "check indentation, quotes and colons near this line",
        ) from None
    except yaml.YAMLError as error:
        what = f"is not valid YAML: {shown(str(error).splitlines()[0])}"
        raise _refused(name, 0, what, "remove characters that are not text") from None


def read_json(text: str, name: str, mend: str) -> Any:
    """Parse JSON text.

    Parameters
    ----------
    text
        The text.
    name
        What messages call the file.
    mend
        How to get a better file.

    Returns
    -------
    Any

    Raises
    ------
    InvalidData
        Where it cannot be parsed."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _refused(name, error.lineno, f"is not valid JSON: {error.msg}", mend) from None
    except ValueError:
        raise _refused(name, 0, "holds a number without end", mend) from None
    except RecursionError:
        raise _refused(name, 0, "is nested too deep", mend) from None


def _refused(name: str, line: int, what: str, mend: str) -> InvalidData:
    return InvalidData([Problem(name, line, "", "", what, mend)])


class _Builder:
    """Builds plain data from YAML events, so that nothing is expanded before it has been
    counted."""

    def __init__(self, name: str, most: int) -> None:
        self.name, self.most = name, most
        self.lines: dict[Path_, int] = {}
        self.faults: list[tuple[int, Path_, str, str]] = []
        self.nodes = 0

    def build(self, text: str) -> Document:
        events = yaml.parse(text, Loader=_Loader)
        data: Plain = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._problem(
                        event,
                        (),
                        "holds more than one YAML document",
                        "keep one document a file (remove '---')",
                    )
                    break
                data = self._node(next(events), events, ())
        if data is None and not self.faults:
            raise _refused(
                self.name, 1, "is empty", "write at least the sections that the schema asks for"
            )
        problems = (
            Problem(self.name, line, *entry_and_field(data, path), what, mend)
            for line, path, what, mend in self.faults
        )
        return Document(self.name, data, self.lines, tuple(problems))

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_) -> Plain:
        self.lines.setdefault(path, _line(event))
        self._bounds(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path)
        assert isinstance(event, yaml.ScalarEvent)
        return _scalar(event.value) if event.implicit[0] else event.value

    def _bounds(self, event: yaml.Event, path: Path_) -> None:
        """Refuse at once what could grow without end; everything else is gathered."""
        self.nodes += 1
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(
                self.name,
                line,
                "uses a YAML anchor or alias (& or *)",
                "write the value out in full",
            )
        if self.nodes > self.most:
            raise _refused(
                self.name, line, f"holds more than {self.most:,} values", "split the file"
            )
        if len(path) > MAX_DEPTH:
            raise _refused(self.name, line, f"is nested more than {MAX_DEPTH} deep", "flatten it")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self._problem(
                event,
                path,
                f"uses the YAML tag {shown(tag)}",
                "remove the tag and keep the plain value",
            )

    def _mapping(self, events: Iterator[yaml.Event], path: Path_) -> Plain:
        found: dict[str, Plain] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _refused(
                    self.name,
                    _line(event),
                    "has a key that is not text",
                    "quote the key, or put the value in quotes",
                )
            key = event.value
            inner = (*path, key)
            if key in found:
                first = self.lines[inner]
                self._problem(
                    event, inner, f"is given twice (first on line {first})", "keep one of the two"
                )
            self.lines[inner] = _line(event)
            found[key] = self._node(next(events), events, inner)
        return found

    def _sequence(self, events: Iterator[yaml.Event], path: Path_) -> Plain:
        found: list[Plain] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.append(self._node(event, events, (*path, len(found))))
        return found

    def _problem(self, event: yaml.Event, path: Path_, what: str, mend: str) -> None:
        if len(self.faults) == MAX_FAULTS:
            raise _refused(
                self.name,
                _line(event),
                f"has more than {MAX_FAULTS:,} repeated keys and tags",
                "write every key once and remove the tags",
            )
        self.faults.append((_line(event), path, what, mend))


def _scalar(text: str) -> Plain:
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _line(event: yaml.Event) -> int:
    """Where an event stands, 1-based; events of a parsed file always have a mark."""
    return event.start_mark.line + 1 if event.start_mark else 0
