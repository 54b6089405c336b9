//! The numbers that a choice is about, beside the map; and those at the head of the page.

use super::super::escape::{Name, text};
use super::super::html::{Html, put};
use super::super::words::Words;
use super::views::{View, What, tier_label};
use crate::coverage::Status;
use crate::model::Tier;
use crate::planning::indicators::Verdict;
use crate::planning::provision::{GroupCoverage, TierCoverage};
use crate::report::Report;
use crate::units::{People, Unit};

/// One number with what it is.
struct Fact {
    class: &'static str,
    number: String,
    what: String,
}

impl Fact {
    fn new(number: String, what: impl Into<String>) -> Self {
        Self {
            class: "",
            number,
            what: what.into(),
        }
    }

    /// The one that decides.
    fn decides(self) -> Self {
        Self {
            class: "decides",
            ..self
        }
    }
}

/// The facts of every choice, of which the style sheet shows one.
pub(super) fn write(report: &Report<'_>, words: &Words, views: &[View<'_>], html: &mut Html) {
    let stations = report.coverage.stations().len();
    let every = report.asked_stations().len();
    let title = words.either("Overall", "总体");
    let count = words.language.whole(stations as u64);
    let more = if every > stations {
        words.stations_of(&count, &words.language.whole(every as u64))
    } else {
        words.count_stations(&count)
    };
    one(0, title, &more, "all", &everything(report, words), html);
    for view in views {
        match view.what {
            What::Tier(found) => {
                let title = tier_label(found, words);
                let count = found.tier.stations.len() as u64;
                let more = words.count_stations(&words.language.whole(count));
                let facts = of_tier(found, report.coverage.total().people, words);
                one(view.number, &title, &more, &found.tier.key, &facts, html);
            }
            What::Group(group) => {
                let more = format!(
                    "{}{}{}",
                    words.count_people(&words.language.people(group.total)),
                    words.either(", ", "，"),
                    words.profile_name(&group.profile)
                );
                let facts = of_group(report, group, words);
                one(view.number, &group.name, &more, &group.name, &facts, html);
            }
        }
    }
}

fn one(number: usize, title: &str, more: &str, key: &str, facts: &[Fact], html: &mut Html) {
    put!(
        html,
        "<div class=\"facts f{number}\" data-view=\"{}\"><p><b>{}</b> <small>{}</small></p><dl>",
        text(key),
        Name(title),
        text(more)
    );
    for Fact {
        class,
        number,
        what,
    } in facts
    {
        put!(
            html,
            "<div class=\"{class}\"><dd>{}</dd><dt>{}</dt></div>",
            text(number),
            text(what)
        );
    }
    put!(html, "</dl></div>\n");
}

fn everything(report: &Report<'_>, words: &Words) -> Vec<Fact> {
    let coverage = report.coverage;
    let total = coverage.total().people;
    let deciding = coverage.tests().deciding();
    let cutoffs = coverage.tests().cutoffs().zip(coverage.by_cutoff());
    let mut facts: Vec<Fact> = cutoffs
        .map(|(cutoff, tally)| {
            let fact = Fact::new(
                words.share(tally.people, total),
                words.on_foot(&words.language.cutoff(cutoff)),
            );
            if cutoff == deciding {
                fact.decides()
            } else {
                fact
            }
        })
        .collect();
    if let Some(radius_m) = report.compared_radius_m() {
        let circles = coverage.straight().iter();
        let circle = circles.rev().find(|circle| circle.radius_m == radius_m);
        facts.extend(circle.map(|circle| {
            let what = words.in_a_straight_line(&words.language.metres(radius_m));
            Fact::new(words.share(circle.inside.people, total), what)
        }));
    }
    let left_out = total - coverage.with_status(Status::Covered).people;
    facts.push(Fact::new(words.language.people(left_out), words.left_out));
    facts
}

fn of_tier(found: &TierCoverage, total: People, words: &Words) -> Vec<Fact> {
    let tier = &found.tier;
    let deciding = tier.deciding();
    let walked = [
        (tier.minutes, found.within_minutes),
        (tier.metres, found.within_metres),
    ];
    let mut facts = Vec::new();
    for (cutoff, people) in walked {
        if let (Some(cutoff), Some(people)) = (cutoff, people) {
            let what = words.on_foot(&words.language.cutoff(cutoff));
            let fact = Fact::new(words.share(people, total), what);
            facts.push(if Some(cutoff) == deciding {
                fact.decides()
            } else {
                fact
            });
        }
    }
    if let (Some(metres), Some(people)) = (tier.metres, found.within_straight) {
        let what = words.in_a_straight_line(&words.language.metres(metres.value()));
        facts.push(Fact::new(words.share(people, total), what));
    }
    let beyond = total - found.within;
    facts.push(Fact::new(words.language.people(beyond), words.left_out));
    if let (Some(target), Some(meets)) = (tier.target, found.meets_target(total)) {
        let what = words.against_target(&words.language.percent_of(target));
        facts.push(Fact::new(verdict(meets).word(words.language).into(), what));
    }
    facts
}

/// What comes of a target.
pub(super) const fn verdict(meets: bool) -> Verdict {
    if meets { Verdict::Pass } else { Verdict::Fail }
}

fn of_group(report: &Report<'_>, group: &GroupCoverage, words: &Words) -> Vec<Fact> {
    let tests = report.coverage.tests();
    let deciding = tests.deciding();
    let cutoffs = tests.cutoffs().zip(&group.within);
    let mut facts: Vec<Fact> = cutoffs
        .map(|(cutoff, people)| {
            let what = words.on_foot(&words.language.cutoff(cutoff));
            let fact = Fact::new(words.share(*people, group.total), what);
            if cutoff == deciding {
                fact.decides()
            } else {
                fact
            }
        })
        .collect();
    let left_out = group.total - group.by_status[Status::Covered as usize];
    facts.push(Fact::new(words.language.people(left_out), words.left_out));
    let walks = group.walks();
    let unit = deciding.unit();
    let median = walks.median().map(|cost| cost as f64);
    facts.push(Fact::new(walk(median, unit, words), words.median_walk()));
    let worst = walks.highest_mean(10);
    facts.push(Fact::new(walk(worst, unit, words), words.worst_tenth()));
    facts.push(Fact::new(index(walks.gini()), words.gini()));
    facts
}

/// A walk in minutes with a decimal, or in whole metres; a dash where nobody has one.
pub(super) fn walk(cost: Option<f64>, unit: Unit, words: &Words) -> String {
    let Some(cost) = cost else {
        return "–".to_owned();
    };
    match unit {
        Unit::Milliseconds => words.minutes(cost / 60_000.0),
        Unit::Millimetres => words.language.metres(cost / 1000.0),
    }
}

/// An index of inequality.
pub(super) fn index(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"))
}

/// The group that the head of the page sets beside everybody: the last one that walks as the old do, else the last one.
fn compared_group<'p>(report: &Report<'p>) -> Option<&'p GroupCoverage> {
    let groups = &report.study()?.groups;
    let elders = groups.iter().rfind(|group| group.profile == "elder");
    elders.or(groups.last())
}

/// What a study adds to the headline: which communities have a station, and one group's share.
pub(in super::super) fn sentences(report: &Report<'_>, words: &Words) -> Vec<String> {
    let registered = report.study().and_then(|study| study.register.as_ref());
    let of_communities = registered.and_then(|register| {
        let mut tiers = register.tiers.iter();
        tiers.find(|found| found.tier == Tier::Community)
    });
    let built = of_communities.map(|found| {
        let [met, all] =
            [found.built.met, found.built.all].map(|count| words.language.whole(count));
        words.have_a_centre(&met, &all)
    });
    let of_group = compared_group(report).map(|group| {
        let covered = group.by_status[Status::Covered as usize];
        let share = words.language.percent(covered, group.total);
        words.of_group(&Name(&group.name).to_string(), &share)
    });
    built.into_iter().chain(of_group).collect()
}

/// The figure of the group: its share, its name, its people.
pub(in super::super) fn figures(report: &Report<'_>, words: &Words) -> Option<[String; 3]> {
    let group = compared_group(report)?;
    let covered = group.by_status[Status::Covered as usize];
    let deciding = report.coverage.tests().deciding();
    let what = words.figure_group(
        &Name(&group.name).to_string(),
        &words.language.cutoff(deciding),
    );
    Some([
        words.language.percent(covered, group.total),
        what,
        words.of_people(&words.language.people(group.total)),
    ])
}
