//! A register of communities has each of them once: a row that says one again is left out, and a code of two names is told.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::inputs::{PointRecord, PointRecords};
use crate::model::{Attribute, FindingCode, Findings};
use crate::text::language::{Words, place_zh, words};
use crate::text::names::Code;
use crate::text::plain::letters;

/// Leaves out the rows that say a community again, by code and name, or by name and street where there is no code. The ground
/// of a polygon that is left out is that of the first one.
pub(super) fn each_once(list: &mut PointRecords) -> Findings {
    let mut findings = Findings::default();
    let mut first: BTreeMap<(Option<String>, String, String), usize> = BTreeMap::new();
    let mut coded: BTreeMap<String, usize> = BTreeMap::new();
    // By row the one that stands for it.
    let mut stands_for: Vec<usize> = (0..list.records.len()).collect();
    for (row, record) in list.records.iter().enumerate() {
        let code = code_of(record);
        let name = record.name.as_deref().map(letters).unwrap_or_default();
        let street = match &code {
            Some(_) => String::new(),
            None => street_of(list, row),
        };
        if code.is_none() && name.is_empty() {
            continue;
        }
        match first.entry((code.clone(), name, street)) {
            Entry::Occupied(known) => {
                stands_for[row] = *known.get();
                let known = &list.records[*known.get()];
                findings.add(FindingCode::RepeatedCommunity, || again(record, known));
                continue;
            }
            Entry::Vacant(new) => new.insert(row),
        };
        let Some(code) = code else { continue };
        match coded.entry(code) {
            Entry::Occupied(known) => {
                let known = &list.records[*known.get()];
                findings.add(FindingCode::SharedCode, || again(record, known));
            }
            Entry::Vacant(new) => {
                new.insert(row);
            }
        }
    }
    keep(list, &stands_for);
    findings
}

/// The codes that several communities of a register have under different names, and by which none of them is found.
pub(in crate::inputs) fn shared_codes(list: &PointRecords) -> usize {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for code in list.records.iter().filter_map(code_of) {
        *counts.entry(code).or_default() += 1;
    }
    counts.values().filter(|count| **count > 1).count()
}

fn code_of(record: &PointRecord) -> Option<String> {
    let code = Code::read(record.id.as_deref()?);
    code.whole().map(str::to_owned)
}

fn street_of(list: &PointRecords, row: usize) -> String {
    let column = list.attributes.of(Attribute::Street);
    let street = column.and_then(|column| column.get(row));
    street.map(letters).unwrap_or_default()
}

/// Leaves out the rows for which another one stands.
fn keep(list: &mut PointRecords, stands_for: &[usize]) {
    let is_first: Vec<bool> = (0..).zip(stands_for).map(|(row, of)| row == *of).collect();
    let mut position = 0;
    let positions: Vec<u32> = is_first
        .iter()
        .map(|is_first| {
            let own = position;
            position += u32::from(*is_first);
            own
        })
        .collect();
    for (row, _) in &mut list.outlines {
        *row = positions[stands_for[*row as usize]];
    }
    if list.attributes.rows() == list.records.len() {
        list.attributes.retain(&is_first);
    }
    let mut kept = is_first.into_iter();
    list.records.retain(|_| kept.next().unwrap_or(true));
}

/// A record that says what another one said before.
fn again(record: &PointRecord, known: &PointRecord) -> Words {
    let said = |record: &PointRecord| {
        let texts = [&record.id, &record.name];
        let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
        texts.join(" ")
    };
    let (own, other) = (said(record), said(known));
    let (at, before) = (&record.source, &known.source);
    let (at_zh, before_zh) = (place_zh(at), place_zh(before));
    words!(
        "{at}: {own}; before it {before}: {other}",
        "{at_zh}：{own}；此前 {before_zh}：{other}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{KeptColumn, LayerKind, ReadOptions, Source, read_points};

    fn read(text: &str) -> (PointRecords, Findings) {
        let options =
            ReadOptions::of(LayerKind::Communities).keeping([KeptColumn::Known(Attribute::Street)]);
        let source = Source::from_bytes("register.csv", text.as_bytes().to_vec());
        let mut list = read_points(&source, &options).expect("a register");
        let findings = each_once(&mut list);
        (list, findings)
    }

    #[test]
    fn a_community_that_is_said_again_is_one_and_what_stands_beside_it_moves_along() {
        let (list, findings) = read(
            "code,name,street,population\n140106001001,甲社区,东街,1\n140106001001.0,甲 社区,西街,2\n140106001002,乙社区,南街,3\n",
        );
        let names: Vec<_> = list.records.iter().map(|one| one.name.as_deref()).collect();
        assert_eq!(names, [Some("甲社区"), Some("乙社区")]);
        let streets = list.attributes.of(Attribute::Street).expect("a column");
        assert_eq!(
            (streets.get(0), streets.get(1)),
            (Some("东街"), Some("南街"))
        );
        assert_eq!(findings.count(FindingCode::RepeatedCommunity), 1);
        assert_eq!(findings.count(FindingCode::SharedCode), 0);
    }

    #[test]
    fn a_code_of_two_names_is_told_and_leaves_nobody_out() {
        let (list, findings) =
            read("code,name,population\n140106001001,甲社区,1\n140106001001,乙社区,2\n");
        assert_eq!(list.records.len(), 2);
        assert_eq!(findings.count(FindingCode::SharedCode), 1);
        assert_eq!(findings.count(FindingCode::RepeatedCommunity), 0);
        assert_eq!(shared_codes(&list), 1);
    }

    #[test]
    fn without_codes_one_name_in_two_streets_is_two_communities() {
        let (list, findings) =
            read("name,street,population\n和平社区,东街,1\n和平社区,西街,2\n和平社区,东街,3\n");
        assert_eq!(list.records.len(), 2);
        assert_eq!(findings.count(FindingCode::RepeatedCommunity), 1);
    }
}
