//! What a language's file is made of, beside the sentences of errors.

/// What a language's file holds beside its sentences.
pub(crate) struct LanguageWords {
    /// By severity, the worst first.
    pub(crate) severities: [&'static str; 3],
    /// In the order of the codes, which the room of findings sees to.
    pub(crate) findings: &'static [FindingWords],
}

/// What is said of one kind of finding.
pub(crate) struct FindingWords {
    /// The code's stable name.
    pub(crate) code: &'static str,
    /// What was found, in a few words that follow its count.
    pub(crate) title: &'static str,
    /// What it does to the answer.
    pub(crate) effect: &'static str,
    /// What to do about it.
    pub(crate) cure: &'static str,
}

macro_rules! findings {
    ($($code:literal: $title:literal; $effect:literal; $cure:literal;)*) => {
        &[$($crate::text::words::entries::FindingWords {
            code: $code,
            title: $title,
            effect: $effect,
            cure: $cure,
        }),*]
    };
}
pub(super) use findings;
