"""The map as plotly draws it, for Dash and for Streamlit: the outlines come from ``outlines``, an
address on the same server."""

import plotly.graph_objects as go
from same import AREAS, COLOURS, classes


def figure(hubs: list[str], outlines: str) -> go.Figure:
    last = len(COLOURS) - 1
    colours = [
        (edge, colour)
        for n, colour in enumerate(COLOURS.values())
        for edge in (n / (last + 1), (n + 1) / (last + 1))
    ]
    words = {"tickvals": list(range(last + 1)), "ticktext": list(COLOURS)}
    scale = {"zmin": -0.5, "zmax": last + 0.5, "colorscale": colours, "colorbar": words}
    drawn = go.Figure(
        go.Choropleth(
            geojson=outlines,
            featureidkey="properties.code",
            locations=AREAS,
            z=classes(hubs),
            **scale,
        )
    )
    return drawn.update_geos(fitbounds="locations", visible=False, projection_type="mercator")
