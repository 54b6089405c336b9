//! Every parameter of a study, defaults included, as `run.json` records it: what a reader needs to run it again.

use serde_json::{Map, Value, json};

use super::types::Study;
use crate::inputs::{Known, KnownBy, Layer, LayerKind, LayerSource, Request, Source};
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
        record.walk(self);
        record.layers(&self.layers);
        record.reading(&self.layers);
        record.plan(&self.questions.plan, self.options.profile.name());
        record.put_if(self.questions.allocate, "allocate", true);
        record.put("table", self.outputs.travel_times);
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
    fn walk(&mut self, study: &Study) {
        let options = &study.options;
        let values = |cutoffs: &[Cutoff]| cutoffs.iter().map(|c| c.value()).collect::<Vec<_>>();
        self.put("minutes", values(options.tests.minutes()));
        self.put("metres", values(options.tests.metres()));
        self.put("decided_by", options.tests.deciding().label());
        self.put("profile", &options.profile);
        let direction = match options.trip {
            Trip::ToStation => "to-station",
            Trip::FromStation => "from-station",
            Trip::RoundTrip => "round-trip",
        };
        self.put("direction", direction);
        self.put("max_snap", options.snap.max_snap_m());
        self.put("leg_factor", options.snap.leg_factor());
        self.put("min_island", options.min_island_m);
        self.put("straight_m", &options.straight_m);
        let gaps = &study.questions.gaps;
        self.put("gap_link", gaps.link_m());
        self.put("missing_link", gaps.missing_link_m());
    }

    /// Where the layers come from.
    fn layers(&mut self, layers: &Request) {
        let names = |list: &[Layer]| list.iter().map(layer_name).collect::<Vec<_>>();
        let name = |layer: &Option<Layer>| layer.as_ref().map(layer_name);
        self.put("stations", names(&layers.stations));
        self.put("residents", names(&layers.residents));
        self.put("areas", name(&layers.areas));
        self.put_list("all_stations", &names(&layers.every_station));
        let demand = layers.demand.iter();
        let demand = demand.map(|(called, layer)| format!("{called}={}", layer_name(layer)));
        self.put_list("demand", &demand.collect::<Vec<_>>());
        for (key, layer) in [
            ("communities", &layers.communities),
            ("land", &layers.land),
            ("compounds", &layers.compounds),
            ("gates", &layers.gates),
        ] {
            self.put_if(layer.is_some(), key, name(layer));
        }
        let is_drawn = |layer: &Layer| matches!(layer.source, LayerSource::Osm(_));
        self.put_if(
            layers.residents.iter().any(is_drawn),
            "homes",
            &layers.homes,
        );
    }

    /// How they are read: what was given for all of them, then for each.
    fn reading(&mut self, layers: &Request) {
        let general = layers.layers().next().map(|layer| &layer.columns.general);
        let general = general.cloned().unwrap_or_default();
        for (key, column) in [
            ("id_column", general.id),
            ("lon_column", general.lon),
            ("lat_column", general.lat),
            ("population_column", general.population),
            ("name_column", general.name),
        ] {
            self.put(key, column);
        }
        let area_name = layers
            .areas
            .as_ref()
            .and_then(|areas| areas.columns.named_for("name"));
        self.put("area_name", area_name);
        let sheets = layers.layers().filter_map(|layer| layer.sheet.as_ref());
        self.put("sheet", first_by(sheets, KnownBy::General));
        let crs = layers.layers().find_map(|layer| layer.crs.default.as_ref());
        let crs = crs.or(layers.network_crs.default.as_ref());
        self.put("crs", crs.map(ToString::to_string));
        let encodings: Vec<Known<&str>> = sources(layers).filter_map(encoding).collect();
        self.put("encoding", first_by(encodings.iter(), KnownBy::General));
        self.put("join_tolerance", layers.mending.join_tolerance_m);
        self.put("node_crossings", layers.mending.node_crossings);
        self.network(layers);
        for kind in LayerKind::ALL {
            if let Some(layer) = layers.of_kind(kind).next() {
                self.layer(kind, layer);
            }
        }
    }

    fn network(&mut self, layers: &Request) {
        let crs = layers.network_crs.own.as_ref().map(ToString::to_string);
        self.put_if(crs.is_some(), "network_crs", crs);
        let own = encoding(&layers.network).filter(|known| known.by == KnownBy::Layer);
        self.put_if(
            own.is_some(),
            "network_encoding",
            own.map(|known| known.value),
        );
        let columns = layers.network_columns.iter();
        let columns: Vec<String> = columns.map(|(tag, name)| format!("{tag}={name}")).collect();
        self.put_if(!columns.is_empty(), "network_columns", columns.join(","));
    }

    /// What was given for the layers of one kind.
    fn layer(&mut self, kind: LayerKind, layer: &Layer) {
        let key = |aspect: &str| format!("{}_{aspect}", kind.key());
        if let Some(crs) = &layer.crs.own {
            self.put(&key("crs"), crs.to_string());
        }
        if let LayerSource::File(source) = &layer.source
            && let Some(own) = encoding(source).filter(|known| known.by == KnownBy::Layer)
        {
            self.put(&key("encoding"), own.value);
        }
        if let Some(sheet) = first_by(layer.sheet.iter(), KnownBy::Layer) {
            self.put(&key("sheet"), sheet);
        }
        let is_said = |role: &&str| (kind, *role) != (LayerKind::Areas, "name");
        let roles = kind.roles().into_iter().filter(is_said);
        let columns = roles.filter_map(|role| {
            let column = layer.columns.named_for(role)?;
            Some(format!("{role}={column}"))
        });
        let columns: Vec<String> = columns.collect();
        self.put_if(!columns.is_empty(), &key("columns"), columns.join(","));
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
        self.put_if(plan.sensitivity, "sensitivity", true);
    }
}

/// The file's name without folders, or the selector.
fn layer_name(layer: &Layer) -> String {
    match &layer.source {
        LayerSource::File(source) => source.name().to_owned(),
        LayerSource::Osm(selector) => selector.to_string(),
    }
}

/// The files of the network and of all layers.
fn sources(layers: &Request) -> impl Iterator<Item = &Source> {
    let files = layers.layers().filter_map(|layer| match &layer.source {
        LayerSource::File(source) => Some(source),
        LayerSource::Osm(_) => None,
    });
    std::iter::once(&layers.network).chain(files)
}

fn encoding(source: &Source) -> Option<Known<&'static str>> {
    let Known { value, by } = source.encoding()?;
    Some(Known::new(value.name(), by))
}

/// The first that is known so.
fn first_by<'a, T: 'a>(
    mut known: impl Iterator<Item = &'a Known<T>>,
    by: KnownBy,
) -> Option<&'a T> {
    known.find(|known| known.by == by).map(|known| &known.value)
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
