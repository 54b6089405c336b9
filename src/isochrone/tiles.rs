//! Tiles of the lattice: 64 rows of 64 columns, or 8 blocks by 8. A row of a tile is one word, and so is a block.

use super::lattice::{BLOCK, Cell};

/// Rows and columns of a tile.
const SIDE: i32 = 64;
/// Blocks in a row of blocks, and rows of blocks.
const BLOCKS: i32 = SIDE / BLOCK;

/// The tiles that hold some cells, numbered from south to north and in a row of them from west to east.
#[derive(Debug, Default)]
pub(super) struct Tiles {
    /// Rows and columns of tiles, ascending.
    places: Vec<(i32, i32)>,
    /// The tiles to the east, north, west and south of each; [`Tiles::count`] where there is none.
    beside: Vec<[u32; 4]>,
}

impl Tiles {
    pub(super) fn new(cells: impl Iterator<Item = Cell>) -> Self {
        let mut places: Vec<(i32, i32)> = cells.map(place_of).collect();
        places.sort_unstable();
        places.dedup();
        let number = |place| {
            let position = places.binary_search(&place);
            position.unwrap_or(places.len()) as u32
        };
        let beside = places.iter().map(|&(row, column)| {
            [
                (row, column + 1),
                (row + 1, column),
                (row, column - 1),
                (row - 1, column),
            ]
            .map(number)
        });
        Self {
            beside: beside.collect(),
            places,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    pub(super) fn beside(&self, tile: u32) -> [u32; 4] {
        self.beside[tile as usize]
    }

    /// The south-western cell of a tile.
    pub(super) fn corner(&self, tile: u32) -> Cell {
        let (row, column) = self.places[tile as usize];
        Cell {
            row: row * SIDE,
            column: column * SIDE,
        }
    }

    /// The block that holds a cell of a tile, and the cell's bit in its word.
    pub(super) fn block(&self, cell: Cell) -> (u32, u32) {
        let tile = self.places.binary_search(&place_of(cell));
        let (row, column) = (cell.row.rem_euclid(SIDE), cell.column.rem_euclid(SIDE));
        let block = row / BLOCK * BLOCKS + column / BLOCK;
        let bit = row % BLOCK * BLOCK + column % BLOCK;
        let tile = tile.unwrap_or(self.places.len()) as u32;
        (tile * 64 + block as u32, bit as u32)
    }
}

/// The row and column of a cell's tile.
fn place_of(cell: Cell) -> (i32, i32) {
    (cell.row.div_euclid(SIDE), cell.column.div_euclid(SIDE))
}

/// A row of eight blocks as eight rows of a tile, and the other way round: the bytes of the words change places as rows and
/// columns do.
pub(super) fn turned(words: [u64; 8]) -> [u64; 8] {
    let mut words = words;
    for (apart, mask) in [
        (4, 0x0000_0000_FFFF_FFFF),
        (2, 0x0000_FFFF_0000_FFFF),
        (1, 0x00FF_00FF_00FF_00FF_u64),
    ] {
        let shift = 8 * apart;
        for first in (0..8).filter(|index| index & apart == 0) {
            let swapped = ((words[first] >> shift) ^ words[first + apart]) & mask;
            words[first + apart] ^= swapped;
            words[first] ^= swapped << shift;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bit_of_a_block_is_that_of_its_row_after_a_turn() {
        for block in 0..8 {
            for bit in 0..64 {
                let mut words = [0; 8];
                words[block] = 1 << bit;
                let rows = turned(words);
                let mut expected = [0; 8];
                expected[bit / 8] = 1 << (block * 8 + bit % 8);
                assert_eq!(rows, expected);
                assert_eq!(turned(rows), words);
            }
        }
    }

    #[test]
    fn cells_are_found_in_their_tiles_on_either_side_of_zero() {
        let at = |row, column| Cell { row, column };
        let tiles = Tiles::new([at(-1, -1), at(0, 0), at(0, 64), at(63, 63)].into_iter());
        assert_eq!(tiles.count(), 3);
        assert_eq!(tiles.block(at(-1, -1)), (63, 63));
        assert_eq!(tiles.block(at(9, 17)), (64 + 10, 9));
        assert_eq!(tiles.corner(2), at(0, 64));
        // East, north, west, south.
        assert_eq!(tiles.beside(1), [2, 3, 3, 3]);
    }
}
