"""Runs one engine and writes what it measured as JSON; its standard output belongs to the engine."""

import argparse
import importlib
import json
from pathlib import Path

from .common import Case, Mismatch, NotRun


def main() -> None:
    parser = argparse.ArgumentParser(prog="rivals")
    parser.add_argument("name")
    parser.add_argument("pbf", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("threads", type=int)
    parser.add_argument("repeats", type=int)
    parser.add_argument("programs", type=Path, help="folder of the built programs")
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    case = Case(
        pbf=arguments.pbf,
        folder=arguments.folder,
        threads=arguments.threads,
        repeats=arguments.repeats,
        programs=arguments.programs,
    )
    module = importlib.import_module(f"rivals.{arguments.name}")
    try:
        said = module.run(case).as_json()
    except (NotRun, ImportError) as reason:
        said = {"not_run": str(reason)}
    except Mismatch as reason:
        said = {"mismatch": str(reason)}
    arguments.out.write_text(json.dumps(said), encoding="utf-8")


main()
