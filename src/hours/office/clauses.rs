//! Clauses of opening hours: on which days, from when till when.

use super::tokens::Token;
use crate::hours::clock::{DAY, times_of};
use crate::hours::time_of_week::DAYS;

/// The time from which on hours may go on into the next day.
const EVENING: u16 = 18 * 60;

/// A clause: on some days open at some times, or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Clause {
    days: [bool; 7],
    on_holidays: bool,
    /// From which minute of the day to which; one that ends earlier than it begins ends on the next day.
    spans: Vec<[u16; 2]>,
    is_closed: bool,
    /// Holidays are as other days.
    is_as_usual: bool,
}

impl Clause {
    fn names_days(&self) -> bool {
        self.on_holidays || self.days.contains(&true)
    }

    fn is_complete(&self) -> bool {
        self.is_closed || !self.spans.is_empty()
    }

    fn is_blank(&self) -> bool {
        !self.names_days() && !self.is_complete() && !self.is_as_usual
    }

    /// Its days as OpenStreetMap writes them, none where it holds on all.
    fn days_text(&self) -> String {
        let mut parts = Vec::new();
        let mut day = 0;
        while day < 7 {
            let last = (day..7).take_while(|day| self.days[*day]).last();
            match last {
                Some(last) if last > day => parts.push(format!("{}-{}", DAYS[day], DAYS[last])),
                Some(last) => parts.push(DAYS[last].to_owned()),
                None => {}
            }
            day = last.unwrap_or(day) + 1;
        }
        if self.on_holidays {
            parts.push("PH".to_owned());
        }
        parts.join(",")
    }

    /// It as a rule.
    fn rule(&self) -> String {
        let times = self.spans.iter().map(|span| {
            let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
            span.map(clock).join("-")
        });
        let times = times.collect::<Vec<_>>().join(",");
        let off = if self.is_closed { "off" } else { "" };
        let parts = [self.days_text(), times, off.to_owned()];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    }

    /// Whether a span of it is within the day and at a time of another's.
    fn meets(&self, other: &Clause) -> bool {
        let end = |[begins, ends]: [u16; 2]| if ends > begins { ends } else { ends + DAY };
        self.spans.iter().any(|one| {
            let mut others = other.spans.iter();
            others.any(|two| one[0] < end(*two) && two[0] < end(*one))
        })
    }

    /// How two clauses that are open on the same days go together.
    fn against(&self, earlier: &Clause) -> Together {
        let both = self.days.iter().zip(earlier.days);
        let shares_days = both.clone().any(|(own, other)| *own && other);
        let is_part = both.clone().all(|(own, other)| !own || other) && self.days != earlier.days;
        match (shares_days, self.meets(earlier), is_part) {
            (false, ..) => Together::Apart,
            (true, false, _) => Together::Added,
            (true, true, true) => Together::Instead,
            (true, true, false) => Together::Contradicting,
        }
    }
}

/// How a clause goes together with an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Together {
    /// They are of different days.
    Apart,
    /// Both hold: mornings and afternoons.
    Added,
    /// The later one is of some of the days alone, and holds there.
    Instead,
    /// They say different times of the same days.
    Contradicting,
}

/// The clauses of a cell.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    list: Vec<Clause>,
    open: Clause,
    /// The days that come next are not meant.
    is_but: bool,
    /// A time of which it is not said yet till when.
    begins: Option<String>,
    /// The day or time that a range begins with, whose end comes next.
    from: Option<Token>,
    last: Option<Token>,
}

impl Clauses {
    /// Reads the tokens of a cell; `None` where they make no sense together.
    pub(super) fn from_tokens(tokens: Vec<Token>) -> Option<Self> {
        let mut clauses = Self::default();
        if tokens == [Token::Closed] {
            clauses.open.is_closed = true;
        } else {
            for token in with_clauses_last(tokens)? {
                clauses.take(token)?;
            }
        }
        clauses.flush()?;
        clauses.join_days_to_times();
        let is_complete = |clause: &Clause| clause.is_complete() || clause.is_as_usual;
        let is_sound = !clauses.list.is_empty() && clauses.list.iter().all(is_complete);
        is_sound.then_some(clauses)
    }

    fn take(&mut self, token: Token) -> Option<()> {
        if self.from.is_some() && !matches!(token, Token::Days(_) | Token::Time(_) | Token::To) {
            return None;
        }
        match token.clone() {
            Token::Days(days) => self.take_days(days)?,
            Token::Holidays => {
                self.begin_days()?;
                self.open.on_holidays = true;
            }
            Token::Time(time) => self.take_time(&time)?,
            Token::To => self.take_to()?,
            Token::AllDay => {
                self.end_but()?;
                self.open.spans.push([0, DAY]);
            }
            Token::Closed => self.take_closed()?,
            Token::ButThose => {
                if !self.open.names_days() || self.open.is_complete() {
                    return None;
                }
                self.open.is_closed = true;
                self.flush()?;
            }
            Token::But => {
                self.flush()?;
                self.is_but = true;
            }
            Token::AsUsual => self.open.is_as_usual = true,
            Token::Semicolon => self.flush()?,
            Token::Comma => {}
            Token::Opening | Token::Closing => return None,
        }
        self.last = Some(token);
        Some(())
    }

    fn take_to(&mut self) -> Option<()> {
        match (self.last.take()?, &self.from) {
            (Token::Time(_), None) => self.from = self.begins.take().map(Token::Time),
            (last @ Token::Days(_), None) => self.from = Some(last),
            // A dash of two characters.
            (Token::To, Some(_)) => {}
            _ => return None,
        }
        Some(())
    }

    /// 周一闭馆, and closed on Mondays.
    fn take_closed(&mut self) -> Option<()> {
        let ends_clause = matches!(self.last, None | Some(Token::Comma | Token::Semicolon));
        let stands_before = self.open.is_blank() || ends_clause && !self.open.spans.is_empty();
        if stands_before {
            self.flush()?;
            self.is_but = true;
            return Some(());
        }
        // 9:00-17:00，12:00-13:00休息: the last times alone are closed, a pause of those before them.
        if self.open.spans.len() > 1 {
            let pause = self.open.spans.pop()?;
            self.flush()?;
            self.open.spans.push(pause);
        }
        self.open.is_closed = true;
        Some(())
    }

    /// Begins a clause where the open one has its times.
    fn begin_days(&mut self) -> Option<()> {
        if self.open.is_complete() {
            self.flush()?;
        }
        Some(())
    }

    /// Ends the list of days that are not meant.
    fn end_but(&mut self) -> Option<()> {
        if self.is_but {
            self.flush()?;
        }
        Some(())
    }

    fn take_days(&mut self, days: [bool; 7]) -> Option<()> {
        let only = |days: [bool; 7]| {
            let mut meant = (0..7).filter(|day| days[*day]);
            meant.next().filter(|_| meant.next().is_none())
        };
        match self.from.take() {
            None => {
                self.begin_days()?;
                for (open, meant) in self.open.days.iter_mut().zip(days) {
                    *open |= meant;
                }
            }
            Some(Token::Days(first)) => {
                let (mut day, last) = (only(first)?, only(days)?);
                while day != last {
                    self.open.days[day] = true;
                    day = (day + 1) % 7;
                }
                self.open.days[last] = true;
            }
            Some(_) => return None,
        }
        Some(())
    }

    fn take_time(&mut self, time: &str) -> Option<()> {
        match self.from.take() {
            // Two times without a word between them.
            None if self.begins.is_some() => None,
            None => {
                self.begins = Some(time.to_owned());
                Some(())
            }
            Some(Token::Time(first)) => {
                self.end_but()?;
                let [begins, ends] = times_of(&format!("{first}-{time}")).ok()?;
                // 14:30-6:00 leaves out a half of the day; only evenings go on into the night.
                let is_sound = begins < ends || begins >= EVENING && begins != ends;
                if begins >= DAY || !is_sound {
                    return None;
                }
                self.open.spans.push([begins, ends]);
                Some(())
            }
            Some(_) => None,
        }
    }

    fn flush(&mut self) -> Option<()> {
        if self.begins.is_some() || self.from.is_some() {
            return None;
        }
        let mut clause = std::mem::take(&mut self.open);
        if self.is_but {
            if !clause.names_days() || clause.is_complete() {
                return None;
            }
            clause.is_closed = true;
            self.is_but = false;
        }
        if clause.is_closed && clause.is_as_usual {
            return None;
        }
        if !clause.is_blank() {
            self.list.push(clause);
        }
        Some(())
    }

    /// 8:30-17:30（周一至周五）: the days of times that have none, where just these come behind.
    fn join_days_to_times(&mut self) {
        let is_bare = |clause: &Clause| !clause.is_complete() && !clause.is_as_usual;
        if let [times, days] = self.list.as_mut_slice()
            && !times.names_days()
            && !times.is_closed
            && is_bare(days)
        {
            days.spans = std::mem::take(&mut times.spans);
            self.list.remove(0);
        }
    }

    /// The clauses as rules; `None` where two of them contradict each other.
    pub(super) fn rules(&self) -> Option<String> {
        let mut text = String::new();
        let mut earlier: Vec<Clause> = Vec::new();
        // Closed days come last, wherever they are named: the last rule that is of a day counts.
        let (closed, open): (Vec<&Clause>, Vec<&Clause>) =
            self.list.iter().partition(|clause| clause.is_closed);
        for clause in open.into_iter().chain(closed) {
            // Nothing is said of holidays, or that they are as other days.
            if !clause.is_complete() {
                continue;
            }
            let mut clause = clause.clone();
            // 12:00-13:00休息 is a pause of the days that were said.
            let is_pause = clause.is_closed && !clause.spans.is_empty();
            if !clause.names_days() && !is_pause {
                // 8:30-12:00；14:30-18:00: the days are those that were said last.
                let said = earlier.last();
                clause.days = said.map_or([true; 7], |said| said.days);
                clause.on_holidays = said.is_some_and(|said| said.on_holidays);
            }
            let separator = if clause.is_closed {
                "; "
            } else {
                separator(&clause, &earlier)?
            };
            if !text.is_empty() {
                text.push_str(separator);
            }
            text.push_str(&clause.rule());
            if !clause.is_closed {
                earlier.push(clause);
            }
        }
        (!text.is_empty()).then_some(text)
    }
}

/// What parts a clause from the earlier ones: an addition where it is of other times of their days, a rule of its own where it is
/// of other days or stands for theirs. `None` where it contradicts one.
fn separator(clause: &Clause, earlier: &[Clause]) -> Option<&'static str> {
    let mut separator = None;
    for other in earlier {
        let own = match clause.against(other) {
            Together::Apart => continue,
            Together::Added => ", ",
            Together::Instead => "; ",
            Together::Contradicting => return None,
        };
        if separator.is_some_and(|said| said != own) {
            return None;
        }
        separator = Some(own);
    }
    Some(separator.unwrap_or("; "))
}

/// The tokens with the clauses in brackets behind all others, where they name days; times in brackets stay where they are. `None`
/// where brackets do not match.
fn with_clauses_last(tokens: Vec<Token>) -> Option<Vec<Token>> {
    let (mut outside, mut behind) = (Vec::new(), Vec::new());
    let mut inside: Option<Vec<Token>> = None;
    for token in tokens {
        match (token, &mut inside) {
            (Token::Opening, None) => inside = Some(Vec::new()),
            (Token::Opening, Some(_)) | (Token::Closing, None) => return None,
            (Token::Closing, Some(clause)) => {
                let names_days = |token: &Token| matches!(token, Token::Days(_) | Token::Holidays);
                if clause.iter().any(names_days) {
                    behind.push(Token::Semicolon);
                    behind.append(clause);
                } else {
                    outside.append(clause);
                }
                inside = None;
            }
            (token, Some(clause)) => clause.push(token),
            (token, None) => outside.push(token),
        }
    }
    outside.append(&mut behind);
    inside.is_none().then_some(outside)
}
