//! How much a walk weighs, by its length.

use std::fmt;

use crate::text::words::sentences;
use crate::units::{Cost, Cutoff, CutoffError, Unit};

/// So many parts make a weight of 1. Weights are whole numbers of parts, so that sums of them are exact.
pub(super) const WHOLE: u64 = 1_000_000_000_000;

/// The weights of three zones of equal width.
///
/// # Source
/// Luo, Qi: *An Enhanced Two-Step Floating Catchment Area (E2SFCA) Method* (2009), the slower of their two sets, for zones of 0 to 10,
/// 10 to 20 and 20 to 30 minutes; what the package `access` of `PySAL` takes for E2SFCA where nothing is said.
const THIRDS: [u64; 3] = [WHOLE, WHOLE / 100 * 68, WHOLE / 100 * 22];

/// How much a walk weighs, by its length: 0 beyond the cutoff.
///
/// ```
/// use pedshed::planning::supply::Decay;
/// use pedshed::units::Cutoff;
/// let quarter_hour = Cutoff::minutes(15.0)?;
/// let zones = Decay::read("0-5:1,5-10:0.68,10-15:0.22", quarter_hour)?;
/// assert_eq!(zones, Decay::thirds(quarter_hour));
/// // A zone holds its end: 300,000 ms are five minutes.
/// assert_eq!([300_000, 300_001, 900_000, 900_001].map(|cost| zones.weight(cost)), [1.0, 0.68, 0.22, 0.0]);
/// // exp(−t² / 2σ²), which is exp(−½) at σ.
/// let bell = Decay::read("gaussian:5", quarter_hour)?;
/// assert!((bell.weight(300_000) - 0.606_530_659_713).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Decay {
    cutoff: Cutoff,
    weights: Weights,
}

#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
enum Weights {
    /// Each from the end of the one before; the last ends at the cutoff.
    Zones(Vec<Zone>),
    /// `exp(−t² / 2σ²)`.
    Gaussian { sigma: Cutoff },
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
struct Zone {
    end: Cost,
    parts: u64,
}

/// Why a text is no decay.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DecayError {
    /// It is neither zones nor a bell.
    NotRead(String),
    /// A number of minutes or metres is none.
    Width(CutoffError),
    /// A zone weighs nothing, or more than 1.
    Weight(String),
    /// A zone does not begin where the one before it ends, or the first one not at 0; or it ends where it begins.
    Gap(String),
    /// A zone weighs more than one that is nearer.
    Rises(String),
    /// The zones do not end at the cutoff.
    End {
        /// Where they end, in minutes or metres.
        end: String,
        /// The cutoff.
        cutoff: Cutoff,
    },
}

sentences!(DecayError {
    NotRead(text);
    Width(error);
    Weight(zone);
    Gap(zone);
    Rises(zone);
    End { end, cutoff };
});

impl Decay {
    /// Every walk within the cutoff weighs 1.
    #[must_use]
    pub fn none(cutoff: Cutoff) -> Self {
        let zone = Zone {
            end: cutoff.cost(),
            parts: WHOLE,
        };
        Self {
            cutoff,
            weights: Weights::Zones(vec![zone]),
        }
    }

    /// Three zones of equal width that weigh 1, 0.68 and 0.22, as Luo and Qi (2009) have them.
    #[must_use]
    pub fn thirds(cutoff: Cutoff) -> Self {
        let end = |number: u64| (u64::from(cutoff.cost()) * number / 3) as Cost;
        let zones = (1..).zip(THIRDS).map(|(number, parts)| Zone {
            end: end(number),
            parts,
        });
        Self {
            cutoff,
            weights: Weights::Zones(zones.collect()),
        }
    }

    /// Reads zones with their weights, `0-5:1,5-10:0.68,10-15:0.22`, or a bell, `gaussian:5`, which weighs `exp(−t² / 2σ²)` with this σ up
    /// to the cutoff. Numbers are minutes or metres, as the cutoff is. Weights are kept to twelve decimals.
    ///
    /// # Errors
    /// [`DecayError`] where it is neither, where zones leave a gap or do not end at the cutoff, and where they weigh nothing, more than
    /// 1, or more the farther they are.
    pub fn read(text: &str, cutoff: Cutoff) -> Result<Self, DecayError> {
        let weights = match text.trim().split_once("gaussian:") {
            Some(("", sigma)) => Weights::Gaussian {
                sigma: width(sigma, text, cutoff)?,
            },
            _ => Weights::Zones(zones(text, cutoff)?),
        };
        Ok(Self { cutoff, weights })
    }

    /// The longest walk that weighs anything.
    #[must_use]
    pub fn cutoff(&self) -> Cutoff {
        self.cutoff
    }

    /// What a walk weighs: from 0 to 1. The cost is in the unit of the cutoff.
    #[must_use]
    pub fn weight(&self, cost: Cost) -> f64 {
        self.parts(cost) as f64 / WHOLE as f64
    }

    /// The same in parts, of which [`WHOLE`] make 1.
    pub(super) fn parts(&self, cost: Cost) -> u64 {
        if cost > self.cutoff.cost() {
            return 0;
        }
        match &self.weights {
            Weights::Zones(zones) => {
                let mut zones = zones.iter();
                let zone = zones.find(|zone| cost <= zone.end);
                zone.map_or(0, |zone| zone.parts)
            }
            Weights::Gaussian { sigma } => {
                let widths = f64::from(cost) / f64::from(sigma.cost());
                ((-widths * widths / 2.0).exp() * WHOLE as f64).round() as u64
            }
        }
    }
}

impl fmt::Display for Decay {
    /// As it is read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.weights {
            Weights::Gaussian { sigma } => write!(f, "gaussian:{sigma}"),
            Weights::Zones(zones) => {
                let mut begin = 0;
                for zone in zones {
                    let comma = if begin == 0 { "" } else { "," };
                    let ends = [begin, zone.end];
                    let [from, to] =
                        ends.map(|cost| Cutoff::from_long_cost(cost, self.cutoff.unit()));
                    let weight = zone.parts as f64 / WHOLE as f64;
                    write!(f, "{comma}{from}-{to}:{weight}")?;
                    begin = zone.end;
                }
                Ok(())
            }
        }
    }
}

/// Minutes or metres, as the cutoff counts.
fn width(number: &str, text: &str, cutoff: Cutoff) -> Result<Cutoff, DecayError> {
    let number: f64 = number.trim().parse().map_err(|_| not_read(text))?;
    let width = match cutoff.unit() {
        Unit::Milliseconds => Cutoff::minutes(number),
        Unit::Millimetres => Cutoff::metres(number),
    };
    width.map_err(DecayError::Width)
}

fn not_read(text: &str) -> DecayError {
    DecayError::NotRead(text.to_owned())
}

fn zones(text: &str, cutoff: Cutoff) -> Result<Vec<Zone>, DecayError> {
    let mut zones: Vec<Zone> = Vec::new();
    for part in text.split([',', '，']) {
        let (ends, weight) = part.split_once([':', '：']).ok_or_else(|| not_read(text))?;
        let (begin, end) = ends.split_once('-').ok_or_else(|| not_read(text))?;
        let begin = match begin.trim().parse() {
            Ok(0.0) => 0,
            _ => width(begin, text, cutoff)?.cost(),
        };
        let before = zones.last().copied();
        let zone = Zone {
            end: width(end, text, cutoff)?.cost(),
            parts: parts_of(weight, part, text)?,
        };
        if begin != before.map_or(0, |zone| zone.end) || zone.end <= begin {
            return Err(DecayError::Gap(part.trim().to_owned()));
        }
        if before.is_some_and(|before| before.parts < zone.parts) {
            return Err(DecayError::Rises(part.trim().to_owned()));
        }
        zones.push(zone);
    }
    let end = zones.last().map_or(0, |zone| zone.end);
    if end != cutoff.cost() {
        let end = Cutoff::from_long_cost(end, cutoff.unit()).to_string();
        return Err(DecayError::End { end, cutoff });
    }
    Ok(zones)
}

/// A weight above 0 and up to 1, in parts.
fn parts_of(weight: &str, zone: &str, text: &str) -> Result<u64, DecayError> {
    let weight: f64 = weight.trim().parse().map_err(|_| not_read(text))?;
    let parts = (weight * WHOLE as f64).round();
    if (1.0..=WHOLE as f64).contains(&parts) {
        Ok(parts as u64)
    } else {
        Err(DecayError::Weight(zone.trim().to_owned()))
    }
}
