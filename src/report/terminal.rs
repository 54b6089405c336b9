//! The summary for a terminal of 80 columns.

use super::Report;
use super::columns::{fit, pad_left, pad_right};
use super::noun::{StationNoun, name_stations};
use crate::coverage::{Status, Tally, WeekCoverage};
use crate::hours::TimeOfWeek;
use crate::model::Severity;
use crate::planning::hours::MomentCoverage;
use crate::text::language::{InLanguage, Language, counted, counted_people};
use crate::units::People;

/// The widest line of the summary.
const COLUMNS: usize = 80;
/// The widths of a row: name, two numbers, a share.
const ROW: [usize; 4] = [24, 10, 14, 10];
/// Findings that are shown in full; the others are counted.
const SHOWN_FINDINGS: usize = 6;
/// Areas that are shown; the others are counted.
const SHOWN_AREAS: usize = 12;

/// The summary as text, no line wider than 80 columns.
#[must_use]
pub fn terminal_summary(report: &Report<'_>, language: Language) -> String {
    let mut summary = Summary {
        text: String::new(),
        report,
        language,
    };
    summary.headline();
    summary.circles();
    summary.statuses();
    summary.areas();
    summary.findings();
    summary.text
}

/// Terminals break no lines of ours: their spaces are plain ones.
pub(super) fn plain_spaces(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

struct Summary<'a> {
    text: String,
    report: &'a Report<'a>,
    language: Language,
}

impl Summary<'_> {
    /// Adds a line, cut to the width.
    fn line(&mut self, content: &str) {
        self.text.push_str(&fit(content, COLUMNS));
        self.text.push('\n');
    }

    fn row(&mut self, [name, first, second, share]: [&str; 4]) {
        let row = format!(
            "  {}{}{}{}",
            pad_right(name, ROW[0]),
            pad_left(first, ROW[1]),
            pad_left(second, ROW[2]),
            pad_left(share, ROW[3])
        );
        self.line(&row);
    }

    fn percent(&self, part: People, total: People) -> String {
        plain_spaces(&self.language.percent(part, total))
    }

    fn people(&self, people: People) -> String {
        self.language.people(people)
    }

    fn headline(&mut self) {
        let coverage = self.report.coverage;
        let total = coverage.total().people;
        let test = coverage.tests().deciding().in_words(self.language);
        let covered = coverage.with_status(Status::Covered).people;
        let share = self.percent(covered, total);
        let (covered, all) = (self.people(covered), self.people(total));
        self.line(&match self.language {
            Language::En => {
                let of = self.report.noun.map_or("", |_| " of a ⟦station⟧");
                let are = if covered == "1" { "is" } else { "are" };
                let all = counted_people(all);
                let text = format!("{covered} of {all} {are} within {test}{of}: {share}");
                name_stations(text, self.report.noun, false)
            }
            Language::Zh => {
                let noun = self.report.noun.map_or("", StationNoun::singular);
                format!("{noun}{test}覆盖率 {share}：服务人口 {all} 人，已覆盖 {covered} 人")
            }
        });
        for circle in coverage.straight() {
            let claim = self.percent(circle.inside.people, total);
            let radius = plain_spaces(&self.language.metres(circle.radius_m));
            self.line(&match self.language {
                Language::En => format!("A plain {radius} circle would claim {claim}"),
                Language::Zh => format!("按 {radius}直线缓冲圈计算，覆盖率为 {claim}"),
            });
        }
        self.hours();
        self.stairs();
        if let Some(costs) = self.report.wall_costs {
            let open = self.percent(costs.covered_open, total);
            let lost = self.people(costs.covered_open - costs.covered);
            self.line(&match self.language {
                Language::En => {
                    let lost = counted_people(lost);
                    format!("With all walls open it would be {open}: walls cost {lost}")
                }
                Language::Zh => {
                    format!("若小区围墙全部敞开，覆盖率为 {open}：围墙使 {lost} 人未覆盖")
                }
            });
        }
        self.text.push('\n');
    }

    /// What opening hours do.
    fn hours(&mut self) {
        let Some(hours) = self.report.hours else {
            return;
        };
        if let Some(moment) = &hours.moment {
            self.moment(moment);
        }
        if let Some(week) = &hours.week {
            self.week(week);
        }
    }

    fn moment(&mut self, moment: &MomentCoverage) {
        let total = self.report.coverage.total().people;
        let open = moment.open;
        let of = open + moment.closed;
        let at = moment.at.in_language(self.language);
        let all = self.percent(moment.when_all_open, total);
        let text = match self.language {
            Language::En => {
                format!("{at}: {open} of {of} ⟦stations⟧ are open; with all it would be {all}")
            }
            Language::Zh => {
                format!("{at}：{of} 个⟦站点⟧中 {open} 个开放；若全部开放，覆盖率为 {all}")
            }
        };
        self.line(&name_stations(text, self.report.noun, false));
        if moment.not_sure == People::ZERO {
            return;
        }
        let people = self.people(moment.not_sure);
        self.line(&match self.language {
            Language::En => {
                let people = counted_people(people);
                format!("For {people} it is not known whether what covers them is open")
            }
            Language::Zh => format!("其中 {people} 人所依赖的站点开放时间不详"),
        });
    }

    fn week(&mut self, week: &WeekCoverage) {
        let sums = week.week();
        let share = self.percent(sums.people_minutes, sums.all_people_minutes);
        let then = TimeOfWeek::NAMED.map(|(_, time)| {
            let covered = week.at(time.minute()).covered;
            let percent = self.percent(covered, week.total());
            format!("{} {percent}", time.in_language(self.language))
        });
        self.line(&match self.language {
            Language::En => format!("Over the week {share}; {}", then.join(", ")),
            Language::Zh => format!("全周 {share}；{}", then.join("，")),
        });
        if sums.sure_people_minutes == sums.people_minutes {
            return;
        }
        let sure = self.percent(sums.sure_people_minutes, sums.all_people_minutes);
        self.line(&match self.language {
            Language::En => {
                format!(
                    "For certain it is {sure}: the rest is of stations whose hours are not known"
                )
            }
            Language::Zh => format!("其中确定开放的为 {sure}，其余为开放时间不详的站点"),
        });
    }

    /// What the stairs and lifts at home cost.
    fn stairs(&mut self) {
        let Some(stairs) = self.report.stairs else {
            return;
        };
        let total = self.report.coverage.total().people;
        let at_street = self.percent(stairs.covered_at_street, total);
        let lost = self.people(stairs.covered_at_street - stairs.covered);
        let shut_in = self.people(stairs.shut_in.people);
        self.line(&match self.language {
            Language::En => {
                let lost = counted_people(lost);
                format!("From the street door it would be {at_street}: stairs at home cost {lost}")
            }
            Language::Zh => {
                format!("若从楼门口起算，覆盖率为 {at_street}：上下楼使 {lost} 人未覆盖")
            }
        });
        if stairs.shut_in.people == People::ZERO {
            return;
        }
        self.line(&match self.language {
            Language::En => {
                let shut_in = counted_people(shut_in);
                format!("Stairs at home, and no lift all the way, shut in {shut_in}")
            }
            Language::Zh => format!("其中 {shut_in} 人家在楼上，无直达电梯，无法出门"),
        });
    }

    fn tally_row(&mut self, name: &str, tally: Tally) {
        let total = self.report.coverage.total().people;
        let share = self.percent(tally.people, total);
        let records = self.language.whole(tally.records);
        self.row([name, &records, &self.people(tally.people), &share]);
    }

    fn circles(&mut self) {
        self.row(match self.language {
            Language::En => ["within", "records", "people", "share"],
            Language::Zh => ["阈值", "记录数", "人数", "占比"],
        });
        let coverage = self.report.coverage;
        for (cutoff, tally) in coverage.tests().cutoffs().zip(coverage.by_cutoff()) {
            self.tally_row(&cutoff.in_words(self.language), *tally);
        }
        self.text.push('\n');
    }

    fn statuses(&mut self) {
        self.line(self.language.pick("  residents", "  居民"));
        for status in Status::ALL {
            let tally = self.report.coverage.with_status(status);
            self.tally_row(status.word(self.language), tally);
        }
        self.text.push('\n');
    }

    fn areas(&mut self) {
        let report = self.report;
        let sums = report.areas.sums();
        if sums.is_empty() {
            return;
        }
        let left_out = |area: usize| sums[area].people - sums[area].covered;
        let mut order: Vec<usize> = (0..sums.len()).collect();
        order.sort_by_key(|&area| (std::cmp::Reverse(left_out(area)), area));
        self.row(match self.language {
            Language::En => ["areas, most left out first", "people", "left out", "share"],
            Language::Zh => ["分区（未覆盖多者在前）", "人数", "未覆盖", "覆盖率"],
        });
        for &area in order.iter().take(SHOWN_AREAS) {
            let sum = sums[area];
            let name = fit(&report.city.areas[area].name, ROW[0] - 1);
            let share = self.percent(sum.covered, sum.people);
            self.row([
                &name,
                &self.people(sum.people),
                &self.people(left_out(area)),
                &share,
            ]);
        }
        if let Some(more @ 1..) = order.len().checked_sub(SHOWN_AREAS) {
            self.line(&match self.language {
                Language::En => format!("  … and {more} more in areas.csv"),
                Language::Zh => format!("  … 另有 {more} 个，见 areas.csv"),
            });
        }
        self.text.push('\n');
    }

    fn findings(&mut self) {
        let findings = self.report.findings.worst_first();
        let split = findings.partition_point(|finding| finding.code.severity() < Severity::Note);
        let (shown, notes) = findings.split_at(split);
        if shown.is_empty() && notes.is_empty() {
            return;
        }
        self.line(self.language.pick("  findings", "  数据检查意见"));
        for finding in shown.iter().take(SHOWN_FINDINGS) {
            let title = finding.title(self.language);
            self.line(&format!("  {:>8}  {title}", finding.count));
            let example = finding.example.in_language(self.language);
            let example = self.report.options.spell(&example);
            let such_as = self.language.pick("e.g. ", "例：");
            self.line(&format!("            {such_as}{example}"));
        }
        let rest = shown.len().saturating_sub(SHOWN_FINDINGS) + notes.len();
        if rest > 0 {
            self.line(&match self.language {
                Language::En => format!(
                    "  {} of findings: see summary.json or `pedshed check`",
                    counted(rest, "more kind", "more kinds")
                ),
                Language::Zh => {
                    format!("  另有 {rest} 类意见，见 summary.json 或 `pedshed check`")
                }
            });
        }
        self.text.push('\n');
    }
}
