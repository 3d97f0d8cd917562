"""The sentences about themes, partners and what themes have in common. As in
:mod:`provision.text.coverage`, each is written once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from provision.english import FEW, listing
from provision.record import Record
from provision.schema.services import NOT_STATED, Reference, Region
from provision.schema.themes import GradeLevel, Line, Theme, Where
from provision.text.headings import Heading
from provision.text.wording import Sourced, as_at, counted_areas, region_words, term
from provision.themes.reach import (
    REACHED,
    Carriers,
    ThemeCoverage,
    carriers,
    lines_with,
    overview,
    placed,
    reach,
    reach_counts,
    reached,
)

_GRADE_CLAUSES = {
    GradeLevel.NONE_DESCRIBED: "no provision described",
    GradeLevel.LITTLE_OR_NONE: "little or no provision",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "significant unmet need likely",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "limited or insufficient provision",
    GradeLevel.TARGET_OR_PROVISION: "no shortage reported",
}
_WHERE_WORDS = {
    Where.NAMED_IN_CONTRACT: "{areas} named in the contracts",
    Where.REGION_WIDE: "{region}-wide",
    Where.NAMED_SITE: "at a named site",
    Where.AREA_NOT_STATED: "area not stated",
}


def themes_heading(record: Record, on: date) -> Heading:
    """For how many themes the source describes little or no provision, and which those are."""
    table = overview(record, on)
    if not len(table):
        return Heading(f"{region_words(record)}: no themes are recorded", "")
    named = {
        words: list(table.loc[table["grade"] == level, "title"]) for level, words in _WORST.items()
    }
    total, n = len(table), sum(map(len, named.values()))
    headline = f"The source describes little or no provision for {n} of {total} {_themes(total)}"
    if not n:
        headline = "No theme is described as having little or no provision"
    parts = [f"{words}: {listing(titles)}." for words, titles in named.items() if titles]
    return Heading(headline, " ".join(parts))


_WORST = {
    GradeLevel.NONE_DESCRIBED: "No provision described",
    GradeLevel.LITTLE_OR_NONE: "Little or none",
}


def reach_heading(record: Record, on: date) -> Heading:
    """For how many themes a contract reaches an area, for how many it does not any more or may, and
    for how many none can be placed."""
    table, region = overview(record, on), record.file.region
    now, date_line = placed(record, on), f"Date: {as_at(record, on)}."
    if not now:
        return Heading(nothing_reached(record, on), date_line)
    carried, total = int(table["carried"].sum()), len(table)
    ended, unplaced = carried - len(now), total - carried
    parts = [date_line]
    if ended:
        parts.append(f"For {ended} more, contracts have ended or are not known.")
    if unplaced:
        parts.append(f"We cannot map provision for {unplaced} {_themes(unplaced)}.")
    headline = (
        f"Contracts reach at least one {region.area} for {len(now)} of {total} {_themes(total)}"
    )
    return Heading(headline, " ".join(parts))


def reach_words(record: Record, row: Mapping[Hashable, Any]) -> str:
    """How many areas contracts reach for a theme, in few words; ``row`` is one of
    :func:`provision.themes.reach.overview`."""
    areas, total = record.file.region.areas, int(record.counted.sum())
    if row["open"] == total:
        return "not known"
    if not row["carried"]:
        return "cannot be mapped"
    said = f"{len(row['reached'])} of {total} {areas}"
    if row["lapsed"]:
        return f"{said}; ended in {row['lapsed']}"
    return said if row["with_target"] or not row["reached"] else f"{said}, no target"


def _themes(n: int) -> str:
    return "theme" if n == 1 else "themes"


def nothing_reached(record: Record, on: date) -> str:
    """What to say where no active contract reaches any area: the source does not say, or there is
    none."""
    carried = overview(record, on).query("carried")
    region = record.file.region
    if (carried["open"] == int(record.counted.sum())).any():
        return f"We do not know which {region.areas} contracts reach for themes"
    return f"We know of no active contract for a theme in any {region.area}"


def theme_heading(record: Record, theme: Theme, on: date) -> Heading:
    """What the source says of provision for a theme, which areas contracts reach for it, and what
    has no stated area."""
    own = carriers(record, theme)
    parts = [
        reach_line(record, theme, on)
        if own.ids
        else f"No contract is named for this theme in any {record.file.region.area}."
    ]
    beside = _beside(record.file.region, theme, bool(own.ids))
    line = " ".join([*parts, beside] if beside else parts)
    return Heading(f"{theme.title}: {_GRADE_CLAUSES[theme.grade.level]}", line)


def reach_line(record: Record, theme: Theme, on: date) -> str:
    """Which areas active contracts reach for a theme, and what the others have."""
    table, region = reach(record, theme.id, on), record.file.region
    counts = reach_counts(table)
    parts = [f"Date: {as_at(record, on)}.", _reached_words(counts, region)]
    parts += [
        f"{words}: {counts[kind]} {counted_areas(region, counts[kind])}."
        for kind, words in _OTHERWISE.items()
        if counts[kind]
    ]
    opened = list(
        table.loc[table["counted"] & (table["reach"] == ThemeCoverage.NOT_STATED), "name"]
    )
    if opened:
        which = listing(opened) if len(opened) <= FEW else f"{len(opened)} {region.areas}"
        parts.append(f"Not known: {which}.")
    return " ".join(parts)


_OTHERWISE = {
    ThemeCoverage.LAPSED: "Contract ended",
    ThemeCoverage.NOT_NAMED: "Other contracts only",
    ThemeCoverage.NONE: "No contracted service",
}


def _reached_words(counts: Mapping[ThemeCoverage, int], region: Region) -> str:
    total, there = sum(counts.values()), sum(counts[r] for r in REACHED)
    whole = f"{region.name}'s {total} {region.areas}"
    if counts[ThemeCoverage.NOT_STATED] == total:
        return f"We do not know which of {whole} a contract reaches."
    if not there:
        return f"No active contract for this theme reaches any of {whole}."
    target, without = counts[ThemeCoverage.TARGET], counts[ThemeCoverage.PROVISION]
    kind = "with a target" if target else "without a target"
    more = f", {without} of them without a target" if target and without else ""
    return f"Contracts {'' if more else f'{kind} '}reach {there} of {whole}{more}."


def _beside(region: Region, theme: Theme, further: bool) -> str:
    wide, nowhere = lines_with(theme, Where.REGION_WIDE), lines_with(theme, Where.AREA_NOT_STATED)
    what = "Further provision" if further else "The provision described"
    places = [f"is {region.name}-wide"] * bool(wide) + [f"is in {region.areas} not known"] * bool(
        nowhere
    )
    return f"{what} {' or '.join(places)}." if places else ""


def theme_why(record: Record, theme: Theme, code: str, on: date) -> list[Sourced]:
    """Why an area has its place on a theme's map: what contracts say there, and what the theme has
    beside the contracts."""
    row = reach(record, theme.id, on).loc[code]
    kind, name = ThemeCoverage(str(row["reach"])), record.by_code[code].name
    own = [record.services_by_id[i] for i in _behind(carriers(record, theme), kind, row.to_dict())]
    refs = [r for s in own for r in (*s.service_area.ref, *s.contract.ref)]
    refs += [
        r
        for t in theme.targets
        for r in record.targets_by_id[t].ref
        if kind is ThemeCoverage.TARGET
        and set(record.targets_by_id[t].services) & set(row["services"])
    ]
    refs += [
        r
        for line in theme.provision
        for r in line.ref
        if kind is ThemeCoverage.PROVISION and set(line.services) & set(row["services"])
    ]
    services = listing(f"{s.name} ({term(s.contract.start, s.contract.end)})" for s in own)
    text = _reach_verdict(kind, name, theme.title, services, as_at(record, on))
    found = [Sourced(text, tuple(dict.fromkeys([*refs, *_absence_refs(record, kind, code)])))]
    for where, words in (
        (Where.REGION_WIDE, f"{record.file.region.name}-wide"),
        (Where.AREA_NOT_STATED, "in areas that are not stated"),
    ):
        lines = lines_with(theme, where)
        if lines:
            who = "; ".join(f"{who_words(line)}: {line.what}" for line in lines)
            found.append(
                Sourced(
                    f"Beside the contracts, {words}: {who}.",
                    tuple(dict.fromkeys(r for line in lines for r in line.ref)),
                )
            )
    return found


def _behind(own: Carriers, kind: ThemeCoverage, row: Mapping[Hashable, Any]) -> Sequence[str]:
    """The ids of the services that an area's place on a theme's map rests on."""
    if kind is ThemeCoverage.TARGET:
        return [i for i in row["services"] if i in own.target]
    column = {
        ThemeCoverage.PROVISION: "services",
        ThemeCoverage.LAPSED: "ended",
        ThemeCoverage.NOT_STATED: "unsure",
    }.get(kind)
    return row[column] if column else []


def place_words(record: Record, where: Where) -> str:
    """Where something is to be had, in the words of the region."""
    region = record.file.region
    return _WHERE_WORDS[where].format(areas=region.areas, region=region.name)


def who_words(line: Line) -> str:
    """Whom a line of provision names."""
    return "provider not named" if line.who == NOT_STATED else line.who


def _reach_verdict(kind: ThemeCoverage, name: str, title: str, services: str, when: str) -> str:
    return {
        ThemeCoverage.TARGET: (
            f"As at {when}, a contract that names {name} carries a target for “{title}”:"
            f" {services}."
        ),
        ThemeCoverage.PROVISION: (
            f"As at {when}, a contract that names {name} is named for “{title}”, without a target:"
            f" {services}."
        ),
        ThemeCoverage.LAPSED: (
            f"By {when}, every contract for “{title}” that named {name} has ended: {services}. The"
            " source does not say what followed."
            if services != listing([])
            else (
                f"By {when}, every contract that named {name} has ended, and none of them was named"
                f" for “{title}”."
            )
        ),
        ThemeCoverage.NOT_NAMED: (
            f"Contracts name {name}, and none of them is named for “{title}”. That does not mean"
            " that there is nothing."
        ),
        ThemeCoverage.NONE: (
            f"The source lists {name} as having no contracted service, so no contract reaches it"
            f" for “{title}”."
        ),
        ThemeCoverage.NOT_STATED: (
            f"As at {when} it is not stated whether a contract reaches {name} for “{title}”."
        ),
    }[kind]


def _absence_refs(record: Record, kind: ThemeCoverage, code: str) -> tuple[Reference, ...]:
    """Where it is said what an area has, when no contract reaches it for a theme."""
    if kind in (ThemeCoverage.NOT_NAMED, ThemeCoverage.LAPSED):
        row = record.row_of[code]
        return tuple(
            r
            for j, s in enumerate(record.services)
            if record.service_area_matrix[row, j]
            for r in s.service_area.ref
        )
    return (
        record.file.areas_without_service.ref
        if kind in (ThemeCoverage.NONE, ThemeCoverage.NOT_STATED)
        else ()
    )


def reached_names(record: Record, theme: str, on: date) -> list[str]:
    """The names of the areas that contracts reach for a theme."""
    return [record.by_code[c].name for c in reached(reach(record, theme, on))]
