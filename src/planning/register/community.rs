//! The list of communities, and the streets that it names.

use std::collections::BTreeMap;

use crate::text::names::{Code, Naming, PlaceName};

/// A community of the list: the lowest official division.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Community {
    /// Its code, of 12 digits; may be empty.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of its street or town; may be empty.
    pub street_code: String,
    /// The name of its street or town.
    pub street_name: String,
}

impl Community {
    /// The code of its street: given, or the beginning of its own.
    fn known_street_code(&self) -> Option<String> {
        let given = Code::read(&self.street_code);
        let own = Code::read(&self.code);
        given.whole().or(own.street()).map(str::to_owned)
    }
}

/// A street or town, as the communities name it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Street {
    /// Its code; may be empty.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The streets that communities name, and which each is in. A street is known by its code, without one by its name.
pub(super) fn streets(communities: &[Community]) -> (Vec<Street>, Vec<u32>) {
    let mut streets: Vec<Street> = Vec::new();
    let mut known = BTreeMap::new();
    let street_of = communities.iter().map(|community| {
        let code = community.known_street_code();
        let key = code.clone().unwrap_or_else(|| {
            PlaceName::read(&community.street_name, Naming::Streets)
                .own()
                .to_owned()
        });
        *known.entry((code.is_some(), key)).or_insert_with(|| {
            streets.push(Street {
                code: code.unwrap_or_default(),
                name: community.street_name.clone(),
            });
            streets.len() as u32 - 1
        })
    });
    let street_of = street_of.collect();
    (streets, street_of)
}
