"""The same map as streamlit-folium draws it, recoloured by switches for hubs: the map stays and one
feature group of it is drawn anew, as its documentation recommends, and nothing is sent back.
Leaflet comes from this server instead of a CDN; what else folium loads by default (jQuery,
Bootstrap, Font Awesome, markers) this map does not use, so it is left out, in folium's favour."""

import folium
import streamlit as st
from same import AREAS, COLOURS, HUBS, OUTLINES, classes, sentence
from streamlit_folium import st_folium

folium.Map.default_js = [("leaflet", "/app/static/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "/app/static/leaflet.css")]

hubs = st.pills("Hubs", HUBS, selection_mode="multi")
st.header(sentence(hubs))
fills = dict(zip(AREAS, (list(COLOURS.values())[place] for place in classes(hubs)), strict=True))


def style(feature: dict) -> dict:
    return {
        "fillColor": fills[feature["properties"]["code"]],
        "fillOpacity": 1,
        "color": "#16202a",
        "weight": 1,
    }


group = folium.FeatureGroup()
folium.GeoJson(OUTLINES, style_function=style).add_to(group)
st_folium(
    folium.Map(location=(51.49, -0.1), zoom_start=9, tiles=None),
    key="map",
    feature_group_to_add=group,
    returned_objects=[],
    height=450,
)
