"""Charts: each is a function of a table, and each stands beside a table that says the same."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.page.markup import show
from provision.coverage.status import Status
from provision.coverage.timeline import span
from provision.dates import day_words
from provision.links.query import Query
from provision.record import Record
from provision.scenarios.evaluate import Outcome
from provision.symbology.calendar import CALENDAR, calendar_order, runs
from provision.symbology.coverage import INK
from provision.text.changes import change_sentences
from provision.text.scenario_sums import months_sentence

if TYPE_CHECKING:
    import pandas as pd

_DAY_MS = 86_400_000
_ROW_PX = 28
_STRETCH = 0.06  # metres of height for each woman, so that the tallest stand clear of the flat


# What plotly calls the hatches of the calendar's classes.
_PATTERNS = {None: "", "rising": "/", "level": "-", "crosses": "x", "dots": "."}


_PAPER = {
    "paper_bgcolor": "#fdfdfb",
    "plot_bgcolor": "#fdfdfb",
    "font": {"size": 18, "color": INK, "family": "Source Sans, Source Sans Pro, sans-serif"},
    "dragmode": False,
}


def calendar_figure(found: pd.DataFrame) -> Any:
    """The contract calendar: a bar for each area, a class for each stretch, a mark where a stretch
    of cover ends. From :func:`runs`."""
    import plotly.graph_objects as go

    figure = go.Figure()
    for key in CALENDAR:
        _add_stretches(figure, key, found[found["kind"] == key])
    _add_ends(figure, found)
    order = calendar_order(found)[::-1]
    figure.update_layout(
        **_PAPER,
        barmode="overlay",
        height=_ROW_PX * len(order) + 160,
        bargap=0.18,
        margin={"l": 230, "r": 20, "t": 110, "b": 10},
        legend={"orientation": "h", "y": 1.06, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        yaxis={
            "categoryorder": "array",
            "categoryarray": [escape(n) for n in order],
            "tickfont": {"size": 18},
        },
        xaxis={
            "type": "date",
            "dtick": "M6",
            "tickformat": "%b\n%Y",
            "side": "top",
            "gridcolor": "#c3c9ce",
        },
    )
    return figure


def _add_stretches(figure: Any, key: str, part: pd.DataFrame) -> None:
    """The stretches of one class, where there are any."""
    kind = CALENDAR[key]
    if not part.empty:
        figure.add_bar(
            orientation="h",
            name=kind.label,
            y=[escape(n) for n in part["name"]],
            base=[d.isoformat() for d in part["start"]],
            x=[(b - a).days * _DAY_MS for a, b in zip(part["start"], part["end"], strict=True)],
            marker={
                "color": kind.fill,
                "line": {"color": "#ffffff", "width": 1},
                "pattern": {
                    "shape": _PATTERNS[kind.hatch],
                    "fgcolor": kind.ink,
                    "bgcolor": kind.fill,
                    "size": 6,
                },
            },
            customdata=[
                [day_words(a), day_words(b - timedelta(days=1))]
                for a, b in zip(part["start"], part["end"], strict=True)
            ],
            hovertemplate=(
                f"%{{y}}: {kind.label.lower()}<br>%{{customdata[0]}} to"
                " %{customdata[1]}<extra></extra>"
            ),
        )


def _add_ends(figure: Any, found: pd.DataFrame) -> None:
    """A mark where a stretch of cover ends."""
    lapses = found[found["kind"] == Status.LAPSED.value]
    ended = lapses[lapses["start"] > found["start"].min()]
    figure.add_scatter(
        mode="markers",
        name="Cover ends",
        x=[d.isoformat() for d in ended["start"]],
        y=[escape(n) for n in ended["name"]],
        marker={
            "symbol": "diamond",
            "size": 11,
            "color": "#ffffff",
            "line": {"color": INK, "width": 2},
        },
        hovertemplate="%{y}: cover ends the day before %{x|%-d %B %Y}<extra></extra>",
    )


@lru_cache(maxsize=4)
def _calendar(record: Record) -> Any:
    return calendar_figure(runs(record, *span(record)))


def calendar_chart(record: Record) -> None:
    """The contract calendar as a chart; :func:`components.coverage.gap_panels.lapse_panel` says the
    same in words."""
    sentence = " ".join(change_sentences(record, *span(record)))
    show("heading.html", text=f"Contract calendar: every {record.file.region.area} by month")
    st.plotly_chart(
        _calendar(record),
        theme=None,
        config={"displayModeBar": False, "scrollZoom": False},
        key="calendar",
        alt=sentence,
    )


def months_chart(outcome: Outcome) -> None:
    """Covered areas month by month, baseline and scenario, as steps; the table beside it says the
    same."""
    words = months_sentence(outcome)
    st.plotly_chart(
        _months_figure(outcome),
        theme=None,
        config={"displayModeBar": False, "scrollZoom": False},
        key="scenario-calendar",
        alt=words,
    )


def _months_figure(outcome: Outcome) -> Any:
    import plotly.graph_objects as go

    found = outcome.months_table
    scenario = found["scenario_covered"] + found["scenario_what_if"]
    figure = go.Figure()
    lines = {
        "Baseline": (found["baseline_covered"], "#4a4a4a", "dot", "circle-open"),
        "Scenario, hubs counted in": (scenario, "#1d5a2a", "solid", "square"),
    }
    for name, (values, colour, dash, symbol) in lines.items():
        figure.add_scatter(
            x=list(found.index),
            y=values.tolist(),
            name=name,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "shape": "hv", "width": 3},
            marker={"symbol": symbol, "size": 9},
        )
    figure.update_layout(
        **_PAPER,
        height=380,
        margin={"l": 60, "r": 20, "t": 50, "b": 60},
        legend={"orientation": "h", "y": 1.06, "yanchor": "bottom", "x": 0},
        yaxis={
            "rangemode": "tozero",
            "gridcolor": "#c3c9ce",
            "title": escape(f"{outcome.record.file.region.areas.capitalize()} covered"),
        },
        xaxis={"type": "category", "nticks": 13},
    )
    return figure


def tilted_view(record: Record, query: Query, rows: pd.DataFrame) -> None:
    """Women without a contracted service as heights over the map. Drawn only when asked for; the
    gap table says the same."""
    if not st.toggle("Show as 3D map", key="tilted"):
        return
    with st.spinner("Drawing …"):
        st.pydeck_chart(tilted_deck(record, rows), height=560, key="deck")
    age = record.file.region.scope_minimum_age
    st.html(
        f"<p>Height is the number of women aged {age} or over who live where the status is no"
        " contracted service (red), lapsed (grey) or not stated (sand). Covered places are flat"
        " and blue. The table above gives the numbers.</p>"
    )


_COLOURS = {
    Status.COVERED: [63, 135, 198],
    Status.NONE: [176, 40, 28],
    Status.LAPSED: [120, 120, 120],
    Status.NOT_STATED: [205, 178, 110],
}


def tilted_deck(record: Record, rows: pd.DataFrame) -> Any:
    """A deck of the counted areas, as high as the women 18+ (or of the record's scope) who live
    there without a service."""
    import pydeck as pdk

    features = _features(record, rows)
    layer = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        extruded=True,
        get_elevation="properties.height",
        elevation_scale=_STRETCH,
        get_fill_color="properties.colour",
        get_line_color=[255, 255, 255],
    )
    letters = pdk.Layer(
        "TextLayer",
        _heights_named(record, rows, features),
        get_position="at",
        get_text="name",
        get_size=15,
        get_color=[0, 0, 0],
        background=True,
        get_pixel_offset=[0, -14],
        parameters={"depthCompare": "always"},
    )
    centre = _centre(record)
    # map_style must be left out, not emptied: an empty one makes the browser ask a tile server.
    return pdk.Deck(
        layers=[layer, letters],
        map_provider=None,
        initial_view_state=pdk.ViewState(
            latitude=centre[1], longitude=centre[0], zoom=8.9, pitch=52, bearing=-12
        ),
    )


def _features(record: Record, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The counted areas with their height and colour."""
    import pandas as pd

    women = record.women(record.file.region.scope_minimum_age)
    return [
        {
            "type": "Feature",
            "geometry": area.geometry,
            "properties": {
                "height": (
                    0.0
                    if rows.at[area.code, "status"] is Status.COVERED or pd.isna(women[area.code])
                    else float(women[area.code])
                ),
                "colour": _COLOURS[rows.at[area.code, "status"]],
            },
        }
        for area in record.areas
        if rows.at[area.code, "counted"]
    ]


def _heights_named(
    record: Record, rows: pd.DataFrame, features: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The names of the areas that rise, each on its top."""
    return [
        {
            "name": area.name,
            "at": [*_middle(area.geometry), f["properties"]["height"] * _STRETCH],
            "height": f["properties"]["height"],
        }
        for area, f in zip(
            [a for a in record.areas if rows.at[a.code, "counted"]], features, strict=True
        )
        if f["properties"]["height"]
    ]


def _middle(geometry: dict[str, Any]) -> tuple[float, float]:
    from shapely.geometry import shape

    point = shape(geometry).representative_point()
    return point.x, point.y


def _centre(record: Record) -> tuple[float, float]:
    from shapely.geometry import shape

    bounds = [shape(a.geometry).bounds for a in record.areas]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    return (west + east) / 2, (south + north) / 2
