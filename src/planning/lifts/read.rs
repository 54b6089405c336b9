//! Policies from TOML: those that ship with the library, and files of one's own. A key that is none is refused with its line.

use std::fmt;
use std::path::Path;

use serde::Deserialize;

use super::{Condition, LiftPolicy, LiftStage, LiftState, OwnersShares, Payer, Requirement};
use crate::inputs::{InputError, Source, toml_error};
use crate::model::Attribute;
use crate::siting::Money;
use crate::text::language::{InLanguage, Words, words};

/// The policies that ship.
const SHIPPED: [(&str, &str); 1] = [(
    "taiyuan-2025",
    include_str!("../../../data/lifts/taiyuan-2025.toml"),
)];

/// The columns that conditions can be about.
const COLUMNS: [Attribute; 8] = [
    Attribute::Storeys,
    Attribute::Title,
    Attribute::Structure,
    Attribute::Demolition,
    Attribute::VotingHouseholds,
    Attribute::VotingArea,
    Attribute::AgreeingHouseholds,
    Attribute::AgreeingArea,
];

/// The longest stage that is taken, in months: ten years.
const MOST_MONTHS: u32 = 120;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextTable {
    en: String,
    zh: String,
}

impl From<TextTable> for Words {
    fn from(text: TextTable) -> Self {
        Words::new(text.en, text.zh)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    id: Option<String>,
    name: TextTable,
    source: TextTable,
    cost: f64,
    #[serde(default)]
    unchecked: Vec<TextTable>,
    #[serde(default)]
    condition: Vec<ConditionTable>,
    #[serde(default)]
    payer: Vec<PayerTable>,
    #[serde(default)]
    owners: Vec<OwnersTable>,
    #[serde(default)]
    stage: Vec<StageTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionTable {
    column: String,
    name: TextTable,
    wants: Option<String>,
    least: Option<Least>,
    settled_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Least {
    Number(f64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PayerTable {
    key: String,
    name: TextTable,
    amount: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnersTable {
    shares: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageTable {
    key: String,
    name: TextTable,
    #[serde(default)]
    words: Vec<String>,
    months: u32,
    state: String,
    responsible: TextTable,
}

impl LiftPolicy {
    /// The names of the policies that ship with the library.
    pub const NAMES: [&'static str; SHIPPED.len()] = [SHIPPED[0].0];

    /// A policy that ships with the library.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let text = Self::text(name)?;
        // All of them read: a test reads each.
        Self::read(&Source::from_bytes(name, text.as_bytes())).ok()
    }

    /// The file of a policy that ships with the library, to copy and edit.
    #[must_use]
    pub fn text(name: &str) -> Option<&'static str> {
        let mut shipped = SHIPPED.iter();
        Some(shipped.find(|(shipped, _)| *shipped == name)?.1)
    }

    /// A policy by its name, or from a `.toml` file.
    ///
    /// # Errors
    /// [`InputError`], with the line, when the file cannot be read or something in it is wrong.
    pub fn open(name_or_path: impl AsRef<Path>) -> Result<Self, InputError> {
        let path = name_or_path.as_ref();
        match path.to_str().and_then(Self::named) {
            Some(policy) => Ok(policy),
            None => Self::read(&Source::open(path)?),
        }
    }

    /// Reads a policy from a TOML file. Without an `id` it is called as the file.
    ///
    /// # Errors
    /// [`InputError`] with the line: no TOML, a key, column, stage or state that there is not, a number that is none, no stage that comes
    /// before building.
    pub fn read(source: &Source) -> Result<Self, InputError> {
        source.check_not_empty(Words::new("a policy for lifts", "加装电梯政策"))?;
        let text = source.utf_8()?;
        let file: PolicyFile =
            toml::from_str(&text).map_err(|error| toml_error(source, &text, &error))?;
        let name = source.path();
        file.policy(name)
            .map_err(|(place, reason)| source.malformed(Words::same(place), reason))
    }
}

/// A mistake: in which table, and what it is.
type Mistake = (String, Words);

impl PolicyFile {
    fn policy(self, file: &str) -> Result<LiftPolicy, Mistake> {
        let stages: Vec<LiftStage> = self
            .stage
            .into_iter()
            .map(StageTable::stage)
            .collect::<Result<_, _>>()?;
        check_stages(&stages)?;
        let conditions = self.condition.into_iter();
        let conditions = conditions.map(|condition| condition.condition(&stages));
        let payers = self.payer.into_iter().map(PayerTable::payer);
        let owners = self.owners.into_iter().map(OwnersTable::shares);
        let stem = Path::new(file).file_stem();
        let stem = || stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        Ok(LiftPolicy {
            conditions: conditions.collect::<Result<_, _>>()?,
            payers: payers.collect::<Result<_, _>>()?,
            owners: owners.collect::<Result<_, _>>()?,
            cost: amount("cost", self.cost).map_err(|reason| ("cost".to_owned(), reason))?,
            id: self.id.unwrap_or_else(stem),
            name: self.name.into(),
            source: self.source.into(),
            unchecked: self.unchecked.into_iter().map(Words::from).collect(),
            stages,
        })
    }
}

/// Stages go from what is prepared over what is being built to what runs, each with its own key.
fn check_stages(stages: &[LiftStage]) -> Result<(), Mistake> {
    let place = || "[[stage]]".to_owned();
    let is_prepared = |stage: &LiftStage| stage.state == LiftState::Prepared;
    if !stages.iter().any(is_prepared) {
        let reason = words!(
            "no stage has state = \"prepared\": a lift is prepared before it is built",
            "没有 state = \"prepared\" 的阶段：电梯在施工前应有准备阶段"
        );
        return Err((place(), reason));
    }
    for (at, stage) in stages.iter().enumerate() {
        let before = &stages[..at];
        let key = &stage.key;
        if before.iter().any(|other| other.key == *key) {
            return Err((place(), words!("{key} stands twice", "{key} 出现两次")));
        }
        if before.iter().any(|other| other.state > stage.state) {
            let reason = words!(
                "{key} stands behind a stage that is later: prepared, then under_way, then built",
                "{key} 排在更晚的阶段之后；顺序应为 prepared、under_way、built"
            );
            return Err((place(), reason));
        }
    }
    Ok(())
}

impl StageTable {
    fn stage(self) -> Result<LiftStage, Mistake> {
        let place = format!("[[stage]] {}", self.key);
        let given = self.state.as_str();
        let state = LiftState::ALL
            .into_iter()
            .find(|state| state.name() == given);
        let state = state.ok_or_else(|| {
            words!(
                "state \"{given}\" is none of prepared, under_way, built",
                "state “{given}”不是 prepared、under_way、built 之一"
            )
        });
        let months = self.months;
        if months > MOST_MONTHS {
            let reason = words!(
                "months = {months}: a stage takes {MOST_MONTHS} at most",
                "months = {months}：一个阶段最多 {MOST_MONTHS} 个月"
            );
            return Err((place, reason));
        }
        Ok(LiftStage {
            state: state.map_err(|reason| (place, reason))?,
            key: self.key,
            name: self.name.into(),
            words: self.words,
            months,
            responsible: self.responsible.into(),
        })
    }
}

impl PayerTable {
    fn payer(self) -> Result<Payer, Mistake> {
        let place = format!("[[payer]] {}", self.key);
        Ok(Payer {
            amount: amount("amount", self.amount).map_err(|reason| (place, reason))?,
            key: self.key,
            name: self.name.into(),
        })
    }
}

impl OwnersTable {
    fn shares(self) -> Result<OwnersShares, Mistake> {
        let are_shares = self.shares.iter().all(|share| (0.0..=1e6).contains(share));
        if !are_shares || self.shares.iter().sum::<f64>() <= 0.0 {
            let reason = words!(
                "shares have to be numbers from 0 to 1,000,000, and somebody has to pay",
                "shares 应为 0 至 1,000,000 的数，且至少有一层出资"
            );
            return Err(("[[owners]]".to_owned(), reason));
        }
        Ok(OwnersShares {
            shares: self.shares,
        })
    }
}

impl ConditionTable {
    fn condition(self, stages: &[LiftStage]) -> Result<Condition, Mistake> {
        let place = format!("[[condition]] {}", self.column);
        let wrong = |reason| (place.clone(), reason);
        let given = self.column.as_str();
        let column = COLUMNS.into_iter().find(|column| column.key() == given);
        let column = column.ok_or_else(|| {
            let columns = COLUMNS.map(Attribute::key).join(", ");
            wrong(words!(
                "column \"{given}\" is none of {columns}",
                "column “{given}”不是 {columns} 之一"
            ))
        })?;
        let wanted = wanted(column, self.wants.as_deref(), self.least.as_ref());
        let settled_by = self.settled_by.map(|key| {
            let place = stages.iter().position(|stage| stage.key == key);
            place.ok_or_else(|| wrong(words!("there is no stage {key}", "没有阶段 {key}")))
        });
        Ok(Condition {
            column,
            wanted: wanted.map_err(wrong)?,
            name: self.name.into(),
            settled_by: settled_by.transpose()?,
        })
    }
}

/// What has to stand in a column.
fn wanted(
    column: Attribute,
    wants: Option<&str>,
    least: Option<&Least>,
) -> Result<Requirement, Words> {
    let says = matches!(
        column,
        Attribute::Title | Attribute::Structure | Attribute::Demolition
    );
    match (column, wants, least) {
        (_, Some("yes"), None) if says => Ok(Requirement::Says(true)),
        (_, Some("no"), None) if says => Ok(Requirement::Says(false)),
        (Attribute::Storeys, None, Some(least)) => {
            least.storeys().map(Requirement::Storeys).ok_or_else(|| {
                words!(
                    "least = {least} is no number of storeys",
                    "least = {least} 不是层数"
                )
            })
        }
        (_, None, Some(least)) if !says => least.share().map(Requirement::Share).ok_or_else(|| {
            words!(
                "least = {least} is no share: write \"2/3\", or a number from 0 to 1",
                "least = {least} 不是比例；请写作 \"2/3\" 或 0 至 1 的数"
            )
        }),
        _ if says => Err(words!(
            "it has to say wants = \"yes\" or wants = \"no\", and nothing else",
            "应写 wants = \"yes\" 或 wants = \"no\"，且不写其他"
        )),
        _ => Err(words!(
            "it has to say least, and nothing else",
            "应写 least，且不写其他"
        )),
    }
}

impl Least {
    fn storeys(&self) -> Option<u8> {
        match self {
            Least::Number(number) if number.fract() == 0.0 && (1.0..=255.0).contains(number) => {
                Some(*number as u8)
            }
            _ => None,
        }
    }

    /// A share: `2/3`, 0.75, 1.
    fn share(&self) -> Option<f64> {
        let share = match self {
            Least::Number(share) => *share,
            Least::Text(text) => {
                let (part, whole) = text.split_once('/')?;
                let number = |text: &str| text.trim().parse::<u32>().ok();
                f64::from(number(part)?) / f64::from(number(whole)?)
            }
        };
        (0.0..=1.0).contains(&share).then_some(share)
    }
}

impl fmt::Display for Least {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Least::Number(number) => write!(f, "{number}"),
            Least::Text(text) => write!(f, "{text:?}"),
        }
    }
}

fn amount(key: &str, number: f64) -> Result<Money, Words> {
    let amount = number.to_string().parse();
    amount.map_err(|error: crate::siting::ParseMoneyError| {
        let zh = error.zh();
        words!("{key}: {error}", "{key}：{zh}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<LiftPolicy, String> {
        let source = Source::from_bytes("own.toml", text.as_bytes().to_vec());
        LiftPolicy::read(&source).map_err(|error| error.to_string())
    }

    const HEAD: &str =
        "name = { en = 'a', zh = 'b' }\nsource = { en = 'a', zh = 'b' }\ncost = 100\n";
    const STAGE: &str = "[[stage]]\nkey = 'survey'\nname = { en = 'a', zh = 'b' }\nmonths = 2\nstate = 'prepared'\nresponsible = { en = 'a', zh = 'b' }\n";

    #[test]
    fn the_policies_that_ship_are_read() {
        for name in LiftPolicy::NAMES {
            let policy = LiftPolicy::named(name).expect(name);
            assert_eq!(policy.id, name);
            // 1 + 12 + 3 until building, 3 + 1 of building; from the second stage on 12 + 3.
            assert_eq!(policy.months_until_building(None), 16);
            assert_eq!(policy.months_until_building(Some(1)), 15);
            assert_eq!(policy.months_until_building(Some(3)), 0);
            assert_eq!(policy.months_of_building(), 4);
            assert_eq!(policy.stage_of("征求意见"), Some(1));
            assert_eq!(policy.stage_of("Design"), Some(2));
            assert_eq!(policy.stage_of("later"), None);
        }
    }

    #[test]
    fn a_policy_that_is_none_is_refused_with_what_is_wrong() {
        assert!(read(&format!("{HEAD}{STAGE}")).is_ok());
        let condition = |text: &str| {
            format!("{HEAD}{STAGE}[[condition]]\nname = {{ en = 'a', zh = 'b' }}\n{text}")
        };
        for (text, wanted) in [
            (String::new(), "empty"),
            (format!("{HEAD}pay = 1\n{STAGE}"), "there is no pay here"),
            (HEAD.to_owned(), "no stage has state"),
            (format!("{HEAD}{STAGE}{STAGE}"), "survey stands twice"),
            (
                format!("{HEAD}{}", STAGE.replace("'prepared'", "'soon'")),
                "none of prepared",
            ),
            (
                format!("{HEAD}{}", STAGE.replace("months = 2", "months = 999")),
                "120 at most",
            ),
            (format!("{}{STAGE}", HEAD.replace("100", "-1")), "cost"),
            (
                condition("column = 'colour'\nwants = 'yes'"),
                "none of storeys, title",
            ),
            (
                condition("column = 'title'\nwants = 'maybe'"),
                "wants = \"yes\"",
            ),
            (condition("column = 'title'\nleast = 1"), "wants = \"yes\""),
            (
                condition("column = 'storeys'\nleast = 'x'"),
                "no number of storeys",
            ),
            (
                condition("column = 'voting_area'\nleast = '3/2'"),
                "is no share",
            ),
            (
                condition("column = 'voting_area'\nleast = '1/0'"),
                "is no share",
            ),
            (condition("column = 'voting_area'"), "has to say least"),
            (
                condition("column = 'title'\nwants = 'yes'\nsettled_by = 'x'"),
                "no stage x",
            ),
            (
                format!("{HEAD}{STAGE}[[owners]]\nshares = [0, 0]\n"),
                "somebody has to pay",
            ),
            (
                format!("{HEAD}{STAGE}[[owners]]\nshares = [-1, 2]\n"),
                "from 0 to 1,000,000",
            ),
        ] {
            let error = read(&text).expect_err(&text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }
}
