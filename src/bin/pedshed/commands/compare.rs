//! `pedshed compare`: two finished runs side by side.

use pedshed::study::{FinishedRun, RunsCompared};

use super::scenario::{print_findings, print_two};
use crate::exit::Exit;
use crate::options::threads;
use crate::scenario_args::CompareArgs;
use crate::session::Session;
use crate::study::in_language;
use crate::terminal::say;
use crate::words::flagged;
use crate::written::print_written;

pub(crate) fn run(args: &CompareArgs, session: Session<'_>) -> anyhow::Result<Exit> {
    threads(&args.run)?;
    let language = session.language;
    let outputs = in_language(language);
    let directory = outputs.open_for(&args.out, &RunsCompared::FILES)?;
    let before = FinishedRun::open(&args.before)?;
    session.check()?;
    let after = FinishedRun::open(&args.after)?;
    session.check()?;
    let compared = RunsCompared::new(before, after);
    let files = compared
        .write(directory, outputs.options)
        .map_err(flagged)?;
    if !args.run.quiet {
        let [before, after] = &compared.runs;
        print_two(
            [&before.name, &after.name],
            [&before.outcome, &after.outcome],
            &compared.comparison,
            language,
        );
        print_findings(&compared.findings, language);
        say!("");
        print_written(&files, &args.out, language);
    }
    Ok(Exit::Done)
}
