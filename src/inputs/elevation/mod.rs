//! Elevation models: the heights of places, from SRTM's tiles and GeoTIFF.

mod geotiff;
mod hgt;
mod raster;

use std::io::{Cursor, Read};

use geo_types::Coord;
use zip::ZipArchive;

use super::{InputError, InputsError, Source};
use crate::crs::Crs;
use crate::geometry::Bounds;
use crate::text::language::{Words, words};
use raster::Raster;

/// The heights of the ground around some streets, of one file or several that make one surface.
///
/// A height is read between the four cells around a place and smoothed against noise: it is the mean of nine such heights, one
/// cell apart but no more than 30 m, weighed 1-2-1 both ways. Level ground and even slopes stay exactly as they are.
#[derive(Clone, Debug)]
pub struct Elevation {
    pieces: Vec<Piece>,
    /// The files that have nothing around the streets.
    elsewhere: Vec<String>,
}

/// A raster and its system.
#[derive(Clone, Debug)]
struct Piece {
    raster: Raster,
    crs: Crs,
}

/// Tiles that are packed into one file: so many at most, a square of ten degrees.
const MOST_PACKED: usize = 100;

impl Elevation {
    /// Reads files of heights as far as they are around a box: `.hgt` tiles, `.tif` GeoTIFF, or a `.zip` of these. Where two files
    /// have the height of a place, the first counts.
    ///
    /// ```
    /// use geo_types::coord;
    /// use pedshed::geometry::Bounds;
    /// use pedshed::inputs::{Elevation, Source};
    /// // Four corners of a degree: 0 m in the west, 1000 m in the east.
    /// let tile: Vec<u8> = [0i16, 1000, 0, 1000].iter().flat_map(|height| height.to_be_bytes()).collect();
    /// let around = Bounds { min: coord! { x: 9.4, y: 47.4 }, max: coord! { x: 9.6, y: 47.6 } };
    /// let hill = Elevation::read(&[Source::from_bytes("N47E009.hgt", tile)], around)?;
    /// let heights = hill.heights_m(&[coord! { x: 9.5, y: 47.5 }, coord! { x: 8.5, y: 47.5 }]);
    /// assert_eq!(heights[0], 500.0);
    /// assert!(heights[1].is_nan());
    /// # Ok::<(), pedshed::inputs::InputsError>(())
    /// ```
    ///
    /// # Errors
    /// [`InputError::Read`], [`InputError::Empty`]; [`InputError::Format`] for a file of another kind; [`InputError::Malformed`] for
    /// one that is cut off, has several bands or does not say where it lies; a coordinate system that is none.
    ///
    /// # Complexity
    /// Linear in the cells around the box.
    pub fn read(sources: &[Source], around: Bounds) -> Result<Self, InputsError> {
        let mut surface = Self {
            pieces: Vec::new(),
            elsewhere: Vec::new(),
        };
        for source in sources {
            source.check_not_empty(Words::new("heights", "高程"))?;
            let before = surface.pieces.len();
            surface.add(source, around)?;
            if surface.pieces.len() == before {
                surface.elsewhere.push(source.name().to_owned());
            }
        }
        Ok(surface)
    }

    /// The names of the files that have nothing around the streets.
    #[must_use]
    pub fn elsewhere(&self) -> &[String] {
        &self.elsewhere
    }

    /// The heights of places in metres; no number where none is known.
    #[must_use]
    pub fn heights_m(&self, places: &[Coord<f64>]) -> Vec<f64> {
        let mut heights = vec![f64::NAN; places.len()];
        for piece in &self.pieces {
            // Its system was asked for when it was read.
            let Ok(to_own) = piece.crs.reverse() else {
                continue;
            };
            for (height, place) in heights.iter_mut().zip(places) {
                if height.is_nan()
                    && let Some(own) = to_own.convert(*place)
                    && let Some(found) = piece.raster.height_m(own)
                {
                    *height = found;
                }
            }
        }
        heights
    }

    fn add(&mut self, source: &Source, around: Bounds) -> Result<(), InputsError> {
        // No format of heights is read as a stream.
        let bytes = source.bytes();
        match Kind::of(source.name()) {
            Some(Kind::Zip) => self.unpack(source, bytes, around),
            Some(kind) => {
                let name = source.name();
                self.add_one(source, Named { kind, name, bytes }, around)
            }
            None => Err(InputError::Format {
                file: source.path().to_owned(),
                wanted: Words::new(
                    "an .hgt tile, a GeoTIFF (.tif) or a .zip of these",
                    " .hgt 瓦片、GeoTIFF（.tif）或包含它们的 .zip",
                ),
            }
            .into()),
        }
    }

    fn add_one(
        &mut self,
        source: &Source,
        file: Named<'_>,
        around: Bounds,
    ) -> Result<(), InputsError> {
        let piece = if file.kind == Kind::Tile {
            hgt::read(source, file.name, file.bytes, around)?.map(|raster| (raster, Crs::Wgs84))
        } else {
            geotiff::read(source, file.bytes, |crs| bounds_in(crs, around))?
        };
        self.pieces
            .extend(piece.map(|(raster, crs)| Piece { raster, crs }));
        Ok(())
    }

    /// Adds every tile and picture of a package.
    fn unpack(&mut self, source: &Source, bytes: &[u8], around: Bounds) -> Result<(), InputsError> {
        let broken = |error: zip::result::ZipError| {
            let reason = words!(
                "cannot be unpacked ({error}); unpack it yourself and give what is in it",
                "无法解压；请自行解压后提供其中的文件"
            );
            source.malformed(the_package(), reason)
        };
        let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let mut found = 0;
        for index in 0..package.len() {
            let entry = package.by_index(index).map_err(broken)?;
            let name = entry.name().map_err(broken)?.into_owned();
            let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
            let Some(kind) = Kind::of(name).filter(|kind| *kind != Kind::Zip) else {
                continue;
            };
            found += 1;
            let mut unpacked = Vec::new();
            let most = hgt::MOST_BYTES;
            let read = entry.take(most + 1).read_to_end(&mut unpacked);
            let read = read.map_err(|reason| source.unread(reason))?;
            if read as u64 > most || found > MOST_PACKED {
                return Err(too_much(source, most).into());
            }
            self.add_one(
                source,
                Named {
                    kind,
                    name,
                    bytes: &unpacked,
                },
                around,
            )?;
        }
        if found == 0 {
            let reason = words!("holds no .hgt and no .tif", "其中没有 .hgt 或 .tif 文件");
            return Err(source.malformed(the_package(), reason).into());
        }
        Ok(())
    }
}

/// What a file of heights is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tile,
    Picture,
    Zip,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "hgt" => Some(Self::Tile),
            "tif" | "tiff" => Some(Self::Picture),
            "zip" => Some(Self::Zip),
            _ => None,
        }
    }
}

/// A file, or one of a package.
#[derive(Clone, Copy)]
struct Named<'a> {
    kind: Kind,
    name: &'a str,
    bytes: &'a [u8],
}

fn the_package() -> Words {
    Words::new("the package", "压缩包")
}

fn too_much(source: &Source, most: u64) -> InputError {
    let (megabytes, count) = (most / 1_000_000, MOST_PACKED);
    let reason = words!(
        "holds more than {count} files of heights or one of more than {megabytes} MB; unpack it yourself and give what is needed",
        "其中的高程文件超过 {count} 个，或单个超过 {megabytes} MB；请自行解压后提供所需文件"
    );
    source.malformed(the_package(), reason)
}

/// So many places on each side of a box tell where it lies in another system.
const ON_A_SIDE: u32 = 16;

/// The box around some streets in another system. A place without coordinates there is left out.
fn bounds_in(crs: &Crs, around: Bounds) -> Result<Option<Bounds>, InputsError> {
    let to_own = crs.reverse()?;
    let part = |low: f64, high: f64, step: u32| {
        low + (high - low) * f64::from(step) / f64::from(ON_A_SIDE)
    };
    let places = (0..=ON_A_SIDE).flat_map(|east| (0..=ON_A_SIDE).map(move |north| (east, north)));
    let places = places.filter_map(|(east, north)| {
        to_own.convert(Coord {
            x: part(around.min.x, around.max.x, east),
            y: part(around.min.y, around.max.y, north),
        })
    });
    Ok(Bounds::around(places))
}
