//! What the page says of a choice: its headline, its figures, its curve, and where it leaves people out. The style sheet
//! shows that of the choice that is made.

use super::super::curve::{Curve, Walks};
use super::super::escape::Name;
use super::super::html::{Html, put};
use super::super::words::Words;
use super::facts::walk;
use super::table::{Cell, Row, Table, head, number};
use super::views::{View, What};
use crate::coverage::Status;
use crate::planning::provision::{GroupCoverage, TierCoverage, Tiers};
use crate::report::Report;
use crate::units::People;

/// Rows of a choice's list.
const LISTED: usize = 20;

/// The head of the page for every choice.
pub(in super::super) fn scenes(
    report: &Report<'_>,
    words: &Words,
    views: &[View<'_>],
    html: &mut Html,
) {
    for view in views {
        put!(html, "<div class=\"scene s{}\">\n", view.number);
        match view.what {
            What::Tier(found) => tier(found, report.coverage.total().people, words, html),
            What::Group(found) => group(report, found, words, html),
        }
        put!(html, "</div>\n");
    }
}

/// Where a choice leaves people out, for every choice.
pub(in super::super) fn lists(
    report: &Report<'_>,
    words: &Words,
    views: &[View<'_>],
    html: &mut Html,
) {
    let Some(study) = report.study() else {
        return;
    };
    for view in views {
        put!(html, "<div class=\"scene s{}\">\n", view.number);
        match view.what {
            What::Tier(found) => units(&study.tiers, found, view.number, words, html),
            What::Group(found) => gaps(report, found, view.number, words, html),
        }
        put!(html, "</div>\n");
    }
}

/// A figure: its class, its number, what it is, and what it is of.
fn figure(class: &str, [number, what, more]: [&str; 3], html: &mut Html) {
    put!(
        html,
        "<div class=\"{class}\"><dd>{number}</dd><dt>{what}<small>{more}</small></dt></div>\n"
    );
}

fn tier(found: &TierCoverage, total: People, words: &Words, html: &mut Html) {
    let language = words.language;
    let tier = &found.tier;
    let Some(deciding) = tier.deciding() else {
        return;
    };
    let name = Name(tier.name.get(language)).to_string();
    let covered = words.share(found.within, total);
    let headline = words.tier_headline(&covered, &name, deciding);
    put!(html, "<h1>{headline}");
    let straight = tier.metres.zip(found.within_straight);
    let straight = straight.map(|(metres, people)| (metres.value(), words.share(people, total)));
    if let Some((radius_m, claimed)) = &straight {
        put!(html, "<span>{}</span>", words.claim(*radius_m, claimed));
    }
    put!(html, "</h1>\n<dl class=\"figures\">\n");
    let of_people = words.of_people(&language.people(total));
    figure(
        "good",
        [&covered, &words.figure_walked(deciding), &of_people],
        html,
    );
    if let Some((radius_m, claimed)) = &straight {
        let people = found.within_straight.unwrap_or(People::ZERO);
        let people = words.count_people(&language.people(people));
        figure(
            "plain",
            [claimed, &words.figure_straight(*radius_m), &people],
            html,
        );
    }
    let left_out = total - found.within;
    let part = words.share(left_out, total);
    figure(
        "bad",
        [&language.people(left_out), words.left_out, &part],
        html,
    );
    let stations = language.whole(tier.stations.len() as u64);
    figure("plain", [&stations, words.stations, &name], html);
    put!(html, "</dl>\n");
    if found.by_walk.is_empty() {
        return;
    }
    let end = 2 * u64::from(deciding.cost());
    let within = move |cost: u64| {
        let step = (cost * TierCoverage::CURVE_STEPS + end / 2) / end.max(1);
        let step = (step as usize).min(found.by_walk.len() - 1);
        found.by_walk[step]
    };
    let curve = Curve {
        deciding,
        cutoffs: vec![deciding],
        total,
        within: Box::new(within),
    };
    curve.write(words, html);
}

fn group(report: &Report<'_>, found: &GroupCoverage, words: &Words, html: &mut Html) {
    let language = words.language;
    let tests = report.coverage.tests();
    let deciding = tests.deciding();
    let name = Name(&found.name).to_string();
    let covered = found.by_status[Status::Covered as usize];
    let part = words.share(covered, found.total);
    let headline = words.group_headline(&part, &name, deciding);
    put!(html, "<h1>{headline}</h1>\n<dl class=\"figures\">\n");
    let of_people = words.of_people(&language.people(found.total));
    figure(
        "good",
        [&part, &words.figure_walked(deciding), &of_people],
        html,
    );
    let left_out = found.total - covered;
    let out = words.share(left_out, found.total);
    figure(
        "bad",
        [&language.people(left_out), words.left_out, &out],
        html,
    );
    let walks = found.walks();
    let unit = deciding.unit();
    let median = walk(walks.median().map(|cost| cost as f64), unit, words);
    figure("plain", [&median, words.median_walk(), &name], html);
    let worst = walk(walks.highest_mean(10), unit, words);
    figure("plain", [&worst, words.worst_tenth(), &name], html);
    put!(html, "</dl>\n");
    let each = found.nearest.iter().zip(&found.people);
    let walks = each.filter_map(|(nearest, people)| Some((nearest.as_ref()?.cost, *people)));
    let walks = Walks::new(walks);
    let curve = Curve {
        deciding,
        cutoffs: tests.cutoffs().collect(),
        total: found.total,
        within: Box::new(move |cost| walks.within(cost)),
    };
    curve.write(words, html);
}

/// The communities, or subdistricts, of which a tier leaves most people out.
fn units(tiers: &Tiers, found: &TierCoverage, view: usize, words: &Words, html: &mut Html) {
    // The last level is the finest.
    let Some((level, sums)) = tiers.levels.iter().zip(&found.rolled_up).next_back() else {
        return;
    };
    let mut order: Vec<usize> = (0..level.units.len()).collect();
    let left_out = |unit: usize| sums[unit].0 - sums[unit].1;
    order.retain(|unit| left_out(*unit) > People::ZERO);
    order.sort_by_key(|unit| (std::cmp::Reverse(left_out(*unit)), *unit));
    let rows = order.iter().take(LISTED).map(|unit| {
        let (all, within) = sums[*unit];
        Row::Cells(
            level.units[*unit].clone(),
            vec![
                Cell::name(&level.units[*unit], ""),
                Cell::people(words, all),
                Cell::people(words, left_out(*unit)).deciding(true),
                Cell::share(words, within, all),
            ],
        )
    });
    let name = found.tier.name.get(words.language);
    let more = order.len().saturating_sub(LISTED);
    let note = if more > 0 {
        let more = words.language.whole(more as u64);
        words.more_in_file(&more, "tiers_by_area.csv")
    } else if order.is_empty() {
        words.no_gaps.to_owned()
    } else {
        String::new()
    };
    let what = match level.key.as_str() {
        "street" => words.either("Subdistrict", "街道"),
        _ => words.either("Community", "社区"),
    };
    let table = Table {
        id: &format!("left-out-{view}"),
        title: &words.left_out_by(name),
        note,
        heads: vec![
            head(what),
            number(words.people),
            number(words.left),
            number(words.share),
        ],
        is_sortable: false,
        rows: rows.collect(),
    };
    table.write(html);
}

/// Where a group is left out, as its people walk.
fn gaps(report: &Report<'_>, found: &GroupCoverage, view: usize, words: &Words, html: &mut Html) {
    let Some(gaps) = &found.gaps else {
        return;
    };
    let rows = gaps.list.iter().take(LISTED).map(|gap| {
        Row::Cells(
            gap.people.to_string(),
            vec![
                Cell::name(&report.gap_name(gap, words), ""),
                Cell::people(words, gap.people).deciding(true),
                Cell::text(words.reason(gap.reason)),
            ],
        )
    });
    let more = gaps.list.len().saturating_sub(LISTED);
    let note = if more > 0 {
        words.more_in_file(&words.language.whole(more as u64), "gaps_by_group.csv")
    } else if gaps.list.is_empty() {
        words.no_gaps.to_owned()
    } else {
        String::new()
    };
    let table = Table {
        id: &format!("left-out-{view}"),
        title: &words.left_out_by(&found.name),
        note,
        heads: vec![head(words.place), number(words.people), head(words.why)],
        is_sortable: false,
        rows: rows.collect(),
    };
    table.write(html);
}
