//! Why a standard's file is refused: the file, the line, the field, what is wrong and what is allowed.

use crate::inputs::{InputError, toml_words};
use crate::text::language::{InLanguage, Words};
use crate::units::CutoffError;

use super::{By, Standard};

/// Why there is no standard.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StandardError {
    /// No standard has this name.
    #[error("no standard is called \"{0}\"; use {names}, or a .toml file", names = Standard::NAMES.join(", "))]
    Unknown(String),
    /// The file cannot be read as text.
    #[error("cannot read the standard")]
    Input(#[source] Box<InputError>),
    /// Something in the file is wrong.
    #[error("{file}: line {line}: {place}: {mistake}")]
    Wrong {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The field, after the clause or term that it stands in.
        place: Words,
        /// What is wrong with it, and what is allowed.
        mistake: Box<Mistake>,
    },
}

/// What is wrong with a field, and what is allowed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Mistake {
    /// The text breaks TOML's rules.
    #[error("{0}")]
    Toml(String),
    /// There is no such field here.
    #[error("there is no such field here; the fields are {}", .0.join(", "))]
    UnknownField(&'static [&'static str]),
    /// A field that has to be there is not.
    #[error("is missing")]
    Missing,
    /// A value of another type.
    #[error("takes {wanted}, and this is a TOML {found}")]
    Type {
        /// What it takes.
        wanted: Words,
        /// TOML's name of what is there.
        found: &'static str,
    },
    /// A text or a list with nothing in it.
    #[error("is empty")]
    Empty,
    /// A word that is none of those that can stand here.
    #[error("\"{found}\" cannot stand here; use {}", .allowed.join(", "))]
    Choice {
        /// What is there.
        found: String,
        /// What can be.
        allowed: Vec<String>,
    },
    /// A tier or facility that the file does not declare.
    #[error("\"{found}\" is not declared in this file; add a [[{table}]] with this key")]
    Undeclared {
        /// What is named.
        found: String,
        /// The kind of table that would declare it.
        table: &'static str,
    },
    /// The same as an earlier one of its kind.
    #[error("\"{found}\" stands on line {line} already; each has its own")]
    Duplicate {
        /// What stands twice.
        found: String,
        /// Where it stands first.
        line: usize,
    },
    /// Not a distance or time that can be walked.
    #[error("{0}")]
    Limit(CutoffError),
    /// Not a share.
    #[error(
        "{0} is not a share; write 0.85 for 85 %, above 0 and up to 1, with at most four decimals"
    )]
    Target(String),
    /// Not a floor area.
    #[error(
        "{0} is not a floor area; write 800 for 800 m², above 0 and up to 1000000, with at most two decimals"
    )]
    FloorArea(String),
    /// Neither metres nor minutes.
    #[error("needs metres, minutes, or both")]
    NoLimit,
    /// Metres and minutes, and nothing that says which decides.
    #[error("is missing; with both metres and minutes say which decides")]
    Undecided,
    /// What decides is not given.
    #[error("{word} decide and are not given; give {word}, or let the other decide", word = .0.name())]
    DecidesNothing(By),
    /// A straight line has no minutes.
    #[error("a straight line has no minutes; let metres decide, or use measure = \"network\"")]
    StraightMinutes,
}

impl From<InputError> for StandardError {
    fn from(error: InputError) -> Self {
        StandardError::Input(Box::new(error))
    }
}

impl InLanguage for StandardError {
    fn zh(&self) -> String {
        match self {
            StandardError::Unknown(name) => {
                let names = Standard::NAMES.join("、");
                format!("没有名为“{name}”的标准；请用 {names}，或 .toml 文件")
            }
            StandardError::Input(_) => "无法读取标准文件".to_owned(),
            StandardError::Wrong {
                file,
                line,
                place,
                mistake,
            } => {
                let (place, mistake) = (place.zh(), mistake.zh());
                format!("{file}：第 {line} 行：{place}：{mistake}")
            }
        }
    }
}

impl InLanguage for Mistake {
    fn zh(&self) -> String {
        match self {
            Mistake::Toml(message) => toml_words(message).zh(),
            Mistake::UnknownField(allowed) => {
                format!("此处没有这个字段；可用字段为 {}", allowed.join("、"))
            }
            Mistake::Missing => "缺失".to_owned(),
            Mistake::Type { wanted, found } => {
                format!("应为{}，而此处是 TOML {found}", wanted.zh())
            }
            Mistake::Empty => "为空".to_owned(),
            Mistake::Choice { found, allowed } => {
                format!("不能为“{found}”；可选 {}", allowed.join("、"))
            }
            Mistake::Undeclared { found, table } => {
                format!("本文件未定义“{found}”；请加入键为它的 [[{table}]]")
            }
            Mistake::Duplicate { found, line } => {
                format!("“{found}”已见于第 {line} 行；不得重复")
            }
            Mistake::Limit(error) => error.zh(),
            Mistake::Target(found) => {
                format!("{found} 不是比例；85% 请写作 0.85，须大于 0 且不超过 1，至多四位小数")
            }
            Mistake::FloorArea(found) => format!(
                "{found} 不是建筑面积；800 平方米请写作 800，须大于 0 且不超过 1000000，至多两位小数"
            ),
            Mistake::NoLimit => "须给出米数、分钟数或两者".to_owned(),
            Mistake::Undecided => "缺失；同时给出米数和分钟数时，须写明以哪个判定".to_owned(),
            Mistake::DecidesNothing(by) => format!(
                "以 {name} 判定，却没有给出 {name}；请给出，或改以另一个判定",
                name = by.name()
            ),
            Mistake::StraightMinutes => {
                "直线距离没有分钟数；请以米数判定，或用 measure = \"network\"".to_owned()
            }
        }
    }
}
