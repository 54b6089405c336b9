//! Times of a day as people write them.

use crate::text::plain::narrow;

/// Minutes of a day.
pub(crate) const DAY: u16 = 24 * 60;

/// Words before a time that say which half of the day it is of: the first, and the second.
const EARLIER: [&str; 5] = ["上午", "早上", "早晨", "凌晨", "早"];
const LATER: [&str; 5] = ["下午", "晚上", "傍晚", "中午", "晚"];

/// The halves of the day behind a time in English.
const ENGLISH: [[&str; 3]; 2] = [["am", "a.m.", "a.m"], ["pm", "p.m.", "p.m"]];

/// The word for a half of the day with which a text begins.
#[cfg(feature = "hours")]
pub(super) fn half_of_day(text: &str) -> Option<&'static str> {
    let mut words = EARLIER.into_iter().chain(LATER);
    words.find(|word| text.starts_with(word))
}

/// The word for a half of the day in English with which a text begins.
#[cfg(feature = "hours")]
pub(super) fn english_half(text: &str) -> Option<&'static str> {
    let longest_first = ["a.m.", "p.m.", "a.m", "p.m", "am", "pm"];
    longest_first
        .into_iter()
        .find(|word| text.starts_with(word))
}

/// The two times of a range, in minutes after midnight.
///
/// # Errors
/// The text that is no time.
pub(crate) fn times_of(text: &str) -> Result<[u16; 2], String> {
    let plain = narrow(text);
    let parted = plain.split_once(['-', '–', '—', '~', '～', '至', '到']);
    let Some((begin, end)) = parted else {
        return Err(text.to_owned());
    };
    let end = end.trim_start_matches(['-', '–', '—']);
    let is_later = LATER.iter().any(|word| plain.starts_with(word));
    let [begin, end] = [minutes_of(begin)?, minutes_of(end)?];
    // The half of the day that stands before the first of two times holds for both.
    let is_same_half = is_later && end <= begin && end < DAY / 2;
    Ok([begin, if is_same_half { end + DAY / 2 } else { end }])
}

/// Minutes after midnight: `15:30`, `15：30`, `15:30:00`, `15点30分`, `15时`, `下午3:30`, `3:30 pm`.
///
/// # Errors
/// The text, where it is no time.
pub(crate) fn minutes_of(text: &str) -> Result<u16, String> {
    let wrong = || text.to_owned();
    let plain = narrow(text).to_lowercase();
    let of_half = |words: &[&'static str]| {
        let mut words = words.iter();
        words.find_map(|word| Some((*word, plain.strip_prefix(word)?)))
    };
    let later = of_half(&LATER);
    let clock = later.or_else(|| of_half(&EARLIER));
    let noon = later.is_some_and(|(word, _)| word == "中午");
    let clock = clock.map_or(plain.as_str(), |(_, clock)| clock);
    let (clock, english) = without_english_half(clock);
    let is_later = later.is_some() || english == Some(1);
    let clock = clock.trim().trim_end_matches('分');
    let mut parts = clock.split([':', '点', '时']);
    let number = |text: &str, most: u16| {
        let number: u16 = text.trim().parse().map_err(|_| wrong())?;
        if number > most {
            Err(wrong())
        } else {
            Ok(number)
        }
    };
    let hour = number(parts.next().unwrap_or_default(), 24)?;
    // A bare number is no time, but 9 am is one.
    let minute = match parts.next() {
        None if english.is_some() => 0,
        None => return Err(wrong()),
        Some("") if clock.ends_with(['点', '时']) => 0,
        Some("半") => 30,
        Some(text) => number(text, 59)?,
    };
    if let Some(seconds) = parts.next() {
        number(seconds, 59)?;
    }
    if parts.next().is_some() || english.is_some() && !(1..=12).contains(&hour) {
        return Err(wrong());
    }
    let hour = match hour {
        // 11 at noon is before it.
        11 if noon => 11,
        12 if english == Some(0) => 0,
        hour if is_later && hour < 12 => hour + 12,
        hour => hour,
    };
    let minutes = hour * 60 + minute;
    if minutes > DAY {
        Err(wrong())
    } else {
        Ok(minutes)
    }
}

/// A time without the half of the day behind it, and which half that is.
fn without_english_half(clock: &str) -> (&str, Option<usize>) {
    let clock = clock.trim();
    for (half, words) in ENGLISH.iter().enumerate() {
        if let Some(rest) = words.iter().find_map(|word| clock.strip_suffix(word)) {
            return (rest, Some(half));
        }
    }
    (clock, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_day_part_say_which_half_is_meant() {
        for (text, minutes) in [
            ("上午9:00", 540),
            ("下午2点半", 870),
            ("晚7点", 1140),
            ("12:00", 720),
            ("下午12:30", 750),
            ("中午11:30", 690),
            ("中午1点", 780),
            ("9am", 540),
            ("9:15 a.m.", 555),
            ("5 PM", 1020),
            ("12pm", 720),
            ("12am", 0),
            ("24:00", 1440),
        ] {
            assert_eq!(minutes_of(text), Ok(minutes), "{text}");
        }
        for text in [
            "9",
            "",
            "13pm",
            "0am",
            "25:00",
            "9:60",
            "noon",
            "9:00:00:00",
        ] {
            assert_eq!(minutes_of(text), Err(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_half_of_the_day_before_a_range_holds_for_both_its_ends() {
        assert_eq!(times_of("下午2:30-6:00"), Ok([870, 1080]));
        assert_eq!(times_of("上午8:30至12:00"), Ok([510, 720]));
        assert_eq!(times_of("22:00-6:00"), Ok([1320, 360]));
        assert_eq!(times_of("8:30"), Err("8:30".to_owned()));
    }
}
