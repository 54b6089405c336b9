//! `pedshed district`: the files of a model district.

use std::sync::atomic::AtomicBool;

use pedshed::district::{District, DistrictFile, DistrictOptions, HomeRecords, LABEL};
use pedshed::parallel;
use pedshed::report::OutputDirectory;

use super::coverage::check;
use crate::args::{DistrictArgs, HomesArg};
use crate::exit::{Exit, UsageError};
use crate::terminal::say;

pub(crate) fn run(args: &DistrictArgs, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    let district = parallel::with_threads(args.run.threads, || write(args, cancel))
        .map_err(pedshed::Error::from)??;
    if !args.run.quiet {
        say!("{LABEL}\n");
        say!("junctions  {}", district.map.junctions());
        say!("people     {}", district.people().total());
        say!("records    {}", district.homes.len());
        say!("stations   {}", district.stations.len());
        let names = DistrictFile::ALL.map(DistrictFile::name);
        say!("\nwritten: {}", names.join(", "));
        say!("     in: {}", args.out.display());
        say!("\n{LABEL}");
    }
    Ok(Exit::Done)
}

fn write(args: &DistrictArgs, cancel: &AtomicBool) -> anyhow::Result<District> {
    let district =
        District::generate(options(args)).map_err(|error| UsageError::of("junctions", error))?;
    let mut directory = OutputDirectory::open(&args.out)?;
    for file in DistrictFile::ALL {
        check(cancel)?;
        directory.stage(file.name(), |writer| district.write_file(file, writer))?;
    }
    check(cancel)?;
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
        homes: match args.homes {
            Some(HomesArg::Storey) => HomeRecords::Storey,
            Some(HomesArg::Stairwell) => HomeRecords::Stairwell,
            None => base.homes,
        },
        ..base
    }
}
