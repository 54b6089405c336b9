//! The tags of an object.

/// The tags of an object: keys and values.
#[derive(Clone, Copy, Debug)]
pub(in crate::inputs) struct Tags<'a>(pub(in crate::inputs) &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// A tag's value. An empty one, as tables write what is not there, is none.
    pub(in crate::inputs) fn get(self, key: &str) -> Option<&'a str> {
        self.0
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }

    /// Whether a tag has one of these values, in whatever case and with whatever blanks around it.
    pub(in crate::inputs) fn is(self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| {
            let value = value.trim();
            values.iter().any(|known| known.eq_ignore_ascii_case(value))
        })
    }
}
