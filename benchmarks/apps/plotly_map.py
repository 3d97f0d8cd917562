"""The plainest plotly map of the same areas: one toggle recolours it. Served with its outlines, so that it asks nobody outside."""

import json
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

OUTLINES = Path(__file__).parent / "static" / "areas.geojson"


@st.cache_data
def codes() -> list[str]:
    return [feature["properties"]["code"] for feature in json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]]


step = int(st.toggle("Switch"))
areas = codes()
figure = go.Figure(
    go.Choropleth(geojson="/app/static/areas.geojson", featureidkey="properties.code", locations=areas, z=[(place + step) % 5 for place, _ in enumerate(areas)])
)
figure.update_geos(fitbounds="locations", visible=False, projection_type="mercator")
st.plotly_chart(figure, key="map", config={"topojsonURL": "/app/static/"})
