//! What else stands in the records' columns: as text, row by row beside them, each distinct text once.

mod attribute;

pub use attribute::Attribute;

#[cfg(any(feature = "csv", feature = "excel"))]
use std::collections::BTreeMap;
use std::collections::HashMap;

/// One column: a text for each record, or none.
///
/// Equal texts are kept once, so that what is made of a text need be made once for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AttributeColumn {
    texts: Vec<String>,
    /// By row the number of its text, and one more; 0 for none. The blank rows behind the last text do not stand here, so that a
    /// column without a text takes no memory.
    cells: Vec<u32>,
    rows: usize,
}

impl AttributeColumn {
    /// A column of these cells; spaces around a text are no part of it, and an empty one is none.
    ///
    /// ```
    /// use pedshed::model::AttributeColumn;
    /// let tiers = AttributeColumn::from_cells(["street", "grid", "", "grid"]);
    /// assert_eq!(tiers.get(3), Some("grid"));
    /// assert_eq!(tiers.get(2), None);
    /// assert_eq!(tiers.texts(), ["street", "grid"]);
    /// ```
    pub fn from_cells<'c>(cells: impl IntoIterator<Item = &'c str>) -> Self {
        let mut writer = AttributeWriter::default();
        for cell in cells {
            writer.push(Some(cell));
        }
        writer.finish()
    }

    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let text = self.index(row)?;
        Some(&self.texts[text])
    }

    /// The number of a row's text among [`AttributeColumn::texts`].
    #[must_use]
    pub fn index(&self, row: usize) -> Option<usize> {
        let cell = *self.cells.get(row)?;
        (cell as usize).checked_sub(1)
    }

    /// The distinct texts, in the order in which they come first.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The rows whose text means nothing to who reads it, with the text; blank cells are not among them. Each distinct text is
    /// asked about once.
    pub(crate) fn not_understood(
        &self,
        mut is_understood: impl FnMut(&str) -> bool,
    ) -> impl Iterator<Item = (usize, &str)> {
        let texts = self.texts.iter();
        let strange: Vec<bool> = texts.map(|text| !is_understood(text)).collect();
        (0..self.len()).filter_map(move |row| {
            let text = self.index(row).filter(|text| strange[*text])?;
            Some((row, self.texts[text].as_str()))
        })
    }

    /// What each row's text means, worked out once for each distinct text.
    pub(crate) fn map<T: Clone>(&self, meaning: impl FnMut(&String) -> T) -> Vec<Option<T>> {
        let meanings: Vec<T> = self.texts.iter().map(meaning).collect();
        (0..self.len())
            .map(|row| Some(meanings[self.index(row)?].clone()))
            .collect()
    }
}

/// Makes a column row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct AttributeWriter {
    column: AttributeColumn,
    number: HashMap<String, u32>,
}

impl AttributeWriter {
    /// Adds a row. Spaces around a text are no part of it, and an empty one is none.
    pub(crate) fn push(&mut self, text: Option<&str>) {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let row = self.column.rows;
        self.column.rows += 1;
        let Some(text) = text else { return };
        let cell = if let Some(number) = self.number.get(text) {
            *number
        } else {
            self.column.texts.push(text.to_owned());
            let number = self.column.texts.len() as u32;
            self.number.insert(text.to_owned(), number);
            number
        };
        self.column.cells.resize(row, 0);
        self.column.cells.push(cell);
    }

    /// The column of the rows so far.
    #[must_use]
    pub(crate) fn finish(self) -> AttributeColumn {
        self.column
    }
}

/// A column in which a service has an attribute of its own.
#[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServiceColumn<'a> {
    pub(crate) key: &'a str,
    pub(crate) service: &'a str,
    pub(crate) column: &'a AttributeColumn,
}

/// Columns beside the records of one layer, or of several that follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Attributes {
    rows: usize,
    columns: Vec<(String, AttributeColumn)>,
}

impl Attributes {
    /// Columns by their keys, all of one length.
    ///
    /// # Panics
    /// When a column has another number of rows.
    #[must_use]
    pub(crate) fn new(rows: usize, columns: Vec<(String, AttributeColumn)>) -> Self {
        let is_whole = |(_, column): &(String, AttributeColumn)| column.len() == rows;
        assert!(columns.iter().all(is_whole), "one cell for each row");
        Self { rows, columns }
    }

    /// No columns beside so many rows.
    #[must_use]
    pub(crate) fn none(rows: usize) -> Self {
        Self::new(rows, Vec::new())
    }

    /// The bytes of all texts that are kept; one that stands in several cells of a column is kept once.
    #[must_use]
    pub(crate) fn text_bytes(&self) -> usize {
        let texts = self.columns.iter().flat_map(|(_, column)| &column.texts);
        texts.map(String::len).sum()
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A column that is known by its usual names.
    #[must_use]
    pub fn of(&self, attribute: Attribute) -> Option<&AttributeColumn> {
        self.named(attribute.key())
    }

    /// A column that was asked for by its own name.
    #[must_use]
    pub fn named(&self, key: &str) -> Option<&AttributeColumn> {
        let mut columns = self.columns.iter();
        columns
            .find(|(own, _)| own == key)
            .map(|(_, column)| column)
    }

    /// The columns in which single services have an attribute of their own: the services, with the key and the column of each.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn of_services(
        &self,
        attribute: Attribute,
    ) -> impl Iterator<Item = ServiceColumn<'_>> {
        self.columns.iter().filter_map(move |(key, column)| {
            let service = key.strip_prefix(attribute.key())?.strip_prefix(':')?;
            Some(ServiceColumn {
                key,
                service,
                column,
            })
        })
    }

    /// The keys of its columns, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(key, _)| key.as_str())
    }

    /// Puts a column in place of the one with this key, or beside the others.
    ///
    /// # Panics
    /// When there are more or fewer cells than rows.
    pub(crate) fn set(&mut self, key: &str, cells: impl Iterator<Item = String>) {
        let mut writer = AttributeWriter::default();
        for cell in cells {
            writer.push(Some(&cell));
        }
        let column = writer.finish();
        assert_eq!(column.len(), self.rows, "one cell for each row");
        match self.columns.iter_mut().find(|(own, _)| own == key) {
            Some((_, known)) => *known = column,
            None => self.columns.push((key.to_owned(), column)),
        }
    }

    /// Forgets a column.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn forget(&mut self, key: &str) {
        self.columns.retain(|(own, _)| own != key);
    }

    /// Puts other texts into some rows of a column.
    #[cfg(any(feature = "csv", feature = "excel"))]
    pub(crate) fn replace(&mut self, key: &str, cells: &BTreeMap<usize, String>) {
        let Some(column) = self.named(key) else {
            return;
        };
        let text = |row: usize| match cells.get(&row) {
            Some(text) => text.clone(),
            None => column.get(row).unwrap_or_default().to_owned(),
        };
        let texts: Vec<String> = (0..column.len()).map(text).collect();
        self.set(key, texts.into_iter());
    }

    /// Leaves out the rows that are not to be kept.
    ///
    /// # Panics
    /// When it is not said of every row.
    pub(crate) fn retain(&mut self, keep: &[bool]) {
        assert_eq!(keep.len(), self.rows, "one word for each row");
        for (_, column) in &mut self.columns {
            let rows = (0..column.len()).filter(|row| keep[*row]);
            let mut writer = AttributeWriter::default();
            for row in rows {
                writer.push(column.get(row));
            }
            *column = writer.finish();
        }
        self.rows = keep.iter().filter(|keep| **keep).count();
    }

    /// Puts the rows of another layer behind these. A column that only one of them has is empty in the other's rows.
    pub(crate) fn append(&mut self, other: &Attributes) {
        for (key, _) in &other.columns {
            if self.named(key).is_none() {
                let empty = AttributeColumn {
                    texts: Vec::new(),
                    cells: Vec::new(),
                    rows: self.rows,
                };
                self.columns.push((key.clone(), empty));
            }
        }
        for (key, column) in &mut self.columns {
            let mut writer = AttributeWriter {
                number: column.texts.iter().cloned().zip(1..).collect(),
                column: std::mem::take(column),
            };
            let more = other.named(key);
            for row in 0..other.rows {
                writer.push(more.and_then(|more| more.get(row)));
            }
            *column = writer.finish();
        }
        self.rows += other.rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_follow_each_other_and_what_one_lacks_is_empty() {
        let column = |cells: &[&str]| AttributeColumn::from_cells(cells.iter().copied());
        let mut all = Attributes::new(2, vec![("tier".into(), column(&["grid", "street"]))]);
        let more = vec![
            ("tier".into(), column(&["street"])),
            ("kind".into(), column(&["market"])),
        ];
        all.append(&Attributes::new(1, more));
        let cells = |key: &str| {
            let column = all.named(key).expect("a column");
            (0..3).map(|row| column.get(row)).collect::<Vec<_>>()
        };
        assert_eq!(
            cells("tier"),
            [Some("grid"), Some("street"), Some("street")]
        );
        assert_eq!(cells("kind"), [None, None, Some("market")]);
        assert_eq!(
            all.of(Attribute::Tier).map(|tier| tier.texts().len()),
            Some(2)
        );
        // "grid", "street" and "market" once each.
        assert_eq!(all.text_bytes(), 16);
    }

    #[test]
    fn cells_that_are_not_understood_are_told_from_blank_ones() {
        let column = AttributeColumn::from_cells(["grid", "", "gird", "grid", "gird", "?"]);
        let strange: Vec<_> = column.not_understood(|text| text == "grid").collect();
        assert_eq!(strange, [(2, "gird"), (4, "gird"), (5, "?")]);
    }

    #[test]
    fn a_meaning_is_worked_out_once_for_each_text() {
        let column = AttributeColumn::from_cells(["1", "2", "1", ""]);
        let mut asked = 0;
        let numbers = column.map(|text| {
            asked += 1;
            text.parse::<u32>().ok()
        });
        assert_eq!(numbers, [Some(Some(1)), Some(Some(2)), Some(Some(1)), None]);
        assert_eq!(asked, 2);
    }
}
