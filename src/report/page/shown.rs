//! What the page shows: beside the report, and of it.

use std::borrow::Cow;

use geo_types::Polygon;

use super::escape::text;
use super::words::Words;
use crate::gaps::{GapWalk, Gaps};
use crate::isochrone::Isochrones;
use crate::planning::provision::Provision;
use crate::report::{InputFile, Report};
use crate::text::language::Language;
use crate::units::Unit;

/// Gaps that have a row and a place on the map; of the smaller ones there is the sum, and all are in `gaps.csv`.
pub(super) const GAPS_LISTED: usize = 200;

/// What the page shows beside the report, and how.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The language of its words; names stay as they are.
    pub language: Language,
    /// The walking circles; those in the unit of the deciding cutoff are drawn.
    pub isochrones: &'a [Isochrones],
    /// Where people are left out.
    pub gaps: &'a Gaps,
    /// One real walk from each of the first gaps; shown where something was asked beside coverage.
    pub walks: &'a [Option<GapWalk>],
    /// Rivers and lakes.
    pub water: &'a [Polygon<f64>],
    /// What the study is of, such as the city's name and date.
    pub title: Option<&'a str>,
    /// Whose map it is.
    pub credit: Credit<'a>,
    /// The files that the numbers come from.
    pub inputs: &'a [InputFile],
}

/// Whose map data the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credit<'a> {
    /// OpenStreetMap's contributors, under the Open Database License; the page says so as the licence asks.
    OpenStreetMap,
    /// Somebody else, in these words.
    Other(&'a str),
    /// Nobody who has to be named.
    None,
}

impl Page<'_> {
    /// Of so many gaps the page shows a walk.
    pub(crate) const WALKS: usize = 20;

    pub(super) fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// What the study is of, or what its network is called.
    pub(super) fn title(&self) -> Cow<'_, str> {
        if let Some(title) = self.title {
            return Cow::Borrowed(title);
        }
        let words = self.words();
        let network = self.inputs.iter().find(|file| file.layer == "network");
        let name = network.and_then(|file| file.file.rsplit(['/', '\\']).next());
        let name = name.and_then(|name| name.split('.').next());
        match name.filter(|name| !name.is_empty()) {
            Some(name) => Cow::Owned(words.study_of(name)),
            None => Cow::Borrowed(words.default_title),
        }
    }

    /// Whose map data it is, as markup.
    pub(super) fn credit_markup(&self) -> Cow<'static, str> {
        let words = self.words();
        match self.credit {
            Credit::OpenStreetMap => Cow::Owned(format!(
                "<a href=\"https://www.openstreetmap.org/copyright\">{}</a>",
                words.osm
            )),
            Credit::Other(whose) => Cow::Owned(text(whose).to_string()),
            Credit::None => Cow::Borrowed(""),
        }
    }
}

impl<'r> Report<'r> {
    /// What was asked beside coverage, where anything was.
    pub(super) fn study(&self) -> Option<&'r Provision> {
        self.provision
            .filter(|provision| **provision != Provision::default())
    }
}

impl Report<'_> {
    /// The column of the deciding cutoff among all cutoffs.
    pub(super) fn deciding_column(&self) -> usize {
        let tests = self.coverage.tests();
        let deciding = tests.deciding();
        tests
            .cutoffs()
            .position(|cutoff| cutoff == deciding)
            .unwrap_or(0)
    }

    /// The radius of the straight circle that is compared with the walk: that of the deciding cutoff where it is in metres, else
    /// the 1,000 m of the planners, else the largest.
    pub(super) fn compared_radius_m(&self) -> Option<f64> {
        const PLANNERS_M: f64 = 1000.0;
        let deciding = self.coverage.tests().deciding();
        let wanted = match deciding.unit() {
            Unit::Millimetres => deciding.value(),
            Unit::Milliseconds => PLANNERS_M,
        };
        let radii = || {
            self.coverage
                .straight()
                .iter()
                .map(|circle| circle.radius_m)
        };
        let largest = radii().max_by(f64::total_cmp);
        radii().find(|radius_m| *radius_m == wanted).or(largest)
    }
}
