//! `pedshed district`: the files of a model district.

use std::sync::atomic::AtomicBool;

use pedshed::district::{District, DistrictFile, DistrictOptions, HomeRecords, LABEL};
use pedshed::parallel;
use pedshed::report::{OutputDirectory, pad_right};

use super::coverage::{check, print_written};
use crate::Session;
use crate::args::{DistrictArgs, HomesArg};
use crate::exit::Exit;
use crate::study::usage;
use crate::terminal::say;

pub(crate) fn run(args: &DistrictArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    let district = parallel::with_threads(args.run.threads, || write(args, session.cancel))
        .map_err(pedshed::Error::from)??;
    if !args.run.quiet {
        say!("{LABEL}\n");
        let language = session.language;
        let row = |en, zh, number: String| {
            say!("{}{number}", pad_right(language.pick(en, zh), 11));
        };
        row("junctions", "节点", district.map.junctions().to_string());
        row("people", "人数", district.people().total().to_string());
        row("records", "人口记录", district.homes.len().to_string());
        row("stations", "服务站点", district.stations.len().to_string());
        say!("");
        let names = DistrictFile::ALL.map(|file| file.name().to_owned());
        print_written(&names, &args.out, language);
        say!("\n{LABEL}");
    }
    Ok(Exit::Done)
}

fn write(args: &DistrictArgs, cancel: &AtomicBool) -> anyhow::Result<District> {
    let district = District::generate(options(args)).map_err(usage("junctions"))?;
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
