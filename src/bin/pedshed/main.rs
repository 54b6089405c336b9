//! The command `pedshed`. It uses only the library's public interface, and so proves it.

mod args;
mod commands;
mod exit;
mod interrupt;
mod progress;
mod study;
mod study_file;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command, NetworkCommand};
use exit::{Exit, UsageError};
use terminal::complain;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = exit_of(&error);
            if exit == Exit::Interrupted {
                complain!("interrupted; nothing was written");
            } else {
                complain!("error: {error:#}");
            }
            exit.into()
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    let cancel = interrupt::cancel_flag()?;
    match cli.command {
        Command::Demo(args) => commands::demo::run(&args, &cancel),
        Command::Coverage(args) => commands::coverage::run(&args, &cancel),
        Command::Gaps(args) => commands::gaps::run(&args, &cancel),
        Command::Run(args) => commands::run::run(&args, &cancel),
        Command::Isochrone(args) => commands::isochrone::run(&args, &cancel),
        Command::Check(args) => commands::check::run(&args, &cancel),
        Command::Explain(args) => commands::explain::run(&args, &cancel),
        Command::District(args) => commands::district::run(&args, &cancel),
        Command::Network(NetworkCommand::Info(args)) => commands::network_info::run(&args, &cancel),
    }
}

fn exit_of(error: &anyhow::Error) -> Exit {
    let cancelled = |cause: &(dyn std::error::Error + 'static)| {
        cause.is::<pedshed::control::Cancelled>()
            || matches!(
                cause.downcast_ref::<pedshed::Error>(),
                Some(pedshed::Error::Cancelled(_))
            )
    };
    if error.chain().any(cancelled) {
        Exit::Interrupted
    } else if error.is::<UsageError>() {
        Exit::Usage
    } else {
        Exit::Failed
    }
}
