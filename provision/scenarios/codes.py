"""What can be said of an area in a scenario, as codes. What they are called is in
:mod:`provision.text.labels`."""

from __future__ import annotations

from enum import StrEnum

from provision.coverage.kernel import StatusCode


class ScenarioStatus(StrEnum):
    """What can be said of an area in a scenario: the four statuses, covered only because of a hub,
    and reached by nothing but a remote hub."""

    COVERED = "covered"
    LAPSED = "lapsed"
    NONE = "none"
    NOT_STATED = "not_stated"
    WHAT_IF = "what_if"
    REMOTE = "remote"


class Effect(StrEnum):
    """What a scenario does to an area."""

    WHAT_IF = "what_if"
    SECURED = "secured"
    GAINED = "gained"
    HELD = "held"
    LOST = "lost"
    DOUBTFUL = "doubtful"
    REMOTE = "remote"
    REMOTE_ONLY_LEFT = "remote_only_left"
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
    REMOTE = "remote"


SCENARIO_STATUSES = tuple(ScenarioStatus[code.name] for code in StatusCode)


_OF_COVERED = {
    StatusCode.WHAT_IF: Effect.HELD,
    StatusCode.NOT_STATED: Effect.DOUBTFUL,
    StatusCode.REMOTE: Effect.REMOTE_ONLY_LEFT,
}
_OF_OTHERS = {
    StatusCode.WHAT_IF: Effect.WHAT_IF,
    StatusCode.COVERED: Effect.GAINED,
    StatusCode.REMOTE: Effect.REMOTE,
}


def effect_of(before: int, after: int) -> Effect:
    """What turning from one :class:`StatusCode` to another is called."""
    if before == after:
        return Effect.UNCHANGED
    if before == StatusCode.COVERED:
        return _OF_COVERED.get(StatusCode(after), Effect.LOST)
    if before == StatusCode.NOT_STATED and after in (StatusCode.COVERED, StatusCode.WHAT_IF):
        return Effect.SECURED
    return _OF_OTHERS.get(StatusCode(after), Effect.CHANGED)
