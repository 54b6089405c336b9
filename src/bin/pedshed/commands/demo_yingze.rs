//! `pedshed demo yingze`: the whole job on the model district. The ordinary readers read the very bytes that are written.

use std::io::Write;
use std::sync::atomic::AtomicBool;

use pedshed::district::{District, DistrictFile, DistrictOptions, LABEL};
use pedshed::inputs::{Layer, LayerSource, Request, Source};
use pedshed::report::OutputDirectory;
use pedshed::{Options, parallel};

use super::coverage::{check, study_to_files};
use super::demo::output;
use crate::args::DemoArgs;
use crate::exit::Exit;
use crate::study::{Study, parameters};
use crate::terminal::say;

/// The folder of the inputs, in that of the outputs.
const INPUTS: &str = "inputs";

pub(crate) fn run(args: &DemoArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let quiet = args.run.quiet;
    if !quiet {
        say!("{LABEL}");
        say!(
            "Yingze district of Taiyuan in its numbers, with streets, homes and stations that are drawn.\n"
        );
    }
    let mut inputs = OutputDirectory::open(&args.out.join(INPUTS))?;
    let files = parallel::with_threads(args.run.threads, || generate(&mut inputs, cancel))
        .map_err(pedshed::Error::from)??;
    let study = study(&files)?;
    let exit = study_to_files(&study, "demo", &args.out, &output(), &args.run, cancel)?;
    inputs.commit()?;
    if !quiet {
        say!(" inputs: {}", args.out.join(INPUTS).display());
        say!("\n{LABEL}");
    }
    Ok(exit)
}

/// The files of the district, staged and in memory.
fn generate(
    inputs: &mut OutputDirectory,
    cancel: &AtomicBool,
) -> anyhow::Result<Vec<(DistrictFile, Source)>> {
    let district = District::generate(DistrictOptions::yingze())?;
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
        stations: vec![layer(DistrictFile::Stations)?],
        residents: vec![layer(DistrictFile::Residents)?],
        areas: Some(layer(DistrictFile::Areas)?),
        ..Request::new(source(DistrictFile::Network)?)
    };
    let options = Options::minutes(&Options::MINUTES)?;
    let mut parameters = parameters(&options, None, &request.homes);
    for (key, file) in [
        ("stations", DistrictFile::Stations),
        ("residents", DistrictFile::Residents),
        ("areas", DistrictFile::Areas),
    ] {
        parameters.insert(key.to_owned(), file.name().into());
    }
    parameters.insert("data".to_owned(), LABEL.into());
    Ok(Study {
        request,
        options,
        parameters,
    })
}
