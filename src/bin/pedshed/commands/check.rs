//! `pedshed check`: every finding about the inputs, worst first.

use pedshed::inputs::Format;
use pedshed::inputs::osm::HomesReport;
use pedshed::language::{Language, counted, counted_people};
use pedshed::memory::MemorySize;
use pedshed::model::Finding;
use pedshed::parallel;
use pedshed::report::{findings_json, pad_right, readings_json, terminal_readings, visible};
use pedshed::study::{Parts, StudyResult};
use pedshed::text::OptionNames;
use serde_json::{Value, json};

use super::heights::heights_in_words;
use crate::args::CheckArgs;
use crate::exit::Exit;
use crate::options::threads;
use crate::session::Session;
use crate::study::{circle_study, in_language, run_watched};
use crate::terminal::{say, say_in, say_json, words};

/// Records of one finding that are printed.
const LISTED: usize = 10;
/// The width of the labels.
const LABEL: usize = 11;

pub(crate) fn run(args: &CheckArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let mut study = circle_study(&args.layers, &args.walk, &args.circle, None)?;
    study.outputs = in_language(session.language);
    // An OpenStreetMap file says where its ways join; lines may be drawn carelessly.
    let format = study.layers.network.source.format();
    study.layers.mending.look = !matches!(format, Some(Format::OsmPbf | Format::Prepared));
    let done = parallel::with_threads(threads(&args.run)?, || {
        let parts = Parts {
            provision: true,
            ..Parts::default()
        };
        run_watched(&study, parts, &args.run, session)
    })
    .map_err(pedshed::Error::from)??;
    if args.json {
        say_json(&as_json(&done))?;
    } else if !args.run.quiet {
        let readings = terminal_readings(&done.inputs.readings, session.language);
        say!("{readings}");
        print_records(&done, session.language);
        print_memory(peak(&done), session.language);
        print_findings(&done, session.language);
    }
    Ok(Exit::Done)
}

/// What a coverage run of these inputs takes.
fn peak(done: &StudyResult<'_>) -> MemorySize {
    let drawn = Parts {
        isochrones: true,
        ..Parts::default()
    };
    done.load(drawn).peak()
}

fn print_memory(peak: MemorySize, language: Language) {
    let size = words!(
        "about {peak} at most for a coverage run",
        "一次覆盖计算峰值约 {peak}"
    );
    row(language.pick("memory", "内存"), size.get(language));
    say!("");
}

fn as_json(done: &StudyResult<'_>) -> Value {
    let StudyResult {
        inputs, analysis, ..
    } = done;
    let network = analysis.network();
    json!({
        "network": {
            "ways": network.source().ways,
            "nodes": network.node_count(),
            "edges": network.edge_count(),
            "length_m": network.length_m().round(),
        },
        "stations": {
            "rows": inputs.stations.len(),
            "stations": analysis.snapped().station_count(),
        },
        "residents": {
            "records": inputs.residents.len(),
            "population": analysis.coverage.total().people.as_f64(),
        },
        "areas": inputs.areas.len(),
        "layers": readings_json(&inputs.readings),
        "memory_bytes": peak(done).0,
        "findings": findings_json(&done.findings, OptionNames::Flags),
    })
}

/// A label and what it says.
fn row(label: &str, content: &str) {
    say!("{}{}", pad_right(label, LABEL), visible(content));
}

fn print_records(done: &StudyResult<'_>, language: Language) {
    let network = done.analysis.network();
    let (ways, nodes) = (network.source().ways, network.node_count());
    let (edges, km) = (network.edge_count(), network.length_m() / 1000.0);
    let all_ways = counted(ways, "way", "ways");
    let junctions = counted(nodes, "junction", "junctions");
    let all_edges = counted(edges, "edge", "edges");
    let size = words!(
        "{all_ways}, {junctions}, {all_edges}, {km:.0} km",
        "{ways} 条道路，{nodes} 个节点，{edges} 条路段，{km:.0} 公里"
    );
    row(language.pick("network", "路网"), size.get(language));
    if let Some(heights) = heights_in_words(network) {
        row(language.pick("heights", "高程"), heights.get(language));
    }
    let (rows, stations) = (
        done.inputs.stations.len(),
        done.analysis.snapped().station_count(),
    );
    let all_rows = counted(rows, "row", "rows");
    let all_stations = counted(stations, "station", "stations");
    let size = words!(
        "{all_rows}, {all_stations}",
        "{rows} 行记录，{stations} 个站点"
    );
    row(language.pick("stations", "站点"), size.get(language));
    let records = done.inputs.residents.len();
    let people = done.analysis.coverage.total().people;
    let all_records = counted(records, "record", "records");
    let all_people = counted_people(people);
    let size = words!(
        "{all_records}, {all_people}",
        "{records} 条记录，{people} 人"
    );
    row(language.pick("residents", "居民"), size.get(language));
    if !done.inputs.areas.is_empty() {
        let count = done.inputs.areas.len().to_string();
        row(language.pick("areas", "分区"), &count);
    }
    if let Some(homes) = &done.inputs.homes {
        print_homes(homes, language);
    }
}

fn print_homes(report: &HomesReport, language: Language) {
    let HomesReport {
        homes,
        with_storeys,
        other_kind,
        other_use,
        too_small,
        too_large,
        without_shape,
        ..
    } = report;
    let lines = [
        words!(
            "{homes} buildings, {with_storeys} with storeys in the data",
            "{homes} 栋建筑，其中 {with_storeys} 栋有层数数据"
        ),
        words!(
            "not homes: {other_kind} of another kind, {other_use} of another use, {too_small} too small,",
            "非住宅：其他类型 {other_kind}，其他用途 {other_use}，面积过小 {too_small}，"
        ),
        words!(
            "{too_large} the size of a hall, {without_shape} without an outline",
            "面积过大 {too_large}，无轮廓 {without_shape}"
        ),
    ];
    let labels = [language.pick("homes", "住宅"), "", ""];
    for (label, line) in labels.into_iter().zip(&lines) {
        row(label, line.get(language));
    }
}

fn print_findings(done: &StudyResult<'_>, language: Language) {
    let findings = done.findings.worst_first();
    if findings.is_empty() {
        say_in!(language, "nothing found", "未发现问题");
    }
    for finding in findings {
        let Finding {
            code,
            count,
            example,
            list,
            ..
        } = finding;
        let (title, name) = (finding.title(language), code.name());
        let spell = |text: &str| OptionNames::Flags.spell(text);
        let title = visible(&title);
        let severity = code.severity().word(language);
        say_in!(
            language,
            "{severity}: {count} {title} [{name}]",
            "{severity}：{count} {title} [{name}]"
        );
        if list.len() > 1 {
            for record in list.iter().take(LISTED) {
                say!("            {}", visible(&spell(record.get(language))));
            }
            if let Some(more @ 1..) = list.len().checked_sub(LISTED) {
                say_in!(
                    language,
                    "            and {more} more: --json lists them",
                    "            另有 {more} 项：用 --json 列出"
                );
            }
        } else {
            point(language.pick("e.g.", "示例"), &spell(example.get(language)));
        }
        point(
            language.pick("effect", "影响"),
            &spell(code.effect(language)),
        );
        point(language.pick("cure", "处理"), &spell(code.cure(language)));
    }
}

/// One point about a finding.
fn point(label: &str, content: &str) {
    say!("    {}{}", pad_right(label, 8), visible(content));
}
