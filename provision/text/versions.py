"""What changed between two versions, in a paragraph: caption, screen-reader text and what the
command line prints first are it."""

from __future__ import annotations

from collections.abc import Sequence

from provision.coverage.status import Count, Status, coverage, ranges
from provision.english import FEW, listing, number
from provision.exchange.diff import AreaChange, ChangedArea, Difference, EntryChange
from provision.record import Record
from provision.text.labels import STATUS_WORDS
from provision.text.wording import as_at

_OTHERWISE = {
    Status.COVERED: (
        "stays covered, by other services or at another level",
        "stay covered, by other services or at another level",
    ),
    Status.NONE: (
        "had lapsed and is now listed as having none",
        "had lapsed and are now listed as having none",
    ),
    Status.LAPSED: (
        "was listed as having none and has now lapsed",
        "were listed as having none and have now lapsed",
    ),
}


def paragraph(found: Difference) -> str:
    """All that changed, in whole sentences; what became *not stated* is never said to be lost."""
    said = [*_areas(found), *_beside(found), *_services(found), *_elsewhere(found)]
    return " ".join([_days(found), *(said or ["Nothing in the record differs."])])


def _days(found: Difference) -> str:
    if found.old_on == found.new_on:
        return f"Both versions are looked at as at {as_at(found.new, found.new_on)}."
    return (
        f"The older version is looked at as at {as_at(found.old, found.old_on)}, the newer as at"
        f" {as_at(found.new, found.new_on)}."
    )


def _areas(found: Difference) -> list[str]:
    region = found.new.file.region
    if not any(a.counted for a in found.areas):
        return [f"No {region.area} changes."] if found.fields else []
    was, now_covered = _covered(found.old, found), _covered(found.new, found)
    total = int(found.new.counted.sum())
    said = [*_gained_and_lost(found), *_what_is_stated(found)]
    for status in (Status.COVERED, Status.NONE, Status.LAPSED):
        if other := [a for a in found.of(AreaChange.CHANGED) if a.new is status]:
            said.append(f"{_which(found, other)} {_verb(other, *_OTHERWISE[status])}.")
    return [
        *said,
        (
            f"Covered: {was} of {total} {region.areas} in the older version, {now_covered} in the"
            " newer."
        ),
    ]


def _gained_and_lost(found: Difference) -> list[str]:
    gained, lost, said = found.of(AreaChange.GAINED), found.of(AreaChange.LOST), []
    if gained:
        said.append(
            f"{_which(found, gained)} {_verb(gained, 'gains', 'gain')} a contracted service."
        )
    if lost:
        said.append(
            f"{_which(found, lost)} {_verb(lost, 'loses', 'lose')} {_verb(lost, 'its', 'their')}"
            " contracted service."
        )
    return said


def _what_is_stated(found: Difference) -> list[str]:
    """Areas of which one version says what the other does not: neither gained nor lost."""
    said = []
    if unsaid := found.of(AreaChange.NO_LONGER_STATED):
        said.append(
            f"For {_which(found, unsaid, start=False)} the newer version does not say what the"
            " older did; that is not counted as lost."
        )
    if now := found.of(AreaChange.NOW_STATED):
        each = (
            listing(f"{a.name} ({STATUS_WORDS[a.new]})" for a in now)
            if len(now) <= FEW
            else _which(found, now, start=False)
        )
        said.append(
            f"For {each} the newer version says what the older did not; that is not counted as"
            " gained."
        )
    return said


def _covered(record: Record, found: Difference) -> Count:
    return ranges(coverage(record, found.old_on if record is found.old else found.new_on))[
        Status.COVERED
    ]


def _which(found: Difference, areas: Sequence[ChangedArea], *, start: bool = True) -> str:
    """The areas: their names while they are few, else how many they are."""
    if len(areas) <= FEW:
        return listing(a.name for a in areas)
    words = f"{number(len(areas))} {found.new.file.region.areas}"
    return words[:1].upper() + words[1:] if start else words


def _verb(things: Sequence[object], one: str, more: str) -> str:
    return one if len(things) == 1 else more


def _beside(found: Difference) -> list[str]:
    others = [f"{a.name} ({_turn(a)})" for a in found.areas if not a.counted]
    return (
        [f"Not among the {found.new.file.region.areas} that are counted: {listing(others)}."]
        if others
        else []
    )


def _turn(area: ChangedArea) -> str:
    if area.old is area.new:
        return "covered, by other services or at another level"
    return f"{STATUS_WORDS[area.old]}, then {STATUS_WORDS[area.new]}"


def _services(found: Difference) -> list[str]:
    said = []
    for change, one, more in (
        (EntryChange.ADDED, "is new", "are new"),
        (EntryChange.REMOVED, "is no longer in the record", "are no longer in the record"),
        (EntryChange.CHANGED, "is described differently", "are described differently"),
    ):
        if ids := found.entries("services", change):
            names = [
                (found.old if change is EntryChange.REMOVED else found.new).services_by_id[i].name
                for i in ids
            ]
            which = (
                listing(names)
                if len(names) <= FEW
                else f"{number(len(names)).capitalize()} services"
            )
            said.append(f"{which} {_verb(ids, one, more)}.")
    return said


def _elsewhere(found: Difference) -> list[str]:
    parts = sorted({f.part for f in found.fields} - {"services"})
    tally = {
        change: sum(len(found.entries(part, change)) for part in parts) for change in EntryChange
    }
    words = [f"{number(n)} {change.value}" for change, n in tally.items() if n]
    count = sum(tally.values())
    return (
        [f"Elsewhere in the record: {listing(words)} {_verb(range(count), 'entry', 'entries')}."]
        if words
        else []
    )
