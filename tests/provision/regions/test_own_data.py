"""A region of somebody's own: what they gave and answered makes it, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support.own_files import LIST, OUTLINES

from provision.io.problems import InvalidData
from provision.regions.input_files import InputFile
from provision.regions.own_data import OwnInputs, begin_from_zip, make_own_data, record_of
from provision.regions.packing import zipped
from provision.regions.service_edits import Edit

DAY = date(2026, 11, 2)
ALONE = OwnInputs("vale", DAY, outlines=InputFile("vale.geojson", OUTLINES))
LISTED = replace(ALONE, services=(InputFile("list.csv", LIST),))


def test_outlines_alone_make_an_unpublished_record_of_which_nothing_is_stated() -> None:
    record = make_own_data(ALONE).record
    assert list(record.codes) == ["X01", "X02", "X03"]
    assert not record.services
    assert not record.listed_none.any()
    assert not record.published
    assert record.version.endswith("your-data-not-published")


def test_a_tick_takes_an_area_from_those_without() -> None:
    edits = (Edit("", "area:Birch", "yes"), Edit("one", "area:Birch", "yes"))
    record = make_own_data(replace(LISTED, edits=edits)).record
    assert record.service_area_matrix[:, 0].tolist() == [True, True, False]
    assert not record.listed_none.any()


def test_a_date_is_read_in_words_and_a_wrong_one_is_said() -> None:
    said = make_own_data(replace(LISTED, edits=(Edit("one", "end", "31 March 2027"),)))
    assert str(said.record.services[0].model_dump(mode="json")["contract"]["end"]) == "2027-03-31"
    with pytest.raises(InvalidData) as refused:
        make_own_data(replace(LISTED, edits=(Edit("one", "end", "some day"),)))
    assert [(p.entry, p.field) for p in refused.value.problems] == [("One", "end")]


def test_the_folder_as_zip_gives_the_same_again() -> None:
    data = make_own_data(LISTED)
    again = make_own_data(begin_from_zip(zipped(data.files, "vale"), "vale.zip", DAY))
    assert again.record.file == data.record.file


def test_problems_name_the_files_and_not_where_they_were_tried() -> None:
    with pytest.raises(InvalidData) as refused:
        record_of({"boundaries.geojson": OUTLINES, "services.yaml": b"region: 3\n"}, "vale")
    assert {p.file for p in refused.value.problems} == {"services.yaml"}
