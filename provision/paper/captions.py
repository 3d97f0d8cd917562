"""The caption of a figure: a short one for under it, and a full one with everything that its reader
must be told."""

from __future__ import annotations

from provision.paper.figures import dated
from provision.paper.view import Kind, View
from provision.paper.views import Described


def short_caption(view: View, said: Described) -> str:
    """What stands under a figure that has its rule, licence and data version printed in it: title,
    date, sources."""
    title = f"{said.title}, in tiles of equal area" if view.kind is Kind.TILES else said.title
    return f"{title}. {dated(view, said)}. {said.source}"


def caption(view: View, said: Described) -> str:
    """A file of a figure's captions: the short one first, then everything, and the text for those
    who cannot see it."""
    parts = (
        f"Short caption: {short_caption(view, said)}",
        said.title,
        f"{dated(view, said)}.",
        said.sentence,
        f"Rule: {said.rule}",
        said.source,
        f"Licence: {' '.join(said.licence)}",
        f"{said.edition}. View: {said.where}",
        f"Alt text: {said.alt}",
    )
    return "\n\n".join(parts) + "\n"
