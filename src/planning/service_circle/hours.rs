//! What is asked of the hours of services, by whoever knows hours.

use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::inputs::{Inputs, LayerKind};
use crate::model::{Attribute, Attributes, CityRecords, Findings};
use crate::planning::provision::ServiceTimes;
use crate::planning::services::{Offers, services_of};
use crate::planning::standards::Term;
use crate::text::plain::letters;

/// Knows when services are open.
pub(crate) trait ServiceHoursQuestion {
    /// What hours leave of the services that are asked about.
    fn ask(&self, asked: ServicesAsked<'_>, control: Control<'_>) -> Result<ServiceHours, Error>;

    /// The offers at the time that is asked for, where one is.
    fn at_that_time(&self, offers: Offers, hours: &ServiceHours) -> Offers;
}

/// The services that are asked about, and where they are offered.
#[derive(Clone, Copy)]
pub(crate) struct ServicesAsked<'a> {
    pub(crate) inputs: &'a Inputs,
    /// With the stations whose services are counted.
    pub(crate) city: CityRecords<'a>,
    /// With all of them, at whatever time they are open.
    pub(crate) analysis: &'a Analysis,
    pub(crate) attributes: &'a Attributes,
    pub(crate) offers: &'a Offers,
    /// The services that the study's standard lists.
    pub(crate) terms: &'a [Term],
}

/// What hours leave of services.
pub(crate) struct ServiceHours {
    /// By service.
    pub(crate) times: Vec<ServiceTimes>,
    /// By service and station whether it is closed at the time that is asked for; nothing where none is.
    pub(crate) closed: Vec<Vec<bool>>,
    pub(crate) findings: Findings,
}

impl ServicesAsked<'_> {
    /// The layer of the stations.
    pub(crate) fn layer(&self) -> LayerKind {
        match self.inputs.every_station {
            Some(_) => LayerKind::AllStations,
            None => LayerKind::Stations,
        }
    }

    /// Whether two names mean one service.
    pub(crate) fn is_same(&self, one: &str, other: &str) -> bool {
        let mut terms = self.terms.iter();
        letters(one) == letters(other) || terms.any(|term| term.matches(one) && term.matches(other))
    }

    /// By row what its cell says of services; `None` where nothing is understood.
    pub(crate) fn said(&self) -> Vec<Option<Vec<String>>> {
        match self.attributes.of(Attribute::Services) {
            Some(column) => {
                let said = column.map(|text| services_of(text));
                said.into_iter().map(Option::flatten).collect()
            }
            None => vec![None; self.city.stations.len()],
        }
    }
}
