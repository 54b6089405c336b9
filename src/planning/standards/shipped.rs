//! The standards that ship with the library.

use super::Standard;

/// Name and text of a standard that ships with the library.
struct Shipped {
    id: &'static str,
    text: &'static str,
}

macro_rules! shipped {
    ($($id:literal),* $(,)?) => {
        [$(Shipped {
            id: $id,
            text: include_str!(concat!("../../../data/standards/", $id, ".toml")),
        }),*]
    };
}

const SHIPPED: [Shipped; 6] = shipped![
    "gb50180-2018",
    "td-t-1062-2021",
    "td-t-1063-2021",
    "shanghai-2016",
    "mofcom-quarter-hour",
    "party-centre-tiers",
];

impl Standard {
    /// The names of the standards that ship with the library.
    pub const NAMES: [&'static str; SHIPPED.len()] = {
        let mut names = [""; SHIPPED.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = SHIPPED[index].id;
            index += 1;
        }
        names
    };

    /// The file of a standard that ships with the library, to copy and edit.
    #[must_use]
    pub fn text(name: &str) -> Option<&'static str> {
        let mut shipped = SHIPPED.iter();
        Some(shipped.find(|shipped| shipped.id == name)?.text)
    }
}
