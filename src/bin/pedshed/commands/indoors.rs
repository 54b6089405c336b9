//! The way between a flat and the street door, as `explain` shows it.

use pedshed::language::{Language, Words};
use pedshed::model::{Dwelling, Lift, Profile};
use pedshed::report::{fit, pad_left, pad_right};
use pedshed::snap::Indoors;
use pedshed::units::Cost;
use serde_json::{Value, json};

use crate::terminal::{say, words};

/// One way of it: down, or up.
#[derive(Clone)]
pub(crate) struct IndoorWay {
    words: Words,
    storey: u8,
    by: &'static str,
    cost: Cost,
}

/// The ways down and up of somebody who lives there, where they take any time.
pub(crate) fn indoor_ways(
    dwelling: Dwelling,
    profile: &Profile,
    indoors: Indoors,
) -> [Option<IndoorWay>; 2] {
    let pace = profile.pace();
    let way = |is_down: bool, cost: Cost, storey_s: f64| {
        let stairs = storey_s * f64::from(dwelling.flights()) * 1000.0;
        let takes_stairs = cost == stairs.round() as Cost;
        let lift = dwelling.lift.filter(|_| !takes_stairs);
        let storey = dwelling.storey?;
        let (words, by) = said(is_down, storey, lift);
        (cost > 0).then_some(IndoorWay {
            words,
            storey,
            by,
            cost,
        })
    };
    [
        way(true, indoors.out, pace.storey_down_s),
        way(false, indoors.back, pace.storey_up_s),
    ]
}

/// A way in words, and in a word for files.
fn said(is_down: bool, storey: u8, lift: Option<Lift>) -> (Words, &'static str) {
    match (is_down, lift) {
        (true, Some(Lift::Level)) => (
            words!(
                "down by the lift from storey {storey}",
                "下楼：由 {storey} 层乘电梯"
            ),
            "lift",
        ),
        (false, Some(Lift::Level)) => (
            words!(
                "up by the lift to storey {storey}",
                "上楼：乘电梯至 {storey} 层"
            ),
            "lift",
        ),
        (true, Some(Lift::HalfLanding)) => (
            words!(
                "half a flight and the lift from storey {storey}",
                "下楼：由 {storey} 层走半层后乘电梯"
            ),
            "half_flight_and_lift",
        ),
        (false, Some(Lift::HalfLanding)) => (
            words!(
                "the lift and half a flight to storey {storey}",
                "上楼：乘电梯后走半层至 {storey} 层"
            ),
            "half_flight_and_lift",
        ),
        (true, _) => (
            words!(
                "down the stairs from storey {storey}",
                "下楼：由 {storey} 层走楼梯"
            ),
            "stairs",
        ),
        (false, _) => (
            words!(
                "up the stairs to storey {storey}",
                "上楼：走楼梯至 {storey} 层"
            ),
            "stairs",
        ),
    }
}

impl IndoorWay {
    /// Prints it as the stretches of a walk are, without metres.
    pub(crate) fn print(&self, language: Language, clock: impl Fn(u64, Language) -> String) {
        let name = pad_right(&fit(self.words.get(language), 44), 44);
        let time = pad_left(&clock(self.cost.into(), language), 27);
        say!("  {name}{time}");
    }

    /// The same for files.
    pub(crate) fn json(&self) -> Value {
        json!({
            "storey": self.storey,
            "by": self.by,
            "seconds": f64::from(self.cost) / 1000.0,
        })
    }
}
