//! The problem list (问题台账): a row for each gap, with what is known of its cure, and columns that an office fills in.

use super::WorkbookReport;
use super::sheet::{Cell, Column, ColumnKind, Sheet};
use crate::gaps::{Cure, CureKind, Gap, GapReason, Gaps};
use crate::planning::cures::{CurePrice, PricedCure};
use crate::text::language::{InLanguage, Language};
use crate::units::{COST_SCALE, Unit};

impl WorkbookReport<'_> {
    /// The sheet of gaps, most people first, with the numbers of the page and of the other files.
    pub(super) fn ledger(&self, gaps: &Gaps) -> Sheet {
        let word = |en, zh| self.word(en, zh);
        let extra = match gaps.deciding.unit() {
            Unit::Milliseconds => word("Minutes too far", "超出分钟"),
            Unit::Millimetres => word("Metres too far", "超出米数"),
        };
        let mut sheet = Sheet::new(
            &word("Problem list", "问题台账"),
            vec![
                Column::number(word("No.", "编号")),
                Column::text(word("Sub-district", "街道")),
                Column::text(word("Community", "社区")),
                Column::text(word("Street", "位置（道路）")),
                Column::number(word("People", "涉及人口")),
                Column::number(word("Records", "记录数")),
                Column::text(word("Cause", "成因")),
                Column::number(extra),
                Column::text(word("Nearest ⟦station⟧", "最近⟦站点⟧")),
                Column::text(word("Cure", "措施")),
                Column::text(word("Mode", "建设方式")),
                Column::number(word("Cost", "费用")),
                Column::number(word("Gain, people", "可新增覆盖人口")),
                Column::text(word("Responsible", "责任层级")),
                Column::text(word("Deadline", "完成时限")),
                Column::of(word("Done", "是否完成"), ColumnKind::YesOrNo),
                Column::number(word("Longitude", "经度")),
                Column::number(word("Latitude", "纬度")),
            ],
        );
        sheet.note = word(
            "Each place where people are left out, most people first, with its best single cure. Responsible, deadline and done are filled in by hand where no prices say them.",
            "逐处列出未覆盖人口聚集的盲区，按人口由多到少，附最佳单项措施。责任层级、完成时限在未给出对策价格表时由人工填写，是否完成由人工填写。",
        );
        let rows = (1..).zip(&gaps.list);
        sheet.rows = rows
            .map(|(number, gap)| self.ledger_row(number, gap, gaps))
            .collect();
        sheet
    }

    fn ledger_row(&self, number: u64, gap: &Gap, gaps: &Gaps) -> Vec<Cell> {
        let best = self.report.cure_prices.best(gap);
        let best = best.as_ref();
        let first = gap.residents.first();
        let street = first.and_then(|first| self.street_office(*first));
        let community = first.and_then(|first| self.community(*first));
        let nearest = gap
            .nearest_station
            .map(|station| self.report.station_name(station));
        let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
        vec![
            Cell::count(number),
            text(street),
            text(community),
            text(gap.street.as_deref()),
            Cell::people(gap.people),
            Cell::count(gap.residents.len() as u64),
            Cell::text(self.cause(gap)),
            Cell::known(gap.median_extra, |extra| {
                too_far(extra, gaps.deciding.unit())
            }),
            text(nearest),
            Cell::text(
                best.map(|best| self.cure(&best.cure, gap))
                    .unwrap_or_default(),
            ),
            text(own(best, |price| &price.mode)),
            Cell::known(best.and_then(|best| best.cost), Cell::money),
            Cell::known(best, |best| Cell::people(best.cure.gain)),
            text(own(best, |price| &price.responsible)),
            text(own(best, |price| &price.deadline)),
            Cell::Blank,
            Cell::degrees(gap.centre.x),
            Cell::degrees(gap.centre.y),
        ]
    }

    /// Why people are left out: a wall by whose it is.
    fn cause(&self, gap: &Gap) -> String {
        let language = self.report.language;
        let cause = gap.reason.in_language(language);
        match &gap.gate {
            Some(gate) if gap.reason == GapReason::Wall => {
                let compound = &self.report.compounds.list[gate.compound.index()].id;
                match language {
                    Language::En => format!("{cause}: {compound}"),
                    Language::Zh => format!("{cause}：{compound}"),
                }
            }
            _ => self.say(&cause),
        }
    }

    /// Which station is to be open longer.
    fn longer_opening(&self, gap: &Gap) -> String {
        let station = gap
            .opening
            .map_or("", |opening| self.report.station_name(opening.station));
        match self.report.language {
            Language::En => format!("Longer opening of {station}"),
            Language::Zh => format!("延长“{station}”开放时间"),
        }
    }

    /// What is to be done.
    pub(super) fn cure(&self, cure: &Cure, gap: &Gap) -> String {
        let language = self.report.language;
        let metres =
            (cure.metres > 0.0).then(|| language.metres(cure.metres).replace('\u{a0}', " "));
        let compound = gap
            .gate
            .map(|gate| &self.report.compounds.list[gate.compound.index()].id);
        match (cure.kind, language, metres) {
            (CureKind::Opening, ..) => self.longer_opening(gap),
            (CureKind::Station, ..) => self.word("A ⟦station⟧ here", "就近增设⟦站点⟧"),
            (CureKind::Link, Language::En, Some(metres)) => format!("A path of {metres}"),
            (CureKind::Link, Language::Zh, Some(metres)) => format!("打通{metres}通道"),
            (CureKind::Link, ..) => self.word("A path", "打通通道"),
            (CureKind::Gate, Language::En, metres) => {
                let way =
                    metres.map_or_else(String::new, |metres| format!(", with {metres} of path"));
                format!(
                    "A gate in the wall of {}{way}",
                    compound.map_or("", String::as_str)
                )
            }
            (CureKind::Gate, Language::Zh, metres) => {
                let way = metres.map_or_else(String::new, |metres| format!("并修建{metres}通道"));
                format!(
                    "在“{}”围墙增设出入口{way}",
                    compound.map_or("", String::as_str)
                )
            }
        }
    }
}

/// Minutes with a decimal, metres without.
fn too_far(extra: u32, unit: Unit) -> Cell {
    let amount = f64::from(extra) / COST_SCALE;
    match unit {
        Unit::Milliseconds => Cell::grouped((amount / 6.0).round() / 10.0, 1),
        Unit::Millimetres => Cell::grouped(amount.round(), 0),
    }
}

/// What the price of a cure says in its own words.
pub(super) fn own<'p>(
    best: Option<&PricedCure<'p>>,
    cell: impl Fn(&'p CurePrice) -> &'p Option<String>,
) -> Option<&'p str> {
    cell(best?.price?).as_deref()
}
