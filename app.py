"""Coverage and gaps explorer: page frame, shared controls, page table, run.

``streamlit run app.py`` imports this file once, for what it serves, and runs it as a script
whenever a page is drawn."""

from functools import partial
from types import ModuleType
from typing import Literal

import streamlit as st

from components.data import live
from components.page import frame, guard, scripts, view
from components.paper.cite import cite_view
from components.present import state as present_state
from components.scenario import state as scenario_state
from pages import (
    borough,
    coverage,
    find,
    gaps,
    intersections,
    paper,
    partners,
    pathway,
    present,
    scenario,
    sources,
    theme_maps,
    themes,
)
from provision.workshop.story import FIELDS as STORY_FIELDS

# Address, title, and the controls that the page draws. An address is the name of the page's file in
# pages/, so that a fresh server knows
# a deep link before st.navigation has run.
TABLE: dict[str, tuple[ModuleType, str, tuple[str, ...]]] = {
    "coverage": (coverage, "Coverage", ("on", "services", "view", "area")),
    "gaps": (gaps, "Gaps", ("on", "need")),
    "borough": (borough, "Borough", ("on", "services", "view", "area")),
    "scenario": (scenario, "What if", ("on", "view")),
    "themes": (themes, "Themes", ("on", "theme", "view")),
    "theme_maps": (theme_maps, "Theme maps", ("on", "view")),
    "intersections": (intersections, "Intersections", ("on", "view", "themes")),
    "partners": (partners, "Partners", ("partner",)),
    "pathway": (pathway, "Pathway", ("stage",)),
    "find": (find, "Find", ("find",)),
    "sources": (sources, "Sources and data", ("on",)),
    "paper": (paper, "Figures", ("on", "need", "view", "figure", "size")),
    "present": (present, "Present", STORY_FIELDS),
}
_LANDING: tuple[tuple[str, Literal["visible", "hidden"]], ...] = (
    ("landing", "visible"),
    ("coverage", "hidden"),
)


def draw_page() -> None:
    """One run of the script: the frame, the controls and the page that is asked for."""

    def draw(module: ModuleType) -> None:
        module.page(seen)

    frame.styles()
    stamp = live.stamp()
    now = live.live()
    # in the region's own word
    own = {"borough": now.record.file.region.area.capitalize()} if now.record else {}
    pages = {
        p: st.Page(partial(draw, module), title=own.get(p, title), url_path=p)
        for p, (module, title, _) in TABLE.items()
        if p != "coverage"
    }
    # The landing page is at the root, and by its name too: Streamlit would call that name unknown.
    landing, by_name = (
        st.Page(
            partial(draw, coverage),
            title="Coverage",
            url_path=p,
            default=p == "landing",
            visibility=v,
        )
        for p, v in _LANDING
    )
    pages = {"coverage": landing, **pages}
    page = st.navigation([*pages.values(), by_name], position="top")
    if (wanted := view.wanted_page()) in pages and pages[wanted] != page:
        st.switch_page(pages[wanted])

    st.set_page_config(
        f"{page.title}: coverage and gaps of women's services",
        page_icon="static/icon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    name = page.url_path or "coverage"
    shown = TABLE[name][2]
    if now.record is None:
        frame.broken(now.problems)
    else:
        shown += scenario_state.names(now.record) if name == "scenario" else ()
        frame.notices(now.problems, view.receive(now.record, name, shown))
        headline = st.empty()
        seen = view.Seen(now.record, view.controls(now.record, shown), headline, stamp)
        page.run()
        view.settle()
        frame.footer(seen.record)
        # which keeps the address itself, in the part of it that a toggle runs anew
        if name != "scenario":
            frame.address(
                seen.query,
                seen.record,
                name,
                present_state.own_fields(name),
            )
        if name != "present":  # a story is cited by its link
            cite_view(seen, name, page.title, dated="on" in shown)
    frame.watch(stamp)


if __name__ == "__main__":
    draw_page()
else:
    app = st.App(__file__, middleware=[*guard.middleware(), *scripts.middleware()])
