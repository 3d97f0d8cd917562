"""Questions to a disk that may not answer: asked beside the script, and waited for so long and no
longer.

A pipe in place of a file, or a share whose server is gone, holds up whoever reads it, for good.
Only the thread that asks is held up here, and nobody waits for it again."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")
MOST_SILENT = 20  # threads that are held up at a time


class NoAnswer(Exception):
    """There was no answer in time. ``waited`` is False where an earlier question has none yet and
    this one was not asked."""

    def __init__(self, *, waited: bool) -> None:
        super().__init__("no answer")
        self.waited = waited


class Answers:
    """Asks questions beside the script.

    While one has no answer, the next are not asked, but for one in ``seconds``, which finds out
    whether the disk has come back.

    Parameters
    ----------
    seconds
        How long an answer is waited for.
    clock
        Tells the time in seconds; only differences count.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds, self._clock = seconds, clock
        self._lock, self._silent = Lock(), list[Future[object]]()
        self._since = self._next = 0.0

    def of(self, question: Callable[[], T]) -> T:
        """The answer to a question. Raises NoAnswer, and whatever the question raises."""
        if not self._may_ask():
            raise NoAnswer(waited=False)
        asked: Future[T] = Future()
        Thread(target=_answer, args=(asked, question), name="data", daemon=True).start()
        try:
            return asked.result(self.seconds)
        except TimeoutError:
            if asked.done():
                return asked.result()
        self._keep(asked)
        raise NoAnswer(waited=True)

    @property
    def silent_for(self) -> float | None:
        """For how many seconds there has been no answer; None where all is answered."""
        with self._lock:
            return self._clock() - self._since if self._waiting() else None

    def _waiting(self) -> list[Future[object]]:
        self._silent = [asked for asked in self._silent if not asked.done()]
        return self._silent

    def _may_ask(self) -> bool:
        with self._lock:
            if not self._waiting():
                return True
            if self._clock() < self._next or len(self._silent) >= MOST_SILENT:
                return False
            self._next = self._clock() + self.seconds
            return True

    def _keep(self, asked: Future[T]) -> None:
        with self._lock:
            if not self._waiting():
                self._since = self._clock() - self.seconds
                self._next = self._clock() + self.seconds
            self._silent.append(asked)  # type: ignore[arg-type]


def _answer(asked: Future[T], question: Callable[[], T]) -> None:
    try:
        asked.set_result(question())
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked
        asked.set_exception(error)
