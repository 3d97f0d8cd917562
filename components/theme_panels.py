"""The panels of the pages about themes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from components.area_map import send_outlines, shim
from components.markup import address, go, references, render, show
from components.panels import headline, women_source
from components.table import Cell, cell, link_cell, number_cell, table
from components.view import Seen
from provision.coverage import Basis, Period, period
from provision.need import women_in
from provision.query import Query
from provision.record import Record
from provision.schema import NOT_STATED, OutcomeTarget, Reference
from provision.sentences import FEW, as_at, listing, number, women_span, women_text
from provision.symbology.themes import small_maps
from provision.themes.partners import name_of
from provision.themes.reach import (
    LACKING,
    Reach,
    Together,
    carriers,
    intersection,
    lines_with,
    overview,
    overview_in,
    reach_counts,
    reach_in,
    reached,
    together,
    together_counts,
    women_reached,
    women_together,
)
from provision.themes.schema import GradeLevel, Line, Need, Theme, Where
from provision.themes.sentences import (
    GRADE_WORDS,
    REACH_WORDS,
    TOGETHER_WORDS,
    UNMET_WORDS,
    beside_sentences,
    every_theme_sentence,
    lacking_sentence,
    place_words,
    theme_why,
    who_words,
)

_GRADE_MARK = {
    GradeLevel.NONE_DESCRIBED: "○○○○",
    GradeLevel.LITTLE_OR_NONE: "●○○○",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "●●○○",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "●●●○",
    GradeLevel.TARGET_OR_PROVISION: "●●●●",
}
_GRADE_BRIEF = {
    GradeLevel.NONE_DESCRIBED: "none described",
    GradeLevel.LITTLE_OR_NONE: "little or none",
    GradeLevel.SIGNIFICANT_UNMET_NEED: "unmet need likely",
    GradeLevel.LIMITED_OR_INSUFFICIENT: "limited or insufficient",
    GradeLevel.TARGET_OR_PROVISION: "no shortage named",
}
_grid = st.components.v2.component("provision_theme_grid", html="<div></div>", js=shim("themeGrid"), isolate_styles=False)


def theme_matrix(record: Record, query: Query) -> None:
    """Every theme by what is known of it, worst first."""
    columns = ["Theme", "Provision", "Need", "Targets", f"{record.file.region.areas.capitalize()}", f"{record.file.region.name}-wide"]
    columns += ["Area not stated", "Unmet need", "Data gaps", "Said", "Steps"]
    caption = (
        f"The {len(record.themes)} themes, worst first, as at {as_at(record, query.on)}. ○○○○: nothing described; ●●●●: no shortage named, which does not mean "
    )
    caption += f"enough. {record.file.region.areas.capitalize()}: reached by a contract. Need: figures + statements. Said: in consultation."
    table(caption, columns, _matrix(record, period(record, query.on)), key="themes-matrix", compact=True)


@lru_cache(maxsize=64)
def _matrix(record: Record, when: Period) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for theme, row in overview_in(record, when).iterrows():
        place = list(GradeLevel).index(row["grade"])
        by_contract = f"{len(row['reached'])}" + (", no target" if row["with_provision"] and not row["with_target"] else "")
        rows.append(
            [
                link_cell(row["title"], address("themes", theme=str(theme))),
                cell(f"{_GRADE_MARK[row['grade']]} {_GRADE_BRIEF[row['grade']]}", place, "none" if place < 2 else None),
                cell(_evidence(row["figures"], row["statements"]), row["figures"], None),
                cell(str(len(row["targets"])) if row["targets"] else "– none", len(row["targets"])),
                cell(by_contract if row["reached"] else _unplaced(record, str(theme)), len(row["reached"])),
                cell("◍ yes" if row["london_wide"] else "–", int(row["london_wide"])),
                cell("? yes" if row["area_not_stated"] else "–", int(row["area_not_stated"])),
                cell(UNMET_WORDS[row["grade"]], place, "unstated" if UNMET_WORDS[row["grade"]] == NOT_STATED else None),
                number_cell(row["data_gaps"]),
                number_cell(row["feedback"]),
                number_cell(row["next_steps"]),
            ]
        )
    return rows


def _unplaced(record: Record, theme: str) -> str:
    """What to say where no active contract reaches any area: there was one, or none can be placed."""
    return "0, ended or not begun" if carriers(record, record.theme[theme]).ids else "none placed"


def _evidence(figures: int, statements: int) -> str:
    return f"{figures} + {statements}"


def theme_card(record: Record, query: Query) -> None:
    """The chosen theme: its grade with the reason, what contracts say, targets, and what stands beside the map."""
    st.html(_card(record, query.theme or "", period(record, query.on), as_at(record, query.on)))


@lru_cache(maxsize=128)
def _card(record: Record, theme_id: str, when: Period, words: str) -> str:
    theme, region = record.theme[theme_id], record.file.region
    rows = reach_in(record, theme_id, when)
    counts, women = reach_counts(rows), women_reached(record, rows)
    return render(
        "theme_card.html",
        title=theme.title,
        region=region,
        age=region.scope_minimum_age,
        when=words,
        mark="none" if list(GradeLevel).index(theme.grade.level) < 2 else "",
        grade=f"{_GRADE_MARK[theme.grade.level]} {GRADE_WORDS[theme.grade.level]}",
        reason=theme.grade.reason,
        reason_refs=references(record, theme.grade.ref),
        caution=theme.caution,
        rows=[{"label": REACH_WORDS[r].capitalize(), "count": n, "women": women_span(women[r])} for r, n in counts.items() if n or r is Reach.TARGET],
        without=_without(record, rows),
        lacking=[_lacking(record, r, reached(rows, r)) for r in (*LACKING, Reach.NOT_STATED) if reached(rows, r)],
        source=women_source(record),
        targets=[_target(record, record.target[t]) for t in theme.targets],
    )


def beside_map(record: Record, query: Query) -> None:
    """The chosen theme's provision that no map can colour, by how far the source says where."""
    st.html(_beside(record, query.theme or ""))


@lru_cache(maxsize=64)
def _beside(record: Record, theme_id: str) -> str:
    theme = record.theme[theme_id]
    titles = {Where.REGION_WIDE: f"◍ {record.file.region.name}-wide", Where.AREA_NOT_STATED: "? Area not stated", Where.NAMED_SITE: "▣ At a named site"}
    return render("theme_beside.html", groups=[{"title": title, "lines": _lines(record, lines_with(theme, where))} for where, title in titles.items()])


def _without(record: Record, rows: Any) -> str:
    """How many areas are without a contract for the theme, and for how many it is not stated."""
    counts, region = reach_counts(rows), record.file.region
    n, opened = sum(counts[r] for r in LACKING), counts[Reach.NOT_STATED]
    rest = f"; for {number(opened)} it is not stated" if opened else ""
    return f"Without a contract for it: {number(n)} {region.area if n == 1 else region.areas}{rest}."


def _lacking(record: Record, kind: Reach, codes: list[str]) -> str:
    return f"{REACH_WORDS[kind].capitalize()}: {listing(record.by_code[c].name for c in codes)}."


def _target(record: Record, target: OutcomeTarget) -> dict[str, str]:
    value = NOT_STATED if target.value == NOT_STATED else f"{target.value:g} {target.unit or ''}".strip()
    names = listing(record.service[s].short_name for s in target.services)
    return {
        "text": f"{target.outcome[0].upper()}{target.outcome[1:]}",
        "value": value if target.state == "set" else f"{value} ({target.state})",
        "services": names,
        "note": target.note or "",
        "refs": references(record, target.ref),
    }


def _lines(record: Record, lines: Iterable[Line]) -> list[dict[str, str]]:
    return [{"who": who_words(line), "what": line.what, "refs": references(record, line.ref)} for line in lines]


def theme_area_card(record: Record, query: Query, themes: Sequence[str]) -> None:
    """Why the chosen area has its place on the map of one or several themes."""
    if not query.area:
        return
    sentences = [s for t in themes for s in theme_why(record, record.theme[t], query.area, query.on)[: 1 if len(themes) > 1 else None]]
    women = women_in(record, [query.area], record.file.region.scope_minimum_age)
    show(
        "theme_area.html",
        area=record.by_code[query.area],
        link=go("borough", f"All about {record.by_code[query.area].name}", area=query.area),
        why=[{"text": s.text, "refs": references(record, s.refs)} for s in sentences],
        women=f"Living here: {women_text(women, record.file.region)}.",
    )


def theme_detail(record: Record, query: Query) -> None:
    """Everything that the record holds of the chosen theme."""
    st.html(_detail(record, query.theme or ""))


@lru_cache(maxsize=64)
def _detail(record: Record, theme_id: str) -> str:
    theme = record.theme[theme_id]
    parts = {"need-title": "Need", "feedback-title": "Consultation", "provision-title": "Provision", "steps-title": "Next steps"}
    parts |= {"experts-title": "Expert partners", "gaps-title": "What is not known", "related-title": "Related"}
    shared = {
        "need": _shared(record, theme.need),
        "feedback": _shared(record, theme.feedback),
        "steps": _shared(record, theme.next_steps),
        "data_gaps": _shared(record, theme.data_gaps),
        "experts": references(record, theme.ref),
    }
    return render(
        "theme_detail.html",
        parts=parts,
        sources=shared,
        figures=[_figure(record, n) for n in theme.need if n.is_figure],
        statements=[{"text": n.text, "cited": n.cited, "refs": _own(record, n.ref, shared["need"])} for n in theme.need if not n.is_figure],
        feedback=[{"text": f.text, "tags": [t.value for t in f.tags], "refs": _own(record, f.ref, shared["feedback"])} for f in theme.feedback],
        provision=_provision(record, theme),
        no_provision=theme.grade.reason,
        steps=[{"text": s.text, "kind": s.kind.value, "owner": s.owner, "refs": _own(record, s.ref, shared["steps"])} for s in theme.next_steps],
        experts=[{"id": o, "name": name_of(record, o), "line": record.organisation[o].line} for o in theme.expert_partners],
        data_gaps=[{"text": g.text, "refs": _own(record, g.ref, shared["data_gaps"])} for g in theme.data_gaps],
        related=[record.theme[t] for t in theme.related],
        variants=[{"name": v.name, "refs": references(record, v.ref)} for v in theme.variants],
        discrepancies=record.discrepancies_touching(theme.id, *theme.targets),
    )


def _shared(record: Record, entries: Iterable[Any]) -> str:
    """The reference of a list, where all entries have the same; then it is given once."""
    refs = {e.ref for e in entries}
    return references(record, next(iter(refs))) if len(refs) == 1 else ""


def _own(record: Record, refs: tuple[Reference, ...], shared: str) -> str:
    return "" if shared else references(record, refs)


def _figure(record: Record, need: Need) -> dict[str, str | None]:
    return {
        "text": f"{need.text[0].upper()}{need.text[1:]}",
        "value": figure_value(need),
        "population": need.population,
        "date": need.date,
        "cited": need.cited,
        "refs": references(record, need.ref),
    }


def figure_value(need: Need) -> str:
    """A figure with its unit and what limits it.

    A whole number is written without decimals; pounds stand before the number.
    """
    if need.value is None or need.value == NOT_STATED:
        return NOT_STATED
    value = f"{need.value:,.0f}" if float(need.value).is_integer() else f"{need.value:,}"
    unit = need.unit or ""
    said = f"£{value}{unit.removeprefix('GBP')}" if unit.startswith("GBP") else f"{value} {unit}".strip()
    return f"{need.qualifier} {said}" if need.qualifier else said


def _provision(record: Record, theme: Theme) -> list[dict[str, str]]:
    return [
        {
            "who": who_words(line),
            "what": line.what,
            "women_specific": line.women_specific,
            "where": _where(record, line),
            "basis": line.basis,
            "refs": references(record, line.ref),
        }
        for line in theme.provision
    ]


def _where(record: Record, line: Line) -> str:
    names = [record.service[s].short_name for s in line.services if s in record.service]
    words = place_words(record, line.geography)
    return f"{words} of {listing(names)}" if names and line.geography is Where.NAMED_IN_CONTRACT else words


def reach_table(record: Record, query: Query) -> None:
    """Every area with what contracts say of it for the chosen theme: the map's twin in words."""
    region, theme = record.file.region, record.theme[query.theme or ""]
    columns = [region.area.capitalize(), "By contract", "Services", "Firmest basis there", f"All women {region.scope_minimum_age}+ living there"]
    rows = _reach_cells(record, theme.id, period(record, query.on))
    table(f"{theme.title}: the map as a table, as at {as_at(record, query.on)}", columns, rows, key="reach-table")


@lru_cache(maxsize=128)
def _reach_cells(record: Record, theme: str, when: Period) -> list[list[Cell]]:
    women = record.women_by_code(record.file.region.scope_minimum_age)
    rows = reach_in(record, theme, when).sort_values("counted", ascending=False, kind="stable")
    return [
        [
            link_cell(row["name"], address("borough", area=str(code))),
            cell(REACH_WORDS[row["reach"]].capitalize(), list(Reach).index(row["reach"]), _reach_kind(row["reach"])),
            listing(record.service[i].short_name for i in row["services"]) if row["services"] else "–",
            _basis_words(record, record.theme[theme], row),
            number_cell(women[str(code)]),
        ]
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]


def _basis_words(record: Record, theme: Theme, row: Any) -> str:
    """The firmest basis that a theme has in an area. What no contract and no line of provision speaks of is not *none*."""
    if row["basis"] is Basis.REGION_WIDE:
        return place_words(record, Where.REGION_WIDE)
    if row["basis"] is not Basis.NONE:
        return str(row["basis"].value)
    if row["reach"] is Reach.NOT_STATED:
        return NOT_STATED
    return "no contract for it there" if theme.provision else "no provision described"


def _reach_kind(kind: Reach) -> str | None:
    return {Reach.NONE: "none", Reach.NOT_STATED: "not_stated", Reach.LAPSED: "lapsed"}.get(kind)


def themes_here(record: Record, query: Query) -> None:
    """Every theme with what contracts say of the chosen area."""
    code, when = query.area or "", period(record, query.on)
    if not record.themes:
        return
    rows: list[list[Cell]] = []
    for theme in record.themes:
        row = reach_in(record, theme.id, when).loc[code]
        rows.append(
            [
                link_cell(theme.title, address("themes", theme=theme.id)),
                cell(REACH_WORDS[row["reach"]].capitalize(), list(Reach).index(row["reach"]), _reach_kind(row["reach"])),
                listing(record.service[i].short_name for i in row["services"]) if row["services"] else "–",
                "; ".join(_beside_words(record, theme)) or "–",
            ]
        )
    columns = ["Theme", "By contract", "Services", "Beside the contracts"]
    table(f"{record.by_code[code].name}, theme by theme, as at {as_at(record, query.on)}", columns, rows, key="themes-here")


def _beside_words(record: Record, theme: Theme) -> list[str]:
    wide, nowhere = lines_with(theme, Where.REGION_WIDE), lines_with(theme, Where.AREA_NOT_STATED)
    return [f"{record.file.region.name}-wide"] * bool(wide) + ["area not stated"] * bool(nowhere)


def cross_cutting_panel(record: Record) -> None:
    """What cuts across all themes, and what the Blueprint aims at."""
    if record.annex.cross_cutting or record.annex.aims:
        st.html(_cross_cutting(record))


@lru_cache(maxsize=4)
def _cross_cutting(record: Record) -> str:
    areas = [{"title": c.title, "points": c.points, "refs": references(record, c.points[0].ref)} for c in record.annex.cross_cutting]
    own = {t for theme in record.themes for t in theme.targets}
    targets = [_target(record, t) for t in record.file.outcome_targets if t.id not in own]
    return render("cross_cutting.html", areas=areas, targets=targets, aims=[{"text": a.text, "refs": references(record, a.ref)} for a in record.annex.aims])


def theme_grid(record: Record, query: Query) -> None:
    """Small maps of all themes under one legend, worst first."""
    send_outlines(record, "grid")
    data = {**grid_cells(record, query), "outlines": record.version, "view": query.view, "stamp": f"{record.version} {query.link(record)}"}
    _grid(key="grid", data=data)


def grid_cells(record: Record, query: Query) -> dict[str, Any]:
    """The small maps as data: ``classes`` for the legend, and ``maps`` with what is said of each theme and the class of every area."""
    rows = overview(record, query.on)
    order = [str(t) for t in rows.index]
    drawn = small_maps(record, query, order)
    cells = [
        {
            "id": t,
            "title": rows.at[t, "title"],
            "go": address("themes", theme=str(t)),
            "said": _said_of(record, rows.loc[t].to_dict()),
            "badges": _badges(record, rows.loc[t].to_dict()),
            "areas": drawn["cells"][t],
        }
        for t in order
    ]
    return {"classes": drawn["classes"], "maps": cells}


def _said_of(record: Record, row: dict[Any, Any]) -> str:
    region = record.file.region
    total = int(record.counted.sum())
    if row["open"] == total:
        return "not stated"
    if not row["carried"]:
        return "none can be placed"
    if row["lapsed"]:
        return f"{len(row['reached'])} of {total} {region.areas}; {row['lapsed']} lapsed"
    return f"{len(row['reached'])} of {total} {region.areas}{'' if row['with_target'] or not row['reached'] else ', no target'}"


def _badges(record: Record, row: dict[Any, Any]) -> list[str]:
    return [f"◍ {record.file.region.name}-wide"] * row["london_wide"] + ["? area not stated"] * row["area_not_stated"]


def grid_table(record: Record, query: Query) -> None:
    """The small maps as a table: every theme by how many areas of each kind."""
    rows: list[list[Cell]] = []
    for t, row in overview(record, query.on).iterrows():
        counts = reach_counts(reach_in(record, str(t), period(record, query.on)))
        badges = "; ".join(b[2:] for b in _badges(record, row.to_dict())) or "–"
        rows.append([link_cell(row["title"], address("themes", theme=str(t))), *(number_cell(counts[r]) for r in Reach), badges])
    columns = ["Theme", *(REACH_WORDS[r].capitalize() for r in Reach), "Beside the map"]
    table(f"The small maps as a table: {record.file.region.areas} of each kind, as at {as_at(record, query.on)}", columns, rows, key="grid-table")


def together_card(record: Record, query: Query, themes: tuple[str, ...]) -> None:
    """How many areas and women contracts for all, some or none of the themes reach; what is lacking; what is not on the map."""
    region, rows = record.file.region, intersection(record, themes, query.on)
    counts, women = together_counts(rows), women_together(record, rows)
    show(
        "together.html",
        region=region,
        when=as_at(record, query.on),
        n=len(themes),
        total=int(record.counted.sum()),
        age=region.scope_minimum_age,
        rows=[{"label": TOGETHER_WORDS[k].capitalize(), "count": str(counts[k]), "women": women_span(women[k])} for k in Together],
        lacking=lacking_sentence(record, themes, query.on),
        some=_some_lacking(record, rows),
        beside=beside_sentences(record, themes),
        every=every_theme_sentence(record, query.on),
        cautions=[{"title": record.theme[t].title, "text": record.theme[t].caution} for t in themes if record.theme[t].caution],
        source=women_source(record),
    )


def _some_lacking(record: Record, rows: Any) -> list[str]:
    """The areas where every contract has ended, and those with a contract for some of the themes, by what they lack."""
    ended = [record.by_code[code].name for code in together(rows)[Together.LAPSED]]
    groups: dict[tuple[str, ...], list[str]] = {}
    for code in together(rows)[Together.SOME]:
        groups.setdefault(rows.at[code, "lack"], []).append(record.by_code[code].name)
    lapsed = [f"Lapsed: {listing(ended)}."] if ended else []
    return lapsed + [
        f"{listing(names)} {'lacks' if len(names) == 1 else 'lack'} {_themes_of(record, lack)} and {'has' if len(names) == 1 else 'have'} the rest."
        for lack, names in groups.items()
    ]


def _themes_of(record: Record, themes: tuple[str, ...]) -> str:
    return listing(f"“{record.theme[t].title}”" for t in themes) if len(themes) <= FEW else f"{number(len(themes))} of the themes"


def together_table(record: Record, query: Query, themes: tuple[str, ...]) -> None:
    """Every area by every one of the themes: the map's twin in words."""
    region, rows = record.file.region, intersection(record, themes, query.on)
    cells = {t: reach_in(record, t, period(record, query.on))["reach"].to_dict() for t in themes}
    women = record.women_by_code(region.scope_minimum_age)
    lines: list[list[Cell]] = []
    for code, row in rows.sort_values("counted", ascending=False, kind="stable").iterrows():
        own = [cell(REACH_WORDS[cells[t][code]].capitalize(), list(Reach).index(cells[t][code]), _reach_kind(cells[t][code])) for t in themes]
        total = cell(TOGETHER_WORDS[row["together"]].capitalize(), list(Together).index(row["together"]))
        lines.append([link_cell(row["name"], address("borough", area=str(code))), total, *own, number_cell(women[str(code)])])
    columns = [region.area.capitalize(), "Together", *(record.theme[t].title for t in themes), f"All women {region.scope_minimum_age}+ living there"]
    table(f"The map as a table, as at {as_at(record, query.on)}", columns, lines, key="together-table")


def no_themes(seen: Seen, what: str = "theme by theme") -> None:
    """What the pages about themes say of a region whose record has none."""
    headline(seen, f"The record of {seen.record.file.region.name} says nothing {what}", "It would be read from themes.yaml beside the services file.")
