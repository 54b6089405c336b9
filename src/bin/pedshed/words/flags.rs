//! What keeps a study from being run, in the words of the command's flags: the library names its own fields.

use pedshed::inputs::LayerKind;
use pedshed::language::{InLanguage, Words};
use pedshed::memory::TooMuchMemory;
use pedshed::model::Attribute;
use pedshed::study::{NoDates, StudyError, Unused};

use crate::exit::{Failure, UsageError};
use crate::layer_options::flag_of;
use crate::terminal::words;

/// An error of the library as one of the command, where the command says it in its own words.
pub(crate) fn flagged(error: StudyError) -> anyhow::Error {
    match error {
        StudyError::Unused(unused) => unused_flag(unused).into(),
        StudyError::UnusedColumn { layer, role } => unused_column(layer, role).into(),
        StudyError::NoDates(why) => UsageError::with_flag("as-of", no_dates(&why)).into(),
        StudyError::Memory(error) => too_much(&error).into(),
        StudyError::Failed(error) => error.into(),
        error => error.into(),
    }
}

/// A run that takes more memory than it may.
pub(crate) fn too_much(error: &TooMuchMemory) -> Failure {
    let TooMuchMemory { estimate, limit } = error;
    let words = words!(
        "the run takes about {estimate} of memory, and --max-memory allows {limit}; allow more, use a smaller extract, fewer stations or smaller cutoffs, or prepare the network on another machine (pedshed network build)",
        "运行约需 {estimate} 内存，而 --max-memory 只允许 {limit}；请调大上限，缩小地图范围，减少站点或阈值，或在其他机器上预处理路网（pedshed network build）"
    );
    Failure {
        words,
        reason: None,
    }
}

fn unused_flag(unused: Unused) -> UsageError {
    let (flag, words) = match unused {
        Unused::EveryStation => (
            "all-stations",
            words!(
                "--all-stations is for tiers, services and the register; give --standard, --services or --communities",
                "--all-stations 用于层级、服务和名册统计；请给出 --standard、--services 或 --communities"
            ),
        ),
        Unused::Allocate => (
            "allocate",
            words!(
                "--allocate puts communities' people into homes; give them with --communities",
                "--allocate 将社区人口分配到住宅；请用 --communities 给出社区人口"
            ),
        ),
        Unused::Land => (
            "land",
            words!(
                "--land is counted by the indicators of a standard; give one with --standard",
                "--land 由标准的指标统计；请用 --standard 给出标准"
            ),
        ),
        Unused::OwnMembership => (
            "membership",
            words!(
                "--membership own is for tiers of stations; give a standard with tiers, such as --standard party-centre-tiers",
                "--membership own 用于分级站点；请给出含层级的标准，例如 --standard party-centre-tiers"
            ),
        ),
        Unused::FloorAreas => (
            "min-floor-area",
            words!(
                "--min-floor-area is for the register and its tiers; give --communities, or a --standard with tiers",
                "--min-floor-area 用于名册和层级统计；请给出 --communities 或含层级的 --standard"
            ),
        ),
        Unused::Decay => (
            "decay",
            words!(
                "--decay is for forms of supply in which longer walks weigh less; give --supply e2sfca or 3sfca",
                "--decay 用于路程越长权重越小的供给方法；请给出 --supply e2sfca 或 3sfca"
            ),
        ),
        unused => {
            let error = StudyError::Unused(unused);
            return UsageError::new(Words::new(error.to_string(), error.zh()));
        }
    };
    UsageError::with_flag(flag, words)
}

fn unused_column(layer: LayerKind, role: Attribute) -> UsageError {
    let (layer, role) = (flag_of(layer), role.key());
    let message = words!(
        "--{layer}-columns {role}: nothing that is asked here looks at it; it is for --standard, --services, --communities and the like",
        "--{layer}-columns {role}：本次运行不使用该列；它用于 --standard、--services、--communities 等"
    );
    UsageError::with_flag(format!("{layer}-columns"), message)
}

fn no_dates(why: &NoDates) -> Words {
    match why {
        NoDates::NoColumn(names) => {
            let names = names.join(", ");
            words!(
                "--as-of reaches nothing: no station has a column that says when it opened or closed ({names})",
                "--as-of 无效：站点没有开放或停用日期列（{names}）"
            )
        }
        NoDates::NotUnderstood(first) => {
            let (first, first_zh) = (first.join(", "), first.join("、"));
            words!(
                "--as-of reaches nothing: no station says when it opened or closed in a way that is understood ({first}); write 2021-05-31, 2021-05 or 2021",
                "--as-of 无效：站点的开放或停用日期均无法识别（{first_zh}）；请写作 2021-05-31、2021-05 或 2021"
            )
        }
        _ => words!(
            "--as-of reaches nothing: the columns that say when stations opened or closed are blank",
            "--as-of 无效：站点的开放或停用日期列为空"
        ),
    }
}
