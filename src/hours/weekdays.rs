//! Days of the week, as people list them.

use crate::text::plain::{letters, narrow};

/// Their names, from Monday on.
const ENGLISH: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The days that a cell lists: `Mon, Wed`, `周一至周五`, `周末`; `None` where one of them is no day.
pub(crate) fn weekdays_of(cell: &str) -> Option<[bool; 7]> {
    let plain = narrow(cell);
    let mut days = [false; 7];
    let parts = plain.split([',', ';', '、', '，', '；', '/', '|', ' ']);
    for part in parts.filter(|part| !part.is_empty()) {
        let range = part.split_once(['-', '–', '—', '~', '至', '到']);
        let [first, last] = match (letters(part).as_str(), range) {
            ("工作日" | "weekdays", _) => [0, 4],
            ("周末" | "weekend" | "weekends", _) => [5, 6],
            ("每天" | "每日" | "daily", _) => [0, 6],
            (_, Some((first, last))) => [day_of(first)?, day_of(last)?],
            (_, None) => [day_of(part)?; 2],
        };
        let mut day = first;
        days[day] = true;
        while day != last {
            day = (day + 1) % 7;
            days[day] = true;
        }
    }
    days.contains(&true).then_some(days)
}

/// One day, 0 for Monday.
fn day_of(text: &str) -> Option<usize> {
    let word = letters(text);
    let own = ["星期", "礼拜", "周"];
    let own = own.iter().find_map(|prefix| word.strip_prefix(prefix));
    let own = own.unwrap_or(&word);
    let in_chinese = ["一", "二", "三", "四", "五", "六", "日"];
    let by_chinese = in_chinese.iter().position(|day| *day == own);
    let is_sunday = (own == "天").then_some(6);
    let by_english = || {
        let long = own.len() >= 3;
        let mut days = ENGLISH.iter();
        days.position(|day| long && day.starts_with(own))
    };
    let by_number = || own.parse().ok().filter(|day| (1..=7).contains(day));
    by_chinese
        .or(is_sunday)
        .or_else(by_english)
        .or_else(|| by_number().map(|day: usize| day - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_are_listed_in_many_ways() {
        let days = |list: &[usize]| {
            let mut days = [false; 7];
            for day in list {
                days[*day] = true;
            }
            Some(days)
        };
        for (cell, list) in [
            ("Mon, Wed", &[0, 2][..]),
            ("周一、周三", &[0, 2]),
            ("周一至周五", &[0, 1, 2, 3, 4]),
            ("工作日", &[0, 1, 2, 3, 4]),
            ("星期六/星期天", &[5, 6]),
            ("Sat-Mon", &[5, 6, 0]),
            ("1;3;7", &[0, 2, 6]),
            ("Thursday", &[3]),
            ("每天", &[0, 1, 2, 3, 4, 5, 6]),
        ] {
            assert_eq!(weekdays_of(cell), days(list), "{cell}");
        }
        for cell in ["", "soon", "Mo", "8", "周一、某日"] {
            assert_eq!(weekdays_of(cell), None, "{cell}");
        }
    }
}
