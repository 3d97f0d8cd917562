"""What was worked out of records that are gone is let go of."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from itertools import count

import pytest

from components.data import caches
from components.present import records
from provision.coverage.arrays import record_arrays
from provision.record import Record


def test_results_of_records_that_are_gone_are_let_go_of(
    city: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_renewals", count(1))
    own = replace(city, version="another")
    record_arrays(own)
    held = weakref.ref(own)
    del own
    gc.collect()
    assert held() is not None, "a cache holds it"
    for _ in range(caches.RENEWALS):
        caches.renewed()
    gc.collect()
    assert held() is None


def test_what_holds_no_record_stays() -> None:
    names = {cached.__name__ for cached in caches._by_record()}
    assert "record_arrays" in names
    assert records._store.__name__ not in names
