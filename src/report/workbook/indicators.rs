//! The sheet of indicators: the headline figures, each with its unit, what it is, and the target where a standard sets one.

use super::sheet::{Cell, Column, NumberFormat, Sheet};
use super::tables::told;
use super::{Amount, Headline, WorkbookReport};
use crate::coverage::{StationStatus, Status};
use crate::planning::indicators::Indicator;
use crate::planning::provision::{Provision, TierCoverage};
use crate::text::language::{InLanguage, Language};
use crate::units::People;

/// One figure.
struct Figure {
    /// What it belongs to.
    part: String,
    name: String,
    value: Cell,
    unit: String,
    share: Cell,
    meaning: String,
    target: Cell,
    verdict: String,
}

impl Figure {
    fn new(part: &str, name: impl Into<String>, value: Cell) -> Self {
        Self {
            part: part.to_owned(),
            name: name.into(),
            value,
            unit: String::new(),
            share: Cell::Blank,
            meaning: String::new(),
            target: Cell::Blank,
            verdict: String::new(),
        }
    }

    fn cells(self) -> Vec<Cell> {
        vec![
            Cell::text(self.part),
            Cell::text(self.name),
            self.value,
            Cell::text(self.unit),
            self.share,
            self.target,
            Cell::text(self.verdict),
            Cell::text(self.meaning),
        ]
    }
}

impl WorkbookReport<'_> {
    /// The sheet of indicators.
    pub(super) fn indicators(&self) -> Sheet {
        let word = |en, zh| self.word(en, zh);
        let mut sheet = Sheet::new(
            &word("Indicators", "指标表"),
            vec![
                Column::text(word("About", "类别")),
                Column::text(word("Indicator", "指标")),
                Column::number(word("Value", "数值")),
                Column::text(word("Unit", "单位")),
                Column::share(word("Share", "比例")),
                Column::share(word("Target", "目标值")),
                Column::text(word("Verdict", "结论")),
                Column::text(word("Meaning", "含义与口径")),
            ],
        );
        sheet.title = self.book_title();
        self.report
            .note
            .unwrap_or_default()
            .clone_into(&mut sheet.note);
        sheet.frozen = 2;
        let mut figures = self.of_question();
        figures.extend(self.of_coverage());
        figures.extend(self.of_stations());
        figures.extend(self.of_homes());
        if let Some(asked) = self.report.provision {
            figures.extend(self.of_tiers(asked));
            figures.extend(self.of_groups(asked));
            figures.extend(self.of_register(asked));
            figures.extend(self.of_standards(asked));
        }
        sheet.rows = figures.into_iter().map(Figure::cells).collect();
        sheet
    }

    fn of_people(&self, part: &str, name: String, people: People) -> Figure {
        Figure {
            unit: self.word("people", "人"),
            share: Cell::share(people, self.report.coverage.total().people),
            ..Figure::new(part, name, Cell::people(people))
        }
    }

    /// What answers the question of a verb, before the coverage that everything stands on.
    fn of_question(&self) -> Vec<Figure> {
        let part = &self.word("Answer", "结果");
        let figure = |headline: &Headline| {
            let [en, zh] = headline.words;
            let name = self.word(en, zh);
            match headline.amount {
                Amount::Count(count) => Figure::new(part, name, Cell::count(count as u64)),
                Amount::Money(money) => Figure::new(part, name, Cell::money(money)),
                Amount::People(people, all) => Figure {
                    unit: self.word("people", "人"),
                    share: Cell::share(people, all),
                    ..Figure::new(part, name, Cell::people(people))
                },
            }
        };
        self.headlines.iter().map(figure).collect()
    }

    /// Everybody, within each cutoff, by status, within straight circles.
    fn of_coverage(&self) -> Vec<Figure> {
        let report = &self.report;
        let (coverage, language) = (report.coverage, report.language);
        let part = &self.word("Coverage", "覆盖");
        let total = coverage.total();
        let mut figures = vec![Figure {
            meaning: self.word(
                "People of all residents that were read: what every share is of",
                "读入的全部居民人口，为各项比例的分母",
            ),
            ..self.of_people(part, self.word("People", "总人口"), total.people)
        }];
        let deciding = coverage.tests().deciding();
        for (cutoff, tally) in coverage.tests().cutoffs().zip(coverage.by_cutoff()) {
            let limit = language.cutoff(cutoff).replace('\u{a0}', " ");
            let name = match language {
                Language::En => format!("Covered within {limit}"),
                Language::Zh => format!("步行 {limit}内覆盖人口"),
            };
            let meaning = match language {
                Language::En => format!("People with a ⟦station⟧ within {limit} of walking"),
                Language::Zh => format!("步行 {limit}内可达任一⟦站点⟧的人口"),
            };
            let decides = self.word("; decides who is covered", "；据此判定是否覆盖");
            let decides = if cutoff == deciding {
                decides
            } else {
                String::new()
            };
            figures.push(Figure {
                meaning: format!("{}{decides}", self.say(&meaning)),
                ..self.of_people(part, name, tally.people)
            });
        }
        figures.extend(self.of_statuses());
        figures.extend(self.of_circles(part));
        figures
    }

    /// How every record ended.
    fn of_statuses(&self) -> Vec<Figure> {
        let language = self.report.language;
        let mut figures = Vec::new();
        for status in Status::ALL {
            let name = told(status.name(), language);
            let tally = self.report.coverage.with_status(status);
            let records = language.whole(tally.records);
            figures.push(Figure {
                meaning: match language {
                    Language::En => format!("Records: {records}"),
                    Language::Zh => format!("{records} 条记录"),
                },
                ..self.of_people(&self.word("Status", "状态"), capital(name), tally.people)
            });
        }
        figures
    }

    /// Whom straight circles claim.
    fn of_circles(&self, part: &str) -> Vec<Figure> {
        let language = self.report.language;
        let mut figures = Vec::new();
        for circle in self.report.coverage.straight() {
            let radius = language.metres(circle.radius_m).replace('\u{a0}', " ");
            let name = match language {
                Language::En => format!("Inside a straight circle of {radius}"),
                Language::Zh => format!("{radius}直线缓冲圈内人口"),
            };
            figures.push(Figure {
                meaning: self.word(
                    "For comparison: as the crow flies, whatever is in the way",
                    "仅供对照：按直线距离计，不考虑阻隔",
                ),
                ..self.of_people(part, name, circle.inside.people)
            });
        }
        figures
    }

    fn of_stations(&self) -> Vec<Figure> {
        let language = self.report.language;
        let part = &self.word("⟦Stations⟧", "⟦站点⟧");
        let stations = self.report.coverage.stations();
        let unit = self.word("⟦stations⟧", "个");
        let count = |name: String, count: usize| Figure {
            unit: unit.clone(),
            ..Figure::new(part, name, Cell::count(count as u64))
        };
        let all = count(self.word("All", "合计"), stations.len());
        let by_status = [
            StationStatus::Ok,
            StationStatus::OffNetwork,
            StationStatus::Invalid,
            StationStatus::Closed,
        ];
        let by_status = by_status.into_iter().filter_map(|status| {
            let of_status = stations.iter().filter(|station| station.status == status);
            let found = of_status.count();
            let name = capital(told(status.name(), language));
            (found > 0).then(|| count(name, found))
        });
        std::iter::once(all).chain(by_status).collect()
    }

    /// What walls, stairs and opening hours cost, where they are known.
    fn of_homes(&self) -> Vec<Figure> {
        let report = &self.report;
        let mut figures = Vec::new();
        let mut put = |part: String, name: String, people| {
            figures.push(self.of_people(&part, name, people));
        };
        if let Some(walls) = report.wall_costs {
            let name = self.word("Covered with all walls open", "围墙全部敞开时覆盖人口");
            put(self.word("Walls", "围墙"), name, walls.covered_open);
        }
        if let Some(stairs) = report.stairs {
            let part = self.word("Stairs at home", "楼内台阶");
            let name = self.word("Covered from the street door", "从楼门口起算覆盖人口");
            put(part.clone(), name, stairs.covered_at_street);
            let name = self.word("Shut in by stairs", "因台阶无法出门人口");
            put(part, name, stairs.shut_in.people);
        }
        if let Some(moment) = report.hours.and_then(|hours| hours.moment.as_ref()) {
            let part = self.word("Opening hours", "开放时间");
            let at = moment.at.in_language(report.language);
            let name = match report.language {
                Language::En => format!("Covered at {at}"),
                Language::Zh => format!("{at} 覆盖人口"),
            };
            put(part.clone(), name, moment.covered);
            let name = self.word("Covered if all were open", "全部开放时覆盖人口");
            put(part, name, moment.when_all_open);
        }
        figures
    }

    fn of_tiers(&self, asked: &Provision) -> Vec<Figure> {
        let tiers = &asked.tiers;
        if tiers.list.is_empty() {
            return Vec::new();
        }
        let part = &self.word("Tiers", "层级");
        let mut figures: Vec<Figure> = tiers
            .list
            .iter()
            .map(|tier| self.of_tier(part, tier))
            .collect();
        for (name, people) in [
            (
                self.word("Within every tier's circle", "各层级均覆盖人口"),
                tiers.within_every,
            ),
            (
                self.word("Within any tier's circle", "任一层级覆盖人口"),
                tiers.within_any,
            ),
        ] {
            figures.push(self.of_people(part, name, people));
        }
        figures
    }

    fn of_tier(&self, part: &str, found: &TierCoverage) -> Figure {
        let language = self.report.language;
        let tier = &found.tier;
        let circle = tier
            .deciding()
            .map(|circle| language.cutoff(circle).replace('\u{a0}', " "));
        let (name, circle) = (tier.name.get(language), circle.unwrap_or_default());
        let stations = tier.stations.len();
        let meets = found.meets_target(self.report.coverage.total().people);
        let verdict = meets.map(|meets| told(if meets { "pass" } else { "fail" }, language));
        Figure {
            meaning: match language {
                Language::En => format!("Circle of {circle}; stations of the tier: {stations}"),
                Language::Zh => format!("服务圈 {circle}；该层级站点 {stations} 个"),
            },
            target: Cell::known(tier.target, |target| {
                Cell::finite(target, NumberFormat::Percent)
            }),
            verdict: verdict.unwrap_or_default().to_owned(),
            ..self.of_people(part, name.to_owned(), found.within)
        }
    }

    fn of_groups(&self, asked: &Provision) -> Vec<Figure> {
        let part = &self.word("Groups", "人群");
        let language = self.report.language;
        let one = |group: &crate::planning::provision::GroupCoverage| {
            let covered = group.by_status[0];
            let (all, walker) = (language.people(group.total), told(&group.profile, language));
            Figure {
                share: Cell::share(covered, group.total),
                meaning: match language {
                    Language::En => format!("Covered, of {all}; walk as: {walker}"),
                    Language::Zh => {
                        format!("已覆盖人口，占该人群 {all} 人的比例；按{walker}步行计")
                    }
                },
                ..self.of_people(part, group.name.clone(), covered)
            }
        };
        asked.groups.iter().map(one).collect()
    }

    fn of_register(&self, asked: &Provision) -> Vec<Figure> {
        let Some(register) = &asked.register else {
            return Vec::new();
        };
        let part = &self.word("Register", "名册");
        let language = self.report.language;
        let mut figures = Vec::new();
        for tier in &register.tiers {
            let tier_name = tier.tier.in_language(language);
            let name = match language {
                Language::En => format!("Built: {tier_name}"),
                Language::Zh => format!("{tier_name}建有率"),
            };
            let (met, all) = (tier.built.met, tier.built.all);
            figures.push(Figure {
                share: Cell::known((all > 0).then(|| tier.built.share()), |share| {
                    Cell::finite(share, NumberFormat::Percent)
                }),
                meaning: match language {
                    Language::En => format!("Units of the list that have one, of {all}"),
                    Language::Zh => format!("名册中建有该层级站点的单位数，应有 {all} 个"),
                },
                unit: self.word("units", "个"),
                ..Figure::new(part, name, Cell::count(met))
            });
        }
        figures.push(Figure {
            meaning: self.word("Row by row on the sheet Register", "逐条见“名册核对”"),
            ..Figure::new(
                part,
                self.word("To be worked through", "待处理问题"),
                Cell::count(register.problems.len() as u64),
            )
        });
        figures
    }

    /// The rows by which the clauses of standards are judged.
    fn of_standards(&self, asked: &Provision) -> Vec<Figure> {
        let language = self.report.language;
        let indicators = asked.clauses.indicators();
        let deciding = indicators.iter().filter(|row| row.decides());
        let figure = |row: &Indicator<'_>| {
            let number = row.clause.short_title(language);
            let share = row.share();
            let amount = row
                .within
                .and_then(|within| row.denominator.amount(within).parse().ok());
            let target = row.clause.target.map(|target| target.to_string());
            let target = target.and_then(|target| target.parse::<f64>().ok());
            let percent = |value: f64| Cell::finite(value / 100.0, NumberFormat::Percent);
            Figure {
                unit: self.unit_of(row).to_owned(),
                share: Cell::known(share, |share| {
                    Cell::finite(
                        share.within as f64 / share.all as f64,
                        NumberFormat::Percent,
                    )
                }),
                target: Cell::known(target, percent),
                verdict: row.verdict.word(language).to_owned(),
                meaning: row.clause.meaning.get(language).to_owned(),
                ..Figure::new(
                    row.standard.name.get(language),
                    format!("{number} · {}", row.denominator.word(language)),
                    Cell::known(amount, |amount: f64| Cell::grouped(amount, 0)),
                )
            }
        };
        deciding.map(figure).collect()
    }

    fn unit_of(&self, row: &Indicator<'_>) -> &'static str {
        use crate::planning::indicators::Denominator::{Area, Buildings, People, ResidentialLand};
        let language = self.report.language;
        match row.denominator {
            People => language.pick("people", "人"),
            Buildings => language.pick("buildings", "栋"),
            ResidentialLand | Area => language.pick("m²", "平方米"),
        }
    }
}

/// With a capital, for the first column of a table.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
