//! The programmes of a district as tables: its stairwells on the way to lifts, and a month of travelling sessions. All of it is drawn.

use std::io::{self, Write};

use super::chance::{Chance, Purpose};
use super::tables::building_id;
use super::{Building, District, LABEL, Tier};

/// From so many storeys on a house was built with lifts.
const TOWER_STOREYS: u8 = 10;
/// Lecturers who travel, and the sessions that each holds in the month.
const LECTURERS: u32 = 50;
const SESSIONS_EACH: u32 = 2;
/// The month of the sessions: the one after the report that the numbers of stations were taken from.
const MONTH: &str = "2024-03";
const FIRST_DAYS: u32 = 28;
const TOPICS: [&str; 4] = ["健康", "养老", "安全", "政策"];
const SLOTS: [&str; 3] = ["9:30-11:00", "15:00-16:30", "19:00-20:30"];
const SEATS: [u32; 3] = [30, 40, 60];
/// Pairs of days that are two apart.
const DAYS: [&str; 4] = [
    "周一、周三、周五",
    "周二、周四",
    "周三、周六",
    "周二、周五、周日",
];

/// What the programme knows of one stairwell without a lift.
struct Prepared {
    stage: &'static str,
    title: &'static str,
    structure: &'static str,
    demolition: &'static str,
    /// Shares of those who vote, by households and area, and of those of them who agree.
    votes: Option<[f64; 4]>,
}

/// One of several, by weights in per cent; the last takes the rest.
fn drawn<T: Copy>(chance: &mut Chance, of: &[(u32, T)]) -> T {
    let mut number = chance.below(100);
    for (weight, value) in of {
        if number < *weight {
            return *value;
        }
        number -= weight;
    }
    of[of.len() - 1].1
}

impl Prepared {
    fn new(chance: &mut Chance) -> Self {
        let stage = drawn(
            chance,
            &[(58, "摸排"), (27, "意见"), (13, "方案"), (2, "施工")],
        );
        let title = drawn(chance, &[(90, "清晰"), (4, "有争议"), (6, "")]);
        let structure = drawn(chance, &[(92, "安全"), (3, "不安全"), (5, "")]);
        let demolition = drawn(chance, &[(94, "未列入"), (4, "列入"), (2, "")]);
        // Who is past the vote has won it.
        let votes = match stage {
            "摸排" => None,
            "意见" => Some([chance.between(0.3, 1.0), chance.between(0.5, 1.0)]),
            _ => Some([chance.between(0.7, 1.0), chance.between(0.78, 1.0)]),
        };
        Self {
            stage,
            title,
            structure,
            demolition,
            votes: votes.map(|[voting, agreeing]| {
                let near = |share: f64, chance: &mut Chance| {
                    (share + chance.between(-0.02, 0.02)).clamp(0.0, 1.0)
                };
                let area = near(voting, chance);
                [voting, area, agreeing, near(agreeing, chance)]
            }),
        }
    }

    fn cells(&self) -> String {
        let votes = self.votes.map_or_else(
            || ",,,".to_owned(),
            |votes| votes.map(|share| format!("{share:.3}")).join(","),
        );
        let Self {
            stage,
            title,
            structure,
            demolition,
            ..
        } = self;
        format!("{stage},{title},{structure},{demolition},{votes}")
    }
}

/// What stands behind the storeys and households of a stairwell.
fn cells(building: &Building, has_lift: bool, chance: &mut Chance) -> String {
    const NOTHING: &str = ",,,,,,,";
    match (has_lift, building.storeys < TOWER_STOREYS) {
        (true, true) => format!("维护{NOTHING}"),
        (true, false) => NOTHING.to_owned(),
        (false, _) if building.flats == 0 => NOTHING.to_owned(),
        (false, _) => Prepared::new(chance).cells(),
    }
}

/// The stairwells, each with its lift and how far the programme is.
pub(super) fn stairwells(district: &District, mut writer: impl Write) -> io::Result<()> {
    writeln!(
        writer,
        "id,building,lift,entry,storeys,households,stage,title,structure,demolition,voting_households,voting_area,agreeing_households,agreeing_area,community,street,source"
    )?;
    for (index, stairwell) in (0u64..).zip(&district.stairwells) {
        let building = &district.buildings[stairwell.building as usize];
        let community = &district.communities[building.community as usize];
        let mut chance = Chance::new(district.options.seed, Purpose::Programme, index);
        writeln!(
            writer,
            "{},{},{},{},{},{},{},{},{},\"{LABEL}\"",
            stairwell.number,
            building_id(stairwell.building),
            u8::from(stairwell.has_lift),
            if stairwell.has_lift { "level" } else { "" },
            building.storeys,
            building.dwellings_per_stairwell(),
            cells(building, stairwell.has_lift, &mut chance),
            community.name,
            district.subdistricts[community.subdistrict].name,
        )?;
    }
    writer.flush()
}

/// Lecturers, with the days of the week on which they can come.
pub(super) fn lecturers(district: &District, mut writer: impl Write) -> io::Result<()> {
    writeln!(writer, "name,days,most_per_week,source")?;
    let mut chance = Chance::new(district.options.seed, Purpose::Sessions, 0);
    for number in 1..=LECTURERS {
        let days = DAYS[chance.below(DAYS.len() as u32) as usize];
        let most = chance.among(1, 2);
        writeln!(writer, "讲师{number:02},{days},{most},\"{LABEL}\"")?;
    }
    writer.flush()
}

/// A month of sessions at the centres of streets and communities.
pub(super) fn calendar(district: &District, mut writer: impl Write) -> io::Result<()> {
    writeln!(writer, "id,date,time,topic,team,seats,source")?;
    let centres = district.stations.iter();
    let centres: Vec<&str> = centres
        .filter(|station| matches!(station.tier, Tier::Street | Tier::Community))
        .map(|station| station.id.as_str())
        .collect();
    let mut chance = Chance::new(district.options.seed, Purpose::Sessions, 1);
    for lecturer in 1..=LECTURERS {
        for _ in 0..SESSIONS_EACH {
            let Some(place) = centres.get(chance.below(centres.len() as u32) as usize) else {
                continue;
            };
            let day = chance.among(1, FIRST_DAYS);
            let time = SLOTS[chance.below(SLOTS.len() as u32) as usize];
            let topic = TOPICS[chance.below(TOPICS.len() as u32) as usize];
            let seats = SEATS[chance.below(SEATS.len() as u32) as usize];
            writeln!(
                writer,
                "{place},{MONTH}-{day:02},{time},{topic},讲师{lecturer:02},{seats},\"{LABEL}\""
            )?;
        }
    }
    writer.flush()
}
