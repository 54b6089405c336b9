//! What stations are fitted out with: rooms, floor area, the three haves, when they opened. All of it is drawn.

use super::chance::{Chance, Purpose};
use super::records::Tier;

/// A centre's standard rooms, "two halls, four rooms" (二厅四室): Shanxi Daily, 26 February 2024.
pub(crate) const SERVICES: [&str; 6] = [
    "一站式服务大厅",
    "党建议事厅",
    "协商议事室",
    "图书阅览室",
    "文体活动室",
    "矛盾调解室",
];

/// How often a community's centre has each of these, in hundredths; a subdistrict's has all.
const OF_COMMUNITY: [u32; 6] = [100, 92, 85, 78, 82, 66];
/// How often a grid's station has it.
const OF_GRID: [u32; 6] = [0, 8, 35, 20, 12, 15];
/// How often each of the three haves is there, in hundredths: sign, rules, facilities.
const HAVES: [u32; 3] = [99, 97, 93];
/// Floor areas in square metres by tier, from and to.
const FLOOR_M2: [(u32, u32); 3] = [(800, 2_400), (180, 1_200), (15, 90)];
/// Opened from the first of these years to the last of these months: all stations stood when they were counted.
const OPENED: ((u32, u32), (u32, u32)) = ((2015, 1), (2024, 2));

/// What a station is fitted out with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FitOut {
    /// Which of the six services it offers, in the order of the tables.
    pub services: [bool; 6],
    /// Whether it has the common sign, the rules and the facilities: the three haves (三有).
    pub haves: [bool; 3],
    /// Its floor area in square metres.
    pub floor_area_m2: u32,
    /// Year and month in which it opened.
    pub opened: (u32, u32),
}

impl FitOut {
    /// Draws what the station of a number has.
    pub(super) fn draw(tier: Tier, seed: u64, number: u64) -> Self {
        let mut chance = Chance::new(seed, Purpose::FitOut, number);
        let mut services = match tier {
            Tier::District | Tier::Street => [true; 6],
            Tier::Community => OF_COMMUNITY.map(|often| chance.below(100) < often),
            Tier::Grid => OF_GRID.map(|often| chance.below(100) < often),
        };
        // Nobody opens a station without any room to sit in.
        services[2] |= !services.contains(&true);
        let haves = HAVES.map(|often| chance.below(100) < often);
        let (least, most) = FLOOR_M2[tier as usize];
        // Small ones are more common: the lesser of two draws.
        let floor_area_m2 = chance.among(least, most).min(chance.among(least, most));
        let ((year, month), (last_year, last_month)) = OPENED;
        let months = (last_year * 12 + last_month) - (year * 12 + month);
        // Most of them late: the later of two draws.
        let after = chance.among(0, months).max(chance.among(0, months)) + month - 1;
        Self {
            services,
            haves,
            floor_area_m2,
            opened: (year + after / 12, after % 12 + 1),
        }
    }

    /// The names of its services, separated by semicolons.
    pub(super) fn service_list(&self) -> String {
        let offered = SERVICES.iter().zip(self.services);
        let names: Vec<&str> = offered
            .filter(|(_, has)| *has)
            .map(|(name, _)| *name)
            .collect();
        names.join(";")
    }
}

/// The floor area of each dwelling of a building in square metres.
pub(super) fn dwelling_m2(seed: u64, building: u32) -> u32 {
    Chance::new(seed, Purpose::Flats, u64::from(building)).among(48, 118)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subdistrict_has_all_rooms_and_everybody_has_one() {
        for number in 0..200 {
            let street = FitOut::draw(Tier::Street, 1, number);
            assert_eq!(street.services, [true; 6]);
            let grid = FitOut::draw(Tier::Grid, 1, number);
            assert!(grid.services.contains(&true));
            assert!((15..=90).contains(&grid.floor_area_m2));
            let (year, month) = grid.opened;
            assert!((2015..=2024).contains(&year) && (1..=12).contains(&month));
            assert!(year < 2024 || month <= 2);
        }
    }
}
