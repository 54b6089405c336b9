//! The sheet of stations: what each is, and who is in its circles.

use super::WorkbookReport;
use super::sheet::{Cell, Column, Sheet};
use super::tables::told;
use crate::coverage::Coverage;
use crate::id::StationId;
use crate::model::{Attribute, Tier};
use crate::text::language::{InLanguage, Language};

/// What stands beside stations and is shown where the layer says it.
const BESIDE: [(Attribute, &str, &str); 9] = [
    (Attribute::Tier, "Tier", "层级"),
    (Attribute::Kind, "Kind", "类型"),
    (Attribute::Services, "Services", "服务项目"),
    (Attribute::Street, "Sub-district", "街道"),
    (Attribute::Community, "Community", "社区"),
    (Attribute::Capacity, "Capacity", "服务能力"),
    (Attribute::OpeningHours, "Opening hours", "开放时间"),
    (Attribute::Opened, "Opened", "启用日期"),
    (Attribute::Closed, "Closed", "停用日期"),
];

impl WorkbookReport<'_> {
    /// The sheet of stations, in the order of their first rows.
    pub(super) fn stations(&self) -> Sheet {
        let shown = self.shown_beside();
        let mut sheet = Sheet::new(
            &self.word("Stations", "站点一览"),
            self.station_columns(&shown),
        );
        sheet.title = self.word("⟦Stations⟧", "⟦站点⟧一览");
        sheet.note = self.word(
            "Only here: people who would have no other ⟦station⟧ within the cutoff.",
            "“唯一依赖”指阈值内仅有该⟦站点⟧可达的人口。",
        );
        sheet.frozen = 2;
        let stations = self.report.snapped.stations();
        sheet.rows = stations.map(|id| self.station_row(id, &shown)).collect();
        sheet
    }

    /// What the layer says of any station.
    fn shown_beside(&self) -> Vec<usize> {
        let is_said = |at: &usize| {
            let column = self.station_attributes.of(BESIDE[*at].0);
            column.is_some_and(|column| !column.texts().is_empty())
        };
        (0..BESIDE.len()).filter(is_said).collect()
    }

    fn station_columns(&self, shown: &[usize]) -> Vec<Column> {
        let language = self.report.language;
        let word = |en, zh| self.word(en, zh);
        let mut columns = vec![
            Column::text(word("Id", "编号")),
            Column::text(word("Name", "名称")),
            Column::text(word("Status", "状态")),
        ];
        let beside = shown.iter().map(|at| BESIDE[*at]);
        columns.extend(beside.map(|(_, en, zh)| Column::text(language.pick(en, zh))));
        if self.report.hours.is_some() {
            columns.push(Column::number(word("Hours open a week", "每周开放小时")));
        }
        columns.push(Column::number(word(
            "To its street, metres",
            "距路网（米）",
        )));
        let tests = Coverage::tests(self.report.coverage);
        for cutoff in tests.cutoffs() {
            let limit = language.cutoff(cutoff).replace('\u{a0}', " ");
            let named = |en: &str, zh: &str| match language {
                Language::En => format!("{en}, {limit}"),
                Language::Zh => format!("{limit}{zh}"),
            };
            columns.push(Column::number(named("Records", "内记录数")));
            columns.push(Column::number(named("People", "内人口")));
            columns.push(Column::number(named("Only here", "唯一依赖人口")));
        }
        columns.push(Column::number(word("Longitude", "经度")));
        columns.push(Column::number(word("Latitude", "纬度")));
        columns
    }

    fn station_row(&self, id: StationId, shown: &[usize]) -> Vec<Cell> {
        let report = &self.report;
        let coverage = report.coverage;
        let row = report.snapped.entrances(id)[0].row as usize;
        let station = &coverage.stations()[id.index()];
        let mut cells = vec![
            Cell::text(report.station_id(id)),
            Cell::text(report.station_name(id)),
            Cell::text(told(station.status.name(), report.language)),
        ];
        for at in shown {
            let column = self.station_attributes.of(BESIDE[*at].0);
            let text = column.and_then(|column| column.get(row));
            let tier = text.filter(|_| BESIDE[*at].0 == Attribute::Tier);
            let tier = tier.and_then(Tier::read);
            let tier = tier.map(|tier| tier.in_language(report.language));
            cells.push(Cell::text(tier.as_deref().or(text).unwrap_or_default()));
        }
        if let Some(hours) = report.hours {
            let times = hours.stations.get(id.index());
            let known = times.filter(|times| times.hours().is_some());
            let minutes = known.map(|known| known.times.certain.minutes());
            cells.push(Cell::known(minutes, |minutes| {
                Cell::grouped(f64::from(minutes) / 60.0, 1)
            }));
        }
        cells.push(Cell::known(station.snap_m, |metres| {
            Cell::grouped(metres, 2)
        }));
        for sums in coverage.catchments_of(id) {
            cells.push(Cell::count(sums.residents));
            cells.push(Cell::people(sums.people));
            cells.push(Cell::people(sums.exclusive));
        }
        let place = report.city.stations[row].place.as_ref().ok();
        cells.push(Cell::known(place, |place| Cell::degrees(place.x)));
        cells.push(Cell::known(place, |place| Cell::degrees(place.y)));
        cells
    }
}
