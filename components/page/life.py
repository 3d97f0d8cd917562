"""What goes on beside the pages while the server runs: systemd is told that it lives, and records
that are kept for a time are erased when that is over."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from components.present import records

HOUR = 3600.0
_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def life(app: object) -> AsyncIterator[None]:
    """Around the life of the server."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(records.closed_at_the_end(app))
        await stack.enter_async_context(every(HOUR, erase_what_is_old))
        await stack.enter_async_context(watched(os.environ))
        yield


@asynccontextmanager
async def every(seconds: float, act: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Do something at once, and again after so many seconds, for as long as the block runs."""

    async def again() -> None:
        while True:
            await act()
            await asyncio.sleep(seconds)

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def erase_what_is_old() -> None:
    """Erase the records that were kept for as long as ``PROVISION_KEEP_DAYS`` says."""
    if os.environ.get("PROVISION_KEEP_DAYS", "").strip():
        await asyncio.to_thread(_erase)


def _erase() -> None:
    from provision.workshop.entries import RecordProblem, now
    from provision.workshop.retention import expire, kept_for

    try:
        if days := kept_for():
            many = expire(records.store(), days, now())
            _LOG.info("records erased after %d days: %d", days, many)
    except RecordProblem as problem:
        _LOG.error("records were not erased: %s", problem)


@asynccontextmanager
async def watched(environment: Mapping[str, str]) -> AsyncIterator[None]:
    """Tell systemd that the server is up, and then again and again that it is not held up: from the
    loop that answers browsers, so that a server that answers nobody is started anew
    (``WatchdogSec`` of the unit)."""
    place, wait = environment.get("NOTIFY_SOCKET", ""), environment.get("WATCHDOG_USEC", "")
    if not place:
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        address: Any = f"\0{place[1:]}" if place.startswith("@") else place

        async def tell(word: bytes = b"WATCHDOG=1") -> None:
            try:
                line.sendto(word, address)
            except OSError as error:
                _LOG.error("systemd was not told: %s", error.strerror)

        await tell(b"READY=1")
        async with AsyncExitStack() as stack:
            if wait.isdecimal() and int(wait):
                await stack.enter_async_context(every(int(wait) / 3_000_000, tell))
            try:
                yield
            finally:
                await tell(b"STOPPING=1")
