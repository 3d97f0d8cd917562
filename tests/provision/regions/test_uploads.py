"""Uploads are kept by their hash, and bounded."""

from __future__ import annotations

from pathlib import Path

import pytest

from provision.regions.uploads import Uploads, UploadStore, is_hash, uploads_of


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


def test_what_is_kept_is_found_by_its_hash_alone(tmp_path: Path) -> None:
    store = UploadStore(tmp_path / "uploads", Clock())
    found = store.keep(b"one")
    assert is_hash(found)
    assert store.get(found) == b"one"
    assert store.keep(b"one") == found
    assert store.get("0" * 32) is None


@pytest.mark.parametrize("text", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_what_is_no_hash_is_never_looked_up(text: str, tmp_path: Path) -> None:
    (tmp_path / f"{'0' * 31}.zip").write_bytes(b"x")
    assert UploadStore(tmp_path, Clock()).get(text) is None


def test_a_file_that_was_changed_is_not_given_out(tmp_path: Path) -> None:
    store = UploadStore(tmp_path, Clock())
    found = store.keep(b"one")
    (tmp_path / f"{found}.zip").write_bytes(b"two")
    assert store.get(found) is None


def test_the_number_is_bounded_and_what_was_opened_last_stays(tmp_path: Path) -> None:
    store = UploadStore(tmp_path, Clock(), most_files=2)
    first, second = store.keep(b"one"), store.keep(b"two")
    store.get(first)
    third = store.keep(b"three")
    assert [store.get(h) is not None for h in (first, second, third)] == [True, False, True]


def test_an_older_version_is_let_go_unless_somebody_opened_it(tmp_path: Path) -> None:
    store = UploadStore(tmp_path, Clock())
    first, second = store.keep(b"one"), store.keep(b"two")
    when = {name: store.opened(name) for name in (first, second)}
    assert store.get(second) == b"two"
    for name, since in when.items():
        store.let_go(name, since)
    assert [store.get(h) is not None for h in (first, second)] == [False, True]
    store.let_go("../../etc/passwd", 9e9)
    assert store.opened("0" * 32) == 0


def test_the_bytes_are_bounded(tmp_path: Path) -> None:
    store = UploadStore(tmp_path, Clock(), most_bytes=10)
    first, second = store.keep(b"123456"), store.keep(b"abcdef")
    assert [store.get(h) is not None for h in (first, second)] == [False, True]
    with pytest.raises(LookupError):
        store.keep(b"12345678901")


def test_what_is_too_old_is_gone(tmp_path: Path) -> None:
    clock = Clock()
    store = UploadStore(tmp_path, clock, most_seconds=100)
    found = store.keep(b"one")
    clock.now += 200
    assert store.get(found) is None
    assert not list(tmp_path.glob("*.zip"))


def test_what_the_setting_cannot_mean_keeps_nothing() -> None:
    assert uploads_of({"PROVISION_UPLOADS": "kept"}) is Uploads.KEPT
    assert uploads_of({"PROVISION_UPLOADS": "OFF "}) is Uploads.OFF
    assert uploads_of({"PROVISION_UPLOADS": "all"}) is Uploads.SESSION
    assert uploads_of({}) is Uploads.SESSION
