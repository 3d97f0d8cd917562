"""The two links of a record: one to write it, one to read it. Whoever has neither, has nothing.

The id of a session is the facilitator's secret: 128 random bits (:func:`new_id`). The id to read it
is made from it and leads nowhere back, so that who may read can neither write nor end.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from hmac import compare_digest

_BEFORE = "r-"
_DOMAIN = b"a workshop's record, to be read alone: "


def reading_id(session: str) -> str:
    """The id that opens a session for reading alone.

    Parameters
    ----------
    session
        The session's own id.

    Returns
    -------
    str
        ``r-`` and 160 bits of a SHA-256 digest in hexadecimal.

    Examples
    --------
    >>> reading_id("0" * 32)[:2], len(reading_id("0" * 32))
    ('r-', 42)
    """
    return _BEFORE + sha256(_DOMAIN + session.encode()).hexdigest()[:40]


def reads_alone(given: str) -> bool:
    """Whether an id is of the kind that opens a session for reading alone.

    Parameters
    ----------
    given
        The id of a link.

    Returns
    -------
    bool
        Whether it is.
    """
    return given.startswith(_BEFORE)


def session_read_by(given: str, sessions: Iterable[str]) -> str | None:
    """The session that an id opens for reading alone.

    Parameters
    ----------
    given
        The id of a link.
    sessions
        The ids of all sessions that there are.

    Returns
    -------
    str or None
        The session's own id; None where the id opens none.
    """
    wanted = given.encode()
    return next((s for s in sessions if compare_digest(reading_id(s).encode(), wanted)), None)
