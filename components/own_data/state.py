"""Somebody's own data in their session: what they gave, step by step, and whether it is shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from weakref import WeakSet

import streamlit as st

from components.data import caches
from components.data.live import Live
from provision.io.files import ROOT
from provision.io.problems import InvalidData, Problem
from provision.links.query import DATA
from provision.readers.outline_projection import AXES, Axes
from provision.record import Record
from provision.regions.apart import Tell, make_apart
from provision.regions.own_data import (
    SERVICES,
    OwnData,
    OwnInputs,
    begin_from_record,
    begin_from_zip,
    contents_of,
    make_own_data,
)
from provision.regions.packing import zipped
from provision.regions.uploads import Uploads, UploadStore, uploads_of

_MOST_STEPS = 20
MOST_VERSIONS = 5  # that a session keeps on the server, where it keeps them
MOST_BYTES = 120_000_000  # of the files in the steps of a session; the oldest steps go first
_KEEP = ROOT / "records" / "uploads"


@dataclass(eq=False)
class Own:
    """What a session holds: the data as it is now, the inputs of the steps before, and what the
    last step was refused for, with its inputs. ``kept`` are the versions that this session keeps
    on the server, with when. ``tell`` shows for how many seconds a step has been going on."""

    now: OwnData | None = None
    before: Record | None = None
    steps: list[OwnInputs] = field(default_factory=list)
    shown: bool = False
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    refused: OwnInputs | None = None
    kept: list[tuple[str, float]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    round: int = 0
    tell: Tell = lambda seconds: None


_sessions: WeakSet[Own] = WeakSet()


def own() -> Own:
    """This session's."""
    found: Own = st.session_state.setdefault("own_data", Own())
    _sessions.add(found)
    return found


def held() -> int:
    """How many bytes of files all sessions hold in their steps."""
    return sum(bytes_of(found.steps) for found in list(_sessions))


def bytes_of(steps: Sequence[OwnInputs]) -> int:
    """How many bytes the files of some steps have; one that several share counts once."""
    contents = [content for inputs in steps for content in contents_of(inputs)]
    return sum({id(content): len(content) for content in contents}.values())


def _within(steps: list[OwnInputs]) -> list[OwnInputs]:
    """The last steps that are not more than a session may hold; the last of all in any case."""
    while len(steps) > 1 and (len(steps) > _MOST_STEPS + 1 or bytes_of(steps) > MOST_BYTES):
        steps = steps[1:]
    return steps


def store() -> UploadStore:
    """Where uploads are kept, beside the records of workshops."""
    return UploadStore(_KEEP, time.time)


def in_session(published: Live) -> Live:
    """What this session shows: its own data where it has begun some, else what is published.

    A link that a new session opens on may name data that is kept.
    """
    if "own_data" not in st.session_state and uploads_of() is Uploads.KEPT:
        _open_kept(st.query_params.get(DATA, ""))
    found = own()
    if not found.shown or found.now is None or uploads_of() is Uploads.OFF:
        return published
    return replace(published, record=found.now.record, problems=())


def _open_kept(asked: str) -> None:
    """Take over the data that a link names; what is not kept is said by the link's own notes."""
    found = own()
    if (raw := store().get(asked)) is None:
        return
    try:
        data = _kept(asked, raw)
    except InvalidData:
        return
    found.now, found.shown, found.steps = data, True, [data.inputs]


@st.cache_resource(show_spinner=False, max_entries=4)
def _kept(asked: str, _raw: bytes) -> OwnData:
    data = make_own_data(begin_from_zip(_raw, "data.zip", date.today()))
    return replace(data, record=replace(data.record, upload=asked))


def take(inputs: OwnInputs) -> bool:
    """Make the data of new inputs; what was there stays where they cannot be used.

    Returns
    -------
    bool
        Whether it was made.
    """
    found = own()
    found.problems, found.refused = (), None
    try:
        data = make_apart(inputs, found.tell)
        found.now = _if_kept(data)
    except InvalidData as error:
        found.problems, found.refused = error.problems, inputs
        return False
    except LookupError as error:
        found.problems = (Problem("your data", 0, "", "", str(error), "change it and try again"),)
        return False
    caches.renewed()
    found.steps = _within([*found.steps, inputs])
    found.shown = True
    return True


def _if_kept(data: OwnData) -> OwnData:
    if uploads_of() is not Uploads.KEPT:
        return data
    upload = store().keep(packed(data))
    _let_go_of_older(upload)
    return replace(data, record=replace(data.record, upload=upload))


def _let_go_of_older(upload: str) -> None:
    """Keep the last versions of this session on the server; an older one stays where somebody has
    opened its link."""
    found, kept = own(), store()
    older = [(name, when) for name, when in found.kept if name != upload]
    found.kept = [*older, (upload, kept.opened(upload))]
    while len(found.kept) > MOST_VERSIONS:
        kept.let_go(*found.kept.pop(0))


def seems_turned() -> bool:
    """Whether the last step was refused because latitude and longitude seem swapped."""
    return own().refused is not None and any(p.field == AXES for p in own().problems)


def turn(axes: Axes) -> bool:
    """Try the refused step again, with latitude and longitude swapped or kept."""
    inputs = own().refused
    if inputs is None:
        return False
    return take(replace(inputs, options=replace(inputs.options, axes=axes)))


def packed(data: OwnData) -> bytes:
    """The folder as a zip file."""
    return zipped(data.files, "region")


def undo() -> None:
    """Go back to the step before."""
    found = own()
    if len(found.steps) < 2:
        return
    *rest, last = found.steps[:-1]
    found.steps = rest
    take(last)
    found.round += 1


def forget() -> None:
    """Let all of it go."""
    taken, number = own().taken, own().round
    st.session_state["own_data"] = Own(taken=taken, round=number + 1)


def show_published() -> None:
    """Show the published record again; what was brought stays."""
    own().shown = False


def show_own() -> None:
    """Show what was brought."""
    own().shown = own().now is not None


def change(step: Callable[[OwnInputs], OwnInputs]) -> bool:
    """Make the data anew from what was given so far and one change."""
    found = own()
    return found.now is not None and take(step(found.now.inputs))


def begin(record: Record) -> bool:
    """Begin from a record that is shown."""
    own().before = record if record.published else own().before
    return take(begin_from_record(record, date.today()))


def take_over(record: Record, services: bytes, lines: tuple[str, ...]) -> bool:
    """Take a changed services file of the record that is shown, as a new version.

    Parameters
    ----------
    record
        The record that was changed.
    services
        Its services file, changed.
    lines
        What changed, a line each.

    Returns
    -------
    bool
        Whether it was made.
    """
    found = own()
    before = () if record.published or found.now is None else found.now.inputs.changes
    inputs = begin_from_record(record, date.today())
    folder = {**inputs.folder, SERVICES: services}
    return take(replace(inputs, folder=folder, changes=(*before, *lines)))


def compared(published: Record | None) -> Record | None:
    """The record that the data is compared with: the published one, where it is of the same
    areas."""
    now = own().now
    if now is None or published is None or list(published.row_of) != list(now.record.row_of):
        return None
    return published


def new_files(files: Sequence[object]) -> bool:
    """Whether files were chosen that were not taken yet; from now on they are."""
    ids = {str(getattr(f, "file_id", id(f))) for f in files}
    fresh = bool(ids - own().taken)
    own().taken |= ids
    return fresh
