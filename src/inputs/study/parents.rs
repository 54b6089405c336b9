//! Stations that name the one above them by what was not taken as the id.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use crate::inputs::other_columns::OtherColumns;
use crate::inputs::{LayerKind, LayerReading};
use crate::model::{Attribute, Attributes, FindingCode, Findings, Station};
use crate::text::language::words;
use crate::text::plain::without_zeros;

/// The other columns of the layers of stations, by kind.
pub(super) type OthersOfKinds = BTreeMap<LayerKind, OtherColumns>;

/// Stations whose parent is the id of none, where another column holds more of the parents than the ids do.
pub(super) fn parent_findings(
    kind: LayerKind,
    (stations, attributes): (&[Station], &Attributes),
    others: &OthersOfKinds,
    readings: &[LayerReading],
) -> Findings {
    let mut findings = Findings::default();
    let (Some(parents), Some(others)) = (attributes.of(Attribute::Parent), others.get(&kind))
    else {
        return findings;
    };
    let ids = stations
        .iter()
        .map(|station| without_zeros(station.id.trim()));
    let ids: HashSet<&str> = ids.collect();
    let named: Vec<&str> = (0..parents.len())
        .filter_map(|row| parents.get(row))
        .collect();
    let count = |is_there: &dyn Fn(&str) -> bool| {
        named.iter().filter(|parent| is_there(parent)).count() as u64
    };
    let now = count(&|parent| ids.contains(without_zeros(parent)));
    let (parent, id) = (
        column_of(readings, kind, Attribute::Parent.key()),
        column_of(readings, kind, "id"),
    );
    let candidates = others.may_be_ids().enumerate();
    let candidates = candidates.filter(|(_, column)| column.name != parent);
    let candidates =
        candidates.map(|(at, column)| (count(&|parent| column.has(parent)), Reverse(at), column));
    // Of equals the first of the file.
    let best = candidates.max_by_key(|(would, at, _)| (*would, *at));
    let Some((would, _, column)) = best.filter(|(would, ..)| *would > now) else {
        return findings;
    };
    let all = named.len();
    let (other, layer) = (&column.name, kind.key());
    findings.add_many(FindingCode::ParentNotAnId, would - now, || {
        words!(
            "of {all} cells of {parent}, {now} are ids as {id} has them and {would} are in {other}: ‹{layer}_columns› id={other}",
            "“{parent}”列已填 {all} 项，其中 {now} 项见于编号列“{id}”，{would} 项见于“{other}”列：可用 ‹{layer}_columns› id={other}"
        )
    });
    findings
}

/// What the column of a role is called in the first file that has it.
fn column_of<'a>(readings: &'a [LayerReading], kind: LayerKind, role: &'a str) -> &'a str {
    let of_kind = readings.iter().filter(|reading| reading.layer == kind);
    let mut taken = of_kind.flat_map(|reading| &reading.reading.taken);
    let column = taken.find(|taken| taken.role == role);
    column.map_or(role, |taken| taken.column.as_str())
}
