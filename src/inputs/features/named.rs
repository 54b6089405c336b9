//! Which properties the features of a file have.

use super::feature::Feature;
use crate::inputs::column_names::listed;
use crate::inputs::column_units::Quantity;
use crate::inputs::field::Field;
use crate::inputs::service_hours::{role_of, service_of};
use crate::inputs::{InputError, KeptColumn, KnownBy, ReadOptions, Reading, Source};

/// Which properties the features have: those that the user names must be in some of them.
pub(super) struct Named<'a> {
    pub(super) options: &'a ReadOptions,
    /// Those that were in none so far.
    missing: Vec<Field>,
    met: NamesMet,
}

/// The names of properties that were met so far, in the order of the file.
#[derive(Debug, Default)]
pub(in crate::inputs) struct NamesMet {
    names: Vec<String>,
    /// How many features there were.
    count: u64,
}

impl NamesMet {
    /// The most names that are remembered: features of a file have mostly the same.
    const MOST: usize = 1000;

    /// The names of a feature where some were not met before.
    pub(in crate::inputs) fn new_of(&self, feature: &Feature) -> Vec<String> {
        let is_known = |name: &str| self.names.iter().any(|known| known == name);
        // Most features have the names of the one before, in the same order.
        let as_known = || self.names.iter().map(String::as_str).eq(feature.names());
        if self.names.len() >= Self::MOST || as_known() || feature.names().all(is_known) {
            return Vec::new();
        }
        feature.names().map(str::to_owned).collect()
    }

    /// Counts one more feature.
    pub(in crate::inputs) fn note(&mut self, new: Vec<String>) {
        self.count += 1;
        for name in new {
            if self.names.len() < Self::MOST && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }

    pub(in crate::inputs) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    /// What was read, where these columns were taken: position, role and how it was known.
    pub(super) fn reading(&self, taken: Vec<(usize, String, KnownBy)>) -> Reading {
        Reading {
            rows: self.count,
            ..Reading::default().with_columns(taken, &self.iter())
        }
    }

    /// What was read where each of the names that say `true` was taken as itself.
    pub(in crate::inputs) fn reading_of_tags(&self, is_taken: impl Fn(&str) -> bool) -> Reading {
        let taken = self.iter().enumerate().filter(|(_, name)| is_taken(name));
        let taken = taken.map(|(at, name)| (at, name.to_owned(), KnownBy::Name));
        self.reading(taken.collect())
    }
}

/// What a feature has of the properties that the user names.
pub(in crate::inputs) struct Seen {
    missing: Vec<Field>,
    /// The names of its properties where some were not met before.
    names: Vec<String>,
}

impl<'a> Named<'a> {
    pub(super) fn new(options: &'a ReadOptions, fields: &[Field]) -> Self {
        let named = fields.iter().filter(|field| options.is_named(**field));
        Self {
            options,
            missing: named.copied().collect(),
            met: NamesMet::default(),
        }
    }

    /// What a feature has of them.
    pub(super) fn seen(&self, feature: &Feature) -> Seen {
        let is_missing = |field: &Field| self.options.find(*field, &feature.names()).is_err();
        Seen {
            missing: self.missing.iter().copied().filter(is_missing).collect(),
            names: self.met.new_of(feature),
        }
    }

    pub(super) fn note(&mut self, seen: Seen) {
        self.missing.retain(|field| seen.missing.contains(field));
        self.met.note(seen.names);
    }

    /// The properties that are kept whose unit matters.
    pub(super) fn quantities(&self) -> impl Iterator<Item = (Quantity, &str)> {
        self.options.kept.iter().filter_map(|kept| {
            let (quantity, position) = (Quantity::new(kept)?, kept.position(self.met.iter())?);
            Some((quantity, self.met.iter().nth(position)?))
        })
    }

    /// Which properties were taken as these fields or kept, and how many features there were.
    pub(super) fn reading(&self, fields: &[Field]) -> Reading {
        let names = || self.met.iter();
        let fields = fields.iter().filter_map(|field| {
            let column = self.options.find(*field, &names()).ok()??;
            let name = names().nth(column).unwrap_or_default();
            let by = self.options.known_by(*field, name);
            let role = self.options.role_in(*field, name);
            Some((column, role.to_owned(), by))
        });
        let kept = self.options.kept.iter().filter_map(|kept| {
            Some((
                kept.position(names())?,
                kept.key().to_owned(),
                kept.known_by(),
            ))
        });
        let taken: Vec<(usize, String, KnownBy)> = fields.chain(kept).collect();
        let keeps = self.options.keeps_service_hours;
        let others = names().enumerate().filter(|(at, _)| {
            let mut taken = taken.iter();
            keeps && taken.all(|(column, ..)| column != at)
        });
        let of_services: Vec<_> = others
            .filter_map(|(at, name)| Some((at, role_of(&service_of(name)?), KnownBy::Name)))
            .collect();
        self.met.reading([taken, of_services].concat())
    }

    /// A property that the user names must be in some feature: a typing error would otherwise count as "absent" in silence.
    pub(super) fn check(
        self,
        source: &Source,
        missing_kept: Option<&KeptColumn>,
    ) -> Result<(), InputError> {
        let missing = self.missing.first();
        let missing = missing.map(|field| (field.words(), self.options.option_of(*field)));
        let kept = missing_kept.and_then(|kept| {
            let option = self.options.option_of_kept(kept);
            Some((kept.missing()?, option))
        });
        match missing.or(kept) {
            None => Ok(()),
            Some((field, option)) => Err(InputError::Column {
                file: source.path().to_owned(),
                field,
                found: match listed(self.met.iter()) {
                    none if none.is_empty() => "-".to_owned(),
                    names => names,
                },
                option,
            }),
        }
    }
}
