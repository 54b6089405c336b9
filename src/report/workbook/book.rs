//! Sheets together.

use super::sheet::Sheet;
use crate::text::language::Language;

/// Sheets with names that differ.
#[derive(Clone, Debug)]
pub(super) struct Book {
    pub(super) title: String,
    pub(super) language: Language,
    pub(super) sheets: Vec<Sheet>,
}

impl Book {
    pub(super) fn new(title: String, language: Language) -> Self {
        Self {
            title,
            language,
            sheets: Vec::new(),
        }
    }

    /// Adds a sheet, all of whose rows are in a file. One whose name is taken gets a number; spreadsheets know no case in names.
    pub(super) fn add(&mut self, mut sheet: Sheet, file: Option<&str>) {
        sheet.cut(Sheet::MOST_ROWS, file, self.language);
        let base: String = sheet.name.chars().take(26).collect();
        for number in 2.. {
            let name = sheet.name.to_lowercase();
            let mut others = self.sheets.iter();
            if !others.any(|other| other.name.to_lowercase() == name) {
                break;
            }
            sheet.name = format!("{base} ({number})");
        }
        self.sheets.push(sheet);
    }
}
