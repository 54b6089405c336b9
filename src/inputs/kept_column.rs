//! A column that is kept as text beside the records.

use super::KnownBy;
use super::column_names::{is_cut, plain};
use crate::model::Attribute;
use crate::text::language::Words;

/// A column that is kept as text beside the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptColumn {
    /// One that is known by its usual names, where it is there.
    Known(Attribute),
    /// One that is known as this, and of this name, which must be there.
    Given(Attribute, String),
    /// One of this name, which must be there.
    Named(String),
    /// One for each single service that has this of its own, where there are some: `opening_hours:canteen`.
    OfServices(Attribute),
}

impl KeptColumn {
    /// By which it is found among the [`Attributes`](crate::model::Attributes).
    #[must_use]
    pub(crate) fn key(&self) -> &str {
        match self {
            KeptColumn::Known(attribute)
            | KeptColumn::Given(attribute, _)
            | KeptColumn::OfServices(attribute) => attribute.key(),
            KeptColumn::Named(name) => name,
        }
    }

    /// Puts it among columns that are kept; one that is known by its usual names stands behind the one that was named.
    pub(super) fn keep_in(self, kept: &mut Vec<KeptColumn>) {
        let is_known = matches!(self, KeptColumn::Known(_));
        let mut columns = kept
            .iter()
            .filter(|other| !matches!(other, KeptColumn::OfServices(_)));
        if !is_known || columns.all(|other| other.key() != self.key()) {
            kept.push(self);
        }
    }

    /// Its position among column names.
    pub(super) fn position<'n>(
        &self,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<usize> {
        let plain: Vec<String> = names.map(plain).collect();
        let position = |wanted: &str| {
            let exact = plain.iter().position(|name| name == wanted);
            exact.or_else(|| plain.iter().position(|name| is_cut(name, wanted)))
        };
        match self {
            KeptColumn::Known(attribute) => {
                attribute.names().iter().find_map(|name| position(name))
            }
            KeptColumn::Given(_, name) | KeptColumn::Named(name) => position(&self::plain(name)),
            // They are no one column: whoever reads them looks for all.
            KeptColumn::OfServices(_) => None,
        }
    }

    /// How its column is known where there is one.
    pub(super) const fn known_by(&self) -> KnownBy {
        match self {
            KeptColumn::Known(_) | KeptColumn::OfServices(_) => KnownBy::Name,
            KeptColumn::Given(..) | KeptColumn::Named(_) => KnownBy::Layer,
        }
    }

    /// What is missing where there is no such column, and must be one.
    pub(super) fn missing(&self) -> Option<Words> {
        match self {
            KeptColumn::Known(_) | KeptColumn::OfServices(_) => None,
            KeptColumn::Given(_, name) | KeptColumn::Named(name) => {
                Some(Words::new(name.clone(), name.clone()))
            }
        }
    }
}
