//! Where the stations are: a centre for each subdistrict and urban community, grid stations among the homes.

use std::collections::BTreeMap;

use super::chance::{Chance, Purpose};
use super::fitout::FitOut;
use super::ground::{Ground, Spot, spot};
use super::plan::{Cells, Plan};
use super::records::{Community, CommunityKind, StationSite, Subdistrict, Tier};
use crate::geometry::{Location, geodesic_m};

/// Stations are at least so far apart: nearer ones of like names would look like one site that was registered twice.
const APART_M: f64 = 56.0;
/// How often a place is drawn anew before it is taken as it is.
const TRIES: usize = 40;
/// A centre stands so far behind the kerb.
const KERB_M: f64 = 4.0;

/// What stations are placed by.
pub(super) struct Sites<'a> {
    pub(super) plan: &'a Plan,
    pub(super) ground: &'a Ground,
    pub(super) seed: u64,
    pub(super) subdistricts: &'a [Subdistrict],
    pub(super) communities: &'a [Community],
    /// The cells of each subdistrict, and of each community; none of a village.
    pub(super) subdistrict_cells: &'a [Cells],
    pub(super) community_cells: &'a [Option<Cells>],
    /// The dwellings of a cell.
    pub(super) dwellings: &'a dyn Fn(usize, usize) -> u64,
    /// For each community its doors, with the people behind each.
    pub(super) doors: &'a [Vec<(Location, u32)>],
    /// How many grid stations each community has.
    pub(super) grids: &'a [u32],
}

/// Places that are taken, in squares of the distance that must be kept.
#[derive(Default)]
struct Taken(BTreeMap<(i32, i32), Vec<Location>>);

impl Taken {
    /// About 60 m in 10⁻⁷ degrees of longitude and latitude at the model's place.
    const SQUARE_E7: (i32, i32) = (6_900, 5_500);

    fn square(place: Location) -> (i32, i32) {
        let (x, y) = Self::SQUARE_E7;
        (place.lon_e7 / x, place.lat_e7 / y)
    }

    fn is_free(&self, place: Location) -> bool {
        let (x, y) = Self::square(place);
        let squares = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let near = squares.filter_map(|square| self.0.get(&square)).flatten();
        near.copied()
            .all(|other| geodesic_m(place.degrees(), other.degrees()) >= APART_M)
    }

    fn take(&mut self, place: Location) {
        self.0.entry(Self::square(place)).or_default().push(place);
    }
}

impl Sites<'_> {
    /// All stations: by tier, then in the order of subdistricts and communities.
    pub(super) fn place(&self) -> Vec<StationSite> {
        let mut taken = Taken::default();
        let mut stations = Vec::new();
        for (index, subdistrict) in self.subdistricts.iter().enumerate() {
            let place = self.centre_place(self.subdistrict_cells[index], index as u64, &mut taken);
            stations.push(StationSite {
                id: format!("S{:02}", index + 1),
                name: format!("{}党群服务中心", subdistrict.name),
                tier: Tier::Street,
                place,
                subdistrict: index,
                community: None,
                parent: None,
                fit_out: FitOut::draw(Tier::Street, self.seed, index as u64),
            });
        }
        let mut number = 0;
        // The stations of the subdistricts come first: each stands at its subdistrict's position.
        let mut centres: Vec<Option<usize>> = vec![None; self.communities.len()];
        for (index, community) in self.communities.iter().enumerate() {
            let cells = self.community_cells[index];
            let Some(cells) = cells.filter(|_| community.kind == CommunityKind::Urban) else {
                continue;
            };
            number += 1;
            stations.push(StationSite {
                id: format!("C{number:03}"),
                name: format!("{}党群服务中心", community.name),
                tier: Tier::Community,
                place: self.centre_place(cells, 1_000 + index as u64, &mut taken),
                subdistrict: community.subdistrict,
                community: Some(index),
                parent: Some(community.subdistrict),
                fit_out: FitOut::draw(Tier::Community, self.seed, 1_000 + index as u64),
            });
            centres[index] = Some(stations.len() - 1);
        }
        for (index, centre) in centres.iter().enumerate() {
            let parent = centre.unwrap_or(self.communities[index].subdistrict);
            self.place_grids((index, parent), &mut taken, &mut stations);
        }
        stations
    }

    /// On a sidewalk of the cell that most people of the area live near.
    fn centre_place(&self, cells: Cells, index: u64, taken: &mut Taken) -> Location {
        let mut chance = Chance::new(self.seed, Purpose::Stations, index);
        let cell = self.middle_cell(cells);
        let block = self.plan.block(cell.0, cell.1).inset(KERB_M);
        let mut place = self.ground.place(block.middle());
        for _ in 0..TRIES {
            let along = chance.between(0.15, 0.85);
            let x = block.min.x + block.width() * along;
            let y = block.min.y + block.height() * along;
            let sides: [Spot; 4] = [
                spot(x, block.min.y),
                spot(x, block.max.y),
                spot(block.min.x, y),
                spot(block.max.x, y),
            ];
            place = self.ground.place(sides[chance.below(4) as usize]);
            if taken.is_free(place) {
                break;
            }
        }
        taken.take(place);
        place
    }

    /// The cell with homes that is nearest to the middle of the dwellings.
    fn middle_cell(&self, cells: Cells) -> (usize, usize) {
        let weigh = |(c, r): (usize, usize)| ((self.dwellings)(c, r), c as u64, r as u64);
        let (mut sum, mut columns, mut rows) = (0, 0, 0);
        for (weight, column, row) in cells.each().map(weigh) {
            sum += weight;
            columns += weight * column;
            rows += weight * row;
        }
        let (columns, rows) = (
            columns as f64 / sum.max(1) as f64,
            rows as f64 / sum.max(1) as f64,
        );
        let distance = |(c, r): (usize, usize)| {
            let (x, y) = (c as f64 - columns, r as f64 - rows);
            // A tie goes to the cell with more dwellings.
            (x * x + y * y, std::cmp::Reverse((self.dwellings)(c, r)))
        };
        let with_homes = cells.each().filter(|(c, r)| (self.dwellings)(*c, *r) > 0);
        let nearest = with_homes.min_by(|one, other| {
            let (one, other) = (distance(*one), distance(*other));
            one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
        });
        nearest.unwrap_or((cells.c0, cells.r0))
    }

    /// Grid stations at the doors that divide a community's people evenly.
    fn place_grids(
        &self,
        (index, parent): (usize, usize),
        taken: &mut Taken,
        stations: &mut Vec<StationSite>,
    ) {
        let community = &self.communities[index];
        let doors = &self.doors[index];
        let count = self.grids[index];
        if doors.is_empty() {
            return;
        }
        let total: u64 = doors.iter().map(|door| u64::from(door.1)).sum();
        let (mut at, mut before) = (0, 0);
        for grid in 0..count {
            let wanted = total * u64::from(2 * grid + 1) / u64::from(2 * count);
            while at + 1 < doors.len() && before + u64::from(doors[at].1) <= wanted {
                before += u64::from(doors[at].1);
                at += 1;
            }
            let onwards = (at..doors.len()).chain(0..at);
            let free = onwards
                .map(|door| doors[door].0)
                .find(|door| taken.is_free(*door));
            let place = free.unwrap_or(doors[at].0);
            taken.take(place);
            let number = grid + 1;
            stations.push(StationSite {
                id: format!("G{}-{number:02}", community.code),
                name: format!("{}第{number}网格党群服务站", community.name),
                tier: Tier::Grid,
                place,
                subdistrict: community.subdistrict,
                community: Some(index),
                parent: Some(parent),
                fit_out: FitOut::draw(Tier::Grid, self.seed, 1_000_000 + stations.len() as u64),
            });
        }
    }
}
