"""Times on hills beside Valhalla's, on the same map with the same elevation tile.

    pip install pyvalhalla numpy                 # Python 3.12 or later
    python3 benches/peers/slopes.py target/release/pedshed monaco.osm.pbf N43E007.hgt.zip

Builds Valhalla's tiles from the map twice, with the elevation and without, and asks both tools for the walks between places of a
lattice that lie on streets of both. Prints what hills do to a walk in each, and how the times of the two compare. Valhalla walks at our
speed and avoids no hills; it reads tiles of one second alone, so ours of three is drawn between its cells first.
"""

import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

SPEED_KMH = 4.8
MINUTES = 60
STATIONS, HOMES = 10, 200
VOID = -32768
# Walks of less are mostly rounding and the legs at both ends.
SHORTEST_S = 180


def valhalla():
    """The folder of its package."""
    spec = importlib.util.find_spec("valhalla")
    if spec is None:
        sys.exit("pyvalhalla is not installed: pip install pyvalhalla, in Python 3.12 or later")
    return Path(spec.origin).parent


def finer(tile, axis):
    """Three cells for one, on straight lines between them; cells beside a void are void."""
    tile = np.moveaxis(tile, axis, 0)
    out = np.empty(((len(tile) - 1) * 3 + 1, *tile.shape[1:]))
    out[::3] = tile
    for step in (1, 2):
        out[step::3] = tile[:-1] * (3 - step) / 3 + tile[1:] * step / 3
    return np.moveaxis(out, 0, axis)


def write_tile(package, folder):
    """The tile as Valhalla reads it, in the folder of its latitude."""
    with zipfile.ZipFile(package) as files:
        (name,) = [name for name in files.namelist() if name.lower().endswith(".hgt")]
        tile = np.frombuffer(files.read(name), ">i2").astype(float)
    side = round(len(tile) ** 0.5)
    tile = np.where(tile == VOID, np.nan, tile).reshape(side, side)
    if side == 1201:
        tile = finer(finer(tile, 0), 1)
    target = folder / name[:3] / Path(name).name
    target.parent.mkdir(parents=True)
    target.write_bytes(np.where(np.isnan(tile), VOID, np.rint(tile)).astype(">i2").tobytes())


class Rival:
    """Valhalla on its own tiles."""

    def __init__(self, package, pbf, folder, elevation):
        self.package, self.config = package, folder / "config.json"
        tiles = folder / "tiles"
        tiles.mkdir(parents=True)
        made = subprocess.run(
            [sys.executable, package / "valhalla_build_config.py", "--mjolnir-tile-dir", tiles,
             "--additional-data-elevation", elevation],
            check=True, capture_output=True, text=True,
        )
        config = json.loads(made.stdout)
        config["service_limits"]["pedestrian"] |= {"max_matrix_distance": 1e6, "max_matrix_location_pairs": 1e6}
        self.config.write_text(json.dumps(config))
        subprocess.run([package / "bin/valhalla_build_tiles", "-c", self.config, pbf], check=True, capture_output=True)

    def ask(self, action, request):
        service = [self.package / "bin/valhalla_service", self.config, action, json.dumps(request)]
        said = subprocess.run(service, check=True, capture_output=True, text=True).stdout
        lines = [line for line in said.splitlines() if line.startswith(("{", "["))]
        return json.loads(lines[-1])

    def on_streets(self, places):
        """The places on its streets nearest to these."""
        request = {"locations": [{"lon": x, "lat": y} for x, y in places], "costing": "pedestrian"}
        found = self.ask("locate", request)
        edges = [one["edges"][0] for one in found if one.get("edges")]
        return sorted({(round(edge["correlated_lon"], 7), round(edge["correlated_lat"], 7)) for edge in edges})

    def seconds(self, sources, targets):
        def place(places):
            return [{"lon": x, "lat": y} for x, y in places]

        walker = {"walking_speed": SPEED_KMH, "use_hills": 1.0}
        request = {
            "sources": place(sources), "targets": place(targets), "costing": "pedestrian", "verbose": False,
            "costing_options": {"pedestrian": walker},
        }
        rows = self.ask("sources_to_targets", request)["sources_to_targets"]["durations"]
        return np.array([[np.nan if cell is None else cell for cell in row] for row in rows], dtype=float)


def write(path, letter, places):
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "lon", "lat", "population"])
        rows.writerows([f"{letter}{number}", x, y, 1] for number, (x, y) in enumerate(places))


def ours(binary, pbf, folder, sources, targets, more):
    """Seconds from each source to each target."""
    write(folder / "stations.csv", "s", sources)
    write(folder / "homes.csv", "h", targets)
    subprocess.run(
        [binary, "coverage", "--network", pbf, "--stations", folder / "stations.csv", "--residents", folder / "homes.csv",
         "--minutes", str(MINUTES), "--speed-kmh", str(SPEED_KMH), "--direction", "from-station", "--formats", "csv", "--table",
         "--quiet", "--out", folder / "out", *more],
        check=True,
    )
    seconds = np.full((len(sources), len(targets)), np.nan)
    with (folder / "out" / "travel_times.csv").open() as file:
        for row in csv.DictReader(file):
            seconds[int(row["station"][1:]), int(row["resident"][1:])] = float(row["seconds"])
    return seconds


def told(name, ratios):
    low, median, high = np.percentile(ratios, [10, 50, 90])
    print(f"{name:44} median {median:.3f}, four fifths between {low:.3f} and {high:.3f}")


def main():
    binary, pbf, elevation = sys.argv[1:4]
    package = valhalla()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tile(elevation, folder / "elevation")
        (folder / "none").mkdir()
        level = Rival(package, pbf, folder / "level", folder / "none")
        hilly = Rival(package, pbf, folder / "hilly", folder / "elevation")
        west, south, east, north = BOX
        random = np.random.default_rng(1)
        lattice = list(zip(random.uniform(west, east, 1500), random.uniform(south, north, 1500), strict=True))
        places = level.on_streets(lattice)
        random.shuffle(places)
        sources, targets = places[:STATIONS], places[STATIONS : STATIONS + HOMES]
        theirs = [rival.seconds(sources, targets) for rival in (level, hilly)]
        here = [ours(binary, pbf, folder, sources, targets, more) for more in ([], ["--elevation", elevation])]
        shortest = np.minimum(np.min(theirs, axis=0), np.min(here, axis=0))
        sound = shortest >= SHORTEST_S  # not where one of them knows no walk
        print(f"{sound.sum()} walks of {sound.size}")
        our_level, our_hills = (times[sound] for times in here)
        their_level, their_hills = (times[sound] for times in theirs)
        told("what hills do, pedshed", our_hills / our_level)
        told("what hills do, Valhalla", their_hills / their_level)
        told("pedshed to Valhalla on the level", our_level / their_level)
        told("pedshed to Valhalla with heights", our_hills / their_hills)


# Monaco: west, south, east, north.
BOX = (7.412, 43.727, 7.436, 43.749)


if __name__ == "__main__":
    main()
