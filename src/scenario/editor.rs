//! Edits put to a city: its records as they then are, and what each edit hit.

use geo_types::Coord;

use super::applied::Applied;
use super::asked_service::AskedService;
use super::edit::{Edit, Scenario, StreetChoice};
use super::known_hours::KnownHours;
use super::live::LiveStep;
use super::street_edits::StreetEdits;
use crate::analysis::Analysis;
use crate::error::{EditMistake, Error, ScenarioError};
use crate::geometry::is_on_earth;
use crate::id::EdgeId;
use crate::model::{CityRecords, Compounds, FindingCode, Findings, Profile, Resident, Station};
use crate::network::Network;
use crate::snap::{Snap, Snapping};
use crate::text::language::{InLanguage, Words, words};

/// A city as a scenario has it. What is not edited is not there.
pub(super) struct Edited {
    pub(super) stations: Vec<Station>,
    pub(super) residents: Option<Vec<Resident>>,
    pub(super) compounds: Option<Compounds>,
    pub(super) network: Option<Network>,
    pub(super) profile: Option<Profile>,
    /// The same by steps of the live engine, where these give the same answer.
    pub(super) live: Option<Vec<LiveStep>>,
    pub(super) applied: Vec<Applied>,
    pub(super) findings: Findings,
}

/// What is asked of a city beside coverage.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    /// One service.
    pub(super) service: Option<AskedService<'a>>,
    /// When stations are open.
    pub(super) hours: Option<&'a dyn KnownHours>,
}

/// Edits one city.
pub(super) struct Editor<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) city: CityRecords<'a>,
    pub(super) service: Option<AskedService<'a>>,
    /// When stations are open, where somebody asks about it.
    pub(super) hours: Option<&'a dyn KnownHours>,
    pub(super) stations: Vec<Station>,
    /// The ids that an edit was about.
    pub(super) edited: Vec<&'a str>,
    /// The stations whose hours an edit was about, with the letters of the service.
    pub(super) hours_edited: Vec<(&'a str, String)>,
    pub(super) residents: Option<Vec<Resident>>,
    pub(super) compounds: Option<Compounds>,
    pub(super) profile: Option<Profile>,
    pub(super) steps: Vec<LiveStep>,
    pub(super) streets: StreetEdits,
    pub(super) findings: Findings,
}

impl Edited {
    /// The city that was analysed, as a scenario has it.
    pub(super) fn new(
        analysis: &Analysis,
        city: CityRecords<'_>,
        asked: Asked<'_>,
        scenario: &Scenario,
    ) -> Result<Self, Error> {
        let editor = Editor {
            analysis,
            city,
            service: asked.service,
            hours: asked.hours,
            stations: city.stations.to_vec(),
            edited: Vec::new(),
            hours_edited: Vec::new(),
            residents: None,
            compounds: None,
            profile: None,
            steps: Vec::new(),
            streets: StreetEdits::default(),
            findings: Findings::default(),
        };
        editor.edit(scenario)
    }
}

impl<'a> Editor<'a> {
    fn edit(mut self, scenario: &'a Scenario) -> Result<Edited, Error> {
        // Streets that stay open, and new ways, depend on what is closed; hours on the stations that there are then.
        let turn = |edit: &Edit| match edit {
            Edit::OpenStreets(_) => 1,
            Edit::DrawLink(_) | Edit::Hours { .. } => 2,
            _ => 0,
        };
        let mut applied: Vec<Option<Applied>> = scenario.edits.iter().map(|_| None).collect();
        for now in 0..=2 {
            for (edit, applied) in scenario.edits.iter().zip(&mut applied) {
                if turn(edit) == now {
                    let mistaken = |mistake| ScenarioError::Edit {
                        scenario: scenario.name.clone(),
                        edit: edit.to_string(),
                        mistake,
                    };
                    *applied = Some(self.apply(edit).map_err(mistaken)?);
                }
            }
        }
        let applied: Vec<Applied> = applied.into_iter().flatten().collect();
        self.finish(scenario, applied)
    }

    fn apply(&mut self, edit: &'a Edit) -> Result<Applied, EditMistake> {
        match edit {
            Edit::AddStation {
                id,
                name,
                place,
                services,
            } => {
                on_earth([*place])?;
                let mut station = Station::new(id, place.x, place.y);
                station.name.clone_from(name);
                self.add_station(edit, id, station, services)
            }
            Edit::MoveStation { id, place } => {
                on_earth([*place])?;
                self.move_station(edit, id, *place)
            }
            Edit::CloseStation { id } => self.close_station(edit, id),
            Edit::Services { id, add, remove } => self.edit_services(edit, id, add, remove),
            Edit::Hours {
                id,
                service,
                opening_hours,
            } => self.edit_hours(edit, id, service.as_deref(), opening_hours),
            Edit::CloseStreets(choice) => {
                on_earth(places_of(choice))?;
                self.close_streets(edit, choice)
            }
            Edit::OpenStreets(choice) => {
                on_earth(places_of(choice))?;
                self.open_streets(edit, choice)
            }
            Edit::StepFree(choice) => {
                on_earth(places_of(choice))?;
                self.make_step_free(edit, choice)
            }
            Edit::DrawLink(link) => {
                on_earth(link.places.iter().copied())?;
                self.draw(edit, link)
            }
            Edit::OpenGate {
                id,
                place,
                compound,
            } => {
                on_earth([*place])?;
                self.open_gate(edit, id.as_deref(), *place, compound.as_deref())
            }
            Edit::CloseGate(choice) => self.close_gate(edit, choice),
            Edit::People { area, number } => self.people(edit, area.as_deref(), *number),
            Edit::Speed(kmh) => self.walk(edit, *kmh),
        }
    }

    fn finish(mut self, scenario: &Scenario, applied: Vec<Applied>) -> Result<Edited, Error> {
        for one in applied.iter().filter(|one| one.changed == 0) {
            self.findings.add(FindingCode::EditWithoutEffect, || {
                let (name, table, target) = (&scenario.name, one.table, &one.target);
                words!("{name}: {table} {target}", "{name}：{table} {target}")
            });
        }
        let network = self.analysis.network();
        let is_of_records = self.compounds.is_some() || self.profile.is_some();
        let mut live = (!is_of_records).then_some(self.steps);
        let mut edited = None;
        if !self.streets.is_empty() {
            match (self.streets.whole_edges(network), &mut live) {
                (Some(edges), Some(steps)) => steps.push(LiveStep::CloseEdges(edges)),
                _ => live = None,
            }
            edited = Some(self.streets.network(network)?);
        }
        Ok(Edited {
            stations: self.stations,
            residents: self.residents,
            compounds: self.compounds,
            network: edited,
            profile: self.profile,
            live,
            applied,
            findings: self.findings,
        })
    }

    fn walk(&mut self, edit: &Edit, kmh: f64) -> Result<Applied, EditMistake> {
        let profile = &self.analysis.options.profile;
        let was = profile.level_kmh();
        let other = profile.clone().with_speed_kmh(kmh);
        self.profile = Some(other.map_err(EditMistake::Speed)?);
        let name = profile.name();
        let found = words!(
            "{name} walked at {was} km/h",
            "{name} 原为每小时 {was} 公里"
        );
        Ok(Applied::new(edit, u64::from(was != kmh), found))
    }

    /// Where a place joins the streets as they are now.
    pub(super) fn snap(&self, place: Coord<f64>) -> Snapping {
        self.analysis.placed().snapper().snap(place)
    }

    /// That a place has no street near it.
    pub(super) fn no_street(&self, place: Coord<f64>) -> EditMistake {
        EditMistake::NoStreet {
            lon: place.x,
            lat: place.y,
            metres: self.analysis.options.snap.max_snap_m(),
        }
    }

    /// What a street is called where somebody joins it.
    pub(super) fn street_at(&self, snap: &Snap) -> Words {
        let network = self.analysis.network();
        called(network, snap.edge, snap.fraction)
    }
}

/// What a street is called at a part of its length: its name and way.
pub(super) fn called(network: &Network, edge: EdgeId, fraction: f64) -> Words {
    let way = network.way_at(edge, fraction);
    match network.name_at(edge, fraction) {
        Some(name) => words!("{name} (way {way})", "{name}（道路 {way}）"),
        None => words!("way {way}", "道路 {way}"),
    }
}

/// How far away something is, in words.
pub(super) fn away(what: &Words, metres: f64) -> Words {
    let zh = what.zh();
    words!("{what}, {metres:.0} m away", "{zh}，距离 {metres:.0} 米")
}

fn places_of(choice: &StreetChoice) -> Vec<Coord<f64>> {
    match choice {
        StreetChoice::Way(_) => Vec::new(),
        StreetChoice::At(place) => vec![*place],
        StreetChoice::Within(ground) => ground.exterior().0.clone(),
    }
}

fn on_earth(places: impl IntoIterator<Item = Coord<f64>>) -> Result<(), EditMistake> {
    let mut places = places.into_iter();
    let off = places.find(|place| !is_on_earth(*place));
    off.map_or(Ok(()), |Coord { x: lon, y: lat }| {
        Err(EditMistake::OffTheEarth { lon, lat })
    })
}
