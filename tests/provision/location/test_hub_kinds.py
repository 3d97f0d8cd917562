"""Kinds of hub, as a record keys them."""

from __future__ import annotations

import pytest
from support import changed, problems_in

from provision.location.hub_kinds import FIXED, find_kind, hub_kinds
from provision.record import Record

# Of each kind in London: whether it has a reach rule, visits areas, is remote.
LONDON = {
    "fixed-centre": (True, False, False),
    "outreach-hub": (True, True, False),
    "mobile-unit": (False, True, False),
    "virtual-hub": (False, False, True),
    "one-stop-shop": (True, False, False),
}


def test_each_kind_has_its_reach_and_its_source(london: Record) -> None:
    kinds = hub_kinds(london)
    assert {k.id: (k.has_rule, k.visits, k.remote) for k in kinds.values()} == LONDON
    assert all(kind.refs and kind.basis and kind.description for kind in kinds.values())
    assert next(iter(kinds)) == FIXED


def test_a_record_that_keys_none_has_fixed_places(london: Record) -> None:
    from dataclasses import replace

    bare = replace(london, file=london.file.model_copy(update={"hub_models": ()}))
    assert list(hub_kinds(bare)) == [FIXED] and hub_kinds(bare)[FIXED].has_rule


@pytest.mark.parametrize(("text", "kind"), [(k, k) for k in LONDON] + [("virtual", "virtual-hub")])
def test_a_kind_is_found_by_its_id_or_the_beginning_of_it(
    text: str, kind: str, london: Record
) -> None:
    assert find_kind(london, text).id == kind


@pytest.mark.parametrize("text", ["", "virt", "hub", "virtual-hub-2", "-hub"])
def test_what_is_called_otherwise_is_no_kind(text: str, london: Record) -> None:
    with pytest.raises(LookupError, match="write one of: fixed-centre"):
        find_kind(london, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("counted_as: remote", "counted_as: what-if"),
        ("reach: whole region, remotely", "reach: areas visited"),
    ],
)
def test_remote_support_is_never_keyed_as_a_place(old: str, new: str) -> None:
    (problem,) = problems_in(changed(old, new))
    assert problem.field == "counted_as" and "never counted as a place" in problem.what
