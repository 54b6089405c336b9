//! Columns of the hours of single services, as many as a file has: `opening_hours:canteen`, 食堂开放时间, 开放时间：食堂.

use std::collections::{BTreeMap, HashMap};
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use std::ops::RangeInclusive;

use crate::model::{Attribute, AttributeColumn, FindingCode, Findings};
use crate::text::language::{place_zh, words};
use crate::text::plain::{letters, narrow, simplified};

/// Before the service in a column's name and in a tag.
const BEFORE: [&str; 2] = ["opening_hours:", "开放时间:"];

/// Behind the service in a column's name.
const BEHIND: &str = "开放时间";

/// What OpenStreetMap writes behind `opening_hours:` that is no service but something about the hours.
const ABOUT_HOURS: [&str; 8] = [
    "covid19",
    "url",
    "website",
    "signed",
    "source",
    "note",
    "description",
    "lastcheck",
];

/// The service whose hours a column of this name holds.
pub(super) fn service_of(column: &str) -> Option<String> {
    let name = narrow(column);
    // Compared in plain letters; the service stays as it is written.
    let plain = simplified(&name).to_lowercase();
    let is_known = Attribute::ALL
        .iter()
        .any(|attribute| attribute.names().contains(&plain.as_str()));
    if is_known {
        return None;
    }
    let letters_of = |count: usize, skipped: usize| -> String {
        let letters = name.chars().skip(skipped);
        letters.take(count).collect()
    };
    let whole = name.chars().count();
    let before = BEFORE.iter().find(|before| plain.starts_with(**before));
    let service = if let Some(before) = before {
        letters_of(whole, before.chars().count())
    } else {
        plain.strip_suffix(BEHIND)?;
        letters_of(whole - BEHIND.chars().count(), 0)
    };
    let service = service.trim();
    let is_service = !letters(service).is_empty() && !ABOUT_HOURS.contains(&service);
    is_service.then(|| service.to_owned())
}

/// What the column of a service's hours is taken as: `opening_hours:canteen`.
pub(super) fn role_of(service: &str) -> String {
    format!("{}:{service}", Attribute::OpeningHours.key())
}

/// The hours of services beside records, as they are read: one column for each service, whatever its columns are called.
#[derive(Default)]
pub(super) struct ServiceHours {
    columns: Vec<OfService>,
    /// By the letters of a service its column.
    position: HashMap<String, usize>,
    findings: Findings,
}

/// The filled cells of one service, by record.
struct OfService {
    service: String,
    cells: BTreeMap<usize, String>,
}

impl ServiceHours {
    /// So many services are looked at: no station offers more.
    const MOST: usize = 200;

    /// Adds a cell of a record that stands at `source`. Where a file has several columns of one service, the first that is filled
    /// counts.
    pub(super) fn add(&mut self, service: &str, record: usize, text: &str, source: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let next = self.columns.len();
        let at = *self.position.entry(letters(service)).or_insert(next);
        if at == next {
            self.columns.push(OfService {
                service: service.to_owned(),
                cells: BTreeMap::new(),
            });
        }
        if at >= Self::MOST {
            self.tell(FindingCode::HoursOfNoService, service, text, source);
            return;
        }
        let cells = &mut self.columns[at].cells;
        if let Some(known) = cells.get(&record) {
            if known != text {
                self.tell(FindingCode::HoursContradict, service, text, source);
            }
        } else {
            cells.insert(record, text.to_owned());
        }
    }

    /// Adds cells, each after its service, of several records: entrances of one station.
    #[cfg(any(feature = "geojson", feature = "shapefile"))]
    pub(super) fn add_each(
        &mut self,
        cells: &[(String, String)],
        records: RangeInclusive<usize>,
        source: &str,
    ) {
        for (service, text) in cells {
            for record in records.clone() {
                self.add(service, record, text, source);
            }
        }
    }

    fn tell(&mut self, code: FindingCode, service: &str, text: &str, source: &str) {
        self.findings.add(code, || {
            let zh = place_zh(source);
            words!(
                "{source}, {service}: \"{text}\"",
                "{zh}，{service}：“{text}”"
            )
        });
    }

    /// The columns beside so many records, with their keys, and what was found.
    pub(super) fn finish(self, records: usize) -> (Vec<(String, AttributeColumn)>, Findings) {
        let columns = self.columns.into_iter().take(Self::MOST);
        let column = |of: OfService| {
            let cell = |record: usize| of.cells.get(&record).map_or("", String::as_str);
            let cells = AttributeColumn::from_cells((0..records).map(cell));
            (role_of(&of.service), cells)
        };
        (columns.map(column).collect(), self.findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_is_what_stands_beside_the_word_for_hours() {
        for (column, service) in [
            ("opening_hours:canteen", Some("canteen")),
            ("Opening_Hours: Reading Room ", Some("Reading Room")),
            ("食堂开放时间", Some("食堂")),
            ("食堂開放時間", Some("食堂")),
            ("開放時間：圖書室", Some("圖書室")),
            ("开放时间:食堂", Some("食堂")),
            ("开放时间", None),
            ("对外开放时间", None),
            ("每周开放时间", None),
            ("opening_hours", None),
            ("opening_hours:", None),
            ("opening_hours: - ", None),
            ("opening_hours:covid19", None),
            ("opening_hours:url", None),
            ("hours:canteen", None),
            ("营业时间", None),
            ("", None),
        ] {
            assert_eq!(service_of(column).as_deref(), service, "{column}");
        }
    }

    #[test]
    fn columns_of_one_service_are_one_and_the_first_filled_cell_counts() {
        let mut hours = ServiceHours::default();
        hours.add("食堂", 1, "11:00-13:00", "a.csv line 3");
        hours.add(" 食 堂", 1, "12:00-13:00", "a.csv line 3");
        hours.add("食堂", 2, "", "a.csv line 4");
        hours.add("食-堂", 3, "17:00-18:00", "a.csv line 5");
        let (columns, findings) = hours.finish(4);
        assert_eq!(columns.len(), 1);
        assert_eq!(columns[0].0, "opening_hours:食堂");
        let cells: Vec<_> = (0..4).map(|row| columns[0].1.get(row)).collect();
        assert_eq!(
            cells,
            [None, Some("11:00-13:00"), None, Some("17:00-18:00")]
        );
        assert_eq!(findings.count(FindingCode::HoursContradict), 1);
    }

    #[test]
    fn a_flood_of_columns_is_counted_and_not_kept() {
        let mut hours = ServiceHours::default();
        for number in 0..1_000 {
            hours.add(
                &format!("s{number}"),
                0,
                "9:00-10:00",
                "a.geojson feature 1",
            );
        }
        let (columns, findings) = hours.finish(1);
        assert_eq!(columns.len(), 200);
        assert_eq!(findings.count(FindingCode::HoursOfNoService), 800);
    }
}
