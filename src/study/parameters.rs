//! Every parameter of a study, defaults included, as `run.json` records it: what a reader needs to run it again.

use serde_json::{Map, Value, json};

use super::types::Study;
use crate::inputs::{LayerKind, LayerSettings, LayerSource, LayerSpec, Request, TextEncoding};
use crate::model::Tier;
use crate::planning::membership::MembershipRule;
use crate::planning::provision::{GroupPlan, Plan};
use crate::search::Trip;
use crate::units::{Cutoff, Unit};

impl Study {
    /// Every parameter of the study by its name, defaults included: those of the command's flags, in `snake_case`. Files are
    /// named without their folders.
    #[must_use]
    pub fn parameters(&self) -> Map<String, Value> {
        let mut record = Record(Map::new());
        record.walk(self, self.layers.may_have_heights());
        record.layers(&self.layers);
        record.reading(&self.layers);
        record.plan(&self.questions.plan, self.options.profile.name());
        record.put_if(self.questions.allocate, "allocate", true);
        let hours = self.questions.hours;
        let at = hours.at.map(|at| at.to_string());
        record.put_if(at.is_some(), "at", at);
        record.put_if(hours.week, "week", true);
        record.put("table", self.outputs.travel_times);
        let system = self.outputs.out_crs.as_ref().map(ToString::to_string);
        record.put_if(system.is_some(), "out_crs", system);
        let mut parameters = record.0;
        parameters.extend(self.outputs.parameters.clone());
        parameters
    }
}

/// The parameters so far.
struct Record(Map<String, Value>);

impl Record {
    fn put(&mut self, key: &str, value: impl serde::Serialize) {
        self.0.insert(key.to_owned(), json!(value));
    }

    /// What is recorded only where it is asked for.
    fn put_if(&mut self, is_asked: bool, key: &str, value: impl serde::Serialize) {
        if is_asked {
            self.put(key, value);
        }
    }

    fn put_list(&mut self, key: &str, list: &[String]) {
        self.put_if(!list.is_empty(), key, list);
    }

    /// Who walks how far, and what gaps are made of.
    fn walk(&mut self, study: &Study, climbs: bool) {
        let options = &study.options;
        let values = |cutoffs: &[Cutoff]| cutoffs.iter().map(|c| c.value()).collect::<Vec<_>>();
        self.put("minutes", values(options.tests.minutes()));
        self.put("metres", values(options.tests.metres()));
        self.put("decided_by", options.tests.deciding().label());
        let profile = options.profile.clone();
        let profile = if climbs {
            profile
        } else {
            profile.with_usual_slope()
        };
        self.put("profile", profile);
        let direction = match options.trip {
            Trip::ToStation => "to-station",
            Trip::FromStation => "from-station",
            Trip::RoundTrip => "round-trip",
        };
        self.put("direction", direction);
        self.put("max_snap", options.snap.max_snap_m());
        self.put("leg_factor", options.snap.leg_factor());
        self.put("min_island", options.min_island_m);
        self.put_if(options.street_level, "street_level", true);
        self.put("straight_m", &options.straight_m);
        let gaps = &study.questions.gaps;
        self.put("gap_link", gaps.link_m());
        self.put("missing_link", gaps.missing_link_m());
    }

    /// Where the layers come from.
    fn layers(&mut self, layers: &Request) {
        let names = |list: &[LayerSpec]| list.iter().map(layer_name).collect::<Vec<_>>();
        let name = |layer: &Option<LayerSpec>| layer.as_ref().map(layer_name);
        self.put("stations", names(&layers.stations));
        self.put("residents", names(&layers.residents));
        self.put("areas", name(&layers.areas));
        self.put_list("all_stations", &names(&layers.every_station));
        self.put_list("candidates", &names(&layers.candidates));
        let drawn = layers.drawn_candidates.iter().map(ToString::to_string);
        self.put_list("drawn_candidates", &drawn.collect::<Vec<_>>());
        let demand = layers.demand.iter();
        let demand = demand.map(|(called, layer)| format!("{called}={}", layer_name(layer)));
        self.put_list("demand", &demand.collect::<Vec<_>>());
        for (key, layer) in [
            ("communities", &layers.communities),
            ("calendar", &layers.calendar),
            ("land", &layers.land),
            ("compounds", &layers.compounds),
            ("gates", &layers.gates),
            ("stairwells", &layers.stairwells),
        ] {
            self.put_if(layer.is_some(), key, name(layer));
        }
        self.put_if(layers.makes_homes(), "homes", &layers.homes);
    }

    /// How they are read: what was said of all of them, then of each.
    fn reading(&mut self, layers: &Request) {
        let LayerSettings {
            crs,
            encoding,
            sheet,
            columns,
        } = &layers.general;
        for role in ["id", "lon", "lat", "population", "name"] {
            self.put(&format!("{role}_column"), columns.of(role));
        }
        let areas = layers.areas.as_ref();
        let area_name = areas.and_then(|areas| areas.settings.columns.of("name"));
        self.put("area_name", area_name);
        self.put("sheet", sheet);
        self.put("crs", crs.as_ref().map(ToString::to_string));
        self.put("encoding", encoding.map(TextEncoding::name));
        let heights = layers.elevation.iter().map(|file| file.name().to_owned());
        self.put_list("elevation", &heights.collect::<Vec<_>>());
        self.put("join_tolerance", layers.mending.join_tolerance_m);
        self.put("node_crossings", layers.mending.node_crossings);
        self.settings(LayerKind::Network, &layers.network.settings);
        for kind in LayerKind::ALL {
            if let Some(layer) = layers.of_kind(kind).next() {
                self.settings(kind, &layer.settings);
            }
        }
    }

    /// What was said of the layers of one kind.
    fn settings(&mut self, kind: LayerKind, settings: &LayerSettings) {
        let mut put = |setting: &str, value: Option<String>| {
            let key = format!("{}_{setting}", kind.key());
            self.put_if(value.is_some(), &key, value);
        };
        put("crs", settings.crs.as_ref().map(ToString::to_string));
        put(
            "encoding",
            settings.encoding.map(|one| one.name().to_owned()),
        );
        put("sheet", settings.sheet.clone());
        let text = |role: &str, column: &str| format!("{role}={column}");
        let columns: Vec<String> = if kind == LayerKind::Network {
            let tags = settings.columns.iter();
            tags.map(|tag| text(&tag.role, &tag.column)).collect()
        } else {
            let is_said = |role: &&str| (kind, *role) != (LayerKind::Areas, "name");
            let roles = kind.roles().into_iter().filter(is_said);
            let column = |role| Some(text(role, settings.columns.of(role)?));
            roles.filter_map(column).collect()
        };
        put("columns", (!columns.is_empty()).then(|| columns.join(",")));
    }

    /// What is asked beside coverage.
    fn plan(&mut self, plan: &Plan, main_profile: &str) {
        let standards = plan.standards.iter().map(|standard| standard.id.clone());
        self.put_list("standard", &standards.collect::<Vec<_>>());
        let groups = plan
            .groups
            .iter()
            .map(|group| group_text(group, main_profile));
        self.put_list("group", &groups.collect::<Vec<_>>());
        if let Some(services) = &plan.services {
            let all = ["all".to_owned()];
            self.put_list(
                "services",
                if services.is_empty() { &all } else { services },
            );
        }
        self.put_if(plan.membership == MembershipRule::Own, "membership", "own");
        let day = plan.as_of.map(|day| day.to_string());
        self.put_if(day.is_some(), "as_of", day);
        let areas = plan
            .audit
            .iter()
            .flat_map(|rules| Tier::ALL.iter().zip(rules.floor_area_m2));
        let areas = areas.filter_map(|(tier, area)| Some(format!("{}={}", tier.name(), area?)));
        self.put_list("min_floor_area", &areas.collect::<Vec<_>>());
        let circles = plan.demand.iter();
        let circles = circles.filter_map(|(name, circle)| Some(circle_text(name, (*circle)?)));
        self.put_list("demand_circle", &circles.collect::<Vec<_>>());
        let methods = plan.supply.methods.iter();
        let methods = methods.map(|method| method.name().to_owned());
        self.put_list("supply", &methods.collect::<Vec<_>>());
        let decay = plan.supply.decay.as_ref().map(ToString::to_string);
        self.put_if(decay.is_some(), "decay", decay);
        self.put_if(plan.sensitivity, "sensitivity", true);
    }
}

/// The file's name without folders, or the selector.
fn layer_name(layer: &LayerSpec) -> String {
    match &layer.source {
        LayerSource::File(source) => source.name().to_owned(),
        LayerSource::Osm(selector) => selector.to_string(),
    }
}

/// `NAME=COLUMN+COLUMN:PROFILE`, without what goes without saying.
fn group_text(group: &GroupPlan, main_profile: &str) -> String {
    let columns = group.columns.join("+");
    let named = if group.name == columns {
        columns
    } else {
        format!("{}={columns}", group.name)
    };
    match group.profile.name() {
        profile if profile == main_profile => named,
        profile => format!("{named}:{profile}"),
    }
}

/// `NAME=10min` or `NAME=800m`.
fn circle_text(name: &str, circle: Cutoff) -> String {
    let unit = match circle.unit() {
        Unit::Milliseconds => "min",
        Unit::Millimetres => "m",
    };
    format!("{name}={circle}{unit}")
}
