//! What layers are made of: a run's answers, and what its stations are called.

use super::layer::Cell;
use crate::gaps::Gaps;
use crate::id::StationId;
use crate::isochrone::{Isochrones, ReachedStreets};
use crate::model::Attributes;
use crate::planning::provision::{GroupCoverage, TierGround};
use crate::report::Report;
use crate::text::language::Words;
use crate::units::{Cutoff, Unit};

/// What the layers show.
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
    pub(super) fn station_id(&'a self, station: StationId) -> &'a str {
        let row = self.report.snapped.entrances(station)[0].row;
        &self.report.city.stations[row as usize].id
    }

    /// What a station is called, where its first row says so.
    pub(super) fn station_name(&'a self, station: StationId) -> Option<&'a str> {
        let row = self.report.snapped.entrances(station)[0].row;
        self.report.city.stations[row as usize].name.as_deref()
    }

    pub(super) fn groups(&'a self) -> &'a [GroupCoverage] {
        self.report.provision.map_or(&[], |asked| &asked.groups)
    }

    /// Which stations an answer names: those of a tier, or the study's.
    pub(super) fn names(&'a self, tier: Option<&'a TierGround>) -> StationNames<'a> {
        StationNames { from: self, tier }
    }

    /// All units that cutoffs are in, the study's and those of tiers.
    pub(super) fn units(&'a self) -> Vec<Unit> {
        let own = self.report.coverage.tests().cutoffs();
        let of_tiers = self.tiers.iter().map(|tier| tier.gaps.deciding);
        let units: Vec<Unit> = own.chain(of_tiers).map(Cutoff::unit).collect();
        let all = [Unit::Milliseconds, Unit::Millimetres].into_iter();
        all.filter(|unit| units.contains(unit)).collect()
    }

    /// What a tier is called by people.
    pub(super) fn tier_name(&'a self, tier: &TierGround) -> Words {
        let asked = self.report.provision.iter();
        let circles = asked.flat_map(|asked| &asked.tiers.list);
        let own = circles.map(|one| &one.tier).find(|one| one.key == tier.key);
        own.map_or_else(|| Words::same(tier.key.as_str()), |one| one.name.clone())
    }
}

/// What the stations are called that an answer names by their numbers.
#[derive(Clone, Copy)]
pub(super) struct StationNames<'a> {
    from: &'a LayersReport<'a>,
    tier: Option<&'a TierGround>,
}

impl<'a> StationNames<'a> {
    pub(super) fn id(self, station: Option<StationId>) -> Cell<'a> {
        let id = station.map(|station| match self.tier {
            Some(tier) => tier.stations[station.index()].id.as_str(),
            None => self.from.station_id(station),
        });
        Cell::text(id)
    }

    pub(super) fn name(self, station: Option<StationId>) -> Cell<'a> {
        let name = station.and_then(|station| match self.tier {
            Some(tier) => tier.stations[station.index()].name.as_deref(),
            None => self.from.station_name(station),
        });
        Cell::text(name)
    }
}
