//! The tables: gaps, areas, stations, who is counted, findings, inputs.

use super::Page;
use super::circle;
use super::escape::{Name, text};
use super::gap::{gap_place, over};
use super::html::{Html, put};
use super::shown::GAPS_LISTED;
use super::words::Words;
use crate::coverage::{StationStatus, Status, Tally};
use crate::gaps::Gap;
use crate::id::StationId;
use crate::model::{Finding, Severity};
use crate::report::Report;
use crate::text::OptionNames;
use crate::units::{People, Unit};

/// Gaps that are shown at once; the rest opens at a click.
const GAPS_SHOWN: usize = 15;
/// Gaps that paper names on the sheet of the map.
const GAPS_BESIDE_MAP: usize = 8;
/// Stations and areas that paper shows.
pub(super) const ROWS_PRINTED: usize = 40;

/// The list of gaps, numbered as on the map.
pub(super) fn gaps(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    let list = &page.gaps.list;
    put!(
        html,
        "<section class=\"gaplist\" id=\"gaps\"><h2>{}</h2>\n",
        words.gaps
    );
    if list.is_empty() {
        put!(html, "<p>{}</p></section>\n", words.no_gaps);
        return;
    }
    let (listed, others) = list.split_at(list.len().min(GAPS_LISTED));
    let (shown, rest) = listed.split_at(listed.len().min(GAPS_SHOWN));
    let gap_table = match report.study() {
        Some(_) => circle::ledger,
        None => gap_table,
    };
    gap_table(report, page, shown, 1, html);
    let count = |gaps: &[Gap]| {
        let people: People = gaps.iter().map(|gap| gap.people).sum();
        let gaps = words.language.whole(gaps.len() as u64);
        (gaps, words.language.people(people))
    };
    if !rest.is_empty() {
        let (gaps, people) = count(rest);
        let summary = words.more_gaps(&gaps, &people);
        put!(html, "<details><summary>{summary}</summary>\n");
        gap_table(report, page, rest, GAPS_SHOWN + 1, html);
        put!(html, "</details>\n");
    }
    if !others.is_empty() {
        let (gaps, people) = count(others);
        put!(
            html,
            "<p class=\"rest-of\">{}</p>\n",
            words.other_gaps(&gaps, &people)
        );
    }
    put!(html, "</section>\n");
}

/// The columns of the list of gaps where nothing but coverage is asked.
const GAP_COLUMNS: usize = 5;

fn gap_table(report: &Report<'_>, page: &Page<'_>, gaps: &[Gap], first: usize, html: &mut Html) {
    let words = page.words();
    let too_far = match page.gaps.deciding.unit() {
        Unit::Milliseconds => words.too_far_min,
        Unit::Millimetres => words.too_far_m,
    };
    put!(
        html,
        "<table class=\"gaps\"><thead><tr><th scope=\"col\"><span class=\"hidden\">{}</span></th><th scope=\"col\">{}</th><th scope=\"col\" class=\"r\">{}</th><th scope=\"col\" class=\"r\">{too_far}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n",
        words.gap_number,
        words.place,
        words.people,
        words.why
    );
    for (number, gap) in (first..).zip(gaps) {
        put!(
            html,
            "<tr id=\"gap-{number}\" data-gap=\"{number}\" data-people=\"{}\"><td class=\"no\"><a href=\"#mark-{number}\">{number}</a></td><td>",
            gap.people
        );
        gap_place(report, gap, words, html);
        put!(
            html,
            "</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td>{}",
            words.language.people(gap.people),
            gap.median_extra
                .map_or_else(|| "–".to_owned(), |extra| over(extra, page)),
            circle::reason(report, gap, words)
        );
        gap_cures(report, gap, words, html);
        if let Some(station) = gap.nearest_station {
            put!(
                html,
                " <small>{} {}</small>",
                words.nearest,
                Name(report.station_name(station))
            );
        }
        let price = circle::price_row(report, gap, GAP_COLUMNS, words);
        put!(html, "</td></tr>\n{price}");
    }
    put!(html, "</tbody></table>\n");
}

/// What would help a gap, each measure with the people whom it would cover.
fn gap_cures(report: &Report<'_>, gap: &Gap, words: &Words, html: &mut Html) {
    if let Some(opening) = &gap.opening {
        let station = Name(report.station_name(opening.station)).to_string();
        let gain = words.language.people(opening.gain);
        put!(
            html,
            " <small>{}</small>",
            words.longer_opening(&station, &gain)
        );
    }
    if let Some(link) = gap.link_beside_gate() {
        let metres = words.language.metres(link.metres);
        let gain = words.language.people(link.gain);
        put!(html, " <small>{}</small>", words.link(&metres, &gain));
    }
    if let Some(gate) = &gap.gate {
        let compound = &report.compounds.list[gate.compound.index()].id;
        let gain = words.language.people(gate.gain);
        let way = gate.way.map(|way| words.language.metres(way.metres));
        put!(
            html,
            " <small>{}</small>",
            text(&words.gate(compound, &gain, way.as_deref()))
        );
    }
}

/// The largest gaps in few words, to stand beside the map on paper; screens have the whole table there.
pub(super) fn largest_gaps(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    if page.gaps.list.is_empty() {
        return;
    }
    put!(
        html,
        "<div class=\"paper\"><h2>{}</h2><table class=\"gaps\"><tbody>\n",
        words.gaps
    );
    for (number, gap) in (1..=GAPS_BESIDE_MAP).zip(&page.gaps.list) {
        put!(
            html,
            "<tr><td class=\"no\"><a href=\"#mark-{number}\">{number}</a></td><td>{}</td><td class=\"r\">{}</td></tr>\n",
            Name(&report.gap_name(gap, words)),
            words.count_people(&words.language.people(gap.people))
        );
    }
    put!(html, "</tbody></table></div>\n");
}

/// People by area, those with most left out first.
pub(super) fn areas(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let sums = report.areas.sums();
    if sums.is_empty() {
        return;
    }
    let words = page.words();
    let mut order: Vec<usize> = (0..sums.len()).collect();
    order.sort_by_key(|area| {
        (
            std::cmp::Reverse(sums[*area].people - sums[*area].covered),
            *area,
        )
    });
    put!(
        html,
        "<section id=\"areas\"><h2>{}</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"sortable\"><thead><tr>",
        words.areas,
        words.areas
    );
    heads(
        &[
            (words.area, false),
            (words.people, true),
            (words.covered, true),
            (words.left, true),
            (words.share, true),
        ],
        html,
    );
    put!(html, "</tr></thead><tbody>\n");
    for (position, area) in order.into_iter().enumerate() {
        area_row(report, area, position, words, html);
    }
    put!(html, "</tbody></table></div></section>\n");
}

/// One area; rows beyond the first are printed where they are asked for.
fn area_row(report: &Report<'_>, area: usize, position: usize, words: &Words, html: &mut Html) {
    let sum = report.areas.sums()[area];
    let left_out = sum.people - sum.covered;
    let (percent, meter) = if sum.people == People::ZERO {
        ("–".to_owned(), String::new())
    } else {
        let share = sum.covered.share_of(sum.people);
        (
            words.language.percent(sum.covered, sum.people),
            meter(share),
        )
    };
    let more = if position >= ROWS_PRINTED {
        " class=\"more\""
    } else {
        ""
    };
    put!(
        html,
        "<tr{more} data-area=\"{}\" data-people=\"{}\" data-covered=\"{}\"><td>{}</td>{}{}{}<td class=\"r\" data-v=\"{:.6}\">{percent}{meter}</td></tr>\n",
        text(&report.city.areas[area].id),
        sum.people,
        sum.covered,
        Name(&report.city.areas[area].name),
        people_cell(words, sum.people),
        people_cell(words, sum.covered),
        people_cell(words, left_out),
        sum.covered.share_of(sum.people)
    );
}

/// A share as a small bar.
fn meter(share: f64) -> String {
    format!(
        "<svg class=\"meter\" viewBox=\"0 0 40 6\" aria-hidden=\"true\"><rect class=\"all\" width=\"40\" height=\"6\"/><rect class=\"part\" width=\"{:.1}\" height=\"6\"/></svg>",
        share * 40.0
    )
}

pub(super) fn people_cell(words: &Words, people: People) -> String {
    format!(
        "<td class=\"r\" data-v=\"{people}\">{}</td>",
        words.language.people(people)
    )
}

/// The heads of a table that can be sorted, numbers to the right.
pub(super) fn heads(heads: &[(&str, bool)], html: &mut Html) {
    for (name, is_number) in heads {
        let class = if *is_number { " class=\"r\"" } else { "" };
        put!(html, "<th scope=\"col\"{class}>{name}</th>");
    }
}

/// The stations, those with most people within the deciding cutoff first.
pub(super) fn stations(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    let coverage = report.coverage;
    let deciding = report.deciding_column();
    let mut order: Vec<StationId> = report.snapped.stations().collect();
    order.sort_by_key(|station| {
        let sums = coverage.catchments_of(*station)[deciding];
        (std::cmp::Reverse(sums.people), *station)
    });
    put!(
        html,
        "<section id=\"stations\"><h2>{}</h2><p>{}</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table class=\"sortable\"><thead><tr>",
        words.stations,
        words.stations_note,
        words.stations
    );
    let cutoffs: Vec<String> = coverage
        .tests()
        .cutoffs()
        .map(|cutoff| words.language.cutoff(cutoff))
        .collect();
    let mut columns = vec![(words.station, false)];
    columns.extend(cutoffs.iter().map(|cutoff| (cutoff.as_str(), true)));
    columns.push((words.only_here, true));
    heads(&columns, html);
    put!(html, "</tr></thead><tbody>\n");
    for (position, station) in order.into_iter().enumerate() {
        let more = if position >= ROWS_PRINTED {
            " class=\"more\""
        } else {
            ""
        };
        put!(
            html,
            "<tr{more} data-station=\"{}\"><td>{}",
            station.index() + 1,
            Name(report.station_name(station))
        );
        let problem = match coverage.stations()[station.index()].status {
            StationStatus::Ok => None,
            StationStatus::OffNetwork => Some(words.off_network),
            StationStatus::Invalid => Some(words.invalid_place),
            StationStatus::Closed => Some(words.closed_then),
        };
        if let Some(problem) = problem {
            put!(html, " <small class=\"bad\">{problem}</small>");
        }
        put!(html, "</td>");
        for sums in coverage.catchments_of(station) {
            put!(html, "{}", people_cell(words, sums.people));
        }
        let exclusive = coverage.catchments_of(station)[deciding].exclusive;
        put!(html, "{}</tr>\n", people_cell(words, exclusive));
    }
    put!(html, "</tbody></table></div></section>\n");
}

/// How every record ended: the rows add up to all that was read.
pub(super) fn counted(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    let coverage = report.coverage;
    put!(
        html,
        "<section id=\"counted\"><h2>{}</h2><p>{}</p>\n<table><thead><tr>",
        words.counted,
        words.counted_note
    );
    heads(
        &[
            (words.status, false),
            (words.records, true),
            (words.people, true),
            (words.share, true),
        ],
        html,
    );
    put!(html, "</tr></thead><tbody>\n");
    let mut row = |class: &str, name: &str, tally: Tally| {
        put!(
            html,
            "<tr data-status=\"{class}\"><td>{name}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td></tr>\n",
            words.language.whole(tally.records),
            words.language.people(tally.people),
            words
                .language
                .percent(tally.people, coverage.total().people)
        );
    };
    for status in Status::ALL {
        row(
            status.name(),
            words.status(status),
            coverage.with_status(status),
        );
    }
    row("total", words.total, coverage.total());
    put!(html, "</tbody></table></section>\n");
}

/// What was found about the data, worst first: what it does, and what helps.
pub(super) fn findings(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    put!(
        html,
        "<section id=\"findings\"><h2>{}</h2>\n",
        words.findings
    );
    let list = report.findings.worst_first();
    if list.is_empty() {
        put!(html, "<p>{}</p></section>\n", words.no_findings);
        return;
    }
    put!(html, "<ol class=\"findings\">\n");
    for finding in list {
        one_finding(finding, words, report.options, html);
    }
    put!(html, "</ol></section>\n");
}

fn one_finding(finding: &Finding, words: &Words, options: OptionNames, html: &mut Html) {
    let code = finding.code;
    let language = words.language;
    let (title, effect, cure) = (
        finding.title(language),
        options.spell(code.effect(language)),
        options.spell(code.cure(language)),
    );
    let example = options.spell(finding.example.get(language));
    let class = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "tip",
    };
    put!(
        html,
        "<li class=\"{class}\" data-finding=\"{}\" data-count=\"{}\"><p><b class=\"sev\">{}</b> <b>{}</b> {}</p><dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd class=\"data\">{}</dd></dl></li>\n",
        code.name(),
        finding.count,
        words.severity(code.severity()),
        words.language.whole(finding.count),
        text(&title),
        words.effect,
        text(&effect),
        words.cure,
        text(&cure),
        words.example,
        Name(&example)
    );
}

/// The files that the numbers come from.
pub(super) fn inputs(page: &Page<'_>, html: &mut Html) {
    let words = page.words();
    put!(
        html,
        "<section id=\"inputs\"><h2>{}</h2><p>{}</p>\n<ul class=\"files\">\n",
        words.inputs,
        words.inputs_note
    );
    for file in page.inputs {
        put!(
            html,
            "<li><b>{}</b> <small>{} · {} {}</small><code>{}</code></li>\n",
            Name(&file.file),
            text(words.input_layer(&file.layer)),
            words.language.whole(file.bytes as u64),
            words.bytes,
            text(&file.sha256)
        );
    }
    put!(html, "</ul></section>\n");
}
