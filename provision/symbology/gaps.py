"""How gaps are marked, in the chart and on the map of what is missing: what is absent as on the
coverage maps, and darker where more need stands behind it; what is thin in pale colours."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING

from provision.coverage.need import Gap, gaps
from provision.coverage.status import Status, coverage
from provision.io.figures import Indicator
from provision.links.query import Query
from provision.record import Record
from provision.symbology.coverage import BY_STATUS, PALE, Drawn, MapClass, drawn_classes, tally
from provision.text.labels import GAP_WORDS

if TYPE_CHECKING:
    import pandas as pd

GAPS = {
    Gap.NONE: BY_STATUS[Status.NONE],
    Gap.LAPSED: BY_STATUS[Status.LAPSED],
    Gap.NOT_STATED: BY_STATUS[Status.NOT_STATED],
    Gap.ONE_TO_ONE_ONLY: MapClass("one_to_one", "", "", PALE, "rising"),
    Gap.LAPSING_SOON: MapClass("lapsing_soon", "", "", "#f5c13d", "upright", "#8a6a10"),
    Gap.ONE_PROVIDER: MapClass("one_provider", "", "", "#8fb4d6"),
}
GAPS = {gap: replace(kind, label=GAP_WORDS[gap].capitalize()) for gap, kind in GAPS.items()}
MISSING = (Gap.NONE, Gap.LAPSED, Gap.NOT_STATED)
# Of an area with none, by how much need there is behind it: least first.
SHADES = ("#e79b83", "#c8472a", "#7f1d10")
# What is covered is quiet on the map of what is missing.
_QUIET = {
    Gap.ONE_TO_ONE_ONLY: MapClass("one_to_one", "", "", PALE, "rising", "#6f7b86"),
    Gap.LAPSING_SOON: MapClass("lapsing_soon", "", "", "#fbe8b4", "upright", "#8a6a10"),
    Gap.ONE_PROVIDER: MapClass("one_provider", "", "", "#bcd0e4"),
}
_NO_GAP = MapClass("no_gap", "No gap found", "", "#ffffff")


def gaps_drawn(record: Record, query: Query) -> Drawn:
    """The map of what is missing on a view's day: areas with none, shaded by the chosen need, then
    ended, not known, and what is thin."""
    found = gaps(record, query.on, query.need)
    table = coverage(record, query.on)
    own = dict(zip(map(str, found.index), found["gap"], strict=True))
    measure = record.indicators_by_id.get(query.need or "")
    shade = _shades(found[found["gap"] == Gap.NONE]["need"], measure)
    kinds = {str(code): _kind(str(code), own, shade, table) for code in table.index}
    order = [*(f"none_{n}" for n in (3, 2, 1)), *(k.id for k in _plain().values())]
    classes = []
    for kind in sorted(set(kinds.values()), key=order.index):
        members = [code for code, known in kinds.items() if known == kind]
        look = _look(kind, shade, measure, record)
        classes.append(replace(look, count=tally(record, members)))
    said = {code: _said(code, found, own, measure) for code in kinds}
    return drawn_classes(classes, kinds, said)


def _plain() -> dict[Gap | None, MapClass]:
    found: dict[Gap | None, MapClass] = {gap: GAPS[gap] for gap in MISSING}
    found |= {g: replace(k, label=GAP_WORDS[g].capitalize()) for g, k in _QUIET.items()}
    return {**found, None: _NO_GAP}


Shade = dict[str, tuple[int, float, float]]  # by code: which shade, and what that reaches from, to


def _shades(need: pd.Series, measure: Indicator | None) -> Shade:
    """The areas with none in up to three groups of about the same size, by the chosen need."""
    stated = need.dropna().sort_values()
    if stated.nunique() < len(SHADES):
        return {}
    if measure and measure.higher_means == "less need":
        stated = stated[::-1]
    size = len(stated) / len(SHADES)
    groups: list[list[tuple[str, float]]] = [[] for _ in SHADES]
    for place, (code, value) in enumerate(stated.items()):
        groups[min(int(place / size), len(SHADES) - 1)].append((str(code), float(value)))
    found: Shade = {}
    for n, group in enumerate(groups, 1):
        values = [value for _, value in group]
        found |= {code: (n, min(values), max(values)) for code, _ in group}
    return found


def _kind(code: str, own: dict[str, Gap], shade: Shade, table: pd.DataFrame) -> str:
    gap = own.get(code)
    if gap is Gap.NONE and code in shade:
        return f"none_{shade[code][0]}"
    if gap is None and table.at[code, "status"] is Status.NOT_STATED:
        gap = Gap.NOT_STATED  # not counted, and drawn
    return _plain()[gap].id


def _look(kind: str, shade: Shade, measure: Indicator | None, record: Record) -> MapClass:
    if not kind.startswith("none_") or measure is None:
        return next(look for look in _plain().values() if look.id == kind)
    n, low, high = next(s for s in shade.values() if s[0] == int(kind[-1]))
    span = number_span(low, high, measure.decimals)
    return replace(
        GAPS[Gap.NONE],
        id=kind,
        label=f"No contracted service, {span}",
        fill=SHADES[n - 1],
        ink="#16202a",
    )


def number_span(low: float, high: float, decimals: int) -> str:
    """From one number to another; one number where they are the same.

    >>> number_span(69406, 81527, 0), number_span(3.5, 3.5, 1)
    ('69,406 to 81,527', '3.5')
    """
    return f"{low:,.{decimals}f} to {high:,.{decimals}f}" if low != high else f"{low:,.{decimals}f}"


def _said(code: str, found: pd.DataFrame, own: dict[str, Gap], measure: Indicator | None) -> str:
    """What is said of an area when it is pointed at: the kind of gap, and the chosen need."""
    if code not in own:
        return "no gap found"
    row = found.loc[code].to_dict()
    words = ", ".join(GAP_WORDS[gap] for gap in (row["gap"], *row["also"]))
    if measure is None:
        return words
    value = "not known" if isnan(row["need"]) else f"{row['need']:,.{measure.decimals}f}"
    return f"{words}. {measure.short_label}: {value}"
