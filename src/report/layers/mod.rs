//! Results for maps: one model of a layer, from which a `GeoPackage`, `FlatGeobuf` and Shapefiles are written with their styles.

#[cfg(feature = "fgb")]
mod fgb;
mod gaps;
#[cfg(feature = "gpkg")]
mod gpkg;
mod ground;
mod layer;
mod measured;
mod problems;
mod qml;
mod residents;
mod shapefile;
mod sites;
mod style;
#[cfg(feature = "gpkg")]
mod wkb;

use super::Report;
use crate::gaps::Gaps;
use crate::id::StationId;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::model::Attributes;
use crate::planning::provision::{GroupCoverage, TierGround};
use crate::text::language::Words;
use crate::units::{Cutoff, Unit};
use layer::Cell;

#[cfg(feature = "fgb")]
pub(crate) use fgb::write as write_flatgeobuf;
#[cfg(feature = "gpkg")]
pub(crate) use gpkg::write as write_geopackage;
pub(crate) use layer::Layer;
pub(crate) use qml::write as write_qml;
pub(crate) use shapefile::{SHAPEFILE_PARTS, Shapefile, write_fields};
pub(crate) use sites::sites;

/// The names of all layers that there can be, in the order in which they are written: what people walk on and live in first, so
/// that points lie above ground on a map that is drawn in this order.
pub(crate) const LAYER_NAMES: [&str; 10] = [
    "areas",
    "isochrones",
    "reached_streets",
    "gaps",
    "missing_links",
    "gates",
    "problems",
    "residents",
    "stations",
    "sites",
];

/// What the layers show.
#[derive(Clone, Copy)]
pub(crate) struct LayersReport<'a> {
    pub(crate) report: Report<'a>,
    /// What was kept beside the stations, row by row.
    pub(crate) station_attributes: &'a Attributes,
    /// What was kept beside the residents, record by record.
    pub(crate) resident_attributes: &'a Attributes,
    pub(crate) isochrones: &'a [Isochrones],
    pub(crate) streets: &'a [ReachedStreets],
    pub(crate) gaps: Option<&'a Gaps>,
    /// The ground of each tier.
    pub(crate) tiers: &'a [TierGround],
}

impl<'a> LayersReport<'a> {
    /// The layers that the run has, in the order of [`LAYER_NAMES`].
    pub(crate) fn layers(self) -> Vec<Layer<'a>> {
        let has_gaps = self.gaps.is_some();
        let has_walls = !self.report.compounds.is_empty();
        let asked = self.report.provision;
        let problems = asked.and_then(|asked| asked.register.as_ref());
        let layers = [
            (!self.report.city.areas.is_empty()).then(|| residents::areas(self)),
            (!self.isochrones.is_empty()).then(|| ground::isochrones(self)),
            (!self.streets.is_empty()).then(|| ground::streets(self)),
            has_gaps.then(|| gaps::gaps(self)),
            has_gaps.then(|| gaps::links(self)),
            (has_gaps && has_walls).then(|| gaps::gates(self)),
            problems.map(|register| problems::problems(self, register)),
            (!self.report.city.residents.is_empty()).then(|| residents::residents(self)),
            Some(residents::stations(self)),
        ];
        layers.into_iter().flatten().collect()
    }

    fn station_id(self, station: StationId) -> &'a str {
        let row = self.report.snapped.entrances(station)[0].row;
        &self.report.city.stations[row as usize].id
    }

    /// What a station is called, where its first row says so.
    fn station_name(self, station: StationId) -> Option<&'a str> {
        let row = self.report.snapped.entrances(station)[0].row;
        self.report.city.stations[row as usize].name.as_deref()
    }

    fn groups(self) -> &'a [GroupCoverage] {
        self.report.provision.map_or(&[], |asked| &asked.groups)
    }

    /// Which stations an answer names: those of a tier, or the study's.
    fn names(self, tier: Option<&'a TierGround>) -> StationNames<'a> {
        StationNames { from: self, tier }
    }

    /// All units that cutoffs are in, the study's and those of tiers.
    fn units(self) -> Vec<Unit> {
        let own = self.report.coverage.tests().cutoffs();
        let of_tiers = self.tiers.iter().map(|tier| tier.gaps.deciding);
        let units: Vec<Unit> = own.chain(of_tiers).map(Cutoff::unit).collect();
        let all = [Unit::Milliseconds, Unit::Millimetres].into_iter();
        all.filter(|unit| units.contains(unit)).collect()
    }

    /// What a tier is called by people.
    fn tier_name(self, tier: &TierGround) -> Words {
        let asked = self.report.provision.iter();
        let circles = asked.flat_map(|asked| &asked.tiers.list);
        let own = circles.map(|one| &one.tier).find(|one| one.key == tier.key);
        own.map_or_else(|| Words::same(tier.key.as_str()), |one| one.name.clone())
    }
}

/// What the stations are called that an answer names by their numbers.
#[derive(Clone, Copy)]
struct StationNames<'a> {
    from: LayersReport<'a>,
    tier: Option<&'a TierGround>,
}

impl<'a> StationNames<'a> {
    fn id(self, station: Option<StationId>) -> Cell<'a> {
        let id = station.map(|station| match self.tier {
            Some(tier) => tier.stations[station.index()].id.as_str(),
            None => self.from.station_id(station),
        });
        Cell::text(id)
    }

    fn name(self, station: Option<StationId>) -> Cell<'a> {
        let name = station.and_then(|station| match self.tier {
            Some(tier) => tier.stations[station.index()].name.as_deref(),
            None => self.from.station_name(station),
        });
        Cell::text(name)
    }
}
