//! People on the map: those who are covered as a quiet background, those who are left out as dots.

use std::cmp::Ordering;

use geo_types::Coord;

use super::Map;
use super::left_outs::LeftOuts;
use crate::coverage::Status;
use crate::report::page::html::{Html, put};
use crate::report::page::path::PathData;
use crate::units::People;

/// People at one record from which its dot is of the second and third size.
const SIZES: [u64; 2] = [20, 100];
/// Covered people nearer to each other than this are one dot: they are many, and only a background.
const COVERED_GRID: f64 = 10.0;

impl Map<'_> {
    /// Covered people as a quiet background, one dot per few metres.
    pub(in crate::report::page) fn covered(&self, html: &mut Html) {
        let residents = self
            .report
            .city
            .residents
            .iter()
            .zip(self.report.coverage.statuses());
        let covered = residents.filter(|(_, status)| **status == Status::Covered);
        let mut cells: Vec<(i64, i64)> = covered
            .filter_map(|(resident, _)| resident.valid_place())
            .map(|place| self.ground.place(place))
            .filter(|place| self.ground.holds(*place, 0.0))
            .map(|place| {
                (
                    (place.y / COVERED_GRID).round() as i64,
                    (place.x / COVERED_GRID).round() as i64,
                )
            })
            .collect();
        cells.sort_unstable();
        cells.dedup();
        let mut path = PathData::default();
        for (y, x) in cells {
            path.dot(Coord {
                x: x as f64 * COVERED_GRID,
                y: y as f64 * COVERED_GRID,
            });
        }
        put!(html, "<path class=\"in\" d=\"{}\"/>\n", path.into_text());
    }

    /// Those who are left out, in dots of several sizes.
    pub(in crate::report::page) fn left_out(&self, left_outs: &LeftOuts, html: &mut Html) {
        put!(
            html,
            "<g class=\"outs\" data-records=\"{}\">\n",
            left_outs.list.len()
        );
        for (claimed, class) in [(false, "out"), (true, "claimed")] {
            let list = left_outs.list.iter();
            let list = list.filter(|out| out.claimed == claimed);
            let dots = list.map(|out| Dot {
                place: out.place,
                people: out.people,
            });
            self.dots(class, &dots.collect::<Vec<_>>(), html);
        }
        put!(html, "</g>\n");
    }

    /// People of one class, in dots of several sizes.
    pub(in crate::report::page) fn dots(&self, class: &str, people: &[Dot], html: &mut Html) {
        for size in 0..=SIZES.len() {
            let dots = people.iter().filter(|dot| size_of(dot.people) == size);
            let places = dots.map(|dot| self.ground.place(dot.place));
            let mut places: Vec<_> = places
                .filter(|place| self.ground.holds(*place, 0.0))
                .collect();
            if places.is_empty() {
                continue;
            }
            // Neighbours in the picture are neighbours in the file: small steps, short numbers.
            places.sort_by(in_rows);
            let mut path = PathData::default();
            let count = places.len();
            for place in places {
                path.dot(place);
            }
            put!(
                html,
                "<path class=\"{class} d{size}\" data-count=\"{count}\" d=\"{}\"/>\n",
                path.into_text()
            );
        }
    }
}

/// People at a place.
#[derive(Clone, Copy, Debug)]
pub(in crate::report::page) struct Dot {
    pub(in crate::report::page) place: Coord<f64>,
    pub(in crate::report::page) people: People,
}

/// By rows of the picture, then from the left.
fn in_rows(one: &Coord<f64>, other: &Coord<f64>) -> Ordering {
    let row = |place: &Coord<f64>| (place.y / 100.0).floor();
    row(one)
        .total_cmp(&row(other))
        .then(one.x.total_cmp(&other.x))
        .then(one.y.total_cmp(&other.y))
}

/// The size of a dot for so many people: 0, 1 or 2.
fn size_of(people: People) -> usize {
    let whole = people.thousandths() / 1000;
    SIZES.iter().filter(|size| whole >= **size).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_a_house_and_a_block_have_dots_of_three_sizes() {
        let size = |people: u64| size_of(People::from_thousandths(people * 1000));
        assert_eq!([0, 19, 20, 99, 100].map(size), [0, 0, 1, 1, 2]);
    }
}
