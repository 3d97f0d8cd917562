"""Columns of figures: what stands in their cells, and what of it is not stated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from provision.readers.findings import Findings
from provision.readers.table import CellValue, Place, text_of
from provision.readers.written_values import NOTHING_STATED, SUPPRESSED, read_number

MOST_CATEGORIES = 60
_MOST_DECIMALS = 6


@dataclass
class FigureColumn:
    """One figure for each area: ``values`` by code, as text of a CSV; what is not there is
    blank."""

    label: str
    kind: str
    unit: str
    decimals: int
    values: dict[str, str]
    marks: Counter[str] = field(default_factory=Counter)


def figure_column(
    label: str, cells: Mapping[str, tuple[CellValue, Place]], findings: Findings
) -> FigureColumn | None:
    """A column as figures; None where it holds none.

    Parameters
    ----------
    label
        What the column is called.
    cells
        By area code: the value and its place.
    findings
        Takes the cells that are no number in a column of numbers.

    Returns
    -------
    FigureColumn or None
        A column of numbers where most stated cells are numbers; else of categories.
    """
    marks = Counter(text_of(v).casefold() for v, _ in cells.values() if _says_nothing(v))
    said = {code: cell for code, cell in cells.items() if not _says_nothing(cell[0])}
    numbers = {c: n for c, (v, _) in said.items() if (n := read_number(v)) is not None}
    if not said:
        return None
    if 2 * len(numbers) > len(said):
        return _numbers(label, said, numbers, marks, findings)
    texts = {code: text_of(value) for code, (value, _) in said.items()}
    if len(set(texts.values())) > MOST_CATEGORIES or max(map(len, texts.values())) > 120:
        return None
    return FigureColumn(label, "category", "category", 0, texts, marks)


def _says_nothing(value: CellValue) -> bool:
    text = text_of(value).casefold()
    return text in NOTHING_STATED or text in SUPPRESSED


def _numbers(
    label: str,
    said: Mapping[str, tuple[CellValue, Place]],
    numbers: Mapping[str, float],
    marks: Counter[str],
    findings: Findings,
) -> FigureColumn:
    for code, (value, place) in said.items():
        if code not in numbers:
            findings.add(
                "1 cell is not a number and is 'not stated' here",
                "{} cells are not numbers and are 'not stated' here",
                place,
                text_of(value),
                "correct them, or choose another column",
            )
    kept = {code: decimal_text(n) for code, n in numbers.items()}
    decimals = max((len(t.partition(".")[2]) for t in kept.values()), default=0)
    return FigureColumn(
        label, "number", _unit(label, said), min(decimals, _MOST_DECIMALS), kept, marks
    )


def _unit(label: str, said: Mapping[str, tuple[CellValue, Place]]) -> str:
    if "%" in label or all(text_of(v).endswith("%") for v, _ in said.values()):
        return "%"
    if "£" in label or all(text_of(v).startswith("£") for v, _ in said.values()):
        return "£"
    return "not stated"


def decimal_text(number: float) -> str:
    """A number in digits, without an exponent, and to ten places at most.

    >>> decimal_text(1e-7), decimal_text(35.036999999999999), decimal_text(12.0)
    ('0.0000001', '35.037', '12')
    """
    text = f"{Decimal(repr(number)):.10f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_id(label: str, taken: set[str]) -> str:
    """An id for a column, made from its heading: small letters, digits and underscores, once.

    >>> figure_id("Women 18+", {"women_18"}), figure_id("2021 census", set())
    ('women_18_2', 'figure_2021_census')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", label.casefold().encode("ascii", "ignore").decode())
    plain = plain.strip("_")[:50].strip("_") or "figure"
    wanted = plain if plain[0].isalpha() else f"figure_{plain}"
    found, count = wanted, 1
    while found in taken or found in ("code", "name"):
        count += 1
        found = f"{wanted}_{count}"
    taken.add(found)
    return found
