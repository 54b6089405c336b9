//! Codes and names of places as registers write them, made comparable.

use crate::plain::{letters, narrow};

/// What is written behind a place's own name, longest first: what the facility is, and what the place is.
const ENDS: &[&str] = &[
    "neighbourhoodcommittee",
    "communitycentre",
    "communitycenter",
    "residentscommittee",
    "servicestation",
    "servicecentre",
    "servicecenter",
    "subdistrict",
    "community",
    "人民调解委员会",
    "居民委员会",
    "街道办事处",
    "调解委员会",
    "服务中心",
    "党群中心",
    "服务站",
    "服务点",
    "办事处",
    "居委会",
    // A village keeps its 村, so that it is not the community of its name.
    "民委员会",
    "委会",
    "调解室",
    "便民",
    "党群",
    "综合",
    "街道",
    "社区",
];

/// A place's own name: in narrow lower case, letters and digits alone, without what is written behind it; the whole where
/// nothing else is left. `察院后社区党群服务中心` is `察院后`.
pub(super) fn own_name(name: &str) -> String {
    let whole = letters(name);
    let mut own = whole.as_str();
    while let Some(rest) = ENDS.iter().find_map(|end| own.strip_suffix(end)) {
        if rest.is_empty() {
            break;
        }
        own = rest;
    }
    // 孟家井村 has a 村民委员会, or in short a 村委会.
    if own.ends_with("村村") {
        own = &own[..own.len() - "村".len()];
    }
    own.to_owned()
}

/// A name without the street, town or whatever stands before it: of the streets that there are, the first that is in it and
/// not its end. `太原市柳巷街道察院后` is `察院后`.
pub(super) fn without_street(own: &str, streets: &[String]) -> String {
    let rests = streets.iter().filter(|street| !street.is_empty());
    let mut rests = rests.filter_map(|street| own.rsplit_once(street.as_str()));
    let rest = rests.find(|(_, rest)| !rest.is_empty());
    rest.map_or(own, |(_, rest)| rest).to_owned()
}

/// The names under which a station may be that of a community, the surest first: its whole name, what stands before `社区`
/// where a grid's or a compound's name follows, and both without the street.
pub(super) fn names_of(name: &str, streets: &[String]) -> Vec<String> {
    let mut names = vec![own_name(name)];
    let whole = letters(name);
    if let Some((before, _)) = whole.split_once("社区")
        && !before.is_empty()
    {
        names.push(own_name(before));
    }
    let short: Vec<String> = names
        .iter()
        .map(|name| without_street(name, streets))
        .collect();
    names.extend(short);
    names.dedup();
    names
}

/// A code of an official division (统计用区划代码) as a cell holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// Nothing.
    None,
    /// A number that a spreadsheet has rounded, `1.40106E+11`: its last digits are lost.
    Rounded,
    /// All of it, without the zeros that only say that it stands for a higher level.
    Whole(String),
}

/// The digits of a district, a street and a community.
const LEVELS: [usize; 3] = [6, 9, 12];

impl Code {
    /// Reads text, or a number shown as text. Full-width digits, spaces, the apostrophe that keeps a spreadsheet from reading
    /// a number, and its `.0` do not matter. A code of 12 or 9 digits that ends in the zeros of a level is that level's.
    pub(super) fn read(cell: &str) -> Self {
        let plain: String = narrow(cell)
            .to_uppercase()
            .chars()
            .filter(|letter| !letter.is_whitespace() && !"'’‘\"`".contains(*letter))
            .collect();
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if let Some((mantissa, exponent)) = plain.split_once('E')
            && let Some((first, rest)) = mantissa.split_once('.').or(Some((mantissa, "")))
            && first.len() == 1
            && is_digits(first)
            && (rest.is_empty() || is_digits(rest))
            && let Ok(exponent) = exponent.trim_start_matches('+').parse::<usize>()
            && (1..=20).contains(&exponent)
        {
            // Only a mantissa with every digit says all.
            if rest.len() < exponent {
                return Code::Rounded;
            }
            return Self::of_digits(format!("{first}{}", &rest[..exponent]));
        }
        let whole = match plain.split_once('.') {
            Some((whole, zeros)) if is_digits(whole) && zeros.bytes().all(|b| b == b'0') => whole,
            _ => plain.as_str(),
        };
        if whole.is_empty() {
            Code::None
        } else if is_digits(whole) {
            Self::of_digits(whole.to_owned())
        } else {
            Code::Whole(whole.to_owned())
        }
    }

    fn of_digits(mut digits: String) -> Self {
        while let Some(level) = LEVELS.iter().position(|level| *level == digits.len())
            && level > 0
            && digits.ends_with("000")
        {
            digits.truncate(LEVELS[level - 1]);
        }
        Code::Whole(digits)
    }

    /// The whole code.
    pub(super) fn whole(&self) -> Option<&str> {
        match self {
            Code::Whole(code) => Some(code),
            Code::None | Code::Rounded => None,
        }
    }

    /// The code of the street that a community's code begins with.
    pub(super) fn street(&self) -> Option<&str> {
        self.whole()
            .filter(|code| code.len() == LEVELS[2] && code.bytes().all(|b| b.is_ascii_digit()))
            .map(|code| &code[..LEVELS[1]])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facilities_of_one_place_have_one_name() {
        for name in [
            "察院后",
            "察院后社区",
            "察院后社区居委会",
            "察院后社区居民委员会",
            " 察院后 社区 党群服务中心 ",
            "察院后社区党群服务站",
            "察院后（社区）",
            "察院后社区人民调解委员会",
            "察院后社区调解室",
        ] {
            assert_eq!(own_name(name), "察院后", "{name}");
        }
        assert_eq!(own_name("柳巷街道办事处"), own_name("柳巷街道党群服务中心"));
        assert_eq!(own_name("Ｎｏ．3 Community Centre"), "no3");
        assert_eq!(own_name("孟家井村村民委员会"), "孟家井村");
        assert_eq!(own_name("孟家井村委会"), "孟家井村");
        // Nothing but an end is a name after all, and a street is no prefix of itself.
        assert_eq!(own_name("党群服务中心"), "党群");
        assert_eq!(own_name("社区"), "社区");
        let streets = ["柳巷街道", "郝庄镇"].map(str::to_owned);
        for (name, short) in [
            ("柳巷街道察院后", "察院后"),
            ("太原市迎泽区郝庄镇朝阳一", "朝阳一"),
            ("柳巷街道", "柳巷街道"),
            ("古镇北", "古镇北"),
        ] {
            assert_eq!(without_street(name, &streets), short);
        }
        let names = names_of("柳巷街道察院后社区第3网格党群服务站", &streets);
        assert!(names.contains(&"察院后".to_owned()), "{names:?}");
    }

    #[test]
    fn codes_are_whole_rounded_or_missing() {
        let whole = |code: &str| Code::Whole(code.to_owned());
        for (cell, code) in [
            ("140106001001", whole("140106001001")),
            ("１４０１０６００１００１", whole("140106001001")),
            ("'140106001001", whole("140106001001")),
            ("140106001001.0", whole("140106001001")),
            ("1.40106001001E+11", whole("140106001001")),
            ("1.4E+11", Code::Rounded),
            ("1.40106E+11", Code::Rounded),
            ("140106001000", whole("140106001")),
            ("140106000000", whole("140106")),
            ("140106001", whole("140106001")),
            ("m001-003", whole("M001-003")),
            ("E12", whole("E12")),
            ("", Code::None),
            ("　", Code::None),
        ] {
            assert_eq!(Code::read(cell), code, "{cell}");
        }
        assert_eq!(whole("140106001001").street(), Some("140106001"));
        assert_eq!(whole("140106001").street(), None);
    }
}
