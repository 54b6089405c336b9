//! The communities that are asked about, and who is of which.

use std::collections::BTreeMap;

use super::kinds::{CommunityKind, community_kind};
use crate::inputs::{Inputs, PointRecord, PointRecords};
use crate::model::{Attribute, AttributeColumn};
use crate::planning::register::Community;
use crate::text::names::Code;

/// The communities, and which of them every resident is of.
pub(super) struct Communities {
    pub(super) list: Vec<Community>,
    pub(super) of: Vec<Option<u32>>,
}

/// The communities of the register that was read; without one, those that the residents' columns name.
pub(super) fn communities(inputs: &Inputs) -> Communities {
    match &inputs.communities {
        Some(register) => of_register(inputs, register),
        None => of_residents(inputs),
    }
}

/// One community for each name in the residents' columns, and one for each code that stands beside no name.
fn of_residents(inputs: &Inputs) -> Communities {
    let attributes = &inputs.resident_attributes;
    let names = attributes.of(Attribute::Community);
    let codes = attributes.of(Attribute::CommunityCode);
    let name_of = |row: usize| names.and_then(|column| column.index(row));
    let written = codes.map(|column| column.map(|text| whole_code(text)));
    let code_of = |row: usize| written.as_ref()?.get(row)?.as_ref()?.as_deref();
    let texts = names.map_or(&[][..], AttributeColumn::texts);
    let mut list: Vec<Community> = texts
        .iter()
        .map(|name| Community {
            name: name.clone(),
            ..Community::default()
        })
        .collect();
    let rows = 0..inputs.residents.len();
    // What stands beside a code names it, wherever it stands alone.
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.clone() {
        if let (Some(name), Some(code)) = (name_of(row), code_of(row)) {
            by_code.entry(code).or_insert(name);
            if list[name].code.is_empty() {
                code.clone_into(&mut list[name].code);
            }
        }
    }
    // Some columns of names hold codes.
    for community in list.iter_mut().filter(|named| named.code.is_empty()) {
        let code = whole_code(&community.name).unwrap_or_default();
        if code.bytes().all(|letter| letter.is_ascii_digit()) {
            community.code = code;
        }
    }
    let of = rows.map(|row| match (name_of(row), code_of(row)) {
        (Some(name), _) => Some(name as u32),
        (None, Some(code)) => {
            let known = by_code.entry(code).or_insert_with(|| {
                list.push(Community {
                    code: code.to_owned(),
                    name: code.to_owned(),
                    ..Community::default()
                });
                list.len() - 1
            });
            Some(*known as u32)
        }
        (None, None) => None,
    });
    let of = of.collect();
    Communities { list, of }
}

/// A code as it is compared: all of it, without a spreadsheet's `.0`.
fn whole_code(text: &str) -> Option<String> {
    Code::read(text).whole().map(str::to_owned)
}

/// The communities of a register, and who is of which by name, code or outline.
fn of_register(inputs: &Inputs, register: &PointRecords) -> Communities {
    let text = |attribute: Attribute, row: usize| {
        let column = register.attributes.of(attribute);
        let text = column.and_then(|column| column.get(row));
        text.unwrap_or_default().to_owned()
    };
    // Villages have a layer of their own (TD/T 1062-2021): the register of centres is that of urban communities.
    let is_urban =
        |row: usize| community_kind(&text(Attribute::Kind, row)) != Some(CommunityKind::Village);
    let urban: Vec<usize> = (0..register.records.len())
        .filter(|row| is_urban(*row))
        .collect();
    let position = |row: u32| {
        urban
            .binary_search(&(row as usize))
            .ok()
            .map(|at| at as u32)
    };
    let community = |(row, record): (usize, &PointRecord)| Community {
        code: record.id.clone().unwrap_or_default(),
        name: record
            .name
            .clone()
            .or_else(|| record.id.clone())
            .unwrap_or_default(),
        street_code: text(Attribute::StreetCode, row),
        street_name: text(Attribute::Street, row),
    };
    Communities {
        list: urban
            .iter()
            .map(|row| community((*row, &register.records[*row])))
            .collect(),
        of: inputs
            .community_of_residents()
            .into_iter()
            .map(|row| position(row?))
            .collect(),
    }
}
