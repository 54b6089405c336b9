//! What a lift would bring to each resident, summed by stairwell.

use crate::control::Control;
use crate::coverage::from_street_door;
use crate::error::Error;
use crate::id::ResidentId;
use crate::inputs::Stairwells;
use crate::model::{Attribute, Dwelling, Lift, Profile, Resident};
use crate::planning::lifts::{LiftBenefit, LiftStairwell, LiftStatus};
use crate::search::NearestStation;
use crate::snap::Indoors;
use crate::study::StudyResult;
use crate::units::{Cost, People};

/// Who lives behind which stairwell.
pub(super) struct Homes {
    /// By resident record the stairwell, by its place in the list.
    pub(super) stairwell_of: Vec<Option<u32>>,
}

impl Homes {
    /// By the columns of the residents. Who names no stairwell of the table lives behind none.
    pub(super) fn new(result: &StudyResult<'_>, known: &Stairwells) -> Self {
        let attributes = &result.inputs.resident_attributes;
        let column = |attribute| attributes.of(attribute);
        let (ids, buildings) = (column(Attribute::Stairwell), column(Attribute::Building));
        let of = |record: usize| {
            let id = ids?.get(record)?;
            let building = buildings.and_then(|column| column.get(record));
            known.place_of(building.unwrap_or_default(), id)
        };
        let records = 0..result.inputs.residents.len();
        Self {
            stairwell_of: records.map(of).collect(),
        }
    }

    /// The people who live behind none.
    pub(super) fn elsewhere(&self, residents: &[Resident]) -> People {
        let homes = self.stairwell_of.iter().zip(residents);
        let elsewhere = homes.filter(|(stairwell, _)| stairwell.is_none());
        elsewhere.map(|(_, resident)| resident.people).sum()
    }
}

/// Sums for stairwells what lifts in them would bring: to everybody, and to each group.
pub(super) struct Benefits<'a> {
    pub(super) result: &'a StudyResult<'a>,
    pub(super) homes: &'a Homes,
    /// The people of each group by resident record.
    pub(super) groups: &'a [Vec<People>],
}

/// What a lift changes for those who live in one flat.
struct Change {
    newly_covered: bool,
    /// What they save on one way down and one way up.
    saved: Cost,
    freed: bool,
    step_free: bool,
}

impl Benefits<'_> {
    /// Adds everybody to the stairwell where they live.
    ///
    /// # Errors
    /// Those of a search, where somebody is shut in.
    pub(super) fn add(
        &self,
        stairwells: &mut [LiftStairwell],
        control: Control<'_>,
    ) -> Result<(), Error> {
        let analysis = &self.result.analysis;
        let (placed, city) = (analysis.placed(), self.result.inputs.city());
        for stairwell in stairwells.iter_mut() {
            stairwell.benefits = vec![LiftBenefit::default(); 1 + self.groups.len()];
        }
        let coverage = &analysis.coverage;
        let profile = placed.walker().profile();
        from_street_door(placed, city, coverage, control, |resident, nearest| {
            let place = self.homes.stairwell_of[resident.index()];
            if let (Some(place), Some(profile)) = (place, profile) {
                let stairwell = &mut stairwells[place as usize];
                self.add_one(stairwell, resident, nearest, profile);
            }
        })?;
        Ok(())
    }

    fn add_one(
        &self,
        stairwell: &mut LiftStairwell,
        id: ResidentId,
        nearest: Option<NearestStation>,
        profile: &Profile,
    ) {
        let resident = &self.result.inputs.residents[id.index()];
        let dwelling = resident.dwelling;
        stairwell.people += resident.people;
        stairwell.place = stairwell.place.or(resident.place.as_ref().ok().copied());
        if is_step_free(dwelling) {
            stairwell.step_free += resident.people;
        }
        if dwelling.storey == Some(1) {
            return;
        }
        // What stairs cost somebody who cannot take them is not known where it is not known whether there is a lift.
        let is_known = dwelling.storey.is_some()
            && (dwelling.lift.is_some() || profile.pace().steps_factor.is_some());
        if !is_known {
            stairwell.not_known += resident.people;
            return;
        }
        let has_lift = stairwell.standing.status == LiftStatus::Built;
        let lift = Some(stairwell.entry).filter(|_| !has_lift);
        let with_lift = Dwelling {
            lift: lift.or(dwelling.lift),
            ..dwelling
        };
        let change = self.change(profile, [dwelling, with_lift], nearest);
        let groups = self.groups.iter().map(|people| people[id.index()]);
        let people = std::iter::once(resident.people).chain(groups);
        for (benefit, people) in stairwell.benefits.iter_mut().zip(people) {
            let only = |counts: bool| if counts { people } else { People::ZERO };
            *benefit += LiftBenefit {
                people,
                newly_covered: only(change.newly_covered),
                saved: u128::from(change.saved) * u128::from(people.thousandths()),
                freed: only(change.freed),
                step_free: only(change.step_free),
            };
        }
    }

    /// What another dwelling at the same door changes, with the walk from that door to the nearest station.
    fn change(
        &self,
        profile: &Profile,
        dwellings: [Dwelling; 2],
        nearest: Option<NearestStation>,
    ) -> Change {
        let analysis = &self.result.analysis;
        let (placed, cutoff) = (analysis.placed(), analysis.options.tests.deciding());
        let covered = |way: Option<Indoors>| {
            let indoors = way.map(|way| placed.indoors_on(way, cutoff.unit()));
            let cost = indoors.zip(nearest);
            let cost = cost.map(|(indoors, nearest)| nearest.cost + u64::from(indoors));
            cost.is_some_and(|cost| cost <= u64::from(cutoff.cost()))
        };
        let [before, after] = dwellings.map(|dwelling| Indoors::of(profile, dwelling));
        let both_ways = |way: Indoors| way.out.saturating_add(way.back);
        let saved = before.zip(after);
        let saved = saved.map(|(before, after)| both_ways(before).saturating_sub(both_ways(after)));
        let [had_steps, has_steps] = dwellings.map(|dwelling| !is_step_free(dwelling));
        Change {
            newly_covered: !covered(before) && covered(after),
            saved: saved.unwrap_or_default(),
            freed: before.is_none() && after.is_some(),
            step_free: had_steps && !has_steps,
        }
    }
}

/// Whether a flat is known to be reached without a step: on the first storey, or by a lift that stops level with it.
fn is_step_free(dwelling: Dwelling) -> bool {
    dwelling.storey == Some(1) || dwelling.lift == Some(Lift::Level)
}
