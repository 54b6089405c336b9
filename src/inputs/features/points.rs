//! Points from features.

use std::sync::OnceLock;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::feature::{Feature, MIN_CORNERS, Shape, Value, Xy};
use super::gather::{About, Gather, Places};
use super::named::{Named, Seen};
use crate::inputs::cells::{self, Comma};
use crate::inputs::column_units::{Quantity, tell_unknown, with_unit};
use crate::inputs::field::Field;
use crate::inputs::population::{ColumnNumbers, SAMPLED, population_read};
use crate::inputs::service_hours::ServiceHours;
use crate::inputs::{
    InputError, KeptColumn, LostCell, OtherColumns, PointRecord, PointRecords, ReadOptions,
    Reading, Source,
};
use crate::model::{AttributeWriter, Attributes, Fault, FindingCode, Findings};
use crate::text::language::Words;
use crate::units::{ParsePeopleError, People};

/// What points may have among their properties.
const POINT_FIELDS: [Field; 4] = [Field::Id, Field::Name, Field::Population, Field::Address];

/// The point records of a file. A feature that is no point is a record with a [`Fault`].
pub(in crate::inputs) struct Points<'a> {
    places: Places<'a>,
    named: Named<'a>,
    /// The columns that are kept beside the records.
    kept: Vec<AttributeWriter>,
    /// The properties of the feature that is looked at first, and where these columns stand among them: others mostly have the same.
    first: OnceLock<(Vec<String>, Vec<Option<usize>>)>,
    service_hours: ServiceHours,
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
    pub(in crate::inputs) fn new(source: &'a Source, options: &'a ReadOptions) -> Self {
        Self {
            places: Places::new(source),
            named: Named::new(options, &[Field::Id, Field::Population, Field::Name]),
            has_kept: vec![false; options.kept.len()],
            first: OnceLock::new(),
            kept: options
                .kept
                .iter()
                .map(|_| AttributeWriter::default())
                .collect(),
            service_hours: ServiceHours::default(),
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

    pub(in crate::inputs) fn finish(self, about: About) -> Result<PointRecords, InputError> {
        let options = self.named.options;
        let population = population_read(self.population.as_deref(), &self.used, &self.numbers);
        let mut missing = options.kept.iter().zip(&self.has_kept);
        let missing = missing.find(|(kept, has)| kept.missing().is_some() && !**has);
        let missing = missing.map(|(kept, _)| kept);
        let keys = options.kept.iter();
        let keys = keys.map(|kept| kept.key().to_owned());
        let kept = keys.zip(self.kept.into_iter().map(AttributeWriter::finish));
        let reading = Reading {
            encoding: about.encoding,
            ..self.named.reading(&POINT_FIELDS)
        };
        let mut findings = about.findings;
        findings.extend(self.findings);
        let (of_services, found) = self.service_hours.finish(self.records.len());
        findings.extend(found);
        let kept = kept.chain(of_services);
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
pub(in crate::inputs) struct KeptPoint {
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
    /// The hours of single services, with these.
    service_hours: Vec<(String, String)>,
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
    fn new(feature: &Feature, options: &ReadOptions) -> Self {
        let text = |value: &Value| match value {
            Value::Text(text) | Value::Other(text) => text.clone(),
            Value::Empty => String::new(),
        };
        let cells = feature.properties.iter();
        let used = [Field::Id, Field::Name, Field::Address].into_iter();
        let used = used.filter_map(|field| Some(feature.find(options, field)?.0));
        let kept = options.kept.iter().filter_map(|kept| {
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

impl Points<'_> {
    /// Where the columns that are kept stand among a feature's properties.
    fn positions(&self, feature: &Feature) -> Vec<Option<usize>> {
        let find = || {
            let kept = self.named.options.kept.iter();
            kept.map(|kept| kept.position(feature.names())).collect()
        };
        let (names, known) = self.first.get_or_init(|| {
            let names = feature.names().map(str::to_owned);
            (names.collect(), find())
        });
        if feature.names().eq(names.iter().map(String::as_str)) {
            known.clone()
        } else {
            find()
        }
    }
}

impl Gather for Points<'_> {
    type Kept = KeptPoint;

    fn kept(&self, feature: Feature) -> Self::Kept {
        let options = self.named.options;
        let cell = |(kept, position): (&KeptColumn, Option<usize>)| match position {
            None => KeptCell::NoColumn,
            Some(position) => KeptCell::Cell(feature.kept_at(kept, position)),
        };
        let population = feature.find(options, Field::Population);
        let source = self.places.place(feature.number);
        let outline = feature.shape.as_ref().ok().and_then(outline);
        let is_named = !options.passes_over_names() || outline.is_some();
        let is_sampled = usize::try_from(feature.number).is_ok_and(|number| number <= SAMPLED);
        KeptPoint {
            cells: options
                .kept
                .iter()
                .zip(self.positions(&feature))
                .map(cell)
                .collect(),
            service_hours: feature.service_hours(options),
            lost: feature.lost(options, &source),
            others: feature.others(options),
            record: PointRecord {
                id: feature.id(options),
                name: is_named
                    .then(|| feature.text(options, Field::Name))
                    .flatten(),
                people: people_of(population),
                xy: match &feature.shape {
                    Ok(Shape::Point(xy)) => Ok(*xy),
                    Ok(Shape::Points(points)) => one_place(points, options.has_entrances()),
                    Ok(other) => Err(other.is_not("Point")),
                    Err(fault) => Err(match feature.text(options, Field::Address) {
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
                Ok(Shape::Points(points)) if options.has_entrances() => {
                    points.iter().skip(1).copied().collect()
                }
                _ => Vec::new(),
            },
            is_total: feature.is_total(options),
            is_damaged: feature.is_damaged(),
            seen: self.named.seen(&feature),
            population: population.map(|(name, _)| name.to_owned()),
            sample: is_sampled.then(|| Sample::new(&feature, options)),
        }
    }

    fn keep(&mut self, kept: Self::Kept) {
        self.named.note(kept.seen);
        if kept.is_total {
            let place = || Words::place(&kept.record.source);
            self.findings.add(FindingCode::TotalRow, place);
            return;
        }
        let first = self.records.len();
        let outline = kept.outline.map(|outline| (first as u32, outline));
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
        let (cells, rows) = (&kept.service_hours, first..=first + kept.further.len());
        self.service_hours
            .add_each(cells, rows, &kept.record.source);
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

/// What a feature has of a column that is kept.
pub(in crate::inputs) enum KeptCell {
    NoColumn,
    Cell(Option<String>),
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
