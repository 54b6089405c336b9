//! Whom it touches that ways were left out of the network: people beside them, on islands, and in pockets.

use crate::geometry::Location;
use crate::inputs::CutReport;
use crate::model::{Access, Profile, Resident, StreetsBuilder, WayKind};
use crate::network::{Impedance, Islands, Network};
use crate::snap::{Snapper, Snapping};
use crate::units::People;

/// How many people live beside what was left out of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// Everybody with a valid record.
    pub total: People,
    /// Those without a usable street within the snapping distance.
    pub off_network: People,
    /// Those off the network whose nearest street is an island.
    pub beside_islands: People,
    /// Those who live on private ways and go by their gates.
    pub in_pockets: People,
    /// For each entry of [`CutReport::list`] those to whom one of its ways is nearer than the street that they use, and
    /// within the snapping distance.
    pub beside_cuts: Vec<People>,
}

impl Affected {
    /// Counts them.
    ///
    /// # Complexity
    /// One search of an R-tree per resident and reason.
    #[must_use]
    pub fn new(residents: &[Resident], cuts: &CutReport, snapper: &Snapper<'_>) -> Self {
        let mut affected = Self::default();
        let mut legs = Vec::with_capacity(residents.len());
        for resident in residents {
            let snapping = resident
                .valid_place()
                .map_or(Snapping::Invalid, |p| snapper.snap(p));
            affected.count(resident.people, &snapping, snapper);
            legs.push(match snapping {
                Snapping::On(snap) | Snapping::ShutIn(snap) => Some(snap.leg_m),
                Snapping::OffNetwork(_) => Some(f64::INFINITY),
                Snapping::Invalid => None,
            });
        }
        let lines = cuts.list().iter().map(|cut| &cut.lines);
        affected.beside_cuts = lines
            .map(|lines| people_nearer(residents, &legs, lines, snapper))
            .collect();
        affected
    }

    fn count(&mut self, people: People, snapping: &Snapping, snapper: &Snapper<'_>) {
        match snapping {
            Snapping::On(snap) | Snapping::ShutIn(snap) => {
                let edge = snapper.network().edge(snap.edge);
                if edge.passage.access == Access::Private {
                    self.in_pockets += people;
                }
            }
            Snapping::OffNetwork(near) => {
                self.off_network += people;
                if near.is_some_and(|near| near.in_island) {
                    self.beside_islands += people;
                }
            }
            Snapping::Invalid => return,
        }
        self.total += people;
    }
}

/// The people to whom one of some lines is nearer than their own street is.
fn people_nearer(
    residents: &[Resident],
    legs: &[Option<f64>],
    lines: &[Vec<Location>],
    snapper: &Snapper<'_>,
) -> People {
    let mut people = People::ZERO;
    let Some(network) = network_of(lines) else {
        return people;
    };
    let Ok(impedance) = Impedance::times(&network, &Profile::plain()) else {
        return people;
    };
    let islands = Islands::new(&network, &impedance, 0.0);
    let cut_ways = Snapper::new(&network, &impedance, &islands, snapper.options());
    for (resident, leg_m) in residents.iter().zip(legs) {
        let (Some(leg_m), Some(place)) = (leg_m, resident.valid_place()) else {
            continue;
        };
        if let Snapping::On(snap) = cut_ways.snap(place)
            && snap.leg_m < *leg_m
        {
            people += resident.people;
        }
    }
    people
}

/// Lines as a network of their own; `None` where none has any length.
fn network_of(lines: &[Vec<Location>]) -> Option<Network> {
    let mut streets = StreetsBuilder::new(lines.concat());
    let mut first = 0;
    for (line, number) in lines.iter().zip(1..) {
        let refs: Vec<u32> = (first..first + line.len() as u32).collect();
        first += line.len() as u32;
        streets.add_way(number, &refs, WayKind::Street, None);
    }
    Network::build(&streets.finish(Vec::new())).ok()
}
