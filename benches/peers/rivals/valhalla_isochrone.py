"""Valhalla's pedestrian isochrones with their polygons, on tiles that it builds from the same file."""

import json
from pathlib import Path

import numpy as np
import shapely
import valhalla
from valhalla.config import get_config

from .common import LEVEL_KMH, Case, Measured, Work, command, distribution, in_threads, peak_kb, timed

STATIONS = 200


def configure(case: Case) -> Path:
    tiles = case.folder / f"valhalla{case.threads}"
    tiles.mkdir(exist_ok=True)
    config = get_config(tile_dir=tiles, tile_extract="")
    config["mjolnir"]["concurrency"] = case.threads
    path = tiles / "valhalla.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


def request(lon: float, lat: float) -> dict[str, object]:
    return {
        "locations": [{"lon": lon, "lat": lat}],
        "costing": "pedestrian",
        "costing_options": {"pedestrian": {"walking_speed": LEVEL_KMH}},
        "contours": [{"time": 15}],
        "polygons": True,
    }


def area(answer: str) -> float:
    polygons = [feature["geometry"] for feature in json.loads(answer)["features"]]
    return float(sum(shapely.from_geojson(json.dumps(polygon)).area for polygon in polygons))


def run(case: Case) -> Measured:
    config = configure(case)
    build = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
    load, _ = command([build, "-c", config, case.pbf])
    places = case.places[case.stations[:STATIONS]].tolist()
    parts = [places[part :: case.threads] for part in range(case.threads)]
    actors = [valhalla.Actor(str(config)) for _ in parts]

    def ask(part: int) -> list[str]:
        return [actors[part].isochrone(json.dumps(request(*place))) for place in parts[part]]

    answers, seconds = timed(case.repeats, lambda: in_threads(case.threads, ask, range(case.threads)))
    peak = peak_kb()
    areas = np.empty(len(places))
    for part, said in enumerate(answers):
        areas[part :: case.threads] = [area(answer) for answer in said]
    compared = distribution(areas, case.numbers("isochrones_area")[: len(places)])
    works = {
        "load": Work([load]),
        "isochrones": Work(seconds, len(places), f"areas: {compared}"),
    }
    return Measured(works, peak, [f"Valhalla: one request per station, {len(places)} stations"])
