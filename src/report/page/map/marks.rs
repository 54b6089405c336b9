//! Numbers on the map, of what stands in a table beside it.

use geo_types::Coord;

use super::{Map, SCREEN_PX};
use crate::report::page::html::{Html, put};

/// Numbers closer than this on the screen would cover each other.
const NUMBER_PX: f64 = 26.0;
/// Numbers that the whole map shows; who zooms in sees more.
const NUMBERS_SHOWN: usize = 30;

/// Something with a number, on the map and in a table.
#[derive(Clone, Debug)]
pub(in crate::report::page) struct Mark {
    /// What its row and its mark are known by: its number, behind a letter where there are several tables.
    pub(in crate::report::page) key: String,
    number: usize,
    /// On the sheet.
    place: Coord<f64>,
    /// Markup.
    tip: String,
    /// What style sheets know it by; none where it looks as all do.
    class: &'static str,
    is_square: bool,
}

impl Mark {
    /// A disc with a number at a place of the sheet; the tip is markup.
    pub(in crate::report::page) fn new(
        key: String,
        number: usize,
        place: Coord<f64>,
        tip: String,
    ) -> Self {
        let place = Coord {
            x: place.x.round(),
            y: place.y.round(),
        };
        Self {
            key,
            number,
            place,
            tip,
            class: "",
            is_square: false,
        }
    }

    /// The same of a class of its own.
    pub(in crate::report::page) fn of_class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The same as a square.
    pub(in crate::report::page) fn squared(self) -> Self {
        Self {
            is_square: true,
            ..self
        }
    }

    fn shape(&self) -> String {
        let radius = if self.number < 100 { 9 } else { 11 };
        if self.is_square {
            let side = 2 * radius;
            format!(
                "<rect x=\"-{radius}\" y=\"-{radius}\" width=\"{side}\" height=\"{side}\" rx=\"3\"/>"
            )
        } else {
            format!("<circle r=\"{radius}\"/>")
        }
    }
}

impl Map<'_> {
    /// Where the numbers stand that the whole map shows: those that would cover one before them wait until there is room.
    pub(super) fn shown_numbers(&self, marks: &[Mark]) -> Vec<Coord<f64>> {
        let room = self.units_per_px(SCREEN_PX, SCREEN_PX) * NUMBER_PX;
        let mut shown: Vec<Coord<f64>> = Vec::new();
        for Mark { place, .. } in marks {
            let covers = |other: &Coord<f64>| (other.x - place.x).hypot(other.y - place.y) < room;
            if shown.len() < NUMBERS_SHOWN && !shown.iter().any(covers) {
                shown.push(*place);
            }
        }
        shown
    }

    /// The numbers, the first on top.
    pub(super) fn numbers(&self, marks: &[Mark], html: &mut Html) {
        let shown = self.shown_numbers(marks);
        put!(html, "<g class=\"numbers\">\n");
        for mark in marks.iter().rev() {
            let Mark {
                key,
                number,
                place,
                tip,
                class,
                ..
            } = mark;
            let late = if shown.contains(place) { "" } else { " late" };
            let space = if class.is_empty() { "" } else { " " };
            let (Coord { x, y }, shape) = (place, mark.shape());
            put!(
                html,
                "<a href=\"#gap-{key}\" class=\"num{space}{class}{late}\" id=\"mark-{key}\" data-gap=\"{key}\" transform=\"translate({x} {y})\"><g><title>{tip}</title>{shape}<text dy=\".35em\">{number}</text></g></a>\n"
            );
        }
        put!(html, "</g>\n");
    }
}
