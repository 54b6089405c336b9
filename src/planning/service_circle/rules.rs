//! By which rules stations are audited.

use crate::planning::provision::Plan;
use crate::planning::register::AuditRules;
use crate::planning::standards::{FloorArea, StationAudit};

impl Plan {
    /// What stations are held to: [`Plan::audit`] where it is given; else the rules of the first standard that has any; else
    /// the three haves and dates alone.
    #[must_use]
    pub fn audit_rules(&self) -> AuditRules {
        let mut of_standards = self.standards.iter().filter_map(|one| one.audit.as_ref());
        let of_standard = || of_standards.next().map(rules);
        self.audit.or_else(of_standard).unwrap_or_default()
    }
}

fn rules(audit: &StationAudit) -> AuditRules {
    AuditRules {
        floor_area_m2: audit.min_floor_area.map(|area| area.map(FloorArea::m2)),
        haves: audit.haves,
    }
}
