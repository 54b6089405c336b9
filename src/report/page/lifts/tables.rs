//! The tables: which lifts come first, whom they help, and by which policy.

use super::{LISTED, Lifts, name};
use crate::planning::lifts::{LiftBenefit, LiftStairwell};
use crate::report::page::escape::{Name, text};
use crate::report::page::html::{Html, put};
use crate::report::page::map::Mark;
use crate::siting::Money;

impl Lifts<'_> {
    /// Money in whole units, as readers in the page's language write it.
    pub(super) fn money(&self, money: Money) -> String {
        self.page.language.whole(money.as_f64().round() as u64)
    }

    /// The lifts of the plan; where there is none what each would bring.
    pub(super) fn plan(&self, marks: &[Mark], html: &mut Html) {
        let words = self.words;
        let has_plan = self.known.choice.is_some();
        let title = if has_plan { words.plan } else { words.worth };
        put!(html, "<section id=\"plan\"><h2>{title}</h2>\n");
        if let Some(choice) = self.known.choice {
            let gap =
                choice.bound.saturating_sub(choice.gain) as f64 / (choice.gain as f64).max(1.0);
            let gap = format!("{:.2}\u{a0}%", gap * 100.0);
            let gap = (!choice.proven).then_some(gap.as_str());
            put!(html, "<p>{}</p>\n", words.proof(gap));
        }
        put!(
            html,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><table class=\"gaps\"><thead><tr><th scope=\"col\"><span class=\"hidden\">{}</span></th><th scope=\"col\">{}</th>",
            words.rank,
            words.stairwell
        );
        let heads = [
            words.short_step_free,
            words.short_newly,
            words.minutes,
            words.cost,
        ];
        for head in heads {
            put!(html, "<th scope=\"col\" class=\"r\">{head}</th>");
        }
        put!(html, "</tr></thead><tbody>\n");
        let rows: Vec<&LiftStairwell> = if has_plan {
            self.known.planned().collect()
        } else {
            self.known.not_planned().collect()
        };
        for stairwell in rows.iter().take(LISTED) {
            self.row(stairwell, marks, html);
        }
        put!(html, "</tbody></table></div>\n");
        if rows.len() > LISTED {
            let more = self.page.language.whole((rows.len() - LISTED) as u64);
            put!(html, "<p class=\"rest-of\">{}</p>\n", words.more(&more));
        }
        put!(html, "</section>\n");
    }

    fn row(&self, stairwell: &LiftStairwell, marks: &[Mark], html: &mut Html) {
        let language = self.page.language;
        let rank = stairwell.planned.map(|one| one.rank.to_string());
        let is_marked = |rank: &&String| marks.iter().any(|mark| mark.key == **rank);
        match (&rank, rank.as_ref().filter(is_marked)) {
            (_, Some(rank)) => put!(
                html,
                "<tr id=\"gap-{rank}\" data-gap=\"{rank}\"><td class=\"no\"><a href=\"#mark-{rank}\" class=\"lp\">{rank}</a></td>"
            ),
            (rank, None) => put!(
                html,
                "<tr><td class=\"no\">{}</td>",
                rank.as_deref().unwrap_or_default()
            ),
        }
        put!(html, "<td>{}", name(stairwell));
        let runs = stairwell.planned.and_then(|one| one.runs);
        let runs = runs.map(|quarter| quarter.to_string());
        let community = stairwell.community.as_deref();
        let community = community.map(|community| Name(community).to_string());
        let more: Vec<String> = community.into_iter().chain(runs).collect();
        put!(html, " <small>{}</small></td>", more.join(" · "));
        let LiftBenefit {
            step_free,
            newly_covered,
            ..
        } = stairwell.benefit();
        let minutes = stairwell.benefit().person_minutes();
        let cells = [
            language.people(step_free),
            language.people(newly_covered),
            format!("{minutes:.1}"),
            self.money(stairwell.funding.cost),
        ];
        for cell in cells {
            put!(html, "<td class=\"r\">{cell}</td>");
        }
        put!(html, "</tr>\n");
    }

    /// What the plan brings to everybody and to each group.
    pub(super) fn groups(&self, html: &mut Html) {
        if self.known.choice.is_none() || self.known.groups.is_empty() {
            return;
        }
        let (words, language) = (self.words, self.page.language);
        put!(
            html,
            "<section id=\"groups\"><h2>{}</h2>\n<table><thead><tr>",
            words.groups
        );
        let heads = [
            (words.group, false),
            (words.short_step_free, true),
            (words.short_newly, true),
            (words.minutes, true),
        ];
        crate::report::page::tables::heads(&heads, html);
        put!(html, "</tr></thead><tbody>\n");
        let names = std::iter::once(words.everybody).chain(self.known.groups.iter().copied());
        for (name, sum) in names.zip(self.known.sums(self.known.planned())) {
            put!(
                html,
                "<tr><td>{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td><td class=\"r\">{}</td></tr>\n",
                Name(name),
                language.people(sum.step_free),
                language.people(sum.newly_covered),
                language.whole(sum.person_minutes().round() as u64)
            );
        }
        put!(html, "</tbody></table></section>\n");
    }

    /// What the policy asks, who pays, and what in it is unchecked.
    pub(super) fn policy(&self, html: &mut Html) {
        let (words, language, policy) = (self.words, self.page.language, self.known.policy);
        put!(
            html,
            "<section id=\"policy\"><h2>{}</h2>\n<p><b>{}</b>. {}</p>\n<ol class=\"contract\">\n",
            words.policy,
            text(policy.name.get(language)),
            text(policy.source.get(language))
        );
        for condition in &policy.conditions {
            put!(html, "<li>{}</li>\n", text(condition.name.get(language)));
        }
        for payer in &policy.payers {
            let name = Name(payer.name.get(language)).to_string();
            put!(
                html,
                "<li>{}</li>\n",
                words.pays(&name, &self.money(payer.amount))
            );
        }
        for unchecked in &policy.unchecked {
            put!(
                html,
                "<li><b>{}</b> {}</li>\n",
                words.unchecked,
                text(unchecked.get(language))
            );
        }
        put!(html, "</ol></section>\n");
    }
}
