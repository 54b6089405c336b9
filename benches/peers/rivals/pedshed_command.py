"""pedshed's whole run: from the map's file, stations and residents to the tables, and to everything it writes."""

from pathlib import Path

from .common import Case, Measured, Work, command


def run(case: Case) -> Measured:
    measured = Measured()
    layers = [
        part for layer in ("stations", "residents") for part in (f"--{layer}", case.folder / f"{layer}.csv")
    ]
    for work, formats in [("whole run", "csv"), ("whole run, all files", "csv,geojson,html")]:
        arguments: list[str | Path] = [case.programs / "pedshed", "coverage", "--quiet", "--profile", "plain"]
        arguments += ["--network", case.pbf, *layers, "--threads", str(case.threads)]
        arguments += ["--formats", formats, "--out", case.folder / "result"]
        runs = [command(arguments) for _ in range(case.repeats)]
        measured.works[work] = Work([seconds for seconds, _ in runs])
        measured.notes.append(f"pedshed, {work}: {max(kb for _, kb in runs) / 1024:.0f} MB")
        if formats == "csv":
            measured.peak_kb = max(kb for _, kb in runs)
    return measured
