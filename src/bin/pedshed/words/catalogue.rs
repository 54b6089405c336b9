//! What a language calls the verbs, flags and values of the command line, read from a file that is compiled in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use clap::{Arg, Command};
use pedshed::language::Language;
use serde::Deserialize;

use super::wrap::Marks;

/// Texts by the English name of what they are of.
pub(super) type Texts = BTreeMap<String, String>;

/// Everything that a language says about the command line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Catalogue {
    pub(super) frame: Frame,
    /// By the verb's path, such as `network info`; the program itself has none.
    pub(super) verbs: Texts,
    /// What stands at the end of a verb's help.
    pub(super) after: Texts,
    pub(super) headings: Texts,
    /// What values are called, word by word.
    values: Texts,
    /// Layers, for flags such as `--stations-crs`.
    layers: Texts,
    /// What such a flag says of its layer.
    suffixes: Texts,
    flags: Texts,
    /// Flags and positions of one verb, where the general text does not fit.
    own: BTreeMap<String, Texts>,
    /// Choices by flag.
    choices: BTreeMap<String, Texts>,
    pub(super) errors: Errors,
}

/// What frames the texts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Frame {
    pub(super) usage: String,
    pub(super) heading: String,
    pub(super) options: String,
    pub(super) verbs: String,
    pub(super) arguments: String,
    /// The heading of flags that have none.
    pub(super) own: String,
    pub(super) required: String,
    pub(super) several: String,
    pub(super) default: String,
    pub(super) choices: String,
    pub(super) choice: String,
    pub(super) list: String,
    opening: String,
    closing: String,
}

/// What is said of arguments that cannot be parsed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Errors {
    pub(super) error: String,
    pub(super) tip: String,
    pub(super) more: String,
    pub(super) twice: String,
    pub(super) conflict: String,
    pub(super) others: String,
    pub(super) no_equals: String,
    pub(super) no_value: String,
    pub(super) invalid_value: String,
    pub(super) because: String,
    pub(super) possible: String,
    pub(super) invalid_verb: String,
    pub(super) missing: String,
    pub(super) missing_verb: String,
    pub(super) verbs: String,
    pub(super) too_many: String,
    pub(super) too_few: String,
    pub(super) wrong_number: String,
    pub(super) unknown: String,
    pub(super) not_utf8: String,
    pub(super) near_verb: String,
    pub(super) near_flag: String,
    pub(super) near_value: String,
    pub(super) as_value: String,
    pub(super) other: String,
}

static CHINESE: LazyLock<Option<Catalogue>> =
    LazyLock::new(|| toml::from_str(include_str!("zh.toml")).ok());

impl Catalogue {
    /// That of a language; none for English, which the parser speaks by itself.
    pub(super) fn of(language: Language) -> Option<&'static Self> {
        match language {
            Language::En => None,
            Language::Zh => CHINESE.as_ref(),
        }
    }

    /// What a flag or position of a verb is for.
    pub(super) fn flag(&self, verb: &str, flag: &Arg) -> Option<String> {
        let name = name_of(flag);
        let own = self.own.get(verb).and_then(|texts| texts.get(name));
        let text = own.or_else(|| self.flags.get(name)).cloned();
        text.or_else(|| self.layers_flag(name))
    }

    /// What a flag such as `--stations-crs` is for, of its layer's word and its suffix's sentence.
    fn layers_flag(&self, name: &str) -> Option<String> {
        let mut suffixes = self.suffixes.iter();
        suffixes.find_map(|(suffix, text)| {
            let layer = name.strip_suffix(suffix)?.strip_suffix('-')?;
            Some(fill(text, &[self.layers.get(layer)?]))
        })
    }

    /// What a choice of a flag means.
    pub(super) fn choice(&self, flag: &Arg, choice: &str) -> Option<&str> {
        let texts = self.choices.get(name_of(flag))?;
        texts.get(choice).map(String::as_str)
    }

    /// What values of this name are called: `FILE|SELECTOR` word by word.
    fn value(&self, name: &str) -> Option<String> {
        let mut called = String::new();
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let mut rest = name;
        while !rest.is_empty() {
            let word = rest.find(|letter| !is_letter(letter));
            let (word, after) = rest.split_at(word.unwrap_or(rest.len()));
            if !word.is_empty() {
                called.push_str(self.values.get(word)?);
            }
            let next = after.find(is_letter).unwrap_or(after.len());
            called.push_str(&after[..next]);
            rest = &after[next..];
        }
        Some(called)
    }

    /// The command with values called as in this language.
    pub(super) fn name_values(&self, command: Command) -> Command {
        let command = command.mut_args(|flag| {
            if !takes_values(&flag) {
                return flag;
            }
            let names = value_names(&flag);
            let called = names.iter().map(|name| self.value(name));
            match called.collect::<Option<Vec<String>>>() {
                Some(called) => flag.value_names(called),
                None => flag,
            }
        });
        let command = match self.values.get("COMMAND") {
            Some(called) => command.subcommand_value_name(called.clone()),
            None => command,
        };
        command.mut_subcommands(|command| self.name_values(command))
    }

    pub(super) fn marks(&self) -> Marks<'_> {
        Marks {
            closing: &self.frame.closing,
            opening: &self.frame.opening,
        }
    }
}

/// The name under which a flag's texts stand: that of a position is what the code calls it.
fn name_of(flag: &Arg) -> &str {
    flag.get_long().unwrap_or(flag.get_id().as_str())
}

pub(super) fn takes_values(flag: &Arg) -> bool {
    flag.get_action().takes_values()
}

/// What the parser calls the values of a flag.
fn value_names(flag: &Arg) -> Vec<String> {
    match flag.get_value_names() {
        Some(names) => names.iter().map(ToString::to_string).collect(),
        None => vec![flag.get_id().as_str().to_uppercase()],
    }
}

/// Puts values in the places of `{}`, in their order.
pub(super) fn fill(text: &str, values: &[&str]) -> String {
    let mut parts = text.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    let mut values = values.iter();
    for part in parts {
        filled.push_str(values.next().copied().unwrap_or_default());
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    /// Verbs by their paths, the program itself first.
    fn verbs() -> Vec<(String, Command)> {
        let mut root = Cli::command();
        root.build();
        let mut found = vec![(String::new(), root)];
        let mut next = 0;
        while next < found.len() {
            let (path, command) = found[next].clone();
            for verb in command.get_subcommands() {
                // What clap adds to a verb with verbs of its own says the same as at the top.
                if verb.get_name() != "help" || path.is_empty() {
                    let path = format!("{path} {}", verb.get_name());
                    found.push((path.trim().to_owned(), verb.clone()));
                }
            }
            next += 1;
        }
        found.retain(|(path, _)| !path.starts_with("help "));
        found
    }

    fn catalogues() -> impl Iterator<Item = (Language, &'static Catalogue)> {
        let others = Language::ALL.into_iter().filter(|one| *one != Language::En);
        others.map(|language| (language, Catalogue::of(language).expect("its file is read")))
    }

    #[test]
    fn every_verb_flag_value_choice_and_heading_is_said_in_every_language() {
        for (language, catalogue) in catalogues() {
            let mut missing = BTreeSet::new();
            for (path, command) in verbs() {
                if !catalogue.verbs.contains_key(&path) {
                    missing.insert(format!("[verbs] {path}"));
                }
                if command.get_after_help().is_some() && !catalogue.after.contains_key(&path) {
                    missing.insert(format!("[after] {path}"));
                }
                for flag in command.get_arguments().filter(|flag| !flag.is_hide_set()) {
                    let name = name_of(flag);
                    if catalogue.flag(&path, flag).is_none() {
                        missing.insert(format!("[flags] {name}, or [own.\"{path}\"]"));
                    }
                    if let Some(heading) = flag.get_help_heading()
                        && !catalogue.headings.contains_key(heading)
                    {
                        missing.insert(format!("[headings] {heading}"));
                    }
                    if !takes_values(flag) {
                        continue;
                    }
                    for value in value_names(flag) {
                        if catalogue.value(&value).is_none() {
                            missing.insert(format!("[values] {value}"));
                        }
                    }
                    for choice in flag.get_possible_values() {
                        if catalogue.choice(flag, choice.get_name()).is_none() {
                            missing.insert(format!("[choices.{name}] {}", choice.get_name()));
                        }
                    }
                }
            }
            assert!(missing.is_empty(), "{language}.toml lacks {missing:#?}");
        }
    }

    #[test]
    fn no_text_is_of_a_flag_that_is_not_there() {
        let verbs = verbs();
        let names: BTreeSet<&str> = verbs
            .iter()
            .flat_map(|(_, command)| command.get_arguments().map(name_of))
            .collect();
        for (language, catalogue) in catalogues() {
            for flag in catalogue.flags.keys().chain(catalogue.choices.keys()) {
                assert!(names.contains(flag.as_str()), "{language}.toml: {flag}");
            }
            for (path, texts) in &catalogue.own {
                let verb = verbs.iter().find(|(known, _)| known == path);
                let (_, verb) = verb.unwrap_or_else(|| panic!("{language}.toml: {path}"));
                for flag in texts.keys() {
                    let mut known = verb.get_arguments();
                    assert!(known.any(|known| name_of(known) == flag), "{path}: {flag}");
                }
            }
        }
    }

    #[test]
    fn a_layers_flag_is_said_of_its_layer() {
        let catalogue = Catalogue::of(Language::Zh).expect("Chinese");
        for (flag, text) in [
            ("gates-crs", "出入口图层的坐标系"),
            ("all-stations-sheet", "全部层级站点所在的工作表"),
        ] {
            assert_eq!(catalogue.layers_flag(flag).as_deref(), Some(text));
        }
        assert_eq!(catalogue.layers_flag("crs"), None);
        assert_eq!(catalogue.layers_flag("moon-crs"), None);
        assert_eq!(
            catalogue.value("NAME=FILE|SELECTOR").as_deref(),
            Some("名称=文件|选择式")
        );
    }
}
