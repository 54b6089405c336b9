//! The choice of sites on the page: what proves it, the sites in order, and what each of them brings as a curve.

use super::words::Words;
use crate::report::page::escape::{Name, text};
use crate::report::page::html::{Html, put};
use crate::report::{SiteRow, SitingReport};
use crate::siting::Money;
use crate::units::People;

/// The curve's field, and where it begins: room is left for the numbers beside it.
const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 120.0;
const LEFT: f64 = 40.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = TOP + HEIGHT;
/// Sites in the table; the others are in `sites.csv`.
const LISTED: usize = 60;

/// Writes the section.
pub(super) fn write(plan: SitingReport<'_>, words: &Words, html: &mut Html) {
    let rows: Vec<SiteRow<'_>> = plan.rows().collect();
    put!(html, "<section><h2>{}</h2>\n", words.plan);
    put!(html, "<p>{}</p>\n", text(words.certificate(plan.siting)));
    table(plan, &rows, words, html);
    if plan.siting.goal.has_cutoff() {
        let by_sites = rows.iter().map(|row| row.order as f64).collect();
        curve(plan, &rows, by_sites, words.by_sites, words, html);
        if plan.siting.cost > Money::ZERO {
            let by_money = rows.iter().map(|row| row.total_cost.as_f64()).collect();
            curve(plan, &rows, by_money, words.by_money, words, html);
        }
    }
    put!(html, "</section>\n");
}

fn table(plan: SitingReport<'_>, rows: &[SiteRow<'_>], words: &Words, html: &mut Html) {
    let has_years = rows.iter().any(|row| row.year.is_some());
    let has_costs = plan.siting.cost > Money::ZERO;
    put!(html, "<table class=\"plan\"><thead><tr>");
    for (head, class, is_there) in [
        ("", "r", true),
        (words.site, "", true),
        (words.year, "", has_years),
        (words.cost, "r", has_costs),
        (words.people_more, "r", true),
        (words.share, "r", true),
    ] {
        if is_there {
            put!(html, "<th scope=\"col\" class=\"{class}\">{head}</th>");
        }
    }
    put!(html, "</tr></thead><tbody>\n");
    for row in rows.iter().take(LISTED) {
        let record = row.record;
        let name = record.name.as_deref().unwrap_or(&record.id);
        let mode = record.mode.as_deref().unwrap_or("");
        let order = row.order;
        put!(
            html,
            "<tr><td class=\"r\">{order}</td><td>{} <small>{}</small></td>",
            Name(name),
            Name(mode)
        );
        if has_years {
            put!(html, "<td>{}</td>", Name(row.year.as_deref().unwrap_or("")));
        }
        if has_costs {
            put!(
                html,
                "<td class=\"r\">{}</td>",
                words.language.money(row.cost)
            );
        }
        put!(
            html,
            "<td class=\"r\">{}</td><td class=\"r\">{}</td></tr>\n",
            words.language.people(row.people),
            words.language.percent(row.total_people, plan.siting.people)
        );
    }
    put!(html, "</tbody></table>\n");
    if rows.len() > LISTED {
        put!(html, "<p><small>sites.csv: {}</small></p>\n", rows.len());
    }
}

/// People covered by what stands, then by one, two, three sites, or for so much money.
fn curve(
    plan: SitingReport<'_>,
    rows: &[SiteRow<'_>],
    along: Vec<f64>,
    title: &str,
    words: &Words,
    html: &mut Html,
) {
    let end = along.last().copied().unwrap_or(0.0);
    if end <= 0.0 {
        return;
    }
    let whole = plan.siting.people;
    let place = |along: f64, people: People| {
        let x = LEFT + WIDTH * along / end;
        let y = BOTTOM - HEIGHT * people.share_of(whole);
        format!("{x:.1} {y:.1}")
    };
    let people = rows.iter().map(|row| row.total_people);
    let points = along.into_iter().zip(people);
    let points = [(0.0, plan.siting.standing)].into_iter().chain(points);
    let points: Vec<String> = points.map(|(along, people)| place(along, people)).collect();
    put!(
        html,
        "<figure class=\"curve\"><figcaption><p>{title}</p></figcaption>\n<svg viewBox=\"0 0 500 160\" role=\"img\" aria-label=\"{title}\">\n"
    );
    for (share, y) in [("100", TOP), ("50", TOP + HEIGHT / 2.0), ("0", BOTTOM)] {
        put!(
            html,
            "<path class=\"grid\" d=\"M{LEFT} {y}h{WIDTH}\"/><text class=\"end\" x=\"{}\" y=\"{}\">{share} %</text>\n",
            LEFT - 6.0,
            y + 4.0
        );
    }
    put!(html, "<path class=\"line\" d=\"M{}\"/>\n", points.join("L"));
    for point in points.iter().filter(|_| points.len() <= LISTED) {
        let [x, y] = [0, 1].map(|part| point.split(' ').nth(part).unwrap_or("0"));
        put!(
            html,
            "<g class=\"mark\"><circle cx=\"{x}\" cy=\"{y}\" r=\"3\"/></g>\n"
        );
    }
    let end = Money::from_thousandths((end * 1000.0).round() as u64);
    put!(
        html,
        "<text x=\"{LEFT}\" y=\"{y}\">0</text><text class=\"end\" x=\"{x}\" y=\"{y}\">{}</text>\n</svg></figure>\n",
        text(words.language.money(end)),
        x = LEFT + WIDTH,
        y = BOTTOM + 15.0
    );
}
