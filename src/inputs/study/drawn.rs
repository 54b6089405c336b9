//! Candidates that nobody listed: every junction, or places along the streets.

use std::fmt;
use std::str::FromStr;

use crate::model::Station;
use crate::network::Network;
use crate::text::language::InLanguage;

/// Where candidates are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DrawnCandidates {
    /// At every junction and dead end of the network, `junction 17` by its number.
    Junctions,
    /// Along every street, so many metres apart, `street 17 at 50 m`.
    Streets {
        /// How far apart.
        every_m: f64,
    },
}

/// A text that says no way of drawing candidates.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{text}\" draws no candidates; write junctions, or streets:50 for a place every 50 m, from 5 to 10,000"
)]
pub struct ParseDrawnError {
    text: String,
}

impl InLanguage for ParseDrawnError {
    fn zh(&self) -> String {
        let Self { text } = self;
        format!(
            "“{text}”不能生成候选点；请写 junctions，或 streets:50（沿路每 50 米一处，5 至 10,000）"
        )
    }
}

impl DrawnCandidates {
    /// Whether a text is meant to say how candidates are drawn, and names no file.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text == "junctions" || text.starts_with("streets:")
    }

    pub(super) fn draw(self, network: &Network) -> Vec<Station> {
        match self {
            Self::Junctions => {
                let nodes = network.nodes();
                let at = |node| {
                    let place = network.location(node).degrees();
                    Station::new(format!("junction {}", node.index()), place.x, place.y)
                };
                nodes.map(at).collect()
            }
            Self::Streets { every_m } => {
                let mut stations = Vec::new();
                for (id, edge) in network.edges() {
                    let count = (edge.length_m / every_m).floor() as usize;
                    for step in 1..=count {
                        let metres = every_m * step as f64;
                        let place = network.place_at(id, (metres / edge.length_m).min(1.0));
                        let name = format!("street {} at {metres} m", id.index());
                        stations.push(Station::new(name, place.x, place.y));
                    }
                }
                stations
            }
        }
    }
}

impl fmt::Display for DrawnCandidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Junctions => f.write_str("junctions"),
            Self::Streets { every_m } => write!(f, "streets:{every_m}"),
        }
    }
}

impl FromStr for DrawnCandidates {
    type Err = ParseDrawnError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseDrawnError {
            text: text.to_owned(),
        };
        if text == "junctions" {
            return Ok(Self::Junctions);
        }
        let metres = text.strip_prefix("streets:").ok_or_else(wrong)?;
        let every_m: f64 = metres.trim().parse().map_err(|_| wrong())?;
        if (5.0..=10_000.0).contains(&every_m) {
            Ok(Self::Streets { every_m })
        } else {
            Err(wrong())
        }
    }
}
