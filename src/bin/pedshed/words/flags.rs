//! What keeps a study from being run, in the words of the command's flags: the library names its own fields.

use pedshed::inputs::LayerKind;
use pedshed::language::{InLanguage, Words};
use pedshed::memory::TooMuchMemory;
use pedshed::model::Attribute;
use pedshed::study::{NoDates, NoHours, StudyError, Unused};

use crate::exit::{Failure, UsageError};
use crate::layer_options::flag_of;
use crate::terminal::words;

/// An error of the library as one of the command, where the command says it in its own words.
pub(crate) fn flagged(error: StudyError) -> anyhow::Error {
    match error {
        StudyError::Unused(Unused::OutCrs) => unused_system().into(),
        StudyError::Unused(unused) => unused_flag(unused).into(),
        StudyError::UnusedColumn { layer, role } => unused_column(layer, role).into(),
        StudyError::NoDates(why) => UsageError::with_flag("as-of", no_dates(&why)).into(),
        StudyError::NoHours(why) => no_hours(&why).into(),
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
        Unused::AtWithPlan => (
            "at",
            words!(
                "--at asks who is covered at one time, and who has which service; run --standard, --group, --communities and the like by themselves, or take --week",
                "--at 询问某一时刻的覆盖和服务；请另行运行 --standard、--group、--communities 等，或改用 --week"
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

fn unused_system() -> UsageError {
    let message = words!(
        "--out-crs is the coordinate system of layers for maps; give gpkg, fgb or shp with --formats",
        "--out-crs 是地图图层的坐标系；请在 --formats 中给出 gpkg、fgb 或 shp"
    );
    UsageError::with_flag("out-crs", message)
}

fn unused_column(layer: LayerKind, role: Attribute) -> UsageError {
    let (layer, role) = (flag_of(layer), role.key());
    let message = words!(
        "--{layer}-columns {role}: nothing that is asked here looks at it; it is for --standard, --services, --communities and the like",
        "--{layer}-columns {role}：本次运行不使用该列；它用于 --standard、--services、--communities 等"
    );
    UsageError::with_flag(format!("{layer}-columns"), message)
}

fn no_hours(why: &NoHours) -> UsageError {
    let message = match why {
        NoHours::NoColumn(names) => {
            let names = names.join(", ");
            words!(
                "--at and --week reach nothing: no station has a column of opening hours ({names})",
                "--at 与 --week 无效：站点没有开放时间列（{names}）"
            )
        }
        NoHours::NotUnderstood(first) => {
            let (first, first_zh) = (first.join(", "), first.join("、"));
            words!(
                "--at and --week reach nothing: no station has opening hours that are understood ({first}); write Mo-Fr 08:30-12:00,14:30-18:00",
                "--at 与 --week 无效：站点的开放时间均无法识别（{first_zh}）；请写作“周一至周五 8:30-12:00，14:30-18:00”"
            )
        }
        NoHours::Prepared(count) => words!(
            "--at and --week ask about hours, and the network was prepared as at 10:00 on a Tuesday: {count} of its ways and gates are open at some hours only; give the file that it was made of with --network",
            "--at 与 --week 询问其他时刻，而路网按周二 10:00 预处理：其中 {count} 处道路或出入口只在部分时段开放；请用 --network 给出原始路网文件"
        ),
        _ => words!(
            "--at and --week reach nothing: the column of opening hours is blank",
            "--at 与 --week 无效：站点的开放时间列为空"
        ),
    };
    UsageError::with_flag("at", message)
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
