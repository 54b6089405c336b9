//! On which storeys of a building people live, estimated from its tags.

use crate::model::{Dwelling, Lift};
use crate::text::plain::yes_or_no;
use crate::units::People;

/// Buildings that are one home: its front door is on the street, and the stairs inside are its own.
pub(super) const ONE_HOME: &[&str] = &[
    "house",
    "detached",
    "semidetached_house",
    "semi",
    "terrace",
    "bungalow",
    "cabin",
    "farm",
    "farmhouse",
    "static_caravan",
    "houseboat",
    "villa",
];
/// The key of a building's storeys.
pub(super) const LEVELS: &str = "building:levels";
/// How many flats a building has.
const FLATS: &str = "building:flats";
/// The storey of a flat that is drawn by itself.
const FLOOR: &str = "addr:floor";
/// Whether a building has a lift.
const ELEVATOR: &str = "elevator";

/// The front doors of a building: the storeys on which they are, and its lift.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FrontDoors {
    /// Ascending from 1, the ground floor; none where the tags do not say.
    pub(super) storeys: Vec<u8>,
    pub(super) lift: Option<Lift>,
    /// A tag that was looked at and not understood.
    pub(super) not_understood: Option<&'static str>,
}

impl FrontDoors {
    /// From the tags of a home: its own storey, else those on which its flats begin. Flats are spread evenly: two in a building of
    /// four storeys begin on the first and on the third. Where nothing says how many there are, there is one on each.
    pub(super) fn new(tags: &[(&str, &str)]) -> Self {
        let get = |key: &str| {
            let tag = tags.iter().find(|(name, _)| *name == key);
            tag.map(|(_, value)| value.trim())
        };
        let mut doors = Self::default();
        if let Some(text) = get(ELEVATOR) {
            let lift = yes_or_no(text);
            doors.lift = lift.map(|has| if has { Lift::Level } else { Lift::None });
            doors.understood(ELEVATOR, lift.is_some());
        }
        if let Some(text) = get(FLOOR) {
            let floor = floor(text);
            doors.storeys.extend(floor);
            doors.understood(FLOOR, floor.is_some());
            return doors;
        }
        let flats = get(FLATS).map(|text| text.parse::<u32>().ok().filter(|flats| *flats > 0));
        doors.understood(FLATS, flats != Some(None));
        let is_one = get("building").is_some_and(|kind| ONE_HOME.contains(&kind));
        let flats = flats.flatten().or(is_one.then_some(1));
        let levels = get(LEVELS).and_then(storeys_said);
        let levels = levels.map(|levels| (levels.floor() as u32).max(1));
        let begin = match (levels, flats) {
            (_, Some(1)) => vec![1],
            (Some(levels), flats) => begin(levels, flats.unwrap_or(levels).min(levels)),
            (None, _) => Vec::new(),
        };
        doors.storeys = begin;
        doors
    }

    fn understood(&mut self, key: &'static str, is: bool) {
        if !is {
            self.not_understood.get_or_insert(key);
        }
    }

    /// The people of a building by front door, each alike; thousandths that are left over go to the lowest.
    pub(super) fn split(&self, people: People) -> Vec<(Dwelling, People)> {
        let lift = self.lift;
        if self.storeys.is_empty() {
            return vec![(Dwelling { storey: None, lift }, people)];
        }
        let (count, all) = (self.storeys.len() as u64, people.thousandths());
        let share = |place: u64| all / count + u64::from(place < all % count);
        let doors = (0..).zip(&self.storeys);
        doors
            .map(|(place, storey)| {
                let storey = Some(*storey);
                let people = People::from_thousandths(share(place));
                (Dwelling { storey, lift }, people)
            })
            .collect()
    }
}

/// The number of storeys above ground: `2`, `2.5`, `2,5`, the highest of `3;4`. Texts and the impossible are no number.
pub(super) fn storeys_said(text: &str) -> Option<f64> {
    let numbers = text
        .split(';')
        .filter_map(|part| part.trim().replace(',', ".").parse::<f64>().ok());
    numbers
        .filter(|storeys| (0.5..=200.0).contains(storeys))
        .max_by(f64::total_cmp)
}

/// The storeys on which so many flats begin, where no more than one does on each.
fn begin(levels: u32, flats: u32) -> Vec<u8> {
    (0..flats)
        .map(|flat| (1 + flat * levels / flats) as u8)
        .collect()
}

/// A floor as it is written at the door: 1 is the ground floor, and so is 0 where they are counted from there.
fn floor(text: &str) -> Option<u8> {
    match text.parse::<u8>().ok()? {
        0 => Some(1),
        floor => (floor <= 163).then_some(floor),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn storeys(tags: &[(&str, &str)]) -> Vec<u8> {
        FrontDoors::new(tags).storeys
    }

    #[test]
    fn flats_are_spread_evenly_over_the_storeys() {
        let levels = |levels| ("building:levels", levels);
        let (flats, block) = (
            |flats| ("building:flats", flats),
            ("building", "apartments"),
        );
        assert_eq!(storeys(&[block, levels("6")]), [1, 2, 3, 4, 5, 6]);
        // Two flats of two storeys each; twelve flats, two on each storey.
        assert_eq!(storeys(&[block, levels("4"), flats("2")]), [1, 3]);
        assert_eq!(
            storeys(&[block, levels("6"), flats("12")]),
            [1, 2, 3, 4, 5, 6]
        );
        assert_eq!(storeys(&[block, levels("5"), flats("3")]), [1, 2, 4]);
        // Half a storey under the roof is none; one home has its door on the street.
        assert_eq!(storeys(&[block, levels("2.5")]), [1, 2]);
        assert_eq!(storeys(&[("building", "house"), levels("3")]), [1]);
        assert_eq!(
            storeys(&[("building", "house"), levels("3"), flats("3")]),
            [1, 2, 3]
        );
        assert_eq!(storeys(&[("building", "terrace")]), [1]);
        assert_eq!(storeys(&[block, levels("6"), ("addr:floor", "4")]), [4]);
        assert_eq!(storeys(&[block]), [0; 0]);
    }

    #[test]
    fn a_lift_is_what_the_map_says_and_nothing_is_guessed() {
        let lift = |value| FrontDoors::new(&[("building", "yes"), ("elevator", value)]);
        assert_eq!(lift("yes").lift, Some(Lift::Level));
        assert_eq!(lift("no").lift, Some(Lift::None));
        let odd = lift("perhaps");
        assert_eq!((odd.lift, odd.not_understood), (None, Some("elevator")));
        let none = FrontDoors::new(&[("building", "apartments"), ("building:levels", "2")]);
        assert_eq!((none.lift, none.not_understood), (None, None));
        let flats = FrontDoors::new(&[("building", "yes"), ("building:flats", "many")]);
        assert_eq!(flats.not_understood, Some("building:flats"));
    }

    #[test]
    fn nobody_is_lost_between_the_storeys() {
        let doors = FrontDoors::new(&[("building", "apartments"), ("building:levels", "3")]);
        let split = doors.split(People::from_thousandths(10));
        let people: Vec<u64> = split
            .iter()
            .map(|(_, people)| people.thousandths())
            .collect();
        assert_eq!(people, [4, 3, 3]);
        let whole = FrontDoors::default().split(People::from_thousandths(10));
        assert_eq!(whole, [(Dwelling::default(), People::from_thousandths(10))]);
    }
}
