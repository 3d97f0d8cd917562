"""What is said of hubs by their kinds: what each is called, whom it reaches, where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from provision.english import FEW, listing, number
from provision.geo.projection import plane_words
from provision.location.catchment import CatchmentRule, Rule
from provision.location.hub_kinds import HubKind, hub_kinds
from provision.record import Record
from provision.scenarios.scenario import Hub, Scenario

# With the region's word for one area, and for several.
_REACH_WORDS = {
    Rule.OWN: "each for its own {area} alone",
    Rule.LAND: "each for its own {area} and its neighbours by land",
    Rule.CROSSING: "each for its own {area} and its neighbours by land or over a crossing",
    Rule.TOUCHING: "each for its own {area} and all that border on it, by land or over the river",
}
REMOTELY = "for the whole region, remotely"


def reach_words(record: Record, reach: CatchmentRule) -> str:
    """A reach rule in running text."""
    if reach.rule is Rule.KM:
        return (
            f"each for the {record.file.region.areas} whose centre lies within {reach.km:g} km of"
            f" its own, in {plane_words(record)}"
        )
    return _REACH_WORDS[reach.rule].format(area=record.file.region.area)


def for_one_or_more(how: str, hubs: int) -> str:
    """A reach rule in the words for one hub, or for several."""
    return how.replace("each for", "for") if hubs == 1 else how


def whom(record: Record, hub: Hub, hubs: int = 1) -> str:
    """Whom a hub reaches, or several that are alike."""
    kind = hub_kinds(record)[hub.kind]
    if kind.remote:
        return REMOTELY
    visited = listing(record.by_code[c].name for c in hub.visits) if hub.visits else ""
    if not kind.has_rule:
        own = f"for its own {record.file.region.area}"
        return f"{own} and {visited}, which it visits" if visited else f"{own}, which it visits"
    rule = for_one_or_more(reach_words(record, hub.reach), hubs)
    return f"{rule}, and for {visited}, which it visits in turn" if visited else rule


def supposed_hubs(record: Record, scenario: Scenario) -> list[str]:
    """Where the hubs of a scenario stand, for each kind and each rule that some of them reach
    by."""
    alike: dict[tuple[str, CatchmentRule, tuple[str, ...]], list[Hub]] = {}
    for hub in scenario.hubs:
        alike.setdefault((hub.kind, hub.reach, hub.visits), []).append(hub)
    return [
        f"{hubs_in(record, hubs)} ({whom(record, hubs[0], len(hubs))})" for hubs in alike.values()
    ]


def hubs_in(record: Record, hubs: Sequence[Hub]) -> str:
    """Some hubs of one kind, with where they stand."""
    kind = hub_kinds(record)[hubs[0].kind]
    noun = f"{article(kind.noun)} {kind.noun}" if len(hubs) == 1 else f"{kind.noun}s"
    return f"{noun} {kind.placed} {areas_named(record, [hub.area for hub in hubs])}"


def supposed_hubs_in_short(record: Record, scenario: Scenario) -> list[str]:
    """The hubs of a scenario in few words: where those of each kind stand, or how many there
    are."""
    if len(scenario.hubs) > FEW:
        kinds = {hub.kind for hub in scenario.hubs}
        noun = hub_kinds(record)[min(kinds)].noun if len(kinds) == 1 else "hub"
        return [f"{number(len(scenario.hubs))} {noun}s"]
    by_kind: dict[str, list[Hub]] = {}
    for hub in scenario.hubs:
        by_kind.setdefault(hub.kind, []).append(hub)
    return [hubs_in(record, hubs) for hubs in by_kind.values()]


def hub_words(kind: HubKind) -> str:
    """What the mark of a hub on the map means."""
    if kind.remote:
        return f"{article(kind.noun)} {kind.noun} is run from here"
    verb = "stands" if kind.has_rule else "starts from"
    return f"{article(kind.noun)} {kind.noun} {verb} here"


def hub_title(record: Record, hub: Hub) -> str:
    """One hub as the head of a line: what it is, and where."""
    return hub_kinds(record)[hub.kind].title(record.by_code[hub.area].name)


def areas_named(record: Record, codes: Sequence[str]) -> str:
    """Names in full up to a handful more than elsewhere: where hubs stand is what a room wants to
    hear."""
    names, region = [record.by_code[code].name for code in codes], record.file.region
    if len(names) <= 2 * FEW:
        return listing(names)
    return f"{number(len(names))} {region.areas}"


def article(noun: str) -> str:
    """The article before a noun, by its first letter."""
    return "an" if noun[0] in "aeiou" and not noun.startswith("one") else "a"
