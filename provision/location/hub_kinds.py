"""Kinds of hub: what each reaches, and as what that is counted.

``fixed place``
    The areas that the hub's reach rule gives.
``fixed place and areas visited``
    Those, and the areas that it visits in turn. One that visits none is a fixed place.
``areas visited``
    The area that it starts from and those that it visits; it has no reach rule.
``whole region, remotely``
    Every area, and no place. What is reached only so is *remote*: never covered by a place.

A hub is of the kind :data:`FIXED` unless it says otherwise. The kinds themselves are data
(``hub_models`` of the services file), each with its source; a record that keys none has fixed
places alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from provision.record import Record
from provision.schema.services import HubReach, Reference

FIXED = "fixed-centre"


@dataclass(frozen=True)
class HubKind:
    """One kind of hub: its id and name, what it reaches, where that comes from (``basis``), and
    the passages that speak of it (``refs``, none where the record keys no kinds)."""

    id: str
    name: str
    reach: HubReach
    basis: str
    description: str = ""
    refs: tuple[Reference, ...] = ()

    @property
    def has_rule(self) -> bool:
        """Whether a reach rule says whom it reaches."""
        return self.reach in (HubReach.FIXED_PLACE, HubReach.PLACE_AND_VISITS)

    @property
    def visits(self) -> bool:
        """Whether it visits areas."""
        return self.reach in (HubReach.AREAS_VISITED, HubReach.PLACE_AND_VISITS)

    @property
    def remote(self) -> bool:
        """Whether it is used from anywhere, and covers no place."""
        return self.reach is HubReach.REMOTE

    @property
    def noun(self) -> str:
        """What it is called within a sentence."""
        return "hub" if self.id == FIXED else f"{self.name[0].lower()}{self.name[1:]}"


@lru_cache(maxsize=8)
def hub_kinds(record: Record) -> Mapping[str, HubKind]:
    """The kinds of hub that can be supposed.

    Parameters
    ----------
    record
        The record whose services file keys them.

    Returns
    -------
    Mapping of str to HubKind
        By id, :data:`FIXED` first."""
    plain = HubKind(FIXED, "Fixed centre", HubReach.FIXED_PLACE, "Ours. Its reach rule.")
    keyed = {
        m.id: HubKind(m.id, m.name, m.reach, m.reach_basis, m.description, tuple(m.ref))
        for m in record.file.hub_models
    }
    first = keyed.pop(FIXED, plain)
    return MappingProxyType({FIXED: first, **keyed})


def find_kind(record: Record, text: str) -> HubKind:
    """A kind of hub.

    Parameters
    ----------
    record
        The record whose kinds are meant.
    text
        Its id, or the beginning of it up to a hyphen: ``virtual`` for ``virtual-hub``.

    Returns
    -------
    HubKind
        The kind.

    Raises
    ------
    LookupError
        Where no kind, or more than one, is called so; with the ids that there are."""
    kinds = hub_kinds(record)
    found = [k for k in kinds.values() if k.id == text or k.id.startswith(f"{text}-")]
    exact = [k for k in found if k.id == text] or found
    if len(exact) == 1 and text:
        return exact[0]
    raise LookupError(f"is not a kind of hub; write one of: {', '.join(kinds)}")
