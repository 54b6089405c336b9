//! What the stations of a study are called: pharmacies, 药店.

use std::borrow::Cow;
use std::fmt::Write;
use std::str::FromStr;

use crate::text::language::Language;
use crate::text::words::sentences;

/// The longest noun, in characters.
const LONGEST: usize = 40;

/// What one station of a study is called, for people to read. In English its plural is made by the usual rules.
///
/// ```
/// use pedshed::report::StationNoun;
/// let noun: StationNoun = "pharmacy".parse()?;
/// assert_eq!((noun.singular(), noun.plural().as_str()), ("pharmacy", "pharmacies"));
/// # Ok::<(), pedshed::report::NotANoun>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationNoun(String);

/// A text that is no noun.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct NotANoun(String);

sentences!(struct NotANoun(text) with longest = LONGEST);

impl FromStr for StationNoun {
    type Err = NotANoun;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let is_short = (1..=LONGEST).contains(&text.chars().count());
        let is_plain = !text
            .chars()
            .any(|letter| letter.is_control() || "⟦⟧".contains(letter));
        if is_short && is_plain {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotANoun(text.to_owned()))
        }
    }
}

impl StationNoun {
    /// One of them.
    #[must_use]
    pub fn singular(&self) -> &str {
        &self.0
    }

    /// Several of them, in English.
    #[must_use]
    pub fn plural(&self) -> String {
        let noun = &self.0;
        let ends = |endings: &[&str]| endings.iter().any(|ending| noun.ends_with(ending));
        match noun.strip_suffix('y') {
            _ if !noun.is_ascii() => noun.clone(),
            Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
            _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{noun}es"),
            _ => format!("{noun}s"),
        }
    }
}

/// The words that stand for stations in our own sentences, and what they are said as where nothing else is given.
const MARKS: [(&str, &str); 5] = [
    ("⟦station⟧", "station"),
    ("⟦stations⟧", "stations"),
    ("⟦Station⟧", "Station"),
    ("⟦Stations⟧", "Stations"),
    ("⟦站点⟧", "站点"),
];

/// Our sentences with what stations are called in the places of the marks. `markup` says whether they are markup.
pub(super) fn name_stations(text: String, noun: Option<&StationNoun>, markup: bool) -> String {
    if !text.contains('⟦') {
        return text;
    }
    let Some(noun) = noun else {
        return MARKS
            .iter()
            .fold(text, |text, (mark, usual)| text.replace(mark, usual));
    };
    let shown = |word: &str| {
        if markup {
            escaped(word)
        } else {
            word.to_owned()
        }
    };
    let (one, several) = (shown(noun.singular()), shown(&noun.plural()));
    let vowel = noun
        .singular()
        .starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    let text = if vowel {
        text.replace("a ⟦station⟧", "an ⟦station⟧")
    } else {
        text
    };
    let words = [
        Cow::Borrowed(one.as_str()),
        Cow::Borrowed(several.as_str()),
        Cow::Owned(capital(&one)),
        Cow::Owned(capital(&several)),
        Cow::Borrowed(one.as_str()),
    ];
    let marks = MARKS.iter().zip(words);
    marks.fold(text, |text, ((mark, _), word)| text.replace(mark, &word))
}

/// As text of an element.
fn escaped(word: &str) -> String {
    let word = word.replace('&', "&amp;").replace('<', "&lt;");
    word.replace('>', "&gt;").replace('"', "&quot;")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let mut text = String::with_capacity(word.len());
    if let Some(first) = letters.next() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}{}", first.to_uppercase(), letters.as_str());
    }
    text
}

/// What a station, or several, are called in a language, for one place in a table.
pub(super) fn stations_head(noun: Option<&StationNoun>, language: Language) -> String {
    match (noun, language) {
        (None, Language::En) => "stations".to_owned(),
        (None, Language::Zh) => "站点数".to_owned(),
        (Some(noun), Language::En) => noun.plural(),
        (Some(noun), Language::Zh) => format!("{}数", noun.singular()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noun(text: &str) -> StationNoun {
        text.parse().expect("a noun")
    }

    #[test]
    fn plurals_are_made_as_usual() {
        for (one, several) in [
            ("pharmacy", "pharmacies"),
            ("bus stop", "bus stops"),
            ("library", "libraries"),
            ("gateway", "gateways"),
            ("branch", "branches"),
            ("药店", "药店"),
        ] {
            assert_eq!(noun(one).plural(), several);
        }
        for text in ["", " ", "⟦station⟧", "a\nb", &"x".repeat(41)] {
            assert!(text.parse::<StationNoun>().is_err(), "{text}");
        }
    }

    #[test]
    fn marks_become_what_stations_are_called() {
        let named = |text: &str, with: Option<&str>| {
            let with = with.map(noun);
            name_stations(text.to_owned(), with.as_ref(), true)
        };
        let text = "⟦Stations⟧: who can walk to a ⟦station⟧";
        assert_eq!(named(text, None), "Stations: who can walk to a station");
        assert_eq!(
            named(text, Some("office")),
            "Offices: who can walk to an office"
        );
        assert_eq!(named("最近⟦站点⟧", Some("药店")), "最近药店");
        assert_eq!(named("a ⟦station⟧", Some("<b>")), "a &lt;b&gt;");
    }
}
