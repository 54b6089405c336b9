//! Features of vector files, whatever the format: properties and a geometry, in the file's own coordinates. From them come
//! the points and areas of a city; `lines` makes the streets.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::cells::{self, Comma};
use super::columns::{Columns, Field, KeptColumn, listed, people_per_unit};
use super::text::is_damaged;
use super::{InputError, PointRecord, PointRecords, Source};
use crate::crs::{Converter, Crs};
use crate::language::{InLanguage, Words, place_zh, words};
use crate::model::{
    Area, AttributeColumn, AttributeWriter, Attributes, Fault, FindingCode, Findings,
};
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

/// Coordinates as they stand in the file.
pub(super) type Xy = (f64, f64);

/// The shape of a feature.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Point(Xy),
    Lines(Vec<Vec<Xy>>),
    /// Polygons: rings, the outer one first.
    Polygons(Vec<Vec<Vec<Xy>>>),
    /// Another kind, or what is wrong with it.
    Other(String),
}

impl Shape {
    fn kind(&self) -> &str {
        match self {
            Shape::Point(_) => "Point",
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

/// The features of one file.
#[derive(Debug)]
pub(super) struct Features<'a> {
    pub(super) source: &'a Source,
    /// What a feature is called in the file: `feature`, `record`.
    pub(super) noun: &'static str,
    /// The coordinate system that the file says it is in.
    pub(super) crs: Option<Crs>,
    pub(super) list: Vec<Feature>,
    pub(super) findings: Findings,
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
            Value::Text(text) => Some(text.clone()),
            Value::Empty | Value::Other(_) => None,
        }
    }

    /// The text of a column that is kept. Numbers and text are as they are written; a list is none.
    fn kept(&self, kept: &KeptColumn) -> Option<&str> {
        match &self.properties.get(kept.position(self.names())?)?.1 {
            Value::Text(text) | Value::Other(text) => Some(text),
            Value::Empty => None,
        }
    }

    fn id(&self, columns: &Columns) -> Option<String> {
        self.text(columns, Field::Id).or_else(|| self.id.clone())
    }

    /// The number of people. What is no number is a fault: to count it as one person would be a guess.
    fn people(&self, columns: &Columns) -> Result<Option<People>, Fault> {
        match self.find(columns, Field::Population) {
            None | Some((_, Value::Empty)) => Ok(None),
            Some((_, Value::Other(value))) => Err(Fault::Population {
                reason: ParsePeopleError::NotANumber(value.clone()),
            }),
            Some((name, Value::Text(text))) => {
                let people = cells::people(text, Comma::Thousands, people_per_unit(name));
                people
                    .map(Some)
                    .map_err(|reason| Fault::Population { reason })
            }
        }
    }

    fn is_damaged(&self) -> bool {
        let texts = self.properties.iter();
        texts.into_iter().any(|(name, value)| {
            is_damaged(name) || matches!(value, Value::Text(text) if is_damaged(text))
        })
    }
}

impl Features<'_> {
    /// Where a feature stands: file and number.
    pub(super) fn place(&self, feature: &Feature) -> String {
        format!("{} {} {}", self.source.name(), self.noun, feature.number)
    }

    /// A property that the user names must be in some feature: a typing error would otherwise count as "absent" in silence.
    fn check_named(&self, columns: &Columns, fields: &[Field]) -> Result<(), InputError> {
        let is_somewhere = |field: Field| {
            let mut features = self.list.iter();
            features.any(|feature| columns.find(field, &feature.names()).is_ok())
        };
        let missing = |field: &&Field| columns.is_named(**field) && !is_somewhere(**field);
        match fields.iter().find(missing) {
            Some(field) => Err(self.no_column(field.words(), field.flag())),
            None => Ok(()),
        }
    }

    /// There is no such property; the message lists those of the first feature that has any.
    fn no_column(&self, field: Words, flag: &'static str) -> InputError {
        let first = self
            .list
            .iter()
            .find(|feature| !feature.properties.is_empty());
        let found = first.map(|feature| listed(feature.names()));
        InputError::Column {
            file: self.source.path().to_owned(),
            field,
            found: found.unwrap_or_else(|| "-".to_owned()),
            flag,
        }
    }

    /// The point records. A feature that is no point is a record with a [`Fault`].
    pub(super) fn points(mut self, columns: &Columns) -> Result<PointRecords, InputError> {
        self.check_named(columns, &[Field::Id, Field::Population, Field::Name])?;
        let attributes = self.attributes(columns)?;
        let record = |feature: &Feature| PointRecord {
            id: feature.id(columns),
            name: feature.text(columns, Field::Name),
            xy: match &feature.shape {
                Ok(Shape::Point(xy)) => Ok(*xy),
                Ok(other) => Err(other.is_not("Point")),
                Err(fault) => Err(match feature.text(columns, Field::Address) {
                    Some(address) if *fault == Fault::NoCoordinate => Fault::Unlocated { address },
                    _ => fault.clone(),
                }),
            },
            people: feature.people(columns),
            source: self.place(feature),
        };
        let records: Vec<PointRecord> = self.list.iter().map(record).collect();
        let damaged: Vec<String> = self
            .list
            .iter()
            .filter(|feature| feature.is_damaged())
            .map(|feature| self.place(feature))
            .collect();
        for place in damaged {
            self.findings
                .add(FindingCode::DamagedText, || Words::place(&place));
        }
        Ok(PointRecords {
            has_ids: records.iter().any(|record| record.id.is_some()),
            attributes,
            records,
            crs: self.crs,
            axes_by_name: false,
            findings: self.findings,
        })
    }

    /// The columns that are kept beside the features.
    fn attributes(&self, columns: &Columns) -> Result<Attributes, InputError> {
        let column = |kept: &KeptColumn| -> Result<(String, AttributeColumn), InputError> {
            let mut writer = AttributeWriter::default();
            let mut is_there = false;
            for feature in &self.list {
                is_there |= kept.position(feature.names()).is_some();
                writer.push(feature.kept(kept));
            }
            match kept.missing().filter(|_| !is_there) {
                Some(field) => Err(self.no_column(field, "--group")),
                None => Ok((kept.key().to_owned(), writer.finish())),
            }
        };
        let columns: Result<Vec<_>, _> = columns.kept.iter().map(column).collect();
        Ok(Attributes::new(self.list.len(), columns?))
    }

    /// The areas: polygons with an id and a name.
    pub(super) fn areas(
        mut self,
        columns: &Columns,
        converter: &Converter,
    ) -> Result<(Vec<Area>, Findings), InputError> {
        self.check_named(columns, &[Field::Id, Field::Name])?;
        let mut areas = Vec::new();
        let mut findings = std::mem::take(&mut self.findings);
        for feature in &self.list {
            match area_shape(feature, converter) {
                Ok(shape) => {
                    let id = feature.id(columns);
                    let id = id.unwrap_or_else(|| feature.number.to_string());
                    let name = feature.text(columns, Field::Name);
                    let name = name.unwrap_or_else(|| id.clone());
                    areas.push(Area { id, name, shape });
                }
                Err(fault) => findings.add(FindingCode::InvalidArea, || {
                    at_place(&self.place(feature), &fault)
                }),
            }
        }
        Ok((areas, findings))
    }
}

/// What is wrong with the record at a place.
pub(super) fn at_place(place: &str, fault: &Fault) -> Words {
    let (zh, fault_zh) = (place_zh(place), fault.zh());
    words!("{place}: {fault}", "{zh}：{fault_zh}")
}

fn area_shape(feature: &Feature, converter: &Converter) -> Result<MultiPolygon<f64>, Fault> {
    let bad = |found: Words| Fault::Geometry {
        found,
        wanted: geometry_words("Polygon"),
    };
    let ring = |corners: &Vec<Xy>| -> Result<LineString<f64>, Fault> {
        if corners.len() < 4 {
            let count = corners.len();
            return Err(bad(words!(
                "a ring of {count} positions",
                "只有 {count} 个点的环"
            )));
        }
        let place = |xy: &Xy| -> Result<Coord<f64>, Fault> { converter.place(xy.0, xy.1) };
        corners.iter().map(place).collect()
    };
    let polygon = |rings: &Vec<Vec<Xy>>| -> Result<Polygon<f64>, Fault> {
        let mut rings = rings.iter().map(ring).collect::<Result<Vec<_>, _>>()?;
        if rings.is_empty() {
            return Err(bad(words!("a polygon without rings", "没有环的面")));
        }
        let outer = rings.remove(0);
        Ok(Polygon::new(outer, rings))
    };
    match &feature.shape {
        Ok(Shape::Polygons(polygons)) if !polygons.is_empty() => {
            polygons.iter().map(polygon).collect()
        }
        Ok(Shape::Polygons(_)) => Err(bad(words!("a MultiPolygon of nothing", "空的多面"))),
        Ok(other) => Err(other.is_not("Polygon")),
        Err(fault) => Err(fault.clone()),
    }
}
