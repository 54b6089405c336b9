//! The list of measures (措施清单): the best single cure of each gap, in the order in which they are worth doing.

use std::cmp::Reverse;

use super::WorkbookReport;
use super::ledger::own;
use super::sheet::{Cell, Column, Sheet};
use crate::gaps::{Gap, Gaps};
use crate::planning::cures::PricedCure;
use crate::siting::Money;

/// A gap with its best cure.
struct Measure<'a> {
    number: u64,
    gap: &'a Gap,
    best: PricedCure<'a>,
}

impl Measure<'_> {
    /// What comes first is smaller: most people for the money, what costs nothing before it; where no cost is known, most people.
    fn order(&self) -> (bool, bool, Reverse<u128>, Reverse<u64>, u64) {
        const SCALE: u128 = 1_000_000;
        let gain = self.best.cure.gain.thousandths();
        let cost = self.best.cost.map(Money::thousandths);
        let for_it = cost.filter(|cost| *cost > 0);
        let for_it = for_it.map(|cost| u128::from(gain) * SCALE / u128::from(cost));
        let costs = for_it.is_some();
        (
            cost.is_none(),
            costs,
            Reverse(for_it.unwrap_or(0)),
            Reverse(gain),
            self.number,
        )
    }
}

impl WorkbookReport<'_> {
    /// The sheet of measures.
    pub(super) fn measures(&self, gaps: &Gaps) -> Sheet {
        let word = |en, zh| self.word(en, zh);
        let mut sheet = Sheet::new(
            &word("Measures", "措施清单"),
            vec![
                Column::number(word("Order", "顺序")),
                Column::text(word("Measure", "措施")),
                Column::text(word("Mode", "建设方式")),
                Column::number(word("Gap", "盲区编号")),
                Column::text(word("Sub-district", "街道")),
                Column::text(word("Community", "社区")),
                Column::text(word("Street", "位置（道路）")),
                Column::number(word("Cost", "费用")),
                Column::number(word("Gain, people", "可新增覆盖人口")),
                Column::number(word("Cost per person", "人均费用")),
                Column::text(word("Responsible", "责任层级")),
                Column::text(word("Deadline", "完成时限")),
                Column::number(word("Longitude", "经度")),
                Column::number(word("Latitude", "纬度")),
            ],
        );
        sheet.note = word(
            "The best single measure for each gap, each counted alone: gains of several do not add up where they reach the same people. A plan within a budget comes from `pedshed site`.",
            "每处盲区的最佳单项措施，各自单独计算；多项措施惠及同一人群时效果不可相加。在预算内统筹选址用 pedshed site。",
        );
        let measures = (1..).zip(&gaps.list).filter_map(|(number, gap)| {
            let best = self.report.cure_prices.best(gap)?;
            Some(Measure { number, gap, best })
        });
        let mut measures: Vec<Measure<'_>> = measures.collect();
        measures.sort_by_key(Measure::order);
        let rows = (1..).zip(&measures);
        sheet.rows = rows
            .map(|(order, measure)| self.measure_row(order, measure))
            .collect();
        sheet
    }

    fn measure_row(&self, order: u64, measure: &Measure<'_>) -> Vec<Cell> {
        let Measure { number, gap, best } = measure;
        let first = gap.residents.first();
        let street = first.and_then(|first| self.street_office(*first));
        let community = first.and_then(|first| self.community(*first));
        let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
        let gain = best.cure.gain.as_f64();
        let each = best
            .cost
            .filter(|_| gain > 0.0)
            .map(|cost| cost.as_f64() / gain);
        vec![
            Cell::count(order),
            Cell::text(self.cure(&best.cure, gap)),
            text(own(Some(best), |price| &price.mode)),
            Cell::count(*number),
            text(street),
            text(community),
            text(gap.street.as_deref()),
            Cell::known(best.cost, Cell::money),
            Cell::people(best.cure.gain),
            Cell::known(each, |each| Cell::grouped(each, 3)),
            text(own(Some(best), |price| &price.responsible)),
            text(own(Some(best), |price| &price.deadline)),
            Cell::degrees(best.cure.place.x),
            Cell::degrees(best.cure.place.y),
        ]
    }
}
