"""Heavy reading in a process of its own, so that nobody else in the app is held up.

Reading outlines or a workbook keeps Python's one lock for seconds at a time, in whatever thread it
is done. A process of its own has its own lock, can be ended, and its memory goes with it. It is
bounded in time, in memory, and in how many there are at once.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Any

from provision.io.files import ROOT
from provision.io.problems import InvalidData, Problem
from provision.regions.own_data import (
    OwnData,
    OwnInputs,
    begin_from_zip,
    contents_of,
    make_own_data,
)

LIGHT = 500_000  # bytes of files that are read at once where they are asked for
SECONDS = 300
MEMORY = 1_000_000_000  # bytes
AT_ONCE = 2
_COMMAND = (sys.executable, "-m", "provision.regions.apart")
_JOBS: dict[str, Callable[..., Any]] = {"make": make_own_data, "unpack": begin_from_zip}
_turns = BoundedSemaphore(AT_ONCE)

Tell = Callable[[int], None]


def make_apart(inputs: OwnInputs, tell: Tell = lambda seconds: None) -> OwnData:
    """As :func:`provision.regions.own_data.make_own_data`; large files in another process.

    Parameters
    ----------
    inputs
        What a person gave and answered.
    tell
        Told about every second for how many seconds it has been read.

    Returns
    -------
    OwnData

    Raises
    ------
    InvalidData
        As that function does; also where it takes too long or too much memory, or where others'
        files are being read already.
    """
    folder = sum(map(len, inputs.folder.values()))
    if sum(map(len, contents_of(inputs))) - folder <= LIGHT:
        return make_own_data(inputs)
    made: OwnData = _apart(("make", inputs), tell)
    return made


def unpack_apart(raw: bytes, name: str, day: date, tell: Tell = lambda seconds: None) -> OwnInputs:
    """As :func:`provision.regions.own_data.begin_from_zip`; a large file in another process.

    Parameters
    ----------
    raw, name, day
        As there.
    tell
        As for :func:`make_apart`.

    Returns
    -------
    OwnInputs

    Raises
    ------
    InvalidData
        As :func:`make_apart` does.
    """
    if len(raw) <= LIGHT:
        return begin_from_zip(raw, name, day)
    inputs: OwnInputs = _apart(("unpack", raw, name, day), tell)
    return inputs


def _apart(job: tuple[Any, ...], tell: Tell) -> Any:
    """What a job gives that is done in a process of its own. Only what our own process wrote is
    unpickled."""
    with _turn():
        code, out = _run(pickle.dumps(job), tell)
    if code:
        what = f"need more than {MEMORY // 1_000_000:,} MB of memory to be read on a page"
        raise _refused(what)
    result = pickle.loads(out)  # noqa: S301 - from our own process
    if isinstance(result, tuple):
        raise InvalidData(result)
    return result


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(blocking=False):
        what = "have to wait: large files of others are being read"
        raise InvalidData([Problem("your files", 0, "", "", what, "try again in a minute")])
    try:
        yield
    finally:
        _turns.release()


def _run(given: bytes, tell: Tell) -> tuple[int, bytes]:
    """Do a job in a new process, which ends with it: also where whoever waits goes away."""
    own = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with TemporaryFile() as asked:
        asked.write(given)
        asked.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own command, with nothing of anybody's in it
            _COMMAND,
            cwd=ROOT,
            env=own,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                return _waited(process, tell)
            finally:
                process.kill()


def _waited(process: subprocess.Popen[bytes], tell: Tell) -> tuple[int, bytes]:
    for seconds in range(1, SECONDS + 1):
        try:
            out, _ = process.communicate(timeout=1)
        except subprocess.TimeoutExpired:
            tell(seconds)
        else:
            return process.returncode, out
    raise _refused(f"take more than {SECONDS:,} seconds to be read, which is the most for a page")


def _refused(what: str) -> InvalidData:
    mend = "bring fewer or simpler outlines or rows, or use the command 'region new'"
    return InvalidData([Problem("your files", 0, "", "", what, mend)])


def _bounded() -> None:
    """No more memory for this process; where the system knows of no such bound, none."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def main() -> None:
    """Do the job that comes in, and give back what it makes or why it was refused."""
    _bounded()
    job, *given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
    try:
        result: Any = _JOBS[job](*given)
    except InvalidData as error:
        result = error.problems
    sys.stdout.buffer.write(pickle.dumps(result))


if __name__ == "__main__":
    main()
