//! Numbers as people write them in tables: full-width digits, thousands separators, decimal commas, degrees with minutes.

use crate::text::plain::{letters, narrow, simplified, without_zeros};
use crate::units::{ParsePeopleError, People};

/// How a table writes its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comma {
    /// A comma parts thousands: tables that are separated by commas, and spreadsheets.
    Thousands,
    /// A comma begins the decimals: tables separated by semicolons or tabs.
    Decimals,
}

/// The digits of a number whose thousands are parted by `separator`: groups of three after a first of one to three.
pub(crate) fn without_thousands(text: &str, separator: char) -> Option<String> {
    let (whole, decimals) = text
        .split_once('.')
        .map_or((text, ""), |(whole, rest)| (whole, rest));
    let mut groups = whole.trim_start_matches('-').split(separator);
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next()?;
    let mut parted = false;
    for group in groups {
        parted = true;
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
    }
    let sound = parted && (1..=3).contains(&first.len()) && is_digits(first) && is_digits(decimals);
    sound.then(|| text.replace(separator, ""))
}

/// Units of area and their square metres, the longer ones first where one ends as another does.
pub(super) const AREA_UNITS: &[(&str, f64)] = &[
    ("万平方米", MYRIAD),
    ("万平米", MYRIAD),
    ("万平", MYRIAD),
    ("万㎡", MYRIAD),
    ("万m²", MYRIAD),
    ("万m2", MYRIAD),
    ("千平方米", 1000.0),
    ("平方公里", 1_000_000.0),
    ("平方千米", 1_000_000.0),
    ("km²", 1_000_000.0),
    ("km2", 1_000_000.0),
    ("公顷", 10_000.0),
    ("hectares", 10_000.0),
    ("ha", 10_000.0),
    ("公亩", 100.0),
    ("亩", 2000.0 / 3.0),
    // 400 of them are 1,322.314 m²: a square of a ken, which is 20/11 m.
    ("坪", 400.0 / 121.0),
    ("平方英尺", 0.092_903_04),
    ("square feet", 0.092_903_04),
    ("sq ft", 0.092_903_04),
    ("sq. ft", 0.092_903_04),
    ("sqft", 0.092_903_04),
    ("ft²", 0.092_903_04),
    ("ft2", 0.092_903_04),
];

/// What numbers of people are counted in beside one, the longer ones first where one ends as another does.
pub(super) const PEOPLE_UNITS: &[(&str, f64)] = &[
    ("十万", 100_000.0),
    ("百万", 1_000_000.0),
    ("千万", 10_000_000.0),
    ("亿", 100_000_000.0),
    ("万", MYRIAD),
    ("千", 1000.0),
    ("百", 100.0),
    ("十", 10.0),
    ("thousands", 1000.0),
    ("thousand", 1000.0),
    ("'000s", 1000.0),
    ("'000", 1000.0),
    ("000s", 1000.0),
    ("000", 1000.0),
    ("10000", MYRIAD),
    ("1000", 1000.0),
    ("millions", 1_000_000.0),
    ("million", 1_000_000.0),
];

/// A text without the unit behind it, and how many it stands for. A sign that begins with a digit stands in headers alone.
fn without_unit<'t>(text: &'t str, units: &[(&str, f64)]) -> Option<(&'t str, f64)> {
    let of_cells = |sign: &&str| !sign.ends_with("000") && !sign.ends_with("000s");
    let mut units = units.iter().filter(|(sign, _)| of_cells(sign));
    units.find_map(|(sign, size)| Some((text.strip_suffix(sign)?.trim_end(), *size)))
}

/// Whether a cell is a number without a unit.
pub(super) fn is_bare_number(cell: &str) -> bool {
    let plain = narrow(cell);
    let is_sign = |byte: u8| matches!(byte, b'0'..=b'9' | b'.' | b',' | b' ' | b'-' | b'+');
    plain.bytes().any(|byte| byte.is_ascii_digit()) && plain.bytes().all(is_sign)
}

/// A size: `1,200`, `８００㎡`, `350 平方米`, `6层`, `1.5亩`; nothing below 0.
pub(crate) fn size(cell: &str) -> Option<f64> {
    const ONES: [&str; 12] = [
        "平方米",
        "平方公尺",
        "平米",
        "㎡",
        "m²",
        "m2",
        "sqm",
        "层",
        "户",
        "套",
        "storeys",
        "floors",
    ];
    let plain = simplified(&narrow(cell).to_lowercase());
    let one = || {
        let mut ones = ONES.iter();
        let bare = ones.find_map(|one| plain.strip_suffix(one));
        (bare.unwrap_or(&plain).trim_end(), 1.0)
    };
    let (bare, unit) = without_unit(&plain, AREA_UNITS).unwrap_or_else(one);
    let number = without_thousands(bare, ',');
    let size: f64 = number.as_deref().unwrap_or(bare).parse().ok()?;
    (size.is_finite() && size >= 0.0).then_some(size * unit)
}

/// A number with a comma for its decimals.
fn with_point(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(',')?;
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let sound = is_digits(whole.trim_start_matches('-')) && is_digits(decimals);
    sound.then(|| format!("{whole}.{decimals}"))
}

/// A cell that says yes or no.
pub(crate) fn yes_or_no(cell: &str) -> Option<bool> {
    // Ticks and crosses are no letters.
    let plain = narrow(cell);
    match plain.as_str() {
        "√" | "✓" | "✔" => return Some(true),
        "×" | "✗" | "✘" => return Some(false),
        _ => {}
    }
    match letters(without_zeros(&plain)).as_str() {
        "1" | "yes" | "y" | "true" | "是" | "有" | "已" | "具备" | "达标" => Some(true),
        "0" | "no" | "n" | "false" | "否" | "无" | "没有" | "未" | "不具备" | "未达标" => {
            Some(false)
        }
        _ => None,
    }
}

/// A coordinate: a number, or degrees with minutes and seconds.
pub(super) fn coordinate(text: &str, comma: Comma) -> Option<f64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = narrow(text);
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let thousands = || without_thousands(&text, ',');
    let decimals = || with_point(&text);
    let plain = match comma {
        Comma::Decimals => decimals().or_else(thousands),
        // Without a point "500,123" may be either; a longitude has no thousands, an easting has no three decimals alone.
        Comma::Thousands if decimals().is_some() && thousands().is_some() => None,
        Comma::Thousands => thousands().or_else(decimals),
    };
    match plain {
        Some(plain) => plain.parse().ok(),
        None => sexagesimal(&text),
    }
}

/// Degrees, minutes and seconds: `112°33'10.5"E`, `东经112度33分10.5秒`, `37 51 40 N` is not among them.
fn sexagesimal(text: &str) -> Option<f64> {
    let text = simplified(&text.to_uppercase());
    let negative = text.starts_with('-')
        || text.contains(['S', 'W'])
        || text.contains("南纬")
        || text.contains("西经");
    let mut parts = [None; 3];
    let mut number = String::new();
    for letter in text.chars() {
        let unit = match letter {
            '0'..='9' | '.' => {
                number.push(letter);
                continue;
            }
            '°' | 'º' | '度' => 0,
            '\'' | '′' | '’' | '分' => 1,
            '"' | '″' | '”' | '秒' => 2,
            'N' | 'S' | 'E' | 'W' | ' ' | '-' | '东' | '西' | '南' | '北' | '经' | '纬' => {
                continue;
            }
            _ => return None,
        };
        if parts[unit].is_some() {
            return None;
        }
        parts[unit] = Some(std::mem::take(&mut number).parse::<f64>().ok()?);
    }
    let [degrees, minutes, seconds] = parts;
    let (minutes, seconds) = (minutes.unwrap_or(0.0), seconds.unwrap_or(0.0));
    if !number.is_empty() || minutes >= 60.0 || seconds >= 60.0 {
        return None;
    }
    let size = degrees? + minutes / 60.0 + seconds / 3600.0;
    Some(if negative { -size } else { size })
}

/// Two coordinates in one cell: `112.553,37.861`, as map services export them, in any brackets and with any separator; `POINT
/// (112.553 37.861)` of databases; `37.861N 112.553E`, which says itself which is which.
pub(super) fn pair(text: &str) -> Option<(f64, f64)> {
    let text = simplified(&narrow(text).to_uppercase());
    let (text, is_wkt) = inside_point(&text);
    let is_bracket = |letter: char| {
        matches!(
            letter,
            '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '"' | '【' | '】' | '「' | '」'
        )
    };
    let is_separator = |letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | '/' | '|' | '、' | '，' | '；')
    };
    let parts = text.trim_matches(is_bracket).split(is_separator);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let (first, second) = match parts.as_slice() {
        [first, second] => (*first, *second),
        // A height stands behind.
        [first, second, height] if is_wkt && height.parse::<f64>().is_ok() => (*first, *second),
        _ => return None,
    };
    let number = |part: &str| {
        let with_letter = || {
            let bare: f64 = part.trim_matches(['N', 'S', 'E', 'W']).parse().ok()?;
            Some(if part.contains(['S', 'W']) {
                -bare
            } else {
                bare
            })
        };
        let plain = part.parse().ok();
        plain.or_else(with_letter).or_else(|| sexagesimal(part))
    };
    let pair = (number(first)?, number(second)?);
    let is_latitude = |part: &str| part.contains(['N', 'S', '北', '南', '纬']);
    let is_longitude =
        |part: &str| part.contains(['E', 'W', '东', '西', '经']) && part.parse::<f64>().is_err();
    if is_latitude(first) && is_longitude(second) {
        return Some((pair.1, pair.0));
    }
    Some(pair)
}

/// What stands in a point of well-known text, and whether it is one.
fn inside_point(text: &str) -> (&str, bool) {
    let bare = match text.split_once(';') {
        Some((srid, rest)) if srid.trim().starts_with("SRID") => rest.trim(),
        _ => text,
    };
    match bare.strip_prefix("POINT") {
        Some(rest) => (
            rest.trim_start()
                .trim_start_matches(['Z', 'M'])
                .trim_start(),
            true,
        ),
        None => (bare, false),
    }
}

/// Whether a cell holds two coordinates beyond doubt: both have decimals, or it is a point of well-known text.
pub(super) fn is_surely_pair(text: &str) -> bool {
    pair(text).is_some_and(|(x, y)| x.fract() != 0.0 && y.fract() != 0.0)
}

/// A number of people: `1,234`, `350人`, `1.2万`.
pub(super) fn people(text: &str, comma: Comma) -> Result<People, ParsePeopleError> {
    if let Ok(people) = text.parse() {
        return Ok(people);
    }
    let narrowed = simplified(&narrow(text).to_lowercase());
    let bare = narrowed.trim_end_matches(['人', '口']).trim_end();
    let (bare, unit) = without_unit(bare, PEOPLE_UNITS).unwrap_or((bare, 1.0));
    let thousands = || without_thousands(bare, ',').or_else(|| without_thousands(bare, ' '));
    let plain = match comma {
        Comma::Thousands => thousands(),
        Comma::Decimals => with_point(bare).or_else(thousands),
    };
    let number = plain.as_deref().unwrap_or(bare).parse::<f64>();
    let number = number.map_err(|_| ParsePeopleError::NotANumber(text.to_owned()))?;
    People::from_f64(number * unit)
}

/// Whether a cell holds what stands for a value that could not be shown: an error of a spreadsheet, asterisks where a number
/// did not fit, a formula that nobody worked out.
pub(crate) fn is_unreadable(text: &str) -> bool {
    is_lost(text) || text.starts_with('=') && !text.starts_with("=\"")
}

/// Whether a cell's value is lost: an error of a spreadsheet, asterisks where a number did not fit. Such a cell is no id and no
/// name; a text that begins as a formula may be one.
pub(crate) fn is_lost(text: &str) -> bool {
    // "As above": what stands above may have been sorted away.
    if matches!(text, "〃" | "″" | "同上") {
        return true;
    }
    if !text.starts_with(['#', '*', 'E', 'e']) {
        return false;
    }
    let is_all = |letter: char| text.len() > 1 && text.chars().all(|own| own == letter);
    is_error(text) || is_all('*') || is_all('#')
}

/// The errors of spreadsheets, as they stand in cells and in what is exported of them.
fn is_error(text: &str) -> bool {
    const ERRORS: &[&str] = &[
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#N/A",
        "#N/A!",
        "#NV",
        "#N/D",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#DATA!",
        "#BEZUG!",
        "#WERT!",
        "#ERROR!",
    ];
    let is_code = |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered = |start: &str| {
        text.get(..start.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(start))
            && is_code(&text[start.len()..])
    };
    ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
        || is_numbered("Err:")
        || is_numbered("#ERR")
}

/// Whether an id is what a spreadsheet leaves of a long code: `1.40106E+17`, of which only the first digits are known.
pub(crate) fn is_cut_code(text: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let is_large = exponent
        .strip_prefix('+')
        .is_some_and(|power| is_digits(power) && power != "0");
    is_large && is_digits(whole) && is_digits(decimals)
}

/// Whether an id may be a code whose last digits a spreadsheet made zeros: it keeps fifteen.
pub(crate) fn may_be_cut_code(text: &str) -> bool {
    const KEPT: usize = 15;
    let is_number = text.len() > KEPT && text.bytes().all(|byte| byte.is_ascii_digit());
    is_cut_code(text) || is_number && text.as_bytes()[KEPT..].iter().all(|digit| *digit == b'0')
}

/// 万: the unit of Chinese statistics.
pub(super) const MYRIAD: f64 = 10_000.0;

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
