//! From the drawn homes to people and stations: subdistricts, communities, who lives in them.

use super::ground::Ground;
use super::names::{self, CommunityKind};
use super::parcel::Drawn;
use super::people::{self, HOUSEHOLD};
use super::plan::{Cells, Plan};
use super::records::{Ages, Community, StationSite, Subdistrict};
use super::regions::{self, Outlines};
use super::shares::people_by;
use super::stations::Sites;
use super::village;
use super::{District, DistrictOptions, Home, Size};
use crate::geometry::Location;

/// The preset's stations: 7 of streets, 103 of communities, 840 of grids (Shanxi Daily, 26 February 2024).
const GRID_STATIONS: u64 = 840;
const COMMUNITIES: u64 = 103;
const SUBDISTRICTS: u64 = 7;
/// Lifts added to walk-up housing (same source).
const ADDED_LIFTS: u64 = 168;
/// The people of the preset, which the numbers above are shared out by where there is no preset.
const PRESET_PEOPLE: u64 = 592_800;

/// What the people and the stations are made from.
pub(super) struct Settling<'a> {
    plan: &'a Plan,
    ground: &'a Ground,
    drawn: Drawn,
    options: DistrictOptions,
    /// The dwellings of each cell, and then of each village.
    dwellings: Vec<u64>,
}

/// Subdistricts and communities, and the cells that belong to them.
#[derive(Default)]
struct Regions {
    subdistricts: Vec<Subdistrict>,
    subdistrict_cells: Vec<Cells>,
    communities: Vec<Community>,
    community_cells: Vec<Option<Cells>>,
}

impl<'a> Settling<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        ground: &'a Ground,
        drawn: Drawn,
        options: DistrictOptions,
    ) -> Self {
        let villages = plan.rural.map_or(0, |rural| village::grounds(&rural).len());
        let mut dwellings = vec![0; plan.cells().count() + villages];
        for stairwell in &drawn.stairwells {
            let building = &drawn.buildings[stairwell.building as usize];
            let more = u64::from(building.dwellings_per_stairwell());
            dwellings[building.community as usize] += more;
        }
        Self {
            plan,
            ground,
            drawn,
            options,
            dwellings,
        }
    }

    fn cell(&self, column: usize, row: usize) -> usize {
        row * (self.plan.columns.len() - 1) + column
    }

    fn of_cells(&self, cells: Cells) -> u64 {
        cells
            .each()
            .map(|(c, r)| self.dwellings[self.cell(c, r)])
            .sum()
    }

    /// Moves the people in and places the stations.
    pub(super) fn settle(mut self) -> District {
        let mut regions = match self.options.size {
            Size::Yingze => self.registered(),
            Size::Junctions(_) => self.numbered(),
        };
        self.move_in(&regions);
        let seed = self.options.seed;
        let people: u64 = regions
            .subdistricts
            .iter()
            .map(|s| u64::from(s.people))
            .sum();
        let lifts = (ADDED_LIFTS * people).div_ceil(PRESET_PEOPLE) as usize;
        let (buildings, stairwells) = (&self.drawn.buildings, &mut self.drawn.stairwells);
        people::add_lifts(buildings, stairwells, lifts, seed);
        people::by_community(&regions.subdistricts, &mut regions.communities, seed);
        let homes = people::homes(
            &regions.communities,
            &self.drawn.buildings,
            &self.drawn.stairwells,
            self.options,
        );
        let stations = self.stations(&regions, &homes);
        District {
            options: self.options,
            map: self.drawn.map,
            subdistricts: regions.subdistricts,
            communities: regions.communities,
            compounds: self.drawn.compounds,
            gates: self.drawn.gates,
            buildings: self.drawn.buildings,
            stairwells: self.drawn.stairwells,
            homes,
            stations,
            ground: *self.ground,
        }
    }

    /// The preset's regions: names and people as they are known.
    fn registered(&self) -> Regions {
        let outlines = Outlines::new(self.plan, self.ground);
        let register = names::register();
        let mut regions = Regions::default();
        for (index, known) in self.plan.known.iter().enumerate() {
            let entry = &register[known.register];
            let ground = self.plan.ground_of(known.cells);
            let rural = self
                .plan
                .rural
                .filter(|_| index + 1 == self.plan.known.len());
            let of_kind = |kind| entry.communities.iter().filter(move |c| c.kind == kind);
            regions.subdistricts.push(Subdistrict {
                code: entry.code.to_owned(),
                name: entry.name.to_owned(),
                people: known.people,
                outline: match &rural {
                    Some(rural) => outlines.of_town(&ground, rural),
                    None => outlines.of(&ground),
                },
            });
            regions.subdistrict_cells.push(known.cells);
            let urban: Vec<_> = of_kind(CommunityKind::Urban).collect();
            for (community, cells) in urban.iter().zip(self.divide(known.cells, urban.len())) {
                let (code, name) = (community.code.to_owned(), community.name.to_owned());
                self.add_urban(&mut regions, (code, name), cells, &outlines);
            }
            let grounds = rural.iter().flat_map(village::grounds);
            let villages = of_kind(CommunityKind::Village).zip(grounds).enumerate();
            for (village, (community, ground)) in villages {
                let cell = self.plan.cells().count() + village;
                regions.communities.push(Community {
                    code: community.code.to_owned(),
                    name: community.name.to_owned(),
                    kind: community.kind,
                    subdistrict: index,
                    people: Ages::default(),
                    dwellings: self.dwellings[cell] as u32,
                    outline: outlines.of(&ground),
                });
                regions.community_cells.push(None);
            }
        }
        regions
    }

    /// Regions by number, as many as the preset has for as many people.
    fn numbered(&self) -> Regions {
        let outlines = Outlines::new(self.plan, self.ground);
        let all = self.plan.cells();
        let people = (self.of_cells(all) * HOUSEHOLD / 100) as u32;
        let count = in_proportion(SUBDISTRICTS, people).clamp(1, all.count());
        let blocks = self.divide(all, count);
        let weights: Vec<u64> = blocks.iter().map(|cells| self.of_cells(*cells)).collect();
        let shares = people_by(people, &weights);
        let mut regions = Regions::default();
        for (number, (cells, people)) in (1..).zip(blocks.into_iter().zip(shares)) {
            let (code, name) = names::numbered_subdistrict(number);
            regions.subdistricts.push(Subdistrict {
                code,
                name,
                people,
                outline: outlines.of(&self.plan.ground_of(cells)),
            });
            regions.subdistrict_cells.push(cells);
            let count = in_proportion(COMMUNITIES, people).clamp(1, cells.count());
            for (community, cells) in (1..).zip(self.divide(cells, count)) {
                let name = names::numbered_community(number, community);
                self.add_urban(&mut regions, name, cells, &outlines);
            }
        }
        regions
    }

    fn divide(&self, cells: Cells, count: usize) -> Vec<Cells> {
        regions::divide(cells, count, &|c, r| self.dwellings[self.cell(c, r)])
    }

    fn add_urban(
        &self,
        regions: &mut Regions,
        (code, name): (String, String),
        cells: Cells,
        outlines: &Outlines<'_>,
    ) {
        regions.communities.push(Community {
            code,
            name,
            kind: CommunityKind::Urban,
            subdistrict: regions.subdistricts.len() - 1,
            people: Ages::default(),
            dwellings: self.of_cells(cells) as u32,
            outline: outlines.of(&self.plan.ground_of(cells)),
        });
        regions.community_cells.push(Some(cells));
    }

    /// Buildings and compounds were drawn with the number of their cell: from now on they know their community.
    fn move_in(&mut self, regions: &Regions) {
        let mut community_of = vec![0; self.dwellings.len()];
        let mut village = self.plan.cells().count();
        for (index, cells) in (0u32..).zip(&regions.community_cells) {
            if let Some(cells) = cells {
                for (column, row) in cells.each() {
                    community_of[self.cell(column, row)] = index;
                }
            } else {
                community_of[village] = index;
                village += 1;
            }
        }
        for building in &mut self.drawn.buildings {
            building.community = community_of[building.community as usize];
        }
        for compound in &mut self.drawn.compounds {
            compound.community = community_of[compound.community as usize];
        }
    }

    fn stations(&self, regions: &Regions, homes: &[Home]) -> Vec<StationSite> {
        let mut behind = vec![0; self.drawn.stairwells.len()];
        for home in homes {
            behind[home.stairwell as usize] += home.people.total();
        }
        let mut doors: Vec<Vec<(Location, u32)>> = vec![Vec::new(); regions.communities.len()];
        for (stairwell, people) in self.drawn.stairwells.iter().zip(behind) {
            let community = self.drawn.buildings[stairwell.building as usize].community;
            doors[community as usize].push((stairwell.door, people));
        }
        let people: Vec<u64> = regions
            .communities
            .iter()
            .map(|c| u64::from(c.people.total()))
            .collect();
        let total = people.iter().sum::<u64>() as u32;
        let grids = people_by(in_proportion(GRID_STATIONS, total) as u32, &people);
        let sites = Sites {
            plan: self.plan,
            ground: self.ground,
            seed: self.options.seed,
            subdistricts: &regions.subdistricts,
            communities: &regions.communities,
            subdistrict_cells: &regions.subdistrict_cells,
            community_cells: &regions.community_cells,
            dwellings: &|column, row| self.dwellings[self.cell(column, row)],
            doors: &doors,
            grids: &grids,
        };
        sites.place()
    }
}

/// As many as the preset has for as many people, rounded.
fn in_proportion(of_preset: u64, people: u32) -> usize {
    ((of_preset * u64::from(people) + PRESET_PEOPLE / 2) / PRESET_PEOPLE) as usize
}
