//! The service circle as planners practise it, in one call: what an analysis is asked beside coverage.

mod clauses;
mod stations;

use crate::analysis::{Analysis, analyse};
use crate::control::Control;
use crate::coverage::Tests;
use crate::error::Error;
use crate::id::{ResidentId, StationId};
use crate::inputs::{Inputs, PointRecord};

use crate::language::words;
use crate::membership::Membership;
use crate::model::{Attribute, City, Fault, FindingCode, Profile, Resident, Station, Tier};
use crate::network::Impedance;
use crate::plain::letters;
use crate::provision::{
    Cohort, CohortQuestion, DemandCoverage, Level, Provision, RegisterReport, Sensitivity,
    ServiceReport, StationGroup, StepUp, Survey, TierCircle, Tiers, WalkedGround, Walker,
};
use crate::register::{
    Audit, AuditRules, Community, Date, Matched, ParentLinks, Register, RegisteredStation, Sites,
};
use crate::services::Offers;
use crate::standards::Standard;
use crate::units::{Cutoff, People, Unit};
use stations::{Grounds, Stations};

/// How far walks to the station above are looked for.
const STEP_UP_MINUTES: f64 = 60.0;

/// A part of the people, as it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CohortPlan {
    /// What it is called.
    pub name: String,
    /// The columns of the residents that count its people; they are added up.
    pub columns: Vec<String>,
    /// How its people walk.
    pub profile: Profile,
}

/// Whose stations count for a resident (归属规则).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MembershipRule {
    /// Any station of the tier.
    #[default]
    Any,
    /// For tiers of communities and grids only those of the resident's own community.
    Own,
}

/// What is asked beside coverage. Nothing is by default.
///
/// ```
/// use pedshed::Plan;
/// use pedshed::standards::Standard;
/// let plan = Plan { standards: Standard::named("party-centre-tiers").into_iter().collect(), ..Plan::default() };
/// assert!(!plan.is_empty() && Plan::default().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// By which standards; the tiers of the first that has any are scored, each with its circle.
    pub standards: Vec<Standard>,
    /// About which parts of the people.
    pub cohorts: Vec<CohortPlan>,
    /// About which services, by name; all that are offered where the list is empty, those of a standard where one lists any.
    pub services: Option<Vec<String>>,
    /// Whose stations count.
    pub membership: MembershipRule,
    /// On which day: stations that are not open do not count.
    pub as_of: Option<Date>,
    /// The circles of layers of further demand, by their names; the deciding cutoff where one has none of its own.
    pub demand: Vec<(String, Cutoff)>,
    /// Whether coverage is wanted by speed and by cutoff.
    pub sensitivity: bool,
    /// Whether layers of further demand were read.
    pub has_demand: bool,
    /// Whether the register is held against the communities that were read.
    pub register: bool,
}

impl Plan {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.standards.is_empty()
            && self.cohorts.is_empty()
            && self.services.is_none()
            && self.as_of.is_none()
            && !self.sensitivity
            && !self.register
            && !self.has_demand
    }

    /// The stations as they are on the day that is asked for: those that are not open have no place, and are a finding. `None`
    /// where no day is asked for.
    #[must_use]
    pub fn stations_on_day(&self, inputs: &mut Inputs) -> Option<Vec<Station>> {
        let day = self.as_of?;
        let mut stations = inputs.stations.clone();
        let text = |attribute: Attribute, row: usize| {
            let column = inputs.station_attributes.of(attribute)?;
            column.get(row)
        };
        for (row, station) in stations.iter_mut().enumerate() {
            let opened = text(Attribute::Opened, row).and_then(|text| Date::first_of(text).ok());
            let closed = text(Attribute::Closed, row).and_then(|text| Date::last_of(text).ok());
            let is_open = opened.is_none_or(|opened| opened <= day)
                && closed.is_none_or(|closed| day < closed);
            if !is_open && station.place.is_ok() {
                station.place = Err(Fault::NotOpen {
                    day: day.to_string(),
                });
                let id = &station.id;
                inputs.findings.add(FindingCode::StationNotOpen, || {
                    words!("{id}: not open on {day}", "{id}：{day} 未开放")
                });
            }
        }
        Some(stations)
    }

    /// Asks it of an analysed city: `inputs` are those that were analysed, but for stations that are
    /// [not open](Plan::stations_on_day).
    ///
    /// # Errors
    /// What [`Walker::new`] refuses; [`Error::Cancelled`].
    pub fn ask(
        &self,
        inputs: &mut Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Provision, Error> {
        if self.is_empty() {
            return Ok(Provision::default());
        }
        let columns = self.cohorts.iter().map(|cohort| &cohort.columns);
        let people: Vec<Vec<People>> = columns.map(|columns| inputs.people_in(columns)).collect();
        let inputs = &*inputs;
        let people = people.into_iter();
        // What is asked of every tier's stations, which may be others than the study's.
        let every = match &inputs.every_station {
            Some((stations, _)) => {
                let city = City {
                    stations,
                    ..inputs.city()
                };
                Some(analyse(
                    &analysis.network,
                    city,
                    analysis.options.clone(),
                    control,
                )?)
            }
            None => None,
        };
        let provision = self.ask_every(inputs, every.as_ref().unwrap_or(analysis), control)?;
        let options = &analysis.options;
        let walker = main_walker(analysis)?;
        let cohorts = self
            .cohorts
            .iter()
            .zip(people)
            .map(|(plan, people)| Cohort {
                name: plan.name.clone(),
                profile: plan.profile.clone(),
                people,
            });
        let question = CohortQuestion {
            ground: WalkedGround {
                network: &analysis.network,
                city: inputs.city(),
                compounds: &options.compounds,
                snap: options.snap,
                min_island_m: options.min_island_m,
            },
            tests: &options.tests,
            trip: options.trip,
        };
        Ok(Provision {
            cohorts: question.ask(&cohorts.collect::<Vec<_>>(), Some(&walker), control)?,
            sensitivity: self.sensitivity(inputs, analysis, control)?,
            demand: self.demand(inputs, question, &options.profile, control)?,
            ..provision
        })
    }

    /// Asks what is about the stations of every tier.
    fn ask_every(
        &self,
        inputs: &Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Provision, Error> {
        let of_study = (&inputs.stations, &inputs.station_attributes);
        let every = inputs.every_station.as_ref();
        let (records, attributes) =
            every.map_or(of_study, |(records, attributes)| (records, attributes));
        let city = City {
            stations: records,
            ..inputs.city()
        };
        let engine = |unit| analysis.engine(unit);
        let engines = (engine(Unit::Milliseconds)?, engine(Unit::Millimetres)?);
        let survey = Survey::over(engines, city);
        let asking = Asking {
            plan: self,
            inputs,
            city,
            analysis,
            stations: Stations::new((records, attributes), &analysis.snapped, self.as_of),
            communities: communities(inputs),
            survey: &survey,
            control,
        };
        let registered = asking.registered();
        let (tiers, memberships) = asking.tiers(&registered)?;
        let register = if self.register {
            Some(asking.register(&registered, &tiers)?)
        } else {
            None
        };
        let names = asking.communities.list.iter();
        Ok(Provision {
            clauses: clauses::measure(&asking)?,
            services: asking.services(&registered)?,
            register,
            stations: asking.stations.asked(&analysis.snapped),
            communities: names.map(|community| community.name.clone()).collect(),
            memberships,
            tiers,
            ..Provision::default()
        })
    }

    /// Asks about every layer of further demand, as the study's walker walks.
    fn demand(
        &self,
        inputs: &Inputs,
        question: CohortQuestion<'_>,
        profile: &Profile,
        control: Control<'_>,
    ) -> Result<Vec<DemandCoverage>, Error> {
        let layers = inputs.demand.iter().map(|(name, residents)| {
            let own = self.demand.iter().find(|(known, _)| known == name);
            let circle = own.map_or(question.tests.deciding(), |(_, circle)| *circle);
            let tests = Tests::new([circle])?;
            let people = residents.iter().map(|resident| resident.people);
            let cohort = Cohort {
                name: name.clone(),
                profile: profile.clone(),
                people: people.collect(),
            };
            let ground = WalkedGround {
                city: City {
                    residents,
                    ..question.ground.city
                },
                ..question.ground
            };
            let question = CohortQuestion {
                ground,
                tests: &tests,
                ..question
            };
            let mut found = question.ask(&[cohort], None, control)?;
            Ok(found.pop().map(|coverage| DemandCoverage {
                circle,
                records: residents.len(),
                coverage,
            }))
        });
        let found: Result<Vec<Option<DemandCoverage>>, Error> = layers.collect();
        Ok(found?.into_iter().flatten().collect())
    }

    fn sensitivity(
        &self,
        inputs: &Inputs,
        analysis: &Analysis,
        control: Control<'_>,
    ) -> Result<Option<Sensitivity>, Error> {
        if !self.sensitivity {
            return Ok(None);
        }
        let options = &analysis.options;
        let engine = |unit| analysis.engine(unit);
        let engines = (engine(Unit::Milliseconds)?, engine(Unit::Millimetres)?);
        let survey = Survey::over(engines, inputs.city());
        let nearest = survey.nearest(&survey.all_stations(), control)?;
        let found = Sensitivity::find(
            (&analysis.network, &analysis.snapped),
            (&options.profile, options.trip),
            inputs.city(),
            &options.tests,
            &nearest,
            control,
        )?;
        Ok(Some(found))
    }
}

/// A plan and all that it is asked of.
struct Asking<'a> {
    plan: &'a Plan,
    inputs: &'a Inputs,
    /// With the stations of every tier.
    city: City<'a>,
    analysis: &'a Analysis,
    stations: Stations<'a>,
    communities: Communities,
    survey: &'a Survey<'a>,
    control: Control<'a>,
}

impl Asking<'_> {
    fn people(&self) -> Vec<People> {
        let residents = self.inputs.residents.iter();
        residents.map(|resident| resident.people).collect()
    }

    /// The stations as a register holds them.
    fn registered(&self) -> Vec<RegisteredStation> {
        let grounds = Grounds::new(&self.inputs.areas, &self.communities.list);
        self.stations.registered(&grounds)
    }

    /// The tiers of the first standard that has any, by the rule of membership, with what each of them would be by the
    /// other.
    fn tiers(
        &self,
        registered: &[RegisteredStation],
    ) -> Result<(Tiers, Vec<(String, Membership)>), Error> {
        let circles = self.plan.standards.iter().map(|s| self.stations.circles(s));
        let circles: Vec<TierCircle> = circles
            .into_iter()
            .find(|c| !c.is_empty())
            .unwrap_or_default();
        let levels = levels(self.inputs);
        let mut tiers = Tiers::find(self.survey, circles, levels, self.control)?;
        let register = Register::of(&self.communities.list, registered);
        let compliant = Audit::of(registered, AuditRules::default());
        let is_audited = compliant
            .counts()
            .iter()
            .any(|count| count.not_stated < count.complies.all);
        let people = self.people();
        let mut memberships = Vec::new();
        for found in &mut tiers.list {
            let Some(cutoff) = found.tier.deciding() else {
                continue;
            };
            if is_audited {
                let complies = compliant.compliant();
                let group = StationGroup::of(self.stations.count(), |station| {
                    found.tier.stations.has(station) && complies[station.index()]
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
            let row = |station: StationId| table.row(station).iter().copied();
            let membership = Membership::of(
                &people,
                &self.communities.of,
                &of_station,
                u64::from(cutoff.cost()),
                row,
            );
            found.within_own = Some(membership.own());
            if self.plan.membership == MembershipRule::Own {
                let own = membership.nearest_own();
                let is_within = own.iter().map(Option::is_some).collect();
                found.set_within(is_within, &people, &tiers.levels);
            }
            memberships.push((found.tier.key.clone(), membership));
        }
        tiers.count_together(&people);
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
        let nearest = self.survey.nearest(group, self.control)?;
        let each = self.inputs.residents.iter().zip(0u32..);
        let within = each.filter(|(_, index)| nearest.is_within(ResidentId(*index), cutoff));
        Ok(within.map(|(resident, _)| resident.people).sum())
    }

    /// The register against the communities, with the walks upwards and what there was year by year.
    fn register(
        &self,
        registered: &[RegisteredStation],
        tiers: &Tiers,
    ) -> Result<RegisterReport, Error> {
        let list = self.communities.list.clone();
        let rules = AuditRules::default();
        let mut report = RegisterReport::of(list, registered, rules, self.plan.as_of);
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
            let Some((circle, cutoff)) = circle.and_then(|c| Some((c, c.deciding()?))) else {
                continue;
            };
            let ever = StationGroup::of(self.stations.count(), |station| {
                self.stations.tier(station) == Some(year.tier)
            });
            let _ = circle;
            let group = self.stations.open_on(&ever, year.day);
            year.within = Some(self.people_within(&group, cutoff)?);
        }
        Ok(report)
    }

    /// How far it is from each station to the one above it: stations asked as residents are.
    fn steps_up(&self, registered: &[RegisteredStation]) -> Result<Vec<StepUp>, Error> {
        let links = ParentLinks::of(registered);
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
        let walker = clauses::walker_of(self, &walkers)?;
        let city = City {
            residents: &walkers,
            ..self.city
        };
        let survey = Survey::new(
            &self.analysis.network,
            &walker,
            city,
            self.analysis.options.trip,
        );
        let parents = StationGroup::of(self.stations.count(), |station| {
            below.iter().any(|(_, parent)| *parent == station)
        });
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
            for (walker, cost) in table.row(parent) {
                let step = &mut steps[walker.index()];
                if step.parent == parent {
                    step.cost = Some(*cost);
                }
            }
        }
        Ok(steps)
    }

    fn services(&self, registered: &[RegisteredStation]) -> Result<Option<ServiceReport>, Error> {
        let Some(asked) = &self.plan.services else {
            return Ok(None);
        };
        let terms = self
            .plan
            .standards
            .iter()
            .map(|standard| &standard.services);
        let terms = terms.into_iter().find(|terms| !terms.is_empty());
        let lists = self
            .stations
            .services(asked, terms.map_or(&[], Vec::as_slice));
        let offers = Offers::of(&lists);
        if offers.names().is_empty() {
            return Ok(None);
        }
        let register = Register::of(&self.communities.list, registered);
        let sites = Sites::of(&register);
        let cutoff = self.analysis.options.tests.deciding();
        let table = match (cutoff.unit(), &self.analysis.lengths) {
            (Unit::Millimetres, Some(lengths)) => lengths,
            _ => &self.analysis.times,
        };
        let areas = (self.analysis.areas.area_of(), self.inputs.areas.len());
        let found = ServiceReport::find(
            self.survey,
            &offers,
            sites.place_of(),
            areas,
            (table, cutoff),
            self.control,
        )?;
        Ok(Some(found))
    }
}

/// The walker of the analysis.
fn main_walker(analysis: &Analysis) -> Result<Walker, Error> {
    Ok(Walker {
        times: analysis.impedance.clone(),
        lengths: Impedance::lengths(&analysis.network, &analysis.options.profile)?,
        snapped: analysis.snapped.clone(),
    })
}

/// The communities, and which of them every resident is of.
struct Communities {
    list: Vec<Community>,
    of: Vec<Option<u32>>,
}

/// The communities of the register that was read; without one, those that the residents' columns name.
fn communities(inputs: &Inputs) -> Communities {
    let Some(register) = &inputs.communities else {
        let column = inputs.resident_attributes.of(Attribute::Community);
        let named = column.map_or(&[][..], |column| column.texts());
        return Communities {
            list: named
                .iter()
                .map(|name| Community {
                    name: name.clone(),
                    ..Community::default()
                })
                .collect(),
            of: column.map_or_else(
                || vec![None; inputs.residents.len()],
                |column| {
                    let rows = 0..column.len();
                    rows.map(|row| column.index(row).map(|unit| unit as u32))
                        .collect()
                },
            ),
        };
    };
    let text = |attribute: Attribute, row: usize| {
        let column = register.attributes.of(attribute);
        let text = column.and_then(|column| column.get(row));
        text.unwrap_or_default().to_owned()
    };
    // Villages have a layer of their own (TD/T 1062-2021): the register of centres is that of urban communities.
    let is_urban = |row: usize| {
        let kind = letters(&text(Attribute::Kind, row));
        !matches!(kind.as_str(), "village" | "村" | "行政村")
    };
    let urban: Vec<usize> = (0..register.records.len())
        .filter(|row| is_urban(*row))
        .collect();
    let position = |row: u32| {
        urban
            .binary_search(&(row as usize))
            .ok()
            .map(|at| at as u32)
    };
    let community = |(row, record): (usize, &PointRecord)| Community {
        code: record.id.clone().unwrap_or_default(),
        name: record
            .name
            .clone()
            .or_else(|| record.id.clone())
            .unwrap_or_default(),
        street_code: text(Attribute::StreetCode, row),
        street_name: text(Attribute::Street, row),
    };
    Communities {
        list: urban
            .iter()
            .map(|row| community((*row, &register.records[*row])))
            .collect(),
        of: inputs
            .community_of_residents()
            .into_iter()
            .map(|row| position(row?))
            .collect(),
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
