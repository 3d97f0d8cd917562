"""A record as arrays: Farwater's, whose services file begins with a picture of it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from support import sketch

from provision.coverage.arrays import record_arrays, terms_of
from provision.coverage.kernel import ALWAYS, NEVER, OPEN_ENDED
from provision.coverage.status import object_frame
from provision.record import Record
from provision.schema.services import ServicesFile


def test_every_service_is_one_term_that_nothing_switches_off(city: Record) -> None:
    base = record_arrays(city)
    found = base.contracts
    assert base.services == tuple(s.id for s in city.services)
    assert found.named.shape == (len(city.services), len(city.areas))
    assert found.service.tolist() == list(range(len(city.services)))
    assert not found.off.any()
    for flags in (found.named, found.listed, found.loose, found.excluded, found.off):
        assert flags.dtype == bool
    for days in (found.start, found.end, found.listed_from, found.listed_to, found.level):
        assert days.dtype == np.int64


def test_ends_are_days_ongoing_or_not_stated(city: Record) -> None:
    base = record_arrays(city)
    for service, end in zip(city.services, base.contracts.end.tolist(), strict=True):
        stated = service.contract.end
        expected = {"ongoing": OPEN_ENDED, "not stated": NEVER}.get(str(stated))
        assert end == (expected or date.fromordinal(end).toordinal())
        if not isinstance(stated, str):
            assert end == stated.last.toordinal()


def test_the_days_of_a_listing_are_its_own() -> None:
    record = sketch(["A"], {"x": ("one-to-one", "not stated", "not stated", ["A"])})
    data = record.file.model_dump(mode="json", exclude_none=True)
    data["services"][0]["listing"] = {"start": "2020-02", "end": "2020-09", "ref": "guide §1"}
    (service,) = ServicesFile.model_validate(data).services
    found = terms_of([service], np.ones((1, 1), dtype=bool))
    assert date.fromordinal(int(found.listed_from[0])) == date(2020, 2, 1)
    assert date.fromordinal(int(found.listed_to[0])) == date(2020, 9, 30)
    without = terms_of(record.services, np.ones((1, 1), dtype=bool))
    assert (without.listed_from[0], without.listed_to[0]) == (ALWAYS, NEVER)


def test_leads_are_counted_in_sorted_names(city: Record) -> None:
    base = record_arrays(city)
    assert list(base.providers) == sorted({s.provider for s in city.services})
    by_term = [base.providers[n] for n in base.contracts.provider]
    assert by_term == [s.provider for s in city.services]
    alone = terms_of(city.services, base.contracts.named)
    assert not alone.provider.any()


def test_chosen_areas_come_as_codes_in_the_order_of_the_outlines(city: Record) -> None:
    base = record_arrays(city)
    chosen = np.zeros(len(city.areas), dtype=bool)
    chosen[[2, 0]] = True
    assert base.those(chosen) == (city.areas[0].code, city.areas[2].code)
    assert base.row_of[city.areas[2].code] == 2


def test_a_table_without_columns_keeps_its_areas() -> None:
    index = pd.Index(["Q1", "Q2"], name="code")
    assert list(object_frame({}, index).index) == ["Q1", "Q2"]
