//! `heights.tif`: the ground of the hills as an elevation model, for `--elevation`.

use std::io::{self, Cursor, Write};

use tiff::TiffError;
use tiff::encoder::compression::DeflateLevel;
use tiff::encoder::{Compression, TiffEncoder, colortype};
use tiff::tags::Tag;

use super::{District, LABEL};
use crate::geometry::Location;

/// Cells in a degree: one arc second each, as in the elevation models of the world.
const CELLS_A_DEGREE: i64 = 3600;
/// How far it goes beyond the streets, so that the ground beside them is known too.
const MARGIN_E7: i64 = 40_000;
/// The keys of longitude and latitude on WGS84, cells being areas (GeoTIFF 1.1).
const KEYS: [u16; 16] = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326];

/// The cells between two places, both included, along one axis: the first one and how many.
#[derive(Clone, Copy)]
struct Cells {
    first: i64,
    count: i64,
}

impl Cells {
    /// Around some values in 1e-7 degrees.
    fn around(values: impl Iterator<Item = i32> + Clone) -> Self {
        let cell = |e7: i64| (e7 * CELLS_A_DEGREE).div_euclid(10_000_000);
        let [low, high] = [values.clone().min(), values.max()];
        let first = cell(i64::from(low.unwrap_or_default()) - MARGIN_E7);
        let last = cell(i64::from(high.unwrap_or_default()) + MARGIN_E7);
        Self {
            first,
            count: last - first + 1,
        }
    }

    /// Where a line between cells lies, in degrees; the lines are counted from the first cell's lower one.
    fn line(self, number: i64) -> f64 {
        (self.first + number) as f64 / CELLS_A_DEGREE as f64
    }

    /// The middle of a cell in 1e-7 degrees.
    fn middle_e7(self, number: i64) -> i32 {
        ((2 * (self.first + number) + 1) * 10_000_000 / (2 * CELLS_A_DEGREE)) as i32
    }
}

/// Writes the heights around a district, in metres, from north to south.
pub(super) fn write(district: &District, mut writer: impl Write) -> io::Result<()> {
    let nodes = district.map.nodes();
    let (east, north) = (
        Cells::around(nodes.iter().map(|node| node.lon_e7)),
        Cells::around(nodes.iter().map(|node| node.lat_e7)),
    );
    let rows = (0..north.count).rev();
    let heights = rows.flat_map(|row| {
        (0..east.count).map(move |column| {
            let place = Location {
                lon_e7: east.middle_e7(column),
                lat_e7: north.middle_e7(row),
            };
            district.ground.height_dm(place) as f32 / 10.0
        })
    });
    let heights: Vec<f32> = heights.collect();
    let mut file = Cursor::new(Vec::new());
    picture(&mut file, [east, north], &heights).map_err(io::Error::other)?;
    writer.write_all(&file.into_inner())?;
    writer.flush()
}

fn picture(
    file: &mut Cursor<Vec<u8>>,
    [east, north]: [Cells; 2],
    heights: &[f32],
) -> Result<(), TiffError> {
    let packed = Compression::Deflate(DeflateLevel::Balanced);
    let mut encoder = TiffEncoder::new(file)?.with_compression(packed);
    let size = [east.count as u32, north.count as u32];
    let mut image = encoder.new_image::<colortype::Gray32Float>(size[0], size[1])?;
    let tags = image.encoder();
    // As bytes: a text is ASCII alone, and its label is not.
    tags.write_tag(Tag::ImageDescription, LABEL.as_bytes())?;
    let cell = 1.0 / CELLS_A_DEGREE as f64;
    tags.write_tag(Tag::ModelPixelScaleTag, &[cell, cell, 0.0][..])?;
    let corner = [0.0, 0.0, 0.0, east.line(0), north.line(north.count), 0.0];
    tags.write_tag(Tag::ModelTiepointTag, &corner[..])?;
    tags.write_tag(Tag::GeoKeyDirectoryTag, &KEYS[..])?;
    image.write_data(heights)
}
