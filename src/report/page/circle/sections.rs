//! The sections of what was asked beside coverage: one table each, in the order in which planners read them.

use super::super::Page;
use super::super::escape::text;
use super::super::html::{Html, put};
use super::super::words::Words;
use super::chart::Chart;
use super::facts::{index, verdict, walk};
use super::registered;
use super::table::{Cell, Row, Table, head, number};
use super::views::tier_label;
use crate::coverage::Status;
use crate::planning::indicators::{Indicator, Lack, Verdict};
use crate::planning::provision::{
    GroupCoverage, Level, Provision, Sensitivity, SupplyReport, TierCoverage, Tiers,
};
use crate::planning::standards::By;
use crate::report::Report;
use crate::text::language::{InLanguage, Language};
use crate::units::{People, Unit};

/// Every section that there is data for.
pub(in super::super) fn write(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let Some(study) = report.study() else {
        return;
    };
    let words = page.words();
    tiers(&study.tiers, words, html);
    for (number, level) in study.tiers.levels.iter().enumerate() {
        tiers_by_area(&study.tiers, number, level, words, html);
    }
    groups(report, &study.groups, words, html);
    if let Some(found) = &study.register {
        registered::register(report, found, words, html);
    }
    if let Some(found) = &study.services {
        registered::services(report, found, words, html);
    }
    registered::memberships(
        &study.memberships,
        report.coverage.total().people,
        words,
        html,
    );
    if let Some(costs) = report.wall_costs {
        registered::walls(report, costs, words, html);
    }
    indicators(study, words, html);
    if let Some(found) = &study.supply {
        supply(found, words, html);
    }
    if let Some(found) = &study.sensitivity {
        sensitivity(report, found, words, html);
    }
}

fn tiers(tiers: &Tiers, words: &Words, html: &mut Html) {
    if tiers.list.is_empty() {
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    for found in &tiers.list {
        rows.push(tier_row(found, tiers.total, words));
    }
    let together = [
        (
            "every",
            words.either("within every tier's circle", "各级均覆盖"),
            tiers.within_every,
        ),
        (
            "any",
            words.either("within any tier's circle", "任一级覆盖"),
            tiers.within_any,
        ),
    ];
    for (key, name, within) in together {
        rows.push(Row::Cells(
            key.to_owned(),
            vec![
                Cell::text(name),
                Cell::share(words, within, tiers.total).deciding(true),
                Cell::text(""),
                Cell::text(""),
                Cell::text(""),
                Cell::text(""),
            ],
        ));
    }
    let table = Table {
        id: "tiers",
        title: words.either("Tiers of stations", "分级覆盖情况"),
        note: words
            .either(
                "Each tier is scored by its own ⟦stations⟧ and its own circle; beside what decides stand the other measures.",
                "各级按本级⟦站点⟧与本级服务圈分别计算；判定口径之外并列其他口径。",
            )
            .to_owned(),
        heads: vec![
            head(words.either("Tier", "层级")),
            number(words.covered),
            number(words.either("by minutes", "按时间")),
            number(words.either("by metres", "按步行距离")),
            number(words.either("straight line", "按直线")),
            head(words.either("Target", "目标")),
        ],
        is_sortable: false,
        rows,
    };
    table.write(html);
}

fn tier_row(found: &TierCoverage, total: People, words: &Words) -> Row {
    let tier = &found.tier;
    let beside = |people: Option<People>| {
        people.map_or_else(
            || Cell::text("–"),
            |people| Cell::share(words, people, total),
        )
    };
    let limits = [tier.minutes, tier.metres].into_iter().flatten();
    let limits: Vec<String> = limits.map(|cutoff| words.language.cutoff(cutoff)).collect();
    let stations = words.count_stations(&words.language.whole(tier.stations.len() as u64));
    let comma = words.either(", ", "，");
    let below = format!("{stations}{comma}{}", limits.join(comma));
    let target = match (tier.target, found.meets_target(total)) {
        (Some(target), Some(meets)) => format!(
            "{} {}",
            words.language.percent_of(target),
            verdict(meets).word(words.language)
        ),
        _ => Verdict::NoTarget.word(words.language).to_owned(),
    };
    Row::Cells(
        tier.key.clone(),
        vec![
            Cell::name(tier.name.get(words.language), &below),
            Cell::share(words, found.within, total).deciding(true),
            beside(found.within_minutes),
            beside(found.within_metres),
            beside(found.within_straight),
            Cell::text(target),
        ],
    )
}

fn tiers_by_area(tiers: &Tiers, number_of: usize, level: &Level, words: &Words, html: &mut Html) {
    if tiers.list.is_empty() || level.units.is_empty() {
        return;
    }
    let (id, title, what) = match level.key.as_str() {
        "street" => (
            "tiers-by-street",
            words.either("Tiers by subdistrict", "分街道各级覆盖率"),
            words.either("Subdistrict", "街道"),
        ),
        _ => (
            "tiers-by-community",
            words.either("Tiers by community", "分社区各级覆盖率"),
            words.either("Community", "社区"),
        ),
    };
    let list = tiers.list.iter();
    let list: Vec<&TierCoverage> = list
        .filter(|found| !found.tier.stations.is_empty())
        .collect();
    let mut heads = vec![head(what), number(words.people)];
    heads.extend(list.iter().map(|found| number(tier_label(found, words))));
    let rows = level.units.iter().enumerate().map(|(unit, name)| {
        let sums = list.iter().map(|found| found.rolled_up[number_of][unit]);
        let all = sums.clone().next().map_or(People::ZERO, |(all, _)| all);
        let mut cells = vec![Cell::name(name, ""), Cell::people(words, all)];
        cells.extend(sums.map(|(all, within)| Cell::share(words, within, all)));
        Row::Cells(name.clone(), cells)
    });
    let table = Table {
        id,
        title,
        note: String::new(),
        heads,
        is_sortable: true,
        rows: rows.collect(),
    };
    table.write(html);
}

/// Groups of people side by side: a column for each.
fn groups(report: &Report<'_>, groups: &[GroupCoverage], words: &Words, html: &mut Html) {
    if groups.is_empty() {
        return;
    }
    let mut heads = vec![head("")];
    heads.extend(groups.iter().map(|group| number(group.name.clone())));
    let mut rows = rows_of_people(report, groups, words);
    rows.extend(rows_of_walks(report, groups, words));
    let table = Table {
        id: "groups",
        title: words.either("Groups of people", "分人群覆盖情况"),
        note: words
            .either(
                "Each group walks in its own way. The share in bold decides.",
                "各类人群按各自的步行参数计算；加粗者为判定口径。",
            )
            .to_owned(),
        heads,
        is_sortable: false,
        rows,
    };
    table.write(html);
}

/// A row with a cell for each group.
fn row_of(
    groups: &[GroupCoverage],
    key: &str,
    name: &str,
    cell: &dyn Fn(&GroupCoverage) -> Cell,
) -> Row {
    let mut cells = vec![Cell::text(name)];
    cells.extend(groups.iter().map(cell));
    Row::Cells(key.to_owned(), cells)
}

/// Who they are, and who of them is covered.
fn rows_of_people(report: &Report<'_>, groups: &[GroupCoverage], words: &Words) -> Vec<Row> {
    let tests = report.coverage.tests();
    let deciding = tests.deciding();
    let mut rows = vec![
        row_of(groups, "profile", words.walker, &|group| {
            Cell::text(words.profile_name(&group.profile))
        }),
        row_of(groups, "population", words.people, &|group| {
            Cell::people(words, group.total)
        }),
    ];
    for (column, cutoff) in tests.cutoffs().enumerate() {
        let name = words.on_foot(&words.language.cutoff(cutoff));
        let key = format!("within_{}", cutoff.label());
        rows.push(row_of(groups, &key, &name, &|group| {
            Cell::share(words, group.within[column], group.total).deciding(cutoff == deciding)
        }));
    }
    rows.push(row_of(groups, "left_out", words.left_out, &|group| {
        let covered = group.by_status[Status::Covered as usize];
        Cell::people(words, group.total - covered)
    }));
    rows
}

/// How their walks are spread, and where they are left out.
fn rows_of_walks(report: &Report<'_>, groups: &[GroupCoverage], words: &Words) -> Vec<Row> {
    let unit = report.coverage.tests().deciding().unit();
    let mut rows = vec![
        row_of(groups, "median", words.median_walk(), &|group| {
            let median = group.walks().median().map(|cost| cost as f64);
            Cell::text(walk(median, unit, words))
        }),
        row_of(groups, "worst_tenth", words.worst_tenth(), &|group| {
            Cell::text(walk(group.walks().highest_mean(10), unit, words))
        }),
        row_of(groups, "gini", words.gini(), &|group| {
            Cell::text(index(group.walks().gini()))
        }),
        row_of(
            groups,
            "palma",
            words.either("Palma ratio of walks", "步行帕尔马比值"),
            &|group| Cell::text(index(group.walks().palma())),
        ),
    ];
    if groups.iter().any(|group| group.gaps.is_some()) {
        let name = words.either("Largest gap as they walk", "本人群最大盲区");
        rows.push(row_of(groups, "largest_gap", name, &|group| {
            let gap = group.gaps.as_ref().and_then(|gaps| gaps.list.first());
            gap.map_or_else(
                || Cell::text("–"),
                |gap| {
                    let people = words.language.people(gap.people);
                    Cell::name(&report.gap_name(gap, words), &words.count_people(&people))
                },
            )
        }));
    }
    rows
}

/// Places per thousand people: a row for each form of floating catchments.
fn supply(found: &SupplyReport, words: &Words, html: &mut Html) {
    let places = |value: Option<f64>| match value {
        Some(value) => Cell::number(format!("{value:.1}"), &value),
        None => Cell::text("–"),
    };
    let rows = found.methods.iter().map(|of_method| {
        let (name, all) = (of_method.method.name(), &of_method.all);
        let cells = vec![
            Cell::text(name.to_uppercase()),
            places(all.mean),
            places(all.median),
            Cell::share(words, all.none, all.known),
            Cell::text(index(all.gini)),
        ];
        Row::Cells(name.to_owned(), cells)
    });
    let table = Table {
        id: "supply",
        title: words.either("Places per thousand people", "每千人供给"),
        note: words
            .either(
                "What stations can take, shared among the people around them, within the cutoff that decides.",
                "在判定阈值内，将各站点的可服务人数分摊给周边居民。",
            )
            .to_owned(),
        heads: vec![
            head(words.either("Method", "方法")),
            number(words.either("Mean", "平均")),
            number(words.either("Median", "中位")),
            number(words.either("Have none", "无供给")),
            number(words.either("Gini index", "基尼系数")),
        ],
        is_sortable: false,
        rows: rows.collect(),
    };
    table.write(html);
}

/// The indicator table of each standard: the rows that decide.
fn indicators(study: &Provision, words: &Words, html: &mut Html) {
    let rows = study.clauses.indicators();
    let deciding: Vec<&Indicator<'_>> = rows.iter().filter(|row| row.decides()).collect();
    let by_standard = deciding.chunk_by(|one, other| one.standard.id == other.standard.id);
    for (number, rows) in (1..).zip(by_standard) {
        of_standard(&format!("indicators-{number}"), rows, words, html);
    }
}

fn of_standard(id: &str, indicators: &[&Indicator<'_>], words: &Words, html: &mut Html) {
    let Some(first) = indicators.first() else {
        return;
    };
    let language = words.language;
    let comma = words.either(", ", "、");
    let (mut rows, mut lacking) = (Vec::new(), Vec::new());
    let lacks_stations = |row: &Indicator<'_>| row.verdict == Verdict::NoData(Lack::Stations);
    for of_clause in indicators.chunk_by(|one, other| one.clause.number == other.clause.number) {
        let clause = of_clause[0].clause;
        if of_clause.iter().all(|row| lacks_stations(row)) {
            lacking.push(clause.short_title(language));
            continue;
        }
        rows.push(clause_heading(of_clause[0], language));
        for row in of_clause {
            rows.push(indicator_row(row, words));
        }
    }
    let mut denominators: Vec<String> = Vec::new();
    for row in indicators {
        let all = row.denominator.word(language);
        let counted = words.denominator(all, row.denominator, row.all);
        if !denominators.contains(&counted) {
            denominators.push(counted);
        }
    }
    let note = words.counted_in_all(&denominators.join(comma));
    let title = words.indicators_of(first.standard.name.get(language));
    let table = Table {
        id,
        title: &title,
        note,
        heads: vec![
            head(words.either("Counted", "统计口径")),
            head(words.either("Test", "判定")),
            number(words.share),
            number(words.either("Target", "目标值")),
            head(words.either("Verdict", "结论")),
        ],
        is_sortable: false,
        rows,
    };
    table.write(html);
    if !lacking.is_empty() {
        let count = words.language.whole(lacking.len() as u64);
        put!(
            html,
            "<details class=\"lacking\"><summary>{}</summary><p>{}</p></details>\n",
            words.clauses_without_stations(&count),
            text(lacking.join(comma))
        );
    }
}

/// A clause's number and meaning, with what to be careful about.
fn clause_heading(row: &Indicator<'_>, language: Language) -> Row {
    let (standard, clause) = (row.standard, row.clause);
    let caution = standard.caution(clause);
    let caution = caution.map_or_else(String::new, |caution| {
        format!(" <small>{}</small>", text(caution.in_language(language)))
    });
    let number = clause.number_in(language);
    let number = number.map_or_else(String::new, |number| format!("<b>{}</b> ", text(number)));
    let meaning = text(clause.meaning.get(language));
    Row::Heading(format!("{number}{meaning}{caution}"))
}

fn indicator_row(row: &Indicator<'_>, words: &Words) -> Row {
    let language = words.language;
    let unit = match row.by {
        By::Metres => words.either("m", "米"),
        By::Minutes => words.either("min", "分钟"),
    };
    let test = format!("{} {}\u{a0}{unit}", row.measure.word(language), row.limit);
    let percent = |number: String| language.with_percent(&number);
    let found = row.share().map(|share| share.percent().to_string());
    let shown = found.clone().map_or_else(|| "–".to_owned(), &percent);
    let target = row.clause.target.map(|target| percent(target.to_string()));
    Row::Cells(
        format!("{}/{}", row.clause.number, row.denominator.name()),
        vec![
            Cell::text(row.denominator.word(language)),
            Cell::text(test),
            Cell::number(shown, &found.unwrap_or_default()).deciding(true),
            Cell::text(target.unwrap_or_else(|| "–".to_owned())),
            Cell::text(row.verdict.word(language)),
        ],
    )
}

/// How coverage changes with the speed and with the cutoff: lines, and all their numbers.
fn sensitivity(report: &Report<'_>, found: &Sensitivity, words: &Words, html: &mut Html) {
    let title = words.either("Sensitivity", "敏感性分析");
    put!(
        html,
        "<section id=\"sensitivity\"><h2>{title}</h2><p>{}</p>\n",
        words.either(
            "People within, as the walking speed or the cutoff changes. The dashed line is what this study takes.",
            "步速或阈值变化时的人口覆盖率；虚线为本次取值。",
        )
    );
    speed_chart(report, found, words, html);
    for unit in [Unit::Milliseconds, Unit::Millimetres] {
        cutoff_chart(report, found, unit, words, html);
    }
    put!(html, "</section>\n");
    if !found.by_speed.is_empty() {
        speed_table(found, words, html);
    }
}

fn speed_chart(report: &Report<'_>, found: &Sensitivity, words: &Words, html: &mut Html) {
    let lines = found.minutes.iter().enumerate().map(|(column, cutoff)| {
        let points = found.by_speed.iter();
        let points = points.map(|at| {
            (
                at.metres_per_second,
                at.within[column].share_of(found.total),
            )
        });
        (words.language.cutoff(*cutoff), points.collect())
    });
    let speeds = found.by_speed.iter().map(|at| at.metres_per_second);
    let chart = Chart {
        title: words.either("By walking speed, in metres a second", "按步速（米/秒）"),
        ticks: speeds.map(|speed| (speed, format!("{speed:.1}"))).collect(),
        lines: lines.collect(),
        chosen: Some(report.profile.pace().level_kmh / 3.6),
    };
    chart.write(words, html);
}

fn cutoff_chart(
    report: &Report<'_>,
    found: &Sensitivity,
    unit: Unit,
    words: &Words,
    html: &mut Html,
) {
    let of_unit = found.by_cutoff.iter().filter(|at| at.cutoff.unit() == unit);
    let points = of_unit.map(|at| (at.cutoff.value(), at.within.share_of(found.total)));
    let points: Vec<(f64, f64)> = points.collect();
    let (title, every) = match unit {
        Unit::Milliseconds => (
            words.either("By cutoff, in minutes on foot", "按步行时间阈值（分钟）"),
            5,
        ),
        Unit::Millimetres => (
            words.either("By cutoff, in metres on foot", "按步行距离阈值（米）"),
            5,
        ),
    };
    let ticks = points.iter().skip(every - 1).step_by(every);
    let deciding = report.coverage.tests().deciding();
    let chart = Chart {
        title,
        ticks: ticks
            .map(|(value, _)| (*value, value.to_string()))
            .collect(),
        lines: vec![(String::new(), points.clone())],
        chosen: (deciding.unit() == unit).then(|| deciding.value()),
    };
    if !points.is_empty() {
        chart.write(words, html);
    }
}

fn speed_table(found: &Sensitivity, words: &Words, html: &mut Html) {
    let mut heads = vec![head(words.either("Speed, m/s", "步速（米/秒）"))];
    let cutoffs = found.minutes.iter();
    heads.extend(cutoffs.map(|cutoff| number(words.language.cutoff(*cutoff))));
    let rows = found.by_speed.iter().map(|at| {
        let speed = format!("{:.1}", at.metres_per_second);
        let mut cells = vec![Cell::number(&speed, &speed)];
        let within = at.within.iter();
        cells.extend(within.map(|within| Cell::share(words, *within, found.total)));
        Row::Cells(speed, cells)
    });
    let table = Table {
        id: "by-speed",
        title: words.either("Coverage by walking speed", "不同步速下的覆盖率"),
        note: String::new(),
        heads,
        is_sortable: false,
        rows: rows.collect(),
    };
    table.write(html);
}
