//! How texts name options. The library's texts put them between ‹ and ›, under the key that a study file and `run.json` have for
//! them: `‹max_snap›`. Whoever shows a text says what an option is called there.

/// What options are called in a text for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OptionNames {
    /// By their keys: `max_snap`.
    #[default]
    Keys,
    /// By the command's flags: `--max-snap`.
    Flags,
}

/// Around an option's key.
const MARKS: [char; 2] = ['‹', '›'];

impl OptionNames {
    /// The text with options called so.
    ///
    /// ```
    /// use pedshed::text::OptionNames;
    /// let text = "check their coordinates, or raise ‹max_snap›";
    /// assert_eq!(OptionNames::Flags.spell(text), "check their coordinates, or raise --max-snap");
    /// assert_eq!(OptionNames::Keys.spell(text), "check their coordinates, or raise max_snap");
    /// ```
    #[must_use]
    pub fn spell(self, text: &str) -> String {
        let [open, close] = MARKS;
        let mut spelled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, marked)) = rest.split_once(open) {
            spelled.push_str(before);
            let named = marked.split_once(close).filter(|(key, _)| is_key(key));
            if let Some((key, after)) = named {
                spelled.push_str(&self.name(key));
                rest = after;
            } else {
                spelled.push(open);
                rest = marked;
            }
        }
        spelled.push_str(rest);
        spelled
    }

    fn name(self, key: &str) -> String {
        match self {
            OptionNames::Keys => key.to_owned(),
            OptionNames::Flags => format!("--{}", key.replace('_', "-")),
        }
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_alphabetic() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_between_the_marks_are_options() {
        let spell = |text| OptionNames::Flags.spell(text);
        assert_eq!(spell("‹a_b›‹c›"), "--a-b--c");
        assert_eq!(spell("用 ‹图层_crs› 给出"), "用 --图层-crs 给出");
        for text in ["", "‹", "›‹", "‹› ‹a b› ‹a", "a › b ‹ c"] {
            assert_eq!(spell(text), text);
        }
    }
}
