//! `pedshed demo yingze`: the whole job on the model district. The ordinary readers read the very bytes that are written.

use std::io::Write;

use pedshed::district::{District, DistrictFile, DistrictOptions, LABEL};
use pedshed::inputs::{LayerSource, LayerSpec, Request, Source};
use pedshed::language::Language;
use pedshed::model::Profile;
use pedshed::planning::register::Date;
use pedshed::planning::standards::Standard;
use pedshed::report::OutputDirectory;
use pedshed::study::Study;
use pedshed::{GroupPlan, Options, Plan, parallel};

use super::coverage::write_study;
use super::demo_programmes;
use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::options::threads;
use crate::session::Session;
use crate::study::demo_outputs;
use crate::terminal::{say, say_in};

/// The folder of the inputs, in that of the outputs.
const INPUTS: &str = "inputs";

pub(crate) fn run(args: &DemoArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let (quiet, language) = (args.run.quiet, session.language);
    if !quiet {
        say!("{LABEL}");
        say_in!(
            language,
            "Yingze district of Taiyuan in its numbers, with streets, homes and centres that are drawn.\n",
            "人口、面积、站点数取自太原市迎泽区；道路、住宅与站点位置为模型生成。\n"
        );
    }
    let mut inputs = OutputDirectory::open(&args.out.join(INPUTS))?;
    inputs.claim(&DistrictFile::ALL.map(DistrictFile::name))?;
    let title = language.pick("Yingze district, Taiyuan (model)", "太原市迎泽区（模型）");
    let outputs = demo_outputs(title, language);
    let directory = outputs.open(&args.out)?;
    let on_threads = threads(&args.run)?;
    let district = District::generate(DistrictOptions::yingze())?;
    let files = parallel::with_threads(on_threads, || stage(&district, &mut inputs, session))
        .map_err(pedshed::Error::from)??;
    let mut study = study(&files, language)?;
    study.outputs = outputs;
    let data = ("data".to_owned(), LABEL.into());
    study.outputs.parameters.extend([data]);
    let old = group(OVER_70, language);
    let old = old.ok_or_else(|| anyhow::anyhow!("no walker of this name"))?;
    let question = demo_programmes::lifts_question(old)?;
    let last_minutes = demo_programmes::study(
        &study,
        source(&files, DistrictFile::Stairwells)?,
        source(&files, DistrictFile::Calendar)?,
        &question,
    )?;
    // Neither study keeps both of two processors busy, so they run beside each other; what is told keeps its order.
    let told = parallel::with_threads(on_threads, || {
        parallel::join(
            || write_study(&study, directory, &args.run, session),
            || demo_programmes::answer(&last_minutes, &question, &args.out, session.control()),
        )
    });
    let (covered, answered) = told.map_err(pedshed::Error::from)?;
    covered?;
    let answered = answered?;
    if !args.run.quiet {
        answered.tell(session.language);
    }
    inputs.commit()?;
    if !quiet {
        let folder = args.out.join(INPUTS);
        let folder = folder.display();
        say_in!(language, " inputs: {folder}", "输入数据：{folder}");
        say!("\n{LABEL}");
    }
    Ok(Exit::Done)
}

/// The files of the district, staged and in memory.
fn stage(
    district: &District,
    inputs: &mut OutputDirectory,
    session: Session<'_>,
) -> anyhow::Result<Vec<(DistrictFile, Source)>> {
    let mut files = Vec::new();
    for file in DistrictFile::of(district.options) {
        session.check()?;
        let bytes = district.bytes(file);
        inputs.stage(file.name(), |writer| writer.write_all(&bytes))?;
        let path = format!("{INPUTS}/{}", file.name());
        files.push((file, Source::from_bytes(path, bytes)));
    }
    Ok(files)
}

/// Some people, and how they walk.
#[derive(Clone, Copy)]
struct Group {
    name: &'static str,
    name_zh: &'static str,
    columns: &'static [&'static str],
    walker: &'static str,
}

/// Whose walks are compared: everybody as an adult, children, and the old as they walk.
const GROUPS: [Group; 4] = [
    Group {
        name: "children",
        name_zh: "儿童",
        columns: &["children"],
        walker: "child",
    },
    Group {
        name: "adults",
        name_zh: "成年人",
        columns: &["adults"],
        walker: "adult",
    },
    Group {
        name: "60-69",
        name_zh: "60–69 岁",
        columns: &["aged_60_69"],
        walker: "elder",
    },
    OVER_70,
];
const OVER_70: Group = Group {
    name: "over 70",
    name_zh: "70 岁及以上",
    columns: &["aged_70_79", "aged_80_plus"],
    walker: "elder",
};
/// The day of the report that the numbers of stations were taken from.
const AS_OF: (u32, u32, u32) = (2024, 2, 26);

/// A file of the district.
fn source(files: &[(DistrictFile, Source)], wanted: DistrictFile) -> anyhow::Result<Source> {
    let found = files.iter().find(|(file, _)| *file == wanted);
    let found = found.map(|(_, source)| source.clone());
    found.ok_or_else(|| anyhow::anyhow!("the model district has no file of this kind: {wanted:?}"))
}

/// The study: who reaches a centre; by tiers, services, groups of people and standards; what walls cost.
fn study(files: &[(DistrictFile, Source)], language: Language) -> anyhow::Result<Study> {
    let source = |wanted| source(files, wanted);
    let layer = |wanted| Ok::<_, anyhow::Error>(LayerSpec::new(LayerSource::File(source(wanted)?)));
    let layers = Request {
        stations: vec![layer(DistrictFile::Centres)?],
        every_station: vec![layer(DistrictFile::Stations)?],
        residents: vec![layer(DistrictFile::Residents)?],
        areas: Some(layer(DistrictFile::Areas)?),
        communities: Some(layer(DistrictFile::Communities)?),
        compounds: Some(layer(DistrictFile::Compounds)?),
        gates: Some(layer(DistrictFile::Gates)?),
        land: Some(LayerSpec::new(LayerSource::Osm(LAND.parse()?))),
        ..Request::new(source(DistrictFile::Network)?)
    };
    let mut study = Study::new(layers, Options::minutes(&MINUTES)?);
    study.questions.plan = plan(language)?;
    Ok(study)
}

/// A community's circle is 10 minutes; the tiers' table has those of streets and grids.
const MINUTES: [f64; 2] = [5.0, 10.0];
/// Residential land on the map.
const LAND: &str = "osm:landuse=residential";
/// By which it is judged.
const STANDARDS: [&str; 2] = ["party-centre-tiers", "gb50180-2018"];

fn group(group: Group, language: Language) -> Option<GroupPlan> {
    let columns = group.columns.iter();
    Some(GroupPlan {
        name: language.pick(group.name, group.name_zh).to_owned(),
        columns: columns.map(|column| (*column).to_owned()).collect(),
        profile: Profile::named(group.walker)?,
    })
}

fn plan(language: Language) -> anyhow::Result<Plan> {
    let group = |group_of| group(group_of, language);
    let (year, month, day) = AS_OF;
    Ok(Plan {
        standards: STANDARDS
            .iter()
            .filter_map(|name| Standard::named(name))
            .collect(),
        groups: GROUPS.into_iter().filter_map(group).collect(),
        services: Some(Vec::new()),
        as_of: Some(Date::new(year, month, day)?),
        sensitivity: true,
        register: true,
        ..Plan::default()
    })
}
