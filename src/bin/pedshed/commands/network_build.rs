//! `pedshed network build`: a network read once, for every run to open in milliseconds.

use std::path::Path;

use pedshed::inputs::{Format, InputError, PreparedFrom, Provenance, read_network};
use pedshed::parallel;
use pedshed::report::{InputFile, OutputPlace};

use crate::args::NetworkBuildArgs;
use crate::exit::{Exit, UsageError};
use crate::input_args::ReadingArgs;
use crate::options::threads;
use crate::reading;
use crate::session::Session;
use crate::terminal::{say_in, words};

/// What the name of a prepared network ends with, by which it is known.
const ENDING: &str = "pedshed";

pub(crate) fn run(args: &NetworkBuildArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    if args.out.extension().is_none_or(|ending| ending != ENDING) {
        let name = args.out.display();
        let message = words!(
            "--out {name}: a prepared network is known by its name; let it end with .{ENDING}",
            "--out {name}：预处理路网以扩展名识别；文件名请以 .{ENDING} 结尾"
        );
        return Err(UsageError::with_flag("out", message).into());
    }
    let threads = threads(&args.run)?;
    let mut request = reading::network(&args.network, &args.reading)?;
    if request.network.source.format() == Some(Format::Prepared) {
        let message = words!(
            "the network is prepared already; give the file that it was made from",
            "该路网已是预处理文件；请给出其来源文件"
        );
        return Err(UsageError::with_flag("network", message).into());
    }
    request.with_water = true;
    let place = OutputPlace::open(&args.out).map_err(pedshed::Error::from)?;
    let read = parallel::with_threads(threads, || read_network(&request))
        .map_err(pedshed::Error::from)?
        .map_err(pedshed::Error::from)?;
    session.check()?;
    let network = &request.network.source;
    let sources = std::iter::once(network).chain(network.companions());
    let sources = sources.map(|source| ("network", source));
    let heights = request.elevation.iter().map(|source| ("elevation", source));
    let file = |(layer, source)| {
        let file = InputFile::new(layer, source)?;
        Ok(PreparedFrom {
            name: file.file,
            bytes: file.bytes as u64,
            sha256: file.sha256,
        })
    };
    let files: Result<Vec<_>, InputError> = sources.chain(heights).map(file).collect();
    let files = files.map_err(pedshed::Error::from)?;
    session.check()?;
    let provenance = Provenance::new(files, options(&args.reading));
    place
        .write(|writer| read.write_prepared(&provenance, writer))
        .map_err(pedshed::Error::from)?;
    if !args.run.quiet {
        print_written(&args.out, read.network.node_count(), session)?;
    }
    Ok(Exit::Done)
}

fn print_written(path: &Path, junctions: usize, session: Session<'_>) -> anyhow::Result<()> {
    let megabytes = path.metadata()?.len() as f64 / 1e6;
    let name = path.display();
    say_in!(
        session.language,
        "{name}: {junctions} junctions, {megabytes:.1} MB",
        "{name}：{junctions} 个节点，{megabytes:.1} MB"
    );
    Ok(())
}

/// The flags that changed how the network was read.
fn options(args: &ReadingArgs) -> String {
    let mut options = Vec::new();
    for (flag, value) in [("--crs", &args.crs), ("--encoding", &args.encoding)] {
        options.extend(value.iter().map(|value| format!("{flag} {value}")));
    }
    options.extend(args.of_network.flags());
    let heights = args.elevation.iter().filter_map(|path| path.file_name());
    options.extend(heights.map(|name| format!("--elevation {}", name.to_string_lossy())));
    if args.join_tolerance > 0.0 {
        options.push(format!("--join-tolerance {}", args.join_tolerance));
    }
    if args.node_crossings {
        options.push("--node-crossings".to_owned());
    }
    options.join(" ")
}
