//! What was given is looked at by a question, or is refused: an option that nothing looks at would be taken for one that did its
//! work.

use super::error::{NoDates, NoHours, StudyError, Unused};
use super::questions::Questions;
use super::types::Study;
use crate::analysis::Options;
use crate::hours::{TimeOfWeek, is_hours};
use crate::inputs::{Format, Inputs, KeptColumn, LayerKind, LayerSpec, Request, Source};
use crate::model::{Attribute, AttributeColumn, FindingCode};
use crate::planning::membership::MembershipRule;
use crate::planning::register::Date;

/// Of dates that are not understood so many are shown.
const SHOWN: usize = 3;

/// Sizes of homes, which are looked at where people may be given by polygon.
const SIZES: [Attribute; 4] = [
    Attribute::FloorArea,
    Attribute::Dwellings,
    Attribute::Footprint,
    Attribute::Storeys,
];

impl Study {
    /// Whether everything that is given is looked at, before anything is read.
    ///
    /// # Errors
    /// [`StudyError::Unused`] and [`StudyError::UnusedColumn`].
    pub fn check_used(&self) -> Result<(), StudyError> {
        if let Some(unused) = self.questions.unused(&self.layers) {
            return Err(StudyError::Unused(unused));
        }
        self.outputs.check_system()?;
        self.check_capacities()?;
        self.check_hour_columns()?;
        if self.questions.is_coverage_alone(&self.layers) {
            self.check_columns()
        } else {
            Ok(())
        }
    }

    /// Refuses columns that are named as the hours of stations, where nobody asks about them, or of those that nobody asks about.
    fn check_hour_columns(&self) -> Result<(), StudyError> {
        let role = Attribute::OpeningHours;
        for kind in [LayerKind::Stations, LayerKind::AllStations] {
            let questions = &self.questions;
            let is_asked = match kind {
                LayerKind::Stations => !questions.hours.is_empty(),
                _ => questions.asks_service_hours(),
            };
            if is_asked {
                continue;
            }
            for layer in self.layers.of_kind(kind) {
                let mut named = layer.settings.columns.iter();
                if named.any(|named| named.role == role.key()) && !keeps(layer, role) {
                    return Err(StudyError::UnusedColumn { layer: kind, role });
                }
            }
        }
        Ok(())
    }

    /// Refuses columns that are named as the capacities of stations, where nobody looks at them: the question of supply does at those
    /// of the study's stations, and who asks for catchments at those that are kept for it.
    fn check_capacities(&self) -> Result<(), StudyError> {
        let role = Attribute::Capacity;
        let has_supply = !self.questions.plan.supply.methods.is_empty();
        for kind in [LayerKind::Stations, LayerKind::AllStations] {
            if has_supply && kind == LayerKind::Stations {
                continue;
            }
            for layer in self.layers.of_kind(kind) {
                let mut named = layer.settings.columns.iter();
                if named.any(|named| named.role == role.key()) && !keeps(layer, role) {
                    return Err(StudyError::UnusedColumn { layer: kind, role });
                }
            }
        }
        Ok(())
    }

    /// Refuses hours where no station has any that are understood.
    pub(super) fn check_hours(&self, inputs: &Inputs) -> Result<(), StudyError> {
        if self.questions.hours.is_empty() {
            return Ok(());
        }
        let column = inputs.station_attributes.of(Attribute::OpeningHours);
        let texts = || column.iter().flat_map(|column| column.texts());
        // Ways and gates that are open at some hours are enough to ask about.
        let at_times = inputs.findings.count(FindingCode::OpenAtTimes);
        if at_times > 0 && self.layers.network.source.format() == Some(Format::Prepared) {
            self.check_prepared(at_times)?;
        }
        let has_service_hours = || {
            let every = inputs.every_station.as_ref();
            let attributes = every.map_or(&inputs.station_attributes, |(_, every)| every);
            let mut columns = attributes.of_services(Attribute::OpeningHours);
            columns.any(|column| column.column.texts().iter().any(|text| is_hours(text)))
        };
        let has_any = || texts().any(|text| is_hours(text)) || has_service_hours();
        let why = if at_times > 0 || has_any() {
            return Ok(());
        } else if !is_taken(inputs, Attribute::OpeningHours) {
            NoHours::NoColumn(Attribute::OpeningHours.names().to_vec())
        } else if texts().next().is_none() {
            NoHours::Blank
        } else {
            NoHours::NotUnderstood(texts().take(SHOWN).cloned().collect())
        };
        Err(StudyError::NoHours(why))
    }

    /// Refuses other times of a prepared network than that at which it was read.
    fn check_prepared(&self, at_times: u64) -> Result<(), StudyError> {
        let hours = self.questions.hours;
        let read_at = TimeOfWeek::WEEKDAY;
        if hours.week || hours.at.is_some_and(|at| at.minute() != read_at.minute()) {
            return Err(StudyError::NoHours(NoHours::Prepared(at_times)));
        }
        Ok(())
    }

    /// Refuses a day where no station says when it opened or closed.
    pub(super) fn check_day(&self, inputs: &Inputs) -> Result<(), StudyError> {
        if self.questions.plan.as_of.is_none() {
            return Ok(());
        }
        let columns = columns_of_dates(inputs);
        let texts = || columns.iter().flat_map(|column| column.texts());
        let is_date = |text: &String| Date::first_of(text).is_ok();
        let why = if texts().any(is_date) {
            return Ok(());
        } else if columns.is_empty() {
            let names = Questions::dates().iter().flat_map(|date| date.names());
            NoDates::NoColumn(names.copied().collect())
        } else if texts().next().is_none() {
            NoDates::Blank
        } else {
            NoDates::NotUnderstood(texts().take(SHOWN).cloned().collect())
        };
        Err(StudyError::NoDates(why))
    }
}

/// Whether a column of some stations was taken as an attribute.
fn is_taken(inputs: &Inputs, attribute: Attribute) -> bool {
    let of_stations = inputs.readings.iter();
    let mut of_stations = of_stations.filter(|reading| reading.layer == LayerKind::Stations);
    of_stations.any(|reading| {
        let mut taken = reading.reading.taken.iter();
        taken.any(|taken| taken.role == attribute.key())
    })
}

/// The columns that say when stations opened or closed.
fn columns_of_dates(inputs: &Inputs) -> Vec<&AttributeColumn> {
    let every = inputs.every_station.iter();
    let every = every.map(|(_, attributes)| attributes);
    let layers = std::iter::once(&inputs.station_attributes).chain(every);
    let mut columns = Vec::new();
    for kept in layers {
        columns.extend(Questions::dates().iter().filter_map(|date| kept.of(*date)));
    }
    columns
}

impl Questions {
    /// What is given with these layers and looked at by no question.
    fn unused(&self, layers: &Request) -> Option<Unused> {
        let plan = &self.plan;
        let has_standard = !plan.standards.is_empty();
        let has_tiers = plan.standards.iter().any(|one| !one.tiers.is_empty());
        let has_list = layers.communities.is_some();
        let asks_every = has_standard || plan.services.is_some() || has_list;
        let unused = [
            (
                !layers.every_station.is_empty() && !asks_every,
                Unused::EveryStation,
            ),
            (self.allocate && !has_list, Unused::Allocate),
            (layers.land.is_some() && !has_standard, Unused::Land),
            (
                plan.membership == MembershipRule::Own && !has_tiers,
                Unused::OwnMembership,
            ),
            (
                plan.audit.is_some() && !has_list && !has_tiers,
                Unused::FloorAreas,
            ),
            (
                plan.supply.decay.is_some() && !plan.supply.has_decay(),
                Unused::Decay,
            ),
            (
                self.hours.at.is_some() && !plan.is_of_services_alone(),
                Unused::AtWithPlan,
            ),
        ];
        let mut unused = unused.into_iter();
        unused
            .find(|(is_unused, _)| *is_unused)
            .map(|(_, what)| what)
    }
}

/// Whether somebody asks for an attribute of a layer beside the questions.
fn keeps(layer: &LayerSpec, attribute: Attribute) -> bool {
    layer.kept.contains(&KeptColumn::Known(attribute))
}

/// Whether a column says where in their buildings residents live; those of stairwells are for the table of them.
fn houses(layers: &Request, options: &Options, attribute: Attribute) -> bool {
    match attribute {
        _ if options.street_level => false,
        Attribute::Storey | Attribute::Lift | Attribute::Entry => true,
        Attribute::Stairwell | Attribute::Building => layers.stairwells.is_some(),
        _ => false,
    }
}

impl Study {
    /// Refuses columns that are named for what is asked beside coverage, where nothing is.
    fn check_columns(&self) -> Result<(), StudyError> {
        let (layers, options) = (&self.layers, &self.options);
        let homes = &layers.residents;
        let sizes: &[Attribute] = if homes.iter().any(is_vector) {
            &SIZES
        } else {
            &[]
        };
        let used = [
            (LayerKind::Stations, Questions::dates()),
            (LayerKind::Residents, sizes),
        ];
        for (kind, used) in used {
            for layer in layers.of_kind(kind) {
                let mut named = layer.settings.columns.iter();
                let unused = named.find_map(|named| {
                    let mut attributes = kind.attributes().iter();
                    let attribute = attributes.find(|attribute| attribute.key() == named.role)?;
                    // Hours were looked at before.
                    let is_used = used.contains(attribute)
                        || *attribute == Attribute::OpeningHours
                        || keeps(layer, *attribute)
                        || kind == LayerKind::Residents && houses(layers, options, *attribute);
                    (!is_used).then_some(*attribute)
                });
                if let Some(role) = unused {
                    return Err(StudyError::UnusedColumn { layer: kind, role });
                }
            }
        }
        Ok(())
    }
}

fn is_vector(layer: &LayerSpec) -> bool {
    let format = layer.file().and_then(Source::format);
    matches!(format, Some(Format::GeoJson | Format::Shapefile))
}
