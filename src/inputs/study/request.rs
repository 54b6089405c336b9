//! What to read.

use super::asked::{AskedLayer, AskedSettings};
use super::{DrawnCandidates, LayerSource, LayerSpec};
use crate::hours::TimeOfWeek;
use crate::inputs::osm::HomeModel;
use crate::inputs::{Format, KeptColumn, LayerKind, LayerSettings, Mending, ReadOptions, Source};

/// The layers beside the network in the order in which they are read.
const IN_READING_ORDER: [LayerKind; 12] = [
    LayerKind::Stations,
    LayerKind::Residents,
    LayerKind::Stairwells,
    LayerKind::AllStations,
    LayerKind::Demand,
    LayerKind::Areas,
    LayerKind::Land,
    LayerKind::Communities,
    LayerKind::Compounds,
    LayerKind::Gates,
    LayerKind::Candidates,
    LayerKind::Calendar,
];

/// What to read.
#[derive(Clone, Debug)]
pub struct Request {
    /// The street network: `.osm.pbf`, lines in `.geojson` or `.shp`, or a prepared `.pedshed`. The columns that are named for
    /// lines are properties that hold OpenStreetMap's tags under other names.
    pub network: LayerSpec<Source>,
    /// What is said of all layers: it holds where a file does not say for itself, and where nothing is said of its layer.
    pub general: LayerSettings,
    /// Files of the ground's heights, which make one surface: SRTM tiles (`.hgt`), GeoTIFF (`.tif`), or packages (`.zip`) of these.
    /// A prepared network may have heights of its own: then there is none.
    pub elevation: Vec<Source>,
    /// How carelessly drawn lines are joined; an OpenStreetMap file says where its ways join.
    pub mending: Mending,
    /// Station layers, one after the other.
    pub stations: Vec<LayerSpec>,
    /// Resident layers, one after the other.
    pub residents: Vec<LayerSpec>,
    /// The area layer.
    pub areas: Option<LayerSpec>,
    /// Stations of every tier, one layer after the other, where [`Request::stations`] are those of some alone.
    pub every_station: Vec<LayerSpec>,
    /// Further demand, each a layer of its own: workers, members; what it is called and where it is read from.
    pub demand: Vec<(String, LayerSpec)>,
    /// Residential land: polygons.
    pub land: Option<LayerSpec>,
    /// The register of communities: a list, with or without places.
    pub communities: Option<LayerSpec>,
    /// The layer of compounds: polygons whose outlines are walls.
    pub compounds: Option<LayerSpec>,
    /// The gates in these walls: points. Their column `compound` (所属小区, 小区编号, 小区) says whose they are, or that
    /// which is named for it; without one they belong to the nearest wall.
    pub gates: Option<LayerSpec>,
    /// The stairwells of residents' buildings: a list of their ids, with columns of lifts, entries and storeys. A resident's
    /// column of stairwells names one of them.
    pub stairwells: Option<LayerSpec>,
    /// Sites that may be built, one layer after the other.
    pub candidates: Vec<LayerSpec>,
    /// More of them, drawn on the streets.
    pub drawn_candidates: Vec<DrawnCandidates>,
    /// The calendar of sessions: a list that names its places by the ids or names of stations.
    pub calendar: Option<LayerSpec>,
    /// How buildings become homes.
    pub homes: HomeModel,
    /// The time at which ways and gates are asked whether they are open. Default: 10:00 on a Tuesday.
    pub at: TimeOfWeek,
    /// Whether to read what the network file marks on its ways: gates and crossings; lines have none.
    pub with_marks: bool,
    /// Whether to read the network file's water, which isochrones leave out, and the lines that nobody walks across; lines
    /// have none.
    pub with_water: bool,
}

impl Request {
    /// A request for the streets of a file alone, in the system that it says or WGS84; layers are added to it.
    #[must_use]
    pub fn new(network: Source) -> Self {
        Self {
            network: LayerSpec::new(network),
            general: LayerSettings::default(),
            elevation: Vec::new(),
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
            stairwells: None,
            candidates: Vec::new(),
            drawn_candidates: Vec::new(),
            calendar: None,
            homes: HomeModel::default(),
            at: TimeOfWeek::WEEKDAY,
            with_marks: false,
            with_water: false,
        }
    }

    /// Whether the network may have heights: they are asked for, or it is a prepared one, which may have its own.
    pub(crate) fn may_have_heights(&self) -> bool {
        let is_prepared = self.network.source.format() == Some(Format::Prepared);
        !self.elevation.is_empty() || is_prepared
    }

    /// The columns of the residents that are named beside the usual ones: those that count groups of people.
    pub(super) fn group_columns(&self) -> Vec<String> {
        let kept = self.residents.iter().flat_map(|layer| &layer.kept);
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

    /// How the network's file is read.
    pub(super) fn network_options(&self) -> ReadOptions {
        ReadOptions {
            general: self.general.clone(),
            ..ReadOptions::of(LayerKind::Network).with_own(self.network.settings.clone())
        }
    }

    /// Every layer beside the network, in the order in which they are read.
    pub(super) fn asked(&self) -> impl Iterator<Item = AskedLayer<'_>> {
        IN_READING_ORDER
            .into_iter()
            .flat_map(|kind| self.asked_of(kind))
    }

    /// The layers of one kind as they are asked for; the network is none of them.
    pub(super) fn asked_of(&self, kind: LayerKind) -> impl Iterator<Item = AskedLayer<'_>> {
        let (list, one): (&[LayerSpec], Option<&LayerSpec>) = match kind {
            LayerKind::Network | LayerKind::Demand => (&[], None),
            LayerKind::Stations => (&self.stations, None),
            LayerKind::Residents => (&self.residents, None),
            LayerKind::AllStations => (&self.every_station, None),
            LayerKind::Areas => (&[], self.areas.as_ref()),
            LayerKind::Land => (&[], self.land.as_ref()),
            LayerKind::Communities => (&[], self.communities.as_ref()),
            LayerKind::Compounds => (&[], self.compounds.as_ref()),
            LayerKind::Gates => (&[], self.gates.as_ref()),
            LayerKind::Stairwells => (&[], self.stairwells.as_ref()),
            LayerKind::Candidates => (&self.candidates, None),
            LayerKind::Calendar => (&[], self.calendar.as_ref()),
        };
        let demand: &[(String, LayerSpec)] = match kind {
            LayerKind::Demand => &self.demand,
            _ => &[],
        };
        let demand = demand
            .iter()
            .map(|(name, spec)| (Some(name.as_str()), spec));
        let unnamed = list.iter().chain(one).map(|spec| (None, spec));
        unnamed.chain(demand).map(move |(name, spec)| AskedLayer {
            kind,
            name,
            spec,
            general: &self.general,
        })
    }

    /// What is said of the network and of every layer, in the order in which they are read.
    pub(super) fn settings(&self) -> impl Iterator<Item = AskedSettings<'_>> {
        let network = AskedSettings {
            kind: LayerKind::Network,
            settings: &self.network.settings,
            file: Some(&self.network.source),
        };
        let layers = self.asked().map(|asked| AskedSettings {
            kind: asked.kind,
            settings: &asked.spec.settings,
            file: asked.spec.file(),
        });
        std::iter::once(network).chain(layers)
    }

    /// Every layer beside the network, in the order in which they are read.
    pub(crate) fn layers(&self) -> impl Iterator<Item = &LayerSpec> {
        self.asked().map(|asked| asked.spec)
    }

    /// The layers of one kind; the network is none of them.
    pub(crate) fn of_kind(&self, kind: LayerKind) -> impl Iterator<Item = &LayerSpec> {
        self.asked_of(kind).map(|asked| asked.spec)
    }

    /// The files of the layers beside the network.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Source> {
        self.layers().filter_map(LayerSpec::file)
    }

    /// Whether residents are drawn from the network's file.
    pub(crate) fn makes_homes(&self) -> bool {
        let is_drawn = |layer: &LayerSpec| matches!(layer.source, LayerSource::Osm(_));
        self.residents.iter().any(is_drawn)
    }
}
