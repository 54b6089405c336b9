//! The week on the page: 168 squares, the darker the more people are covered.

use super::Page;
use super::html::{Html, put};
use super::words::Words;
use crate::coverage::WeekCoverage;
use crate::report::Report;
use crate::text::language::Language;
use crate::units::People;

/// The look of the week, which pages with one have.
pub(super) const STYLE: &str = ".week svg{width:100%;height:auto;display:block}.week text{font-size:9px;fill:var(--soft)}\
.week .end{text-anchor:end}.week .middle{text-anchor:middle}.week .none{fill:var(--line)}.week .hour{fill:var(--c0)}\n";

/// Width and height of an hour, and the space between two.
const HOUR: [u16; 3] = [15, 16, 1];
/// Where the hours begin: behind the names of the days, below those of the hours.
const CORNER: [u16; 2] = [30, 14];

/// Days in a column of a page.
const DAYS: [[&str; 7]; 2] = [
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
];

/// Writes the section; nothing where the week was not asked for.
pub(super) fn write(report: &Report<'_>, page: &Page<'_>, html: &mut Html) {
    let Some(week) = report.hours.and_then(|hours| hours.week.as_ref()) else {
        return;
    };
    let words = page.words();
    let language = words.language;
    let sums = week.week();
    let share = language.percent(sums.people_minutes, sums.all_people_minutes);
    let note = match language {
        Language::En => format!(
            "{share} of all people-hours of the week are covered. The darker an hour, the more people are within the cutoff of a ⟦station⟧ that is open."
        ),
        Language::Zh => {
            format!("全周人时覆盖率 {share}。颜色越深，该小时内处于开放⟦站点⟧阈值内的人口越多。")
        }
    };
    let sure = if sums.sure_people_minutes == sums.people_minutes {
        String::new()
    } else {
        let sure = language.percent(sums.sure_people_minutes, sums.all_people_minutes);
        match language {
            Language::En => format!(
                " For certain it is {sure}: the rest is of ⟦stations⟧ whose hours are not known."
            ),
            Language::Zh => format!("其中确定开放的为 {sure}，其余为开放时间不详的⟦站点⟧。"),
        }
    };
    put!(
        html,
        "<section id=\"hours\" class=\"week\"><h2>{}</h2><p>{note}{sure}</p>\n",
        words.week
    );
    strip(week, words, html);
    put!(html, "</section>\n");
}

fn strip(week: &WeekCoverage, words: &Words, html: &mut Html) {
    let [across, down, space] = HOUR;
    let [left, top] = CORNER;
    let (width, height) = (left + 24 * across, top + 7 * down);
    put!(
        html,
        "<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">\n",
        words.week
    );
    for hour in (0..24).step_by(6) {
        let x = left + hour * across;
        put!(html, "<text x=\"{x}\" y=\"9\">{hour}:00</text>");
    }
    let [english, chinese] = DAYS;
    let names = match words.language {
        Language::En => english,
        Language::Zh => chinese,
    };
    for (day, name) in (0..7).zip(names) {
        let y = top + day * down;
        let (x, base) = (left - 4, y + down - 5);
        put!(
            html,
            "<text class=\"end\" x=\"{x}\" y=\"{base}\">{name}</text>\n"
        );
        for hour in 0..24 {
            let sums = week.hour(day * 24 + hour);
            let (people, total) = (sums.people(), week.total());
            let covered = words.language.people(people);
            let percent = words
                .language
                .percent(sums.people_minutes, sums.all_people_minutes);
            // In twentieths, so that few bytes say it; whoever wants the number finds it in the table.
            let shade = (people.share_of(total) * 20.0).ceil() / 20.0;
            let x = left + hour * across;
            let (wide, high) = (across - space, down - space);
            let class = if sums.people_minutes == People::ZERO {
                "none"
            } else {
                "hour"
            };
            let opacity = if sums.people_minutes == People::ZERO {
                String::new()
            } else {
                format!(" fill-opacity=\"{shade}\"")
            };
            put!(
                html,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\"{opacity}><title>{name} {hour}:00: {covered} ({percent})</title></rect>"
            );
        }
        put!(html, "\n");
    }
    put!(html, "</svg>\n");
}
