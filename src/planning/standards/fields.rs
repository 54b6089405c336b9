//! The fields of one table of a standard's file, each looked at once and named with its line when it is wrong.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Mistake, StandardError};
use crate::text::language::{InLanguage, Words, words};

/// A file that is being read.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

impl File<'_> {
    /// The line of a byte, from 1.
    pub(super) fn line(self, byte: usize) -> usize {
        let before = &self.text.as_bytes()[..byte.min(self.text.len())];
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }

    pub(super) fn wrong(self, byte: usize, place: Words, mistake: Mistake) -> StandardError {
        StandardError::Wrong {
            file: self.name.to_owned(),
            line: self.line(byte),
            place,
            mistake: Box::new(mistake),
        }
    }
}

/// One table: the file's own, or that of a clause or a term.
#[derive(Clone)]
pub(super) struct Fields<'a> {
    pub(super) file: File<'a>,
    /// What the table is called in messages; none for the file's own.
    place: Option<Words>,
    table: &'a DeTable<'a>,
    /// The byte where it begins.
    pub(super) at: usize,
}

/// A value and the byte where it stands.
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

impl<'a> Fields<'a> {
    /// The fields of a table, of which it may have these alone.
    pub(super) fn new(
        file: File<'a>,
        place: Option<Words>,
        table: &'a DeTable<'a>,
        at: usize,
        allowed: &'static [&'static str],
    ) -> Result<Self, StandardError> {
        let fields = Self {
            file,
            place,
            table,
            at,
        };
        let is_unknown = |key: &&Spanned<_>| {
            let key: &str = AsRef::<std::borrow::Cow<'_, str>>::as_ref(*key);
            !allowed.contains(&key)
        };
        let keys = table.keys().filter(is_unknown);
        match keys.min_by_key(|key| key.span().start) {
            Some(key) => {
                let unknown = Mistake::UnknownField(allowed);
                Err(fields.wrong(key.get_ref(), key.span().start, unknown))
            }
            None => Ok(fields),
        }
    }

    /// What is wrong with a field.
    pub(super) fn wrong(&self, field: &str, byte: usize, mistake: Mistake) -> StandardError {
        self.file.wrong(byte, self.place_of(field), mistake)
    }

    /// What a field is called in messages.
    fn place_of(&self, field: &str) -> Words {
        match &self.place {
            None => Words::same(field),
            Some(place) => {
                let zh = place.zh();
                words!("{place}: {field}", "{zh}：{field}")
            }
        }
    }

    /// The value of a field that has to be there.
    pub(super) fn required<T>(&self, field: &str, value: Option<T>) -> Result<T, StandardError> {
        value.ok_or_else(|| self.wrong(field, self.at, Mistake::Missing))
    }

    fn value(&self, field: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(field)
    }

    fn type_error(
        &self,
        field: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: Words,
    ) -> StandardError {
        let found = value.get_ref().type_str();
        self.wrong(field, value.span().start, Mistake::Type { wanted, found })
    }

    /// A text that is not empty.
    pub(super) fn text(&self, field: &str) -> Result<Option<At<&'a str>>, StandardError> {
        let value = self.value(field);
        value.map(|value| self.text_of(field, value)).transpose()
    }

    fn text_of(
        &self,
        field: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<At<&'a str>, StandardError> {
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            return Err(self.type_error(
                field,
                value,
                Words::new("a text in quotes", "加引号的文本"),
            ));
        };
        if text.trim().is_empty() {
            return Err(self.wrong(field, at, Mistake::Empty));
        }
        Ok(At { value: text, at })
    }

    /// A text for both languages, or a table of `en` and `zh`.
    pub(super) fn words(&self, field: &str) -> Result<Option<Words>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        match value.get_ref() {
            DeValue::String(_) => {
                let text = self.text_of(field, value)?;
                Ok(Some(Words::same(text.value)))
            }
            DeValue::Table(table) => {
                let place = self.place_of(field);
                let at = value.span().start;
                let fields = Fields::new(self.file, Some(place), table, at, &["en", "zh"])?;
                let text = |language| fields.required(language, fields.text(language)?);
                Ok(Some(Words::new(text("en")?.value, text("zh")?.value)))
            }
            _ => Err(self.type_error(
                field,
                value,
                Words::new(
                    "a text in quotes, or { en = \"…\", zh = \"…\" }",
                    "加引号的文本，或 { en = \"…\", zh = \"…\" }",
                ),
            )),
        }
    }

    /// A list of texts that are not empty.
    pub(super) fn texts(&self, field: &str) -> Result<Vec<String>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(Vec::new());
        };
        let Some(list) = value.get_ref().as_array() else {
            let wanted = Words::new("a list of texts in quotes", "加引号文本的列表");
            return Err(self.type_error(field, value, wanted));
        };
        let texts = list.iter().map(|value| {
            let text = self.text_of(field, value)?;
            Ok(text.value.to_owned())
        });
        texts.collect()
    }

    /// True or false.
    pub(super) fn switch(&self, field: &str) -> Result<Option<bool>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        let switch = value.get_ref().as_bool();
        let wanted = || self.type_error(field, value, Words::same("true / false"));
        switch.map(Some).ok_or_else(wanted)
    }

    /// A decimal number, as it is written.
    pub(super) fn number(&self, field: &str) -> Result<Option<At<&'a str>>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        let text = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => {
                let wanted = Words::new("a decimal number", "十进制数字");
                return Err(self.type_error(field, value, wanted));
            }
        };
        let at = value.span().start;
        Ok(Some(At { value: text, at }))
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &self,
        field: &str,
        choices: &[(&str, T)],
    ) -> Result<Option<At<T>>, StandardError> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        let chosen = choices.iter().find(|(name, _)| *name == text.value);
        let Some((_, value)) = chosen else {
            let mistake = Mistake::Choice {
                found: text.value.to_owned(),
                allowed: choices.iter().map(|(name, _)| (*name).to_owned()).collect(),
            };
            return Err(self.wrong(field, text.at, mistake));
        };
        Ok(Some(At {
            value: *value,
            at: text.at,
        }))
    }

    /// Whether a field is a table.
    pub(super) fn is_table(&self, field: &str) -> bool {
        let value = self.value(field);
        value.is_some_and(|value| matches!(value.get_ref(), DeValue::Table(_)))
    }

    /// The fields of a table in this one, which may have these alone.
    pub(super) fn table(
        &self,
        field: &str,
        allowed: &'static [&'static str],
    ) -> Result<Option<Self>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        let DeValue::Table(table) = value.get_ref() else {
            let wanted = Words::new(format!("a table [{field}]"), format!("[{field}] 表"));
            return Err(self.type_error(field, value, wanted));
        };
        let place = self.place_of(field);
        let fields = Self::new(self.file, Some(place), table, value.span().start, allowed);
        fields.map(Some)
    }

    /// A list of a few words.
    pub(super) fn choices<'c>(
        &self,
        field: &str,
        choices: &[&'c str],
    ) -> Result<Option<Vec<&'c str>>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        let texts = self.texts(field)?;
        let chosen = texts.into_iter().map(|text| {
            let chosen = choices.iter().find(|choice| **choice == text);
            chosen.copied().ok_or_else(|| {
                let allowed = choices.iter().map(|choice| (*choice).to_owned()).collect();
                let mistake = Mistake::Choice {
                    found: text,
                    allowed,
                };
                self.wrong(field, value.span().start, mistake)
            })
        });
        chosen.collect::<Result<_, _>>().map(Some)
    }

    /// The tables of a list such as `[[clause]]`, each with the byte where it begins.
    pub(super) fn tables(&self, field: &str) -> Result<Vec<At<&'a DeTable<'a>>>, StandardError> {
        let Some(value) = self.value(field) else {
            return Ok(Vec::new());
        };
        let wanted = || Words::new(format!("tables [[{field}]]"), format!("[[{field}]] 表"));
        let Some(list) = value.get_ref().as_array() else {
            return Err(self.type_error(field, value, wanted()));
        };
        let tables = list.iter().map(|value| match value.get_ref() {
            DeValue::Table(table) => Ok(At {
                value: table,
                at: value.span().start,
            }),
            _ => Err(self.type_error(field, value, wanted())),
        });
        tables.collect()
    }
}
