//! The arguments that say what is read, and how.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Args;
use pedshed::inputs::osm::HomeModel;

use crate::layer_options::{CityLayers, LayerOptions, NetworkLayer};

/// The street network.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct NetworkFileArgs {
    /// Streets: an OpenStreetMap extract (.osm.pbf), walking lines (.geojson, .shp), a prepared network (.pedshed), or
    /// demo:liechtenstein, which ships with the program
    #[arg(long, value_name = "FILE")]
    pub(crate) network: PathBuf,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// How the files of a study are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct ReadingArgs {
    /// How the network is read.
    #[command(flatten)]
    pub(crate) of_network: LayerOptions<NetworkLayer>,
    /// Coordinate system of every layer whose file does not name one (such as EPSG:4547, GCJ-02, BD-09); --LAYER-crs overrides it
    #[arg(long, value_name = "CRS")]
    pub(crate) crs: Option<String>,
    /// In a network of lines, join line ends to whatever lies within this many metres; 0 joins none
    #[arg(long, value_name = "METRES", default_value_t = 0.0)]
    pub(crate) join_tolerance: f64,
    /// In a network of lines, make a junction wherever two lines cross on the level
    #[arg(long)]
    pub(crate) node_crossings: bool,
    /// Heights of the ground, for slopes: SRTM tiles (.hgt), GeoTIFF (.tif) or a .zip of these. May be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) elevation: Vec<PathBuf>,
    /// Encoding of text files that do not name one (such as gb18030 or big5), if it cannot be told from the text
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
}

/// Stations, residents and areas.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct LayerArgs {
    #[command(flatten)]
    pub(crate) network: NetworkFileArgs,
    /// Stations: .csv, .xlsx, .geojson, .shp, or objects of the network's map (osm:amenity=pharmacy). May be given several times
    #[arg(long, value_name = "FILE|SELECTOR", required = true)]
    pub(crate) stations: Vec<OsString>,
    /// Residents: .csv, .xlsx, .geojson, .shp, or homes made of the buildings in the network's map (osm:building)
    #[arg(long, value_name = "FILE|SELECTOR", required = true)]
    pub(crate) residents: Vec<OsString>,
    /// Areas to sum by: .geojson, .shp, or boundaries of the network's map (`osm:boundary=administrative,admin_level=8`)
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) areas: Option<OsString>,
    /// Column or property that names the areas
    #[arg(long, value_name = "COLUMN")]
    pub(crate) area_name: Option<String>,
    /// Walled compounds: polygons in .geojson or .shp. No straight leg crosses their outlines: residents with no street inside leave by the gates
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) compounds: Option<OsString>,
    /// Gates of the compounds: points in .geojson, .shp, .csv or .xlsx, on the wall or within 30 m of it
    #[arg(long, value_name = "FILE|SELECTOR")]
    pub(crate) gates: Option<OsString>,
    #[command(flatten)]
    pub(crate) dwellings: DwellingArgs,
    /// How each of these layers is read.
    #[command(flatten)]
    pub(crate) options: LayerOptions<CityLayers>,
    #[command(flatten)]
    pub(crate) columns: ColumnArgs,
}

/// On which storeys residents live, beside what their own columns say.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct DwellingArgs {
    /// Stairwells of the residents' buildings: a .csv or .xlsx of id, lift, entry (level or `half_landing`) and storeys
    #[arg(long, value_name = "FILE", conflicts_with = "street_level")]
    pub(crate) stairwells: Option<OsString>,
    /// Spread the people of the map's buildings over their storeys, by `building:levels`: an estimate
    #[arg(long, conflicts_with = "street_level")]
    pub(crate) home_storeys: bool,
}

impl DwellingArgs {
    /// How buildings become homes.
    pub(crate) fn homes(&self) -> HomeModel {
        HomeModel {
            by_storey: self.home_storeys,
            ..HomeModel::default()
        }
    }
}

/// Columns of all layers that are not called as usual: `--LAYER-columns` goes before them.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub(crate) struct ColumnArgs {
    /// Column of ids, if it is not called id, code or 编号; for every layer that has it
    #[arg(long = "id-column", value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    /// Column of longitudes, if it is not called lon, x or 经度; for every layer that has it
    #[arg(long = "lon-column", value_name = "COLUMN")]
    pub(crate) lon: Option<String>,
    /// Column of latitudes, if it is not called lat, y or 纬度; for every layer that has it
    #[arg(long = "lat-column", value_name = "COLUMN")]
    pub(crate) lat: Option<String>,
    /// Column of people, if it is not called population or 人口; for every layer that has it
    #[arg(long = "population-column", value_name = "COLUMN")]
    pub(crate) population: Option<String>,
    /// Column of names, if it is not called name or 名称; for every layer that has it
    #[arg(long = "name-column", value_name = "COLUMN")]
    pub(crate) name: Option<String>,
    /// Sheet of a workbook, if it is not the first one with a header; for every workbook that has it
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
}
