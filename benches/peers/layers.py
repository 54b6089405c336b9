"""Layers for maps as GDAL reads them, beside the tables and the GeoJSON of the same run.

    pip install pyogrio geopandas
    python3 benches/peers/layers.py target/release/pedshed

Runs `pedshed coverage` on Liechtenstein, whose map ships, with stations taken from it, in all formats; reads every layer of the
GeoPackage, of FlatGeobuf and of the Shapefiles by GDAL, and compares every value with the tables, and the ground with the GeoJSON.
Exits with 1 where any differs. With Debian's python3-gdal its validator for GeoPackages is run, too.
"""

import csv
import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyogrio
import shapely

MAP = Path(__file__).parents[2] / "data" / "liechtenstein-2013-08-03.osm.pbf"
TABLES = {"residents": "residents.csv", "stations": "stations.csv", "gaps": "gaps.csv"}
TOLERANCE = 1e-9


def run(binary, out):
    """Runs coverage in all formats."""
    command = [
        binary, "coverage", "--network", str(MAP), "--stations", "osm:amenity=pharmacy", "--residents", "osm:building",
        "--minutes", "5,10,15", "--metres", "1000", "--formats", "csv,geojson,gpkg,fgb,shp", "--quiet", "--out", str(out),
    ]
    subprocess.run(command, check=True)


def same(cell, value):
    """Whether a cell of a table and a value of a layer say the same."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return cell == ""
    if isinstance(value, str):
        # A table has an apostrophe before what a spreadsheet would run.
        return cell in (value, "'" + value)
    return cell != "" and abs(float(cell) - float(value)) < TOLERANCE


def compare(layer, frame, rows, names):
    """Compares the columns that a table and a layer share; gives how many values were looked at."""
    looked = 0
    for column in rows[0]:
        name = names.get(column, column)
        if name not in frame.columns:
            continue
        for row, value in zip(rows, frame[name], strict=True):
            looked += 1
            if not same(row[column], value):
                raise SystemExit(f"{layer}: {column} is {row[column]!r} in the table and {value!r} in the layer")
    return looked


def short_names(out):
    """What columns are called in Shapefiles, by layer."""
    names = {}
    with open(out / "fields.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["layer"], {})[row["column"]] = row["field"]
    return names


def by_id(frame, column="id"):
    """The rows in the order of an id: FlatGeobuf sorts them by place."""
    return frame.sort_values(column, kind="stable").reset_index(drop=True)


def check_ground(out, frame):
    """The ground is that of the GeoJSON, corner by corner."""
    features = json.loads((out / "isochrones.geojson").read_text(encoding="utf-8"))["features"]
    for feature, ground in zip(features, frame.geometry, strict=True):
        own = shapely.from_geojson(json.dumps(feature["geometry"]))
        if own.is_empty and ground is None:
            continue
        if not own.equals(ground) or not ground.is_valid:
            raise SystemExit(f"ground differs: {feature['properties']}")
    return len(features)


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        run(binary, out)
        short = short_names(out)
        package = out / "results.gpkg"
        layers = [name for name, kind in pyogrio.list_layers(package) if kind is not None]
        looked = 0
        for layer in layers:
            frame = pyogrio.read_dataframe(package, layer=layer)
            shapes = pyogrio.read_dataframe(out / f"{layer}.shp")
            flat = pyogrio.read_dataframe(out / f"{layer}.fgb")
            somewhere = int(frame.geometry.notna().sum())
            if len(shapes) != len(frame) or len(flat) != somewhere:
                raise SystemExit(f"{layer}: {len(frame)}, {len(shapes)} and {len(flat)} rows")
            if frame.crs != "EPSG:4326" or flat.crs != "EPSG:4326" or not shapes.crs.equals("EPSG:4326", ignore_axis_order=True):
                raise SystemExit(f"{layer}: {frame.crs}, {flat.crs}, {shapes.crs}")
            if layer in TABLES:
                with open(out / TABLES[layer], encoding="utf-8") as file:
                    rows = list(csv.DictReader(file))
                looked += compare(layer, frame, rows, {})
                looked += compare(layer, shapes, rows, short[layer])
                if somewhere == len(frame) and layer != "gaps":
                    looked += compare(layer, by_id(flat), sorted(rows, key=lambda row: row["id"]), {})
            for one, other in zip(frame.geometry, shapes.geometry, strict=True):
                if (one is None) != (other is None) or (one is not None and not one.equals(other)):
                    raise SystemExit(f"{layer}: a Shapefile's geometry differs")
            print(f"{layer}: {len(frame)} rows, {frame.geometry.geom_type.dropna().unique()}")
        grounds = check_ground(out, pyogrio.read_dataframe(package, layer="isochrones"))
        print(f"{looked} values and {grounds} grounds are the same")
        validator = Path("/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py")
        if validator.exists() and shutil.which("/usr/bin/python3"):
            subprocess.run(["/usr/bin/python3", str(validator), str(package)], check=True)
            print("GDAL's validator has no complaint")


main()
