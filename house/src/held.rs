//! The numbers that must not become worse.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::house::Measure;

/// A number for each name.
#[derive(Debug)]
pub(crate) struct Held(BTreeMap<&'static str, usize>);

impl Held {
    /// From lines of a name and a number; lines after `#` are for readers.
    ///
    /// # Errors
    /// For lines that are neither, and for measures without a line.
    pub(crate) fn new(text: &str, measures: &[Measure]) -> Result<Self, Error> {
        let mut held = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, value) = parse(line, measures).ok_or_else(|| Error::HeldLine {
                line: number + 1,
                text: line.to_owned(),
            })?;
            held.insert(name, value);
        }
        match measures
            .iter()
            .find(|measure| !held.contains_key(measure.name))
        {
            Some(Measure { name, value, .. }) => Err(Error::NotHeld {
                name,
                value: *value,
            }),
            None => Ok(Self(held)),
        }
    }

    /// The number held for a measure.
    pub(crate) fn of(&self, measure: &Measure) -> usize {
        self.0.get(measure.name).copied().unwrap_or(0)
    }
}

fn parse(line: &str, measures: &[Measure]) -> Option<(&'static str, usize)> {
    let (name, value) = line.split_once(' ')?;
    let measure = measures.iter().find(|measure| measure.name == name)?;
    Some((measure.name, value.trim().parse().ok()?))
}
