//! The rows of a workbook's package (`.xlsx`) that are hidden, which calamine passes over: from the XML of the sheet.
//!
//! # Source
//! ECMA-376, part 1: 18.2.19 (`sheet`), 18.3.1.73 (`row`), part 2: 9.3 (relationships).

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

/// The relations of the package itself.
const ROOT: &str = "_rels/.rels";

/// The rows of a sheet that are hidden, counted from 0. What is no package or no XML has none: it is found broken where its
/// cells are read.
pub(super) fn hidden_rows(package: &[u8], sheet: &str) -> BTreeSet<u32> {
    let mut package = Package { bytes: package };
    package.hidden_rows(sheet).unwrap_or_default()
}

struct Package<'a> {
    bytes: &'a [u8],
}

impl Package<'_> {
    fn hidden_rows(&mut self, sheet: &str) -> Option<BTreeSet<u32>> {
        let book = self.target("", ROOT, |kind, _| kind.ends_with("/officeDocument"))?;
        let mut id = None;
        self.elements(&book, |element| {
            if element.local_name().as_ref() == "sheet"
                && value(element, "name").is_some_and(|name| name == sheet)
            {
                id = value(element, "id");
            }
        })?;
        let id = id?;
        let (folder, name) = book.rsplit_once('/').unwrap_or(("", &book));
        let relations = format!("{folder}/_rels/{name}.rels");
        let relations = relations.trim_start_matches('/');
        let path = self.target(folder, relations, |_, own| own == id)?;
        let (mut hidden, mut next) = (BTreeSet::new(), 0);
        self.elements(&path, |element| {
            if element.local_name().as_ref() != "row" {
                return;
            }
            let number: Option<u32> = value(element, "r").and_then(|row| row.parse().ok());
            let row = number.map_or(next, |number| number.saturating_sub(1));
            if value(element, "hidden").is_some_and(|said| said == "1" || said == "true") {
                hidden.insert(row);
            }
            next = row.saturating_add(1);
        })?;
        Some(hidden)
    }

    /// Where a relation leads, by its kind and its id.
    fn target(
        &mut self,
        folder: &str,
        relations: &str,
        is_it: impl Fn(&str, &str) -> bool,
    ) -> Option<String> {
        let mut found = None;
        self.elements(relations, |element| {
            let of = |name| value(element, name).unwrap_or_default();
            if element.local_name().as_ref() == "Relationship" && is_it(&of("Type"), &of("Id")) {
                found = Some(of("Target"));
            }
        })?;
        let target: String = found?;
        Some(match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None if folder.is_empty() => target,
            None => format!("{folder}/{target}"),
        })
    }

    /// Looks at every element of a file that begins.
    fn elements(&mut self, path: &str, mut look: impl FnMut(&BytesStart<'_>)) -> Option<()> {
        let mut archive = ZipArchive::new(Cursor::new(self.bytes)).ok()?;
        let mut reader = Reader::from_reader(BufReader::new(archive.by_name(path).ok()?));
        let mut buffer = Vec::new();
        loop {
            match reader.read_event_into(&mut buffer).ok()? {
                Event::Start(element) | Event::Empty(element) => look(&element),
                Event::Eof => return Some(()),
                _ => {}
            }
            buffer.clear();
        }
    }
}

/// The value of an attribute, whatever its namespace.
fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}
