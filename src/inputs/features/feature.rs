//! One feature: its properties and its geometry, in the file's own coordinates.

use crate::inputs::cells;
use crate::inputs::column_names::is_running_number;
use crate::inputs::column_units::{Quantity, with_unit};
use crate::inputs::field::Field;
use crate::inputs::service_hours::service_of;
use crate::inputs::text::is_damaged;
use crate::inputs::totals::{is_only_total, is_total};
use crate::inputs::{KeptColumn, LostCell, ReadOptions};
use crate::model::Fault;
use crate::text::language::Words;

/// The value of a property.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inputs) enum Value {
    /// Nothing, or spaces.
    Empty,
    /// Text, or a number as it is written.
    Text(String),
    /// What is neither, as it is written: true, a list.
    Other(String),
}

impl Value {
    /// Text without spaces around it.
    pub(in crate::inputs) fn text(text: &str) -> Self {
        match text.trim() {
            "" => Value::Empty,
            text => Value::Text(text.to_owned()),
        }
    }
}

/// The positions of the smallest ring: a triangle's, with the first again at the end.
pub(super) const MIN_CORNERS: usize = 4;

/// Coordinates as they stand in the file.
pub(in crate::inputs) type Xy = (f64, f64);

/// The shape of a feature.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inputs) enum Shape {
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
    pub(in crate::inputs) fn is_not(&self, wanted: &str) -> Fault {
        Fault::Geometry {
            found: geometry_words(self.kind()),
            wanted: geometry_words(wanted),
        }
    }
}

/// A kind of geometry by its name in GeoJSON.
pub(super) fn geometry_words(kind: &str) -> Words {
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
pub(in crate::inputs) struct Feature {
    /// Its number in the file, from 1.
    pub(in crate::inputs) number: i64,
    /// An id beside the properties.
    pub(in crate::inputs) id: Option<String>,
    pub(in crate::inputs) properties: Vec<(String, Value)>,
    /// `NoCoordinate` where there is none.
    pub(in crate::inputs) shape: Result<Shape, Fault>,
}

impl Feature {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.properties.iter().map(|(name, _)| name.as_str())
    }

    pub(super) fn find(&self, options: &ReadOptions, field: Field) -> Option<(&str, &Value)> {
        let position = options.find(field, &self.names()).ok()??;
        let (name, value) = self.properties.get(position)?;
        Some((name, value))
    }

    pub(super) fn text(&self, options: &ReadOptions, field: Field) -> Option<String> {
        match self.find(options, field)?.1 {
            Value::Text(text) if !cells::is_lost(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// The text of a column that is kept, which stands there. Numbers and text are as they are written, with the unit that the name gives.
    pub(super) fn kept_at(&self, kept: &KeptColumn, position: usize) -> Option<String> {
        match self.properties.get(position)? {
            (name, Value::Text(text) | Value::Other(text)) => Some(match Quantity::new(kept) {
                Some(quantity) => with_unit(text, &quantity.unit(name)).into_owned(),
                None => text.clone(),
            }),
            (_, Value::Empty) => None,
        }
    }

    pub(super) fn id(&self, options: &ReadOptions) -> Option<String> {
        let is_running = !options.is_named(Field::Id)
            && self
                .find(options, Field::Id)
                .is_some_and(|(name, _)| is_running_number(name));
        let own = self.id.clone();
        // A number of the row is no better than the id beside the properties.
        own.filter(|_| is_running)
            .or_else(|| self.text(options, Field::Id))
            .or_else(|| self.id.clone())
    }

    /// The cells of the id and the name whose value is lost, or is no text.
    pub(super) fn lost(&self, options: &ReadOptions, place: &str) -> Vec<LostCell> {
        let lost = |field| {
            let (name, text) = match self.find(options, field)? {
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

    /// The hours of single services, with these, where they are kept.
    pub(super) fn service_hours(&self, options: &ReadOptions) -> Vec<(String, String)> {
        if !options.keeps_service_hours {
            return Vec::new();
        }
        let is_other = |name: &str| {
            let mut kept = options.kept.iter();
            kept.all(|kept| kept.position(std::iter::once(name)).is_none())
        };
        let properties = self.properties.iter();
        let of_services = properties.filter_map(|(name, value)| match value {
            Value::Text(text) | Value::Other(text) => {
                let service = service_of(name).filter(|_| is_other(name))?;
                Some((service, text.clone()))
            }
            Value::Empty => None,
        });
        of_services.collect()
    }

    /// The properties beside the id, where the records name their parents.
    pub(super) fn others(&self, options: &ReadOptions) -> Vec<(String, String)> {
        if !options.names_parents() {
            return Vec::new();
        }
        let id = options.find(Field::Id, &self.names()).ok().flatten();
        let others = self.properties.iter().enumerate();
        let others = others.filter(|(at, _)| Some(*at) != id);
        let texts = others.filter_map(|(_, (name, value))| match value {
            Value::Text(text) => Some((name.clone(), text.clone())),
            _ => None,
        });
        texts.collect()
    }

    /// Whether it is a total and no record, by its id, its name or its first property, as a row of a table is.
    pub(super) fn is_total(&self, options: &ReadOptions) -> bool {
        let text = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            Value::Empty | Value::Other(_) => None,
        };
        let mut values = self.properties.iter().map(|(_, value)| value);
        let first = values.find(|value| **value != Value::Empty).and_then(text);
        let known = [Field::Id, Field::Name].map(|field| text(self.find(options, field)?.1));
        let said: Vec<String> = known.into_iter().chain([first]).flatten().collect();
        let has_no_place = self.shape == Err(Fault::NoCoordinate);
        said.iter()
            .any(|said| is_only_total(said) || has_no_place && is_total(said))
    }

    pub(super) fn is_damaged(&self) -> bool {
        let texts = self.properties.iter();
        texts.into_iter().any(|(name, value)| {
            is_damaged(name) || matches!(value, Value::Text(text) if is_damaged(text))
        })
    }
}
