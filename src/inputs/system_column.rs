//! A column that says of each record in which coordinate system it is: 坐标系, `crs`, `srid`.

use super::ReadOptions;
use super::said::system_said_by;
use super::{Known, KnownBy, Source};
use crate::crs::Crs;
use crate::model::{FindingCode, Findings};
use crate::text::language::{Words, words};
use crate::text::plain::{narrow, simplified};

/// What such a column is called, in narrow lower case without spaces.
const NAMES: [&str; 15] = [
    "坐标系",
    "坐标系统",
    "坐标系类型",
    "坐标类型",
    "坐标参考系",
    "坐标系名称",
    "坐标来源",
    "crs",
    "srs",
    "srid",
    "epsg",
    "datum",
    "coordinate_system",
    "coordinatesystem",
    "coord_sys",
];

/// What the cells of such a column say.
pub(super) struct SystemColumn {
    column: usize,
    name: String,
    /// The texts that differ, with the systems that they mean; more than two tell no more.
    said: Vec<(String, Option<Crs>)>,
    /// Whether some cell is blank.
    has_blank: bool,
}

impl SystemColumn {
    /// The first column of such a name.
    pub(super) fn from_kept<'n>(names: impl Iterator<Item = &'n str>) -> Option<Self> {
        let plain = |name: &str| simplified(&narrow(name).to_lowercase()).replace(' ', "");
        let mut named = names.enumerate();
        let (column, name) = named.find(|(_, name)| NAMES.contains(&plain(name).as_str()))?;
        Some(Self {
            column,
            name: name.to_owned(),
            said: Vec::new(),
            has_blank: false,
        })
    }

    /// Its position among the columns.
    pub(super) const fn column(&self) -> usize {
        self.column
    }

    /// Looks at the cell of a record.
    pub(super) fn look_at(&mut self, cell: Option<&str>) {
        let Some(text) = cell.map(str::trim).filter(|text| !text.is_empty()) else {
            self.has_blank = true;
            return;
        };
        if self.said.len() < 3 && self.said.iter().all(|(known, _)| known != text) {
            self.said.push((text.to_owned(), meant(text)));
        }
    }

    /// The one system that every record is in.
    pub(super) fn system(&self) -> Option<Crs> {
        let (_, first) = self.said.first()?;
        let is_one = !self.has_blank && self.said.iter().all(|(_, crs)| crs == first);
        first.clone().filter(|_| is_one)
    }

    /// Says what came of it: that it was taken, that another system was given, or that it could not be used.
    pub(super) fn findings(&self, source_name: &str, options: &ReadOptions) -> Findings {
        let mut findings = Findings::default();
        let Some((first, meant)) = self.said.first() else {
            return findings;
        };
        let name = &self.name;
        let mut say = |code, words: Words| findings.add(code, || words);
        match (self.system(), &options.own.crs) {
            (Some(said), Some(given)) if said != *given => say(
                FindingCode::SystemContradicted,
                words!(
                    "{source_name}: read as {given}, and its column {name} says {said}",
                    "{source_name}：按 {given} 读取；列“{name}”表明为 {said}"
                ),
            ),
            (Some(Crs::Wgs84), _) | (Some(_), Some(_)) => {}
            (Some(said), None) => say(
                FindingCode::SystemByName,
                words!(
                    "{source_name}: every cell of its column {name} says {said}",
                    "{source_name}：列“{name}”的单元格均为 {said}"
                ),
            ),
            (None, _) => {
                let other = self.said.iter().find(|(_, crs)| crs != meant);
                let other = other.map(|(text, _)| text.as_str());
                let words = match other {
                    Some(other) => words!(
                        "{source_name}: its column {name} says {first} and {other}",
                        "{source_name}：列“{name}”既有“{first}”又有“{other}”"
                    ),
                    None if self.has_blank => words!(
                        "{source_name}: its column {name} says {first} of some records and nothing of others",
                        "{source_name}：列“{name}”部分为“{first}”，部分为空"
                    ),
                    None => words!(
                        "{source_name}: its column {name} says {first}, which is no known system",
                        "{source_name}：列“{name}”为“{first}”，不是已知的坐标系"
                    ),
                };
                say(FindingCode::SystemsNotUsed, words);
            }
        }
        findings
    }
}

/// The system of a table: that which the names of its columns say, else the cells of a column of systems, whose findings are said.
pub(super) fn taken(
    by_name: Option<Crs>,
    systems: Option<&SystemColumn>,
    (source, options): (&Source, &ReadOptions),
    findings: &mut Findings,
) -> Option<Known<Crs>> {
    if let Some(crs) = by_name {
        return Some(Known::new(crs, KnownBy::Name));
    }
    let systems = systems?;
    findings.extend(systems.findings(source.name(), options));
    let crs = systems.system()?;
    Some(Known::new(crs, KnownBy::Content))
}

/// The system that a cell names, where it is one.
fn meant(text: &str) -> Option<Crs> {
    system_said_by(text).or_else(|| {
        let crs = Crs::parse(text);
        crs.converter().is_ok().then_some(crs)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cells: &[&str]) -> (Option<Crs>, Vec<&'static str>) {
        let names = ["id", "经度", "纬度", "坐标系"];
        let mut column = SystemColumn::from_kept(names.into_iter()).expect("the last");
        assert_eq!(column.column(), 3);
        for cell in cells {
            column.look_at(Some(cell));
        }
        let findings = column.findings("a.csv", &ReadOptions::default());
        let codes = findings.worst_first().into_iter();
        (
            column.system(),
            codes.map(|finding| finding.code.name()).collect(),
        )
    }

    #[test]
    fn a_column_that_says_one_system_of_all_is_taken_and_any_other_is_told() {
        let taken = (Some(Crs::Gcj02), vec!["system_by_name"]);
        assert_eq!(said(&["GCJ-02", "高德", "gcj02"]), taken);
        assert_eq!(said(&["WGS84", "wgs-84"]), (Some(Crs::Wgs84), Vec::new()));
        for cells in [&["GCJ-02", "WGS84"][..], &["GCJ-02", ""], &["地方坐标系"]] {
            assert_eq!(said(cells), (None, vec!["systems_not_used"]), "{cells:?}");
        }
        assert_eq!(said(&[""]), (None, Vec::new()));
    }

    #[test]
    fn no_other_column_is_one() {
        assert!(SystemColumn::from_kept(["坐标", "系统", "lon"].into_iter()).is_none());
    }
}
