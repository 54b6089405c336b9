//! What keeps a siting problem from being asked.

use super::Money;
use crate::text::language::{InLanguage, Words};
use crate::units::OptionError;

/// What keeps a siting problem from being asked, or solved.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SitingError {
    /// A number that cannot be meant.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// A walk of somebody who is not there.
    #[error("a walk is of resident {resident}, but there are {of}")]
    NoResident {
        /// Its index.
        resident: usize,
        /// How many there are.
        of: usize,
    },
    /// People or sites that are not as many as those of the walks.
    #[error("{given} {what} are given, but the walks are of {wanted}")]
    Count {
        /// Of what.
        what: &'static str,
        /// How many were given.
        given: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// A community that is not there.
    #[error("a resident is of community {community}, but there are {of}")]
    NoCommunity {
        /// Its index.
        community: usize,
        /// How many there are.
        of: usize,
    },
    /// Communities that count, and that nothing tells.
    #[error(
        "this question is about communities, and nothing says which residents are of which: give ‹areas›, or a column `community` of the residents"
    )]
    NoCommunities,
    /// A wish that the problem cannot take.
    #[error("{goal} cannot take {what}; {instead} can")]
    NotFor {
        /// The problem.
        goal: &'static str,
        /// The wish.
        what: &'static str,
        /// The problems that can.
        instead: &'static str,
    },
    /// Capacities that count, and that nothing tells.
    #[error("no station or candidate says how many people it takes: give them a column `capacity`")]
    NoCapacities,
    /// A wish that cannot be counted where sites take only so many people.
    #[error("{what} cannot be asked where sites have a capacity: leave one of the two out")]
    NotWithCapacities {
        /// The wish.
        what: &'static str,
    },
    /// Measures on walks of a table.
    #[error("measures change streets, gates and stations: give a ‹network› in place of walks")]
    MeasuresWithoutStreets,
    /// Measures beside a question that is not that of coverage.
    #[error(
        "measures are chosen by whom they bring within the cutoff of any station: leave out own communities and times covered"
    )]
    MeasuresOfCoverage,
    /// A wish that needs the solver of integer programs, which this build lacks.
    #[error("{what} needs the solver of integer programs: build with the feature `solver`")]
    NoSolver {
        /// The wish.
        what: &'static str,
    },
    /// The solver of integer programs lost its way.
    #[error("the solver of integer programs failed: {why}")]
    Solver {
        /// What it says.
        why: String,
    },
    /// There is nothing to choose from.
    #[error("there are no candidates: name at least one site that may be built")]
    NoCandidates,
    /// None of the candidates can be chosen.
    #[error("none of the {given} candidates can be chosen: {why}")]
    NoneLeft {
        /// How many there are.
        given: usize,
        /// What was found about them.
        why: Words,
    },
    /// A problem without the number that it is about.
    #[error("{goal} needs to know how many sites to build: give ‹sites› or ‹budget›")]
    NoCount {
        /// The problem.
        goal: &'static str,
    },
    /// More sites than there are.
    #[error("{sites} sites cannot be chosen from {candidates} candidates")]
    TooFew {
        /// How many were asked for.
        sites: usize,
        /// How many there are.
        candidates: usize,
    },
    /// A budget that pays for no site.
    #[error("a budget of {budget} pays for no candidate: the cheapest costs {cheapest}")]
    Budget {
        /// The budget.
        budget: Money,
        /// The lowest cost.
        cheapest: Money,
    },
    /// A budget without costs.
    #[error(
        "a budget needs the candidates' costs, and none has one: name their column with ‹candidates_columns›"
    )]
    NoCosts,
    /// A limit for a mode of which there are too few candidates.
    #[error(
        "at least {least} sites of mode `{mode}` are wanted, but {candidates} candidates have that mode"
    )]
    Mode {
        /// The mode.
        mode: String,
        /// How many are wanted.
        least: usize,
        /// How many there are.
        candidates: usize,
    },
    /// Limits that no set of sites meets.
    #[error("no set of candidates meets all limits: {why}")]
    Contradiction {
        /// Which limits.
        why: String,
    },
    /// A share that even all candidates together do not reach.
    #[error(
        "a share of {wanted} cannot be reached: all candidates together cover {most:.4} of the people"
    )]
    Share {
        /// What was asked for.
        wanted: f64,
        /// What there is at most.
        most: f64,
    },
    /// The search was stopped before any set of sites that meets the limits was found.
    #[error(
        "no set of sites that does what is asked was found in this time; give it more with ‹time-limit›"
    )]
    NothingYet,
    /// Sums that would not be exact.
    #[error(
        "the people and costs of this problem are too large to be summed exactly; give costs in a larger unit"
    )]
    TooLarge,
}

impl InLanguage for SitingError {
    fn zh(&self) -> String {
        match self {
            Self::Option(reason) => reason.zh(),
            Self::NoResident { resident, of } => {
                format!("步行时间属于第 {resident} 位居民，但只有 {of} 位")
            }
            Self::Count {
                what,
                given,
                wanted,
            } => format!("给出了 {given} 个 {what}，但步行时间对应 {wanted} 个"),
            Self::NoCommunity { community, of } => {
                format!("有居民属于第 {community} 个社区，但只有 {of} 个")
            }
            Self::NoCommunities => "该问题涉及社区，但无从得知居民属于哪个社区：请给出 ‹areas›，或在人口表中提供“社区”列".to_owned(),
            Self::NotFor { goal, what, instead } => {
                format!("{goal} 不能使用 {what}；{instead} 可以")
            }
            Self::NoCapacities => {
                "没有站点或候选点给出容量：请提供“容量”列".to_owned()
            }
            Self::NotWithCapacities { what } => {
                format!("站点有容量时不能同时使用 {what}：请去掉其中之一")
            }
            Self::MeasuresWithoutStreets => {
                "措施改变的是道路、出入口和站点：请给出 ‹network›，而不是步行时间表".to_owned()
            }
            Self::MeasuresOfCoverage => {
                "措施按使多少人进入任一站点的阈值来选择：请不要同时使用本社区限制或多次覆盖".to_owned()
            }
            Self::NoSolver { what } => format!("{what} 需要整数规划求解器：请启用 `solver` 特性编译"),
            Self::Solver { why } => format!("整数规划求解器失败：{why}"),
            Self::NoCandidates => "没有候选点：请至少给出一处可建站点".to_owned(),
            Self::NoneLeft { given, why } => format!("{given} 个候选点均不可选：{}", why.zh()),
            Self::NoCount { goal } => format!("{goal} 需要知道建几处：请给出 ‹sites› 或 ‹budget›"),
            Self::TooFew { sites, candidates } => {
                format!("无法从 {candidates} 个候选点中选出 {sites} 处")
            }
            Self::Budget { budget, cheapest } => {
                format!("预算 {budget} 不够建任何一处：最便宜的要 {cheapest}")
            }
            Self::NoCosts => "给出预算时需要候选点的费用，但没有候选点给出费用：请用 ‹candidates_columns› 指定费用列".to_owned(),
            Self::Mode {
                mode,
                least,
                candidates,
            } => {
                format!("“{mode}”方式至少要 {least} 处，但只有 {candidates} 个候选点是这种方式")
            }
            Self::Contradiction { why } => format!("没有满足所有限制的方案：{why}"),
            Self::Share { wanted, most } => {
                format!("达不到 {wanted} 的比例：全部候选点合计覆盖 {most:.4} 的人口")
            }
            Self::NothingYet => {
                "在限定时间内未找到符合要求的方案；请用 ‹time-limit› 延长时间".to_owned()
            }
            Self::TooLarge => "人口与费用过大，无法精确求和；请用更大的费用单位".to_owned(),
        }
    }
}
