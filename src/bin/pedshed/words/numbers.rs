//! Numbers on the command line, and what is said of a text that is none.

use std::any::TypeId;
use std::str::FromStr;

use clap::Command;
use pedshed::language::InLanguage;

/// A value that is not the number that a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotANumber {
    #[error("not a number; write it in digits, such as 15 or 7.5")]
    Decimal,
    #[error("not a whole number of 0 or more; write it in digits, such as 8")]
    Whole,
}

impl InLanguage for NotANumber {
    fn zh(&self) -> String {
        match self {
            NotANumber::Decimal => "不是数字；请写阿拉伯数字，如 15 或 7.5",
            NotANumber::Whole => "不是非负整数；请写阿拉伯数字，如 8",
        }
        .to_owned()
    }
}

fn decimal(text: &str) -> Result<f64, NotANumber> {
    text.trim().parse().map_err(|_| NotANumber::Decimal)
}

fn whole<T: FromStr>(text: &str) -> Result<T, NotANumber> {
    text.trim().parse().map_err(|_| NotANumber::Whole)
}

/// Lets the flags that take numbers say so in words, where the standard library speaks of literals.
pub(crate) fn in_plain_words(command: Command) -> Command {
    let command = command.mut_args(|flag| {
        let taken = flag.get_value_parser().type_id();
        if taken == TypeId::of::<f64>() {
            flag.value_parser(decimal)
        } else if taken == TypeId::of::<usize>() {
            flag.value_parser(whole::<usize>)
        } else if taken == TypeId::of::<u64>() {
            flag.value_parser(whole::<u64>)
        } else if taken == TypeId::of::<u32>() {
            flag.value_parser(whole::<u32>)
        } else {
            flag
        }
    });
    command.mut_subcommands(in_plain_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_said_so() {
        assert_eq!(decimal(" 7.5"), Ok(7.5));
        assert_eq!(decimal("7,5"), Err(NotANumber::Decimal));
        assert_eq!(whole::<u32>("8"), Ok(8));
        for text in ["-8", "8.5", "", "eight", "99999999999"] {
            assert_eq!(whole::<u32>(text), Err(NotANumber::Whole), "{text}");
        }
    }
}
