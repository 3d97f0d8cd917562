"""The sentences about themes, partners and what themes have in common. As in
:mod:`provision.text.coverage`, each is written once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from provision.english import FEW, listing, number
from provision.record import Record
from provision.schema.services import NOT_STATED, Reference, Region
from provision.schema.themes import GradeLevel, Line, Theme, Where
from provision.text.wording import Sourced, as_at, region_words, term
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
    GradeLevel.NONE_DESCRIBED: "the source describes no provision",
    GradeLevel.LITTLE_OR_NONE: "the source says that there is little or no provision",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "the source thinks significant unmet need likely",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "the source calls provision limited or insufficient",
    GradeLevel.TARGET_OR_PROVISION: "the passage on provision names no shortage",
}
_WHERE_WORDS = {
    Where.NAMED_IN_CONTRACT: "{areas} named in the contracts",
    Where.REGION_WIDE: "{region}-wide",
    Where.NAMED_SITE: "at a named site",
    Where.AREA_NOT_STATED: "area not stated",
}


def themes_headline(record: Record, on: date) -> str:
    """How the themes stand, in one sentence: how many have each grade, and for how many a contract
    reaches any area."""
    table = overview(record, on)
    counts = {level: int((table["grade"] == level).sum()) for level in GradeLevel}
    if not len(table):
        return f"The record of {region_words(record)} says nothing theme by theme."
    parts = [
        f"{number(n)} {'has' if n == 1 else 'have'} {_GRADE_NOUNS[level]}"
        for level, n in counts.items()
        if n
    ]
    return (
        f"Of the source's {len(table)} {'theme' if len(table) == 1 else 'themes'},"
        f" {', '.join(parts)}."
    )


_GRADE_NOUNS = {
    GradeLevel.NONE_DESCRIBED: "no provision described",
    GradeLevel.LITTLE_OR_NONE: "little or none",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "significant unmet need likely",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "provision called limited or insufficient",
    GradeLevel.TARGET_OR_PROVISION: "a target or provision and no shortage named with it",
}


def reach_headline(record: Record, on: date) -> str:
    """For how many themes a contract reaches an area, for how many it does not any more or may, and
    for how many none can be placed."""
    table, region = overview(record, on), record.file.region
    reached_now = placed(record, on)
    if not reached_now:
        return nothing_reached(record, on)
    carried = int(table["carried"].sum())
    parts = (
        [f"for {number(carried - len(reached_now))} more they have ended or it is not stated"]
        if carried > len(reached_now)
        else []
    )
    parts += (
        [f"for {number(len(table) - carried)} none can be placed on a map"]
        if len(table) > carried
        else []
    )
    whole = (
        f"{number(len(reached_now))} of {len(table)} themes" if len(table) > 1 else "the one theme"
    )
    return (
        "; ".join(
            [
                (
                    f"As at {as_at(record, on)}, contracts reach at least one {region.area} for"
                    f" {whole}"
                ),
                *parts,
            ]
        )
        + "."
    )


def nothing_reached(record: Record, on: date) -> str:
    """What to say where no active contract reaches any area: the source does not say, or there is
    none."""
    carried = overview(record, on).query("carried")
    region = record.file.region
    if (carried["open"] == int(record.counted.sum())).any():
        return (
            f"The source does not say which {region.areas} contracts reached for a theme as at"
            f" {as_at(record, on)}."
        )
    return (
        f"As at {as_at(record, on)}, no contract that the record knows of is active for a theme in"
        f" any {region.area}."
    )


def gap_sentence(record: Record, theme: Theme, on: date) -> str:
    """What the source says of provision for a theme, which areas contracts reach for it, and what
    has no stated area."""
    own = carriers(record, theme)
    parts = [f"{theme.title}: {_GRADE_CLAUSES[theme.grade.level]}"]
    parts.append(
        reach_clause(record, theme, on)
        if own.ids
        else f"no contract is named for it in any {record.file.region.area}"
    )
    beside = _beside(record.file.region, theme, bool(own.ids))
    return "; ".join([*parts, beside] if beside else parts) + "."


def reach_clause(record: Record, theme: Theme, on: date) -> str:
    """Which areas active contracts reach for a theme."""
    table, region = reach(record, theme.id, on), record.file.region
    counts = reach_counts(table)
    day, total = as_at(record, on), sum(counts.values())
    there = sum(counts[r] for r in REACHED)
    if counts[ThemeCoverage.NOT_STATED] == total:
        return (
            f"as at {day} it is not stated which of {region.name}'s {total} {region.areas} a"
            " contract reached for it"
        )
    start = (
        f"as at {day} contracts {_named_how(counts)} reach"
        f" {number(there) if there < 10 else there} of {region.name}'s {total} {region.areas}"
    )
    if not there:
        start = (
            f"as at {day} no active contract reaches any of {region.name}'s {total} {region.areas}"
            " for it"
        )
    unsaid = table["counted"] & (table["reach"] == ThemeCoverage.NOT_STATED)
    parts = _not_reached(counts, list(table.loc[unsaid, "name"]))
    return f"{start}; {', '.join(parts)}" if parts else start


def _named_how(counts: Mapping[ThemeCoverage, int]) -> str:
    """Whether the contracts that reach areas carry a target for the theme."""
    if not counts[ThemeCoverage.TARGET]:
        return "named for it, without a target,"
    if counts[ThemeCoverage.PROVISION]:
        return f"for it (in {number(counts[ThemeCoverage.PROVISION])} without a target)"
    return "with a target for it"


def _not_reached(counts: Mapping[ThemeCoverage, int], unsaid: Sequence[str]) -> list[str]:
    """The areas that no contract reaches, by why; ``unsaid`` are the names of those of which the
    source does not say."""
    lapsed, other, none = (
        counts[r] for r in (ThemeCoverage.LAPSED, ThemeCoverage.NOT_NAMED, ThemeCoverage.NONE)
    )
    parts = [f"{number(lapsed)} {'has' if lapsed == 1 else 'have'} lapsed"] if lapsed else []
    if other:
        parts.append(f"{number(other)} {'has' if other == 1 else 'have'} other contracts")
    if none:
        parts.append(f"{number(none)} {'has' if none == 1 else 'have'} no contracted service")
    if unsaid:
        which = listing(unsaid) if len(unsaid) <= FEW else number(len(unsaid))
        parts.append(f"for {which} the source does not say")
    return parts


def _beside(region: Region, theme: Theme, further: bool) -> str:
    wide, nowhere = lines_with(theme, Where.REGION_WIDE), lines_with(theme, Where.AREA_NOT_STATED)
    what = "further provision" if further else "the provision described"
    places = [f"is {region.name}-wide"] * bool(wide) + ["has no stated area"] * bool(nowhere)
    return f"{what} {' or '.join(places)}" if places else ""


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
    return "somebody not named" if line.who == NOT_STATED else line.who


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
