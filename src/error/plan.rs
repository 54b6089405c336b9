//! What is asked of stations and matches none of them.

use crate::text::language::{InLanguage, Words};

/// Why a plan cannot be asked of a study: what it asks for is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A service that no station offers.
    #[error(
        "no station offers the service \"{asked}\"; the services of the stations are: {}",
        offered.join(", ")
    )]
    NoSuchService {
        /// The service.
        asked: String,
        /// What stations offer.
        offered: Vec<String>,
    },
    /// Services are asked about, and no station says which it offers.
    #[error(
        "services are asked about, and the stations have no column of services, or an empty one (服务功能, 服务项目, services, functions)"
    )]
    NoServices,
    /// The services that a standard lists are none of those that stations offer.
    #[error(
        "no station offers a service that the standard {standard} lists; the services of the stations are: {}",
        offered.join(", ")
    )]
    NoServiceOfStandard {
        /// The standard.
        standard: String,
        /// What stations offer.
        offered: Vec<String>,
    },
    /// No clause of a standard is about any station.
    #[error(
        "no clause of the standard {standard} is about any of the stations; {}",
        there_is(tiers.as_deref(), kinds.as_deref())
    )]
    NothingOfStandard {
        /// The standard.
        standard: String,
        /// The tiers that the stations' column names; `None` without such a column.
        tiers: Option<Vec<String>>,
        /// The kinds that the stations' column names; `None` without such a column.
        kinds: Option<Vec<String>>,
    },
    /// Only stations of the own community are to serve, and no resident's community is that of any station.
    #[error(
        "‹membership› own: no resident is of the community of any station{}; the residents have {residents}; the stations have {stations}; give both the names or codes of their communities",
        if *register { " by the register of ‹communities›" } else { "" }
    )]
    NoOwnCommunity {
        /// What the residents' columns say of communities.
        residents: Words,
        /// What the stations' columns say of them.
        stations: Words,
        /// Whether both were looked for in a register of communities.
        register: bool,
    },
}

fn there_is(tiers: Option<&[String]>, kinds: Option<&[String]>) -> String {
    let column = |what: &str, texts: Option<&[String]>| match texts {
        Some(texts) => format!("their {what} are: {}", texts.join(", ")),
        None => format!("they have no column of {what}"),
    };
    format!("{}; {}", column("tiers", tiers), column("kinds", kinds))
}

fn there_is_zh(tiers: Option<&[String]>, kinds: Option<&[String]>) -> String {
    let column = |what: &str, texts: Option<&[String]>| match texts {
        Some(texts) => format!("现有{what}：{}", texts.join("、")),
        None => format!("没有{what}列"),
    };
    format!("{}；{}", column("层级", tiers), column("设施类型", kinds))
}

impl InLanguage for Box<PlanError> {
    fn zh(&self) -> String {
        self.as_ref().zh()
    }
}

impl InLanguage for PlanError {
    fn zh(&self) -> String {
        match self {
            Self::NoSuchService { asked, offered } => format!(
                "没有站点提供服务“{asked}”；现有服务：{}",
                offered.join("、")
            ),
            Self::NoServices => {
                "要求统计服务，但站点表没有服务列或该列为空（服务功能、服务项目、services、functions）"
                    .to_owned()
            }
            Self::NoServiceOfStandard { standard, offered } => format!(
                "没有站点提供标准 {standard} 所列的服务；现有服务：{}",
                offered.join("、")
            ),
            Self::NothingOfStandard {
                standard,
                tiers,
                kinds,
            } => format!(
                "标准 {standard} 的条款不涉及任何站点；{}",
                there_is_zh(tiers.as_deref(), kinds.as_deref())
            ),
            Self::NoOwnCommunity {
                residents,
                stations,
                register,
            } => format!(
                "‹membership› own：{}没有居民与任何站点同属一个社区；居民表{}；站点表{}；请在两表中填写社区名称或代码",
                if *register { "按 ‹communities› 名册，" } else { "" },
                residents.zh(),
                stations.zh()
            ),
        }
    }
}
