//! What walls cost: coverage as it is, and with all walls open.

use super::{Coverage, Status};
use crate::id::{CompoundId, ResidentId};
use crate::model::Resident;
use crate::parallel;
use crate::search::NearestStation;
use crate::snap::{Snapped, Walls};
use crate::units::{COST_SCALE, People};

/// Residents per parallel task.
const RESIDENT_CHUNK: usize = 256;

/// The people behind some walls, and how many of them are covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WallCost {
    /// Gates in the wall.
    pub gates: u64,
    /// Resident records.
    pub residents: u64,
    /// Their people.
    pub people: People,
    /// The people who are covered.
    pub covered: People,
    /// The people who would be with all walls open.
    pub covered_open: People,
    /// How many metres longer the middle person's straight way to a street is than with the walls open, in thousandths; `None`
    /// where most have no way to a street, or there is nobody.
    pub median_extra_mm: Option<u32>,
}

/// What the walls of a city cost.
///
/// *Open* walls are walls that nobody minds: a straight leg may also be walked across them, to the nearest street of all.
/// Everybody walks the shorter of the two ways, so opening the walls makes nobody's walk longer. Ways that are mapped as
/// private stay so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct WallCosts {
    /// By compound, in input order. A resident belongs to the first compound that holds their place, borders included.
    pub by_compound: Vec<WallCost>,
    /// Of everybody in any compound.
    pub inside: WallCost,
    /// The people of the city who are covered.
    pub covered: People,
    /// The people of the city who would be with all walls open: also those outside, whose station may be behind a wall.
    pub covered_open: People,
    /// By resident, the compound that they live in.
    pub compound_of: Vec<Option<CompoundId>>,
}

impl WallCosts {
    /// Counts them: `snapped` and `coverage` with the walls, and in the city without walls `open` and everybody's nearest
    /// station in the unit of the deciding test.
    ///
    /// # Complexity
    /// One point-in-polygon test per resident and compound whose bounding box holds it.
    pub(crate) fn new(
        residents: &[Resident],
        walls: &Walls,
        snapped: &Snapped,
        coverage: &Coverage,
        open: &Snapped,
        nearest: &[Option<NearestStation>],
    ) -> Self {
        let compound_of = parallel::map(residents, RESIDENT_CHUNK, |resident| {
            walls.compound_of(resident.valid_place()?)
        });
        let deciding = u64::from(coverage.tests().deciding().cost());
        let is_covered = |resident: usize| coverage.statuses()[resident] == Status::Covered;
        let is_covered_open = |resident: usize| {
            let near = nearest[resident].is_some_and(|nearest| nearest.cost <= deciding);
            is_covered(resident) || near && residents[resident].fault().is_none()
        };
        let mut costs = Self {
            by_compound: vec![WallCost::default(); walls.compound_count()],
            inside: WallCost::default(),
            covered: coverage.with_status(Status::Covered).people,
            covered_open: People::ZERO,
            compound_of: Vec::new(),
        };
        for (sums, compound) in costs.by_compound.iter_mut().zip((0..).map(CompoundId)) {
            sums.gates = walls.gates_of(compound).len() as u64;
            costs.inside.gates += sums.gates;
        }
        let mut extras = Vec::new();
        for (index, (record, compound)) in residents.iter().zip(&compound_of).enumerate() {
            let people = record.people;
            if is_covered_open(index) {
                costs.covered_open += people;
            }
            let Some(compound) = compound else { continue };
            let own = &mut costs.by_compound[compound.index()];
            for sums in [own, &mut costs.inside] {
                sums.residents += 1;
                sums.people += people;
                if is_covered(index) {
                    sums.covered += people;
                }
                if is_covered_open(index) {
                    sums.covered_open += people;
                }
            }
            let extra = extra_mm(ResidentId::new(index), snapped, open);
            extras.push(Extra {
                compound: *compound,
                millimetres: extra,
                people,
            });
        }
        costs.set_medians(&mut extras);
        costs.compound_of = compound_of;
        costs
    }

    /// How much longer the middle person's leg is, of each compound and of all.
    fn set_medians(&mut self, extras: &mut [Extra]) {
        self.inside.median_extra_mm = median(extras);
        extras.sort_by_key(|extra| extra.compound);
        for own in extras.chunk_by(|one, other| one.compound == other.compound) {
            self.by_compound[own[0].compound.index()].median_extra_mm = median(own);
        }
    }
}

/// How much longer the leg of a compound's resident is with the walls than without, where both are known.
#[derive(Clone, Copy)]
struct Extra {
    compound: CompoundId,
    millimetres: Option<u32>,
    people: People,
}

/// How much longer a resident's leg is with the walls than without.
fn extra_mm(resident: ResidentId, walled: &Snapped, open: &Snapped) -> Option<u32> {
    let leg_m = |snapped: &Snapped| {
        let snaps = snapped.resident_snaps(resident);
        snaps.map(|snap| snap.leg_m).min_by(f64::total_cmp)
    };
    // Whose walls are taken as open may have no street at all.
    let legs = leg_m(walled).zip(leg_m(open).or(leg_m(walled)));
    legs.map(|(walled, open)| ((walled - open) * COST_SCALE).round() as u32)
}

/// That of the middle person; who has none comes last.
fn median(extras: &[Extra]) -> Option<u32> {
    let mut extras = extras.to_vec();
    extras.sort_by_key(|extra| (extra.millimetres.is_none(), extra.millimetres));
    let all: People = extras.iter().map(|extra| extra.people).sum();
    let mut sum = People::ZERO;
    let middle = extras.into_iter().find(|extra| {
        sum += extra.people;
        extra.people.thousandths() > 0 && sum.make_half_of(all)
    });
    middle.and_then(|extra| extra.millimetres)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_person_counts_and_who_has_no_value_comes_last() {
        let extras = |values: &[(Option<u32>, u64)]| -> Vec<Extra> {
            let extra = |&(millimetres, people): &(Option<u32>, u64)| Extra {
                compound: CompoundId(0),
                millimetres,
                people: People::from_thousandths(1000 * people),
            };
            values.iter().map(extra).collect()
        };
        // 3 3 7 - -: the third is the middle.
        let five = extras(&[(Some(7), 1), (None, 2), (Some(3), 2)]);
        assert_eq!(median(&five), Some(7));
        assert_eq!(median(&extras(&[(None, 2), (Some(3), 1)])), None);
        assert_eq!(median(&extras(&[(Some(3), 0)])), None);
        assert_eq!(median(&[]), None);
    }
}
