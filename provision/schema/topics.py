"""What the source says beside services and themes: points, topics, aims and undertakings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from provision.schema.services import Entry, Identifier, Name, References, Text


class Point(Entry):
    """A statement of the source, in our words."""

    text: Text
    ref: References


class Topic(Entry):
    """Several points under one title."""

    id: Identifier
    title: Name
    basis: Text | None = Field(None, description="who says so, if not the source itself")
    points: tuple[Point, ...] = Field(min_length=1)


class Aim(Point):
    """What is aimed at, and by when where the source says."""

    id: Identifier
    by: Text | None = Field(None, description="until when, in the source's words")


class Undertaking(Topic):
    """Something that somebody commits to, plans or proposes, and how far it has got."""

    who: Text = Field(description="who is to act; 'not stated' where nobody is named")
    by: Text | None = Field(None, description="until when, in the source's words")
    state: Literal[
        "committed",
        "working towards",
        "planned",
        "proposed",
        "to be considered",
        "being commissioned",
        "under way",
    ]
