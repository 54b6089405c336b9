//! Which reader a file needs, by its name.

#[cfg(feature = "csv")]
use super::csv;
#[cfg(feature = "excel")]
use super::excel;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use super::features::{About, Areas, Gather, Places, Points};
#[cfg(feature = "geojson")]
use super::geojson;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use super::lines::Digitised;
#[cfg(feature = "shapefile")]
use super::shapefile;
use super::watched::Watched;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use super::{AreasRead, Known, KnownBy, LayerKind, Reading};
use super::{Format, InputError, PointRecords, ReadOptions, Source};
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use super::{InputsError, Mending, StreetsRead};
use crate::control::Control;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use crate::crs::{Converter, Crs};
use crate::text::language::Words;
#[cfg(any(feature = "geojson", feature = "shapefile"))]
use crate::text::language::{InLanguage, words};

/// Reads the point records of a table or vector file, in its own coordinates. A row or feature that cannot be used is a
/// record with a [`Fault`](crate::model::Fault). Of a workbook that names no sheet the first one with a header is read.
///
/// # Errors
/// [`InputError::Format`] when this build does not read such files, [`InputError::Empty`], [`InputError::Malformed`] naming line, feature or
/// record, [`InputError::Column`] without a column for the coordinates, or without one that was named.
pub fn read_points(source: &Source, options: &ReadOptions) -> Result<PointRecords, InputError> {
    read_points_watched(source, options, Control::default())
}

/// The same, stopping where its caller says so.
pub(super) fn read_points_watched(
    source: &Source,
    options: &ReadOptions,
    control: Control<'_>,
) -> Result<PointRecords, InputError> {
    let source = Watched::new(source, options, control);
    source.check_not_empty(Words::new("points", "点记录"))?;
    match source.format() {
        #[cfg(feature = "csv")]
        Some(Format::Csv) => csv::read_points(source, options),
        #[cfg(feature = "excel")]
        Some(Format::Excel) => excel::read_points(source, options),
        #[cfg(any(feature = "geojson", feature = "shapefile"))]
        Some(Format::GeoJson | Format::Shapefile) => {
            let (points, about) =
                gather(source, points_wanted(), || Points::new(&source, options))?;
            points.finish(about)
        }
        _ => Err(unread(&source, points_wanted())),
    }
}

fn points_wanted() -> Words {
    Words::new(
        "a .csv, .xlsx, .geojson or .shp, or osm:key=value",
        " .csv、.xlsx、.geojson、.shp 文件或 osm:键=值",
    )
}

/// Reads walking lines. They join wherever vertices round to the same 10⁻⁷ degrees, and nowhere else. Properties named like
/// OpenStreetMap tags (`highway`, `foot`, `access`, `oneway:foot`, …) are taken at their word; a line without any is a way
/// for walking. Columns that are named give such tags from properties of other names. `mending` joins what was drawn carelessly.
///
/// # Errors
/// [`InputError::Format`] when this build does not read such files, [`InputError::Empty`], [`InputError::Malformed`] naming feature or record,
/// [`InputError::Column`] where no line has a property that is named, [`InputError::TooLarge`]; a coordinate system that is none.
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub fn read_lines(
    source: &Source,
    options: &ReadOptions,
    mending: Mending,
) -> Result<StreetsRead, InputsError> {
    mending.check()?;
    read_lines_watched(source, options, mending, Control::default())
}

/// The same, stopping where its caller says so.
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub(super) fn read_lines_watched(
    source: &Source,
    options: &ReadOptions,
    mending: Mending,
    control: Control<'_>,
) -> Result<StreetsRead, InputsError> {
    let source = Watched::new(source, options, control);
    let wanted = Words::new(
        "an .osm.pbf, or a .geojson or .shp of lines",
        " .osm.pbf，或线要素的 .geojson、.shp 文件",
    );
    source.check_not_empty(lines_or_areas())?;
    let (drawn, about) = gather(source, wanted, || Digitised::new(&options.own.columns))?;
    let crs = options.crs(about.crs.as_ref());
    let converter = converter_of(&crs, source.path())?;
    let places = Places::new(&source);
    let reading = Reading {
        encoding: about.encoding,
        ..drawn.reading()
    };
    drawn.check(&source)?;
    let read = drawn.streets(places, about.findings, &converter, mending)?;
    Ok(StreetsRead {
        crs,
        reading,
        ..read
    })
}

/// Reads areas: polygons with an id and a name.
///
/// # Errors
/// [`InputError::Format`] when this build does not read such files, [`InputError::Empty`], [`InputError::Malformed`] naming feature or record,
/// [`InputError::Column`] when no feature has the named property; a coordinate system that is none.
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub fn read_areas(source: &Source, options: &ReadOptions) -> Result<AreasRead, InputsError> {
    read_areas_watched(source, options, Control::default())
}

/// The same, stopping where its caller says so.
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub(super) fn read_areas_watched(
    source: &Source,
    options: &ReadOptions,
    control: Control<'_>,
) -> Result<AreasRead, InputsError> {
    let options = &ReadOptions {
        layer: options.layer.or(Some(LayerKind::Areas)),
        ..options.clone()
    };
    let source = Watched::new(source, options, control);
    let wanted = Words::new(
        "a .geojson or .shp, or osm:key=value",
        " .geojson、.shp 文件或 osm:键=值",
    );
    source.check_not_empty(lines_or_areas())?;
    let (areas, about) = gather(source, wanted, || Areas::new(&source, options))?;
    let crs = options.crs(about.crs.as_ref());
    let converter = converter_of(&crs, source.path())?;
    Ok(areas.finish(about, crs, &converter)?)
}

/// What makes a system WGS84. Where the file says a system that is none, the file is named.
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub(super) fn converter_of(crs: &Known<Crs>, file: &str) -> Result<Converter, InputsError> {
    let wrong = match crs.value.converter() {
        Ok(converter) => return Ok(converter),
        Err(wrong) if crs.by != KnownBy::File => return Err(wrong.into()),
        Err(wrong) => wrong,
    };
    let zh = wrong.zh();
    Err(InputsError::Input(InputError::Malformed {
        file: file.to_owned(),
        place: words!("the coordinate system that it says", "文件自身声明的坐标系"),
        reason: words!(
            "{wrong}, with the layer's own option, such as ‹residents_crs›",
            "{zh}，用该图层的参数给出，例如 ‹residents_crs›"
        ),
    }))
}

#[cfg(any(feature = "geojson", feature = "shapefile"))]
fn lines_or_areas() -> Words {
    Words::new("lines or areas", "线或面要素")
}

/// Reads a vector file into a layer. `new` makes an empty one, again where the file has to be read again.
#[cfg(any(feature = "geojson", feature = "shapefile"))]
pub(super) fn gather<G: Gather>(
    source: Watched<'_>,
    wanted: Words,
    new: impl Fn() -> G,
) -> Result<(G, About), InputError> {
    match source.format() {
        #[cfg(feature = "geojson")]
        Some(Format::GeoJson) => geojson::read(source, new),
        #[cfg(feature = "shapefile")]
        Some(Format::Shapefile) => shapefile::read(source, new()),
        _ => Err(unread(&source, wanted)),
    }
}

fn unread(source: &Source, wanted: Words) -> InputError {
    InputError::Format {
        file: source.path().to_owned(),
        wanted,
    }
}
