//! `pedshed network info`: how large the network is, what was left out and why, and whom that touches.

use pedshed::control::Control;
use pedshed::coverage::Affected;
use pedshed::inputs::Inputs;
use pedshed::language::{Language, counted, counted_people};
use pedshed::memory::{Load, MemorySize};
use pedshed::model::FindingCode;
use pedshed::network::{Ferries, Impedance, Islands, Network};
use pedshed::report::{pad_left, pad_right};
use pedshed::snap::SnapOptions;
use pedshed::study::Study;
use pedshed::walker::{WalkOptions, Walker};
use pedshed::{Error, Options, parallel};

use super::heights::heights_in_words;
use crate::args::NetworkInfoArgs;
use crate::exit::Exit;
use crate::names::profile;
use crate::options::{in_range, outside, threads};
use crate::reading::network_request;
use crate::session::Session;
use crate::terminal::{say, say_in, words};
use crate::words::flagged;

/// Islands and pockets that are listed one by one.
const LISTED: usize = 10;

pub(crate) fn run(args: &NetworkInfoArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let min_island_m = in_range("min-island", args.min_island, 0.0, 1e9)?;
    let snap = SnapOptions::default()
        .with_max_snap_m(args.max_snap)
        .map_err(outside("max-snap"))?;
    let profile = profile(&args.profile)?;
    let request = network_request(args)?;
    let usual = Options::minutes(&Options::MINUTES)?;
    // Columns that only what is asked beside coverage looks at are refused as everywhere.
    let mut study = Study::new(request.clone(), usual.clone());
    // Nobody walks here, from no storey.
    study.options.street_level = true;
    study.check_used().map_err(flagged)?;
    parallel::with_threads(threads(&args.run)?, || {
        let control = Control::default().with_cancel(session.cancel);
        let inputs = Inputs::read_with(&request, control)?;
        session.check()?;
        let network = &inputs.network;
        let walk = WalkOptions {
            snap,
            min_island_m,
            ..WalkOptions::default()
        };
        let walker = Walker::new(network, &profile, walk).map_err(Error::from)?;
        session.check()?;
        if args.run.quiet {
            return Ok(Exit::Done);
        }
        let affected = (!inputs.residents.is_empty())
            .then(|| Affected::new(&inputs.residents, &inputs.cuts, &walker.snapper()));
        session.check()?;
        let load = Load {
            residents: inputs.residents.len() as u64,
            ..Load::from_request(&request).with_network(network)
        };
        let info = Info {
            memory: load.with_drawing(network, &usual).peak(),
            inputs: &inputs,
            network,
            impedance: walker.times(),
            islands: walker.islands(),
            affected,
            language: session.language,
        };
        info.print();
        Ok(Exit::Done)
    })
    .map_err(pedshed::Error::from)?
}

struct Info<'a> {
    /// Of a coverage run.
    memory: MemorySize,
    inputs: &'a Inputs,
    network: &'a Network,
    impedance: &'a Impedance,
    islands: &'a Islands,
    affected: Option<Affected>,
    language: Language,
}

impl Info<'_> {
    fn print(&self) {
        self.print_provenance();
        self.print_size();
        self.print_cuts();
        self.print_islands();
        self.print_pockets();
        self.print_ferries();
        self.print_conditions();
        self.print_memory();
        if let Some(affected) = &self.affected {
            let records = self.inputs.residents.len();
            let (total, off_network) = (affected.total, affected.off_network);
            let (in_all, in_records) =
                (counted_people(total), counted(records, "record", "records"));
            let off = counted(off_network, "person is", "people are");
            say_in!(
                self.language,
                "\nresidents: {in_all} in {in_records}; {off} off the network",
                "\n居民：{records} 条记录共 {total} 人；远离路网 {off_network} 人"
            );
        }
    }

    /// A label, a number, and its unit.
    fn number(&self, [en, zh]: [&str; 2], number: &str, unit: &str) {
        let label = match self.language {
            Language::En => en,
            Language::Zh => zh,
        };
        say!("{}{}{unit}", pad_right(label, 17), pad_left(number, 10));
    }

    /// What a prepared network was made of.
    fn print_provenance(&self) {
        let Some(made) = &self.inputs.provenance else {
            return;
        };
        let (program, options) = (&made.program, &made.options);
        for file in &made.files {
            let (name, sha256) = (&file.name, &file.sha256);
            say_in!(
                self.language,
                "prepared from {name} (SHA-256 {sha256}) by {program} {options}",
                "由 {program} 根据 {name}（SHA-256 {sha256}）预处理 {options}"
            );
        }
        say!("");
    }

    fn print_size(&self) {
        let network = self.network;
        let source = network.source();
        let km = |metres: f64| format!("{:.1}", metres / 1000.0);
        let km_unit = self.language.pick(" km", " 公里");
        self.number(["ways", "道路"], &source.ways.to_string(), "");
        self.number(
            ["street vertices", "道路折点"],
            &source.vertices.to_string(),
            "",
        );
        self.number(["nodes", "节点"], &network.node_count().to_string(), "");
        self.number(["edges", "路段"], &network.edge_count().to_string(), "");
        self.number(["length", "总长"], &km(network.length_m()), km_unit);
        let closed = network
            .edges()
            .filter(|(edge, _)| !self.impedance.is_usable(*edge));
        let closed_m: f64 = closed.map(|(_, edge)| edge.length_m).sum();
        if closed_m > 0.0 {
            let unit = self
                .language
                .pick(" km for this profile", " 公里（对该出行人群）");
            self.number(["not usable", "不可用"], &km(closed_m), unit);
        }
        let below_m = network.below_ground_m();
        if below_m > 0.0 {
            let unit = self.language.pick(
                " km: walked, and nothing snaps to it",
                " 公里：可以步行，不作为接驳道路",
            );
            self.number(["below ground", "位于地下"], &km(below_m), unit);
        }
        if let Some(heights) = heights_in_words(network) {
            self.number(["heights", "高程"], heights.get(self.language), "");
        }
        let pieces = self.islands.piece_count().to_string();
        self.number(["connected pieces", "连通片区"], &pieces, "");
        if let Some(bounds) = network.bounds() {
            let (min, max) = (bounds.min, bounds.max);
            let label = pad_right(self.language.pick("bounds", "范围"), 17);
            let to = self.language.pick("to", "至");
            say!(
                "{label}{:.5} {:.5} {to} {:.5} {:.5}",
                min.x,
                min.y,
                max.x,
                max.y
            );
        }
    }

    /// A row of what was left out: reason, count, length, people.
    fn cut(&self, [reason, count, length, people]: [&str; 4], example: &str) {
        let people = match self.affected {
            Some(_) => pad_left(people, 12),
            None => String::new(),
        };
        let row = format!(
            "{}{}{}{people}{example}",
            pad_right(reason, 28),
            pad_left(count, 6),
            pad_left(length, 12)
        );
        say!("{row}");
    }

    fn print_cuts(&self) {
        let language = self.language;
        say!("");
        self.cut(
            match language {
                Language::En => ["left out of the network", "count", "length", "people"],
                Language::Zh => ["未纳入路网", "数量", "长度", "人数"],
            },
            "",
        );
        if self.inputs.cuts.list().is_empty() {
            say_in!(language, "  nothing", "  无");
        }
        for (index, cut) in self.inputs.cuts.list().iter().enumerate() {
            let is_whole = !cut.lines.is_empty();
            let km = cut.length_m / 1000.0;
            let length = words!("{km:.1} km", "{km:.1} 公里");
            let length = if is_whole { length.get(language) } else { "" };
            let affected = self.affected.as_ref().filter(|_| is_whole);
            let people = affected.map(|affected| affected.beside_cuts[index].to_string());
            let reason = format!("  {}", cut.reason.words(language));
            let such_as = language.pick("  e.g. ", "  例：");
            let example = format!("{such_as}{}", cut.example.get(language));
            let people = people.unwrap_or_default();
            self.cut([&reason, &cut.count.to_string(), length, &people], &example);
        }
        if self.affected.is_some() {
            say_in!(
                language,
                "  (people: those to whom such a way is nearer than the street that they use)",
                "  （人数：此类道路比其所用道路更近的居民）"
            );
        }
    }

    fn print_islands(&self) {
        let language = self.language;
        let list = self.islands.list();
        let (count, km) = (list.len(), self.islands.length_m() / 1000.0);
        let pieces = counted(count, "piece", "pieces");
        let people = self.people(|affected| affected.beside_islands.to_string());
        say_in!(
            language,
            "\nislands: {pieces}, {km:.1} km{people}; nothing snaps to them",
            "\n孤立路段：{count} 处，{km:.1} 公里{people}；不匹配任何点"
        );
        let longest = longest_first(list, |island| (island.length_m, island.edge));
        for island in longest.iter().take(LISTED) {
            let (metres, edges) = (island.length_m, island.edges);
            let counted_edges = counted(edges, "edge", "edges");
            let place = self.place(island.edge);
            say_in!(
                language,
                "  {metres:>7.0} m  {counted_edges}  {place}",
                "  {metres:>7.0} 米  {edges} 条路段  {place}"
            );
        }
        self.say_more(count);
    }

    fn print_pockets(&self) {
        let language = self.language;
        let list = self.islands.pockets().list();
        let (count, km) = (list.len(), self.islands.pockets().length_m() / 1000.0);
        let closed = list.iter().filter(|pocket| pocket.gates == 0).count();
        let pieces = counted(count, "piece", "pieces");
        let people = self.people(|affected| affected.in_pockets.to_string());
        say_in!(
            language,
            "\npockets of private ways: {pieces}, {km:.1} km{people}; {closed} without a gate",
            "\n封闭片区（私有道路）：{count} 处，{km:.1} 公里{people}；其中 {closed} 处没有出入口"
        );
        let longest = longest_first(list, |pocket| (pocket.length_m, pocket.edge));
        for pocket in longest.iter().take(LISTED) {
            let (metres, edges, gates) = (pocket.length_m, pocket.edges, pocket.gates);
            let (counted_edges, counted_gates) = (
                counted(edges, "edge", "edges"),
                counted(gates, "gate", "gates"),
            );
            let place = self.place(pocket.edge);
            say_in!(
                language,
                "  {metres:>7.0} m  {counted_edges}, {counted_gates}  {place}",
                "  {metres:>7.0} 米  {edges} 条路段，{gates} 个出入口  {place}"
            );
        }
        self.say_more(count);
    }

    /// The ferries that this profile does not take, and what they would connect.
    fn print_ferries(&self) {
        let ferries = Ferries::left_out(self.network, self.impedance);
        let (count, km) = (ferries.list().len(), ferries.length_m() / 1000.0);
        if count == 0 {
            return;
        }
        let joins = ferries.joins();
        say_in!(
            self.language,
            "\nferries that this profile does not take: {count}, {km:.1} km; {joins} of them would join streets that no way joins",
            "\n该出行人群不乘坐的轮渡：{count} 条，{km:.1} 公里；其中 {joins} 条可连通原本互不相通的道路"
        );
        for edge in ferries.list().iter().take(LISTED) {
            let metres = self.network.edge(*edge).length_m;
            let place = self.place(*edge);
            say_in!(
                self.language,
                "  {metres:>7.0} m  {place}",
                "  {metres:>7.0} 米  {place}"
            );
        }
        self.say_more(count);
    }

    /// What is open or closed at times, by tags that are not used.
    fn print_conditions(&self) {
        let findings = self.inputs.findings.worst_first();
        let unused = |code| findings.iter().find(|finding| finding.code == code);
        let Some(finding) = unused(FindingCode::UnusedCondition) else {
            return;
        };
        let (count, first) = (finding.count, finding.example.get(self.language));
        say_in!(
            self.language,
            "\nopening hours and conditions that are not used: {count}, e.g. {first}; their plain tags count at all times",
            "\n未采用的开放时间和限时条件：{count} 处，例：{first}；任何时刻均按普通通行标签处理"
        );
    }

    fn print_memory(&self) {
        let memory = self.memory;
        let beside = |load: Load| MemorySize(load.peak().0 - Load::default().peak().0);
        let station = beside(Load {
            stations: 1000,
            outlines: 3 * 1000,
            ..Load::default()
        });
        let resident = beside(Load {
            residents: 100_000,
            ..Load::default()
        });
        let pair = beside(Load {
            pairs: 1_000_000,
            ..Load::default()
        });
        say_in!(
            self.language,
            "\nmemory: a coverage run takes about {memory} at most; 1,000 stations add {station}, 100,000 residents {resident}, a million pairs of both that are near enough in a straight line {pair}",
            "\n内存：一次覆盖计算峰值约 {memory}；每 1000 个站点另加 {station}，每 10 万条居民记录另加 {resident}，每一百万个直线距离够近的站点与居民对另加 {pair}"
        );
    }

    fn people(&self, number: impl Fn(&Affected) -> String) -> String {
        let Some(affected) = &self.affected else {
            return String::new();
        };
        let number = number(affected);
        match self.language {
            Language::En => format!(", {}", counted_people(number)),
            Language::Zh => format!("，{number} 人"),
        }
    }

    fn say_more(&self, count: usize) {
        if let Some(more @ 1..) = count.checked_sub(LISTED) {
            say_in!(self.language, "  … and {more} more", "  … 另有 {more} 处");
        }
    }

    fn place(&self, edge: pedshed::id::EdgeId) -> String {
        let place = self.network.place_at(edge, 0.5);
        let way = self.network.way_at(edge, 0.5);
        let (lon, lat) = (place.x, place.y);
        match self.language {
            Language::En => format!("way {way}  at {lon:.5} {lat:.5}"),
            Language::Zh => format!("道路 {way}  位于 {lon:.5} {lat:.5}"),
        }
    }
}

fn longest_first<T, K: PartialOrd>(list: &[T], key: impl Fn(&T) -> (f64, K)) -> Vec<&T> {
    let mut longest: Vec<&T> = list.iter().collect();
    longest.sort_by(|a, b| {
        let ((a_m, a), (b_m, b)) = (key(a), key(b));
        let ties = a.partial_cmp(&b).unwrap_or(std::cmp::Ordering::Equal);
        b_m.total_cmp(&a_m).then(ties)
    });
    longest
}
