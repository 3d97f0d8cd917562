"""Single cells of a list: dates, ages, levels and the rest, each as the schema has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provision.readers.findings import Findings
from provision.readers.table import CellValue, Place, clean, text_of
from provision.readers.written_dates import Order, WrittenDate, in_words, read_date, read_range
from provision.readers.written_values import NOT_STATED, plain_number, read_minimum_age, read_number

MOST_ECHOED = 100  # dates of which is remembered how they were read
_LEVELS = {
    **dict.fromkeys(("one to one", "1 to 1", "1 1", "1 2 1", "one 2 one", "121"), "one-to-one"),
    **dict.fromkeys(("wrap around", "wraparound", "whole system", "holistic"), "wrap-around"),
}
_SEPARATORS = re.compile(r"\s*[;\n|]\s*")
_YES = frozenset(
    (
        "yes",
        "y",
        "true",
        "1",
        "women",
        "female",
        "women only",
        "females",
        "x",
        "contracted",
        "commissioned",
    )
)
_NO = frozenset(("no", "n", "false", "0", "all", "any", "mixed", "men", "both", "everyone"))


@dataclass(frozen=True)
class FieldCell:
    """A cell, where it stands, its heading, and for dates which number is the day."""

    value: CellValue
    place: Place
    heading: str
    order: Order | None = None

    @property
    def text(self) -> str:
        """The value as one clean line."""
        return text_of(self.value)


class FieldReader:
    """Reads cells by what their column means, and remembers what could not be read."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.dates_read: dict[str, str] = {}

    def read(self, meaning: str, cell: FieldCell) -> Iterator[tuple[str, object]]:
        """The fields that a cell gives: mostly one, none where it was not read."""
        text = cell.text
        match meaning:
            case "start" | "end" | "period":
                yield from self._dates(meaning, cell)
            case "commissioner" | "partners" | "referral":
                parts = _SEPARATORS.split(clean(str(cell.value)))
                yield meaning, tuple(t for p in parts if (t := " ".join(p.split())))
            case "age":
                yield "age_as_written", text[:120]
                if (age := read_minimum_age(cell.value)) is not None:
                    yield "minimum_age", age
            case "level":
                yield from self._level(cell)
            case "capacity":
                yield from self._capacity(cell)
            case "women" | "contracted":
                yield from self._yes_or_no(meaning, cell)
            case "provider" | "model" | "description" | "who" | "website" | "status":
                yield meaning, text

    def unread(self, one: str, many: str, place: Place, text: str) -> None:
        """Remember a cell that was not read."""
        self.findings.add(
            f"1 {one} was not read and is 'not stated' here",
            f"{{}} {many} were not read and are 'not stated' here",
            place,
            text,
        )

    def _level(self, cell: FieldCell) -> Iterator[tuple[str, object]]:
        level = _LEVELS.get(" ".join(re.sub(r"[^\w]+", " ", cell.text.casefold()).split()))
        if level:
            yield "level", level
        else:
            self.unread("level of support", "levels of support", cell.place, cell.text)

    def _capacity(self, cell: FieldCell) -> Iterator[tuple[str, object]]:
        number = read_number(cell.value)
        if number is None or number < 0:
            self.unread("capacity", "capacities", cell.place, cell.text)
        else:
            yield "capacity", ((cell.heading, plain_number(number)),)

    def _yes_or_no(self, meaning: str, cell: FieldCell) -> Iterator[tuple[str, object]]:
        word = cell.text.casefold()
        if word in _YES:
            yield meaning, "yes"
        elif word in _NO:
            yield meaning, "no"
        else:
            self.unread("yes or no", "cells of yes or no", cell.place, cell.text)

    def _dates(self, meaning: str, cell: FieldCell) -> Iterator[tuple[str, object]]:
        order = cell.order or Order.DAY_FIRST
        if meaning == "period":
            start, end = read_range(cell.value, order)
            pairs = [("start", start), ("end", end)]
        else:
            pairs = [(meaning, read_date(cell.value, order))]
        for name, found in pairs:
            if self._is_used(name, found, cell):
                yield name, found.value

    def _is_used(self, name: str, found: WrittenDate, cell: FieldCell) -> bool:
        """Whether a date is used; how it was read, or why it was not, is remembered."""
        if found.value is None:
            self.findings.add(
                "1 date was not read and is 'not stated' here",
                "{} dates were not read and are 'not stated' here",
                cell.place,
                f"{cell.text[:60]} ({found.reason})",
                "write a day (1 July 2018), a month (July 2018) or 'ongoing'",
            )
            return False
        if found.value == NOT_STATED or (name == "start" and found.value == "ongoing"):
            return False
        said = in_words(found.value)
        if found.ambiguous:
            self.findings.add(
                "1 date could have day and month swapped; we read it as follows",
                "{} dates could have day and month swapped; we read them as follows",
                cell.place,
                f"{cell.text} is {said}",
                "if that is wrong, write the month as a word",
            )
        elif len(self.dates_read) < MOST_ECHOED and cell.text != said:
            self.dates_read.setdefault(cell.text, said)
        return True
