"""graphways: a program of its own (`graphways/`), since its wheels are for Windows alone. It uses one thread."""

import json
import subprocess
from pathlib import Path

import numpy as np

from .common import Case, Measured, NotRun, Work, distribution


def run(case: Case) -> Measured:
    if case.threads > 1:
        raise NotRun("graphways asks for one origin on one thread")
    program = case.programs / "peer-graphways"
    if not program.exists():
        raise NotRun("graphways could not be built")
    arguments: list[str | Path] = [program, case.pbf, case.folder / "stations.csv", str(case.repeats)]
    done = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True)
    said = json.loads(done.stdout)
    count = len(case.stations)
    ours = np.diff(case.numbers("reach_start").astype(np.int64)).astype(np.float64)
    nodes = distribution(np.array(said["nodes"], dtype=np.float64), ours)
    areas = distribution(np.array(said["areas"]), case.numbers("isochrones_area"))
    works = {
        "load": Work(said["load"]),
        "reach": Work(said["reach"], count, f"nodes reached: {nodes}"),
        "isochrones": Work(said["isochrones"], count, f"areas: {areas}"),
    }
    return Measured(works, said["peak_kb"])
