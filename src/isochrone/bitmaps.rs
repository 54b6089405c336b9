//! The ground of one drawing as bits: which cells are within, which lie on the outline, and the costs of those alone.

use super::tiles::{Tiles, turned};
use crate::units::{CLOSED, Cost};

/// The bitmap without a cell.
const EMPTY: u32 = 0;

/// One tile while it is drawn on. Words are rows from south to north, bits columns from west to east.
#[derive(Clone, Debug)]
pub(super) struct Bitmap {
    pub(super) tile: u32,
    /// The bitmaps to the east, north, west and south.
    pub(super) beside: [u32; 4],
    /// What was marked, block by block.
    blocks: [u64; 64],
    /// The cells within the bound of the drawing.
    reached: [u64; 64],
    /// The cells within the cutoff.
    pub(super) within: [u64; 64],
    /// The cells on the outline, on either side of it, whose costs say where it passes.
    priced: [u64; 64],
    /// How many of those are in the bitmaps and rows before.
    before: [u32; 64],
    /// The cells within whose neighbour to the north, or south, is not.
    pub(super) north: [u64; 64],
    pub(super) south: [u64; 64],
}

impl Bitmap {
    fn new(tile: u32) -> Self {
        Self {
            tile,
            beside: [EMPTY; 4],
            blocks: [0; 64],
            reached: [0; 64],
            within: [0; 64],
            priced: [0; 64],
            before: [0; 64],
            north: [0; 64],
            south: [0; 64],
        }
    }

    /// Reads rows out of what was marked block by block.
    fn rows(&self) -> [u64; 64] {
        turned_all(&self.blocks)
    }

    /// The number of a cell among those that are priced; `None` where it is not.
    #[inline]
    pub(super) fn number(&self, row: u32, column: u32) -> Option<usize> {
        let (word, bit) = (self.priced[row as usize], 1 << column);
        let count = (word & (bit - 1)).count_ones();
        (word & bit != 0).then_some((self.before[row as usize] + count) as usize)
    }
}

fn turned_all(words: &[u64; 64]) -> [u64; 64] {
    let mut all = [0; 64];
    for (from, to) in words.chunks_exact(8).zip(all.chunks_exact_mut(8)) {
        let mut eight = [0; 8];
        eight.copy_from_slice(from);
        if eight != [0; 8] {
            to.copy_from_slice(&turned(eight));
        }
    }
    all
}

/// The bitmaps of one drawing after the other, over the same memory.
#[derive(Debug)]
pub(super) struct Bitmaps {
    /// Per tile, and one more.
    sheet_of: Vec<u32>,
    /// The first one is empty.
    pub(super) list: Vec<Bitmap>,
    used: usize,
    /// Of the cells on the outline.
    costs: Vec<Cost>,
}

impl Bitmaps {
    pub(super) fn new(tiles: &Tiles) -> Self {
        Self {
            sheet_of: vec![EMPTY; tiles.count() + 1],
            list: vec![Bitmap::new(tiles.count() as u32)],
            used: 1,
            costs: Vec::new(),
        }
    }

    /// Forgets the last drawing.
    pub(super) fn clear(&mut self) {
        for bitmap in &self.list[1..self.used] {
            self.sheet_of[bitmap.tile as usize] = EMPTY;
        }
        self.used = 1;
    }

    /// The bitmaps in use.
    pub(super) fn used(&self) -> impl ExactSizeIterator<Item = u32> + use<> {
        1..self.used as u32
    }

    /// Marks cells of a block.
    #[inline]
    pub(super) fn mark(&mut self, block: u32, cells: u64) {
        let tile = block / 64;
        let mut bitmap = self.sheet_of[tile as usize];
        if bitmap == EMPTY {
            bitmap = self.take(tile);
        }
        self.list[bitmap as usize].blocks[block as usize % 64] |= cells;
    }

    /// A bitmap for a tile that has none.
    fn take(&mut self, tile: u32) -> u32 {
        let bitmap = self.used as u32;
        if self.used == self.list.len() {
            self.list.push(Bitmap::new(tile));
        }
        self.used += 1;
        let new = &mut self.list[bitmap as usize];
        new.tile = tile;
        new.blocks = [0; 64];
        self.sheet_of[tile as usize] = bitmap;
        bitmap
    }

    /// Takes what was marked as the cells within the bound, and lays bitmaps beside each other.
    pub(super) fn keep_reached(&mut self, tiles: &Tiles) {
        let sheet_of = &self.sheet_of;
        for bitmap in &mut self.list[1..self.used] {
            bitmap.reached = bitmap.rows();
            bitmap.beside = tiles
                .beside(bitmap.tile)
                .map(|tile| sheet_of[tile as usize]);
        }
    }

    /// Forgets what was marked, but not where.
    pub(super) fn clear_marks(&mut self) {
        for bitmap in &mut self.list[1..self.used] {
            bitmap.blocks = [0; 64];
        }
    }

    /// Takes what was marked as the cells within a cutoff, and finds those on its outline.
    pub(super) fn find_outline(&mut self) {
        for bitmap in &mut self.list[1..self.used] {
            bitmap.within = bitmap.rows();
        }
        let mut count = 0;
        for bitmap in 1..self.used {
            self.find_outline_on(bitmap, &mut count);
        }
        self.costs.clear();
        self.costs.resize(count as usize, CLOSED);
        for bitmap in &mut self.list[1..self.used] {
            bitmap.blocks = turned_all(&bitmap.priced);
        }
    }

    fn find_outline_on(&mut self, index: usize, count: &mut u32) {
        let [east, north, west, south] = self.list[index].beside.map(|s| s as usize);
        let (above, below) = (self.list[north].within[0], self.list[south].within[63]);
        let (mut easts, mut wests) = ([0; 64], [0; 64]);
        for row in 0..64 {
            easts[row] = self.list[east].within[row] << 63;
            wests[row] = self.list[west].within[row] >> 63;
        }
        let bitmap = &mut self.list[index];
        let mut south = below;
        for row in 0..64 {
            let within = bitmap.within[row];
            let north = bitmap.within.get(row + 1).copied().unwrap_or(above);
            let (east, west) = (within >> 1 | easts[row], within << 1 | wests[row]);
            bitmap.north[row] = within & !north;
            bitmap.south[row] = within & !south;
            let inner = within & !(north & south & east & west);
            let outer = bitmap.reached[row] & !within & (north | south | east | west);
            bitmap.priced[row] = inner | outer;
            bitmap.before[row] = *count;
            *count += bitmap.priced[row].count_ones();
            south = within;
        }
    }

    /// The cells of a block on the outline.
    #[inline]
    pub(super) fn on_outline(&self, block: u32) -> u64 {
        let bitmap = self.sheet_of[block as usize / 64];
        self.list[bitmap as usize].blocks[block as usize % 64]
    }

    /// Notes what a cell on the outline costs: the cell of a bit of a block.
    #[inline]
    pub(super) fn price(&mut self, block: u32, bit: u32, cost: Cost) {
        let bitmap = &self.list[self.sheet_of[block as usize / 64] as usize];
        let row = block % 64 / 8 * 8 + bit / 8;
        let column = block % 8 * 8 + bit % 8;
        if let Some(number) = bitmap.number(row, column) {
            // By the best of its ways onto streets.
            self.costs[number] = self.costs[number].min(cost);
        }
    }

    /// How many cells are on the outline.
    pub(super) fn outline_len(&self) -> usize {
        self.costs.len()
    }

    pub(super) fn cost(&self, number: usize) -> Cost {
        self.costs[number]
    }
}
