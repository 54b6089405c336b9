//! What is kept of the features of a file while it is read.

use super::feature::Feature;
use crate::crs::Crs;
use crate::inputs::{Format, Known, Source};
use crate::model::{Fault, Findings};
use crate::text::language::{InLanguage, Words, place_zh, words};

/// What a file says of itself beside its features.
#[derive(Debug, Default)]
pub(in crate::inputs) struct About {
    /// The coordinate system that the file says it is in. It may stand behind the features.
    pub(in crate::inputs) crs: Option<Known<Crs>>,
    /// The encoding of its text.
    pub(in crate::inputs) encoding: Option<Known<String>>,
    pub(in crate::inputs) findings: Findings,
}

/// Where features stand.
#[derive(Clone, Copy, Debug)]
pub(in crate::inputs) struct Places<'a> {
    pub(in crate::inputs) source: &'a Source,
    /// What a feature is called in the file: `feature`, `record`.
    pub(in crate::inputs) noun: &'static str,
}

impl<'a> Places<'a> {
    pub(in crate::inputs) fn new(source: &'a Source) -> Self {
        let noun = if source.format() == Some(Format::Shapefile) {
            "record"
        } else {
            "feature"
        };
        Self { source, noun }
    }

    /// File and number.
    pub(in crate::inputs) fn place(&self, number: i64) -> String {
        format!("{} {} {number}", self.source.name(), self.noun)
    }
}

/// What features become while their file is read, so that no more is held of them.
pub(in crate::inputs) trait Gather: Sync {
    /// What is kept of a feature.
    type Kept: Send;

    /// What is kept of it: worked out for many at once, in no order.
    fn kept(&self, feature: Feature) -> Self::Kept;

    /// Keeps that of the next feature of the file.
    fn keep(&mut self, kept: Self::Kept);

    /// The next feature of the file.
    fn add(&mut self, feature: Feature) {
        let kept = self.kept(feature);
        self.keep(kept);
    }
}

/// What is wrong with the record at a place.
pub(in crate::inputs) fn at_place(place: &str, fault: &Fault) -> Words {
    let (zh, fault_zh) = (place_zh(place), fault.zh());
    words!("{place}: {fault}", "{zh}：{fault_zh}")
}
