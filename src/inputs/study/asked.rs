//! One layer of a request as its reader sees it, and what is said where it cannot be read.

use super::LayerSpec;
use crate::inputs::dwellings::OF_DWELLINGS;
use crate::inputs::roles::OF_WALKS;
use crate::inputs::{
    InputError, InputsError, KeptColumn, LayerKind, LayerSettings, ReadOptions, Reading, Source,
};
use crate::model::{Attribute, Findings};
use crate::text::language::{InLanguage, Language, Words, words};

/// What one layer is read as, and where from.
#[derive(Clone, Copy)]
pub(super) struct AskedLayer<'a> {
    pub(super) kind: LayerKind,
    /// What it is called among others of its kind.
    pub(super) name: Option<&'a str>,
    pub(super) spec: &'a LayerSpec,
    /// What is said of all layers.
    pub(super) general: &'a LayerSettings,
}

/// What is said of one layer, the network among them.
#[derive(Clone, Copy)]
pub(super) struct AskedSettings<'a> {
    pub(super) kind: LayerKind,
    pub(super) settings: &'a LayerSettings,
    /// Its file; none where it is drawn from that of the network.
    pub(super) file: Option<&'a Source>,
}

impl AskedLayer<'_> {
    /// How its file is read.
    pub(super) fn options(self) -> ReadOptions {
        let options = ReadOptions::of(self.kind).with_own(self.spec.settings.clone());
        // Where residents live in their buildings is part of every walk.
        let always: &[Attribute] = match self.kind {
            LayerKind::Residents => &OF_DWELLINGS,
            LayerKind::Stairwells => OF_WALKS,
            _ => &[],
        };
        let always = always.iter().copied().map(KeptColumn::Known);
        let kept = self.spec.kept.iter().cloned();
        ReadOptions {
            general: self.general.clone(),
            ..options.keeping(kept.chain(always))
        }
    }

    /// The error of a file without a byte says which layer it was given for.
    pub(super) fn named(self, error: InputError) -> InputError {
        match error {
            InputError::Empty { file, wanted, .. } => InputError::Empty {
                layer: Some(self.kind.words()),
                file,
                wanted,
            },
            error => error,
        }
    }

    /// The same of an error that may be of another kind.
    pub(super) fn named_too(self, error: InputsError) -> InputsError {
        match error {
            InputsError::Input(error) => self.named(error).into(),
            error => error,
        }
    }
}

/// That a file has a header and nothing below it, as a clause that goes on with a sentence.
pub(super) fn without_rows(reading: &Reading) -> Option<Words> {
    let (_, last) = reading.header?;
    (reading.rows == 0).then(|| {
        words!(
            ": it has a header, which ends in row {last}, and no row below it",
            "：只有表头（至第 {last} 行），其下没有数据行"
        )
    })
}

/// Nothing of what is needed was found; what was found instead is said.
pub(super) fn nothing(
    layer: Words,
    source_name: String,
    wanted: Words,
    findings: &Findings,
) -> InputError {
    let worst = findings.worst_first();
    let instead = worst.first().map(|worst| {
        let (count, example, example_zh) = (worst.count, &worst.example, worst.example.zh());
        let [title, title_zh] = Language::ALL.map(|language| worst.code.title(language));
        words!(
            ", but {count} {title} ({example})",
            "；但有 {count} {title_zh}（{example_zh}）"
        )
    });
    InputError::NothingFound {
        layer,
        source_name,
        wanted,
        instead: instead.unwrap_or_else(|| Words::same("")),
    }
}
