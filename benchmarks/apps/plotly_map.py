"""The plainest plotly map of the same areas: switches for hubs recolour it. Served with its
outlines, so that it asks nobody outside."""

import streamlit as st
from choropleth import figure
from same import HUBS, sentence

hubs = st.pills("Hubs", HUBS, selection_mode="multi")
st.header(sentence(hubs))
st.plotly_chart(
    figure(hubs, "/app/static/areas.geojson"), key="map", config={"topojsonURL": "/app/static/"}
)
