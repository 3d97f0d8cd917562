"""Which column of a file of outlines holds the codes, and which the names: by heading and content.

A heading alone misleads (``AREA_CODE`` may hold the kind of area, the same for all), and content
alone does too (a row's number is as distinct as a code). Both are weighed; the second best is told,
so that a person can choose it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provision.regions.area_codes import GSS_CODE

_ONS_CODE = re.compile(r"[a-z]{2,7}\d{2}cd", re.IGNORECASE)
_ONS_NAME = re.compile(r"[a-z]{2,7}\d{2}nm", re.IGNORECASE)
_ONS_WELSH = re.compile(r"[a-z]{2,7}\d{2}nmw|name_?(cy|w|welsh)", re.IGNORECASE)
_CODES = {
    *("code", "areacd", "areacode", "gss", "gsscode", "onscode", "ladcode", "ladcd", "geoid"),
    *("fips", "geographycode", "codeons", "inseecode", "ags", "nutsid", "lsoacode", "geocode"),
}
_IDENTIFIERS = {"id", "ref", "reference", "geoid10", "geoid20", "areaid", "key"}
_NAMES = {
    *("name", "areanm", "areaname", "nm", "ladname", "ladnm", "label", "title", "wardname"),
    *("borough", "district", "authority", "namelsad", "county", "ward", "council", "nameen"),
}
_ROW_NUMBERS = re.compile(
    r"(ogc_?)?fid\d*|object_?id\d*|global_?id|gml_?id|cartodb_?id|shape_?\w*|uuid|.*guid|gid|row\w*",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r".*(file|descr|type|url|wkt|date|time|style|colou?r|icon|area$|hectares|population|length)",
    re.IGNORECASE,
)
_GENERATED = {  # by GDAL, where a KML file does not give them
    *("description", "timestamp", "begin", "end", "altitudemode", "tessellate", "extrude"),
    *("visibility", "draworder", "icon", "snippet"),
}
LEAST_CODE, LEAST_NAME = 3.5, 2.5
_LONGEST_CODE, _LONGEST_NAME = 24, 120


@dataclass(frozen=True)
class ColumnChoice:
    """A column, the second best, and whether a person chose it. None: no column will do."""

    field: str | None
    runner_up: str | None = None
    chosen: bool = False


@dataclass(frozen=True)
class OutlineColumns:
    """Where codes and names stand. ``other_names`` are columns with names in another language."""

    code: ColumnChoice
    name: ColumnChoice
    other_names: tuple[str, ...] = ()


def propose_columns(
    columns: Mapping[str, Sequence[str]],
    numeric: Sequence[str] = (),
    code_field: str | None = None,
    name_field: str | None = None,
) -> OutlineColumns:
    """Propose the columns of codes and names.

    Parameters
    ----------
    columns
        Every column's values as text, blank as ``""``, by heading; all of one length.
    numeric
        The headings of columns of numbers with a fraction, which are neither codes nor names.
    code_field, name_field
        What a person chose; these headings must be among the columns. An empty ``code_field``
        says that the file has no codes.

    Returns
    -------
    OutlineColumns
        ``code.field`` is None where no column holds codes: they are then made from the names.
    """
    usable = {k: v for k, v in columns.items() if k not in numeric and not _is_row_number(k)}
    codes = _ranked({k: _code_score(k, v) for k, v in usable.items()}, LEAST_CODE)
    code = _choice(codes, code_field)
    names = _ranked({k: _name_score(k, v, code.field) for k, v in usable.items()}, LEAST_NAME)
    name = _choice([n for n in names if n != code.field], name_field)
    other = tuple(
        k for k in usable if _ONS_WELSH.fullmatch(k) and k not in (name.field, code.field)
    )
    return OutlineColumns(code, name, other)


def same_column(known: str | None, headings: Sequence[str]) -> str | None:
    """The column that a heading of the edition before is called now: the same, but for its year.

    >>> same_column("LAD23CD", ["FID", "LAD24CD", "LAD24NM"])
    'LAD24CD'
    """
    if not known or known in headings:
        return known
    wanted = re.sub(r"\d+", "", known.casefold())
    found = [h for h in headings if re.sub(r"\d+", "", h.casefold()) == wanted]
    return found[0] if len(found) == 1 else None


def _choice(ranked: Sequence[str], chosen: str | None) -> ColumnChoice:
    if chosen is not None:
        others = [field for field in ranked if field != chosen]
        return ColumnChoice(chosen or None, others[0] if others else None, chosen=True)
    best, second = (*ranked, None, None)[:2]
    return ColumnChoice(best, second)


def _ranked(scores: Mapping[str, float], least: float) -> list[str]:
    """Headings from the best down; equals keep the order of the file."""
    return [k for k in sorted(scores, key=lambda k: -scores[k]) if scores[k] >= least]


def _is_row_number(heading: str) -> bool:
    return bool(_ROW_NUMBERS.fullmatch(heading)) or heading.casefold() in _GENERATED


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def _code_score(heading: str, values: Sequence[str]) -> float:
    filled = [v for v in values if v]
    if len(filled) < 0.9 * len(values) or not filled or max(map(len, filled)) > _LONGEST_CODE:
        return 0.0
    gss = sum(GSS_CODE.fullmatch(v) is not None for v in filled) / len(filled)
    score = 4 * gss + 2 * len(set(filled)) / len(filled) + _code_heading(heading)
    lengths = {len(v) for v in filled}
    digits = all(re.search(r"\d", v) for v in filled)
    score += 0.5 * (len(lengths) == 1 and digits)
    score -= 2 * any(" " in v for v in filled)
    return score - 2 * bool(_NEITHER.fullmatch(heading) and not gss)


def _code_heading(heading: str) -> float:
    plain = _plain(heading)
    if _ONS_CODE.fullmatch(heading) or plain in _CODES:
        return 3.0
    if plain in _IDENTIFIERS:
        return 2.0
    if plain.endswith(("code", "cd")):
        return 2.0
    return 1.0 if plain.endswith("id") else 0.0


def _name_score(heading: str, values: Sequence[str], code: str | None) -> float:
    filled = [v for v in values if v]
    if not filled or len(filled) < 0.5 * len(values):
        return 0.0
    lettered = sum(bool(re.search(r"[^\W\d_]{2}", v)) for v in filled) / len(filled)
    coded = sum(GSS_CODE.fullmatch(v) is not None for v in filled) / len(filled)
    mean = sum(map(len, filled)) / len(filled)
    if lettered < 0.5 or coded > 0.1 or mean > _LONGEST_NAME:
        return 0.0
    score = 2 * len(set(filled)) / len(filled) + _name_heading(heading) + 0.5 * (mean > 3)
    score += 3 * (code is not None and _stem(heading) == _stem(code) != "")
    return score - 3 * bool(_NEITHER.fullmatch(heading)) - 2 * any("_" in v for v in filled)


def _name_heading(heading: str) -> float:
    plain = _plain(heading)
    if _ONS_WELSH.fullmatch(heading):
        return 1.0
    if _ONS_NAME.fullmatch(heading):
        return 4.0
    if plain in _NAMES:
        return 3.5
    return 2.0 if "name" in plain or plain.endswith("nm") else 0.0


def _stem(heading: str) -> str:
    """What the headings of a code and its name share: ``LAD23`` of LAD23CD and LAD23NM."""
    return re.sub(r"(code|name|cd|nm)$", "", heading.casefold()).rstrip("_- ")
