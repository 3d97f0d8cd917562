"""What a view is in words."""

from __future__ import annotations

import pytest

from provision.links.query import parse
from provision.paper.view import Kind, View
from provision.paper.views import not_shown
from provision.record import Record


@pytest.mark.parametrize(
    ("kind", "asked", "notes"),
    [
        ("coverage", {"hubs": "E09000003~land"}, 1),
        ("coverage", {"on": "2020-04-01"}, 0),
        ("gaps", {"off": "minerva-crc", "on": "2019-05-01"}, 1),
        ("scenario", {"hubs": "E09000003~land"}, 0),
        ("difference", {"hubs": "E09000003~land", "on": "2019-05-01"}, 0),
        ("calendar", {"on": "2020-04-01"}, 1),
        ("calendar", {"on": "2020-04-01", "hubs": "E09000003~land"}, 2),
        ("calendar", {}, 0),
    ],
)
def test_what_a_figure_does_not_show_is_noted(
    london: Record, kind: str, asked: dict[str, str], notes: int
) -> None:
    query, _ = parse(asked, london)
    assert len(not_shown(london, View(Kind(kind), query))) == notes
