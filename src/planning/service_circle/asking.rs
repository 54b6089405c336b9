//! What a plan asks of the stations of every tier: tiers, register, services.

use super::communities::Communities;
use super::hours::{ServiceHoursQuestion, ServicesAsked};
use super::stations::{Grounds, Stations};
use crate::analysis::Analysis;
use crate::control::Control;
use crate::error::Error;
use crate::id::StationId;
use crate::inputs::Inputs;
use crate::model::{Attribute, CityRecords, Fault, Findings, Resident, Tier};
use crate::planning::membership::{Membership, MembershipRule};
use crate::planning::provision::{
    Level, Plan, PlanError, RegisterReport, ServiceReport, StationGroup, StepUp, Survey,
    TierCircle, Tiers, people_within,
};
use crate::planning::register::{
    Audit, AuditCount, Matched, ParentLinks, Register, RegisteredStation, Sites,
};
use crate::planning::services::Offers;
use crate::planning::standards::{Standard, Term};
use crate::text::plain::letters;
use crate::units::{Cutoff, People};
use crate::walker::Placed;

/// How far walks to the station above are looked for.
const STEP_UP_MINUTES: f64 = 60.0;

/// A plan and all that it is asked of.
pub(super) struct Asking<'a> {
    pub(super) plan: &'a Plan,
    pub(super) inputs: &'a Inputs,
    /// With the stations of every tier.
    pub(super) city: CityRecords<'a>,
    pub(super) analysis: &'a Analysis,
    pub(super) stations: Stations<'a>,
    pub(super) communities: Communities,
    pub(super) survey: &'a Survey<'a>,
    /// What is asked of the hours of services, where anything is.
    pub(super) hours: Option<&'a dyn ServiceHoursQuestion>,
    pub(super) control: Control<'a>,
    /// By resident.
    pub(super) people: Vec<People>,
}

impl Asking<'_> {
    /// The stations as a register holds them.
    pub(super) fn registered(&self) -> Vec<RegisteredStation> {
        let grounds = Grounds::new(&self.inputs.areas, &self.communities.list);
        self.stations.registered(&grounds)
    }

    /// The tiers of the first standard that has any, by the rule of membership, with what each of them would be by the
    /// other.
    pub(super) fn tiers(
        &self,
        registered: &[RegisteredStation],
        register: &Register<'_>,
    ) -> Result<(Tiers, Vec<(String, Membership)>), Error> {
        let circles = self.plan.standards.iter().map(|s| self.stations.circles(s));
        let circles: Vec<TierCircle> = circles
            .into_iter()
            .find(|c| !c.is_empty())
            .unwrap_or_default();
        let levels = levels(self.inputs);
        let mut tiers = Tiers::new(self.survey, circles, levels, self.control)?;
        let compliant = Audit::new(registered, self.plan.audit_rules());
        let is_audited = compliant.counts().iter().any(AuditCount::is_stated);
        let people = &self.people;
        let mut memberships = Vec::new();
        for found in &mut tiers.list {
            let Some(cutoff) = found.tier.deciding() else {
                continue;
            };
            if is_audited {
                let complies = compliant.compliant();
                let group = StationGroup::new(self.stations.count(), |station| {
                    found.tier.stations.has(station) && complies[station.index()] == Some(true)
                });
                found.within_compliant = Some(self.people_within(&group, cutoff)?);
            }
            if self.communities.list.is_empty() || !self.is_of_communities(&found.tier) {
                continue;
            }
            let table = self
                .survey
                .table(&found.tier.stations, cutoff, self.control)?;
            let of_station: Vec<Option<u32>> =
                register.matches().iter().map(Matched::sure).collect();
            let row = |station: StationId| table.row_of(station).iter().copied();
            let membership = Membership::new(
                people,
                &self.communities.of,
                &of_station,
                u64::from(cutoff.cost()),
                row,
            );
            found.within_own = Some(membership.own());
            if self.plan.membership == MembershipRule::Own {
                let own = membership.nearest_own();
                let is_within = own.iter().map(Option::is_some).collect();
                found.set_within(is_within, people, &tiers.levels);
            }
            memberships.push((found.tier.key.clone(), membership));
        }
        tiers.count_together(people);
        Ok((tiers, memberships))
    }

    /// Whether a tier's stations are of communities: a street's serves all of its communities.
    fn is_of_communities(&self, tier: &TierCircle) -> bool {
        let mut stations = tier.stations.stations();
        stations.any(|station| {
            self.stations
                .tier(station)
                .is_some_and(|tier| tier != Tier::Street)
        })
    }

    fn people_within(&self, group: &StationGroup, cutoff: Cutoff) -> Result<People, Error> {
        if group.is_empty() {
            return Ok(People::ZERO);
        }
        let nearest = self.survey.nearest_in(cutoff.unit(), group, self.control)?;
        Ok(people_within(cutoff, &nearest, &self.people))
    }

    /// The register against the communities, with the walks upwards and what there was year by year.
    pub(super) fn register(
        &self,
        registered: &[RegisteredStation],
        register: &Register<'_>,
        tiers: &Tiers,
    ) -> Result<RegisterReport, Error> {
        let list = self.communities.list.clone();
        let rules = self.plan.audit_rules();
        let mut report = RegisterReport::new(register, list, registered, rules, self.plan.as_of);
        report.steps_up = self.steps_up(registered)?;
        for year in &mut report.years {
            let is_it = |tier: &TierCircle| {
                let mut stations = tier.stations.stations();
                stations.any(|station| self.stations.tier(station) == Some(year.tier))
            };
            let circle = tiers
                .list
                .iter()
                .map(|found| &found.tier)
                .find(|tier| is_it(tier));
            let Some(cutoff) = circle.and_then(TierCircle::deciding) else {
                continue;
            };
            let ever = StationGroup::new(self.stations.count(), |station| {
                self.stations.tier(station) == Some(year.tier)
            });
            let group = self.stations.open_on(&ever, year.day);
            year.within = Some(self.people_within(&group, cutoff)?);
        }
        Ok(report)
    }

    /// Other places on the streets of the analysis, as residents there would be.
    pub(super) fn placed_on(&self, places: &[Resident]) -> Result<Placed, Error> {
        let (placed, stations) = (self.analysis.placed(), self.city.stations);
        let (walker, trip) = (placed.walker(), placed.trip());
        Ok(Placed::new(walker, stations, places, trip, self.control)?)
    }

    /// How far it is from each station to the one above it: stations asked as residents are.
    fn steps_up(&self, registered: &[RegisteredStation]) -> Result<Vec<StepUp>, Error> {
        let links = ParentLinks::new(registered);
        let below: Vec<(StationId, StationId)> = (0u32..)
            .zip(links.parents())
            .filter_map(|(station, parent)| Some((StationId(station), StationId((*parent)?))))
            .collect();
        let walkers: Vec<Resident> = below
            .iter()
            .map(|(station, _)| {
                let registered = &registered[station.index()];
                let mut walker = Resident::new(registered.id.as_str(), 0.0, 0.0);
                walker.place = registered.place.ok_or(Fault::NoCoordinate);
                walker
            })
            .collect();
        if walkers.is_empty() {
            return Ok(Vec::new());
        }
        let placed = self.placed_on(&walkers)?;
        let city = CityRecords {
            residents: &walkers,
            ..self.city
        };
        let survey = Survey::new(&placed, city, self.control)?;
        let mut is_parent = vec![false; self.stations.count()];
        for (_, parent) in &below {
            is_parent[parent.index()] = true;
        }
        let parents = StationGroup::new(is_parent.len(), |station| is_parent[station.index()]);
        let table = survey.table(&parents, Cutoff::minutes(STEP_UP_MINUTES)?, self.control)?;
        let mut steps: Vec<StepUp> = below
            .iter()
            .map(|(station, parent)| StepUp {
                station: *station,
                parent: *parent,
                cost: None,
            })
            .collect();
        for parent in parents.stations() {
            for (walker, cost) in table.row_of(parent) {
                let step = &mut steps[walker.index()];
                if step.parent == parent {
                    step.cost = Some(*cost);
                }
            }
        }
        Ok(steps)
    }

    /// # Errors
    /// When a standard has clauses, and none is about any of the stations, open or not.
    pub(super) fn check_standards(&self) -> Result<(), PlanError> {
        let is_about_any = |standard: &&Standard| {
            let mut clauses = standard.clauses.iter();
            clauses.any(|clause| !self.stations.of_clause_ever(clause).is_empty())
        };
        match self.plan.standards.iter().find(|one| !is_about_any(one)) {
            None => Ok(()),
            Some(standard) => Err(PlanError::NothingOfStandard {
                standard: standard.id.clone(),
                tiers: self.stations.texts(Attribute::Tier),
                kinds: self.stations.texts(Attribute::Kind),
            }),
        }
    }

    /// # Errors
    /// When stations offer nothing, not what is asked for, or nothing that the standard lists.
    fn check_services(&self, asked: &[String], terms: &[Term]) -> Result<(), PlanError> {
        let offered = self.stations.offered();
        if offered.is_empty() {
            return Err(PlanError::NoServices);
        }
        let is_known = |name: &&String| {
            let plain = letters(name);
            let mut terms = terms.iter();
            offered.iter().any(|offered| letters(offered) == plain)
                || terms.any(|term| {
                    term.matches(name) && offered.iter().any(|offered| term.matches(offered))
                })
        };
        if let Some(asked) = asked.iter().find(|name| !is_known(name)) {
            let asked = asked.clone();
            return Err(PlanError::NoSuchService { asked, offered });
        }
        let is_listed = |service: &String| terms.iter().any(|term| term.matches(service));
        if asked.is_empty() && !terms.is_empty() && !offered.iter().any(is_listed) {
            let standards = self.plan.standards.iter();
            let listing = standards.clone().find(|one| !one.services.is_empty());
            return Err(PlanError::NoServiceOfStandard {
                standard: listing.map_or_else(String::new, |one| one.id.clone()),
                offered,
            });
        }
        Ok(())
    }

    pub(super) fn services(
        &self,
        register: &Register<'_>,
        findings: &mut Findings,
    ) -> Result<Option<ServiceReport>, Error> {
        let Some(asked) = &self.plan.services else {
            return Ok(None);
        };
        let terms = self.plan.service_terms();
        self.check_services(asked, terms)?;
        let lists = self.stations.services(asked, terms);
        let stated: Vec<Option<&[String]>> = lists.iter().map(Option::as_deref).collect();
        let mut offers = Offers::stated(&stated);
        // None of the stations that offer one is open on the day that is asked for.
        if offers.names().is_empty() {
            return Ok(None);
        }
        let mut times = Vec::new();
        if let Some(question) = self.hours {
            let asked = ServicesAsked {
                inputs: self.inputs,
                city: self.city,
                analysis: self.analysis,
                attributes: self.stations.attributes,
                offers: &offers,
                terms,
            };
            let hours = question.ask(asked, self.control)?;
            offers = question.at_that_time(offers, &hours);
            findings.extend(hours.findings);
            times = hours.times;
        }
        let sites = Sites::new(register);
        let cutoff = self.analysis.options.tests.deciding();
        let table = self.analysis.deciding_walks();
        let found = ServiceReport::new(
            self.survey,
            &offers,
            sites.place_of(),
            &self.analysis.areas,
            (table, cutoff),
            self.control,
        )?;
        Ok(Some(ServiceReport { times, ..found }))
    }
}

/// The levels that the residents' columns name: subdistricts and communities.
fn levels(inputs: &Inputs) -> Vec<Level> {
    let known = [Attribute::Street, Attribute::Community];
    let level = |attribute: Attribute| {
        let column = inputs.resident_attributes.of(attribute)?;
        Some(Level {
            key: attribute.key().to_owned(),
            units: column.texts().to_vec(),
            of: (0..column.len())
                .map(|row| column.index(row).map(|unit| unit as u32))
                .collect(),
        })
    };
    known.into_iter().filter_map(level).collect()
}
