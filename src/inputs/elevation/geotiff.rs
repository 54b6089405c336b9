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
        "无法按 GeoTIFF 解码（{error}）；请使用不压缩或以 deflate、LZW 压缩的文件"
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
