//! The indicator table for a terminal of 80 columns.

use super::columns::{fit, pad_left, pad_right};
use crate::planning::indicators::{Indicator, Lack, Verdict};
use crate::planning::standards::By;
use crate::text::language::{InLanguage, Language, counted};

/// The widest line of the terminal's table.
const COLUMNS: usize = 80;
/// Widths: what is counted, the test, the share, the target, and what comes of it.
const ROW: [usize; 5] = [20, 20, 11, 11, 16];

/// The rows that decide as text, no line wider than 80 columns. Clauses without a station are listed at the end of their
/// standard, and an unchecked clause says so.
#[must_use]
pub(crate) fn terminal_indicators(indicators: &[Indicator<'_>], language: Language) -> String {
    let deciding: Vec<&Indicator<'_>> = indicators.iter().filter(|row| row.decides()).collect();
    let mut table = Table {
        text: String::new(),
        language,
    };
    for rows in deciding.chunk_by(|one, other| one.standard.id == other.standard.id) {
        table.standard(rows);
    }
    table.text
}

struct Table {
    text: String,
    language: Language,
}

impl Table {
    fn line(&mut self, content: &str) {
        self.text.push_str(fit(content, COLUMNS).trim_end());
        self.text.push('\n');
    }

    fn row(&mut self, [counted, test, share, target, verdict]: [&str; 5]) {
        let row = format!(
            "  {}{}{}{}  {verdict}",
            pad_right(counted, ROW[0]),
            pad_right(test, ROW[1]),
            pad_left(share, ROW[2]),
            pad_left(target, ROW[3]),
        );
        self.line(&row);
    }

    /// The deciding rows of one standard.
    fn standard(&mut self, rows: &[&Indicator<'_>]) {
        let language = self.language;
        let Some(first) = rows.first() else {
            return;
        };
        let name = first.standard.name.get(language);
        let title = format!("{}  {name}", first.standard.id);
        self.line(&title);
        self.row(match language {
            Language::En => ["counted", "test", "share", "target", "verdict"],
            Language::Zh => ["统计口径", "判定", "覆盖率", "目标值", "结论"],
        });
        let is_empty = |row: &Indicator<'_>| row.verdict == Verdict::NoData(Lack::Stations);
        for clause in rows.chunk_by(|one, other| one.clause.number == other.clause.number) {
            if !clause.iter().all(|row| is_empty(row)) {
                self.clause(clause);
            }
        }
        let mut lacking: Vec<&str> = Vec::new();
        for row in rows.iter().filter(|row| is_empty(row)) {
            let name = row.clause.short_title(language);
            if lacking.last() != Some(&name) {
                lacking.push(name);
            }
        }
        self.lacking(&lacking);
        self.text.push('\n');
    }

    /// The deciding rows of one clause, one for each denominator.
    fn clause(&mut self, rows: &[&Indicator<'_>]) {
        let language = self.language;
        let Some(first) = rows.first() else {
            return;
        };
        let (standard, clause) = (first.standard, first.clause);
        let number = clause.number_in(language);
        let number = number.map_or_else(String::new, |number| format!("{number}  "));
        self.line(&format!("{number}{}", clause.meaning.get(language)));
        if let Some(caution) = standard.caution(clause) {
            self.line(&format!(
                "  {}",
                language.in_brackets(&caution.in_language(language))
            ));
        }
        for row in rows {
            let limit = row.limit;
            let unit = match row.by {
                By::Metres => language.pick("m", "米"),
                By::Minutes => language.pick("min", "分钟"),
            };
            let test = format!("{} {limit} {unit}", row.measure.word(language));
            let percent = |number: String| match language {
                Language::En => format!("{number} %"),
                Language::Zh => format!("{number}%"),
            };
            let share = row
                .share()
                .map(|share| percent(share.percent().to_string()));
            let target = clause.target.map(|target| percent(target.to_string()));
            self.row([
                row.denominator.word(language),
                &test,
                share.as_deref().unwrap_or("-"),
                target.as_deref().unwrap_or("-"),
                row.verdict.word(language),
            ]);
        }
    }

    /// The clauses of which there is no station, by their numbers, as many lines as it takes.
    fn lacking(&mut self, numbers: &[&str]) {
        if numbers.is_empty() {
            return;
        }
        let count = numbers.len();
        self.line(&match self.language {
            Language::En => {
                let have = counted(count, "clause has", "clauses have");
                format!("no data: {have} no station in this study")
            }
            Language::Zh => format!("无数据：{count} 项条款在本次研究中没有对应站点"),
        });
        let mut line = String::new();
        for number in numbers {
            if !line.is_empty() && super::columns(&line) + super::columns(number) + 4 > COLUMNS {
                self.line(&line);
                line.clear();
            }
            line.push_str(match self.language {
                _ if line.is_empty() => "  ",
                Language::En => ", ",
                Language::Zh => "、",
            });
            line.push_str(number);
        }
        self.line(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planning::indicators::{Denominator, Reach, Units};
    use crate::planning::provision::sample::{rows, standard};
    use crate::planning::standards::Standard;
    use crate::report::columns;
    use crate::text::language::is_chinese;

    #[test]
    fn the_terminal_shows_what_decides_and_what_is_lacking() {
        let standard = standard();
        assert_eq!(
            terminal_indicators(&rows(&standard), Language::En),
            "\
=ours  Ours
  counted             test                      share     target  verdict
-1a  near, \"or\" far
  (unchecked: check the printed standard)
  people              network 12.5 min        61.54 %    60.00 %  pass
no data: 1 clause has no station in this study
  2

"
        );
        assert_eq!(terminal_indicators(&[], Language::En), "");
    }

    #[test]
    fn the_terminal_s_table_is_chinese_and_fits_in_80_columns() {
        let standard = Standard::named("gb50180-2018").expect("it ships");
        let units = Units {
            denominator: Denominator::ResidentialLand,
            weights: &[1],
        };
        let clauses = standard.clauses.iter();
        let rows: Vec<Indicator<'_>> = clauses
            .flat_map(|clause| Indicator::from_clause(&standard, clause, units, Reach::NoStations))
            .collect();
        for language in Language::ALL {
            let text = terminal_indicators(&rows, language);
            assert!(text.lines().all(|line| columns(line) <= 80), "{text}");
            assert_eq!(is_chinese(&text), language == Language::Zh);
            // None of the 43 is dropped.
            let mut titles = standard
                .clauses
                .iter()
                .map(|clause| clause.short_title(language));
            assert!(titles.all(|title| text.contains(title)));
        }
    }
}
