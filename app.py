"""Coverage and gaps explorer: page frame, shared controls, page table, run.

``streamlit run app.py`` imports this file once, for what it serves, and runs it as a script
whenever a page is drawn."""

from __future__ import annotations

import streamlit as st

from components.data import live
from components.own_data.state import in_session
from components.page import (
    controls,
    frame,
    freshness,
    guard,
    health,
    life,
    no_page,
    request_log,
    scripts,
    uploads,
    view,
)
from components.page.context import PageContext, PageEntry
from components.page.failed import page_failed
from components.paper.cite import cite_view
from components.present import record_watch
from components.room import phone_routes, room_only, stage_counts
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
    then_and_now,
    your_data,
)

# By address, which is the name of the page's file, so that a fresh server knows a deep link before
# st.navigation has run; in the order of the menu.
PAGES: dict[str, PageEntry] = {
    "coverage": coverage.PAGE,
    "gaps": gaps.PAGE,
    "borough": borough.PAGE,
    "then_and_now": then_and_now.PAGE,
    "scenario": scenario.PAGE,
    "themes": themes.PAGE,
    "theme_maps": theme_maps.PAGE,
    "intersections": intersections.PAGE,
    "partners": partners.PAGE,
    "pathway": pathway.PAGE,
    "find": find.PAGE,
    "sources": sources.PAGE,
    "your_data": your_data.PAGE,
    "paper": paper.PAGE,
    "present": present.PAGE,
}


def draw_app() -> None:
    """One run of the script: the frame, the shared controls, and the page that is asked for."""

    def draw(entry: PageEntry) -> None:
        entry.draw(context)

    frame.styles()
    first = live.live()
    page = frame.navigation(PAGES, draw, in_session(first).record)
    name = page.url_path or frame.LANDING
    entry = PAGES[name]
    key = view.record_key(entry)
    now = in_session(live.of_record(first, key))
    title = entry.title_in(now.record)
    frame.configure(title, now.record)
    # Before what may fail, so that a page that fails comes back by itself.
    frame.watch(now.stamp, key)
    if now.record is None:
        frame.broken(now.problems)
    else:
        frame.unpublished(now.record)
        frame.notices(now.problems, view.receive(now.record, name, entry))
        controls.tell_page(now.record)
        if entry.chooses_record:
            frame.record_choice(now.record)
        headline = st.empty()
        controls.draw_controls(now.record)
        context = PageContext(name, title, entry, now.record, view.current(), headline, now.stamp)
        page.run()
        view.settle()
        frame.footer(now.record)
        if not entry.keeps_address:
            frame.address(context)
        if entry.cited:
            cite_view(context)


if __name__ == "__main__":
    with health.counted_run():
        draw_app()
else:
    app = st.App(
        __file__,
        routes=phone_routes.routes(),
        middleware=[
            *request_log.middleware(),
            *guard.middleware(),
            *room_only.middleware(),
            *scripts.middleware(),
            *freshness.middleware(),
            *record_watch.middleware(),
            *stage_counts.middleware(),
            *health.middleware(),
            *uploads.middleware(),
            *no_page.middleware(PAGES),
        ],
        on_script_error=page_failed,
        lifespan=life.life,
    )
