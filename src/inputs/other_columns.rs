//! The columns of a layer of stations that were taken as nothing, or as something else than the id: one of them may hold the ids
//! by which stations name the one above them.

use std::collections::{HashMap, HashSet};

/// The texts of a layer's columns, without order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherColumns {
    columns: Vec<OtherColumn>,
    position: HashMap<String, usize>,
}

/// The texts of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OtherColumn {
    pub(super) name: String,
    texts: HashSet<String>,
    /// How many cells are filled.
    filled: usize,
}

impl OtherColumns {
    /// More columns than a table of stations has are not looked at.
    const MOST: usize = 200;

    /// Adds a cell of a column.
    pub(super) fn add(&mut self, column: &str, text: &str) {
        let (column, text) = (column.trim(), text.trim());
        if text.is_empty() || column.is_empty() {
            return;
        }
        let next = self.columns.len();
        let at = match self.position.get(column) {
            Some(at) => *at,
            None if next == Self::MOST => return,
            None => {
                self.position.insert(column.to_owned(), next);
                self.columns.push(OtherColumn {
                    name: column.to_owned(),
                    ..OtherColumn::default()
                });
                next
            }
        };
        let column = &mut self.columns[at];
        column.filled += 1;
        if !column.texts.contains(text) {
            column.texts.insert(text.to_owned());
        }
    }

    /// Adds the cells of another layer's columns of the same names.
    pub(super) fn append(&mut self, other: Self) {
        for column in other.columns {
            for text in &column.texts {
                self.add(&column.name, text);
            }
            let repeated = column.filled - column.texts.len();
            if let Some(at) = self.position.get(&column.name) {
                self.columns[*at].filled += repeated;
            }
        }
    }

    /// Those that may be ids, in the order of the file: most of their cells differ, though a station may have several rows.
    pub(super) fn may_be_ids(&self) -> impl Iterator<Item = &OtherColumn> {
        let differ = |column: &&OtherColumn| 2 * column.texts.len() > column.filled;
        self.columns.iter().filter(differ)
    }
}

impl OtherColumn {
    /// Whether it holds a text.
    pub(super) fn has(&self, text: &str) -> bool {
        self.texts.contains(text.trim())
    }
}
