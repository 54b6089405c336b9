//! The steps of the generator, in order: plan, frame, blocks, villages, people, stations.

use super::block::{Block, Lines, Parcel, Use};
use super::chance::{Chance, Purpose};
use super::frame::{self, Frame};
use super::ground::Ground;
use super::layout::{Form, Layout};
use super::names::{self, CommunityKind};
use super::parcel::{self, Drawn};
use super::people;
use super::plan::{Cells, Known, Plan};
use super::records::{Ages, Community, StationSite, Subdistrict};
use super::regions::{self, Outlines};
use super::shares::largest_remainder;
use super::stations::Sites;
use super::village;
use super::{District, DistrictError, DistrictOptions, Size};
use crate::geometry::Location;

/// People in a household, in hundredths: 2.45 (Taiyuan, census of 2020).
const HOUSEHOLD: u64 = 245;
/// The preset's stations: 7 of streets, 103 of communities, 840 of grids (Shanxi Daily, 26 February 2024).
const GRID_STATIONS: u64 = 840;
const COMMUNITIES: u64 = 103;
const SUBDISTRICTS: u64 = 7;
/// Lifts added to walk-up housing (same source).
const ADDED_LIFTS: u64 = 168;
/// The people of the preset, which the numbers above are shared out by where there is no preset.
const PRESET_PEOPLE: u64 = 592_800;
/// Parcels with homes where nothing says how many people there are.
const HOMES: f64 = 0.68;
/// Open old town, where nothing says more.
const OPEN: f64 = 0.12;
/// Junctions of a superblock with the streets around it: a little fewer than their mean, which is about 68, so that there
/// are cells enough.
const JUNCTIONS_PER_CELL: u32 = 64;

/// So many cells hold the junctions, with some to spare where few are drawn; the last ones stay empty.
fn cells_for(junctions: u32) -> u32 {
    junctions / JUNCTIONS_PER_CELL + junctions.isqrt() / 16
}

/// Makes a district.
pub(super) fn generate(options: DistrictOptions) -> Result<District, DistrictError> {
    let seed = options.seed;
    let (plan, budget) = match options.size {
        Size::Yingze => (Plan::yingze(seed), None),
        Size::Junctions(junctions) => {
            if !DistrictOptions::JUNCTIONS.contains(&junctions) {
                return Err(DistrictError::Junctions { junctions });
            }
            (Plan::square(seed, cells_for(junctions)), Some(junctions))
        }
    };
    let ground = Ground::new(seed);
    let mut drawn = Drawn::default();
    let frame = frame::draw(&plan, &ground, seed, &mut drawn.map);
    let mut blocks = draft_blocks(&plan, seed);
    choose_uses(&plan, &mut blocks, seed);
    draw_blocks(
        &mut blocks,
        budget,
        &plan,
        seed,
        (&ground, &frame),
        &mut drawn,
    );
    if let Some(rural) = &plan.rural {
        let first = blocks.len() as u32;
        village::draw(&plan, rural, first, seed, (&ground, &frame), &mut drawn);
    }
    drop(blocks);
    Ok(Settling::new(&plan, &ground, drawn, options).settle())
}

fn draft_blocks(plan: &Plan, seed: u64) -> Vec<Block> {
    let open = |cell| known_at(plan, cell).map_or(OPEN, |known| known.open);
    let cells = plan.cells().each();
    cells
        .map(|cell| Block::draft(plan, cell, open(cell), seed))
        .collect()
}

fn known_at(plan: &Plan, (column, row): (usize, usize)) -> Option<&Known> {
    let holds = |cells: &Cells| {
        (cells.c0..cells.c1).contains(&column) && (cells.r0..cells.r1).contains(&row)
    };
    plan.known.iter().find(|known| holds(&known.cells))
}

/// Decides which parcels have homes. Where the people are known, so many as they need: parcels get homes in drawn order,
/// the first of each block before all others, and if that is not enough, walk-ups become towers.
fn choose_uses(plan: &Plan, blocks: &mut [Block], seed: u64) {
    for known in &plan.known {
        let villages = if known.register == 6 {
            VILLAGE_PEOPLE
        } else {
            0
        };
        let needed = u64::from(known.people - villages) * 100 / HOUSEHOLD;
        let of_known = blocks.iter_mut().filter(|block| {
            let is_of = known_at(plan, block.cell).map(|of| of.register);
            is_of == Some(known.register)
        });
        house(of_known, needed, seed);
    }
    for block in blocks
        .iter_mut()
        .filter(|block| known_at(plan, block.cell).is_none())
    {
        for parcel in &mut block.parcels {
            let mut chance = Chance::new(seed, Purpose::Priorities, u64::from(parcel.number));
            let homes = parcel.layout.is_some() && chance.is(HOMES);
            parcel.used = if homes {
                Use::Homes
            } else {
                other_use(parcel, &mut chance)
            };
        }
    }
}

/// About the people of the nine villages: what their houses hold.
const VILLAGE_PEOPLE: u32 = 5_000;

fn house<'a>(blocks: impl Iterator<Item = &'a mut Block>, needed: u64, seed: u64) {
    let mut parcels: Vec<(bool, u64, &mut Parcel)> = Vec::new();
    for block in blocks {
        let with_homes = block
            .parcels
            .iter()
            .filter(|parcel| parcel.layout.is_some());
        let first = with_homes.map(|parcel| parcel.priority).min();
        for parcel in &mut block.parcels {
            parcels.push((Some(parcel.priority) != first, parcel.priority, parcel));
        }
    }
    parcels.sort_by_key(|(later, priority, _)| (*later, *priority));
    let dwellings = |parcel: &Parcel| parcel.layout.as_ref().map_or(0, Layout::dwellings);
    let mut housed = 0;
    for (.., parcel) in &mut parcels {
        let mut chance = Chance::new(seed, Purpose::Priorities, u64::from(parcel.number));
        let homes = parcel.layout.is_some() && housed < needed;
        parcel.used = if homes {
            Use::Homes
        } else {
            other_use(parcel, &mut chance)
        };
        housed += if homes {
            u64::from(dwellings(parcel))
        } else {
            0
        };
    }
    for (.., parcel) in &mut parcels {
        let is_walk_up = parcel
            .layout
            .as_ref()
            .is_some_and(|l| l.form == Form::WalkUp);
        if housed >= needed || parcel.used != Use::Homes || !is_walk_up {
            continue;
        }
        let mut own = Chance::new(seed, Purpose::Parcels, u64::from(parcel.number));
        if let Some(towers) = Layout::draw(&parcel.ground, Form::Tower, &mut own) {
            housed += u64::from(towers.dwellings().saturating_sub(dwellings(parcel)));
            parcel.layout = Some(towers);
        }
    }
}

fn other_use(parcel: &Parcel, chance: &mut Chance) -> Use {
    match chance.below(20) {
        0..7 if parcel.layout.is_some() => Use::Campus,
        0..13 => Use::Park,
        _ => Use::Shops,
    }
}

/// Draws block by block, in a district of a wanted size until it has its junctions; what is left stays empty.
fn draw_blocks(
    blocks: &mut [Block],
    budget: Option<u32>,
    plan: &Plan,
    seed: u64,
    (ground, frame): (&Ground, &Frame),
    drawn: &mut Drawn,
) {
    let count = blocks.len() as u32;
    for (index, block) in (0..count).zip(blocks) {
        // The corners of blocks to come become junctions too.
        let to_come = 4 * (count - index);
        let is_full = |drawn: &Drawn, more: u32| {
            budget.is_some_and(|budget| drawn.map.junctions() + to_come + more >= budget)
        };
        if is_full(drawn, 0) {
            block.clear();
        }
        let mut lines = Lines::new(block, plan, frame, ground, &mut drawn.map);
        for parcel in &mut block.parcels {
            if is_full(drawn, lines.ends()) {
                parcel.used = Use::Vacant;
            }
            parcel::draw(parcel, index, seed, ground, &mut lines, drawn);
        }
        lines.draw(&mut drawn.map);
    }
}

/// What the people and the stations are made from.
struct Settling<'a> {
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
    fn new(plan: &'a Plan, ground: &'a Ground, drawn: Drawn, options: DistrictOptions) -> Self {
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

    fn settle(mut self) -> District {
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
        let shares = largest_remainder(people, &weights);
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
            match cells {
                Some(cells) => {
                    for (column, row) in cells.each() {
                        community_of[self.cell(column, row)] = index;
                    }
                }
                None => {
                    community_of[village] = index;
                    village += 1;
                }
            }
        }
        for building in &mut self.drawn.buildings {
            building.community = community_of[building.community as usize];
        }
        for compound in &mut self.drawn.compounds {
            compound.community = community_of[compound.community as usize];
        }
    }

    fn stations(&self, regions: &Regions, homes: &[super::Home]) -> Vec<StationSite> {
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
        let grids = largest_remainder(in_proportion(GRID_STATIONS, total) as u32, &people);
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
