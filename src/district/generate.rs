//! The steps of the generator, in order: plan, frame, blocks, villages, people and stations.

use super::block::{Block, Lines, Use};
use super::frame::{self, Frame};
use super::ground::Ground;
use super::parcel::{self, Drawn};
use super::plan::Plan;
use super::settle::Settling;
use super::uses::{choose_uses, known_at};
use super::village;
use super::{District, DistrictError, DistrictOptions, Size};

/// Open old town, where nothing says more.
const OPEN: f64 = 0.12;
/// Junctions of a superblock with the streets around it: a little fewer than their mean, which is about 69, so that there
/// are cells enough.
const JUNCTIONS_PER_CELL: u32 = 67;

/// So many cells hold the junctions, with some to spare where few are drawn; the last ones stay empty.
fn cells_for(junctions: u32) -> u32 {
    junctions / JUNCTIONS_PER_CELL + junctions.isqrt() / 16
}

impl District {
    /// Generates a district.
    ///
    /// # Errors
    /// [`DistrictError::Junctions`] below 1,000 and above 20,000,000.
    ///
    /// # Complexity
    /// Linear in the junctions and homes; the homes of each community are sorted.
    pub fn generate(options: DistrictOptions) -> Result<Self, DistrictError> {
        let seed = options.seed;
        let (plan, budget) = match options.size {
            Size::Yingze => (Plan::yingze(seed), None),
            Size::Junctions(junctions) => {
                if !DistrictOptions::JUNCTIONS.contains(&junctions) {
                    return Err(DistrictError::Junctions {
                        junctions,
                        possible: DistrictOptions::JUNCTIONS,
                    });
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
}

fn draft_blocks(plan: &Plan, seed: u64) -> Vec<Block> {
    let open = |cell| known_at(plan, cell).map_or(OPEN, |known| known.open);
    let cells = plan.cells().each();
    cells
        .map(|cell| Block::draft(plan, cell, open(cell), seed))
        .collect()
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
    let mut was_full = false;
    for (index, block) in (0..count).zip(blocks) {
        // The corners of blocks to come become junctions too.
        let to_come = 4 * (count - index);
        let is_full = |drawn: &Drawn, more: u32| {
            budget.is_some_and(|budget| drawn.map.junctions() + to_come + more >= budget)
        };
        was_full |= is_full(drawn, 0);
        if was_full {
            block.clear();
        }
        let mut lines = Lines::new(block, plan, frame, ground, &mut drawn.map);
        for parcel in &mut block.parcels {
            was_full |= is_full(drawn, lines.ends());
            if was_full {
                parcel.used = Use::Vacant;
            }
            parcel::draw(parcel, index, seed, ground, &mut lines, drawn);
        }
        lines.draw(&mut drawn.map);
    }
}
