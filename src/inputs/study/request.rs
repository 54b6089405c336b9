//! What to read.

use std::path::Path;

use crate::inputs::osm::{HomeModel, Selector};
use crate::inputs::{Columns, InputError, KeptColumn, Known, LayerCrs, LayerKind, Mending, Source};

/// Where a layer comes from.
#[derive(Clone, Debug)]
pub enum LayerSource {
    /// A file of its own.
    File(Source),
    /// Objects of the network's OpenStreetMap file.
    Osm(Selector),
}

/// A layer to be read.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where it comes from.
    pub source: LayerSource,
    /// Columns that the user names.
    pub columns: Columns,
    /// Its coordinate system.
    pub crs: LayerCrs,
    /// The sheet of a workbook: one that is named for this layer must be there, one that is named for all is taken where there
    /// is one. Without it the first one with a header is.
    pub sheet: Option<Known<String>>,
}

impl Layer {
    /// A layer in the system that its file says, or WGS84, with columns of the usual names.
    #[must_use]
    pub fn new(source: LayerSource) -> Self {
        Self {
            source,
            columns: Columns::default(),
            crs: LayerCrs::default(),
            sheet: None,
        }
    }

    /// A layer of a file of its own.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn open(path: &Path) -> Result<Self, InputError> {
        Ok(Self::new(LayerSource::File(Source::open(path)?)))
    }

    /// A layer of objects of the network's OpenStreetMap file, which the text selects: `osm:amenity=pharmacy`.
    ///
    /// # Errors
    /// When the text is no selector.
    ///
    /// ```
    /// use pedshed::inputs::Layer;
    /// assert!(Layer::selected("osm:building").is_ok());
    /// assert!(Layer::selected("osm:").is_err());
    /// ```
    pub fn selected(selector: &str) -> Result<Self, InputError> {
        Ok(Self::new(LayerSource::Osm(selector.parse()?)))
    }

    /// What it comes from, in words.
    pub(super) fn name(&self) -> String {
        match &self.source {
            LayerSource::File(source) => source.path().to_owned(),
            LayerSource::Osm(selector) => selector.to_string(),
        }
    }
}

/// What to read.
#[derive(Clone, Debug)]
pub struct Request {
    /// The street network: `.osm.pbf`, lines in `.geojson` or `.shp`, or a prepared `.pedshed`.
    pub network: Source,
    /// Its coordinate system, for lines.
    pub network_crs: LayerCrs,
    /// For lines: OpenStreetMap's tag, and the property that holds it where it has another name.
    pub network_columns: Vec<(String, String)>,
    /// How carelessly drawn lines are joined; an OpenStreetMap file says where its ways join.
    pub mending: Mending,
    /// Station layers, one after the other.
    pub stations: Vec<Layer>,
    /// Resident layers, one after the other.
    pub residents: Vec<Layer>,
    /// The area layer.
    pub areas: Option<Layer>,
    /// Stations of every tier, one layer after the other, where [`Request::stations`] are those of some alone.
    pub every_station: Vec<Layer>,
    /// Further demand, each a layer of its own: workers, members; what it is called and where it is read from.
    pub demand: Vec<(String, Layer)>,
    /// Residential land: polygons.
    pub land: Option<Layer>,
    /// The register of communities: a list, with or without places.
    pub communities: Option<Layer>,
    /// The layer of compounds: polygons whose outlines are walls.
    pub compounds: Option<Layer>,
    /// The gates in these walls: points. Their column `compound` (所属小区, 小区编号, 小区) says whose they are, or that
    /// which `columns.name` names; without one they belong to the nearest wall.
    pub gates: Option<Layer>,
    /// How buildings become homes.
    pub homes: HomeModel,
    /// Whether to read the network file's water, which isochrones leave out, and the lines that nobody walks across; lines
    /// have none.
    pub with_water: bool,
}

impl Request {
    /// A request for the streets of a file alone, in the system that it says or WGS84; layers are added to it.
    #[must_use]
    pub fn new(network: Source) -> Self {
        Self {
            network,
            network_crs: LayerCrs::default(),
            network_columns: Vec::new(),
            mending: Mending::default(),
            stations: Vec::new(),
            residents: Vec::new(),
            areas: None,
            every_station: Vec::new(),
            demand: Vec::new(),
            land: None,
            communities: None,
            compounds: None,
            gates: None,
            homes: HomeModel::default(),
            with_water: false,
        }
    }

    /// The columns of the residents that are named beside the usual ones: those that count groups of people.
    pub(super) fn group_columns(&self) -> Vec<String> {
        let kept = self.residents.iter().flat_map(|layer| &layer.columns.kept);
        let mut names: Vec<String> = Vec::new();
        for column in kept {
            if let KeptColumn::Named(name) = column
                && !names.contains(name)
            {
                names.push(name.clone());
            }
        }
        names
    }

    /// Every layer beside the network, in the order in which they are read.
    pub(super) fn in_reading_order(&self) -> impl Iterator<Item = (LayerKind, &Layer)> {
        let of = |kind| move |layer| (kind, layer);
        let points = self.stations.iter().map(of(LayerKind::Stations));
        let demand = self.demand.iter().map(|(_, layer)| layer);
        points
            .chain(self.residents.iter().map(of(LayerKind::Residents)))
            .chain(self.every_station.iter().map(of(LayerKind::AllStations)))
            .chain(demand.map(of(LayerKind::Demand)))
            .chain(self.areas.iter().map(of(LayerKind::Areas)))
            .chain(self.land.iter().map(of(LayerKind::Land)))
            .chain(self.communities.iter().map(of(LayerKind::Communities)))
            .chain(self.compounds.iter().map(of(LayerKind::Compounds)))
            .chain(self.gates.iter().map(of(LayerKind::Gates)))
    }

    /// The layers of one kind; the network is none of them.
    pub(crate) fn of_kind(&self, kind: LayerKind) -> impl Iterator<Item = &Layer> {
        let (list, one): (&[Layer], Option<&Layer>) = match kind {
            LayerKind::Network | LayerKind::Demand => (&[], None),
            LayerKind::Stations => (&self.stations, None),
            LayerKind::Residents => (&self.residents, None),
            LayerKind::AllStations => (&self.every_station, None),
            LayerKind::Areas => (&[], self.areas.as_ref()),
            LayerKind::Land => (&[], self.land.as_ref()),
            LayerKind::Communities => (&[], self.communities.as_ref()),
            LayerKind::Compounds => (&[], self.compounds.as_ref()),
            LayerKind::Gates => (&[], self.gates.as_ref()),
        };
        let demand: &[(String, Layer)] = match kind {
            LayerKind::Demand => &self.demand,
            _ => &[],
        };
        let demand = demand.iter().map(|(_, layer)| layer);
        list.iter().chain(one).chain(demand)
    }

    /// Every layer, in the order in which they stand here.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        let points = self.stations.iter().chain(&self.residents);
        points
            .chain(&self.areas)
            .chain(&self.every_station)
            .chain(self.demand.iter().map(|(_, layer)| layer))
            .chain(&self.land)
            .chain(&self.communities)
            .chain(&self.compounds)
            .chain(&self.gates)
    }
}
