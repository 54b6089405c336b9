//! How far heights are known, in words.

use pedshed::language::Words;
use pedshed::network::Network;

use crate::terminal::words;

/// How many kilometres of a network have heights; `None` of one without.
pub(crate) fn heights_in_words(network: &Network) -> Option<Words> {
    let metres = network.height_metres()?;
    let known_km = metres.known_m / 1000.0;
    let all_km = known_km + metres.unknown_m / 1000.0;
    Some(words!(
        "on {known_km:.1} of {all_km:.1} km of street",
        "{all_km:.1} 公里街道中的 {known_km:.1} 公里"
    ))
}
