//! A term, and how it is recognised in a station's cell: without regard to case, width and spaces, in both languages.

use crate::model::Tier;
use crate::text::language::{Language, Words};

/// What parts the words of one cell.
const SEPARATORS: &[char] = &[';', ',', '、', '|', '/', '+', '\n'];

/// Words for a station of every tier.
const ANY: [&str; 6] = ["", "any", "all", "任意", "不限", "各级"];

/// A tier, facility or service: what it is called, and by which words of a table it is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Term {
    /// Its name in the file.
    pub key: String,
    /// What it is called.
    pub name: Words,
    /// Other words for it.
    pub words: Vec<String>,
    /// What one has to know about it.
    pub note: Option<Words>,
}

impl Term {
    /// Whether a cell of a table means this: its key, its name in either language, or one of its words. A cell may hold
    /// several words.
    ///
    /// ```
    /// use pedshed::planning::standards::Standard;
    /// let standard = Standard::named("gb50180-2018").expect("it ships");
    /// let mut facilities = standard.facilities.iter();
    /// let school = facilities.find(|term| term.key == "primary-school").expect("it is there");
    /// assert!(school.matches("小学") && school.matches("Primary_School; kindergarten"));
    /// assert!(!school.matches("中小学"));
    /// ```
    #[must_use]
    pub fn matches(&self, cell: &str) -> bool {
        let folded = wide_folded(cell);
        let means_it = |word: &str| {
            let word = plain(word);
            self.names().any(|name| plain(name) == word)
        };
        means_it(&folded) || folded.split(SEPARATORS).any(means_it)
    }

    /// The tier of a register that a tier of a standard stands for: that which its key or one of its words names.
    pub(crate) fn as_tier(&self) -> Option<Tier> {
        let mut names = self.names();
        names.find_map(Tier::read)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let names = Language::ALL.map(|language| self.name.get(language));
        let words = self.words.iter().map(String::as_str);
        std::iter::once(self.key.as_str()).chain(names).chain(words)
    }
}

/// Whether a cell stands for every tier.
pub(crate) fn is_any(cell: &str) -> bool {
    let cell = plain(&wide_folded(cell));
    ANY.iter().any(|word| plain(word) == cell)
}

/// Full-width ASCII as its usual form: U+FF01 to U+FF5E lie 0xFEE0 above it.
fn wide_folded(text: &str) -> String {
    let narrow = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    };
    text.chars().map(narrow).collect()
}

/// Lower case, without spaces and what stands for them, and without the last character of `街镇级`.
fn plain(text: &str) -> String {
    let is_space = |letter: &char| letter.is_whitespace() || "-_·".contains(*letter);
    let folded = wide_folded(text);
    let letters = folded.chars().filter(|letter| !is_space(letter));
    let word: String = letters.flat_map(char::to_lowercase).collect();
    match word.strip_suffix('级') {
        Some(stem) if !stem.is_empty() => stem.to_owned(),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Words;

    fn term() -> Term {
        Term {
            key: "street".to_owned(),
            name: Words::new("street or town centre", "街镇级"),
            words: vec!["街道".to_owned(), "小区/网格".to_owned()],
            note: None,
        }
    }

    #[test]
    fn case_width_and_spaces_do_not_matter() {
        for cell in [
            "street",
            "STREET",
            "Ｓｔｒｅｅｔ",
            " street\u{3000}",
            "Street-or Town_Centre",
            "街镇级",
            "街镇",
            "街道级",
            "街 道",
        ] {
            assert!(term().matches(cell), "{cell}");
        }
    }

    #[test]
    fn a_cell_may_hold_several_words_in_either_width() {
        for cell in [
            "clinic;street",
            "社区、街道",
            "社区；街道",
            "社区，街道",
            "小区/网格",
            "小区／网格",
        ] {
            assert!(term().matches(cell), "{cell}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_another_word() {
        for cell in ["", "级", "streets of", "一街道", "社区", ";", "小区"] {
            assert!(!term().matches(cell), "{cell}");
        }
    }

    #[test]
    fn a_cell_without_a_tier_stands_for_all() {
        for cell in ["", " ", "Any", "不限", "各级"] {
            assert!(is_any(cell), "{cell}");
        }
        assert!(!is_any("社区"));
    }
}
