//! Storeys.

use super::Tags;

/// The highest level taken at its word; no building has more storeys.
const MAX_LEVEL: f64 = 200.0;

/// The storeys that a way or a lift belongs to (`level`, or `layer` where there is none), lowest and highest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::inputs) struct Levels {
    lowest: f64,
    pub(super) highest: f64,
}

impl Levels {
    /// The levels in the tags: `2`, `0;1;2`, `-1-3`, `0.5`. What is no number is passed over.
    pub(in crate::inputs) fn from_tags(tags: Tags<'_>) -> Option<Self> {
        tags.get("level")
            .or_else(|| tags.get("layer"))
            .and_then(Self::parse)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let ends = text.split(';').flat_map(|part| {
            let part = part.trim();
            // A range; the first character may be the sign of a cellar.
            let dash = part.char_indices().skip(1).find(|(_, c)| *c == '-');
            match dash {
                Some((at, _)) => [part.get(..at), part.get(at + 1..)],
                None => [Some(part), None],
            }
        });
        let numbers = ends.flatten().filter_map(|end| end.trim().parse().ok());
        numbers.filter(|level: &f64| level.abs() <= MAX_LEVEL).fold(
            None,
            |levels: Option<Self>, level| {
                let (lowest, highest) = levels.map_or((level, level), |l| (l.lowest, l.highest));
                Some(Self {
                    lowest: lowest.min(level),
                    highest: highest.max(level),
                })
            },
        )
    }

    /// How many storeys it spans, halves rounded up.
    pub(in crate::inputs) fn span(self) -> u16 {
        (self.highest - self.lowest).round() as u16
    }

    /// The level, where it is only one.
    #[cfg(feature = "osm")]
    pub(in crate::inputs) fn single(self) -> Option<f64> {
        (self.lowest == self.highest).then_some(self.lowest)
    }
}
