//! Gaps: the places where people are left out, why, and how many they are.
//!
//! A place is a set of uncovered residents who live near each other on foot: each is within [`GapOptions::link_m`] of
//! walking from another one, along streets from which nobody is covered. So a covered street, a river or a wall parts two
//! places, and no circle does. A place that is wider than what one new station in its middle could serve is cut into such
//! parts.

mod cure;
mod gap;
mod gates;
mod left_out;
mod links;
mod new_station;
mod opening;
mod place;
mod population;
mod walk;
mod ways;

use crate::control::{Cancelled, Control};
use crate::isochrone::Ground;
use crate::parallel;
pub use cure::{Cure, CureKind};
pub use gap::{
    Gap, GapOptions, GapReason, Gaps, GateWay, LongerOpening, MissingLink, NewGate, NewStation,
};
use left_out::LeftOut;
pub(crate) use opening::{ClosedStation, ClosedStations};
pub(crate) use population::Population;
pub use walk::GapWalk;
pub(crate) use walk::Walks;

/// Places per parallel task.
const PLACE_CHUNK: usize = 16;

impl Gaps {
    /// Finds the gaps of some people: `ground` in the unit of their deciding cutoff, with the walls in it, and themselves as they were
    /// counted on it.
    ///
    /// # Errors
    /// [`Cancelled`].
    ///
    /// # Complexity
    /// A few searches of the whole network and one short one per gap and per link that may be missing; for gates one lookup
    /// per place in a wall, and one sum per place and home behind it.
    pub(crate) fn new(
        ground: Ground<'_>,
        population: Population<'_>,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Self, Cancelled> {
        let deciding = population.deciding;
        assert!(
            deciding.unit() == ground.impedance().unit(),
            "the ground is that of the deciding cutoff"
        );
        control.check()?;
        let (reaches, snapper) = (ground.reaches(control)?, ground.snapper());
        let left_out = LeftOut::new(ground, &reaches, &snapper, population);
        let places = left_out.places(options, control)?;
        control.check()?;
        let links = left_out.missing_links(&places, options, control)?;
        let gates = match ground.walls() {
            Some(walls) => left_out.gates(&places, walls, options, control)?,
            None => vec![None; places.len()],
        };
        let all: Vec<_> = places.iter().zip(links.into_iter().zip(gates)).collect();
        let mut list = parallel::map(&all, PLACE_CHUNK, |(place, (link, gate))| {
            left_out.gap(place, *link, *gate, options.draws_outlines())
        });
        list.sort_by(|a, b| b.people.cmp(&a.people).then(a.residents.cmp(&b.residents)));
        Ok(Self { deciding, list })
    }
}
