"""The same map as Dash draws it: a plotly choropleth with the scenario's classes in their colours, recoloured by a toggle. The callback
sends back nothing but the classes and the sentence (``Patch``), as Dash recommends; outlines and plotly come from this machine."""

import json
import sys
from pathlib import Path

import plotly.graph_objects as go
from dash import Dash, Input, Output, Patch, dcc, html

ASSETS = Path(__file__).parent / "static"
CLASSES = {"covered": "#b7cfe4", "gained": "#8fcf94", "lost": "#f2ae72", "none": "#ffffff", "not stated": "#d9d9d9"}
AREAS = [feature["properties"]["code"] for feature in json.loads((ASSETS / "areas.geojson").read_text(encoding="utf-8"))["features"]]


def classes(step: int) -> list[int]:
    return [(place + step) % len(CLASSES) for place, _ in enumerate(AREAS)]


def figure() -> go.Figure:
    last = len(CLASSES) - 1
    colours = [(edge, colour) for n, colour in enumerate(CLASSES.values()) for edge in (n / (last + 1), (n + 1) / (last + 1))]
    words = {"tickvals": list(range(last + 1)), "ticktext": list(CLASSES)}
    scale = {"zmin": -0.5, "zmax": last + 0.5, "colorscale": colours, "colorbar": words}
    drawn = go.Figure(go.Choropleth(geojson="/assets/areas.geojson", featureidkey="properties.code", locations=AREAS, z=classes(0), **scale))
    return drawn.update_geos(fitbounds="locations", visible=False, projection_type="mercator")


def sentence(step: int) -> str:
    return f"With the hub {'on' if step else 'off'}, {classes(step).count(1)} boroughs are gained and {classes(step).count(2)} are lost."


app = Dash(__name__, assets_folder=str(ASSETS), serve_locally=True)
app.layout = html.Main(
    [
        html.H1(sentence(0), id="sentence"),
        dcc.Checklist(options=["Switch"], value=[], id="switch"),
        dcc.Graph(figure=figure(), id="map", config={"topojsonURL": "/assets/"}),
    ]
)


@app.callback(Output("map", "figure"), Output("sentence", "children"), Input("switch", "value"), prevent_initial_call=True)
def recolour(chosen: list[str]) -> tuple[Patch, str]:
    patch = Patch()
    patch["data"][0]["z"] = classes(len(chosen))
    return patch, sentence(len(chosen))


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]))
