"""The same map as Dash draws it: a plotly choropleth, recoloured by switches for hubs. The callback
sends back nothing but the classes and the sentence (``Patch``), as Dash recommends; outlines and
plotly come from this machine."""

import sys

from choropleth import figure
from dash import Dash, Input, Output, Patch, dcc, html
from same import HUBS, STATIC, classes, sentence

app = Dash(__name__, assets_folder=str(STATIC), assets_ignore="leaflet", serve_locally=True)
app.layout = html.Main(
    [
        html.H1(sentence([]), id="sentence"),
        dcc.Checklist(options=HUBS, value=[], id="hubs"),
        dcc.Graph(
            figure=figure([], "/assets/areas.geojson"), id="map", config={"topojsonURL": "/assets/"}
        ),
    ]
)


@app.callback(
    Output("map", "figure"),
    Output("sentence", "children"),
    Input("hubs", "value"),
    prevent_initial_call=True,
)
def recolour(hubs: list[str]) -> tuple[Patch, str]:
    patch = Patch()
    patch["data"][0]["z"] = classes(hubs)
    return patch, sentence(hubs)


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]))
