"""Coverage and gaps explorer: page frame, shared controls, page table, run."""

import streamlit as st

from components import frame, live, view
from pages import borough, coverage, gaps, sources

st.set_page_config("Coverage and gaps: women's services", page_icon="static/icon.png", layout="wide", initial_sidebar_state="collapsed")
frame.styles()

# Each url_path is the name of its file in pages/, so that a fresh server knows a deep link before st.navigation has run.
page = st.navigation(
    [
        st.Page(lambda: coverage.page(seen), title="Coverage", url_path="coverage", default=True),
        st.Page(lambda: gaps.page(seen), title="Gaps", url_path="gaps"),
        st.Page(lambda: borough.page(seen), title="Borough", url_path="borough"),
        st.Page(lambda: sources.page(seen), title="Sources and data", url_path="sources"),
    ],
    position="top",
)

CONTROLS = {
    "Coverage": ("on", "services", "view", "area"),
    "Gaps": ("on", "need"),
    "Borough": ("on", "services", "view", "area"),
    "Sources and data": ("on",),
}
stamp = live.stamp()
now = live.live()
if now.record is None:
    frame.broken(now.problems)
else:
    frame.notices(now.problems, view.receive(now.record, CONTROLS[page.title]))
    headline = st.container()
    seen = view.Seen(now.record, view.controls(now.record, CONTROLS[page.title]), headline)
    page.run()
    frame.footer(seen.record)
    frame.address(seen.query, seen.record, page.url_path)
frame.watch(stamp)
