"""What all engines share: the case, the clock, the memory, and the check of answers against pedshed's."""

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BOUND_MS = 900_000
LEVEL_KMH = 4.8
METRES = 1200
CLOSED = 2**32 - 1

Numbers = npt.NDArray[Any]


class Mismatch(Exception):
    """An engine answers otherwise than pedshed."""


class NotRun(Exception):
    """An engine cannot be asked here."""


@dataclass(frozen=True)
class Case:
    """The input that all engines get, and how they are run."""

    pbf: Path
    folder: Path
    threads: int
    repeats: int
    programs: Path

    def numbers(self, name: str) -> Numbers:
        """An array that pedshed wrote."""
        array: Numbers = np.load(self.folder / f"{name}.npy")
        return array

    @cached_property
    def stations(self) -> Numbers:
        return self.numbers("stations").astype(np.int64)

    @cached_property
    def residents(self) -> Numbers:
        return self.numbers("residents").astype(np.int64)

    @cached_property
    def places(self) -> Numbers:
        """Longitude and latitude of every junction."""
        return np.column_stack([self.numbers("lon"), self.numbers("lat")])

    def arcs(self) -> "Arcs":
        """Every open direction of every edge; of parallel ones the cheapest, and no loops."""
        tail, head = self.numbers("tail"), self.numbers("head")
        along, against = self.numbers("along"), self.numbers("against")
        tails, heads = np.concatenate([tail, head]), np.concatenate([head, tail])
        costs = np.concatenate([along, against])
        kept = (costs != CLOSED) & (tails != heads)
        tails, heads, costs = (part[kept].astype(np.int64) for part in (tails, heads, costs))
        order = np.lexsort([costs, heads, tails])
        tails, heads, costs = tails[order], heads[order], costs[order]
        first = np.ones(len(tails), dtype=bool)
        first[1:] = (np.diff(tails) != 0) | (np.diff(heads) != 0)
        return Arcs(len(self.places), tails[first], heads[first], costs[first])


@dataclass(frozen=True)
class Arcs:
    """A directed graph."""

    node_count: int
    tail: Numbers
    head: Numbers
    ms: Numbers


@dataclass
class Work:
    """One piece of work that was timed: how often it asks, and how long each repetition took."""

    seconds: list[float]
    count: int = 1
    answers: str = ""


@dataclass
class Measured:
    """What one engine's process has to say."""

    works: dict[str, Work] = field(default_factory=dict)
    peak_kb: int | None = None
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        works = {name: vars(work) for name, work in self.works.items()}
        return {"works": works, "peak_kb": self.peak_kb, "notes": self.notes}


def rss_kb() -> int:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


AT_START_KB = rss_kb()


def peak_kb() -> int:
    """The most memory since this module was loaded: the interpreter and NumPy are not in it, the engine's own module is."""
    return rss_kb() - AT_START_KB


ENOUGH_S = 60.0
"""After so long a work is not repeated again."""


def timed[T](repeats: int, work: Callable[[], T]) -> tuple[T, list[float]]:
    """The last answer and the seconds of each repetition, after one that warms up.

    What takes long is repeated less often, or is measured the first time.
    """
    first = time.perf_counter()
    answer = work()
    warm_up = time.perf_counter() - first
    if warm_up > ENOUGH_S / 2:
        return answer, [warm_up]
    seconds: list[float] = []
    while len(seconds) < repeats and sum(seconds) + warm_up < ENOUGH_S:
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    return answer, seconds


def once[T](work: Callable[[], T]) -> tuple[T, list[float]]:
    """As `timed` for what is too long to be repeated."""
    start = time.perf_counter()
    answer = work()
    return answer, [time.perf_counter() - start]


def in_threads[A, B](threads: int, work: Callable[[A], B], parts: Iterable[A]) -> list[B]:
    """The work on each part, in order, on Python threads: they help where the engine lets go of the interpreter."""
    if threads == 1:
        return [work(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, parts))


def command(arguments: Sequence[str | Path], **environment: str) -> tuple[float, int]:
    """Runs a program; its seconds and the most memory it had, in kB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(argument) for argument in arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise NotRun(f"{Path(arguments[0]).name} failed: {said.decode(errors='replace')[-200:]}")
    return seconds, usage.ru_maxrss


def check_rows(case: Case, row: Numbers, who: Numbers, ms: Numbers, rows: int) -> str:
    """Compares (station's row, junction, cost) triples with pedshed's rows 0..rows, pair by pair."""
    starts = case.numbers("reach_start")
    end = int(starts[rows])
    ours_row = np.repeat(np.arange(rows), np.diff(starts[: rows + 1]).astype(np.int64))
    ours = ours_row * len(case.places) + case.numbers("reach_who")[:end].astype(np.int64)
    theirs = row.astype(np.int64) * len(case.places) + who.astype(np.int64)
    order = np.argsort(theirs, kind="stable")
    theirs, costs = theirs[order], np.rint(ms[order]).astype(np.int64)
    if not np.array_equal(ours, theirs):
        only_ours = np.setdiff1d(ours, theirs).size
        only_theirs = np.setdiff1d(theirs, ours).size
        raise Mismatch(f"{only_ours} pairs only in pedshed's answer, {only_theirs} only in theirs")
    differ = np.flatnonzero(costs != case.numbers("reach_ms")[:end])
    if differ.size:
        raise Mismatch(f"{differ.size} of {end} costs differ")
    return f"{end:,} pairs, all equal"


def check_dense(case: Case, ms: Numbers) -> str:
    """Compares a matrix of costs, a row per station from the first and a column per junction."""
    row, who = np.nonzero(ms <= BOUND_MS)
    return check_rows(case, row, who, ms[row, who], len(ms))


def distribution(theirs: Numbers, ours: Numbers) -> str:
    """How their numbers compare with ours, for engines that build their own network."""
    both = np.isfinite(theirs) & np.isfinite(ours) & (theirs > 0) & (ours > 0)
    ratio = theirs[both] / ours[both]
    near = np.mean(np.abs(ratio - 1) <= 0.1)
    return (
        f"own network; theirs / ours: median {np.median(ratio):.2f}, {near:.0%} within 10 % of {both.sum():,}"
    )
