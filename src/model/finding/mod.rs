//! Findings: what is wrong or noteworthy about the inputs, counted, with an example, its effect and its cure.

mod code;

pub use code::{FindingCode, Severity};

use crate::text::language::{Language, Words, words};

/// One finding about one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Finding {
    /// What was found.
    pub code: FindingCode,
    /// What it is about, where a code is told of each of several things: the column of a layer.
    pub about: Option<Words>,
    /// How many records it touches.
    pub count: u64,
    /// The first of them: where it stands and what is wrong.
    pub example: Words,
    /// All of them, for the codes that are listed, up to [`Finding::MOST_LISTED`].
    pub list: Vec<Words>,
}

impl Finding {
    /// The most records that a finding lists.
    pub const MOST_LISTED: usize = 1000;

    /// What was found, in a few words that follow its count, and about what.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        let title = self.code.title(language);
        match &self.about {
            None => title.to_owned(),
            Some(about) => {
                let about = about.get(language);
                words!("{title}: {about}", "{title}：{about}")
                    .get(language)
                    .to_owned()
            }
        }
    }
}

/// Findings in the order in which they were met: one per code, and of codes that are told of several things one for each.
///
/// ```
/// use pedshed::language::Words;
/// use pedshed::model::{FindingCode, Findings};
/// let mut findings = Findings::default();
/// findings.add(FindingCode::MissingId, || Words::place("homes.csv line 7"));
/// findings.add(FindingCode::InvalidResident, || Words::place("homes.csv line 9"));
/// findings.add(FindingCode::MissingId, || Words::place("homes.csv line 12"));
/// assert_eq!(findings.count(FindingCode::MissingId), 2);
/// assert_eq!(findings.worst_first()[0].code, FindingCode::InvalidResident);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Counts one more; the first example of a code is kept.
    pub fn add(&mut self, code: FindingCode, example: impl FnOnce() -> Words) {
        self.add_many(code, 1, example);
    }

    /// Counts `count` more; the first example of a code is kept. Nothing is added for none.
    pub(crate) fn add_many(
        &mut self,
        code: FindingCode,
        count: u64,
        example: impl FnOnce() -> Words,
    ) {
        self.count_of((code, None), count, example);
    }

    /// Counts one more about one thing: a code has a finding for each.
    ///
    /// ```
    /// use pedshed::language::Words;
    /// use pedshed::model::{FindingCode, Findings};
    /// let mut findings = Findings::default();
    /// for column in ["tier", "opened", "tier"] {
    ///     findings.add_about(FindingCode::CellNotUnderstood, Words::same(column), || Words::same("?"));
    /// }
    /// let counts = findings.worst_first().into_iter().map(|finding| finding.count);
    /// assert_eq!(counts.collect::<Vec<_>>(), [2, 1]);
    /// ```
    pub fn add_about(&mut self, code: FindingCode, about: Words, example: impl FnOnce() -> Words) {
        self.count_of((code, Some(about)), 1, example);
    }

    fn count_of(
        &mut self,
        (code, about): (FindingCode, Option<Words>),
        count: u64,
        example: impl FnOnce() -> Words,
    ) {
        if count == 0 {
            return;
        }
        if let Some(known) = self.known(code, about.as_ref()) {
            known.count += count;
            if code.is_listed() && known.list.len() < Finding::MOST_LISTED {
                known.list.push(example());
            }
            return;
        }
        let example = example();
        let list = if code.is_listed() {
            vec![example.clone()]
        } else {
            Vec::new()
        };
        self.0.push(Finding {
            code,
            about,
            count,
            example,
            list,
        });
    }

    fn known(&mut self, code: FindingCode, about: Option<&Words>) -> Option<&mut Finding> {
        let mut all = self.0.iter_mut();
        all.find(|known| known.code == code && known.about.as_ref() == about)
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Findings) {
        for finding in other.0 {
            match self.known(finding.code, finding.about.as_ref()) {
                Some(known) => {
                    known.count += finding.count;
                    let room = Finding::MOST_LISTED - known.list.len();
                    known.list.extend(finding.list.into_iter().take(room));
                }
                None => self.0.push(finding),
            }
        }
    }

    /// The same under other codes.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn under(self, code: impl Fn(FindingCode) -> FindingCode) -> Self {
        let mut own = Self::default();
        for finding in self.0 {
            own.extend(Self(vec![Finding {
                code: code(finding.code),
                ..finding
            }]));
        }
        own
    }

    /// Takes a finding back.
    #[cfg(all(feature = "osm", feature = "geojson", feature = "csv"))]
    pub(crate) fn remove(&mut self, code: FindingCode) {
        self.0.retain(|finding| finding.code != code);
    }

    /// How many records one code touches.
    #[must_use]
    pub fn count(&self, code: FindingCode) -> u64 {
        let of_code = self.0.iter().filter(|finding| finding.code == code);
        of_code.map(|finding| finding.count).sum()
    }

    /// Of a list with each code, and each of what it is told of, once.
    #[cfg(feature = "prepared")]
    pub(crate) fn from_list(list: Vec<Finding>) -> Self {
        Self(list)
    }

    /// Worst first, then in the order of the codes.
    #[must_use]
    pub fn worst_first(&self) -> Vec<&Finding> {
        let mut findings: Vec<_> = self.0.iter().collect();
        findings.sort_by_key(|finding| (finding.code.severity(), finding.code));
        findings
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
