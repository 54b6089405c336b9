//! Who may pass: `foot`, `access` and their values in each direction, as mappers write them.

use super::Tags;
use crate::model::{Access, Flow};

/// What `foot` or `access` says, ascending by how many it lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Permission {
    No,
    Private,
    Yes,
}

/// With `foot=use_sidepath` a street stays walkable unless a footway joins both its ends; see
/// [`Role::WithSidepath`](super::Role::WithSidepath).
const ALLOWED: &[&str] = &[
    "yes",
    "designated",
    "permissive",
    "destination",
    "customers",
    "official",
    "public",
    "use_sidepath",
    "discouraged",
    "limited",
    "allowed",
    "visitors",
    "visitor",
    "guests",
    "true",
];
const FORBIDDEN: &[&str] = &["no", "false", "prohibited", "forbidden", "closed"];
/// Values that let only some people in: their ways are pockets.
const PRIVATE: &[&str] = &[
    "private",
    "agricultural",
    "agriculture",
    "forestry",
    "military",
    "delivery",
    "deliveries",
    "residents",
    "resident",
    "employees",
    "employee",
    "staff",
    "workers",
    "permit",
    "permits",
    "permission",
    "license",
    "licence",
    "members",
    "member",
    "members_only",
    "students",
    "student",
    "pupils",
    "owner",
    "owners",
    "tenants",
    "tenant",
    "authorized",
    "authorised",
    "authorized_personnel",
    "personnel",
    "emergency",
    "emergency_vehicles",
    "emergency_vehicle",
    "police",
    "fire_brigade",
    "restricted",
    "restricted_access",
    "service",
    "maintenance",
    "patients",
    "local",
    "locals",
    "invitation",
    "key",
];
/// What `access` names where only vehicles are meant. `vehicle` and `motor_vehicle` are not among them: they say what the
/// way is for, and other routers walk there.
const VEHICLES: &[&str] = &[
    "psv",
    "bus",
    "buses",
    "minibus",
    "tourist_bus",
    "coach",
    "trolleybus",
    "share_taxi",
    "taxi",
    "tram",
    "train",
    "hgv",
    "hgv_articulated",
    "goods",
    "hazmat",
    "hov",
    "motorcar",
    "motorcycle",
    "moped",
    "mofa",
    "motorhome",
    "caravan",
    "trailer",
    "carriage",
    "bicycle",
    "horse",
    "golf_cart",
    "atv",
    "snowmobile",
];

fn is_among(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// What one value says; `None` for what says nothing.
fn meaning(key: &str, word: &str) -> Option<Permission> {
    if is_among(word, ALLOWED) {
        Some(Permission::Yes)
    } else if is_among(word, FORBIDDEN) || (key.starts_with("access") && is_among(word, VEHICLES)) {
        Some(Permission::No)
    } else if is_among(word, PRIVATE) {
        Some(Permission::Private)
    } else {
        None
    }
}

/// Values that say nothing on purpose: not known, or of vehicles alone.
const OTHERS: &[&str] = &[
    "unknown",
    "vehicle",
    "motor_vehicle",
    "vehicles",
    "cars",
    "car",
];

/// Whether a word among the values of a key means something.
pub(super) fn says_something(key: &str, word: &str) -> bool {
    meaning(key, word).is_some() || is_among(word, OTHERS) || is_among(word, VEHICLES)
}

/// What a key says. Of several values (`private;customers`) the one counts that lets in the most; but who writes `no` among
/// those of `access` means it.
pub(super) fn permission(tags: Tags<'_>, key: &str) -> Option<Permission> {
    let said = tags.get(key)?;
    let words = || said.split([';', ',', '|']);
    let is_closed = |word: &str| is_among(word.trim(), FORBIDDEN);
    if key.starts_with("access") && words().any(is_closed) {
        return Some(Permission::No);
    }
    words().filter_map(|word| meaning(key, word.trim())).max()
}

/// What a way's tags say of each direction, along its vertices and against them; `None` where they say nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rights {
    directions: [Option<Permission>; 2],
    /// Whether `foot` itself lets walkers in, in any direction.
    pub(super) invites: bool,
}

impl Rights {
    /// The more special key goes before the more general one: `foot:forward`, `foot:both_ways`, `foot`, and then the same of
    /// `access`. Who lets walkers in by `foot` in one direction and says nothing else of them means that one alone.
    pub(super) fn from_tags(tags: Tags<'_>) -> Self {
        let said = |ways: [&str; 4]| {
            let [forward, backward, both, plain] = ways.map(|key| permission(tags, key));
            (forward, backward, both.or(plain))
        };
        let (forward, backward, both) =
            said(["foot:forward", "foot:backward", "foot:both_ways", "foot"]);
        let (yes, no) = (Some(Permission::Yes), Some(Permission::No));
        let foot = match (forward, backward, both) {
            (Some(Permission::Yes), None, None) => [yes, no],
            (None, Some(Permission::Yes), None) => [no, yes],
            _ => [forward.or(both), backward.or(both)],
        };
        let (forward, backward, both) = said([
            "access:forward",
            "access:backward",
            "access:both_ways",
            "access",
        ]);
        let access = [forward.or(both), backward.or(both)];
        Self {
            directions: [foot[0].or(access[0]), foot[1].or(access[1])],
            invites: foot.contains(&yes),
        }
    }

    /// Who may walk the way and in which directions; `None` where nobody may in any. A direction that is private beside a
    /// public one is closed: it carries nobody through.
    pub(super) fn passage(self) -> Option<(Access, Flow)> {
        let [forward, backward] = self.directions.map(|said| said.unwrap_or(Permission::Yes));
        let most = forward.max(backward);
        let access = match most {
            Permission::No => return None,
            Permission::Private => Access::Private,
            Permission::Yes => Access::Public,
        };
        let flow = match (forward == most, backward == most) {
            (true, true) => Flow::Both,
            (true, false) => Flow::Forward,
            _ => Flow::Backward,
        };
        Some((access, flow))
    }
}
