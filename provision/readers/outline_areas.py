"""From the rows of a layer to areas: each code once, each name told from the others."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from provision.readers.outline_columns import ColumnChoice, OutlineColumns
from provision.readers.outline_shapes import union_of


@dataclass(frozen=True)
class Identities:
    """For each row its code, its name, and its names in other languages; lists of one length.

    ``made`` tells for each row that its code was made from its name.
    """

    codes: list[str]
    names: list[str]
    others: list[tuple[str, ...]]
    made: list[bool]


@dataclass(frozen=True)
class OutlineArea:
    """One area: its code, its name as it is told from all others, other names, its outline."""

    code: str
    name: str
    other_names: tuple[str, ...]
    geometry: BaseGeometry


def identities(
    texts: Mapping[str, Sequence[str]], columns: OutlineColumns, rows: int
) -> Identities:
    """Codes and names of the rows, made where the file has none."""
    blank = [""] * rows
    codes = list(texts[columns.code.field]) if columns.code.field else blank
    names = list(texts[columns.name.field]) if columns.name.field else blank
    names = [n or c or f"Area {i}" for i, (n, c) in enumerate(zip(names, codes, strict=True), 1)]
    other_names = [_others(row, name, texts, columns) for row, name in enumerate(names)]
    made = [not code for code in codes]
    fresh = made_codes(sorted({n for n, m in zip(names, made, strict=True) if m}))
    codes = [code or fresh[name] for code, name in zip(codes, names, strict=True)]
    return Identities(codes, names, other_names, made)


def _others(
    row: int, name: str, texts: Mapping[str, Sequence[str]], columns: OutlineColumns
) -> tuple[str, ...]:
    """A row's names in other languages, each once, where they differ from its name."""
    found = dict.fromkeys(texts[field][row] for field in columns.other_names)
    return tuple(other for other in found if other and other != name)


def made_codes(names: Sequence[str]) -> dict[str, str]:
    """A code for each name, the same whatever the other names are, but for names that read alike.

    >>> made_codes(["Bath & NE Somerset", "Môn"])
    {'Bath & NE Somerset': 'bath-ne-somerset', 'Môn': 'mon'}
    """
    slugs = {name: _slug(name) for name in names}
    often = Counter(slugs.values())
    return {n: s if s and often[s] == 1 else _distinct(n, s) for n, s in slugs.items()}


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", letters.replace("'", "")).strip("-")


def _distinct(name: str, slug: str) -> str:
    digits = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{slug or 'area'}-{digits}"


def joined(
    found: Identities, rows: Sequence[int], outlines: Sequence[BaseGeometry]
) -> tuple[list[OutlineArea], list[str]]:
    """Rows of one code as one area, in the order of their first rows, and notes on what was done.

    Parameters
    ----------
    found
        Codes and names of all rows.
    rows
        The rows that have an outline.
    outlines
        The outline of each of these.
    """
    parts: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        parts[found.codes[row]].append(at)
    names = {code: found.names[rows[at[0]]] for code, at in parts.items()}
    notes = _join_notes(found, rows, parts, names)
    told, shared = _told_apart(names)
    if shared:
        example = next(told[c] for c, n in names.items() if n in shared)
        notes.append(
            f"{len(shared):,} {_plural(shared, 'name is', 'names are')} shared by several areas;"
            f" we added the code to tell them apart: {example}."
        )
    areas = [
        OutlineArea(
            code,
            told[code],
            found.others[rows[at[0]]],
            outlines[at[0]] if len(at) == 1 else union_of([outlines[i] for i in at]),
        )
        for code, at in parts.items()
    ]
    return areas, notes


def _join_notes(
    found: Identities,
    rows: Sequence[int],
    parts: Mapping[str, Sequence[int]],
    names: Mapping[str, str],
) -> list[str]:
    several = [names[code] for code, at in parts.items() if len(at) > 1]
    if not several:
        return []
    word = (
        "name" if any(found.made[rows[at[0]]] for at in parts.values() if len(at) > 1) else "code"
    )
    verb = _plural(several, "area stands", "areas stand")
    return [counted(several, f"{verb} in several parts with one {word}; we joined the parts")]


def _told_apart(names: Mapping[str, str]) -> tuple[dict[str, str], set[str]]:
    """Names by code, with the code added where several areas have the name."""
    often = Counter(names.values())
    shared = {name for name, times in often.items() if times > 1}
    return {c: f"{n} ({c})" if n in shared else n for c, n in names.items()}, shared


def counted(things: Sequence[str], said: str) -> str:
    """One line for one kind of thing: how many, what is said of them, and the first three."""
    first = ", ".join(things[:3])
    more = f" and {len(things) - 3:,} more" if len(things) > 3 else ""
    return f"{len(things):,} {said}: {first}{more}."


def _plural(things: Sequence[str] | set[str], one: str, many: str) -> str:
    return one if len(things) == 1 else many


def column_notes(columns: OutlineColumns, made: Sequence[bool]) -> list[str]:
    """What was taken for codes and names, and the second best."""
    from provision.io.problems import shown

    notes = []
    if columns.code.field:
        notes.append(f"Codes are in the column {shown(columns.code.field)}{_second(columns.code)}.")
        if any(made):
            many = sum(made)
            notes.append(
                f"{many:,} {'row has' if many == 1 else 'rows have'} no code; we made one."
            )
    elif columns.name.field:
        notes.append("No column holds codes. We made codes from the names.")
    if columns.name.field:
        notes.append(f"Names are in the column {shown(columns.name.field)}{_second(columns.name)}.")
    elif columns.code.field:
        notes.append("No column holds names. The codes serve as names.")
    else:
        notes.append("No column holds codes or names. We numbered the areas in their order.")
    return notes


def _second(choice: ColumnChoice) -> str:
    from provision.io.problems import shown

    if choice.chosen or choice.runner_up is None:
        return ""
    return f" (the next best is {shown(choice.runner_up)})"
