//! The problem list (问题台账): each gap with its people, cause, cure and gain.

use super::super::Page;
use super::super::escape::Name;
use super::super::gap::{gap_place, over};
use super::super::html::{Html, put};
use super::super::words::Words;
use super::walks::walk_words;
use crate::gaps::{CureKind, Gap, GapReason, GapWalk};
use crate::report::Report;
use crate::report::siting::per_cost;
use crate::units::{People, Unit};

/// The columns of the list.
const COLUMNS: usize = 6;

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
        row(report, page, number, gap, walk, html);
    }
    put!(html, "</tbody></table>\n");
}

fn row(
    report: &Report<'_>,
    page: &Page<'_>,
    number: usize,
    gap: &Gap,
    walk: Option<&GapWalk>,
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
    put!(html, "</td><td>{}", reason(report, gap, words));
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
    let (cure, gain, known) = cures(report, gap, words);
    let price = price_row(report, gap, COLUMNS, words);
    put!(
        html,
        "</td><td>{cure}</td><td class=\"r\"{known}>{gain}</td></tr>\n{price}"
    );
}

/// The cure that covers most people for its cost, in a row of its own below that of the gap; nothing where no price is known. The
/// table has so many columns.
pub(in super::super) fn price_row(
    report: &Report<'_>,
    gap: &Gap,
    columns: usize,
    words: &Words,
) -> String {
    let parts = price_parts(report, gap, words);
    if parts.is_empty() {
        return String::new();
    }
    let best = words.either("Best for its cost: ", "性价比最高：");
    let (others, list) = (columns - 1, parts.join(" · "));
    format!(
        "<tr class=\"price\"><td></td><td colspan=\"{others}\"><small>{best}{list}</small></td></tr>\n"
    )
}

/// What that cure is, how it is had, what it costs, for how many people, who sees to it and by when.
fn price_parts(report: &Report<'_>, gap: &Gap, words: &Words) -> Vec<String> {
    let best = report.cure_prices.best(gap);
    let Some((best, price)) = best.and_then(|best| Some((best, best.price?))) else {
        return Vec::new();
    };
    let kind = match best.cure.kind {
        CureKind::Opening => words.either("longer opening", "延长开放"),
        CureKind::Gate => words.either("gate", "出入口"),
        CureKind::Link => words.either("link", "通道"),
        CureKind::Station => words.either("station", "站点"),
    };
    let cost = best.cost.unwrap_or_default();
    let own = |cell: &Option<String>| cell.as_deref().map(|text| Name(text).to_string());
    let (costs, for_it) = (
        words.either("costs", "费用"),
        per_cost(best.cure.gain, cost),
    );
    let for_it = (!for_it.is_empty()).then(|| {
        let each = words.either("people per unit of cost", "人/单位费用");
        format!("{for_it} {each}")
    });
    let parts = [
        Some(kind.to_owned()),
        own(&price.mode),
        Some(format!("{costs} {cost}")),
        for_it,
        own(&price.responsible),
        own(&price.deadline),
    ];
    parts.into_iter().flatten().collect()
}

/// Why people are left out, as markup: a wall by whose it is.
pub(in super::super) fn reason(report: &Report<'_>, gap: &Gap, words: &Words) -> String {
    match &gap.gate {
        Some(gate) if gap.reason == GapReason::Wall => {
            let compound = &report.compounds.list[gate.compound.index()].id;
            words.behind_wall(&Name(compound).to_string())
        }
        _ => words.reason(gap.reason),
    }
}

/// What would help, each cure whole and with the people whom it would cover, one below the other; and the most of these
/// numbers as an attribute. Where none is counted, what there is to do.
fn cures(report: &Report<'_>, gap: &Gap, words: &Words) -> (String, String, String) {
    let opening = gap.opening.map(|opening| {
        let station = Name(report.station_name(opening.station)).to_string();
        (words.open_longer(&station), opening.gain)
    });
    let link = gap.link_beside_gate().map(|link| {
        let metres = words.language.metres(link.metres);
        (words.open_link(&metres), link.gain)
    });
    let gate = gap.gate.as_ref().map(|gate| {
        let compound = &report.compounds.list[gate.compound.index()].id;
        let way = gate.way.map(|way| words.language.metres(way.metres));
        let compound = Name(compound).to_string();
        (words.open_gate(&compound, way.as_deref()), gate.gain)
    });
    let station = gap.station.map(|station| {
        let here = words.either("a station here", "就近增设站点");
        (here.to_owned(), station.gain)
    });
    let mut counted: Vec<(String, People)> = [opening, gate, link, station]
        .into_iter()
        .flatten()
        .collect();
    counted.sort_by_key(|(_, gain)| std::cmp::Reverse(*gain));
    if let Some((_, most)) = counted.first() {
        let known = format!(" data-v=\"{most}\" data-gain=\"{most}\"");
        let gains = counted.iter().map(|(_, gain)| words.language.people(*gain));
        let gains = gains.collect::<Vec<_>>().join("<br>");
        let cures = counted.iter().map(|(cure, _)| cure.as_str());
        return (cures.collect::<Vec<_>>().join("<br>"), gains, known);
    }
    let unknown = |cure: &str| (cure.to_owned(), "–".to_owned(), String::new());
    match gap.reason {
        GapReason::TooFar => unknown(words.either("a ⟦station⟧ here", "就近增设⟦站点⟧")),
        GapReason::LinkMissing => unknown(words.either("a link", "打通通道")),
        GapReason::NoPath | GapReason::Island => unknown(words.either(
            "join its streets to the network, or correct the map",
            "接通路网，或核查路网数据",
        )),
        GapReason::ClosedPocket | GapReason::Wall => unknown(words.either("a gate", "增设出入口")),
        GapReason::Stairs | GapReason::StairsAtHome => unknown(words.either(
            "a lift that stops level with the flats",
            "加装平层入户的电梯",
        )),
        GapReason::StationsClosed => unknown(words.either("longer opening", "延长开放时间")),
        GapReason::OffNetwork => unknown(words.either(
            "a street, or a correction of the map",
            "补充道路，或核查路网数据",
        )),
    }
}
