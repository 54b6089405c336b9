//! The command `pedshed`. It uses only the library's public interface, and so proves it.

mod args;
mod circle;
mod commands;
mod exit;
mod hours_args;
mod input_args;
mod interrupt;
mod layer_options;
mod lifts_args;
mod limits;
mod names;
mod options;
mod progress;
mod reading;
mod resilience_args;
mod run_args;
mod scenario_args;
mod session;
mod sessions_args;
mod shipped;
mod site_args;
mod study;
mod study_entries;
mod study_file;
mod terminal;
mod words;
mod written;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::{CommandFactory, FromArgMatches};
use pedshed::inputs::InputsError;
use pedshed::language::{InLanguage, Language};
use pedshed::message_in;
use pedshed::report::visible;
use pedshed::text::OptionNames;

use args::{Cli, Command, NetworkCommand};
use exit::{Exit, Failure, UsageError};
use session::Session;
use study_file::Call;
use terminal::complain;

fn main() -> ExitCode {
    // First of all: a signal in the first milliseconds is none that the system answers by itself.
    let cancel = interrupt::cancel_flag();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let asked_for = words::asked_for(&arguments);
    let mut language = asked_for;
    let called = |language: &mut Language| -> Result<anyhow::Result<Exit>, ExitCode> {
        let cancel = match cancel {
            Ok(cancel) => cancel,
            Err(reason) => return Ok(Err(reason.into())),
        };
        Ok(
            if let Some(call) = Call::from_arguments(arguments.get(1..).unwrap_or_default()) {
                interrupt::watch(*language)
                    .map_err(anyhow::Error::from)
                    .and_then(|()| commands::run::call(&call, language, &cancel))
            } else {
                let command = words::spoken(Cli::command(), asked_for);
                let matches = command.clone().try_get_matches_from(&arguments);
                let cli = matches.and_then(|matches| Cli::from_arg_matches(&matches));
                let cli =
                    cli.map_err(|error| words::parted(&error, &command, &arguments, asked_for))?;
                *language = cli.language.language();
                run(cli, language, &cancel)
            },
        )
    };
    let done = match called(&mut language) {
        Ok(done) => done,
        // Help, the version, or what is wrong with the arguments.
        Err(parted) => match terminal::failure() {
            None => return parted,
            Some(reason) => {
                terminal::note(reason);
                Ok(Exit::Done)
            }
        },
    };
    let exit = match done {
        Ok(exit) => exit,
        Err(error) => {
            let exit = exit_of(&error);
            // One line, whatever stands in the data that it names.
            let message = OptionNames::Flags.spell(&message(&error, language));
            let message = visible(&message);
            match (exit, language) {
                (Exit::Interrupted, _) => interrupt::say_interrupted(language, false),
                (_, Language::En) => complain!("error: {message}"),
                (_, Language::Zh) => complain!("错误：{message}"),
            }
            exit
        }
    };
    after_output(exit, language).into()
}

/// How the program ends, where its output found no room.
fn after_output(exit: Exit, language: Language) -> Exit {
    let Some(reason) = terminal::failure() else {
        return exit;
    };
    match language {
        Language::En => complain!("error: standard output cannot be written: {reason}"),
        Language::Zh => complain!("错误：无法写入标准输出：{reason}"),
    }
    match exit {
        Exit::Done | Exit::GateMissed => Exit::Failed,
        exit => exit,
    }
}

/// A study file may say another language, and sets it.
fn run(cli: Cli, language: &mut Language, cancel: &AtomicBool) -> anyhow::Result<Exit> {
    interrupt::watch(*language)?;
    let session = Session {
        language: *language,
        cancel,
    };
    session.check()?;
    match cli.command {
        Command::Demo(args) => commands::demo::run(&args, session),
        Command::Coverage(args) => commands::coverage::run(&args, session),
        Command::Run(args) => commands::run::run(&args, cli.language, language, cancel),
        Command::Gaps(args) => commands::gaps::run(&args, session),
        Command::Isochrone(args) => commands::isochrone::run(&args, session),
        Command::Check(args) => commands::check::run(&args, session),
        Command::Explain(args) => commands::explain::run(&args, session),
        Command::Standards(args) => commands::standards::run(&args, session),
        Command::District(args) => commands::district::run(&args, session),
        Command::Site(args) => commands::site::run(&args, session),
        Command::Scenario(args) => commands::scenario::run(*args, session),
        Command::Compare(args) => commands::compare::run(&args, session),
        Command::Catchments(args) => commands::catchments::run(&args, session),
        Command::Lifts(args) => commands::lifts::run(&args, session),
        Command::Sessions(args) => commands::sessions::run(&args, session),
        Command::Resilience(args) => commands::resilience::run(&args, session),
        Command::Network(NetworkCommand::Info(args)) => commands::network_info::run(&args, session),
        Command::Network(NetworkCommand::Build(args)) => {
            commands::network_build::run(&args, session)
        }
    }
}

/// An error and what caused it, in one line.
fn message(error: &anyhow::Error, language: Language) -> String {
    let one = |cause: &(dyn std::error::Error + 'static)| {
        if let Some(usage) = cause.downcast_ref::<UsageError>() {
            usage.words.in_language(language)
        } else if let Some(failure) = cause.downcast_ref::<Failure>() {
            failure.words.in_language(language)
        } else {
            message_in(cause, language, OptionNames::Flags)
        }
    };
    let causes: Vec<String> = error.chain().map(one).collect();
    causes.join(language.pick(": ", "："))
}

fn exit_of(error: &anyhow::Error) -> Exit {
    let cancelled = |cause: &(dyn std::error::Error + 'static)| {
        cause.is::<pedshed::control::Cancelled>()
            || matches!(
                cause.downcast_ref::<pedshed::Error>(),
                Some(pedshed::Error::Cancelled(_))
            )
            || matches!(
                cause.downcast_ref::<InputsError>(),
                Some(InputsError::Cancelled(_))
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
