//! Asking about supply.

use super::spread::SupplySum;
use super::walks::Walks;
use super::{
    SupplyArea, SupplyByMethod, SupplyPlan, SupplyReach, SupplyReport, SupplySpread, SupplyStation,
};
use crate::control::Control;
use crate::coverage::{Areas, all_areas_at};
use crate::id::{ResidentId, StationId};
use crate::model::{CityRecords, Profile};
use crate::planning::provision::{GroupQuestion, PeopleGroup, Survey};
use crate::planning::supply::{Decay, FloatingCatchments};
use crate::search::TravelTimes;
use crate::snap::Snapped;
use crate::units::People;
use crate::walker::WalkerError;

/// What is asked about supply.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SupplyQuestion<'a> {
    pub(crate) plan: &'a SupplyPlan,
    /// How everybody is placed; its tests decide the cutoff.
    pub(crate) walked: GroupQuestion<'a>,
    /// Everybody's walks in the unit of the cutoff, with the nearest station at any distance.
    pub(crate) times: &'a TravelTimes,
    /// Which resident is in which area.
    pub(crate) areas: &'a Areas,
    /// How many people each station can take.
    pub(crate) capacities: &'a [Option<People>],
    pub(crate) groups: &'a [PeopleGroup],
}

impl SupplyQuestion<'_> {
    /// Asks it. Ratios are those of all people as the study's walker walks; a group gets them as its own people walk.
    ///
    /// # Errors
    /// [`WalkerError`].
    ///
    /// # Complexity
    /// Linear in the walks within the cutoff, for each method; a search from every station for each profile of a group beside the
    /// study's.
    pub(crate) fn ask(&self, control: Control<'_>) -> Result<SupplyReport, WalkerError> {
        let deciding = self.walked.tests.deciding();
        let decay = self.plan.decay.clone();
        let decay = decay.unwrap_or_else(|| Decay::thirds(deciding));
        let people = self.city().people();
        let walks = Walks {
            table: self.times,
            snapped: self.snapped(),
            cutoff: deciding,
        };
        let mut ratios = Vec::new();
        for method in &self.plan.methods {
            control.check()?;
            let row = |station| walks.row(station);
            let first = FloatingCatchments::new(*method, &decay, &people, self.capacities, row)?;
            ratios.push(first);
        }
        let reach = walks.reach(self.capacities);
        let mut methods = Vec::new();
        for first in &ratios {
            methods.push(self.of_all(first, walks, &reach, &people)?);
        }
        self.add_groups(&ratios, &mut methods, walks, control)?;
        let names = self.groups.iter();
        let names = names.map(|group| [group.name.clone(), group.profile.name().to_owned()]);
        Ok(SupplyReport {
            decay,
            stations: self.stations(ratios.first(), &people),
            areas: self.areas(&people, &reach),
            reach,
            groups: names.collect(),
            methods,
        })
    }

    fn city(&self) -> CityRecords<'_> {
        self.walked.city
    }

    fn snapped(&self) -> &Snapped {
        self.walked.placed.snapped()
    }

    /// One method's second step for all people.
    fn of_all(
        &self,
        first: &FloatingCatchments,
        walks: Walks<'_>,
        reach: &[SupplyReach],
        people: &[People],
    ) -> Result<SupplyByMethod, WalkerError> {
        let scores = known_scores(first, walks, reach)?;
        let mut sums = vec![SupplySum::default(); self.city().areas.len()];
        for (record, (score, people)) in (0..).map(ResidentId).zip(scores.iter().zip(people)) {
            let Some(score) = score else {
                continue;
            };
            for area in self.areas.areas_of(record) {
                sums[area as usize].add(*people, *score);
            }
        }
        Ok(SupplyByMethod {
            method: first.method(),
            stations: first.stations().to_vec(),
            all: SupplySpread::new(&scores, reach, people),
            areas: sums.into_iter().map(SupplySum::mean).collect(),
            groups: Vec::new(),
            scores,
        })
    }

    /// Adds the groups to all methods; those of one profile share a search.
    fn add_groups(
        &self,
        ratios: &[FloatingCatchments],
        methods: &mut [SupplyByMethod],
        walks: Walks<'_>,
        control: Control<'_>,
    ) -> Result<(), WalkerError> {
        for method in &mut *methods {
            method.groups = vec![SupplySpread::default(); self.groups.len()];
        }
        let mut profiles: Vec<&Profile> = Vec::new();
        for group in self.groups {
            if !profiles.contains(&&group.profile) {
                profiles.push(&group.profile);
            }
        }
        let own = self.walked.placed.walker().profile();
        for profile in profiles {
            if own == Some(profile) {
                self.add_walked(profile, ratios, methods, walks)?;
                continue;
            }
            let placed = self.walked.walked_by(profile, control)?;
            let survey = Survey::new(&placed, self.city(), control)?;
            let table = survey.table(&survey.all_stations(), walks.cutoff, control)?;
            let walks = Walks {
                table: &table,
                snapped: survey.snapped(),
                ..walks
            };
            self.add_walked(profile, ratios, methods, walks)?;
        }
        Ok(())
    }

    /// Adds the groups that walk so.
    fn add_walked(
        &self,
        profile: &Profile,
        ratios: &[FloatingCatchments],
        methods: &mut [SupplyByMethod],
        walks: Walks<'_>,
    ) -> Result<(), WalkerError> {
        let reach = walks.reach(self.capacities);
        for (first, method) in ratios.iter().zip(methods) {
            let scores = known_scores(first, walks, &reach)?;
            for (group, spread) in self.groups.iter().zip(&mut method.groups) {
                if group.profile == *profile {
                    *spread = SupplySpread::new(&scores, &reach, &group.people);
                }
            }
        }
        Ok(())
    }

    /// The stations with those whose nearest they are.
    fn stations(
        &self,
        first: Option<&FloatingCatchments>,
        people: &[People],
    ) -> Vec<SupplyStation> {
        let within = first.map_or(&[][..], FloatingCatchments::stations);
        let stations = self.snapped().stations().zip(self.capacities).zip(within);
        let stations = stations.map(|((station, capacity), found)| {
            let row = self.snapped().rows_of(station).next();
            let record = row.map(|row| &self.city().stations[row]);
            SupplyStation {
                id: record.map_or_else(String::new, |record| record.id.clone()),
                name: record.and_then(|record| record.name.clone()),
                is_reachable: self.is_reachable(station),
                capacity: *capacity,
                nearest: People::ZERO,
                within: found.within,
            }
        });
        let mut stations: Vec<SupplyStation> = stations.collect();
        for (nearest, people) in self.times.nearest().iter().zip(people) {
            if let Some(nearest) = nearest {
                stations[nearest.station.index()].nearest += *people;
            }
        }
        stations
    }

    fn is_reachable(&self, station: StationId) -> bool {
        self.snapped().station_snaps(station).next().is_some()
    }

    /// The areas with their people and stations.
    fn areas(&self, people: &[People], reach: &[SupplyReach]) -> Vec<SupplyArea> {
        let CityRecords {
            areas, stations, ..
        } = self.city();
        let mut sums = vec![SupplyArea::default(); areas.len()];
        for (record, (people, reach)) in (0..).map(ResidentId).zip(people.iter().zip(reach)) {
            for area in self.areas.areas_of(record) {
                let sum = &mut sums[area as usize];
                sum.people += *people;
                if reach.is_known() {
                    sum.known += *people;
                }
            }
        }
        let supplied = self.snapped().stations().zip(self.capacities);
        let supplied = supplied.filter_map(|(station, capacity)| {
            let is_reachable = self.is_reachable(station);
            capacity
                .filter(|_| is_reachable)
                .map(|capacity| (station, capacity))
        });
        let supplied: Vec<(StationId, People)> = supplied.collect();
        let places = supplied.iter().map(|(station, _)| {
            let mut rows = self.snapped().rows_of(*station);
            rows.find_map(|row| stations[row].place.as_ref().ok().copied())
        });
        let held = all_areas_at(areas, &places.collect::<Vec<_>>());
        for ((_, capacity), areas) in supplied.iter().zip(held) {
            for area in areas {
                let sum = &mut sums[area as usize];
                sum.stations += 1;
                sum.capacity += *capacity;
            }
        }
        sums
    }
}

/// The second step of these walks; `None` of who has no known supply.
fn known_scores(
    first: &FloatingCatchments,
    walks: Walks<'_>,
    reach: &[SupplyReach],
) -> Result<Vec<Option<f64>>, WalkerError> {
    let scores = first.scores(reach.len(), |station| walks.row(station))?;
    let each = scores.into_iter().zip(reach);
    Ok(each
        .map(|(score, reach)| reach.is_known().then_some(score))
        .collect())
}
