"""What a field of the address is: one entry of :class:`provision.links.query.Query`.

An entry says, in one place, what a part of the view is called in a note, what it is where nobody
has chosen, how it is read from the address and how it is written there. Its name is that of the
attribute; the control of the same name is bound to it in :mod:`components.page.controls`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from provision.io.problems import shown
from provision.record import Record

_ENTRY = "address field"
Reading = tuple[Any, list[str]]


class PartlyRead(ValueError):
    """A value of which only a part could be applied.

    Parameters
    ----------
    value
        That part.
    rest
        What was left aside, as it was written.
    why
        Why it was.
    """

    def __init__(self, value: Any, rest: str, why: str) -> None:
        super().__init__(why)
        self.value, self.rest = value, rest


class NotRead(ValueError):
    """Nothing of a field could be applied; the message is the note that says so."""


@dataclass(frozen=True)
class AddressField:
    """A part of the view, and its place in the address.

    ``keys`` are its names in the query string, most often the attribute's alone. ``default`` gives
    what it is where nobody has chosen. ``read`` takes those fields of an address that are its own,
    at least one, and gives the value with a note for everything that could not be applied; it
    raises :class:`NotRead` where nothing could. ``write`` gives the fields of a value, none for
    the default. One that is ``everywhere`` goes along in the address of every page; one that is
    ``screen_only`` is not in files for paper.
    """

    keys: tuple[str, ...]
    default: Callable[[Record], Any]
    read: Callable[[Mapping[str, str], Record], Reading]
    write: Callable[[Any, Record], dict[str, str]]
    everywhere: bool = False
    screen_only: bool = False


def field(
    key: str,
    label: str,
    parse: Callable[[str, Record], Any],
    text: Callable[[Any], str] = str,
    *,
    default: Any = dataclasses.MISSING,
    regional: Callable[[Record], Any] | None = None,
    everywhere: bool = False,
    screen_only: bool = False,
) -> Any:
    """The entry of a part that is one field of the address.

    Parameters
    ----------
    key, label
        Its name, that of the attribute too; what a note calls it.
    parse, text
        Value of a text, or ValueError with the reason, or :class:`PartlyRead`; text of a value.
    default, regional
        What it is where nobody has chosen; for a whole view, where it depends on the record.
    everywhere, screen_only
        As in :class:`AddressField`.

    Returns
    -------
    Any
        A field of a dataclass, for the attribute that it is assigned to.
    """

    def start(record: Record) -> Any:
        return regional(record) if regional else default

    def write(value: Any, record: Record) -> dict[str, str]:
        return {} if value == start(record) else {key: text(value) if value is not None else ""}

    read = _reader(key, label, parse)
    entry = AddressField((key,), start, read, write, everywhere, screen_only)
    return dataclasses.field(default=default, metadata={_ENTRY: entry})


def _reader(
    key: str, label: str, parse: Callable[[str, Record], Any]
) -> Callable[[Mapping[str, str], Record], Reading]:
    """Reads one field of an address, and puts what is wrong with it into a note."""

    def read(given: Mapping[str, str], record: Record) -> Reading:
        try:
            return parse(given[key], record), []
        except PartlyRead as error:
            note = f"Of the link's {label} {shown(error.rest)} was left aside: {error}."
            return error.value, [note]
        except ValueError as error:
            note = f"The link's {label} {shown(given[key])} was left aside: {error}."
            raise NotRead(note) from None

    return read


def compound(
    keys: tuple[str, ...],
    read: Callable[[Mapping[str, str], Record], Reading],
    write: Callable[[Any, Record], dict[str, str]],
    *,
    default: Any,
    everywhere: bool = False,
) -> Any:
    """The entry of a part that is several fields of the address.

    Parameters
    ----------
    keys
        Their names in the query string.
    read, write
        As in :class:`AddressField`.
    default
        What the part is where nobody has chosen.
    everywhere
        Whether it goes along in the address of every page.

    Returns
    -------
    Any
        A field of a dataclass, for the attribute that it is assigned to.
    """
    entry = AddressField(keys, lambda record: default, read, write, everywhere)
    return dataclasses.field(default=default, metadata={_ENTRY: entry})


def entries(view: type) -> dict[str, AddressField]:
    """The entries of a dataclass, by the names of its attributes and in their order."""
    return {part.name: part.metadata[_ENTRY] for part in dataclasses.fields(view)}
