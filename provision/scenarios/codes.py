"""What can be said of an area in a scenario, as codes. What they are called is in
:mod:`provision.text.labels`."""

from __future__ import annotations

from enum import StrEnum

from provision.coverage.kernel import StatusCode


class ScenarioStatus(StrEnum):
    """What can be said of an area in a scenario: the four statuses, and covered only because of a
    hub."""

    COVERED = "covered"
    LAPSED = "lapsed"
    NONE = "none"
    NOT_STATED = "not_stated"
    WHAT_IF = "what_if"


class Effect(StrEnum):
    """What a scenario does to an area."""

    WHAT_IF = "what_if"
    SECURED = "secured"
    GAINED = "gained"
    HELD = "held"
    LOST = "lost"
    DOUBTFUL = "doubtful"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Conclusion(StrEnum):
    """What may or may not hold under another reach rule."""

    GAINED = "gained"
    LOST = "lost"
    WITHOUT = "without"


class Difference(StrEnum):
    """Where an area is covered, of two scenarios."""

    BOTH = "both"
    ONLY_A = "only_a"
    ONLY_B = "only_b"
    NEITHER = "neither"
    UNKNOWN = "unknown"
    UNSURE_A = "unsure_a"
    UNSURE_B = "unsure_b"


SCENARIO_STATUSES = tuple(ScenarioStatus[code.name] for code in StatusCode)


def effect_of(before: int, after: int) -> Effect:
    """What turning from one :class:`StatusCode` to another is called."""
    if before == after:
        return Effect.UNCHANGED
    if before == StatusCode.NOT_STATED and after in (StatusCode.COVERED, StatusCode.WHAT_IF):
        return Effect.SECURED
    if after == StatusCode.WHAT_IF:
        return Effect.HELD if before == StatusCode.COVERED else Effect.WHAT_IF
    if after == StatusCode.COVERED:
        return Effect.GAINED
    if before == StatusCode.COVERED:
        return Effect.DOUBTFUL if after == StatusCode.NOT_STATED else Effect.LOST
    return Effect.CHANGED
