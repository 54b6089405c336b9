//! Groups (人群): parts of the people with a walker of their own, in one run.

#[cfg(feature = "isochrone")]
mod gaps;
mod group;
#[cfg(feature = "report")]
pub(super) mod table;

#[cfg(feature = "isochrone")]
use self::gaps::{Served, gaps_of};
use super::Survey;
use crate::control::Control;
use crate::coverage::{Status, Tests, status_of_snapped};
#[cfg(feature = "isochrone")]
use crate::gaps::GapOptions;
use crate::model::{CityRecords, Profile};
use crate::search::NearestStation;
use crate::units::{Cutoff, People, Unit};
use crate::walker::{Placed, WalkerError};

pub use self::group::{GroupCoverage, GroupPlan, PeopleGroup};

/// What all groups are asked.
#[derive(Clone, Copy, Debug)]
pub struct GroupQuestion<'a> {
    /// Everybody on the streets of one walker, and which walk is measured.
    pub placed: &'a Placed,
    /// The city that was placed.
    pub city: CityRecords<'a>,
    /// The cutoffs.
    pub tests: &'a Tests,
    /// How the gaps of each group are put together, where they are asked for. They are those of its people alone: records
    /// with none of them do not count.
    #[cfg(feature = "isochrone")]
    pub gaps: Option<GapOptions>,
}

impl GroupQuestion<'_> {
    /// Asks for every group. Groups with one profile share a search; profiles that use the streets of the question's walker stand
    /// where everybody was placed.
    ///
    /// # Errors
    /// [`WalkerError`].
    ///
    /// # Complexity
    /// One preparation of the search and two sweeps for each profile; where gaps are asked for, an index of the streets for
    /// each profile and a few searches for each group.
    pub fn ask(
        self,
        groups: &[PeopleGroup],
        control: Control<'_>,
    ) -> Result<Vec<GroupCoverage>, WalkerError> {
        let mut profiles: Vec<Profile> = Vec::new();
        for group in groups {
            if !profiles.contains(&group.profile) {
                profiles.push(group.profile.clone());
            }
        }
        let mut found: Vec<Option<GroupCoverage>> = groups.iter().map(|_| None).collect();
        for profile in &profiles {
            let placed = self.walked_by(profile, control)?;
            let survey = Survey::new(&placed, self.city, control)?;
            let walked = self.walk(&survey, control)?;
            let of_profile = (0..groups.len()).filter(|at| groups[*at].profile == *profile);
            let of_profile: Vec<usize> = of_profile.collect();
            for at in &of_profile {
                found[*at] = Some(self.count(&groups[*at], &walked));
            }
            #[cfg(feature = "isochrone")]
            if let Some(options) = self.gaps {
                let these = of_profile.iter().map(|at| &groups[*at].people[..]);
                let served = Served {
                    residents: self.city.residents,
                    statuses: &walked.statuses,
                    nearest: &walked.nearest,
                    deciding: self.tests.deciding(),
                };
                let these: Vec<&[People]> = these.collect();
                let gaps = gaps_of(&these, &placed, &served, options, control)?;
                for (at, gaps) in of_profile.into_iter().zip(gaps) {
                    if let Some(found) = &mut found[at] {
                        found.gaps = Some(gaps);
                    }
                }
            }
        }
        // Every group has one of the profiles.
        Ok(found.into_iter().flatten().collect())
    }

    /// Everybody as a profile walks.
    pub(in crate::planning::provision) fn walked_by(
        self,
        profile: &Profile,
        control: Control<'_>,
    ) -> Result<Placed, WalkerError> {
        let own = self.placed.walker();
        if own.profile() == Some(profile) {
            return Ok(self.placed.clone());
        }
        let walker = own.with_profile(profile)?;
        let residents = self.city.residents;
        if walker.uses_streets_of(own) && walker.takes_stairs() == own.takes_stairs() {
            return Ok(self.placed.walked_by(&walker, residents));
        }
        Ok(Placed::new(
            &walker,
            self.city.stations,
            residents,
            self.placed.trip(),
            control,
        )?)
    }

    fn walk(self, survey: &Survey<'_>, control: Control<'_>) -> Result<Walked, WalkerError> {
        let all = survey.all_stations();
        let nearest = survey.nearest(&all, control)?;
        let deciding = self.tests.deciding();
        let of_unit = match deciding.unit() {
            Unit::Milliseconds => &nearest.times,
            Unit::Millimetres => &nearest.lengths,
        };
        let statuses = survey.snapped().residents().iter().zip(of_unit);
        let statuses = statuses
            .zip(self.city.residents)
            .map(|((snapping, nearest), resident)| match resident.fault() {
                Some(_) => Status::Invalid,
                None => status_of_snapped(snapping, *nearest, deciding),
            });
        Ok(Walked {
            statuses: statuses.collect(),
            nearest: of_unit.clone(),
            times: nearest.times,
            lengths: nearest.lengths,
        })
    }

    fn count(self, group: &PeopleGroup, walked: &Walked) -> GroupCoverage {
        let mut by_status = [People::ZERO; 5];
        for (status, people) in walked.statuses.iter().zip(&group.people) {
            by_status[*status as usize] += *people;
        }
        GroupCoverage {
            name: group.name.clone(),
            profile: group.profile.name().to_owned(),
            total: group.people.iter().copied().sum(),
            by_status,
            within: self
                .tests
                .cutoffs()
                .map(|cutoff| walked.people_within(cutoff, &group.people))
                .collect(),
            nearest: walked.nearest.clone(),
            people: group.people.clone(),
            #[cfg(feature = "isochrone")]
            gaps: None,
        }
    }
}

/// Everybody as one profile walks.
struct Walked {
    statuses: Vec<Status>,
    /// In the unit that decides.
    nearest: Vec<Option<NearestStation>>,
    times: Vec<Option<NearestStation>>,
    lengths: Vec<Option<NearestStation>>,
}

impl Walked {
    fn people_within(&self, cutoff: Cutoff, people: &[People]) -> People {
        let list = match cutoff.unit() {
            Unit::Milliseconds => &self.times,
            Unit::Millimetres => &self.lengths,
        };
        people_within(cutoff, list, people)
    }
}

/// The people whose nearest station is within a cutoff, inclusive. Both lists are by record, the costs in the unit of the cutoff.
#[must_use]
pub(crate) fn people_within(
    cutoff: Cutoff,
    nearest: &[Option<NearestStation>],
    people: &[People],
) -> People {
    let is_within = |nearest: &Option<NearestStation>| {
        nearest.is_some_and(|n| n.cost <= u64::from(cutoff.cost()))
    };
    let each = nearest.iter().zip(people);
    each.filter(|(nearest, _)| is_within(nearest))
        .map(|(_, people)| *people)
        .sum()
}
