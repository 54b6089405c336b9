//! `index.html`: what if? The city as it is and each scenario on one map, with a switch between them, the numbers of all in one
//! table, and what each edit hit.

mod plan;
mod words;

use std::io;

use self::words::Words;
use super::document::Head;
use super::escape::{Name, text};
use super::figures::open_lead;
use super::html::{Html, put};
use super::map::{Edited, LeftOuts, Map, Scene, scenes_svg};
use super::{Page, map_box};
use crate::planning::shares::people_hours;
use crate::report::Report;
use crate::report::scenario::{OneScenario, ScenarioReport};
use crate::scenario::{Applied, Change, ChangeSums, Outcome};
use crate::text::language::Language;
use crate::units::People;

/// The look of what this page has beside the others.
const STYLE: &str = include_str!("style.css");
/// Scenarios that are drawn; those behind are in the tables.
const MOST: usize = 12;

/// A city as it is drawn: the one as it is, or a scenario's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScenePage<'a> {
    pub(crate) report: &'a Report<'a>,
    pub(crate) page: &'a Page<'a>,
}

/// Writes the page. The first of the scenes is the city as it is, the others the scenarios in their order.
pub(in crate::report) fn write(
    scenes: &[ScenePage<'_>],
    scenarios: &ScenarioReport<'_>,
    writer: impl io::Write,
) -> io::Result<()> {
    let Some(base) = scenes.first() else {
        return Ok(());
    };
    let scenes = &scenes[..scenes.len().min(MOST + 1)];
    let drawn: Vec<Scene<'_>> = drawn(scenes, scenarios);
    let words = Words::of(base.page.language);
    let style = format!("{STYLE}{}", rules(scenes.len()));
    let head = Head {
        page: base.page,
        map: &drawn[0].map,
        kicker: kicker(scenarios, words),
        style: &style,
    };
    let begin = |html: &mut Html| {
        lead(base, scenarios, words, html);
        map(base, &drawn, scenarios, words, html);
        put!(html, "<div class=\"rest\">\n");
        if let Some(plan) = scenarios.plan {
            plan::write(plan, words, html);
        }
        edits(scenarios, words, base.page.language, html);
        let areas = scenarios.areas.iter().map(|area| area[1]);
        let areas: Vec<&str> = areas.collect();
        parts(
            words.by_area,
            &areas,
            scenarios,
            |one| &one.by_area,
            words,
            html,
        );
        let groups = &scenarios.groups;
        parts(
            words.by_group,
            groups,
            scenarios,
            |one| &one.by_group,
            words,
            html,
        );
    };
    head.write_page(base.report.noun, begin, writer)
}

/// What the page is about.
fn kicker(scenarios: &ScenarioReport<'_>, words: &Words) -> &'static str {
    match scenarios.plan {
        Some(_) => words.kicker_of_plan,
        None => words.kicker,
    }
}

/// Shows the layers of the scene that is chosen.
fn rules(scenes: usize) -> String {
    let rule = |scene: usize| {
        format!("#scene-{scene}:checked~.canvas .scn:not(.n{scene}){{display:none}}\n")
    };
    (0..scenes).map(rule).collect()
}

fn drawn<'s>(scenes: &'s [ScenePage<'s>], scenarios: &'s ScenarioReport<'s>) -> Vec<Scene<'s>> {
    let base = Map::new(scenes[0].report, scenes[0].page, &[]);
    let ground = base.ground();
    let mut drawn = vec![Scene {
        map: base,
        left_outs: LeftOuts::new(scenes[0].report),
        gained: Vec::new(),
        lost: Vec::new(),
        edits: Vec::new(),
    }];
    for (scene, one) in scenes[1..].iter().zip(&scenarios.scenarios) {
        let places = |wanted: Change| {
            let changes = one.comparison.changes.iter();
            let changes = changes.filter(move |change| change.change == wanted);
            let place = |at: usize| scenarios.places.get(at).copied().flatten();
            changes.filter_map(move |change| place(change.resident.index()))
        };
        let applied = one.applied.iter();
        drawn.push(Scene {
            map: Map::on(scene.report, scene.page, ground),
            left_outs: LeftOuts::new(scene.report),
            gained: places(Change::NewlyCovered).collect(),
            lost: places(Change::NoLongerCovered).collect(),
            edits: applied
                .flat_map(|edit| shapes_of(edit, scene.page.language))
                .collect(),
        });
    }
    drawn
}

fn shapes_of(applied: &Applied, language: Language) -> impl Iterator<Item = Edited<'_>> {
    let class = match (applied.table, applied.shapes.first().map(Vec::len)) {
        ("streets.close", _) => "closed",
        ("stations.close" | "gates.close", _) => "gone",
        ("stations.move", Some(2)) => "moved",
        (_, Some(1)) => "point",
        _ => "drawn",
    };
    let tip = text(applied.found.get(language)).to_string();
    applied.shapes.iter().map(move |shape| Edited {
        class,
        tip: tip.clone(),
        shape,
    })
}

/// What it is of, the sentence, and the table of all scenarios.
fn lead(base: &ScenePage<'_>, scenarios: &ScenarioReport<'_>, words: &Words, html: &mut Html) {
    open_lead(base.report, base.page, kicker(scenarios, words), html);
    headline(scenarios, words, html);
    put!(
        html,
        "<table class=\"what\"><thead><tr><th scope=\"col\">{}</th>",
        words.scenario
    );
    for head in [
        words.covered,
        words.share,
        words.gained,
        words.lost,
        words.median,
    ] {
        put!(html, "<th scope=\"col\" class=\"r\">{head}</th>");
    }
    if scenarios.hours.is_some() {
        for head in [words.people_hours, words.more] {
            put!(html, "<th scope=\"col\" class=\"r\">{head}</th>");
        }
    }
    put!(html, "</tr></thead><tbody>\n");
    let mut as_it_is = ChangeSums::default();
    for resident in &scenarios.base.residents {
        as_it_is.add(resident, resident);
    }
    row(words.as_it_is, &as_it_is, scenarios.base, words, html);
    put_week(scenarios, None, words, html);
    for (number, one) in scenarios.scenarios.iter().enumerate() {
        row(one.name, &one.comparison.sums, one.outcome, words, html);
        put_week(scenarios, Some(number), words, html);
    }
    put!(html, "</tbody></table>\n</header>\n");
}

/// The people-hours of the week of a scenario, or of the city as it is, and how many more they are; the row ends here.
fn put_week(scenarios: &ScenarioReport<'_>, number: Option<usize>, words: &Words, html: &mut Html) {
    if let Some(hours) = &scenarios.hours {
        let week = number.map_or(hours.base, |number| &hours.scenarios[number]);
        let [was, is] = [hours.base, week].map(|week| people_hours(week.week().people_minutes));
        let more = if is >= was {
            signed("+", is - was, words.language)
        } else {
            signed("−", was - is, words.language)
        };
        let is = words.language.people(is);
        put!(
            html,
            "<td class=\"r\">{is}</td><td class=\"r up\">{more}</td>"
        );
    }
    put!(html, "</tr>\n");
}

/// The scenario that covers most people; of equal ones the first.
fn best(scenarios: &ScenarioReport<'_>) -> Option<usize> {
    let covered = |at: &usize| scenarios.scenarios[*at].comparison.sums.covered_after;
    (0..scenarios.scenarios.len()).rev().max_by_key(covered)
}

/// The scenario that brings most, in a sentence.
fn headline(scenarios: &ScenarioReport<'_>, words: &Words, html: &mut Html) {
    let Some(best) = best(scenarios).map(|at| &scenarios.scenarios[at]) else {
        return;
    };
    let sums = &best.comparison.sums;
    let sentence = words.headline(best.name, sums);
    put!(html, "<h1>{}</h1>\n", text(sentence));
}

fn row(name: &str, sums: &ChangeSums, outcome: &Outcome, words: &Words, html: &mut Html) {
    let language = words.language;
    let walks = outcome.walks();
    let median = walks.map_or_else(|| "–".to_owned(), |walks| words.minutes(walks.median_ms));
    put!(
        html,
        "<tr><td>{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r up\">{}</td><td class=\"r down\">{}</td><td class=\"r\">{median}</td>",
        Name(name),
        language.people(sums.covered_after),
        language.percent(sums.covered_after, sums.people_after),
        signed("+", sums.gained, language),
        signed("−", sums.lost, language),
    );
}

/// People with a sign; a dash for nobody.
fn signed(sign: &str, people: People, language: Language) -> String {
    if people == People::ZERO {
        "–".to_owned()
    } else {
        format!("{sign}{}", language.people(people))
    }
}

/// The map with its switches. These come first, so that the style sheet alone can obey them.
fn map(
    base: &ScenePage<'_>,
    drawn: &[Scene<'_>],
    scenarios: &ScenarioReport<'_>,
    words: &Words,
    html: &mut Html,
) {
    let of_page = base.page.words();
    map_box::begin("mapbox", base.page, html);
    let names = scenarios.scenarios.iter().map(|one| one.name);
    let names = [words.as_it_is].into_iter().chain(names);
    let first = best(scenarios).map_or(0, |at| at + 1);
    let first = if first < drawn.len() { first } else { 0 };
    for (number, name) in names.take(drawn.len()).enumerate() {
        let checked = if number == first { " checked=\"\"" } else { "" };
        put!(
            html,
            "<input type=\"radio\" name=\"scene\" id=\"scene-{number}\"{checked}/><label class=\"scene\" for=\"scene-{number}\">{}</label>\n",
            Name(name)
        );
    }
    map_box::layers(base.report, of_page, false, html);
    map_box::canvas_of(base.page, html, |html| scenes_svg(drawn, html));
    map_box::end_canvas(html);
    put!(
        html,
        "<ul class=\"legend\" aria-label=\"{}\">\n",
        of_page.legend
    );
    map_box::walking_circles(base.report, of_page, html);
    let dots = [
        ("gain", words.newly_covered),
        ("loss", words.no_longer_covered),
    ];
    for (class, what) in dots {
        let drawing = format!("<path class=\"{class}\" d=\"M10 7h0\"/>");
        html.legend_item("of-change", &drawing, what);
    }
    html.legend_item(
        "of-out",
        "<path class=\"out d0\" d=\"M4 8h0\"/><path class=\"out d1\" d=\"M12 7h0\"/>",
        of_page.legend_out,
    );
    put!(html, "</ul>\n</section>\n");
}

/// What each edit hit.
fn edits(scenarios: &ScenarioReport<'_>, words: &Words, language: Language, html: &mut Html) {
    for one in &scenarios.scenarios {
        put!(html, "<section><h2>{}</h2>\n", Name(one.name));
        if let Some(note) = one.note {
            put!(html, "<p>{}</p>\n", text(note));
        }
        put!(html, "<ul class=\"hits\">\n");
        for applied in one.applied {
            let unchanged = if applied.changed == 0 {
                words.nothing
            } else {
                ""
            };
            put!(
                html,
                "<li>{} {}<small>{} {unchanged}</small></li>\n",
                words.edit(applied.table),
                Name(&applied.target),
                text(applied.found.get(language))
            );
        }
        put!(html, "</ul></section>\n");
    }
}

/// The parts of the city or of its people for which something changes in a scenario.
fn parts(
    title: &str,
    names: &[&str],
    scenarios: &ScenarioReport<'_>,
    sums: impl for<'o> Fn(&'o OneScenario<'_>) -> &'o [ChangeSums],
    words: &Words,
    html: &mut Html,
) {
    let language = words.language;
    for one in &scenarios.scenarios {
        let changed = names.iter().zip(sums(one));
        let changed = changed.filter(|(_, sums)| {
            let ChangeSums { gained, lost, .. } = sums;
            (*gained, *lost) != (People::ZERO, People::ZERO)
        });
        let changed: Vec<_> = changed.collect();
        if changed.is_empty() {
            continue;
        }
        put!(
            html,
            "<section><h2>{title} · {}</h2><table><thead><tr><th scope=\"col\"><span class=\"hidden\">{title}</span></th><th scope=\"col\" class=\"r\">{}</th><th scope=\"col\" class=\"r\">{}</th><th scope=\"col\" class=\"r\">{}</th><th scope=\"col\" class=\"r\">{}</th></tr></thead><tbody>\n",
            Name(one.name),
            words.share_before,
            words.share_after,
            words.gained,
            words.lost
        );
        for (name, sums) in changed {
            put!(
                html,
                "<tr><td>{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td></tr>\n",
                Name(name),
                language.percent(sums.covered_before, sums.people_before),
                language.percent(sums.covered_after, sums.people_after),
                signed("+", sums.gained, language),
                signed("−", sums.lost, language)
            );
        }
        put!(html, "</tbody></table></section>\n");
    }
}
