//! GeoTIFF: a picture of heights that says where it lies.
//!
//! # Source
//! OGC 19-008r4 (GeoTIFF 1.1): the tags, the keys and what cells they are of; GDAL's tag 42113 for cells without a value.

use std::io::Cursor;

use geo_types::Coord;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use super::raster::{Grid, Raster, Window};
use crate::crs::Crs;
use crate::geometry::Bounds;
use crate::inputs::{InputError, InputsError, Source};
use crate::text::language::{Words, words};

/// The keys of where it lies.
const MODEL_TYPE: u16 = 1024;
const RASTER_TYPE: u16 = 1025;
const GEOGRAPHIC_TYPE: u16 = 2048;
const PROJECTED_TYPE: u16 = 3072;
const VERTICAL_UNITS: u16 = 4099;
/// Values of these.
const IS_PROJECTED: u16 = 1;
const IS_GEOGRAPHIC: u16 = 2;
const IS_POINT: u16 = 2;
const USER_DEFINED: u16 = 32_767;
/// As many cells around the streets as fit into memory with room to spare: 1.6 GB.
const MOST_CELLS: u64 = 400_000_000;
/// Deflate packs no more bytes into one than this: a file that claims more cells is none.
const MOST_PACKED: u64 = 1032;

type Picture<'a> = Decoder<Cursor<&'a [u8]>>;

/// The heights around some streets, and the system that they are in; none where it is elsewhere. `bounds_in` answers the box of the
/// streets in a system.
pub(super) fn read(
    source: &Source,
    bytes: &[u8],
    bounds_in: impl Fn(&Crs) -> Result<Option<Bounds>, InputsError>,
) -> Result<Option<(Raster, Crs)>, InputsError> {
    let broken = |error: TiffError| broken(source, &error);
    let mut picture = Decoder::new(Cursor::new(bytes)).map_err(broken)?;
    match picture.colortype().map_err(broken)? {
        ColorType::Gray(_) => {}
        _ => return Err(several_bands(source).into()),
    }
    let keys = Keys::read(&mut picture);
    let crs = keys.crs().ok_or_else(|| no_system(source))?;
    let to_metres = keys.to_metres(source)?;
    let grid = grid_of(&mut picture, &keys, source)?;
    let around = bounds_in(&crs)?;
    let Some(window) = around.and_then(|around| grid.window(around)) else {
        return Ok(None);
    };
    if window.cells() > MOST_CELLS.min(MOST_PACKED * bytes.len() as u64) {
        return Err(too_many_cells(source, window).into());
    }
    let no_data = no_data_of(&mut picture);
    let mut heights_m = vec![f32::NAN; window.cells() as usize];
    each_cell(&mut picture, window, |cell, value| {
        let is_height = Some(value) != no_data;
        heights_m[cell] = if is_height {
            (value * to_metres) as f32
        } else {
            f32::NAN
        };
    })
    .map_err(broken)?;
    Ok(Some((Raster::new(grid.of_window(window), heights_m), crs)))
}

/// What the keys say.
struct Keys(Vec<[u16; 4]>);

impl Keys {
    fn read(picture: &mut Picture<'_>) -> Self {
        let directory = picture.find_tag_unsigned_vec::<u16>(Tag::GeoKeyDirectoryTag);
        let directory = directory.ok().flatten().unwrap_or_default();
        let entries = directory.chunks_exact(4).skip(1);
        Self(
            entries
                .map(|entry| [entry[0], entry[1], entry[2], entry[3]])
                .collect(),
        )
    }

    /// The value of a key that is a short number.
    fn of(&self, wanted: u16) -> Option<u16> {
        let mut entries = self.0.iter();
        entries.find_map(|[key, place, _, value]| (*key == wanted && *place == 0).then_some(*value))
    }

    /// Its coordinate system by the EPSG code of the keys.
    fn crs(&self) -> Option<Crs> {
        let code = match self.of(MODEL_TYPE)? {
            IS_PROJECTED => self.of(PROJECTED_TYPE)?,
            IS_GEOGRAPHIC => self.of(GEOGRAPHIC_TYPE)?,
            _ => return None,
        };
        let is_code = code != USER_DEFINED && code != 0;
        is_code.then(|| Crs::parse(&format!("EPSG:{code}")))
    }

    /// What makes metres of its heights.
    fn to_metres(&self, source: &Source) -> Result<f64, InputError> {
        match self.of(VERTICAL_UNITS) {
            None | Some(9001) => Ok(1.0),
            Some(9002) => Ok(0.3048),
            Some(9003) => Ok(1200.0 / 3937.0),
            Some(code) => {
                let reason = words!(
                    "its heights are in the unit EPSG:{code}; metres and feet are known: convert them to metres",
                    "其高程单位为 EPSG:{code}；仅支持米和英尺：请转换为米"
                );
                Err(source.malformed(the_picture(), reason))
            }
        }
    }
}

/// Where its cells lie.
fn grid_of(picture: &mut Picture<'_>, keys: &Keys, source: &Source) -> Result<Grid, InputError> {
    let (columns, rows) = picture
        .dimensions()
        .map_err(|error| broken(source, &error))?;
    let numbers = |picture: &mut Picture<'_>, tag| picture.get_tag_f64_vec(tag).unwrap_or_default();
    let scale = numbers(picture, Tag::ModelPixelScaleTag);
    let tie = numbers(picture, Tag::ModelTiepointTag);
    let matrix = numbers(picture, Tag::ModelTransformationTag);
    // The corner of the first cell and the way to the next, by either of the two ways of saying so.
    let (corner, step) = match (&scale[..], &tie[..], &matrix[..]) {
        ([x, y, ..], [column, row, _, east, north, ..], _) => {
            ([east - column * x, north + row * y], [*x, *y])
        }
        (_, _, [x, skew, _, east, turn, y, _, north, ..]) if *skew == 0.0 && *turn == 0.0 => {
            ([*east, *north], [*x, -y])
        }
        _ => return Err(no_place(source)),
    };
    let is_of_cells = keys.of(RASTER_TYPE) != Some(IS_POINT);
    let half = if is_of_cells { 0.5 } else { 0.0 };
    let grid = Grid {
        first: Coord {
            x: corner[0] + half * step[0],
            y: corner[1] - half * step[1],
        },
        step: Coord {
            x: step[0],
            y: step[1],
        },
        columns: columns as usize,
        rows: rows as usize,
        is_of_cells,
        is_in_degrees: keys.of(MODEL_TYPE) == Some(IS_GEOGRAPHIC),
    };
    let sizes = [grid.step.x, grid.step.y];
    let is_grid = sizes.iter().all(|size| size.is_finite() && *size > 0.0)
        && grid.first.x.is_finite()
        && grid.first.y.is_finite()
        && columns > 0
        && rows > 0;
    if is_grid {
        Ok(grid)
    } else {
        Err(no_place(source))
    }
}

/// The value of cells that have none.
fn no_data_of(picture: &mut Picture<'_>) -> Option<f64> {
    let text = picture.get_tag_ascii_string(Tag::GdalNodata).ok()?;
    text.trim_matches(|letter: char| letter == '\0' || letter.is_whitespace())
        .parse()
        .ok()
}

/// Unpacks the pieces that a window touches, and visits its cells.
fn each_cell(
    picture: &mut Picture<'_>,
    window: Window,
    mut visit: impl FnMut(usize, f64),
) -> Result<(), TiffError> {
    let (width, _) = picture.dimensions()?;
    let (wide, high) = picture.chunk_dimensions();
    let (wide, high) = (wide.max(1) as usize, high.max(1) as usize);
    let across = (width as usize).div_ceil(wide);
    let last = |first: usize, count: usize, size: usize| (first + count - 1) / size;
    for down in window.row / high..=last(window.row, window.rows, high) {
        for right in window.column / wide..=last(window.column, window.columns, wide) {
            let chunk = (down * across + right) as u32;
            let (columns, _) = picture.chunk_data_dimensions(chunk);
            let values = picture.read_chunk(chunk)?;
            let columns = columns.max(1) as usize;
            for (index, value) in numbers(&values)?.into_iter().enumerate() {
                let (column, row) = (
                    right * wide + index % columns,
                    down * high + index / columns,
                );
                let inside = (window.column..window.column + window.columns).contains(&column)
                    && (window.row..window.row + window.rows).contains(&row);
                if inside {
                    let cell = (row - window.row) * window.columns + (column - window.column);
                    visit(cell, value);
                }
            }
        }
    }
    Ok(())
}

fn numbers(values: &DecodingResult) -> Result<Vec<f64>, TiffError> {
    Ok(match values {
        DecodingResult::U8(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::U16(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::U32(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::I8(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::I16(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::I32(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::F32(all) => all.iter().map(|one| f64::from(*one)).collect(),
        DecodingResult::F64(all) => all.clone(),
        _ => {
            let unsupported = tiff::TiffUnsupportedError::UnknownInterpretation;
            return Err(TiffError::UnsupportedError(unsupported));
        }
    })
}

fn the_picture() -> Words {
    Words::new("its picture", "栅格")
}

fn broken(source: &Source, error: &TiffError) -> InputError {
    let reason = words!(
        "cannot be unpacked as a GeoTIFF ({error}); give one that is not compressed, or with deflate or LZW",
        "无法按 GeoTIFF 解码；请使用不压缩或以 deflate、LZW 压缩的文件"
    );
    source.malformed(the_picture(), reason)
}

fn several_bands(source: &Source) -> InputError {
    let reason = words!(
        "has several bands or colours; give one with heights alone",
        "含多个波段或为彩色图像；请提供仅含高程的栅格"
    );
    source.malformed(the_picture(), reason)
}

fn no_system(source: &Source) -> InputError {
    let file = source.name();
    let reason = words!(
        "it names no coordinate system by an EPSG code; add it, such as with gdal_edit.py -a_srs EPSG:4326 {file}",
        "未以 EPSG 代码注明坐标系；请补上，例如 gdal_edit.py -a_srs EPSG:4326 {file}"
    );
    source.malformed(the_picture(), reason)
}

fn no_place(source: &Source) -> InputError {
    let reason = words!(
        "does not say where its cells lie, or is turned; bring it north up, such as with gdalwarp",
        "未说明像元位置，或带有旋转；请转为正北朝上，例如使用 gdalwarp"
    );
    source.malformed(the_picture(), reason)
}

fn too_many_cells(source: &Source, window: Window) -> InputError {
    let (count, most) = (window.cells(), MOST_CELLS);
    let reason = words!(
        "has {count} cells around the streets, more than {most} or than a file of its size can hold; make its cells larger, such as with gdalwarp -tr",
        "街道范围内有 {count} 个像元，超过上限 {most} 或文件大小所能容纳的数量；请降低分辨率，例如使用 gdalwarp -tr"
    );
    source.malformed(the_picture(), reason)
}

#[cfg(test)]
mod tests {
    use tiff::encoder::{TiffEncoder, colortype};

    use super::*;
    use crate::inputs::Elevation;

    /// Four columns and three rows of heights.
    const HEIGHTS: [f32; 12] = [
        10.0, 20.0, 30.0, 40.0, //
        11.0, 21.0, 31.0, 41.0, //
        12.0, 22.0, 32.0, -9999.0,
    ];

    /// A picture of these, its first corner at a place, with some keys.
    fn picture(corner: [f64; 2], cell: f64, keys: &[[u16; 4]]) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).expect("a file");
        let mut image = encoder
            .new_image::<colortype::Gray32Float>(4, 3)
            .expect("an image");
        let tags = image.encoder();
        let scale = [cell, cell, 0.0];
        tags.write_tag(Tag::ModelPixelScaleTag, &scale[..])
            .expect("a tag");
        let tie = [0.0, 0.0, 0.0, corner[0], corner[1], 0.0];
        tags.write_tag(Tag::ModelTiepointTag, &tie[..])
            .expect("a tag");
        let directory: Vec<u16> = [[1, 1, 0, keys.len() as u16]]
            .iter()
            .chain(keys)
            .flatten()
            .copied()
            .collect();
        tags.write_tag(Tag::GeoKeyDirectoryTag, &directory[..])
            .expect("a tag");
        tags.write_tag(Tag::GdalNodata, "-9999").expect("a tag");
        image.write_data(&HEIGHTS).expect("heights");
        file.into_inner()
    }

    fn key(key: u16, value: u16) -> [u16; 4] {
        [key, 0, 1, value]
    }

    fn around(west: f64, south: f64, size: f64) -> Bounds {
        Bounds {
            min: Coord { x: west, y: south },
            max: Coord {
                x: west + size,
                y: south + size,
            },
        }
    }

    fn surface(bytes: Vec<u8>, around: Bounds) -> Result<Elevation, String> {
        let source = Source::from_bytes("dem.tif", bytes);
        Elevation::read(&[source], around).map_err(|error| error.to_string())
    }

    const DEGREES: [[u16; 4]; 2] = [[MODEL_TYPE, 0, 1, 2], [GEOGRAPHIC_TYPE, 0, 1, 4326]];

    fn height(surface: &Elevation, x: f64, y: f64) -> f64 {
        surface.heights_m(&[Coord { x, y }])[0]
    }

    #[test]
    fn cells_are_read_at_their_middles_and_those_without_a_value_have_none() {
        let bytes = picture([9.0, 48.0], 0.5, &DEGREES);
        let surface = surface(bytes, around(9.1, 46.6, 1.8)).expect("a picture");
        // Cells of half a degree: their middles are a quarter from the corner. 30 m of smoothing are next to nothing of them.
        let near = |x, y, metres: f64| (height(&surface, x, y) - metres).abs() < 0.01;
        assert!(near(9.25, 47.75, 10.0) && near(9.75, 47.25, 21.0));
        assert!((height(&surface, 9.5, 47.5) - 15.5).abs() < 1e-9);
        assert_eq!(
            height(&surface, 9.0, 48.0),
            10.0,
            "half a cell beyond the middle"
        );
        assert!(height(&surface, 10.75, 46.75).is_nan(), "no value");
        assert!(height(&surface, 8.9, 47.5).is_nan(), "outside");
    }

    #[test]
    fn heights_at_points_stand_where_they_are_said_to_and_feet_are_made_metres() {
        let keys = [
            DEGREES[0],
            key(RASTER_TYPE, 2),
            DEGREES[1],
            key(VERTICAL_UNITS, 9002),
        ];
        let surface = surface(picture([9.0, 48.0], 0.5, &keys), around(9.1, 46.6, 1.3));
        let surface = surface.expect("a picture");
        assert!((height(&surface, 9.0, 48.0) - 3.048).abs() < 1e-6);
        assert!((height(&surface, 9.5, 47.5) - 21.0 * 0.3048).abs() < 1e-6);
    }

    #[test]
    fn a_picture_that_does_not_say_where_it_lies_is_refused_with_what_to_do() {
        let near = around(9.1, 46.6, 1.0);
        let refused = |keys: &[[u16; 4]]| {
            surface(picture([9.0, 48.0], 0.5, keys), near).expect_err("refused")
        };
        for keys in [
            &[][..],
            &[key(MODEL_TYPE, 1), key(PROJECTED_TYPE, USER_DEFINED)],
            &[key(MODEL_TYPE, 2)],
        ] {
            let error = refused(keys);
            assert!(
                error.contains("no coordinate system") && error.contains("-a_srs"),
                "{error}"
            );
        }
        let error = refused(&[DEGREES[0], DEGREES[1], key(VERTICAL_UNITS, 9090)]);
        assert!(error.contains("EPSG:9090"), "{error}");
        let error = surface(picture([9.0, 48.0], 0.0, &DEGREES), near).expect_err("no cells");
        assert!(error.contains("where its cells lie"), "{error}");
    }

    #[test]
    fn a_picture_that_is_cut_off_anywhere_is_an_error_or_a_picture() {
        let whole = picture([9.0, 48.0], 0.5, &DEGREES);
        for length in 0..whole.len() {
            // Whatever comes of it, it comes to an end.
            let _ = surface(whole[..length].to_vec(), around(9.1, 46.6, 1.0));
        }
        let mut wrong = 0;
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            wrong += usize::from(surface(bytes, around(9.1, 46.6, 1.0)).is_err());
        }
        assert!(wrong > 20, "{wrong}");
    }

    #[cfg(feature = "proj")]
    #[test]
    fn a_picture_in_metres_is_asked_in_its_own_system() {
        // UTM zone 32N: 9° E is its middle, at 500,000 m. The arc of the meridian to 47° N is 5,207,247.1 m by the series of
        // Snyder, p. 17; times 0.9996 it is 5,205,164.2 m.
        let keys = [key(MODEL_TYPE, 1), key(PROJECTED_TYPE, 32632)];
        let bytes = picture([499_900.0, 5_205_264.2], 100.0, &keys);
        let surface = surface(bytes, around(8.999, 46.999, 0.002)).expect("a picture");
        // The corner of four cells.
        assert!(
            (height(&surface, 9.0, 47.0) - 15.5).abs() < 0.01,
            "{}",
            height(&surface, 9.0, 47.0)
        );
    }
}
