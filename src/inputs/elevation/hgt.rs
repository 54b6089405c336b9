//! SRTM's tiles: `.hgt`, a square of heights of one degree.
//!
//! # Source
//! USGS, *SRTM Topography* (documentation of version 2.1): heights in metres, 16 bits with the larger byte first, row by row from
//! the north-western corner; the name is the south-western one; −32768 where nothing was measured; the outermost rows and columns are
//! those of the neighbours too.

use geo_types::Coord;

use super::raster::{Grid, Raster};
use crate::geometry::Bounds;
use crate::inputs::{InputError, Source};
use crate::text::language::{Words, words};

/// Where nothing was measured.
const VOID: i16 = i16::MIN;
/// A square of a third of an arc second has so many samples on a side: none is larger.
const MOST_SIDE: usize = 10_801;

/// The bytes of the largest tile.
pub(super) const MOST_BYTES: u64 = 2 * (MOST_SIDE * MOST_SIDE) as u64;

/// The heights of a tile around some streets; `None` where it is elsewhere. `name` is that of the tile, `bytes` what is in it.
pub(super) fn read(
    source: &Source,
    name: &str,
    bytes: &[u8],
    around: Bounds,
) -> Result<Option<Raster>, InputError> {
    let corner = corner_of(name).ok_or_else(|| {
        let reason = words!(
            "its name does not say where it lies; a tile is called by its south-western corner, such as N43E007.hgt",
            "文件名未说明其位置；瓦片应以西南角命名，例如 N43E007.hgt"
        );
        source.malformed(Words::same(name.to_owned()), reason)
    })?;
    let side = side_of(bytes.len()).ok_or_else(|| {
        let count = bytes.len();
        let reason = words!(
            "its {count} bytes are no square of heights (1201 × 1201 or 3601 × 3601, two bytes each): it is cut off, or of another format",
            "其 {count} 字节不构成高程方阵（1201 × 1201 或 3601 × 3601，每个两字节）：文件不完整，或为其他格式"
        );
        source.malformed(Words::same(name.to_owned()), reason)
    })?;
    let step = 1.0 / (side as f64 - 1.0);
    let grid = Grid {
        first: Coord {
            x: corner.x,
            y: corner.y + 1.0,
        },
        step: Coord { x: step, y: step },
        columns: side,
        rows: side,
        is_of_cells: false,
        is_in_degrees: true,
    };
    let Some(window) = grid.window(around) else {
        return Ok(None);
    };
    let mut heights_m = Vec::with_capacity(window.columns * window.rows);
    for row in window.row..window.row + window.rows {
        let first = 2 * (row * side + window.column);
        let cells = bytes[first..first + 2 * window.columns].chunks_exact(2);
        heights_m.extend(
            cells.map(|cell| match i16::from_be_bytes([cell[0], cell[1]]) {
                VOID => f32::NAN,
                height_m => f32::from(height_m),
            }),
        );
    }
    Ok(Some(Raster::new(grid.of_window(window), heights_m)))
}

/// The south-western corner that a name begins with: `N43E007`.
fn corner_of(name: &str) -> Option<Coord<f64>> {
    let name = name.get(..7)?.to_ascii_uppercase();
    let number = |text: &str, most: u32| {
        let is_number = text.bytes().all(|digit| digit.is_ascii_digit());
        let number: u32 = text.parse().ok().filter(|_| is_number)?;
        (number <= most).then(|| f64::from(number))
    };
    let (lat, lon) = (number(&name[1..3], 90)?, number(&name[4..7], 180)?);
    let y = match name.as_bytes()[0] {
        b'N' => lat,
        b'S' => -lat,
        _ => return None,
    };
    let x = match name.as_bytes()[3] {
        b'E' => lon,
        b'W' => -lon,
        _ => return None,
    };
    Some(Coord { x, y })
}

/// How many heights a square of so many bytes has on a side.
fn side_of(bytes: usize) -> Option<usize> {
    let side = (bytes / 2).isqrt();
    let is_square = bytes == 2 * side * side;
    (is_square && (2..=MOST_SIDE).contains(&side)).then_some(side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_the_corner() {
        let corner = |name| corner_of(name).map(|at| (at.x, at.y));
        assert_eq!(corner("N43E007.hgt"), Some((7.0, 43.0)));
        assert_eq!(corner("s34w070.SRTMGL1.hgt"), Some((-70.0, -34.0)));
        for wrong in [
            "N43E07.hgt",
            "43N007E.hgt",
            "tile.hgt",
            "N99E007.hgt",
            "N+3E007",
            "北京市高程数据",
        ] {
            assert_eq!(corner(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_tile_of_four_heights_is_read_from_its_north_western_corner() {
        let heights: [i16; 4] = [400, 300, 200, VOID];
        let bytes: Vec<u8> = heights
            .iter()
            .flat_map(|height| height.to_be_bytes())
            .collect();
        let around = Bounds {
            min: Coord { x: 7.1, y: 43.1 },
            max: Coord { x: 7.9, y: 43.9 },
        };
        let source = Source::from_bytes("N43E007.hgt", bytes.clone());
        let raster = read(&source, "N43E007.hgt", &bytes, around)
            .expect("a tile")
            .expect("here");
        let at = |x, y| raster.height_m(Coord { x, y });
        assert_eq!(at(7.0, 44.0), Some(400.0));
        assert_eq!(at(7.5, 44.0), Some(350.0));
        assert_eq!(at(7.0, 43.5), Some(300.0));
        assert_eq!(at(7.5, 43.5), None, "the south-eastern corner is missing");
        let elsewhere = Bounds {
            min: Coord { x: 90.0, y: 43.0 },
            max: Coord { x: 91.0, y: 44.0 },
        };
        assert!(
            read(&source, "N43E007.hgt", &bytes, elsewhere)
                .expect("a tile")
                .is_none()
        );
        let cut = read(&source, "N43E007.hgt", &bytes[..6], around).expect_err("cut off");
        assert!(cut.to_string().contains("no square"), "{cut}");
    }
}
