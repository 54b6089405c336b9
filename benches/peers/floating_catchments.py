"""Supply by floating catchments beside PySAL's `access`, from the same walks.

    pip install access
    python3 benches/peers/floating_catchments.py target/release/pedshed

Runs `pedshed coverage --supply` on Liechtenstein, whose map ships, with stations on a lattice that have capacities, under three decays;
hands the travel times that it writes to `access`, and compares every home's places per thousand people. Exits with 1 where any differs by
more than one part in a thousand million.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd
from access import fca

MINUTES = 30
TOLERANCE = 1e-9
METHODS = ["2sfca", "e2sfca", "3sfca"]
# Minutes and weights. Tables have tenths of a second: zones end between two of them, so that no rounding moves a walk into another.
DECAYS = [
    [(10.0008, 1.0), (20.0008, 0.68), (30, 0.22)],
    [(5.0008, 1.0), (30, 0.3)],
    [(3.0008, 1.0), (7.0008, 0.8), (12.0008, 0.5), (18.0008, 0.2), (30, 0.05)],
]
MAP = Path(__file__).parents[2] / "data" / "liechtenstein-2013-08-03.osm.pbf"


def run(binary, folder, stations, decay, out):
    """Runs coverage and gives its tables by name."""
    command = [
        binary, "coverage", "--network", str(MAP), "--stations", stations, "--residents", "osm:building",
        "--minutes", str(MINUTES), "--formats", "csv", "--table", "--quiet", "--out", str(folder / out),
    ]
    if decay is not None:
        command += ["--supply", ",".join(METHODS), *decay]
    subprocess.run(command, check=True)
    return lambda name: pd.read_csv(folder / out / name, dtype={"id": str, "resident": str, "station": str})


def write(path, places):
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "lon", "lat", "capacity"])
        rows.writerows(places)
    return str(path)


def stations_of(binary, folder):
    """Places of a lattice that have a street, each with a capacity that arithmetic gives it."""
    lattice = [(round(9.48 + x * 0.006, 3), round(47.05 + y * 0.005, 3)) for x in range(14) for y in range(36)]
    places = [[f"s{number}", lon, lat, 20 + number * 37 % 180] for number, (lon, lat) in enumerate(lattice)]
    table = run(binary, folder, write(folder / "lattice.csv", places), None, "lattice")("stations.csv")
    good = set(table.id[table.status == "ok"])
    return write(folder / "places.csv", [place for place in places if place[0] in good])


def flag(zones):
    """Zones as `--decay` takes them."""
    starts = [0, *(end for end, _ in zones)]
    return ["--decay", ",".join(f"{start}-{end}:{weight}" for start, (end, weight) in zip(starts, zones))]


def weigh_by(zones):
    """What a walk of so many seconds weighs, as `pedshed` was told."""
    return lambda seconds: next(weight for end, weight in zones if seconds <= end * 60)


def theirs(method, homes, stations, walks, weigh):
    common = {
        "demand_df": homes, "supply_df": stations, "cost_df": walks.copy(), "max_cost": MINUTES * 60,
        "demand_index": "id", "demand_name": "population", "supply_index": "id", "supply_name": "capacity",
        "cost_origin": "resident", "cost_dest": "station", "cost_name": "seconds",
    }
    if method == "2sfca":
        return fca.two_stage_fca(**common)
    if method == "e2sfca":
        return fca.two_stage_fca(weight_fn=weigh, **common)
    return fca.three_stage_fca(weight_fn=weigh, **common)


def main(binary):
    worst, compared = 0.0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = stations_of(binary, folder)
        for number, zones in enumerate(DECAYS):
            table = run(binary, folder, places, flag(zones), f"run{number}")
            walks, ours = table("travel_times.csv"), table("access.csv").set_index("id")
            homes = ours[["population"]].copy()
            homes.index.name = "id"
            stations = pd.read_csv(places, dtype={"id": str}).set_index("id")[["capacity"]]
            for method in METHODS:
                found = theirs(method, homes, stations, walks, weigh_by(zones)) * 1000
                own = ours[f"per_thousand_{method}"]
                both = pd.concat([own, found.rename("theirs")], axis=1).fillna(0.0)
                scale = both.abs().max(axis=1).clip(lower=1.0)
                difference = ((both.iloc[:, 0] - both["theirs"]).abs() / scale).max()
                worst, compared = max(worst, difference), compared + len(both)
                print(f"{method:7} {len(zones)} zones {len(walks):7} walks  largest difference {difference:.1e}")
    print(f"{compared} homes compared, the largest difference is {worst:.1e} of the larger one")
    return 0 if worst <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
