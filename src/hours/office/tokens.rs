//! The words of a cell of opening hours.

use crate::hours::clock::{english_half, half_of_day};
use crate::text::plain::{narrow, simplified};

/// A word of a cell of opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Days of the week.
    Days([bool; 7]),
    /// Public holidays.
    Holidays,
    /// A time of a day, as it is written.
    Time(String),
    /// From one to another.
    To,
    /// All day.
    AllDay,
    /// Not open.
    Closed,
    /// The days before it are not meant: 除外.
    ButThose,
    /// The days after it are not meant: except.
    But,
    /// As on other days.
    AsUsual,
    /// What parts two of a list.
    Comma,
    /// What parts two clauses.
    Semicolon,
    /// A clause of its own begins.
    Opening,
    /// And ends.
    Closing,
}

/// A word that means a token.
struct Word(&'static str, Token);

const fn days(days: [u8; 7]) -> Token {
    let mut is_meant = [false; 7];
    let mut day = 0;
    while day < 7 {
        is_meant[day] = days[day] == 1;
        day += 1;
    }
    Token::Days(is_meant)
}

const ALL: Token = days([1; 7]);
const WORKING: Token = days([1, 1, 1, 1, 1, 0, 0]);
const WEEKEND: Token = days([0, 0, 0, 0, 0, 1, 1]);

/// Words, each before those that it begins with.
const WORDS: &[Word] = &[
    Word("全年无休", ALL),
    Word("全年开放", ALL),
    Word("工作日", WORKING),
    Word("双休日", WEEKEND),
    Word("周末", WEEKEND),
    Word("每天", ALL),
    Word("每日", ALL),
    Word("天天", ALL),
    Word("全周", ALL),
    Word("weekdays", WORKING),
    Word("weekday", WORKING),
    Word("weekends", WEEKEND),
    Word("weekend", WEEKEND),
    Word("daily", ALL),
    Word("every day", ALL),
    Word("everyday", ALL),
    Word("mondays", days([1, 0, 0, 0, 0, 0, 0])),
    Word("tuesdays", days([0, 1, 0, 0, 0, 0, 0])),
    Word("wednesdays", days([0, 0, 1, 0, 0, 0, 0])),
    Word("thursdays", days([0, 0, 0, 1, 0, 0, 0])),
    Word("fridays", days([0, 0, 0, 0, 1, 0, 0])),
    Word("saturdays", days([0, 0, 0, 0, 0, 1, 0])),
    Word("sundays", days([0, 0, 0, 0, 0, 0, 1])),
    Word("monday", days([1, 0, 0, 0, 0, 0, 0])),
    Word("tuesday", days([0, 1, 0, 0, 0, 0, 0])),
    Word("wednesday", days([0, 0, 1, 0, 0, 0, 0])),
    Word("thursday", days([0, 0, 0, 1, 0, 0, 0])),
    Word("friday", days([0, 0, 0, 0, 1, 0, 0])),
    Word("saturday", days([0, 0, 0, 0, 0, 1, 0])),
    Word("sunday", days([0, 0, 0, 0, 0, 0, 1])),
    Word("mon", days([1, 0, 0, 0, 0, 0, 0])),
    Word("tues", days([0, 1, 0, 0, 0, 0, 0])),
    Word("tue", days([0, 1, 0, 0, 0, 0, 0])),
    Word("wed", days([0, 0, 1, 0, 0, 0, 0])),
    Word("thurs", days([0, 0, 0, 1, 0, 0, 0])),
    Word("thur", days([0, 0, 0, 1, 0, 0, 0])),
    Word("thu", days([0, 0, 0, 1, 0, 0, 0])),
    Word("fri", days([0, 0, 0, 0, 1, 0, 0])),
    Word("sat", days([0, 0, 0, 0, 0, 1, 0])),
    Word("sun", days([0, 0, 0, 0, 0, 0, 1])),
    Word("法定节假日", Token::Holidays),
    Word("法定假日", Token::Holidays),
    Word("公共假日", Token::Holidays),
    Word("公众假期", Token::Holidays),
    Word("节假日", Token::Holidays),
    Word("public holidays", Token::Holidays),
    Word("bank holidays", Token::Holidays),
    Word("holidays", Token::Holidays),
    Word("至", Token::To),
    Word("到", Token::To),
    Word("-", Token::To),
    Word("–", Token::To),
    Word("—", Token::To),
    Word("~", Token::To),
    Word("～", Token::To),
    Word("until", Token::To),
    Word("through", Token::To),
    Word("to", Token::To),
    Word("全天候", Token::AllDay),
    Word("全天", Token::AllDay),
    Word("24小时", Token::AllDay),
    Word("24 hours", Token::AllDay),
    Word("24h", Token::AllDay),
    Word("round the clock", Token::AllDay),
    Word("all day", Token::AllDay),
    Word("不开放", Token::Closed),
    Word("不营业", Token::Closed),
    Word("不办公", Token::Closed),
    Word("不对外开放", Token::Closed),
    Word("休息", Token::Closed),
    Word("闭馆", Token::Closed),
    Word("关闭", Token::Closed),
    Word("关门", Token::Closed),
    Word("closed", Token::Closed),
    Word("除外", Token::ButThose),
    Word("except for", Token::But),
    Word("except", Token::But),
    Word("除", Token::But),
    Word("外", Token::Semicolon),
    Word("不休息", Token::AsUsual),
    Word("不休", Token::AsUsual),
    Word("照常", Token::AsUsual),
    Word("无休", Token::AsUsual),
    Word(",", Token::Comma),
    Word("、", Token::Comma),
    Word("/", Token::Comma),
    Word("和", Token::Comma),
    Word("及", Token::Comma),
    Word("&", Token::Comma),
    Word("and", Token::Comma),
    Word(";", Token::Semicolon),
    Word("。", Token::Semicolon),
    Word("\n", Token::Semicolon),
    Word("|", Token::Semicolon),
    Word("(", Token::Opening),
    Word(")", Token::Closing),
];

/// Words that change nothing.
const IDLE: &[&str] = &[
    "营业时间",
    "办公时间",
    "开放时间",
    "服务时间",
    "接待时间",
    "工作时间",
    "上班时间",
    "对外开放",
    "正常",
    "国家",
    "中午不休息",
    "时间",
    "营业",
    "办公",
    "开放",
    "服务",
    "接待",
    "上班",
    "每",
    "为",
    "是",
    "内",
    "均",
    "opening hours",
    "office hours",
    "business hours",
    "hours",
    "open",
    "from",
    "on",
    "only",
    ":",
    " ",
];

/// What stands before one day of a week in Chinese.
const DAY_PREFIXES: [&str; 4] = ["星期", "礼拜", "周", "週"];

/// Days of a week in Chinese, by their numbers.
const NUMERALS: [[&str; 3]; 7] = [
    ["一", "1", "壹"],
    ["二", "2", "贰"],
    ["三", "3", "叁"],
    ["四", "4", "肆"],
    ["五", "5", "伍"],
    ["六", "6", "陆"],
    ["日", "7", "天"],
];

/// The words of a cell; `None` where some of it is none.
pub(super) fn tokens_of(cell: &str) -> Option<Vec<Token>> {
    let plain = simplified(&narrow(&cell.replace('\n', ";")).to_lowercase());
    let mut rest = plain.as_str();
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let (token, behind) = next(rest, &tokens)?;
        tokens.extend(token);
        rest = behind;
    }
    Some(tokens)
}

/// The first word of a text, none where it changes nothing, and the text behind it.
fn next<'t>(text: &'t str, before: &[Token]) -> Option<(Option<Token>, &'t str)> {
    let word = |Word(word, token): &Word| {
        let rest = text.strip_prefix(word)?;
        ends_word(word, rest).then(|| (Some(token.clone()), rest))
    };
    if let Some(found) = WORDS.iter().find_map(word) {
        return Some(found);
    }
    if let Some((day, rest)) = numbered_day(text, before) {
        return Some((Some(day), rest));
    }
    let idle = |word: &&'static str| {
        let rest = text.strip_prefix(*word)?;
        ends_word(word, rest).then_some((None, rest))
    };
    if let Some(found) = IDLE.iter().find_map(idle) {
        return Some(found);
    }
    let (time, rest) = time(text)?;
    Some((Some(Token::Time(time)), rest))
}

/// Whether a word ends where it does: one in letters does not go on in letters.
fn ends_word(word: &str, rest: &str) -> bool {
    let is_latin = word.ends_with(|last: char| last.is_ascii_alphabetic());
    let goes_on = rest.starts_with(|next: char| next.is_ascii_alphabetic());
    !(is_latin && goes_on)
}

/// One day of the week in Chinese: 周一; behind another day its numeral alone: 周一至五, 周二、四.
fn numbered_day<'t>(text: &'t str, before: &[Token]) -> Option<(Token, &'t str)> {
    let named = DAY_PREFIXES
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix));
    let mut said = before.iter().rev();
    let mut follows = || {
        let last = said.find(|token| !matches!(token, Token::To | Token::Comma));
        matches!(last, Some(Token::Days(_)))
    };
    let rest = match named {
        Some(rest) => rest,
        None if !text.starts_with(|first: char| first.is_ascii_digit()) && follows() => text,
        None => return None,
    };
    let mut numerals = (0..7).zip(NUMERALS);
    numerals.find_map(|(day, words)| {
        let rest = words.iter().find_map(|word| rest.strip_prefix(word))?;
        let mut days = [false; 7];
        days[day] = true;
        Some((Token::Days(days), rest))
    })
}

/// A time of a day as it is written, and the text behind it.
fn time(text: &str) -> Option<(String, &str)> {
    let half = half_of_day(text);
    let behind = half.map_or(text, |half| &text[half.len()..]);
    let clock = behind.trim_start_matches([' ', ':']);
    let is_digit = |letter: char| letter.is_ascii_digit();
    if !clock.starts_with(is_digit) {
        return None;
    }
    let is_clock = |letter: char| is_digit(letter) || ":点时分半".contains(letter);
    let end = clock
        .find(|letter| !is_clock(letter))
        .unwrap_or(clock.len());
    let (digits, rest) = clock.split_at(end);
    let after = rest.trim_start_matches(' ');
    let english = english_half(after).filter(|word| ends_word(word, &after[word.len()..]));
    let (english, rest) = english.map_or(("", rest), |word| (word, &after[word.len()..]));
    let time = format!("{}{digits}{english}", half.unwrap_or_default());
    Some((time, rest))
}
