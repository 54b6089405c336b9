"""Compares pedshed with its peers on one network, the same stations and the same residents.

Prints one table of ratios in Markdown, after the answers were compared. `./run peers` calls it in an environment that
has the peers.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

PEDSHED_WORKS = ("load", "setup", "reach", "nearest", "table", "accessibility", "canvas", "isochrones")
"""In this order: the peers' answers are compared with what these write."""

RIVALS = {
    "pandana_range": "pandana 0.8, nodes_in_range",
    "scipy_dijkstra": "SciPy 1.18, dijkstra with limit",
    "networkit_spsp": "NetworKit 11.3, SPSP (unbounded)",
    "cityseer_access": "cityseer 5.8, accessibility",
    "osrm_table": "OSRM 26.10, table (unbounded)",
    "valhalla_isochrone": "Valhalla 3.9, isochrone",
    "graphways_reach": "graphways 0.4",
    "osmium_filter": "osmium tags-filter w/highway",
}

UNITS = {
    "load": "map file to network",
    "setup": "arrays to network",
    "reach": "nodes in range, a station",
    "table": "table in one call, a station",
    "accessibility": "accessibility, a junction",
    "isochrones": "isochrone, a station",
    "whole run": "whole run",
}


@dataclass(frozen=True)
class Settings:
    """What is compared, and how."""

    pbf: Path
    folder: Path
    programs: Path
    threads: list[int]
    repeats: int


Said = dict[str, Any]


def environment(threads: int) -> dict[str, str]:
    """The numbers of threads that engines read from their environment."""
    names = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")
    return {**os.environ, **{name: str(threads) for name in names}}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def pedshed(settings: Settings, threads: int) -> Said:
    """Times pedshed's works, each in a process of its own."""
    program = settings.programs / "examples" / "peers"
    works: Said = {}
    for work in PEDSHED_WORKS:
        say(f"pedshed, {threads} threads: {work}")
        arguments = [program, "time", settings.pbf, settings.folder, work, threads, settings.repeats]
        done = subprocess.run([str(a) for a in arguments], check=True, stdout=subprocess.PIPE, text=True)
        said = json.loads(done.stdout)
        works[work] = {
            "seconds": said["seconds"],
            "count": count(settings, work),
            "peak_kb": said["peak_kb"],
        }
    once = f"pedshed samples the ground once for all isochrones: {duration(per_one(works['canvas']))}, {threads} threads"
    whole = rival(settings, "pedshed_command", threads)
    for work, measured in whole.get("works", {}).items():
        works[work] = {**measured, "peak_kb": whole["peak_kb"]}
    return {"works": works, "notes": [*whole.get("notes", []), once]}


def count(settings: Settings, work: str) -> int:
    """How many times a work asks."""
    arrays = {"reach": "stations", "table": "stations", "isochrones": "stations", "accessibility": "lon"}
    if work not in arrays:
        return 1
    import numpy as np

    return len(np.load(settings.folder / f"{arrays[work]}.npy"))


def rival(settings: Settings, name: str, threads: int) -> Said:
    """Runs one engine in a process of its own."""
    say(f"{name}, {threads} threads")
    out = settings.folder / f"{name}.json"
    out.unlink(missing_ok=True)
    log = settings.folder / f"{name}.log"
    arguments = [sys.executable, "-m", "rivals", name, settings.pbf, settings.folder, threads]
    arguments += [settings.repeats, settings.programs, out]
    with log.open("wb") as written:
        done = subprocess.run(
            [str(argument) for argument in arguments],
            cwd=HERE,
            env=environment(threads),
            stdout=written,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if not out.exists():
        last = log.read_text(errors="replace").strip().splitlines()[-1:]
        return {"not_run": f"exit code {done.returncode}: {' '.join(last)}"}
    said: Said = json.loads(out.read_text(encoding="utf-8"))
    return said


def per_one(work: Said) -> float:
    """The median seconds of one question."""
    return float(statistics.median(work["seconds"]) / work["count"])


def duration(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def megabytes(kb: int | None) -> str:
    return "-" if kb is None else f"{kb / 1024:.0f} MB"


def times_cells(ours: Said | None, theirs: Said | None) -> list[str]:
    if ours is None or theirs is None:
        return ["-", "-", "-"]
    ratio = per_one(theirs) / per_one(ours)
    shown = f"**{ratio:.2g} ×**" if ratio < 1 else f"{ratio:.3g} ×"
    return [duration(per_one(ours)), duration(per_one(theirs)), shown]


def with_setup(said: Said, work: str) -> Said | None:
    """A work's first run with its set-up before it, where there is one."""
    works = said.get("works", {})
    if "setup" not in works or work not in works:
        return None
    seconds = statistics.median(works["setup"]["seconds"]) + statistics.median(works[work]["seconds"])
    return {**works[work], "seconds": [seconds]}


def rows(results: Said, name: str, threads: list[int]) -> list[list[str]]:
    """The table's rows of one engine."""
    label, runs = RIVALS[name], results["rivals"][name]
    said = [runs[str(number)] for number in threads]
    reasons = [one[key] for one in said for key in ("not_run", "mismatch") if key in one]
    works: dict[str, None] = {work: None for one in said for work in one.get("works", {})}
    if not works:
        kind = "answers differ" if any("mismatch" in one for one in said) else "not run"
        empty = ["-"] * (3 * len(threads) + 2)
        return [[label, "-", *empty, f"{kind}: {reasons[0]}"]]
    table = []
    for work in works:
        cells: list[str] = []
        memory, answers = ["-", "-"], ""
        for number, one in zip(threads, said, strict=True):
            ours = results["pedshed"][str(number)]["works"].get(work)
            theirs = one.get("works", {}).get(work)
            cells += times_cells(ours, theirs)
            if theirs:
                memory = [megabytes(ours["peak_kb"] if ours else None), megabytes(one["peak_kb"])]
                answers = answers or theirs["answers"]
        table.append([label, UNITS.get(work, work), *cells, *memory, answers])
        if work in ("reach", "accessibility") and "setup" in works:
            table.append(setup_row(results, label, work, threads, said))
    return table


def setup_row(results: Said, label: str, work: str, threads: list[int], said: list[Said]) -> list[str]:
    cells: list[str] = []
    for number, one in zip(threads, said, strict=True):
        cells += times_cells(with_setup(results["pedshed"][str(number)], work), with_setup(one, work))
    return [label, f"{UNITS[work]}, set-up shared out", *cells, "", "", ""]


def table(results: Said, threads: list[int]) -> str:
    """All rows in Markdown."""
    heads = ["engine", "work"]
    for number in threads:
        heads += [f"pedshed, {number} thr.", f"theirs, {number} thr.", f"theirs / ours, {number} thr."]
    heads += ["pedshed's peak", "their peak", "answers"]
    lines = [heads, ["--"] * len(heads)]
    for name in results["rivals"]:
        lines += rows(results, name, threads)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def machine() -> str:
    """The line that says what was measured on."""
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    rustc = subprocess.run(
        ["rustc", "--version"], stdout=subprocess.PIPE, text=True, check=False
    ).stdout.strip()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {rustc}, load {load}"


def notes(results: Said) -> list[str]:
    """What engines have to say about themselves, each once."""
    said = [results["pedshed"], *results["rivals"].values()]
    every = [note for runs in said for run in runs.values() for note in run.get("notes", [])]
    return list(dict.fromkeys(every))


def compare(settings: Settings, names: list[str]) -> Said:
    results: Said = {
        "machine": machine(),
        "network": settings.pbf.name,
        "repeats": settings.repeats,
        "pedshed": {str(number): pedshed(settings, number) for number in settings.threads},
        "rivals": {},
    }
    for name in names:
        runs = {str(number): rival(settings, name, number) for number in settings.threads}
        results["rivals"][name] = runs
    return results


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pbf", type=Path, help="an OpenStreetMap extract, .osm.pbf")
    parser.add_argument("--programs", type=Path, required=True, help="folder of the built programs")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is written on the way")
    parser.add_argument("--out", type=Path, help="also write every measurement as JSON")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", nargs="+", choices=RIVALS, default=list(RIVALS))
    parser.add_argument("--stations", type=int, default=1000)
    parser.add_argument("--residents", type=int, default=20_000)
    arguments = parser.parse_args()
    settings = Settings(
        pbf=arguments.pbf.resolve(),
        folder=(arguments.work / arguments.pbf.name.split(".")[0]).resolve(),
        programs=arguments.programs.resolve(),
        threads=arguments.threads,
        repeats=arguments.repeats,
    )
    settings.folder.mkdir(parents=True, exist_ok=True)
    peers = settings.programs / "examples" / "peers"
    export = [peers, "export", settings.pbf, settings.folder, arguments.stations, arguments.residents]
    subprocess.run([str(argument) for argument in export], check=True)

    results = compare(settings, arguments.only)
    if arguments.out:
        arguments.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(f"{settings.pbf.name}; {results['machine']}\n")
    print(table(results, settings.threads))
    print("".join(f"\n- {note}" for note in notes(results)))
    said = [run for runs in results["rivals"].values() for run in runs.values()]
    return 1 if any("mismatch" in run for run in said) else 0


if __name__ == "__main__":
    sys.exit(main())
