//! What residents count in the objective.

use super::question::GroupWeight;
use crate::inputs::people_cells;
use crate::model::{AttributeColumn, Findings};
use crate::text::language::Words;
use crate::units::People;

/// By resident record, what its people count, where groups have weights: `count` says how many people of a group each record has.
/// `None` where every person counts one.
pub(super) fn weighed(
    people: &[People],
    groups: &[GroupWeight],
    mut count: impl FnMut(&GroupWeight) -> Vec<People>,
) -> Option<Vec<People>> {
    if groups.is_empty() {
        return None;
    }
    let mut weights = people.to_vec();
    for group in groups {
        let counts = count(group);
        for (row, weight) in weights.iter_mut().enumerate() {
            // Of a record no more people are of the group than there are; one without a place counts nobody.
            let own = counts.get(row).copied().unwrap_or_default();
            *weight = group.weigh(*weight, own.min(people[row]));
        }
    }
    Some(weights)
}

/// By row, how many people of a group a column counts. A cell that is blank or no number counts nobody, and is a finding.
pub(super) fn counted(
    group: &GroupWeight,
    column: &AttributeColumn,
    findings: &mut Findings,
) -> Vec<People> {
    let counts = people_cells(column).into_iter().enumerate();
    let counted = counts.map(|(row, count)| {
        let code = match count {
            Ok(count) => return count,
            Err(code) => code,
        };
        let (name, cell) = (group.column.as_str(), column.get(row).unwrap_or(""));
        findings.add(code, || Words::same(format!("{name}: \"{cell}\"")));
        People::ZERO
    });
    counted.collect()
}
