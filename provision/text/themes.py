"""The sentences about themes, partners and what themes have in common. As in
:mod:`provision.text.coverage`, each is written once."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from provision.coverage.status import Count
from provision.record import Record
from provision.schema.services import NOT_STATED, Reference, Region
from provision.schema.themes import GradeLevel, Line, Theme, Where
from provision.text.coverage import (
    FEW,
    Sourced,
    as_at,
    listing,
    number,
    region_words,
    term,
    women_range_text,
)
from provision.themes.partners import Reliance, in_services, name_of, reliances
from provision.themes.reach import (
    REACHED,
    Carriers,
    ThemeCoverage,
    Together,
    carriers,
    intersection,
    lines_with,
    overview,
    placed,
    reach,
    reach_counts,
    reached,
    together,
    together_counts,
    women_together,
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
        return _nothing_reached(record, on)
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


def _nothing_reached(record: Record, on: date) -> str:
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
    total = sum(counts.values())
    there = sum(counts[r] for r in REACHED)
    if counts[ThemeCoverage.NOT_STATED] == total:
        return (
            f"as at {as_at(record, on)} it is not stated which of {region.name}'s {total}"
            f" {region.areas} a contract reached for it"
        )
    kind = (
        "with a target for it"
        if counts[ThemeCoverage.TARGET]
        else "named for it, without a target,"
    )
    if counts[ThemeCoverage.TARGET] and counts[ThemeCoverage.PROVISION]:
        kind = f"for it (in {number(counts[ThemeCoverage.PROVISION])} without a target)"
    start = (
        f"as at {as_at(record, on)} contracts {kind} reach {number(there) if there < 10 else there}"
        f" of {region.name}'s {total} {region.areas}"
    )
    if not there:
        start = (
            f"as at {as_at(record, on)} no active contract reaches any of {region.name}'s {total}"
            f" {region.areas} for it"
        )
    lapsed, other, none = (
        counts[r] for r in (ThemeCoverage.LAPSED, ThemeCoverage.NOT_NAMED, ThemeCoverage.NONE)
    )
    parts = [f"{number(lapsed)} {'has' if lapsed == 1 else 'have'} lapsed"] if lapsed else []
    parts += [f"{number(other)} {'has' if other == 1 else 'have'} other contracts"] if other else []
    parts += (
        [f"{number(none)} {'has' if none == 1 else 'have'} no contracted service"] if none else []
    )
    opened = list(
        table.loc[table["counted"] & (table["reach"] == ThemeCoverage.NOT_STATED), "name"]
    )
    parts += (
        [
            f"for {listing(opened) if len(opened) <= FEW else number(len(opened))} the source does"
            " not say"
        ]
        if opened
        else []
    )
    return f"{start}; {', '.join(parts)}" if parts else start


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
        row = record.codes.get_loc(code)
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


def chosen_titles(record: Record, themes: Sequence[str]) -> str:
    """The titles of some themes in running text."""
    return listing(record.themes_by_id[t].title for t in themes)


def together_headline(record: Record, themes: Sequence[str], on: date) -> str:
    """In how many areas contracts cover all, some or none of several themes, as ranges, with the
    women where there is none."""
    table, region = intersection(record, themes, on), record.file.region
    counts, women = together_counts(table), women_together(record, table)
    total = sum(len(codes) for codes in together(table).values())
    every = {1: "it", 2: "both"}.get(len(themes), f"all {number(len(themes))}")
    parts = [f"a contract covers {every} in {counts[Together.ALL]}"]
    if len(themes) > 1:
        parts.append(f"{'one' if len(themes) == 2 else 'some'} in {counts[Together.SOME]}")
    if counts[Together.LAPSED].high:
        parts.append(f"lapsed in {counts[Together.LAPSED]}")
    parts.append(
        f"none in {counts[Together.NONE]}, home to {women_range_text(women[Together.NONE], region)}"
    )
    unnamed = [t for t in themes if not carriers(record, record.themes_by_id[t]).ids]
    where = (
        f" No contract anywhere is named for {chosen_titles(record, unnamed)}." if unnamed else ""
    )
    return (
        f"{chosen_titles(record, themes)}: of {region.name}'s {total} {region.areas}, as at"
        f" {as_at(record, on)}, {', '.join(parts)}.{where}"
    )


def every_theme_sentence(record: Record, on: date) -> str:
    """In how many areas there is a contract for every theme that any area has a contract for."""
    every, region = placed(record, on), record.file.region
    if not every:
        return _nothing_reached(record, on)
    count = together_counts(intersection(record, every, on))[Together.ALL]
    who = f"{count} {region.area} has" if count == Count(1, 1) else f"{count} {region.areas} have"
    which = "the one theme" if len(every) == 1 else f"every one of the {number(len(every))} themes"
    return f"{who} a contract for {which} that any {region.area} has a contract for."


def beside_sentences(record: Record, themes: Sequence[str]) -> list[str]:
    """What is not on the map of several themes: provision without an area of its own, and themes
    that no contract is named for."""
    region = record.file.region
    groups = {
        f"{region.name}-wide provision, counted for no {region.area}": [
            t for t in themes if lines_with(record.themes_by_id[t], Where.REGION_WIDE)
        ],
        f"Provision whose area is not stated, so that a {region.area} without a contract may still have it": [
            t for t in themes if lines_with(record.themes_by_id[t], Where.AREA_NOT_STATED)
        ],
        f"No contract is named for it in any {region.area}": [
            t for t in themes if not carriers(record, record.themes_by_id[t]).ids
        ],
    }
    return [f"{what}: {chosen_titles(record, found)}." for what, found in groups.items() if found]


def lacking_sentence(record: Record, themes: Sequence[str], on: date) -> str:
    """Which areas have a contract for none of several themes."""
    table, region = intersection(record, themes, on), record.file.region
    names = [record.by_code[c].name for c in together(table)[Together.NONE]]
    titles = [f"“{record.themes_by_id[t].title}”" for t in themes]
    of = {1: titles[0], 2: " nor for ".join(titles)}.get(
        len(themes), f"any of the {number(len(themes))} themes"
    )
    if not names and not any(
        codes for kind, codes in together(table).items() if kind is not Together.NOT_STATED
    ):
        return (
            f"The source does not say which {region.areas} lack a contract for"
            f" {'it' if len(themes) == 1 else 'them'} as at {as_at(record, on)}."
        )
    if not names:
        return (
            f"Every {region.area} has a contract for"
            f" {'it' if len(themes) == 1 else 'at least one of them'}, has lapsed, or is not"
            " stated."
        )
    who = (
        f"one {region.area} has" if len(names) == 1 else f"{number(len(names))} {region.areas} have"
    )
    return (
        f"{who[0].upper()}{who[1:]} {'neither a' if len(themes) == 2 else 'no'} contract for"
        f" {of}{': ' + listing(names) if names else ''}."
    )


def partners_headline(record: Record) -> str:
    """How many organisations carry the contracted services, and which are in several."""
    found = in_services(record)
    most = [name_of(record, o) for o, services in found.items() if len(services) > 1]
    n = len(record.services)
    if not found:
        return "The record names no organisation in a contracted service."
    several = (
        f"; {listing(most)} {'is' if len(most) == 1 else 'are'} in more than one" if most else ""
    )
    who = (
        "One organisation leads, oversees or shares"
        if len(found) == 1
        else f"{number(len(found)).capitalize()} organisations lead, oversee or share"
    )
    return f"{who} in the {number(n)} contracted {'service' if n == 1 else 'services'}{several}."


def reliance_sentence(record: Record, found: Reliance) -> str:
    """Whom a theme's provision rests on."""
    title = record.themes_by_id[found.theme].title
    if not found.named:
        return f"{title}: the source speaks of provision and names nobody."
    rest = ", and from others that it does not name" if found.others else ""
    alone = " alone" if len(found.named) == 1 and not found.others else ""
    return (
        f"{title}: what the source describes comes from"
        f" {listing(name_of(record, o) for o in found.named)}{alone}{rest}."
    )


def single_partner_sentence(record: Record) -> str:
    """The themes for which the source names one organisation only as providing."""
    found = [r for r in reliances(record) if len(r.named) == 1]
    if not found:
        return "For no theme is one organisation alone named as providing."
    alone, others = (
        [record.themes_by_id[r.theme].title for r in found if r.others is more]
        for more in (False, True)
    )
    parts = [listing(alone)] * bool(alone) + [
        f"{listing(others)} (others are spoken of there, and not named)"
    ] * bool(others)
    return (
        f"For {number(len(found))} {'theme' if len(found) == 1 else 'themes'} one organisation"
        f" alone is named as providing: {'; '.join(parts)}."
    )


def reached_names(record: Record, theme: str, on: date) -> list[str]:
    """The names of the areas that contracts reach for a theme."""
    return [record.by_code[c].name for c in reached(reach(record, theme, on))]


def pathway_headline(record: Record, stage: str | None) -> str:
    """The question for one stage of the pathway; for all of them, what the page is about and
    when."""
    if stage:
        return next(s.question for s in record.themes_file.pathway if s.id == stage)
    titles = [s.title.lower() for s in record.themes_file.pathway]
    return (
        f"Beyond the map, from {titles[0]} to {titles[-1]}: what the source describes and how far"
        f" it reaches, as at {record.file.region.as_at}"
    )
