"""OSRM's table on its foot profile, on a contraction hierarchy that it builds from the same file. It has no bound."""

import os
from pathlib import Path

import numpy as np
import osrm

from .common import (
    BOUND_MS,
    LEVEL_KMH,
    Case,
    Measured,
    Numbers,
    Work,
    command,
    distribution,
    in_threads,
    peak_kb,
    timed,
)

RESIDENTS = 3000
STATIONS = 100
# What its foot profile walks.
PROFILE_KMH = 5.0


def prepare(case: Case) -> tuple[Path, float, float]:
    """The prepared files, and the seconds of reading the map and of contracting it."""
    folder = case.folder / f"osrm{case.threads}"
    folder.mkdir(exist_ok=True)
    copy = folder / "map.osm.pbf"
    copy.unlink(missing_ok=True)
    os.symlink(case.pbf.resolve(), copy)
    package = Path(osrm.__file__).parent
    profile = package / "share" / "profiles" / "foot.lua"
    threads = ["-t", str(case.threads)]
    read, _ = command([package / "bin" / "osrm-extract", "-p", profile, *threads, copy])
    contract, _ = command([package / "bin" / "osrm-contract", *threads, folder / "map.osrm"])
    return folder / "map.osrm", read, contract


def tables(engine: osrm.OSRM, stations: list[list[float]], residents: list[list[float]]) -> Numbers:
    places = [tuple(place) for place in stations + residents]
    parameters = osrm.TableParameters(
        coordinates=places,
        sources=list(range(len(stations))),
        destinations=list(range(len(stations), len(places))),
        annotations=["duration"],
        generate_hints=False,
    )
    rows = engine.Table(parameters)["durations"]
    return np.array([[np.nan if s is None else s for s in row] for row in rows], dtype=np.float64)


def ours(case: Case, stations: int, residents: int) -> Numbers:
    """pedshed's milliseconds between the first stations and residents; NaN beyond the bound."""
    table = np.full((stations, residents), np.nan)
    starts = case.numbers("table_start").astype(np.int64)
    who, ms = case.numbers("table_who"), case.numbers("table_ms")
    for station in range(stations):
        row = slice(starts[station], starts[station + 1])
        kept = who[row] < residents
        table[station, who[row][kept]] = ms[row][kept]
    return table


def run(case: Case) -> Measured:
    prepared, read, contract = prepare(case)
    engine = osrm.OSRM(str(prepared))
    stations = case.places[case.stations[:STATIONS]].tolist()
    residents = case.places[case.residents[:RESIDENTS]].tolist()

    parts = [stations[part :: case.threads] for part in range(case.threads)]

    def batched() -> list[Numbers]:
        return in_threads(case.threads, lambda part: tables(engine, part, residents), parts)

    rows, seconds = timed(case.repeats, batched)
    peak = peak_kb()
    durations = np.empty((len(stations), len(residents)))
    for part, said in enumerate(rows):
        durations[part :: case.threads] = said
    theirs = durations * 1000 * PROFILE_KMH / LEVEL_KMH
    expected = ours(case, len(stations), len(residents))
    compared = distribution(theirs[expected <= BOUND_MS], expected[expected <= BOUND_MS])
    works = {
        "load": Work([read + contract]),
        "table": Work(seconds, len(stations), f"durations at one speed: {compared}"),
    }
    note = f"OSRM: no bound, one call of {len(stations)} stations x {len(residents)} residents a thread"
    return Measured(works, peak, [note, f"OSRM: reading {read:.1f} s, contracting {contract:.1f} s"])
