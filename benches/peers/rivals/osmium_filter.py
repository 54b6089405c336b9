"""`osmium tags-filter w/highway`, the usual first step of other tools, beside pedshed's whole run from file to report."""

import shutil
from pathlib import Path

from .common import Case, Measured, NotRun, Work, command


def run(case: Case) -> Measured:
    osmium = shutil.which("osmium")
    if osmium is None:
        raise NotRun("osmium is not installed (apt-get install osmium-tool)")
    out = case.folder / "highways.osm.pbf"
    arguments: list[str | Path] = [osmium, "tags-filter", case.pbf, "w/highway", "-o", out, "--overwrite"]
    runs = [command(arguments, OSMIUM_POOL_THREADS=str(case.threads)) for _ in range(case.repeats)]
    works = {"whole run": Work([seconds for seconds, _ in runs], 1, "another work: a filter alone")}
    return Measured(works, max(kb for _, kb in runs))
