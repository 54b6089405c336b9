//! `pedshed district`: the files of a model district.

use pedshed::district::{District, DistrictFile, DistrictOptions, HomeRecords, LABEL};
use pedshed::language::{InLanguage, Words};
use pedshed::parallel;
use pedshed::report::OutputDirectory;

use crate::args::{DistrictArgs, HomesArg};
use crate::exit::{Exit, UsageError};
use crate::options::threads;
use crate::session::Session;
use crate::terminal::{say, say_in};
use crate::written::print_written;

pub(crate) fn run(args: &DistrictArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let threads = threads(&args.run)?;
    let district = parallel::with_threads(threads, || write(args, session))
        .map_err(pedshed::Error::from)??;
    if !args.run.quiet {
        say!("{LABEL}\n");
        let language = session.language;
        let (junctions, people) = (district.map.junctions(), district.people().total());
        let (records, stations) = (district.homes.len(), district.stations.len());
        say_in!(language, "junctions  {junctions}", "路口      {junctions}");
        say_in!(language, "people     {people}", "人口      {people}");
        say_in!(language, "records    {records}", "记录      {records}");
        say_in!(
            language,
            "stations   {stations}\n",
            "站点      {stations}\n"
        );
        let files = DistrictFile::of(district.options);
        let names: Vec<&str> = files.into_iter().map(DistrictFile::name).collect();
        print_written(&names, &args.out, language);
        say!("\n{LABEL}");
    }
    Ok(Exit::Done)
}

fn write(args: &DistrictArgs, session: Session<'_>) -> anyhow::Result<District> {
    let mut directory = OutputDirectory::open(&args.out)?;
    directory.claim(&DistrictFile::ALL.map(DistrictFile::name))?;
    let district = District::generate(options(args)).map_err(|error| {
        UsageError::with_flag("junctions", Words::new(error.to_string(), error.zh()))
    })?;
    for file in DistrictFile::of(district.options) {
        session.check()?;
        directory.stage(file.name(), |writer| district.write_file(file, writer))?;
    }
    session.check()?;
    directory.commit()?;
    Ok(district)
}

fn options(args: &DistrictArgs) -> DistrictOptions {
    let base = args
        .junctions
        .map_or(DistrictOptions::yingze(), DistrictOptions::junctions);
    DistrictOptions {
        seed: args.seed,
        slopes: args.slopes,
        shuffled: args.shuffle,
        homes: match args.homes {
            Some(HomesArg::Storey) => HomeRecords::Storey,
            Some(HomesArg::Stairwell) => HomeRecords::Stairwell,
            None => base.homes,
        },
        ..base
    }
}
