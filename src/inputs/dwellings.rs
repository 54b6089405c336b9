//! Where in their buildings residents live: what their own columns say, and the table of stairwells.

use std::collections::{HashMap, hash_map::Entry};

use super::unread::{LookedAt, tell_column};
use super::{InputError, LayerKind, LayerReading, PointRecords};
use crate::model::{
    Attribute, AttributeColumn, Attributes, Dwelling, FindingCode, Findings, Lift, Resident,
};
use crate::text::language::{Words, place_zh, words};
use crate::text::plain::{letters, narrow, without_zeros, yes_or_no};

/// The columns beside residents that say it.
pub(super) const OF_DWELLINGS: [Attribute; 5] = [
    Attribute::Storey,
    Attribute::Lift,
    Attribute::Entry,
    Attribute::Stairwell,
    Attribute::Building,
];

/// More storeys no building has: the Burj Khalifa has 163.
const MOST_STOREYS: u8 = 163;

/// The storey that a cell names, from 1, the ground floor: 5, 5层, 5楼, 5F. Storeys below the ground are none.
fn storey_of(cell: &str) -> Option<u8> {
    let plain = narrow(cell).to_lowercase();
    let bare = without_zeros(plain.trim());
    let bare = bare.strip_prefix('第').unwrap_or(bare);
    let bare = ["层", "楼", "f"]
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .unwrap_or(bare);
    let storey: u8 = bare.trim_end().parse().ok()?;
    (1..=MOST_STOREYS).contains(&storey).then_some(storey)
}

/// Whether a cell says that there is a lift.
fn has_lift(cell: &str) -> Option<bool> {
    match letters(cell).as_str() {
        "有电梯" | "已加装" | "lift" | "elevator" => Some(true),
        "无电梯" | "没有电梯" | "未加装" | "none" => Some(false),
        _ => yes_or_no(cell),
    }
}

/// Where a cell says that the lift stops.
fn entry_of(cell: &str) -> Option<Lift> {
    match letters(cell).as_str() {
        "level" | "平层" | "平层入户" | "平层停靠" => Some(Lift::Level),
        "halflanding" | "half" | "半层" | "半层入户" | "半层停靠" | "错层" | "错层入户" => {
            Some(Lift::HalfLanding)
        }
        _ => None,
    }
}

/// The columns of lifts beside some records.
#[derive(Clone, Copy)]
struct LiftColumns<'a> {
    lift: Option<&'a AttributeColumn>,
    entry: Option<&'a AttributeColumn>,
}

impl<'a> LiftColumns<'a> {
    fn new(attributes: &'a Attributes) -> Self {
        Self {
            lift: attributes.of(Attribute::Lift),
            entry: attributes.of(Attribute::Entry),
        }
    }

    /// What a row says of the lift. One that nobody says more of stops level with the flats.
    fn of(self, row: usize) -> Option<Lift> {
        let has_lift = has_lift(self.lift?.get(row)?)?;
        Some(if has_lift {
            self.entry(row).unwrap_or(Lift::Level)
        } else {
            Lift::None
        })
    }

    /// Where a row says that the lift stops.
    fn entry(self, row: usize) -> Option<Lift> {
        entry_of(self.entry?.get(row)?)
    }
}

/// What the table says of one stairwell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stairwell {
    /// Its row.
    pub(crate) row: usize,
    /// Its lift.
    pub(crate) lift: Option<Lift>,
    /// Its storeys.
    pub(crate) storeys: Option<u8>,
    /// Where its lift stops, or the one would that it may get.
    pub(crate) entry: Option<Lift>,
}

/// The table of stairwells, and what it says of each.
#[derive(Clone, Debug)]
pub(crate) struct Stairwells {
    /// Its rows, with what was kept beside their ids.
    pub(crate) table: PointRecords,
    /// Each stairwell once, by row.
    list: Vec<Stairwell>,
    /// Where each stands in the list, by building and id; the building is blank where the table says none.
    places: HashMap<(String, String), u32>,
}

impl Stairwells {
    /// From the rows of a table, and what is found of them. Of rows that say one stairwell the first counts.
    ///
    /// # Errors
    /// [`InputError::ReachesNothing`] where no column says anything of them.
    pub(crate) fn new(
        table: PointRecords,
        readings: &[LayerReading],
    ) -> Result<(Self, Findings), InputError> {
        let says = |attribute| {
            let column = table.attributes.of(attribute);
            column.is_some_and(|column| !column.texts().is_empty())
        };
        if !says(Attribute::Lift) && !says(Attribute::Storeys) {
            return Err(reaches_nothing(words!(
                "its table has neither a column of lifts (lift, elevator, 电梯) nor one of storeys (storeys, 层数), or both are empty",
                "其表中没有电梯列（lift、elevator、电梯）或层数列（storeys、层数），或均为空"
            )));
        }
        let mut findings =
            not_understood(LayerKind::Stairwells, &table.attributes, readings, |row| {
                table.records[row].source.as_str()
            });
        let mut stairwells = Self {
            table,
            list: Vec::new(),
            places: HashMap::new(),
        };
        for row in 0..stairwells.table.records.len() {
            stairwells.add(row, &mut findings);
        }
        Ok((stairwells, findings))
    }

    fn add(&mut self, row: usize, findings: &mut Findings) {
        let (record, attributes) = (&self.table.records[row], &self.table.attributes);
        let id = record.id.as_deref().map(str::trim);
        let Some(id) = id.filter(|id| !id.is_empty()) else {
            findings.add(FindingCode::MissingId, || Words::place(&record.source));
            return;
        };
        let building = cell(attributes.of(Attribute::Building), row);
        let Entry::Vacant(place) = self.places.entry((building.to_owned(), id.to_owned())) else {
            findings.add(FindingCode::RepeatedStairwell, || {
                let (source, zh) = (&record.source, place_zh(&record.source));
                words!("{source} (id {id})", "{zh}（编号 {id}）")
            });
            return;
        };
        place.insert(self.list.len() as u32);
        let (lifts, storeys) = (
            LiftColumns::new(attributes),
            attributes.of(Attribute::Storeys),
        );
        self.list.push(Stairwell {
            row,
            lift: lifts.of(row),
            storeys: storeys.and_then(|column| storey_of(column.get(row)?)),
            entry: lifts.entry(row),
        });
    }

    /// All, by row.
    pub(crate) fn list(&self) -> &[Stairwell] {
        &self.list
    }

    /// The place in the list of that of this id in a building, or of this id alone where the table names no buildings.
    pub(crate) fn place_of(&self, building: &str, id: &str) -> Option<u32> {
        let key = |building: &str| (building.to_owned(), id.to_owned());
        let own = self.places.get(&key(building));
        own.or_else(|| self.places.get(&key(""))).copied()
    }

    fn of(&self, building: &str, id: &str) -> Option<Stairwell> {
        let place = self.place_of(building, id)?;
        Some(self.list[place as usize])
    }
}

fn reaches_nothing(reason: Words) -> InputError {
    InputError::ReachesNothing {
        option: LayerKind::Stairwells.key().to_owned(),
        reason,
    }
}

/// A cell of a column; blank where there is none.
fn cell(column: Option<&AttributeColumn>, row: usize) -> &str {
    column
        .and_then(|column| column.get(row))
        .unwrap_or_default()
}

/// Cells that are filled and say neither a storey, nor a lift, nor where it stops.
fn not_understood<'a>(
    kind: LayerKind,
    attributes: &'a Attributes,
    readings: &'a [LayerReading],
    source: impl Fn(usize) -> &'a str,
) -> Findings {
    let mut findings = Findings::default();
    let height = match kind {
        LayerKind::Stairwells => Attribute::Storeys,
        _ => Attribute::Storey,
    };
    for attribute in [height, Attribute::Lift, Attribute::Entry] {
        let Some(column) = attributes.of(attribute) else {
            continue;
        };
        let says = |text: &str| match attribute {
            Attribute::Lift => has_lift(text).is_some(),
            Attribute::Entry => entry_of(text).is_some(),
            _ => storey_of(text).is_some(),
        };
        let of = (kind, attribute.key());
        tell_column(&mut findings, column.not_understood(says), |row| {
            (LookedAt::taken(readings, of, source(row)), source(row))
        });
    }
    findings
}

/// Whether one column is taken for the storey of a flat and for the storeys of its building, where people are allocated by the
/// size of homes: then it is that of the building.
fn says_heights(readings: &[LayerReading]) -> bool {
    let residents = readings
        .iter()
        .filter(|read| read.layer == LayerKind::Residents);
    let mut taken = residents.map(|read| &read.reading.taken);
    taken.any(|taken| {
        let column = |attribute: Attribute| {
            let mut taken = taken.iter();
            taken
                .find(|one| one.role == attribute.key())
                .map(|one| &one.column)
        };
        let storey = column(Attribute::Storey);
        storey.is_some() && storey == column(Attribute::Storeys)
    })
}

/// Says of residents where in their buildings they live, by their own columns and by the table of stairwells where one is given.
///
/// # Errors
/// [`InputError::ReachesNothing`] where a table of stairwells is given, and no resident names one.
pub(super) fn house(
    residents: &mut [Resident],
    attributes: &Attributes,
    stairwells: Option<&Stairwells>,
    readings: &[LayerReading],
) -> Result<Findings, InputError> {
    let column = |attribute| attributes.of(attribute);
    let (named, building) = (column(Attribute::Stairwell), column(Attribute::Building));
    let names = named.is_some_and(|column| !column.texts().is_empty());
    if stairwells.is_some() && !names {
        return Err(reaches_nothing(words!(
            "no resident names a stairwell: their tables have no column stairwell or 单元, or an empty one",
            "没有居民记录写明单元：居民表中没有 stairwell 或 单元 列，或该列为空"
        )));
    }
    let says = |attribute| column(attribute).is_some_and(|column| !column.texts().is_empty());
    if !OF_DWELLINGS.into_iter().any(says) {
        return Ok(Findings::default());
    }
    let storeys = column(Attribute::Storey).filter(|_| !says_heights(readings));
    let lifts = LiftColumns::new(attributes);
    let mut findings = Findings::default();
    for (row, resident) in residents.iter_mut().enumerate() {
        // What the map says is an estimate: what a table says goes before it.
        let of_map = resident.dwelling;
        let storey = storeys.and_then(|column| storey_of(column.get(row)?));
        let own = Dwelling {
            storey: storey.or(of_map.storey),
            lift: lifts.of(row).or(of_map.lift),
        };
        let id = cell(named, row);
        resident.dwelling = match stairwells.filter(|_| !id.is_empty()) {
            None => own,
            Some(table) => match table.of(cell(building, row), id) {
                None => {
                    findings.add(FindingCode::StairwellNotFound, || at(resident, id));
                    own
                }
                Some(stairwell) => {
                    let (dwelling, contradicts) = stairwell.with(own);
                    if contradicts {
                        findings.add(FindingCode::StairwellContradicted, || at(resident, id));
                    }
                    dwelling
                }
            },
        };
    }
    let unread = not_understood(LayerKind::Residents, attributes, readings, |row| {
        residents[row].source.as_str()
    });
    findings.extend(unread);
    Ok(findings)
}

impl Stairwell {
    /// What is known of a flat by its own row and by the table, and whether these contradict each other.
    fn with(self, own: Dwelling) -> (Dwelling, bool) {
        let has = |lift: Option<Lift>| lift.map(|lift| lift != Lift::None);
        let other_lift =
            own.lift.is_some() && self.lift.is_some() && has(own.lift) != has(self.lift);
        let too_high = own
            .storey
            .zip(self.storeys)
            .is_some_and(|(storey, of)| storey > of);
        let dwelling = Dwelling {
            storey: own.storey.filter(|_| !too_high),
            lift: self.lift.or(own.lift),
        };
        (dwelling, other_lift || too_high)
    }
}

fn at(resident: &Resident, stairwell: &str) -> Words {
    let (source, id) = (&resident.source, &resident.id);
    let zh = place_zh(source);
    words!(
        "{source} (id {id}), stairwell {stairwell}",
        "{zh}（编号 {id}），单元 {stairwell}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storeys_are_numbers_from_one_up_and_nothing_else() {
        for (cell, storey) in [
            ("1", Some(1)),
            ("6", Some(6)),
            ("6.0", Some(6)),
            ("６层", Some(6)),
            ("12楼", Some(12)),
            ("3F", Some(3)),
            ("第5层", Some(5)),
            ("163", Some(163)),
            ("0", None),
            ("-3", None),
            ("164", None),
            ("1000", None),
            ("2.5", None),
            ("six", None),
            ("六层", None),
            ("3-5", None),
        ] {
            assert_eq!(storey_of(cell), storey, "{cell}");
        }
    }

    #[test]
    fn lifts_are_said_in_both_languages_and_a_blank_is_not_no() {
        for (cell, says) in [
            ("1", Some(true)),
            ("有", Some(true)),
            ("有电梯", Some(true)),
            ("yes", Some(true)),
            ("0", Some(false)),
            ("无", Some(false)),
            ("没有电梯", Some(false)),
            ("No", Some(false)),
            ("planned", None),
            ("", None),
        ] {
            assert_eq!(has_lift(cell), says, "{cell}");
        }
        assert_eq!(entry_of("半层"), Some(Lift::HalfLanding));
        assert_eq!(entry_of("half_landing"), Some(Lift::HalfLanding));
        assert_eq!(entry_of("平层"), Some(Lift::Level));
        assert_eq!(entry_of("roof"), None);
    }

    #[test]
    fn the_table_goes_before_the_row_and_says_where_they_contradict() {
        let stairwell = |lift, storeys| Stairwell {
            row: 0,
            lift,
            storeys,
            entry: None,
        };
        let home = |storey, lift| Dwelling { storey, lift };
        let (none, level, half) = (Lift::None, Lift::Level, Lift::HalfLanding);
        for (stairwell, own, known, contradicts) in [
            (
                stairwell(Some(level), Some(6)),
                home(Some(5), None),
                home(Some(5), Some(level)),
                false,
            ),
            (
                stairwell(None, None),
                home(Some(5), Some(none)),
                home(Some(5), Some(none)),
                false,
            ),
            (
                stairwell(Some(half), None),
                home(Some(5), Some(level)),
                home(Some(5), Some(half)),
                false,
            ),
            (
                stairwell(Some(level), None),
                home(Some(5), Some(none)),
                home(Some(5), Some(level)),
                true,
            ),
            (
                stairwell(None, Some(6)),
                home(Some(7), Some(none)),
                home(None, Some(none)),
                true,
            ),
        ] {
            assert_eq!(stairwell.with(own), (known, contradicts));
        }
    }
}
