"""The best next hubs: the question, its answer, and putting it on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from components.page.markup import plain, show
from components.scenario import changes
from components.scenario.flat_table import plain_table
from provision.english import listing
from provision.export.scenarios import best_rows
from provision.links.query import Query
from provision.location.best_hubs import Best, best_hubs, fewest_hubs, shortfall
from provision.location.hub_kinds import hub_kinds
from provision.location.problem import LocationProblem
from provision.record import Record
from provision.text.best_hubs import best_sentence, shortfall_sentence

_LISTED = 50


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
            "areas": f"by {plain(record.file.region.areas)} newly covered",
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
        f"{plain(record.file.region.areas.capitalize())} where no hub may stand"
        f" ({len(st.session_state['sc_not'])})"
    ):
        places = list(record.those(record.counted))
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


@lru_cache(maxsize=64)
def _best(record: Record, asked: LocationProblem) -> Best | str:
    try:
        return best_hubs(record, asked)
    except ValueError as error:
        return str(error)


@lru_cache(maxsize=64)
def _fewest(record: Record, asked: LocationProblem) -> Best | None:
    return fewest_hubs(record, asked)


def best_panel(record: Record, query: Query) -> list[tuple[str, ...]]:
    """The exact best next hubs with all ties, the fewest that leave nobody without, and the user's
    own choice. Returns the sets listed."""
    asked = query.best.beside(record, query.supposed(record))
    found = _best(record, asked)
    if isinstance(found, str):
        show("note.html", text=f"That cannot be asked: {found}.")
        return []
    sentences = [best_sentence(record, asked, found)]
    fewest = _fewest(record, asked)
    if fewest is None:
        sentences.append("No number of hubs under this rule would leave nobody without.")
    elif fewest.choices[0].areas:
        n, ties = len(fewest.choices[0].areas), fewest.ties
        many = "" if ties is None else f", in {ties:,} {'way' if ties == 1 else 'ways'}"
        sentences.append(
            f"To leave nobody with no contracted service takes at least {n} further"
            f" hub{'s' * (n > 1)}{many}; what has lapsed or is not stated is not in it."
        )
    own = _own_choice(record, query)
    show("scenario_follows.html", sentences=[*sentences, *([own] if own else [])])
    listed = f"{min(found.ties or 1, _LISTED)} of {found.ties:,}" if found.ties else "one"
    rows = [
        {
            "set": r["set"],
            "hubs in": r["names"],
            "gain": f"{r['gain']:,}",
            "not stated": r["gain_not_stated"],
            "lapsed": r["gain_lapsed"],
        }
        for r in best_rows(record, found)
    ]
    plain_table(f"The best sets ({listed})", rows, key="best-sets")
    return [choice.areas for choice in found.choices[:_LISTED] if choice.areas]


def _own_choice(record: Record, query: Query) -> str:
    """The hubs that are on, beside the best choice of as many, were none on."""
    hubs = query.scenario.hubs if query.scenario else ()
    if not hubs or len(hubs) > 5 or len({h.reach for h in hubs}) > 1:
        return ""
    if any(h.visits or not hub_kinds(record)[h.kind].has_rule for h in hubs):
        return ""  # whom they reach is not by a rule alone, so the search cannot be asked for it
    asked = replace(
        query.best,
        facilities=len(hubs),
        catchment=hubs[0].reach,
        existing=replace(query.supposed(record), hubs=()),
    )
    try:
        return shortfall_sentence(record, asked, shortfall(record, asked, [h.area for h in hubs]))
    except ValueError:
        return ""
