//! Help texts in a language of a catalogue, laid out as the parser lays out its own.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};
use pedshed::report::{columns, pad_right};

use super::catalogue::{Catalogue, fill, takes_values};
use super::wrap::wrap;

/// The widest line.
const COLUMNS: usize = 80;
/// How far texts of flags are set in.
const INDENT: usize = 10;

/// The help of the verb that the arguments name.
pub(super) fn of(catalogue: &Catalogue, command: &Command, arguments: &[OsString]) -> String {
    let mut root = command.clone();
    root.build();
    let (path, mut verb) = named(&root, arguments);
    let mut page = Page {
        catalogue,
        text: String::new(),
        path: &path,
    };
    page.head(&mut verb);
    page.verbs(&verb);
    page.flags(&verb);
    if let Some(after) = catalogue.after.get(&path) {
        page.text.push('\n');
        page.paragraph(after, 0);
    }
    page.text
}

/// The verb that arguments name, with its path. Before a verb there are flags that every verb has.
fn named(root: &Command, arguments: &[OsString]) -> (String, Command) {
    let mut path: Vec<String> = Vec::new();
    let mut at = root;
    let mut given = arguments.iter().skip(1);
    while let Some(argument) = given.next() {
        let argument = argument.to_string_lossy();
        if argument.starts_with('-') {
            let mut flags = at.get_arguments();
            let long = argument.strip_prefix("--");
            let flag = flags.find(|flag| long.is_some() && flag.get_long() == long);
            if flag.is_some_and(takes_values) {
                given.next();
            }
        } else if argument == "help" && path.is_empty() {
            // `help VERB` is the help of that verb.
        } else if let Some(verb) = at.find_subcommand(argument.as_ref()) {
            path.push(verb.get_name().to_owned());
            at = verb;
        } else {
            break;
        }
    }
    (path.join(" "), at.clone())
}

struct Page<'a> {
    catalogue: &'a Catalogue,
    text: String,
    path: &'a str,
}

impl Page<'_> {
    fn line(&mut self, indent: usize, content: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(content);
        self.text.push('\n');
    }

    fn paragraph(&mut self, content: &str, indent: usize) {
        let marks = self.catalogue.marks();
        for line in wrap(content, COLUMNS - indent, &marks) {
            self.line(indent, &line);
        }
    }

    fn heading(&mut self, name: &str) {
        self.text.push('\n');
        let heading = fill(&self.catalogue.frame.heading, &[name]);
        self.line(0, &heading);
    }

    fn head(&mut self, verb: &mut Command) {
        if let Some(about) = self.catalogue.verbs.get(self.path) {
            self.paragraph(about, 0);
            self.text.push('\n');
        }
        let usage = usage(self.catalogue, &verb.render_usage().to_string());
        self.paragraph(&usage, 0);
    }

    fn verbs(&mut self, verb: &Command) {
        let shown = || verb.get_subcommands().filter(|verb| !verb.is_hide_set());
        let Some(widest) = shown().map(|verb| columns(verb.get_name())).max() else {
            return;
        };
        self.heading(&self.catalogue.frame.verbs);
        for verb in shown() {
            let name = verb.get_name();
            let path = match name {
                "help" => name.to_owned(),
                _ => format!("{} {name}", self.path).trim().to_owned(),
            };
            let about = self.catalogue.verbs.get(&path);
            let about = about.map_or("", String::as_str);
            let marks = self.catalogue.marks();
            let lines = wrap(about, COLUMNS - widest - 4, &marks);
            for (number, line) in lines.iter().enumerate() {
                let name = if number == 0 { name } else { "" };
                self.line(2, &format!("{}  {line}", pad_right(name, widest)));
            }
        }
    }

    fn flags(&mut self, verb: &Command) {
        let flags: Vec<&Arg> = verb
            .get_arguments()
            .filter(|flag| !flag.is_hide_set())
            .collect();
        let (positions, flags): (Vec<&Arg>, Vec<&Arg>) =
            flags.into_iter().partition(|flag| flag.is_positional());
        self.section(&self.catalogue.frame.arguments, &positions);
        let mut headings: Vec<Option<&str>> = Vec::new();
        for flag in &flags {
            if !headings.contains(&flag.get_help_heading()) {
                headings.push(flag.get_help_heading());
            }
        }
        // Those without a heading of their own come last.
        headings.sort_by_key(Option::is_none);
        for heading in headings {
            let its: Vec<&Arg> = flags
                .iter()
                .copied()
                .filter(|flag| flag.get_help_heading() == heading)
                .collect();
            let name = match heading {
                None => &self.catalogue.frame.own,
                Some(name) => match self.catalogue.headings.get(name) {
                    Some(known) => known,
                    None => name,
                },
            };
            self.section(name, &its);
        }
    }

    fn section(&mut self, heading: &str, flags: &[&Arg]) {
        if flags.is_empty() {
            return;
        }
        self.heading(heading);
        for flag in flags {
            self.flag(flag);
        }
    }

    fn flag(&mut self, flag: &Arg) {
        let short = match flag.get_short() {
            Some(short) => format!("-{short}, "),
            None if flag.is_positional() => String::new(),
            None => " ".repeat(4),
        };
        self.line(2, &format!("{short}{flag}"));
        let frame = &self.catalogue.frame;
        let text = self.catalogue.flag(self.path, flag);
        let mut text = text.unwrap_or_else(|| {
            flag.get_help()
                .map_or_else(String::new, ToString::to_string)
        });
        if flag.is_required_set() {
            text.push_str(&frame.required);
        }
        let is_list = flag.get_value_delimiter().is_some();
        if matches!(flag.get_action(), ArgAction::Append) && !is_list && !flag.is_positional() {
            text.push_str(&frame.several);
        }
        let defaults = flag.get_default_values();
        if takes_values(flag) && !defaults.is_empty() {
            let defaults: Vec<_> = defaults.iter().map(|one| one.to_string_lossy()).collect();
            text.push_str(&fill(&frame.default, &[&defaults.join(&frame.list)]));
        }
        self.paragraph(&text, INDENT);
        let choices = flag.get_possible_values();
        if !takes_values(flag) || choices.is_empty() {
            return;
        }
        self.line(INDENT, &frame.choices);
        for choice in choices {
            let name = choice.get_name();
            let meaning = self.catalogue.choice(flag, name).unwrap_or_default();
            self.paragraph(&fill(&frame.choice, &[name, meaning]), INDENT + 2);
        }
    }
}

/// The parser's usage, framed in this language.
pub(super) fn usage(catalogue: &Catalogue, rendered: &str) -> String {
    let frame = &catalogue.frame;
    let usage = rendered.trim_start_matches("Usage:").trim();
    let usage = usage.replace("[OPTIONS]", &frame.options);
    format!("{}{usage}", frame.usage)
}
