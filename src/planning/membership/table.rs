//! `membership.csv`.

use std::io;

use serde_json::{Value, json};

use super::Membership;
use crate::planning::answer::{Answer, Table, TableContext};
use crate::planning::shares::people;
use crate::text::table::TableWriter;

/// By tier.
type Memberships = [(String, Membership)];

impl Answer for Memberships {
    const TABLES: &'static [Table<Self>] = &[Table {
        file_name: "membership.csv",
        is_there: |memberships| !memberships.is_empty(),
        write,
    }];

    fn summary(&self) -> Vec<(&'static str, Value)> {
        if self.is_empty() {
            return Vec::new();
        }
        let each = self.iter().map(|(tier, membership)| {
            json!({
                "tier": tier,
                "own": people(membership.own()),
                "any": people(membership.any()),
                "gain": people(membership.gain()),
                "across": people(membership.across()),
            })
        });
        vec![("membership", each.collect())]
    }
}

/// Who lives in which community and is served by which, tier by tier.
fn write(
    memberships: &Memberships,
    context: TableContext<'_>,
    table: &mut TableWriter<'_>,
) -> io::Result<()> {
    table.row(["tier", "community", "serving_community", "people"])?;
    let name = |community: Option<u32>| {
        community.map_or("", |index| context.communities[index as usize].as_str())
    };
    for (tier, membership) in memberships {
        for served in membership.served() {
            table.row([
                tier,
                name(served.home),
                name(served.serving),
                &served.people.to_string(),
            ])?;
        }
    }
    Ok(())
}
