"""The code of a room, and what tells one phone from another without telling whose it is.

The code is made from the session's own id, which is the facilitator's secret, and leads nowhere
back. Six letters of 20 are 64 million codes: with the 60 wrong codes a minute that a server takes,
eight hours of guessing find a room with a chance of one in 2,200.

A phone carries a random number in a cookie, signed so that only this room gives such numbers out.
The record holds a digest of it that differs from question to question: nobody who reads the record
can tell which answers came from one phone, or from which."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from hashlib import sha256
from hmac import compare_digest, new

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so that no code is a word; no letter like a digit
LENGTH = 6
_DEVICE = re.compile(r"(?P<id>[0-9a-f]{32})\.(?P<signed>[0-9a-f]{32})")


def _digest(session: str, use: str, text: str = "") -> bytes:
    return new(session.encode(), f"{use}: {text}".encode(), sha256).digest()


def room_code(session: str) -> str:
    """The code of a session's room.

    Parameters
    ----------
    session
        The session's own id.

    Returns
    -------
    str
        Six capital letters.

    Examples
    --------
    >>> len(room_code("0" * 32)), room_code("0" * 32) == room_code("1" * 32)
    (6, False)
    """
    whole = int.from_bytes(_digest(session, "code"), "big")
    return "".join(LETTERS[whole // len(LETTERS) ** n % len(LETTERS)] for n in range(LENGTH))


def tidy_code(text: str) -> str:
    """A code as people write it, in capitals without blanks and dashes; empty where it is none.

    >>> tidy_code(" bcd-fgh "), tidy_code("abcdef")
    ('BCDFGH', '')
    """
    found = re.sub(r"[\s-]", "", text[:40]).upper()
    return found if re.fullmatch(f"[{LETTERS}]{{{LENGTH}}}", found) else ""


def session_of(code: str, sessions: Iterable[str]) -> str | None:
    """The session whose room has a code; None where none of them has."""
    wanted = code.encode()
    return next((s for s in sessions if compare_digest(room_code(s).encode(), wanted)), None)


def new_device(session: str) -> str:
    """What a phone's cookie holds: a random number and its signature."""
    number = secrets.token_hex(16)
    return f"{number}.{_signature(session, number)}"


def device_of(session: str, cookie: str) -> str | None:
    """The phone's number in a cookie; None for one that this room did not give out."""
    found = _DEVICE.fullmatch(cookie)
    if not found or not compare_digest(found["signed"], _signature(session, found["id"])):
        return None
    return found["id"]


def _signature(session: str, number: str) -> str:
    return _digest(session, "device", number).hex()[:32]


def seen_by(session: str, device: str, what: str) -> str:
    """The digest that stands for a phone in the record, for one thing (a question, or that it
    came in)."""
    return _digest(session, f"seen {what}", device).hex()[:32]
