//! `pedshed explain`: one resident's walk, leg by leg, and why they are covered or not.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use geo_types::Coord;
use pedshed::Analysis;
use pedshed::coverage::{Reason, Status};
use pedshed::id::{GateId, ResidentId, StationId};
use pedshed::language::{InLanguage, Language, Words, counted, counted_people, place_zh};
use pedshed::model::Resident;
use pedshed::network::{Impedance, Network, WayStretch};
use pedshed::parallel;
use pedshed::report::{OutputPlace, fit, pad_left, pad_right, visible};
use pedshed::search::{Route, RouteStep, Trip};
use pedshed::snap::{Snap, Snapping, Walls};
use pedshed::study::{Parts, StudyResult};
use pedshed::units::Unit;
use pedshed::walker::WalkerError;
use serde_json::{Value, json};

use super::indoors::{IndoorWay, indoor_ways};
use crate::args::ExplainArgs;
use crate::exit::{Exit, Failure};
use crate::options::threads;
use crate::session::Session;
use crate::study::{circle_study, dry, in_language, run_watched};
use crate::terminal::{say, say_in, say_json, words};

/// The width of the labels.
const LABEL: usize = 9;

pub(crate) fn run(args: &ExplainArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let to_stdout = args.geojson.as_deref() == Some(Path::new("-"));
    let place = args.geojson.as_deref().filter(|_| !to_stdout);
    let place = place.map(GeoJsonPlace::open).transpose()?;
    let (layers, circle) = (&args.layers, &args.circle);
    let mut study = dry(circle_study(layers, &args.walk, circle, None)?);
    study.outputs = in_language(session.language);
    let run = || run_watched(&study, Parts::default(), &args.run, session);
    let done = parallel::with_threads(threads, run).map_err(pedshed::Error::from)??;
    let found: Vec<ResidentId> = (0..)
        .map(ResidentId)
        .zip(&done.inputs.residents)
        .filter(|(_, resident)| resident.id == args.resident)
        .map(|(id, _)| id)
        .collect();
    let Some(&resident) = found.first() else {
        let id = &args.resident;
        let words = words!(
            "no resident has the id {id:?}; ids are in the first column of residents.csv",
            "没有编号为 {id:?} 的居民；编号见 residents.csv 第一列"
        );
        return Err(Failure {
            words,
            reason: None,
        }
        .into());
    };
    let explanation = Explanation::new(&done, resident)?;
    if args.geojson.is_some() {
        let shown = explanation.geojson();
        match place {
            Some(place) => place.write(&serde_json::to_string_pretty(&shown)?)?,
            None => say_json(&shown)?,
        }
    }
    if !to_stdout {
        if found.len() > 1 {
            let count = found.len();
            say_in!(
                session.language,
                "{count} records have this id; this is the first\n",
                "有 {count} 条记录使用该编号；以下为第一条\n"
            );
        }
        explanation.print(session.language);
    }
    Ok(Exit::Done)
}

/// Where the GeoJSON goes.
enum GeoJsonPlace<'a> {
    File(OutputPlace),
    /// A pipe or a device, which takes what comes.
    Stream(&'a Path),
}

impl<'a> GeoJsonPlace<'a> {
    /// Makes sure that it can be written to, before the work.
    fn open(path: &'a Path) -> anyhow::Result<Self> {
        let is_stream = fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
        if is_stream {
            return Ok(GeoJsonPlace::Stream(path));
        }
        let place = OutputPlace::open(path).map_err(pedshed::Error::from)?;
        Ok(GeoJsonPlace::File(place))
    }

    fn write(self, text: &str) -> anyhow::Result<()> {
        match self {
            GeoJsonPlace::File(place) => place
                .write(|writer| writeln!(writer, "{text}"))
                .map_err(|error| pedshed::Error::from(error).into()),
            GeoJsonPlace::Stream(path) => fs::write(path, format!("{text}\n")).map_err(|reason| {
                let file = path.display();
                Failure {
                    words: words!("{file}: cannot be written", "{file}：无法写入"),
                    reason: Some(reason),
                }
                .into()
            }),
        }
    }
}

/// Where a walk may begin or end.
#[derive(Clone)]
struct End {
    place: Coord<f64>,
    /// The gate on the way to the street, and where it is.
    gate: Option<(String, Coord<f64>)>,
    snap: Snap,
    /// The ways down and up inside the building.
    indoors: [Option<IndoorWay>; 2],
}

/// One walk between the resident and their nearest station.
struct Walk {
    title: Words,
    route: Route,
    origins: Vec<End>,
    destinations: Vec<End>,
}

struct Explanation<'a> {
    done: &'a StudyResult<'a>,
    resident: ResidentId,
    reason: Option<Reason>,
    /// The stations within each cutoff.
    within: &'a [u32],
    station: Option<StationId>,
    walls: Walls,
    walks: Vec<Walk>,
}

impl<'a> Explanation<'a> {
    fn new(done: &'a StudyResult<'a>, resident: ResidentId) -> anyhow::Result<Self> {
        let StudyResult {
            inputs, analysis, ..
        } = done;
        let coverage = &analysis.coverage;
        let station = coverage.nearest()[resident.index()].map(|nearest| nearest.station);
        let reason = analysis.reason(inputs.city(), resident);
        let within = coverage.within(resident).map_err(WalkerError::from);
        let mut explanation = Self {
            done,
            resident,
            reason: reason.map_err(pedshed::Error::from)?,
            within: within.map_err(pedshed::Error::from)?,
            station,
            walls: Walls::new(&done.analysis.options.compounds),
            walks: Vec::new(),
        };
        let homes = explanation.homes();
        if let Some(station) = station {
            let trip = done.analysis.options.trip;
            let entrances = explanation.entrances(station);
            let mut add = |title: Words, origins: &[_], destinations: &[_]| {
                let walk = walk(done, title, origins, destinations)?;
                explanation.walks.extend(walk);
                anyhow::Ok(())
            };
            if trip != Trip::FromStation {
                add(Words::new("to the station", "前往站点"), &homes, &entrances)?;
            }
            if trip != Trip::ToStation {
                add(
                    Words::new("from the station", "由站点返回"),
                    &entrances,
                    &homes,
                )?;
            }
        }
        Ok(explanation)
    }

    /// The resident's own place, once for each gate that it is left by.
    fn homes(&self) -> Vec<End> {
        let StudyResult {
            inputs, analysis, ..
        } = self.done;
        let Some(place) = inputs.residents[self.resident.index()].valid_place() else {
            return Vec::new();
        };
        let gates = analysis
            .snapped()
            .gate_accesses(self.resident)
            .map(|access| access.gate);
        let gates = gates.map(Some).chain(std::iter::repeat(None));
        let snaps = analysis.snapped().resident_snaps(self.resident);
        let ends = snaps.zip(gates);
        let dwelling = inputs.residents[self.resident.index()].dwelling;
        let profile = &analysis.options.profile;
        let end = |(snap, gate): (&Snap, _)| End {
            indoors: indoor_ways(dwelling, profile, snap.indoors),
            ..self.end(place, gate, *snap)
        };
        ends.map(end).collect()
    }

    fn end(&self, place: Coord<f64>, gate: Option<GateId>, snap: Snap) -> End {
        let compounds = &self.done.analysis.options.compounds;
        let on_wall = |gate| Some(self.walls.gate(gate)?.place);
        let gate = gate.and_then(|gate| Some((compounds.gate(gate).id.clone(), on_wall(gate)?)));
        let indoors = [None, None];
        End {
            place,
            gate,
            snap,
            indoors,
        }
    }

    fn entrances(&self, station: StationId) -> Vec<End> {
        let entrances = self.done.analysis.snapped().entrances(station).iter();
        let place = |row: u32| {
            self.done.inputs.stations[row as usize]
                .place
                .as_ref()
                .ok()
                .copied()
        };
        entrances
            .filter_map(|entrance| {
                let snap = *entrance.snapping.snap()?;
                Some(self.end(place(entrance.row)?, entrance.gate, snap))
            })
            .collect()
    }

    fn station_name(&self) -> Option<&str> {
        let row = self.done.analysis.snapped().entrances(self.station?)[0].row;
        Some(&self.done.inputs.stations[row as usize].id)
    }

    fn print(&self, language: Language) {
        let StudyResult {
            inputs, analysis, ..
        } = self.done;
        let record = &inputs.residents[self.resident.index()];
        let coverage = &analysis.coverage;
        let status = coverage.statuses()[self.resident.index()];
        let Resident {
            id, people, source, ..
        } = record;
        let place = place_zh(source);
        let all_people = counted_people(people);
        row(
            language.pick("resident", "居民"),
            words!(
                "{id} ({all_people}, {source})",
                "{id}（{people} 人，{place}）"
            )
            .get(language),
        );
        let word = status.word(language);
        let status_words = match &self.reason {
            Some(reason) => {
                let reason_zh = reason.zh();
                words!("{word}: {reason}", "{word}：{reason_zh}")
            }
            None => Words::same(word),
        };
        row(language.pick("status", "状态"), status_words.get(language));
        self.print_street(language);
        for (cutoff, count) in coverage.tests().cutoffs().zip(self.within) {
            let (label, test) = (cutoff.label(), cutoff.in_words(Language::Zh));
            let stations = counted(count, "station", "stations");
            let words = words!("{label:>7}: {stations}", "{test}内有 {count} 个站点");
            row(language.pick("within", "阈值"), words.get(language));
        }
        if let Some(name) = self.station_name() {
            row(language.pick("nearest", "最近站点"), name);
        }
        for walk in &self.walks {
            walk.print(analysis, language);
        }
        if status == Status::Unreachable {
            self.print_why_unreachable(language);
        }
    }

    /// On which street the resident's walk begins, or how far off the nearest is.
    fn print_street(&self, language: Language) {
        let analysis = &self.done.analysis;
        let street_label = language.pick("street", "道路");
        match &analysis.snapped().residents()[self.resident.index()] {
            Snapping::On(snap) | Snapping::ShutIn(snap) => {
                row(street_label, street(analysis.network(), snap).get(language));
            }
            Snapping::OffNetwork(Some(near)) => {
                let (limit_m, metres) = (analysis.options.snap.max_snap_m(), near.metres);
                let (island, island_zh) = if near.in_island {
                    (", on an island", "，属孤立路段")
                } else if near.behind_wall {
                    (", behind a wall", "，隔有围墙")
                } else {
                    ("", "")
                };
                let words = words!(
                    "none within {limit_m} m; the nearest is {metres:.0} m away{island}",
                    "{limit_m} 米内没有；最近的在 {metres:.0} 米外{island_zh}"
                );
                row(street_label, words.get(language));
            }
            Snapping::OffNetwork(None) | Snapping::Invalid => {}
        }
    }

    /// Why no way leads to any station.
    fn print_why_unreachable(&self, language: Language) {
        let analysis = &self.done.analysis;
        let home = analysis.snapped().residents()[self.resident.index()].snap();
        if home.is_none() {
            // The reason says it.
            return;
        }
        let together = analysis
            .snapped()
            .stations()
            .flat_map(|station| analysis.snapped().station_snaps(station))
            .any(|snap| {
                home.is_some_and(|home| {
                    let islands = analysis.islands();
                    islands.are_connected(analysis.network(), home.edge, snap.edge)
                })
            });
        let why = if together {
            language.pick("one-way ways close every path", "单行道路阻断了所有路径")
        } else {
            language.pick(
                "no station is in their piece of the network",
                "所在的路网片区内没有站点",
            )
        };
        row(language.pick("why", "原因"), why);
    }

    fn geojson(&self) -> Value {
        let StudyResult {
            inputs, analysis, ..
        } = self.done;
        let record = &inputs.residents[self.resident.index()];
        let mut features = Vec::new();
        if let Ok(place) = &record.place {
            features.push(point(*place, &json!({ "what": "resident", "id": record.id, "status": analysis.coverage.statuses()[self.resident.index()].name() })));
        }
        if let (Some(station), Some(name)) = (self.station, self.station_name()) {
            let mut places: Vec<Coord<f64>> = Vec::new();
            for End { place, .. } in self.entrances(station) {
                // A row behind a wall has an entrance for each gate.
                if places.last() != Some(&place) {
                    features.push(point(place, &json!({ "what": "station", "id": name })));
                    places.push(place);
                }
            }
        }
        features.extend(
            self.walks
                .iter()
                .map(|walk| walk.feature(analysis.network())),
        );
        json!({ "type": "FeatureCollection", "features": features })
    }
}

/// A label and what it says.
fn row(label: &str, content: &str) {
    say!("{}{}", pad_right(label, LABEL), visible(content));
}

fn point(place: Coord<f64>, properties: &Value) -> Value {
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": { "type": "Point", "coordinates": [place.x, place.y] },
    })
}

/// A snapped street in words.
fn street(network: &Network, snap: &Snap) -> Words {
    let name = network.name_at(snap.edge, snap.fraction);
    let [name, name_zh] = Language::ALL.map(|language| name_or_unnamed(name, language));
    let way = network.way_at(snap.edge, snap.fraction);
    let length_m = network.edge(snap.edge).length_m;
    let (leg_m, along_m) = (snap.leg_m, snap.fraction * length_m);
    words!(
        "{name} (way {way}), {leg_m:.1} m away, {along_m:.0} m along its {length_m:.0} m",
        "{name_zh}（道路 {way}），距离 {leg_m:.1} 米，位于全长 {length_m:.0} 米的第 {along_m:.0} 米处"
    )
}

fn name_or_unnamed(name: Option<&str>, language: Language) -> &str {
    name.unwrap_or(language.pick("unnamed", "无名道路"))
}

/// The ways of a step as they are walked: the name of each, and between which of 0 (the step's begin) and 1 it lies.
fn ways_of<'n>(network: &'n Network, step: &RouteStep) -> Vec<(Option<&'n str>, f64, f64)> {
    let along = |fraction: f64| {
        let part = (fraction - step.from) / (step.to - step.from);
        if part.is_finite() {
            part.clamp(0.0, 1.0)
        } else {
            0.0
        }
    };
    let ways = network.ways_along(step.edge);
    let [first, .., last] = &ways[..] else {
        return ways.iter().map(|way| (way.name, 0.0, 1.0)).collect();
    };
    if step.from == step.to {
        return vec![(network.name_at(step.edge, step.from), 0.0, 1.0)];
    }
    let is_forward = step.from < step.to;
    let ends = if is_forward {
        (first, last)
    } else {
        (last, first)
    };
    let part = |way: &WayStretch<'n>| {
        let (one, other) = (along(way.from), along(way.to));
        // The ends are exact, whatever the rounding.
        let from = if way == ends.0 { 0.0 } else { one.min(other) };
        let to = if way == ends.1 { 1.0 } else { one.max(other) };
        (way.name, from, to)
    };
    let mut parts: Vec<_> = ways.iter().map(part).collect();
    if !is_forward {
        parts.reverse();
    }
    parts.retain(|(_, from, to)| from < to);
    parts
}

fn walk(
    done: &StudyResult<'_>,
    title: Words,
    origins: &[End],
    destinations: &[End],
) -> anyhow::Result<Option<Walk>> {
    let snaps = |list: &[End]| list.iter().map(|end| end.snap).collect::<Vec<_>>();
    let analysis = &done.analysis;
    let walker = analysis.placed().walker();
    let (from, to) = (snaps(origins), snaps(destinations));
    let route = walker.route(Unit::Milliseconds, &from, &to);
    Ok(route.map_err(pedshed::Error::from)?.map(|route| Walk {
        title,
        route,
        origins: origins.to_vec(),
        destinations: destinations.to_vec(),
    }))
}

/// Steps on streets of one name, one after the other.
struct Stretch<'n> {
    name: &'n str,
    metres: f64,
    milliseconds: u64,
}

impl Walk {
    fn print(&self, analysis: &Analysis, language: Language) {
        let from = &self.origins[self.route.origin];
        let to = &self.destinations[self.route.destination];
        let title = self.title.get(language);
        let time = clock(self.route.cost(), language);
        say_in!(language, "\n{title}, {time}", "\n{title}，用时 {time}");
        self.print_climb(analysis.network(), language);
        let to_street = match &from.gate {
            Some((gate, _)) => words!(
                "by gate {gate} to the street",
                "接驳段：经出入口 {gate} 至道路"
            ),
            None => Words::new("straight to the street", "接驳段：直线至道路"),
        };
        let from_street = match &to.gate {
            Some((gate, _)) => words!(
                "from the street by gate {gate}",
                "接驳段：由道路经出入口 {gate} 到达"
            ),
            None => Words::new("straight from the street", "接驳段：由道路直线到达"),
        };
        let first = Stretch {
            name: to_street.get(language),
            metres: from.snap.leg_m,
            milliseconds: u64::from(self.route.origin_leg - from.snap.indoors.out),
        };
        let last = Stretch {
            name: from_street.get(language),
            metres: to.snap.leg_m,
            milliseconds: u64::from(self.route.destination_leg - to.snap.indoors.back),
        };
        if let Some(down) = &from.indoors[0] {
            down.print(language, clock);
        }
        let stretches = self.stretches(analysis, language);
        for stretch in [first].iter().chain(&stretches).chain(&[last]) {
            stretch.print(language);
        }
        if let Some(up) = &to.indoors[1] {
            up.print(language, clock);
        }
    }

    /// The metres up and down, where heights are known.
    fn print_climb(&self, network: &Network, language: Language) {
        if network.height_metres().is_none() {
            return;
        }
        match self.route.climb(network) {
            Some([up, down]) => say_in!(
                language,
                "  {up:.1} m up, {down:.1} m down",
                "  上升 {up:.1} 米，下降 {down:.1} 米"
            ),
            None => say_in!(
                language,
                "  heights are not known everywhere on the way",
                "  途中部分路段没有高程"
            ),
        }
    }

    fn stretches<'n>(&self, analysis: &'n Analysis, language: Language) -> Vec<Stretch<'n>> {
        let (network, times) = (analysis.network(), analysis.impedance());
        let mut stretches: Vec<Stretch<'n>> = Vec::new();
        for step in &self.route.steps {
            let metres = (step.to - step.from).abs() * network.edge(step.edge).length_m;
            let cost_until = |part: f64| cost_until(network, times, step, part);
            for (name, from, to) in ways_of(network, step) {
                let name = name_or_unnamed(name, language);
                let (metres, milliseconds) =
                    (metres * (to - from), cost_until(to) - cost_until(from));
                match stretches.last_mut().filter(|last| last.name == name) {
                    Some(last) => {
                        last.metres += metres;
                        last.milliseconds += milliseconds;
                    }
                    None => stretches.push(Stretch {
                        name,
                        metres,
                        milliseconds,
                    }),
                }
            }
        }
        stretches
    }

    fn feature(&self, network: &Network) -> Value {
        let (from, to) = (
            &self.origins[self.route.origin],
            &self.destinations[self.route.destination],
        );
        let at_gate = |end: &End| end.gate.as_ref().map(|(_, place)| *place);
        let line = self.route.line(
            network,
            (from.place, at_gate(from)),
            (to.place, at_gate(to)),
        );
        let coordinates: Vec<[f64; 2]> = line.iter().map(|place| [place.x, place.y]).collect();
        let mut properties = json!({
            "what": "walk",
            "title": self.title.get(Language::En),
            "seconds": self.route.cost() as f64 / 1000.0,
        });
        if let Some([up, down]) = self.route.climb(network) {
            properties["up_m"] = ((up * 10.0).round() / 10.0).into();
            properties["down_m"] = ((down * 10.0).round() / 10.0).into();
        }
        let inside = from.indoors[0].as_ref().or(to.indoors[1].as_ref());
        if let Some(inside) = inside {
            properties["indoors"] = inside.json();
        }
        json!({
            "type": "Feature",
            "properties": properties,
            "geometry": { "type": "LineString", "coordinates": coordinates },
        })
    }
}

/// The milliseconds of a step up to a part of its length. Where heights are known they do not pass evenly.
fn cost_until(network: &Network, times: &Impedance, step: &RouteStep, part: f64) -> u64 {
    let to = step.from + part * (step.to - step.from);
    let has_heights = network.height_metres().is_some() && part < 1.0;
    let sloped = has_heights.then(|| times.between(step.edge, step.from, to));
    match sloped.flatten() {
        Some(cost) => u64::from(cost),
        None => (f64::from(step.cost) * part).round() as u64,
    }
}

impl Stretch<'_> {
    fn print(&self, language: Language) {
        let name = pad_right(&fit(self.name, 44), 44);
        let time = pad_left(&clock(self.milliseconds, language), 16);
        let metres = self.metres;
        say_in!(
            language,
            "  {name}{metres:>9.1} m{time}",
            "  {name}{metres:>9.1} 米{time}"
        );
    }
}

/// Minutes and seconds.
fn clock(milliseconds: u64, language: Language) -> String {
    let tenths = (milliseconds + 50) / 100;
    let (minutes, seconds, rest) = (tenths / 600, tenths % 600 / 10, tenths % 10);
    match language {
        Language::En => format!("{minutes} min {seconds:02}.{rest} s"),
        Language::Zh => format!("{minutes} 分 {seconds:02}.{rest} 秒"),
    }
}
