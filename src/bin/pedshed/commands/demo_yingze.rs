//! `pedshed demo yingze`: the whole job on the model district. The ordinary readers read the very bytes that are written.

use std::io::Write;
use std::sync::atomic::AtomicBool;

use pedshed::control::Control;
use pedshed::district::{District, DistrictFile, DistrictOptions, LABEL, Tier};
use pedshed::inputs::{Inputs, Layer, LayerSource, Request, Source};
use pedshed::language::Language;
use pedshed::model::{City, Station};
use pedshed::report::{OutputDirectory, pad_right};
use pedshed::{Options, analyse, parallel};

use super::coverage::{check, study_to_files};
use super::demo::output;
use crate::Session;
use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::study::{Study, parameters};
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
    let on_threads = args.run.threads;
    let district = District::generate(DistrictOptions::yingze())?;
    let files =
        parallel::with_threads(on_threads, || stage(&district, &mut inputs, session.cancel))
            .map_err(pedshed::Error::from)??;
    let study = study(&files)?;
    let title = language.pick("Yingze district, Taiyuan (model)", "太原市迎泽区（模型）");
    let output = output(title);
    let exit = study_to_files(&study, "demo", &args.out, &output, &args.run, session)?;
    inputs.commit()?;
    if !quiet {
        let folder = args.out.join(INPUTS);
        let folder = folder.display();
        say_in!(language, " inputs: {folder}", "输入数据：{folder}");
        parallel::with_threads(on_threads, || print_tiers(&district, &study, language))
            .map_err(pedshed::Error::from)??;
        say!("\n{LABEL}");
    }
    Ok(exit)
}

/// The files of the district, staged and in memory.
fn stage(
    district: &District,
    inputs: &mut OutputDirectory,
    cancel: &AtomicBool,
) -> anyhow::Result<Vec<(DistrictFile, Source)>> {
    let mut files = Vec::new();
    for file in DistrictFile::ALL {
        check(cancel)?;
        let bytes = district.bytes(file);
        inputs.stage(file.name(), |writer| writer.write_all(&bytes))?;
        let path = format!("{INPUTS}/{}", file.name());
        files.push((file, Source::from_bytes(path, bytes)));
    }
    Ok(files)
}

fn study(files: &[(DistrictFile, Source)]) -> anyhow::Result<Study> {
    let source = |wanted| {
        let found = files.iter().find(|(file, _)| *file == wanted);
        found.map(|(_, source)| source.clone()).ok_or_else(|| {
            anyhow::anyhow!("the model district has no file of this kind: {wanted:?}")
        })
    };
    let layer = |wanted| Ok::<_, anyhow::Error>(Layer::new(LayerSource::File(source(wanted)?)));
    let request = Request {
        stations: vec![layer(DistrictFile::Centres)?],
        residents: vec![layer(DistrictFile::Residents)?],
        areas: Some(layer(DistrictFile::Areas)?),
        with_water: true,
        ..Request::new(source(DistrictFile::Network)?)
    };
    let options = Options::minutes(&Options::MINUTES)?;
    let mut parameters = parameters(&options, None, &request.homes);
    for (key, file) in [
        ("stations", DistrictFile::Centres),
        ("residents", DistrictFile::Residents),
        ("areas", DistrictFile::Areas),
    ] {
        parameters.insert(key.to_owned(), file.name().into());
    }
    parameters.insert("data".to_owned(), LABEL.into());
    Ok(Study::asking(request, options, parameters))
}

/// Every street, community and grid has its station; how many people reach one of a tier is another matter.
fn print_tiers(district: &District, study: &Study, language: Language) -> anyhow::Result<()> {
    let inputs = Inputs::read(&study.request)?;
    say_in!(
        language,
        "\n  one tier alone          5 minutes   10 minutes   15 minutes",
        "\n  各层级单独计              5 分钟      10 分钟      15 分钟"
    );
    for (tier, words) in [
        (Tier::Street, language.pick("of streets", "街镇级")),
        (Tier::Community, language.pick("of communities", "社区级")),
        (Tier::Grid, language.pick("of grids", "网格级")),
    ] {
        let of_tier = district.stations.iter().filter(|site| site.tier == tier);
        let stations: Vec<Station> = of_tier
            .map(|site| {
                Station::new(
                    site.id.as_str(),
                    site.place.degrees().x,
                    site.place.degrees().y,
                )
            })
            .collect();
        let city = City {
            stations: &stations,
            ..inputs.city()
        };
        let coverage = analyse(
            &inputs.network,
            city,
            study.options.clone(),
            Control::default(),
        )?
        .coverage;
        let total = coverage.total().people;
        let shares = coverage.by_cutoff().iter();
        let shares: Vec<String> = shares
            .map(|tally| format!("{:>11.1} %", tally.people.share_of(total) * 100.0))
            .collect();
        let words = pad_right(words, 15);
        say!("  {:>3} {words}{}", stations.len(), shares.concat());
    }
    Ok(())
}
