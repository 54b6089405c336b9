//! The problem list (问题台账): each gap with its people, cause, cure and gain.

use super::super::Page;
use super::super::escape::Name;
use super::super::html::{Html, put};
use super::super::tables::{gap_place, over};
use super::super::words::Words;
use super::walks::walk_words;
use crate::gaps::{Gap, GapReason, GapWalk};
use crate::report::Report;
use crate::units::Unit;

/// The rows of these gaps, the first of which has the number `first`.
pub(in super::super) fn table(
    report: &Report<'_>,
    page: &Page<'_>,
    gaps: &[Gap],
    first: usize,
    html: &mut Html,
) {
    let words = page.words();
    put!(
        html,
        "<table class=\"gaps ledger\"><thead><tr><th scope=\"col\"><span class=\"hidden\">{}</span></th><th scope=\"col\">{}</th><th scope=\"col\" class=\"r\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"r\">{}</th></tr></thead><tbody>\n",
        words.gap_number,
        words.place,
        words.people,
        words.why,
        words.either("Cure", "措施"),
        words.either("Gain", "可新增覆盖")
    );
    for (number, gap) in (first..).zip(gaps) {
        let walk = page.walks.get(number - 1).and_then(Option::as_ref);
        row(report, page, (number, gap, walk), html);
    }
    put!(html, "</tbody></table>\n");
}

fn row(
    report: &Report<'_>,
    page: &Page<'_>,
    (number, gap, walk): (usize, &Gap, Option<&GapWalk>),
    html: &mut Html,
) {
    let words = page.words();
    put!(
        html,
        "<tr id=\"gap-{number}\" data-gap=\"{number}\" data-people=\"{}\"",
        gap.people
    );
    if let Some(walk) = walk {
        put!(html, " data-walk=\"{}\"", walk.cost);
    }
    put!(
        html,
        "><td class=\"no\"><a href=\"#mark-{number}\">{number}</a></td><td>"
    );
    gap_place(report, gap, words, html);
    put!(
        html,
        "</td><td class=\"r\">{}",
        words.language.people(gap.people)
    );
    if let Some(extra) = gap.median_extra {
        let unit = match page.gaps.deciding.unit() {
            Unit::Milliseconds => words.either("min", "分钟"),
            Unit::Millimetres => words.either("m", "米"),
        };
        put!(html, " <small>+{}\u{a0}{unit}</small>", over(extra, page));
    }
    put!(html, "</td><td>{}", words.reason(gap.reason));
    if let Some(walk) = walk {
        let station = Name(report.station_name(walk.station)).to_string();
        let cost = walk_words(walk, page);
        put!(html, " <small>{}</small>", words.walk_to(&cost, &station));
    } else if let Some(station) = gap.nearest_station {
        put!(
            html,
            " <small>{} {}</small>",
            words.nearest,
            Name(report.station_name(station))
        );
    }
    let (cure, gain, known) = cure(report, gap, words);
    put!(
        html,
        "</td><td>{cure}</td><td class=\"r\"{known}>{gain}</td></tr>\n"
    );
}

/// What would help, how many people it would cover, and that number as an attribute where it is counted. Of a link and a gate
/// the one that covers more.
fn cure(report: &Report<'_>, gap: &Gap, words: &Words) -> (String, String, String) {
    let link = gap.link.as_ref().map(|link| {
        let metres = words.language.metres(link.metres);
        (words.open_link(&metres), link.gain)
    });
    let gate = gap.gate.as_ref().map(|gate| {
        let compound = &report.compounds.list[gate.compound.index()].id;
        (words.open_gate(&Name(compound).to_string()), gate.gain)
    });
    let both = [link, gate].into_iter().flatten();
    if let Some((cure, gain)) = both.rev().max_by_key(|(_, gain)| *gain) {
        return (
            cure,
            words.language.people(gain),
            format!(" data-v=\"{gain}\" data-gain=\"{gain}\""),
        );
    }
    let unknown = |cure: &str| (cure.to_owned(), "–".to_owned(), String::new());
    match gap.reason {
        // A gap is no wider than a station in its middle could serve.
        GapReason::TooFar => (
            words.either("a station here", "就近增设站点").to_owned(),
            words.at_most(&words.language.people(gap.people)),
            String::new(),
        ),
        GapReason::LinkMissing => unknown(words.either("a link", "打通通道")),
        GapReason::NoPath | GapReason::Island => unknown(words.either(
            "join its streets to the network, or correct the map",
            "接通路网，或核查路网数据",
        )),
        GapReason::ClosedPocket => unknown(words.either("a gate", "增设出入口")),
        GapReason::OffNetwork => unknown(words.either(
            "a street, or a correction of the map",
            "补充道路，或核查路网数据",
        )),
    }
}
