//! Who is left out, and the places that they make up.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::gap::{GapOptions, GapReason};
use super::population::Population;
use crate::control::{Cancelled, Control};
use crate::geometry::{LocalMetres, geodesic_m};
use crate::id::{EdgeId, NodeId, ResidentId};
use crate::isochrone::Ground;
use crate::model::Access;
use crate::network::{Edge, Stretch, Union};
use crate::parallel;
use crate::search::{FromAny, Groups, NearestStation, Neighbours, Reach, Reaches};
use crate::snap::{Snap, Snapper, Snapping};
use crate::units::{COST_SCALE, Cost, Cutoff, People, Unit};

/// A link is missing only where the walk is longer by this part of the cutoff than over the link: else it would save
/// little.
const FAR: f64 = 0.5;

/// The cutoff from which on a walk is far.
pub(super) fn far(cutoff: Cutoff) -> Cutoff {
    let far = (f64::from(cutoff.cost()) * FAR) as Cost;
    Cutoff::from_long_cost(cutoff.cost().saturating_add(far), cutoff.unit())
}

/// Edges per parallel task.
const EDGE_CHUNK: usize = 1024;

/// Everybody who is left out, and what they are left out of.
pub(super) struct LeftOut<'a> {
    pub(super) ground: Ground<'a>,
    pub(super) population: Population<'a>,
    pub(super) reaches: &'a Reaches<'a>,
    /// How far stations reach within the deciding cutoff, ...
    pub(super) near: FromAny<'a>,
    /// ... and within that from which on a walk is far.
    pub(super) far: FromAny<'a>,
    pub(super) snapper: &'a Snapper<'a>,
    pub(super) deciding: Cutoff,
    /// On streets, in input order.
    pub(super) on_streets: Vec<ResidentId>,
    /// Their snaps, in the same order.
    pub(super) snaps: Vec<Snap>,
    /// Without a street, or without a way down to it, in input order, each with the reason.
    off_streets: Vec<(ResidentId, GapReason)>,
    /// Per node whether nobody there is covered.
    pub(super) is_uncovered: Vec<bool>,
}

/// People who live near each other and are left out alike.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Ascending.
    pub(super) members: Vec<ResidentId>,
    /// The streets between them.
    pub(super) links: Vec<Stretch>,
    /// The junctions near them.
    pub(super) nodes: Vec<NodeId>,
}

impl<'a> LeftOut<'a> {
    pub(super) fn new(
        ground: Ground<'a>,
        reaches: &'a Reaches<'a>,
        snapper: &'a Snapper<'a>,
        population: Population<'a>,
    ) -> Self {
        let deciding = population.deciding;
        let (near, far) = parallel::join(
            || reaches.reached_from_any(deciding),
            || reaches.reached_from_any(far(deciding)),
        );
        let mut left_out = Self {
            ground,
            population,
            is_uncovered: nodes_beyond(ground, &near.reach(), deciding),
            reaches,
            near,
            far,
            snapper,
            deciding,
            on_streets: Vec::new(),
            snaps: Vec::new(),
            off_streets: Vec::new(),
        };
        for (id, snapping) in (0..).map(ResidentId).zip(ground.snapped().residents()) {
            match snapping {
                _ if !population.is_left_out(id) => {}
                Snapping::On(snap) => {
                    left_out.on_streets.push(id);
                    left_out.snaps.push(*snap);
                }
                snapping => left_out
                    .off_streets
                    .push((id, off_street(ground, snapping))),
            }
        }
        left_out
    }

    pub(super) fn people(&self, resident: ResidentId) -> People {
        self.population.people(resident)
    }

    /// The walk to the nearest station at any distance.
    pub(super) fn nearest(&self, resident: ResidentId) -> Option<NearestStation> {
        self.population.nearest[resident.index()]
    }

    /// Why somebody is left out, seen by themselves.
    pub(super) fn reason(&self, resident: ResidentId) -> GapReason {
        let off = self
            .off_streets
            .binary_search_by_key(&resident, |(id, _)| *id);
        match (off, self.nearest(resident)) {
            (Ok(position), _) => self.off_streets[position].1,
            (Err(_), Some(nearest)) if self.is_near_at_door(resident, nearest) => GapReason::Stairs,
            (Err(_), Some(_)) => GapReason::TooFar,
            (Err(_), None) => GapReason::NoPath,
        }
    }

    /// Whether somebody who is left out would be covered if they lived at the street.
    fn is_near_at_door(&self, resident: ResidentId, nearest: NearestStation) -> bool {
        let indoors = u64::from(self.indoors(resident));
        indoors > 0 && nearest.cost <= u64::from(self.deciding.cost()).saturating_add(indoors)
    }

    /// What the trip costs inside the building, in the deciding unit; nothing of who cannot get down.
    pub(super) fn indoors(&self, resident: ResidentId) -> Cost {
        self.ground.placed().indoors(resident, self.deciding.unit())
    }

    /// The places that those left out make up, in the order of their first members.
    pub(super) fn places(
        &self,
        options: GapOptions,
        control: Control<'_>,
    ) -> Result<Vec<Place>, Cancelled> {
        let price = |edge: EdgeId| {
            let length_m = self.ground.network().edge(edge).length_m;
            let usable = self.ground.impedance().is_usable(edge);
            usable.then_some((length_m * COST_SCALE).round() as Cost)
        };
        let mut neighbours = Neighbours::new(
            self.ground.network(),
            &self.snaps,
            price,
            &self.is_uncovered,
        );
        let groups = neighbours.groups((options.link_m() * COST_SCALE).round() as Cost);
        let within_m = (self.circle_m() * COST_SCALE).round() as Cost;
        let part_of = self.cut(&groups, control, |pivot| neighbours.within(pivot, within_m))?;
        let mut places: BTreeMap<ResidentId, Place> = BTreeMap::new();
        for (place, part) in part_of.iter().enumerate() {
            let first = self.on_streets[*part as usize];
            let members = &mut places.entry(first).or_default().members;
            members.push(self.on_streets[place]);
        }
        for (place, stretch) in groups.links {
            let first = self.on_streets[part_of[place as usize] as usize];
            places.entry(first).or_default().links.push(stretch);
        }
        for (node, place) in groups.nodes {
            let first = self.on_streets[part_of[place as usize] as usize];
            places.entry(first).or_default().nodes.push(node);
        }
        for members in self.off_street_groups(options.link_m(), control)? {
            let place = Place {
                members,
                ..Place::default()
            };
            places.insert(place.members[0], place);
        }
        let mut places: Vec<Place> = places.into_values().collect();
        places.sort_by(|a, b| a.members.cmp(&b.members));
        Ok(places)
    }

    /// How far a walk of the deciding cutoff gets on the level, in metres.
    fn circle_m(&self) -> f64 {
        let cost = f64::from(self.deciding.cost());
        match self.deciding.unit() {
            Unit::Millimetres => cost / COST_SCALE,
            Unit::Milliseconds => cost / self.ground.impedance().leg_cost_per_metre(),
        }
    }

    /// Cuts groups that are wider than a station in their middle could serve: who is within its circle of the one that is
    /// worst off makes up a part, and so on with those who are left. Answers with the part of every place: its first place.
    fn cut(
        &self,
        groups: &Groups,
        control: Control<'_>,
        mut near: impl FnMut(u32) -> Vec<u32>,
    ) -> Result<Vec<u32>, Cancelled> {
        let mut part_of = groups.of.clone();
        for members in self.wide_groups(groups) {
            let mut is_left: BTreeMap<u32, bool> = members.iter().map(|m| (*m, true)).collect();
            let mut worst_first = members.clone();
            let walk = |place: &u32| {
                let nearest = self.nearest(self.on_streets[*place as usize]);
                nearest.map_or(u64::MAX, |nearest| nearest.cost)
            };
            worst_first.sort_by(|a, b| walk(b).cmp(&walk(a)).then(a.cmp(b)));
            for pivot in worst_first {
                if !is_left[&pivot] {
                    continue;
                }
                control.check()?;
                let mut part = near(pivot);
                part.retain(|place| is_left.insert(*place, false) == Some(true));
                for place in &part {
                    part_of[*place as usize] = part[0];
                }
            }
        }
        Ok(part_of)
    }

    /// Groups with somebody further from the first of them than a circle reaches, as the crow flies.
    fn wide_groups(&self, groups: &Groups) -> Vec<Vec<u32>> {
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (place, group) in (0..).zip(&groups.of) {
            members.entry(*group).or_default().push(place);
        }
        let circle_m = self.circle_m();
        let is_wide = |members: &Vec<u32>| {
            let places = members.iter();
            let places = places.filter_map(|place| self.home(self.on_streets[*place as usize]));
            let places: Vec<Coord<f64>> = places.collect();
            let is_far = |place: &Coord<f64>| geodesic_m(places[0], *place) > circle_m;
            places.iter().any(is_far)
        };
        members.into_values().filter(is_wide).collect()
    }

    /// Where somebody lives.
    pub(super) fn home(&self, resident: ResidentId) -> Option<Coord<f64>> {
        self.population.residents[resident.index()].valid_place()
    }

    /// Those without a street, in groups by reason of homes within some metres of each other as the crow flies.
    fn off_street_groups(
        &self,
        link_m: f64,
        control: Control<'_>,
    ) -> Result<Vec<Vec<ResidentId>>, Cancelled> {
        let squares = Squares::new(link_m);
        let mut union = Union::new(self.off_streets.len());
        let mut taken: BTreeMap<(GapReason, Square), Vec<Home>> = BTreeMap::new();
        for (number, (resident, reason)) in (0..).zip(&self.off_streets) {
            if let Some(home) = self.home(*resident) {
                let square = squares.square(home);
                let homes = taken.entry((*reason, square)).or_default();
                // Whoever shares a square is near enough; a home that is there already tells nothing new.
                if let Some((first, _)) = homes.first() {
                    union.join(number, *first);
                }
                if !homes
                    .iter()
                    .rev()
                    .take(RECENT)
                    .any(|(_, other)| *other == home)
                {
                    homes.push((number, home));
                }
            }
        }
        for ((reason, square), homes) in &taken {
            control.check()?;
            for other in squares.later_neighbours(*square, homes[0].1) {
                let Some(others) = taken.get(&(*reason, other)) else {
                    continue;
                };
                if union.root(homes[0].0) == union.root(others[0].0) {
                    continue;
                }
                let is_near = |(_, home): &Home| {
                    others
                        .iter()
                        .any(|(_, other)| geodesic_m(*home, *other) <= link_m)
                };
                if homes.iter().any(is_near) {
                    union.join(homes[0].0, others[0].0);
                }
            }
        }
        let mut groups: BTreeMap<u32, Vec<ResidentId>> = BTreeMap::new();
        for (number, (resident, _)) in (0..).zip(&self.off_streets) {
            groups
                .entry(union.root(number))
                .or_default()
                .push(*resident);
        }
        Ok(groups.into_values().collect())
    }
}

/// Homes of a square that are compared with a new one, to keep each place once where many share it.
const RECENT: usize = 8;

/// A home without a street: its number among them, and where it is.
type Home = (u32, Coord<f64>);

/// Row and column of a square.
type Square = (i64, i64);

/// Squares so small that two places in one are always within a link.
struct Squares {
    link_m: f64,
    side_m: f64,
}

impl Squares {
    fn new(link_m: f64) -> Self {
        let link_m = link_m.max(0.01);
        Self {
            link_m,
            side_m: link_m / 1.5,
        }
    }

    /// Metres per degree at a row, where its columns are counted.
    fn metres(&self, row: i64) -> LocalMetres {
        let latitude = row as f64 * self.side_m / NORTH_M;
        LocalMetres::at(latitude.clamp(-89.9, 89.9))
    }

    fn column(&self, x: f64, row: i64) -> i64 {
        (x * self.metres(row).east_m / self.side_m).floor() as i64
    }

    fn square(&self, place: Coord<f64>) -> Square {
        let row = (place.y * NORTH_M / self.side_m).floor() as i64;
        (row, self.column(place.x, row))
    }

    /// The squares after this one that may hold a place within a link of one in it; `inside` is any place in it.
    fn later_neighbours(&self, square: Square, inside: Coord<f64>) -> impl Iterator<Item = Square> {
        let reach_m = self.link_m + 2.0 * self.side_m;
        (square.0..=square.0 + 2).flat_map(move |row| {
            let degrees = reach_m / self.metres(row).east_m;
            let columns =
                self.column(inside.x - degrees, row)..=self.column(inside.x + degrees, row);
            columns
                .map(move |column| (row, column))
                .filter(move |other| *other > square)
        })
    }
}

/// Metres in a degree of latitude where it is longest, at the poles: rows are never higher than the side.
const NORTH_M: f64 = 111_694.0;

/// Per node whether the walk between it and any station costs more than a cutoff.
fn nodes_beyond(ground: Ground<'_>, from_any: &Reach<'_>, cutoff: Cutoff) -> Vec<bool> {
    let mut is_beyond = vec![true; ground.network().node_count()];
    let ends_within = |edge: &EdgeId| {
        let on = from_any.on(*edge);
        [0.0, 1.0].map(|end| on.cost(end).is_some_and(|cost| cost <= cutoff.cost()))
    };
    let within = parallel::map(from_any.edges(), EDGE_CHUNK, ends_within);
    for (edge, within) in from_any.edges().iter().zip(within) {
        let Edge { tail, head, .. } = ground.network().edge(*edge);
        for (node, within) in [tail, head].into_iter().zip(within) {
            if within {
                is_beyond[node.index()] = false;
            }
        }
    }
    is_beyond
}

/// Why there is no street.
fn off_street(ground: Ground<'_>, snapping: &Snapping) -> GapReason {
    match snapping {
        Snapping::OffNetwork(Some(near)) if near.in_island => {
            match ground.network().edge(near.edge).passage.access {
                Access::Private => GapReason::ClosedPocket,
                Access::Public => GapReason::Island,
            }
        }
        Snapping::ShutIn(_) => GapReason::StairsAtHome,
        _ => GapReason::OffNetwork,
    }
}
