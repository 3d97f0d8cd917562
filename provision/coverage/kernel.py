"""The status rule on arrays: days x areas x services.

This is the one place that says what follows from dates. :mod:`provision.coverage.status` gives it
as tables; :mod:`provision.coverage.timeline` and :mod:`provision.scenarios.evaluate` work out many
days at once with it. What the statuses mean is defined in :mod:`provision`.

Days are ordinals (``date.toordinal``). A *term* is one stretch of time in some areas: each service
of a record has one, and a scenario may add terms of the same service in single areas.

On each day, a term is one of these:

ended
    The day is after its stated last day.
active
    The day lies between its start and its end. Where either is not stated, it counts as active
    while the record speaks (its own month), or, for a service that the source lists for referral,
    while it is listed. A term that is ongoing does not end.
unsure
    It had begun or may have, and nothing says whether it was active; or it is not stated whether
    the service is of the kind that the record counts.
none of the three
    It had not begun, or the service is known not to be of that kind.

An area is *covered* where an active term names it; *lapsed* where a term that names it has ended
and none is unsure; *none* where the source lists it so, from the record's first day on; and
otherwise *not stated*.

Hubs that are only supposed come on top (:func:`place_statuses`, :func:`with_remote`): an area that
no contract covers is *what if* where a hub with a place reaches it. One that has no place, by what
is stated, is *remote* where a remote hub reaches it. *Remote* is a class of its own, and never
covered: wherever areas are counted by places, it counts as what its contracts leave it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from functools import cached_property

import numpy as np

# Ordinals before and after every date: a day that is not stated, and an end that is ongoing.
ALWAYS, NEVER, OPEN_ENDED = -1, 10_000_000, 10_000_001


class StatusCode(IntEnum):
    """The statuses as small numbers; ``WHAT_IF`` is an area that is covered only because of a
    hub, ``REMOTE`` one that nothing but a remote hub reaches."""

    COVERED = 0
    LAPSED = 1
    NONE = 2
    NOT_STATED = 3
    WHAT_IF = 4
    REMOTE = 5


@dataclass(frozen=True, eq=False)
class Terms:
    """Terms and the areas that they name.

    Attributes
    ----------
    named : boolean array (terms x areas)
        Whether the term names the area; areas in the order of the boundaries file.
    start, end : integer arrays (terms)
        First and last day, as ordinals: :data:`ALWAYS` and :data:`NEVER` where not stated,
        :data:`OPEN_ENDED` where the end is ongoing.
    listed : boolean array (terms)
        Whether the source lists the service for referral.
    listed_from, listed_to : integer arrays (terms)
        First and last day of that listing, in the same way; of no meaning where not ``listed``.
    loose, excluded : boolean arrays (terms)
        It is not stated whether the service is of the kind that is counted; it is known not to be.
    off : boolean array (terms)
        Switched off by a scenario.
    service, provider : integer arrays (terms)
        Places in ``services`` and ``providers`` of
        :class:`provision.coverage.arrays.RecordArrays`.
    level : integer array (terms)
        As :func:`provision.coverage.levels.level_rank` gives it."""

    named: np.ndarray
    start: np.ndarray
    end: np.ndarray
    listed: np.ndarray
    listed_from: np.ndarray
    listed_to: np.ndarray
    loose: np.ndarray
    excluded: np.ndarray
    off: np.ndarray
    service: np.ndarray
    provider: np.ndarray
    level: np.ndarray

    @cached_property
    def weights(self) -> np.ndarray:
        """``named`` as numbers, for products: float array (terms x areas)."""
        return self.named.astype(np.float32)

    def with_term(
        self, service: int, named: np.ndarray, start: int, end: int, *, off: bool
    ) -> Terms:
        """The terms with one more of a service, in the areas of a boolean array (areas), with a
        start, an end and a switch of its own."""
        more = {
            f.name: np.append(own, own[service : service + 1], axis=0)
            for f in fields(self)
            for own in (getattr(self, f.name),)
        }
        found = replace(self, **more)
        found.named[-1], found.start[-1], found.end[-1], found.off[-1] = named, start, end, off
        return found


@dataclass(frozen=True, eq=False)
class TermStates:
    """What can be said of every term on every day: boolean arrays (days x terms)."""

    active: np.ndarray
    ended: np.ndarray
    unsure: np.ndarray


def term_states(terms: Terms, speaks: tuple[int, int], days: np.ndarray) -> TermStates:
    """What can be said of every term on every day.

    Parameters
    ----------
    terms
        The terms.
    speaks : (int, int)
        First and last day that the record speaks for, as ordinals.
    days : integer array (days)
        Ordinals, in any order.

    Returns
    -------
    TermStates
        Boolean arrays (days x terms). A term that is switched off has ended wherever it had
        begun."""
    day, counts = days[:, None], ~terms.excluded
    no_start, no_end = terms.start == ALWAYS, terms.end == NEVER
    past = day > terms.end
    doubt = (no_start & (day < speaks[0])) | (no_end & (day > speaks[1]))
    if terms.listed.any():
        held = within_listing(terms, speaks, day)
        doubt = np.where(terms.listed, (no_start | no_end) & ~held, doubt)
    ended = past & counts & ~terms.loose
    begun = (day >= terms.start) & ~ended & counts
    unsure = begun & (terms.loose | doubt)
    active = begun & ~unsure
    if terms.off.any():
        known = ~no_start | (day >= speaks[0]) | (terms.listed & (day >= terms.listed_from))
        stopped = terms.off & begun & known
        active, unsure, ended = active & ~stopped, unsure & ~stopped, ended | stopped
    return TermStates(active, ended, unsure)


def within_listing(terms: Terms, speaks: tuple[int, int], day: np.ndarray) -> np.ndarray:
    """Whether each term's service is listed for referral on a day.

    Parameters
    ----------
    terms
        The terms.
    speaks
        First and last day that the record speaks for, as ordinals.
    day : integer array (days x 1)
        Ordinals.

    Returns
    -------
    boolean array (days x terms)
        False for a term that is not listed. A day of the listing that is not stated is bounded
        by what the record speaks for."""
    lower = np.where(terms.listed_from == ALWAYS, speaks[0], terms.listed_from)
    upper = np.where(terms.listed_to == NEVER, speaks[1], terms.listed_to)
    return np.asarray(terms.listed & (day >= lower) & (day <= upper))


def may_have_ended(
    terms: Terms, speaks: tuple[int, int], states: TermStates, days: np.ndarray
) -> np.ndarray:
    """Which terms have ended, or are unsure and past the last day that is known of them.

    Parameters
    ----------
    terms
        The terms.
    speaks
        First and last day that the record speaks for, as ordinals.
    states
        From :func:`term_states`, for the same days.
    days : integer array (days)
        Ordinals.

    Returns
    -------
    boolean array (days x terms)
        An end that is not stated may have come after the last day of a listing, or else after
        the last day that the record speaks for."""
    day = days[:, None]
    stated = terms.listed & (terms.listed_to != NEVER)
    beyond = (terms.end == NEVER) & (day > np.where(stated, terms.listed_to, speaks[1]))
    return np.asarray(states.ended | (states.unsure & ((day > terms.end) | beyond)))


def area_statuses(
    terms: Terms, listed_none: np.ndarray, speaks_from: int, states: TermStates, days: np.ndarray
) -> np.ndarray:
    """The status of every area on every day by its terms.

    Parameters
    ----------
    terms
        The terms.
    listed_none : boolean array (areas)
        Whether the source lists the area as having no contracted service.
    speaks_from : int
        First day that the record speaks for, as ordinal.
    states
        From :func:`term_states`, for the same days.
    days : integer array (days)
        Ordinals.

    Returns
    -------
    int8 array (days x areas)
        Of :class:`StatusCode`; never ``WHAT_IF`` or ``REMOTE``."""
    covered, ended, unsure = (
        areas_named(terms, part) for part in (states.active, states.ended, states.unsure)
    )
    none = listed_none & (days >= speaks_from)[:, None]
    found = np.where(none, np.int8(StatusCode.NONE), np.int8(StatusCode.NOT_STATED))
    found[ended & ~unsure] = StatusCode.LAPSED
    found[covered] = StatusCode.COVERED
    return found


def place_statuses(left: np.ndarray, by_place: np.ndarray) -> np.ndarray:
    """Statuses by contracts and hubs with a place.

    Parameters
    ----------
    left : int8 array (... x areas)
        What the contracts leave, of :class:`StatusCode`.
    by_place : boolean array (... x areas)
        Whether an open hub with a place reaches the area.

    Returns
    -------
    int8 array (... x areas)
        With the areas that only a hub covers as ``WHAT_IF``."""
    return np.where(by_place & (left != StatusCode.COVERED), np.int8(StatusCode.WHAT_IF), left)


def with_remote(places: np.ndarray, remotely: np.ndarray) -> np.ndarray:
    """Statuses with what is only reached remotely set apart.

    Parameters
    ----------
    places : int8 array (... x areas)
        From :func:`place_statuses`.
    remotely : boolean array (... x areas)
        Whether an open remote hub reaches the area.

    Returns
    -------
    int8 array (... x areas)
        With the areas that nothing but a remote hub reaches as ``REMOTE``. An area that is not
        stated stays so: it may have had a place all along."""
    without = (places == StatusCode.NONE) | (places == StatusCode.LAPSED)
    return np.where(remotely & without, np.int8(StatusCode.REMOTE), places)


def areas_named(terms: Terms, chosen: np.ndarray) -> np.ndarray:
    """Whether any of the terms chosen for a day names the area.

    Parameters
    ----------
    terms
        The terms.
    chosen : boolean array (days x terms)
        The terms chosen for a day.

    Returns
    -------
    boolean array (days x areas)"""
    if len(chosen) == 1:
        return np.asarray(terms.named[chosen[0]].any(axis=0, keepdims=True))
    used = chosen.any(axis=0)
    if not used.any():
        return np.zeros((len(chosen), terms.named.shape[1]), dtype=bool)
    return np.asarray(chosen[:, used].astype(np.float32) @ terms.weights[used] > 0)
