//! Features of vector files, whatever the format: properties and a geometry, in the file's own coordinates. From them come
//! the points and areas of a city; `lines` makes the streets.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::cells::{self, Comma};
use super::column_units::{Quantity, tell_unknown, with_unit};
use super::columns::{Columns, Field, KeptColumn, is_running_number, listed};
use super::nesting;
use super::population::{ColumnNumbers, SAMPLED, population_read};
use super::text::is_damaged;
use super::totals::{is_only_total, is_total};
use super::{
    AreasRead, Format, InputError, Known, KnownBy, LostCell, OtherColumns, PointRecord,
    PointRecords, Reading, Source,
};
use crate::crs::{Converter, Crs};
use crate::model::{Area, AttributeWriter, Attributes, Fault, FindingCode, Findings};
use crate::text::language::{InLanguage, Words, place_zh, words};
use crate::units::{ParsePeopleError, People};

/// The value of a property.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing, or spaces.
    Empty,
    /// Text, or a number as it is written.
    Text(String),
    /// What is neither, as it is written: true, a list.
    Other(String),
}

impl Value {
    /// Text without spaces around it.
    pub(super) fn text(text: &str) -> Self {
        match text.trim() {
            "" => Value::Empty,
            text => Value::Text(text.to_owned()),
        }
    }
}

/// The positions of the smallest ring: a triangle's, with the first again at the end.
const MIN_CORNERS: usize = 4;

/// Coordinates as they stand in the file.
pub(super) type Xy = (f64, f64);

/// The shape of a feature.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Point(Xy),
    /// Several points, or none.
    Points(Vec<Xy>),
    Lines(Vec<Vec<Xy>>),
    /// Polygons: rings in any order, turning either way.
    Polygons(Vec<Vec<Vec<Xy>>>),
    /// Another kind, or what is wrong with it.
    Other(String),
}

impl Shape {
    fn kind(&self) -> &str {
        match self {
            Shape::Point(_) => "Point",
            Shape::Points(_) => "MultiPoint",
            Shape::Lines(_) => "LineString",
            Shape::Polygons(_) => "Polygon",
            Shape::Other(kind) => kind,
        }
    }

    /// Why this is not the kind of geometry that a layer needs.
    pub(super) fn is_not(&self, wanted: &str) -> Fault {
        Fault::Geometry {
            found: geometry_words(self.kind()),
            wanted: geometry_words(wanted),
        }
    }
}

/// A kind of geometry by its name in GeoJSON.
fn geometry_words(kind: &str) -> Words {
    let zh = match kind {
        "Point" => "点",
        "MultiPoint" => "多点",
        "LineString" => "线",
        "Polygon" => "面",
        "GeometryCollection" => "几何集合",
        other => other,
    };
    Words::new(kind, zh)
}

/// One feature.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Feature {
    /// Its number in the file, from 1.
    pub(super) number: i64,
    /// An id beside the properties.
    pub(super) id: Option<String>,
    pub(super) properties: Vec<(String, Value)>,
    /// `NoCoordinate` where there is none.
    pub(super) shape: Result<Shape, Fault>,
}

/// What a file says of itself beside its features.
#[derive(Debug, Default)]
pub(super) struct About {
    /// The coordinate system that the file says it is in. It may stand behind the features.
    pub(super) crs: Option<Known<Crs>>,
    /// The encoding of its text.
    pub(super) encoding: Option<Known<String>>,
    pub(super) findings: Findings,
}

/// Where features stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a> {
    pub(super) source: &'a Source,
    /// What a feature is called in the file: `feature`, `record`.
    pub(super) noun: &'static str,
}

impl<'a> Places<'a> {
    pub(super) fn of(source: &'a Source) -> Self {
        let noun = if source.format() == Some(Format::Shapefile) {
            "record"
        } else {
            "feature"
        };
        Self { source, noun }
    }

    /// File and number.
    pub(super) fn place(&self, number: i64) -> String {
        format!("{} {} {number}", self.source.name(), self.noun)
    }
}

/// What features become while their file is read, so that no more is held of them.
pub(super) trait Gather: Sync {
    /// What is kept of a feature.
    type Kept: Send;

    /// What is kept of it: worked out for many at once, in no order.
    fn kept(&self, feature: Feature) -> Self::Kept;

    /// Keeps that of the next feature of the file.
    fn keep(&mut self, kept: Self::Kept);

    /// The next feature of the file.
    fn add(&mut self, feature: Feature) {
        let kept = self.kept(feature);
        self.keep(kept);
    }
}

impl Feature {
    fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.properties.iter().map(|(name, _)| name.as_str())
    }

    fn find(&self, columns: &Columns, field: Field) -> Option<(&str, &Value)> {
        let position = columns.find(field, &self.names()).ok()??;
        let (name, value) = self.properties.get(position)?;
        Some((name, value))
    }

    fn text(&self, columns: &Columns, field: Field) -> Option<String> {
        match self.find(columns, field)?.1 {
            Value::Text(text) if !cells::is_lost(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// The text of a column that is kept. Numbers and text are as they are written, with the unit that the name gives.
    fn kept(&self, kept: &KeptColumn) -> Option<String> {
        match self.properties.get(kept.position(self.names())?)? {
            (name, Value::Text(text) | Value::Other(text)) => Some(match Quantity::of(kept) {
                Some(quantity) => with_unit(text, &quantity.unit(name)).into_owned(),
                None => text.clone(),
            }),
            (_, Value::Empty) => None,
        }
    }

    fn id(&self, columns: &Columns) -> Option<String> {
        let is_running = !columns.is_named(Field::Id)
            && self
                .find(columns, Field::Id)
                .is_some_and(|(name, _)| is_running_number(name));
        let own = self.id.clone();
        // A number of the row is no better than the id beside the properties.
        own.filter(|_| is_running)
            .or_else(|| self.text(columns, Field::Id))
            .or_else(|| self.id.clone())
    }

    /// The cells of the id and the name whose value is lost, or is no text.
    fn lost(&self, columns: &Columns, place: &str) -> Vec<LostCell> {
        let lost = |field| {
            let (name, text) = match self.find(columns, field)? {
                (name, Value::Text(text)) if cells::is_lost(text) => (name, text),
                (name, Value::Other(text)) => (name, text),
                _ => return None,
            };
            Some(LostCell {
                column: name.to_owned(),
                source: place.to_owned(),
                text: text.clone(),
            })
        };
        [Field::Id, Field::Name]
            .into_iter()
            .filter_map(lost)
            .collect()
    }

    /// The properties beside the id, where the records name their parents.
    fn others(&self, columns: &Columns) -> Vec<(String, String)> {
        if !columns.names_parents() {
            return Vec::new();
        }
        let id = columns.find(Field::Id, &self.names()).ok().flatten();
        let others = self.properties.iter().enumerate();
        let others = others.filter(|(at, _)| Some(*at) != id);
        let texts = others.filter_map(|(_, (name, value))| match value {
            Value::Text(text) => Some((name.clone(), text.clone())),
            _ => None,
        });
        texts.collect()
    }

    /// Whether it is a total and no record, by its id, its name or its first property, as a row of a table is.
    fn is_total(&self, columns: &Columns) -> bool {
        let text = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            Value::Empty | Value::Other(_) => None,
        };
        let mut values = self.properties.iter().map(|(_, value)| value);
        let first = values.find(|value| **value != Value::Empty).and_then(text);
        let known = [Field::Id, Field::Name].map(|field| text(self.find(columns, field)?.1));
        let said: Vec<String> = known.into_iter().chain([first]).flatten().collect();
        let has_no_place = self.shape == Err(Fault::NoCoordinate);
        said.iter()
            .any(|said| is_only_total(said) || has_no_place && is_total(said))
    }

    fn is_damaged(&self) -> bool {
        let texts = self.properties.iter();
        texts.into_iter().any(|(name, value)| {
            is_damaged(name) || matches!(value, Value::Text(text) if is_damaged(text))
        })
    }
}

/// The number of people that a property holds. What is no number is a fault: to count it as one person would be a guess.
fn people_of(population: Option<(&str, &Value)>) -> Result<Option<People>, Fault> {
    match population {
        None | Some((_, Value::Empty)) => Ok(None),
        Some((_, Value::Other(value))) => Err(Fault::Population {
            reason: ParsePeopleError::NotANumber(value.clone()),
        }),
        Some((name, Value::Text(text))) => {
            let text = with_unit(text, &Quantity::People.unit(name));
            let people = cells::people(&text, Comma::Thousands);
            people
                .map(Some)
                .map_err(|reason| Fault::Population { reason })
        }
    }
}

/// Which properties the features have: those that the user names must be in some of them.
struct Named<'a> {
    columns: &'a Columns,
    /// Those that were in none so far.
    missing: Vec<Field>,
    met: NamesMet,
}

/// The names of properties that were met so far, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct NamesMet {
    names: Vec<String>,
    /// How many features there were.
    count: u64,
}

impl NamesMet {
    /// The most names that are remembered: features of a file have mostly the same.
    const MOST: usize = 1000;

    /// The names of a feature where some were not met before.
    pub(super) fn new_of(&self, feature: &Feature) -> Vec<String> {
        let is_known = |name: &str| self.names.iter().any(|known| known == name);
        // Most features have the names of the one before, in the same order.
        let as_known = || self.names.iter().map(String::as_str).eq(feature.names());
        if self.names.len() >= Self::MOST || as_known() || feature.names().all(is_known) {
            return Vec::new();
        }
        feature.names().map(str::to_owned).collect()
    }

    /// Counts one more feature.
    pub(super) fn note(&mut self, new: Vec<String>) {
        self.count += 1;
        for name in new {
            if self.names.len() < Self::MOST && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    /// What was read, where these columns were taken: position, role and how it was known.
    fn reading(&self, taken: Vec<(usize, String, KnownBy)>) -> Reading {
        Reading {
            rows: self.count,
            ..Reading::default().with_columns(taken, &self.iter())
        }
    }

    /// What was read where each of the names that say `true` was taken as itself.
    pub(super) fn reading_of_tags(&self, is_taken: impl Fn(&str) -> bool) -> Reading {
        let taken = self.iter().enumerate().filter(|(_, name)| is_taken(name));
        let taken = taken.map(|(at, name)| (at, name.to_owned(), KnownBy::Name));
        self.reading(taken.collect())
    }
}

/// What a feature has of a column that is kept.
pub(super) enum KeptCell {
    NoColumn,
    Cell(Option<String>),
}

/// What a feature has of the properties that the user names.
pub(super) struct Seen {
    missing: Vec<Field>,
    /// The names of its properties where some were not met before.
    names: Vec<String>,
}

impl<'a> Named<'a> {
    fn new(columns: &'a Columns, fields: &[Field]) -> Self {
        let named = fields.iter().filter(|field| columns.is_named(**field));
        Self {
            columns,
            missing: named.copied().collect(),
            met: NamesMet::default(),
        }
    }

    /// What a feature has of them.
    fn seen(&self, feature: &Feature) -> Seen {
        let is_missing = |field: &Field| self.columns.find(*field, &feature.names()).is_err();
        Seen {
            missing: self.missing.iter().copied().filter(is_missing).collect(),
            names: self.met.new_of(feature),
        }
    }

    fn note(&mut self, seen: Seen) {
        self.missing.retain(|field| seen.missing.contains(field));
        self.met.note(seen.names);
    }

    /// The properties that are kept whose unit matters.
    fn quantities(&self) -> impl Iterator<Item = (Quantity, &str)> {
        self.columns.kept.iter().filter_map(|kept| {
            let (quantity, position) = (Quantity::of(kept)?, kept.position(self.met.iter())?);
            Some((quantity, self.met.iter().nth(position)?))
        })
    }

    /// Which properties were taken as these fields or kept, and how many features there were.
    fn reading(&self, fields: &[Field]) -> Reading {
        let names = || self.met.iter();
        let fields = fields.iter().filter_map(|field| {
            let column = self.columns.find(*field, &names()).ok()??;
            let name = names().nth(column).unwrap_or_default();
            let by = self.columns.known_by(*field, name);
            Some((column, field.role().to_owned(), by))
        });
        let kept = self.columns.kept.iter().filter_map(|kept| {
            Some((
                kept.position(names())?,
                kept.key().to_owned(),
                kept.known_by(),
            ))
        });
        self.met.reading(fields.chain(kept).collect())
    }

    /// A property that the user names must be in some feature: a typing error would otherwise count as "absent" in silence.
    fn check(self, source: &Source, missing_kept: Option<Words>) -> Result<(), InputError> {
        let missing = self.missing.first();
        let missing = missing.map(|field| (field.words(), field.option()));
        let kept = missing_kept.map(|field| (field, "‹group›"));
        match missing.or(kept) {
            None => Ok(()),
            Some((field, option)) => Err(InputError::Column {
                file: source.path().to_owned(),
                field,
                found: match listed(self.met.iter()) {
                    none if none.is_empty() => "-".to_owned(),
                    names => names,
                },
                option,
            }),
        }
    }
}

/// What points may have among their properties.
const POINT_FIELDS: [Field; 4] = [Field::Id, Field::Name, Field::Population, Field::Address];

/// The point records of a file. A feature that is no point is a record with a [`Fault`].
pub(super) struct Points<'a> {
    places: Places<'a>,
    named: Named<'a>,
    /// The columns that are kept beside the records.
    kept: Vec<AttributeWriter>,
    /// Which of them were in some feature.
    has_kept: Vec<bool>,
    /// The first property that was taken as the number of people.
    population: Option<String>,
    /// Properties that others were taken from.
    used: Vec<String>,
    numbers: ColumnNumbers,
    records: Vec<PointRecord>,
    outlines: Vec<(u32, MultiPolygon<f64>)>,
    lost: Vec<LostCell>,
    others: OtherColumns,
    findings: Findings,
}

impl<'a> Points<'a> {
    pub(super) fn new(source: &'a Source, columns: &'a Columns) -> Self {
        Self {
            places: Places::of(source),
            named: Named::new(columns, &[Field::Id, Field::Population, Field::Name]),
            has_kept: vec![false; columns.kept.len()],
            kept: columns
                .kept
                .iter()
                .map(|_| AttributeWriter::default())
                .collect(),
            population: None,
            used: Vec::new(),
            numbers: ColumnNumbers::default(),
            records: Vec::new(),
            outlines: Vec::new(),
            lost: Vec::new(),
            others: OtherColumns::default(),
            findings: Findings::default(),
        }
    }

    pub(super) fn finish(self, about: About) -> Result<PointRecords, InputError> {
        let columns = self.named.columns;
        let population = population_read(self.population.as_deref(), &self.used, &self.numbers);
        let mut missing = columns.kept.iter().zip(&self.has_kept);
        let missing = missing.find_map(|(kept, has)| kept.missing().filter(|_| !has));
        let keys = columns.kept.iter();
        let keys = keys.map(|kept| kept.key().to_owned());
        let kept = keys.zip(self.kept.into_iter().map(AttributeWriter::finish));
        let reading = Reading {
            encoding: about.encoding,
            ..self.named.reading(&POINT_FIELDS)
        };
        let mut findings = about.findings;
        findings.extend(self.findings);
        let of_people = self
            .population
            .iter()
            .map(|name| (Quantity::People, name.as_str()));
        for (quantity, name) in of_people.chain(self.named.quantities()) {
            tell_unknown(
                &mut findings,
                self.places.source,
                name,
                &quantity.unit(name),
            );
        }
        self.named.check(self.places.source, missing)?;
        Ok(PointRecords {
            has_ids: self.records.iter().any(|record| record.id.is_some()),
            attributes: Attributes::new(self.records.len(), kept.collect()),
            records: self.records,
            crs: about.crs,
            outlines: self.outlines,
            lost: self.lost,
            others: self.others,
            axes_by_name: false,
            pair_in_cell: false,
            reading,
            population,
            findings,
        })
    }
}

/// What is kept of a feature that should be a point.
pub(super) struct KeptPoint {
    record: PointRecord,
    /// Where else it is, where several points are entrances of one station.
    further: Vec<Xy>,
    /// Its ground, where it is a polygon.
    outline: Option<MultiPolygon<f64>>,
    /// Whether it is a total, and no record.
    is_total: bool,
    is_damaged: bool,
    seen: Seen,
    cells: Vec<KeptCell>,
    population: Option<String>,
    lost: Vec<LostCell>,
    /// The properties beside the id, where parents are named.
    others: Vec<(String, String)>,
    sample: Option<Sample>,
}

/// The properties of one of the first features.
struct Sample {
    cells: Vec<(String, String)>,
    used: Vec<String>,
}

impl Sample {
    fn of(feature: &Feature, columns: &Columns) -> Self {
        let text = |value: &Value| match value {
            Value::Text(text) | Value::Other(text) => text.clone(),
            Value::Empty => String::new(),
        };
        let cells = feature.properties.iter();
        let used = [Field::Id, Field::Name, Field::Address].into_iter();
        let used = used.filter_map(|field| Some(feature.find(columns, field)?.0));
        let kept = columns.kept.iter().filter_map(|kept| {
            let position = kept.position(feature.names())?;
            Some(feature.properties[position].0.as_str())
        });
        Self {
            cells: cells
                .map(|(name, value)| (name.clone(), text(value)))
                .collect(),
            used: used.chain(kept).map(str::to_owned).collect(),
        }
    }
}

impl Gather for Points<'_> {
    type Kept = KeptPoint;

    fn kept(&self, feature: Feature) -> Self::Kept {
        let columns = self.named.columns;
        let cell = |kept: &KeptColumn| match kept.position(feature.names()) {
            None => KeptCell::NoColumn,
            Some(_) => KeptCell::Cell(feature.kept(kept)),
        };
        let population = feature.find(columns, Field::Population);
        let source = self.places.place(feature.number);
        let outline = feature.shape.as_ref().ok().and_then(outline);
        let is_named = !columns.without_names || outline.is_some();
        let is_sampled = usize::try_from(feature.number).is_ok_and(|number| number <= SAMPLED);
        KeptPoint {
            cells: columns.kept.iter().map(cell).collect(),
            lost: feature.lost(columns, &source),
            others: feature.others(columns),
            record: PointRecord {
                id: feature.id(columns),
                name: is_named
                    .then(|| feature.text(columns, Field::Name))
                    .flatten(),
                people: people_of(population),
                xy: match &feature.shape {
                    Ok(Shape::Point(xy)) => Ok(*xy),
                    Ok(Shape::Points(points)) => one_place(points, columns.entrances),
                    Ok(other) => Err(other.is_not("Point")),
                    Err(fault) => Err(match feature.text(columns, Field::Address) {
                        Some(address) if *fault == Fault::NoCoordinate => {
                            Fault::Unlocated { address }
                        }
                        _ => fault.clone(),
                    }),
                },
                source,
            },
            outline,
            further: match &feature.shape {
                Ok(Shape::Points(points)) if columns.entrances => {
                    points.iter().skip(1).copied().collect()
                }
                _ => Vec::new(),
            },
            is_total: feature.is_total(columns),
            is_damaged: feature.is_damaged(),
            seen: self.named.seen(&feature),
            population: population.map(|(name, _)| name.to_owned()),
            sample: is_sampled.then(|| Sample::of(&feature, columns)),
        }
    }

    fn keep(&mut self, kept: Self::Kept) {
        self.named.note(kept.seen);
        if kept.is_total {
            let place = || Words::place(&kept.record.source);
            self.findings.add(FindingCode::TotalRow, place);
            return;
        }
        let number = self.records.len() as u32;
        let outline = kept.outline.map(|outline| (number, outline));
        self.outlines.extend(outline);
        let writers = self.kept.iter_mut().zip(&mut self.has_kept);
        for ((writer, has), cell) in writers.zip(kept.cells) {
            let text = match cell {
                KeptCell::NoColumn => None,
                KeptCell::Cell(text) => {
                    *has = true;
                    text
                }
            };
            for _ in 0..=kept.further.len() {
                writer.push(text.as_deref());
            }
        }
        if kept.is_damaged {
            let place = || Words::place(&kept.record.source);
            self.findings.add(FindingCode::DamagedText, place);
        }
        self.lost.extend(kept.lost);
        for (name, text) in kept.others {
            self.others.add(&name, &text);
        }
        if self.population.is_none() {
            self.population = kept.population;
        }
        if let Some(sample) = kept.sample {
            for (name, text) in sample.cells {
                self.numbers.look(&name, &text);
            }
            for name in sample.used {
                if !self.used.contains(&name) {
                    self.used.push(name);
                }
            }
        }
        let mut record = kept.record;
        if !kept.further.is_empty() {
            // Entrances are one station by their id.
            let own = || record.source.rsplit(' ').next().map(str::to_owned);
            record.id = record.id.clone().or_else(own);
        }
        let entrances = kept.further.into_iter().map(|xy| PointRecord {
            xy: Ok(xy),
            ..record.clone()
        });
        let entrances: Vec<PointRecord> = entrances.collect();
        self.records.push(record);
        self.records.extend(entrances);
    }
}

/// The place of a feature of several points: of a station the first of its entrances. People live at one of them, and nobody
/// knows at which, but where all are the same.
fn one_place(points: &[Xy], are_entrances: bool) -> Result<Xy, Fault> {
    match points {
        [] => Err(Fault::NoCoordinate),
        [first, rest @ ..] if are_entrances || rest.iter().all(|point| point == first) => {
            Ok(*first)
        }
        several => Err(Fault::SeveralPlaces {
            count: several.len(),
        }),
    }
}

/// The polygons of a shape, in its own coordinates; `None` where it is none, or one of their rings is none.
fn outline(shape: &Shape) -> Option<MultiPolygon<f64>> {
    let Shape::Polygons(polygons) = shape else {
        return None;
    };
    let ring = |corners: &Vec<Xy>| -> Option<LineString<f64>> {
        let is_ring = corners.len() >= MIN_CORNERS;
        is_ring.then(|| corners.iter().copied().map(Coord::from).collect())
    };
    let polygon = |rings: &Vec<Vec<Xy>>| -> Option<Polygon<f64>> {
        let mut rings = rings.iter().map(ring).collect::<Option<Vec<_>>>()?;
        (!rings.is_empty()).then(|| Polygon::new(rings.remove(0), rings))
    };
    let polygons: Option<MultiPolygon<f64>> = polygons.iter().map(polygon).collect();
    polygons.filter(|polygons| !polygons.0.is_empty())
}

/// What areas may have among their properties.
const AREA_FIELDS: [Field; 2] = [Field::Id, Field::Name];

/// The areas of a file: polygons with an id and a name, in the file's coordinates until all is known of it.
pub(super) struct Areas<'a> {
    places: Places<'a>,
    named: Named<'a>,
    list: Vec<Outlined>,
}

/// A feature as an area.
pub(super) struct Outlined {
    number: i64,
    id: String,
    name: String,
    shape: Result<Shape, Fault>,
    lost: Vec<LostCell>,
}

impl<'a> Areas<'a> {
    pub(super) fn new(source: &'a Source, columns: &'a Columns) -> Self {
        Self {
            places: Places::of(source),
            named: Named::new(columns, &AREA_FIELDS),
            list: Vec::new(),
        }
    }

    pub(super) fn finish(
        self,
        about: About,
        crs: Known<Crs>,
        converter: &Converter,
    ) -> Result<AreasRead, InputError> {
        let places = self.places;
        let mut findings = about.findings;
        let reading = Reading {
            encoding: about.encoding,
            ..self.named.reading(&AREA_FIELDS)
        };
        self.named.check(places.source, None)?;
        let (mut areas, mut lost) = (Vec::new(), Vec::new());
        for outlined in self.list {
            lost.extend(outlined.lost);
            match area_shape(&outlined.shape, converter) {
                Ok(shape) => {
                    let Outlined { id, name, .. } = outlined;
                    areas.push(Area { id, name, shape });
                }
                Err(fault) => findings.add(FindingCode::InvalidArea, || {
                    at_place(&places.place(outlined.number), &fault)
                }),
            }
        }
        Ok(AreasRead {
            areas,
            crs,
            reading,
            lost,
            findings,
        })
    }
}

impl Gather for Areas<'_> {
    type Kept = (Outlined, Seen);

    fn kept(&self, feature: Feature) -> Self::Kept {
        let columns = self.named.columns;
        let id = feature.id(columns);
        let id = id.unwrap_or_else(|| feature.number.to_string());
        let name = feature.text(columns, Field::Name);
        let seen = self.named.seen(&feature);
        let outlined = Outlined {
            number: feature.number,
            name: name.unwrap_or_else(|| id.clone()),
            lost: feature.lost(columns, &self.places.place(feature.number)),
            id,
            shape: feature.shape,
        };
        (outlined, seen)
    }

    fn keep(&mut self, (outlined, seen): Self::Kept) {
        self.named.note(seen);
        self.list.push(outlined);
    }
}

/// What is wrong with the record at a place.
pub(super) fn at_place(place: &str, fault: &Fault) -> Words {
    let (zh, fault_zh) = (place_zh(place), fault.zh());
    words!("{place}: {fault}", "{zh}：{fault_zh}")
}

fn area_shape(
    shape: &Result<Shape, Fault>,
    converter: &Converter,
) -> Result<MultiPolygon<f64>, Fault> {
    let bad = |found: Words| Fault::Geometry {
        found,
        wanted: geometry_words("Polygon"),
    };
    let ring = |corners: &Vec<Xy>| -> Result<LineString<f64>, Fault> {
        if corners.len() < MIN_CORNERS {
            let count = corners.len();
            return Err(bad(words!(
                "a ring of {count} positions",
                "只有 {count} 个点的环"
            )));
        }
        let place = |xy: &Xy| -> Result<Coord<f64>, Fault> { converter.place(xy.0, xy.1) };
        corners.iter().map(place).collect()
    };
    let polygon = |rings: &Vec<Vec<Xy>>| -> Result<Vec<Polygon<f64>>, Fault> {
        let rings = rings.iter().map(ring).collect::<Result<Vec<_>, _>>()?;
        if rings.is_empty() {
            return Err(bad(words!("a polygon without rings", "没有环的面")));
        }
        Ok(nesting::polygons(rings))
    };
    match shape {
        Ok(Shape::Polygons(polygons)) if !polygons.is_empty() => {
            let whole = polygons
                .iter()
                .map(polygon)
                .collect::<Result<Vec<_>, _>>()?;
            Ok(MultiPolygon(whole.concat()))
        }
        Ok(Shape::Polygons(_)) => Err(bad(words!("a MultiPolygon of nothing", "空的多面"))),
        Ok(other) => Err(other.is_not("Polygon")),
        Err(fault) => Err(fault.clone()),
    }
}
