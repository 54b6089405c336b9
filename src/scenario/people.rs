//! Other numbers of people.

use super::applied::Applied;
use super::edit::{Edit, PeopleNumber};
use super::editor::Editor;
use super::near::nearest_name;
use crate::error::EditMistake;
use crate::id::ResidentId;
use crate::text::language::words;
use crate::units::People;

impl Editor<'_> {
    pub(super) fn people(
        &mut self,
        edit: &Edit,
        area: Option<&str>,
        number: PeopleNumber,
    ) -> Result<Applied, EditMistake> {
        let records = self.records_in(area)?;
        let residents = self.city.residents;
        let edited = self.residents.get_or_insert_with(|| residents.to_vec());
        let were: Vec<People> = records.iter().map(|at| edited[*at].people).collect();
        let are = match number {
            PeopleNumber::Factor(factor) => multiplied(&were, factor)?,
            PeopleNumber::Total(total) => {
                let of = People::from_f64(total).map_err(|_| EditMistake::People(total))?;
                in_proportion(&were, of).ok_or(EditMistake::Nobody)?
            }
        };
        let mut changed = 0;
        for (at, people) in records.iter().zip(&are) {
            changed += u64::from(edited[*at].people != *people);
            edited[*at].people = *people;
        }
        let (was, is): (People, People) = (were.into_iter().sum(), are.into_iter().sum());
        let of = records.len();
        let found = words!(
            "{of} records: {was} people, now {is}",
            "{of} 条记录：原 {was} 人，现 {is} 人"
        );
        Ok(Applied::new(edit, changed, found))
    }

    /// The records that an area holds, by its id or name; those with a place alone. All where none is named.
    fn records_in(&self, area: Option<&str>) -> Result<Vec<usize>, EditMistake> {
        let all = 0..self.city.residents.len();
        let Some(name) = area else {
            return Ok(all.collect());
        };
        let areas = self.city.areas;
        let by_id = areas.iter().position(|area| area.id == name);
        let by_name = || areas.iter().position(|area| area.name == name);
        let Some(area) = by_id.or_else(by_name) else {
            let names = areas
                .iter()
                .flat_map(|area| [area.id.as_str(), area.name.as_str()]);
            return Err(EditMistake::NoArea {
                of: areas.len(),
                near: nearest_name(name, names),
            });
        };
        let holds = |at: &usize| {
            let mut areas = self.analysis.areas.areas_of(ResidentId::new(*at));
            areas.any(|held| held as usize == area)
        };
        Ok(all.filter(holds).collect())
    }
}

/// So many times as many, each rounded to the nearest thousandth of a person.
fn multiplied(people: &[People], factor: f64) -> Result<Vec<People>, EditMistake> {
    let wrong = |_| EditMistake::People(factor);
    let times = people.iter().map(|people| {
        let times = People::from_f64(people.as_f64() * factor);
        times.map_err(wrong)
    });
    if factor.is_finite() && factor >= 0.0 {
        times.collect()
    } else {
        Err(EditMistake::People(factor))
    }
}

/// So many in all, in the proportion of those who are there, to the last thousandth of a person: what rounding leaves goes to
/// the largest remainders, of equal ones to the first. `None` where nobody is there.
fn in_proportion(people: &[People], total: People) -> Option<Vec<People>> {
    let sum: People = people.iter().copied().sum();
    if sum == People::ZERO {
        return (total == People::ZERO).then(|| people.to_vec());
    }
    let (sum, total) = (
        u128::from(sum.thousandths()),
        u128::from(total.thousandths()),
    );
    let shares = people.iter().map(|people| {
        let times = u128::from(people.thousandths()) * total;
        (times / sum, times % sum)
    });
    let shares: Vec<(u128, u128)> = shares.collect();
    let given: u128 = shares.iter().map(|(whole, _)| whole).sum();
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(shares[*at].1), *at));
    let mut each: Vec<u64> = shares.iter().map(|(whole, _)| *whole as u64).collect();
    for at in order.into_iter().take((total - given) as usize) {
        each[at] += 1;
    }
    Some(each.into_iter().map(People::from_thousandths).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(thousandths: &[u64]) -> Vec<People> {
        let each = thousandths.iter();
        each.map(|one| People::from_thousandths(*one)).collect()
    }

    #[test]
    fn a_total_is_shared_out_to_the_last_thousandth() {
        // 10 in proportion 1 : 1 : 1 is 3.333 each, and the first remainder gets what is left.
        let shared = in_proportion(
            &people(&[1000, 1000, 1000]),
            People::from_thousandths(10_000),
        );
        assert_eq!(shared, Some(people(&[3334, 3333, 3333])));
        assert_eq!(in_proportion(&people(&[0, 0]), People::ONE), None);
    }

    #[test]
    fn a_factor_is_rounded_record_by_record() {
        assert_eq!(
            multiplied(&people(&[1000, 333]), 1.5),
            Ok(people(&[1500, 500]))
        );
        assert!(multiplied(&people(&[1000]), -1.0).is_err());
        assert!(multiplied(&people(&[1000]), f64::NAN).is_err());
    }
}
