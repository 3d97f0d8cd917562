"""The controls of the page of scenarios. Each changes the scenario through
:mod:`components.scenario.state`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import streamlit as st

from components.page.markup import plain, show
from components.page.table import table
from components.scenario import changes, state
from provision.dates import add_months, month_end, months
from provision.io.problems import InvalidData
from provision.io.reading import decode
from provision.links.query import PANELS, Query
from provision.links.scenario_file import read_scenario, write_yaml
from provision.location.catchment import LEAST_KM
from provision.record import Record
from provision.scenarios.rates import called, derived
from provision.scenarios.scenario import Contested, Scenario, Verdict, presets
from provision.schema.services import NOT_STATED, Level
from provision.text.labels import LEVEL_WORDS
from provision.text.wording import listing

_RULES = {
    "own": "own {area}",
    "land": "+ by land",
    "crossing": "+ crossings",
    "touching": "+ all bordering",
    "km": "within … km",
}
_PANELS = {
    "figures": "Figures",
    "table": "As a table",
    "best": "Best next hubs",
    "hubs": "Hubs in detail",
    "contracts": "Contracts",
    "themes": "Themes",
    "months": "Months",
    "cost": "Cost",
    "compare": "Compare",
    "contest": "Contest an entry",
    "files": "Save and load",
}
_PLAN_MONTHS = 60
ASSUMPTION_UNITS = {"women_per_key_worker": "women", "cost_per_woman": "£", "hub_fixed_cost": "£"}


def hub_switches(record: Record, query: Query) -> None:
    """Hubs on and off; undo, redo and clear; whether the baseline stands beside."""
    own = query.scenario or Scenario.default(record)
    st.pills(
        f"Hubs (or choose a {record.file.region.area} on the map)",
        hub_places(record, own),
        key="sc_hubs",
        selection_mode="multi",
        format_func=lambda code: plain(record.by_code[code].name),
        on_change=changes.set_hubs,
        args=(record,),
    )
    _steps(record, own)


def contract_switches(record: Record) -> None:
    """Services switched off, providers withdrawn."""
    with st.container(key="contracts"):
        st.pills(
            "Services switched off",
            list(record.services_by_id),
            key="sc_off",
            selection_mode="multi",
            format_func=lambda i: plain(record.services_by_id[i].short_name),
            on_change=changes.set_off,
            args=(record,),
        )
        st.pills(
            "Providers withdrawn",
            sorted({s.provider for s in record.services} - {NOT_STATED}),
            key="sc_withdrawn",
            selection_mode="multi",
            format_func=plain,
            on_change=changes.set_withdrawn,
            args=(record,),
        )


def hub_places(record: Record, scenario: Scenario) -> list[str]:
    """The areas that are offered for hubs: those listed as having none, those not stated, and those
    that have a hub in the scenario."""
    unnamed = ~record.service_area_matrix.any(axis=1) & record.counted
    first = [str(code) for code in record.codes[unnamed]]
    return [*first, *(hub.area for hub in scenario.hubs if hub.area not in first)]


def rule(record: Record) -> None:
    """Whom hubs reach: all that are on, and the next. None is lit where they differ."""
    words = {rule: text.format(area=record.file.region.area) for rule, text in _RULES.items()}
    st.segmented_control(
        "A hub reaches",
        list(words),
        key="sc_rule",
        format_func=words.__getitem__,
        required=True,
        on_change=changes.set_rule,
        args=(record,),
    )
    if st.session_state["sc_rule"] == "km":
        distances = [LEAST_KM, *(float(n) for n in range(2, 31))]
        distances = sorted({*distances, float(st.session_state["sc_km"])})
        st.select_slider(
            "Kilometres",
            distances,
            key="sc_km",
            format_func=lambda n: f"{n:g} km",
            on_change=changes.set_rule,
            args=(record,),
        )


def start(record: Record) -> None:
    """The scenarios to begin with."""
    words = {key: preset.name for key, preset in presets(record).items()}
    st.selectbox(
        "Begin with",
        list(words),
        key="sc_start",
        index=None,
        format_func=words.__getitem__,
        placeholder="Choose one",
        on_change=state.begin,
        args=(record,),
    )


def _steps(record: Record, own: Scenario) -> None:
    session = state.history(record)
    with st.container(horizontal=True, key="steps"):
        st.button(
            "Undo",
            key="undo",
            disabled=not session.past,
            on_click=state.undo,
            args=(record,),
        )
        st.button(
            "Redo",
            key="redo",
            disabled=not session.future,
            on_click=state.redo,
            args=(record,),
        )
        st.button(
            "Clear",
            key="clear",
            disabled=own == Scenario.default(record),
            on_click=state.suppose,
            args=(record, lambda _: Scenario.default(record)),
        )
        st.toggle("Baseline beside", key="sc_beside", persist_state="session")


def told(record: Record) -> None:
    """What could not be supposed, and what a preset has taken the place of; each said once."""
    own = state.history(record)
    why, replaced = own.refused, own.replaced
    own.refused = own.replaced = ""
    if replaced:
        show(
            "notes.html",
            title=f"{replaced}: this has taken the place of what was supposed before.",
            lines=["Undo brings that back."],
        )
    if why:
        show("notes.html", title="That was left aside.", lines=[f"{why[0].upper()}{why[1:]}."])


def panel_choice(record: Record) -> None:
    """Which panel is shown under the map."""
    assert set(_PANELS) == set(PANELS)
    st.pills(
        "Show",
        list(_PANELS),
        key="sc_panel",
        format_func=_PANELS.__getitem__,
        required=True,
        on_change=changes.set_panel,
        args=(record,),
    )


def hub_controls(record: Record, query: Query) -> None:
    """The details of one hub, or of all."""
    own = query.scenario or Scenario.default(record)
    if not own.hubs:
        st.html("<p>No hub is on. Put one on above, or choose a place on the map.</p>")
        return
    change = {"on_change": changes.set_details, "args": (record,)}
    options = [state.ALL_HUBS, *(hub.area for hub in own.hubs)]
    names = {
        state.ALL_HUBS: "All hubs",
        **{code: record.by_code[code].name for code in options[1:]},
    }
    first, second = st.columns(2), st.columns(3)
    with first[0]:
        st.selectbox(
            "Which hub",
            options,
            key="sc_which",
            format_func=names.__getitem__,
            persist_state="session",
        )
    with first[1]:
        words = {
            Level.ONE_TO_ONE.value: "one-to-one",
            Level.WRAP_AROUND.value: LEVEL_WORDS[Level.WRAP_AROUND],
        }
        st.segmented_control(
            "It offers",
            list(words),
            key="sc_level",
            format_func=words.__getitem__,
            required=True,
            **change,
        )
    with second[0]:
        st.selectbox(
            "Opens in",
            _months(record, query, "sc_opens"),
            key="sc_opens",
            index=None,
            placeholder="open throughout",
            format_func=_month,
            **change,
        )
    with second[1]:
        st.selectbox(
            "Closes after",
            _months(record, query, "sc_closes"),
            key="sc_closes",
            index=None,
            placeholder="never",
            format_func=_month,
            **change,
        )
    with second[2]:
        st.number_input(
            "Key workers",
            0,
            999,
            value=None,
            step=1,
            key="sc_workers",
            placeholder="not said",
            **change,
        )
    st.pills(
        "Themes that it offers",
        list(record.themes_by_id),
        key="sc_offer",
        selection_mode="multi",
        format_func=lambda t: plain(record.themes_by_id[t].title),
        **change,
    )


def _months(record: Record, query: Query, key: str) -> list[str]:
    held = st.session_state.get(key)
    return sorted({*_plan(record), *([held] if held else [])})


@lru_cache(maxsize=8)
def _plan(record: Record) -> tuple[str, ...]:
    """The months that a plan may name, from the record's own."""
    first = record.file.region.as_at.first
    return tuple(f"{m:%Y-%m}" for m in months(first, add_months(first, _PLAN_MONTHS)))


def _month(iso: str) -> str:
    from datetime import date

    year, month, *_ = map(int, iso.split("-"))
    return f"{month_end(date(year, month, 1)):%B %Y}"


def contract_controls(record: Record, query: Query) -> None:
    """When each contract ends."""
    columns = st.columns(min(max(len(record.services), 1), 4))
    for n, service in enumerate(record.services):
        key = f"sc_ends_{service.id}"
        held = st.session_state.get(key)
        stated = str(service.contract.end)
        options = [
            state.AS_STATED,
            *sorted({*_plan(record), *([held] if held and held != state.AS_STATED else [])}),
        ]
        with columns[n % len(columns)]:
            st.selectbox(
                f"{plain(service.short_name)} ends",
                options,
                key=key,
                format_func=lambda o, stated=stated: (
                    f"as stated: {stated}" if o == state.AS_STATED else _month(o)
                ),
                on_change=changes.set_end,
                args=(record, service.id),
            )


def assumption_controls(record: Record) -> None:
    """The rates, each empty for the default that the contracts give."""
    own = derived(record)
    columns = st.columns(3)
    for column, (key, name) in zip(
        columns,
        {
            "sc_women": "women_per_key_worker",
            "sc_cost": "cost_per_woman",
            "sc_fixed": "hub_fixed_cost",
        }.items(),
        strict=True,
    ):
        rate = getattr(own, name)
        default = rate.value
        with column:
            placeholder = NOT_STATED if default is None else f"default {default:,.2f}"
            unit = ASSUMPTION_UNITS[name]
            st.number_input(
                f"{called(name, rate)} ({unit})",
                0.0,
                1e9,
                value=None,
                key=key,
                placeholder=placeholder,
                on_change=changes.set_assumptions,
                args=(record,),
            )
    edited = any(st.session_state[key] is not None for key in ("sc_women", "sc_cost", "sc_fixed"))
    st.button(
        "Restore the defaults",
        key="sc_defaults",
        disabled=not edited,
        on_click=changes.restore_assumptions,
        args=(record,),
    )


def best_controls(record: Record) -> None:
    """How many, by what weight, and where not."""
    change = {"on_change": changes.set_wanted, "args": (record,)}
    left, right = st.columns(2)
    with left:
        st.segmented_control(
            "Further hubs", [1, 2, 3, 4, 5], key="sc_many", required=True, **change
        )
    with right:
        weights = {
            "boroughs": f"by {record.file.region.areas} newly covered",
            "women": "by women newly covered",
        }
        st.segmented_control(
            "Best",
            list(weights),
            key="sc_weigh",
            format_func=weights.__getitem__,
            required=True,
            **change,
        )
    with st.expander(
        f"{record.file.region.areas.capitalize()} where no hub may stand"
        f" ({len(st.session_state['sc_not'])})"
    ):
        places = [str(code) for code in record.codes[record.counted]]
        st.pills(
            "No hub in",
            places,
            key="sc_not",
            selection_mode="multi",
            format_func=lambda code: plain(record.by_code[code].name),
            **change,
        )


def put_best(record: Record, sets: Sequence[tuple[str, ...]]) -> None:
    """Put one of the best sets on the map, whichever of those listed."""

    def words(n: int) -> str:
        return f"{n + 1}: {listing(record.by_code[code].name for code in sets[n])}"

    chosen = 0
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    if len(sets) > 1:
        with left:
            chosen = st.selectbox(
                "Set", range(len(sets)), key=f"sc_set_{len(sets)}", format_func=words
            )
    with right:
        st.button(
            "Put this set on the map",
            key="sc_use_best",
            on_click=changes.put_hubs,
            args=(record, sets[chosen]),
        )


def contest_controls(record: Record, query: Query) -> None:
    """Say of an entry that it is wrong, closed or new; what has been said so far."""
    left, middle, right = st.columns(3)
    area = record.file.region.area
    with left:
        names = {
            c: record.by_code[c].name
            for c in sorted(record.by_code, key=lambda c: record.by_code[c].name)
        }
        st.selectbox(
            plain(area.capitalize()),
            list(names),
            key="sc_cell_area",
            index=None,
            format_func=names.__getitem__,
            placeholder="Choose one",
        )
    with middle:
        services = {s.id: s.short_name for s in record.services}
        st.selectbox(
            "Service",
            list(services),
            key="sc_cell_service",
            index=None,
            format_func=services.__getitem__,
            placeholder="Choose one",
        )
    with right:
        words = {
            Verdict.WRONG.value: "was never there",
            Verdict.CLOSED.value: "has closed there",
            Verdict.NEW.value: "is new there",
        }
        st.segmented_control(
            "It", list(words), key="sc_cell_verdict", format_func=words.__getitem__
        )
    st.button("Add to the scenario", key="sc_cell_add", on_click=changes.contest, args=(record,))
    said = [
        c for c in (query.scenario.changes if query.scenario else ()) if isinstance(c, Contested)
    ]
    for n, change in enumerate(said):
        label = (
            f"Take back: {record.services_by_id[change.service].short_name},"
            f" {record.by_code[change.area].name}, {change.verdict.value}"
        )
        st.button(
            plain(label), key=f"sc_cell_{n}", on_click=changes.uncontest, args=(record, change)
        )
    if said:
        _patch_download(record, query)


def _patch_download(record: Record, query: Query) -> None:
    from provision.scenarios.patch import patch

    try:
        text = patch(record, query.supposed(record))
    except ValueError as error:
        show("notes.html", title="No patch can be made.", lines=[f"{error}."])
        return
    st.download_button(
        "Patch of the services file, for review",
        text,
        "contested.patch",
        "text/x-diff",
        on_click="ignore",
        key="sc_patch",
    )
    show("patch.html", text=text)


def file_controls(record: Record, query: Query) -> None:
    """Name and note; the scenario as a file, and from one."""
    left, right = st.columns(2)
    with left:
        st.text_input(
            "Name", key="sc_name", max_chars=80, on_change=changes.set_words, args=(record,)
        )
    with right:
        st.text_input(
            "Note", key="sc_note", max_chars=500, on_change=changes.set_words, args=(record,)
        )
    scenario = query.supposed(record)
    st.download_button(
        "Save as YAML",
        partial(write_yaml, scenario, record),
        f"scenario-{record.version}.yaml",
        "text/yaml",
        on_click="ignore",
        key="sc_save",
    )
    chosen = st.file_uploader(
        "Load a scenario (YAML)", type=["yaml", "yml"], key="sc_file", max_upload_size=1
    )
    if chosen is not None:
        _load(record, chosen.name, chosen.getvalue())


def _load(record: Record, name: str, raw: bytes) -> None:
    try:
        found = read_scenario(decode(raw, name), name, record)
    except InvalidData as error:
        show(
            "problems.html",
            title=f"{len(error.problems)} to mend.",
            text="",
            problems=error.problems,
        )
        return
    show(
        "notes.html",
        title="This file can be loaded.",
        lines=[found.name or "A scenario without a name.", f"As at {found.on}."],
    )
    st.button(
        "Load it in place of what is shown",
        key="sc_load",
        on_click=state.take,
        args=(record, found),
    )


def compare_controls(record: Record, query: Query) -> None:
    """Keep the scenario to compare with, or drop one that was kept."""
    with st.container(horizontal=True, key="keeping"):
        full = len(query.beside) >= 3
        st.button(
            "Keep this one to compare with",
            key="sc_keep",
            disabled=full,
            on_click=changes.keep_beside,
            args=(record,),
        )
        for place, scenario in enumerate(query.beside):
            label = f"Drop {'BCD'[place]}{f' ({scenario.name})' if scenario.name else ''}"
            st.button(
                plain(label),
                key=f"sc_drop_{place}",
                on_click=changes.drop_beside,
                args=(record, place),
            )


def plain_table(caption: str, rows: Sequence[dict[str, object]], key: str) -> None:
    """Flat rows as a table."""
    if rows:
        table(
            caption,
            [str(name).replace("_", " ").capitalize() for name in rows[0]],
            [[str(v) for v in row.values()] for row in rows],
            key=key,
        )
