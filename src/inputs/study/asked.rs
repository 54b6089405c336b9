//! What a layer is read as, and what is said of it where it cannot be.

use super::Layer;
use crate::inputs::field::Field;
use crate::inputs::{InputError, KeptColumn, LayerKind, Reading};
use crate::model::Findings;
use crate::text::language::{InLanguage, Language, Words, words};

/// What one layer is read as, and where from.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) kind: LayerKind,
    /// What it is called among others of its kind.
    pub(super) name: Option<&'a str>,
    pub(super) layer: &'a Layer,
}

impl<'a> Asked<'a> {
    pub(super) fn new(kind: LayerKind, layer: &'a Layer) -> Self {
        Self {
            kind,
            name: None,
            layer,
        }
    }

    /// The option by which the column that is not there was named for this very layer.
    fn option_of(self, field: &Words) -> Option<&'static str> {
        let columns = &self.layer.columns;
        let fields = [
            (Field::Id, &columns.id),
            (Field::Lon, &columns.lon),
            (Field::Lat, &columns.lat),
            (Field::LonLat, &columns.lon_lat),
            (Field::Population, &columns.population),
            (Field::Name, &columns.name),
        ];
        let is_own =
            |(own, given): &(Field, &Option<String>)| given.is_some() && own.words() == *field;
        let is_kept = |kept: &KeptColumn| match kept {
            KeptColumn::Given(_, name) => *field == Words::same(name.as_str()),
            KeptColumn::Known(_) | KeptColumn::Named(_) => false,
        };
        let is_given = fields.iter().any(is_own) || columns.kept.iter().any(is_kept);
        is_given.then(|| columns_option(self.kind))
    }

    /// The error of a file without a byte says which layer it was given for, and that of a column the option that named it.
    pub(super) fn named(self, error: InputError) -> InputError {
        match error {
            InputError::Column {
                file,
                field,
                found,
                option,
            } => InputError::Column {
                option: self.option_of(&field).unwrap_or(option),
                file,
                field,
                found,
            },
            InputError::Empty { file, wanted, .. } => InputError::Empty {
                layer: Some(self.kind.words()),
                file,
                wanted,
            },
            error => error,
        }
    }
}

/// The option that names the columns of a layer.
fn columns_option(kind: LayerKind) -> &'static str {
    match kind {
        LayerKind::Network => "‹network_columns›",
        LayerKind::Stations => "‹stations_columns›",
        LayerKind::Residents => "‹residents_columns›",
        LayerKind::Areas => "‹areas_columns› / ‹area_name›",
        LayerKind::AllStations => "‹all_stations_columns›",
        LayerKind::Demand => "‹demand_columns›",
        LayerKind::Communities => "‹communities_columns›",
        LayerKind::Land => "‹land_columns›",
        LayerKind::Compounds => "‹compounds_columns›",
        LayerKind::Gates => "‹gates_columns›",
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
