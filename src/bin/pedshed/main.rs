//! The command `pedshed`. It uses only the library's public interface, and so proves it.

mod args;
mod asked;
mod circle;
mod commands;
mod exit;
mod interrupt;
mod layer_options;
mod limits;
mod progress;
mod reading;
mod study;
mod study_file;
mod terminal;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::{CommandFactory, FromArgMatches};
use pedshed::control::Control;
use pedshed::language::{InLanguage, Language};
use pedshed::message_in;

use args::{Cli, Command, NetworkCommand};
use exit::{Exit, Failure, UsageError};
use study_file::Call;
use terminal::complain;

/// What every verb is given beside its arguments.
#[derive(Clone, Copy)]
pub(crate) struct Session<'a> {
    /// In which language to speak.
    pub(crate) language: Language,
    /// Raised when the user wants the work to stop.
    pub(crate) cancel: &'a AtomicBool,
}

impl<'a> Session<'a> {
    /// For work that looks at whether the user wants it to stop.
    pub(crate) fn control(self) -> Control<'a> {
        Control::default().with_cancel(self.cancel)
    }

    /// Between two steps.
    ///
    /// # Errors
    /// [`pedshed::Error::Cancelled`].
    pub(crate) fn check(self) -> Result<(), pedshed::Error> {
        self.control().check().map_err(pedshed::Error::from)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let asked_for = words::asked_for(&arguments);
    let mut language = asked_for;
    let result = match Call::find(arguments.get(1..).unwrap_or_default()) {
        Some(call) => run_call(&call, &mut language),
        None => {
            let command = words::spoken(Cli::command(), asked_for);
            let matches = command.clone().try_get_matches_from(&arguments);
            let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
                Ok(cli) => cli,
                Err(error) => return words::parted(&error, &command, &arguments, asked_for),
            };
            language = cli.language.language();
            run(cli, &mut language)
        }
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = exit_of(&error);
            let message = message(&error, language);
            match (exit, language) {
                (Exit::Interrupted, _) => interrupt::say_interrupted(language, false),
                (_, Language::En) => complain!("error: {message}"),
                (_, Language::Zh) => complain!("错误：{message}"),
            }
            exit.into()
        }
    }
}

/// A verb with a study file in the place of its flags.
fn run_call(call: &Call<'_>, language: &mut Language) -> anyhow::Result<Exit> {
    let cancel = interrupt::cancel_flag(*language)?;
    commands::run::call(call, language, &cancel)
}

/// A study file may say another language, and sets it.
fn run(cli: Cli, language: &mut Language) -> anyhow::Result<Exit> {
    let cancel = interrupt::cancel_flag(*language)?;
    let session = Session {
        language: *language,
        cancel: &cancel,
    };
    match cli.command {
        Command::Demo(args) => commands::demo::run(&args, session),
        Command::Coverage(args) => commands::coverage::run(&args, session),
        Command::Run(args) => commands::run::run(&args, cli.language, language, &cancel),
        Command::Gaps(args) => commands::gaps::run(&args, session),
        Command::Isochrone(args) => commands::isochrone::run(&args, session),
        Command::Check(args) => commands::check::run(&args, session),
        Command::Explain(args) => commands::explain::run(&args, session),
        Command::Standards(args) => commands::standards::run(&args, session),
        Command::District(args) => commands::district::run(&args, session),
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
            message_in(cause, language)
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
    };
    if error.chain().any(cancelled) {
        Exit::Interrupted
    } else if error.is::<UsageError>() {
        Exit::Usage
    } else {
        Exit::Failed
    }
}
