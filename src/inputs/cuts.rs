//! What was left out of the network, by reason.

use super::access::CutReason;

/// What one reason cost the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Why.
    pub reason: CutReason,
    /// How many ways, or places where a way was cut.
    pub count: u64,
    /// The length of the ways that were left out whole, in metres.
    pub length_m: f64,
    /// The first of them.
    pub example: String,
}

/// What was left out of the network, in the order of [`CutReason::ALL`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CutReport(Vec<Cut>);

impl CutReport {
    pub(super) fn add(
        &mut self,
        reason: CutReason,
        length_m: f64,
        example: impl FnOnce() -> String,
    ) {
        if let Some(cut) = self.0.iter_mut().find(|cut| cut.reason == reason) {
            cut.count += 1;
            cut.length_m += length_m;
        } else {
            self.0.push(Cut {
                reason,
                count: 1,
                length_m,
                example: example(),
            });
            self.0.sort_by_key(|cut| cut.reason);
        }
    }

    /// The reasons that cut something.
    #[must_use]
    pub fn list(&self) -> &[Cut] {
        &self.0
    }
}
