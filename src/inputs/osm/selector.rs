//! Selectors: which objects of an OpenStreetMap file make a layer.

use std::fmt;
use std::str::FromStr;

use crate::inputs::InputError;

/// Tags that an object must have, all of them: `osm:amenity=pharmacy`, `osm:boundary=administrative,admin_level=8`,
/// `osm:building` (any value but `no`).
///
/// ```
/// use pedshed::inputs::osm::Selector;
/// let selector: Selector = "osm:boundary=administrative,admin_level=8".parse()?;
/// assert!(selector.matches(&[("admin_level", "8"), ("boundary", "administrative")]));
/// assert!(!selector.matches(&[("boundary", "administrative")]));
/// # Ok::<(), pedshed::inputs::InputError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector(Vec<(String, Option<String>)>);

impl Selector {
    /// Whether a text is meant as a selector.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("osm:")
    }

    /// Whether an object with these tags is selected.
    #[must_use]
    pub fn matches(&self, tags: &[(&str, &str)]) -> bool {
        self.0.iter().all(|(key, wanted)| {
            tags.iter().any(|(name, value)| {
                name == key
                    && wanted
                        .as_ref()
                        .map_or(*value != "no", |wanted| is_among(wanted, value))
            })
        })
    }

    /// The keys that an object must have.
    pub(super) fn keys(&self) -> Vec<&str> {
        self.0.iter().map(|(key, _)| key.as_str()).collect()
    }

    /// Each key with the value that it must have, where one is asked for.
    pub(super) fn conditions(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let each = self.0.iter();
        each.map(|(key, value)| (key.as_str(), value.as_deref()))
    }

    /// Whether it selects buildings, which as residents are homes.
    #[must_use]
    pub(crate) fn is_for_buildings(&self) -> bool {
        self.0.iter().any(|(key, _)| key == "building")
    }
}

/// Whether a tag has a value, alone or in a list: `kindergarten;community_centre`.
fn is_among(wanted: &str, value: &str) -> bool {
    wanted == value || value.split(';').any(|one| one.trim() == wanted)
}

impl FromStr for Selector {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        let error = || InputError::Selector {
            text: text.to_owned(),
        };
        let conditions = text
            .strip_prefix("osm:")
            .ok_or_else(error)?
            .split(',')
            .map(|condition| {
                let (key, value) = match condition.split_once('=') {
                    Some((key, value)) => (key.trim(), Some(value.trim())),
                    None => (condition.trim(), None),
                };
                let complete = !key.is_empty() && value != Some("");
                complete
                    .then(|| (key.to_owned(), value.map(str::to_owned)))
                    .ok_or_else(error)
            });
        conditions.collect::<Result<_, _>>().map(Self)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("osm:")?;
        for (index, (key, value)) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            match value {
                Some(value) => write!(f, "{comma}{key}={value}")?,
                None => write!(f, "{comma}{key}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_alone_takes_any_value_but_no() {
        let selector: Selector = "osm:building".parse().expect("a selector");
        assert!(selector.matches(&[("building", "yes")]));
        assert!(!selector.matches(&[("building", "no")]));
        assert!(!selector.matches(&[("amenity", "bank")]));
    }

    #[test]
    fn a_value_is_found_in_a_list_too() {
        let selector: Selector = "osm:amenity=kindergarten".parse().expect("a selector");
        for value in [
            "kindergarten",
            "kindergarten;community_centre",
            "school; kindergarten",
        ] {
            assert!(selector.matches(&[("amenity", value)]), "{value}");
        }
        for value in ["kindergarten_2", "school;college", ""] {
            assert!(!selector.matches(&[("amenity", value)]), "{value}");
        }
    }

    #[test]
    fn half_a_selector_is_an_error_that_shows_how_to_write_one() {
        for text in ["osm:", "osm:amenity=", "osm:=x", "osm:a=b,", "amenity=bank"] {
            let error = text.parse::<Selector>().expect_err(text);
            assert!(error.to_string().contains("osm:key=value"), "{error}");
        }
    }

    #[test]
    fn a_selector_prints_as_it_was_written() {
        let text = "osm:boundary=administrative,admin_level=8";
        assert_eq!(
            text.parse::<Selector>().expect("a selector").to_string(),
            text
        );
    }
}
