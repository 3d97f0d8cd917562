"""Records that are kept for a time: older ones are erased whole, for good."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from provision.workshop.entries import RecordProblem, utc
from provision.workshop.store import Store
from provision.workshop.tables import ENTRIES, SESSIONS

ENVIRONMENT = "PROVISION_KEEP_DAYS"
_MOST = 36_500


def kept_for(environment: Mapping[str, str] = os.environ) -> int | None:
    """For how many days records are kept.

    Parameters
    ----------
    environment
        ``PROVISION_KEEP_DAYS`` in it says so.

    Returns
    -------
    int or None
        The days; None where nothing is said: then nothing is erased by itself.

    Raises
    ------
    RecordProblem
        Where it is no number of days: what was to be erased would be kept for good.
    """
    said = environment.get(ENVIRONMENT, "").strip()
    if not said:
        return None
    if said.isascii() and said.isdigit() and len(said) < 7 and 1 <= int(said) <= _MOST:
        return int(said)
    raise RecordProblem(
        f"{ENVIRONMENT} is no number of days", f"write a whole number from 1 to {_MOST:,}"
    )


def expire(store: Store, days: int, at: datetime) -> int:
    """Erase every session in which nothing has happened for so many days.

    Parameters
    ----------
    store
        The records; they may be in use.
    days
        How many.
    at
        The moment from which they count back, with its zone.

    Returns
    -------
    int
        How many sessions were erased.

    Raises
    ------
    RecordProblem
        Where the database fails, or somebody still reads what stood there before.
    """
    last = select(func.max(ENTRIES.c.at)).where(ENTRIES.c.session == SESSIONS.c.id)
    wanted = select(SESSIONS.c.id).where(
        func.coalesce(last.scalar_subquery(), SESSIONS.c.started) < utc(at) - timedelta(days=days)
    )
    with store.writing() as db:
        if store.file is not None:
            db.exec_driver_sql("PRAGMA secure_delete=ON")
        old = list(db.scalars(wanted))
        for one in old:
            db.execute(delete(ENTRIES).where(ENTRIES.c.session == one))
            db.execute(delete(SESSIONS).where(SESSIONS.c.id == one))
    if old:
        store.checkpoint()
    return len(old)
