//! The sheet of places: people and coverage by sub-district, community and area, by cutoff and tier.

use super::WorkbookReport;
use super::sheet::{Cell, Column, Sheet};
use super::tables::told;
use crate::coverage::Status;
use crate::id::ResidentId;
use crate::planning::provision::{Level, TierCoverage};
use crate::text::language::Language;
use crate::units::People;

/// The sums of one place.
#[derive(Clone, Default)]
struct Sums {
    records: u64,
    people: People,
    covered: People,
    /// By cutoff.
    within: Vec<People>,
    /// By tier.
    tiers: Vec<People>,
}

/// The level of sub-districts in files.
const STREET: &str = "street";
/// The level of communities in files.
const COMMUNITY: &str = "community";

impl WorkbookReport<'_> {
    /// The sheet of places; without rows where there are none.
    pub(super) fn places(&self) -> Sheet {
        let language = self.report.language;
        let mut sheet = Sheet::new(
            &self.word("By place", "分街道分社区表"),
            self.place_columns(),
        );
        sheet.note = self.word(
            "A resident counts in every area that holds them; areas may nest.",
            "居民计入其所在的每个分区；分区可以嵌套。",
        );
        sheet.frozen = 3;
        for level in self.levels() {
            let sums = self.sums(level.units.len(), |resident| {
                level.of.get(resident.index()).copied().flatten()
            });
            let streets = self.streets_of(level);
            for ((name, sums), street) in level.units.iter().zip(sums).zip(streets) {
                let street = street.unwrap_or_default();
                let kind = told(&level.key, language).to_owned();
                sheet.rows.push(Self::place_cells(
                    [kind, String::new(), name.clone(), street],
                    &sums,
                ));
            }
        }
        let areas = self.report.city.areas;
        let sums = self.sums(areas.len(), |resident| self.report.areas.areas_of(resident));
        for (area, sums) in areas.iter().zip(sums) {
            let kind = language.pick("area", "分区").to_owned();
            let named = [kind, area.id.clone(), area.name.clone(), String::new()];
            sheet.rows.push(Self::place_cells(named, &sums));
        }
        sheet
    }

    /// The levels to which tiers are rolled up.
    fn levels(&self) -> &[Level] {
        let provision = self.report.provision;
        provision.map_or(&[], |asked| &asked.tiers.levels)
    }

    fn tiers(&self) -> &[TierCoverage] {
        let provision = self.report.provision;
        provision.map_or(&[], |asked| &asked.tiers.list)
    }

    /// What a resident's unit of a level is called.
    fn unit_of_resident(&self, key: &str, resident: ResidentId) -> Option<&str> {
        let level = self.levels().iter().find(|level| level.key == key)?;
        let unit = level.of.get(resident.index()).copied().flatten()?;
        level.units.get(unit as usize).map(String::as_str)
    }

    /// The sub-district in which a resident lives, where that is known.
    pub(super) fn street_office(&self, resident: ResidentId) -> Option<&str> {
        self.unit_of_resident(STREET, resident)
    }

    /// The community in which a resident lives; where that is not known, the smallest area.
    pub(super) fn community(&self, resident: ResidentId) -> Option<&str> {
        let area = || {
            let area = self.report.areas.area_of().get(resident.index())?;
            Some(self.report.city.areas.get((*area)? as usize)?.name.as_str())
        };
        self.unit_of_resident(COMMUNITY, resident).or_else(area)
    }

    /// The sub-district of each unit of a level: that of the first who lives there. None of sub-districts themselves.
    fn streets_of(&self, level: &Level) -> Vec<Option<String>> {
        let mut streets = vec![None; level.units.len()];
        if level.key == STREET {
            return streets;
        }
        for (resident, unit) in (0..).map(ResidentId).zip(&level.of) {
            let Some(unit) = unit else {
                continue;
            };
            let street = &mut streets[*unit as usize];
            if street.is_none() {
                *street = self.street_office(resident).map(str::to_owned);
            }
        }
        streets
    }

    /// The sums of so many places, each resident in those that are said.
    fn sums<I: IntoIterator<Item = u32>>(
        &self,
        places: usize,
        of: impl Fn(ResidentId) -> I,
    ) -> Vec<Sums> {
        let coverage = self.report.coverage;
        let nothing = Sums {
            within: vec![People::ZERO; coverage.tests().cutoffs().count()],
            tiers: vec![People::ZERO; self.tiers().len()],
            ..Sums::default()
        };
        let mut sums = vec![nothing; places];
        for (id, resident) in (0..).map(ResidentId).zip(self.report.city.residents) {
            for place in of(id) {
                let Some(sum) = sums.get_mut(place as usize) else {
                    continue;
                };
                sum.records += 1;
                sum.people += resident.people;
                if coverage.statuses()[id.index()] == Status::Covered {
                    sum.covered += resident.people;
                }
                for (within, count) in sum.within.iter_mut().zip(coverage.within_of(id)) {
                    if *count > 0 {
                        *within += resident.people;
                    }
                }
                for (within, tier) in sum.tiers.iter_mut().zip(self.tiers()) {
                    if tier.is_within.get(id.index()) == Some(&true) {
                        *within += resident.people;
                    }
                }
            }
        }
        sums
    }

    fn place_columns(&self) -> Vec<Column> {
        let word = |en, zh| self.word(en, zh);
        let language = self.report.language;
        let mut columns = vec![
            Column::text(word("Level", "级别")),
            Column::text(word("Id", "编号")),
            Column::text(word("Name", "名称")),
            Column::text(word("Sub-district", "所属街道")),
            Column::number(word("Records", "记录数")),
            Column::number(word("People", "人口")),
            Column::number(word("Covered", "已覆盖人口")),
            Column::number(word("Left out", "未覆盖人口")),
            Column::share(word("Share", "覆盖率")),
        ];
        let cutoffs = self.report.coverage.tests().cutoffs();
        let cutoffs = cutoffs.map(|cutoff| language.cutoff(cutoff).replace('\u{a0}', " "));
        let tiers = self.tiers().iter();
        let tiers = tiers.map(|found| found.tier.name.get(language).to_owned());
        for what in cutoffs.chain(tiers) {
            let [people, share] = match language {
                Language::En => [format!("Within, {what}"), format!("Share, {what}")],
                Language::Zh => [format!("{what}覆盖人口"), format!("{what}覆盖率")],
            };
            columns.push(Column::number(people));
            columns.push(Column::share(share));
        }
        columns
    }

    /// The cells of a place: what it is, its id, its name and its sub-district, then its sums.
    fn place_cells(named: [String; 4], sums: &Sums) -> Vec<Cell> {
        let mut cells: Vec<Cell> = named.into_iter().map(Cell::text).collect();
        cells.extend([
            Cell::count(sums.records),
            Cell::people(sums.people),
            Cell::people(sums.covered),
            Cell::people(sums.people - sums.covered),
            Cell::share(sums.covered, sums.people),
        ]);
        for within in sums.within.iter().chain(&sums.tiers) {
            cells.push(Cell::people(*within));
            cells.push(Cell::share(*within, sums.people));
        }
        cells
    }
}
