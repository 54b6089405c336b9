//! How each layer is read: `--LAYER-crs`, `--LAYER-encoding`, `--LAYER-sheet`, `--LAYER-columns`, the same for every layer, made
//! from one table. What is given for a layer that is not there, or has no use for it, is refused.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use pedshed::crs::Crs;
use pedshed::inputs::{Columns, LayerKind, TextEncoding};
use pedshed::language::Language;

use crate::exit::{UsageError, usage};
use crate::terminal::words;

/// What can be said of how a layer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Aspect {
    Crs,
    Encoding,
    Sheet,
    Columns,
}

impl Aspect {
    pub(crate) const ALL: [Aspect; 4] = [
        Aspect::Crs,
        Aspect::Encoding,
        Aspect::Sheet,
        Aspect::Columns,
    ];

    /// What follows the layer in the flag's name.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Aspect::Crs => "crs",
            Aspect::Encoding => "encoding",
            Aspect::Sheet => "sheet",
            Aspect::Columns => "columns",
        }
    }

    const fn value_name(self) -> &'static str {
        match self {
            Aspect::Crs => "CRS",
            Aspect::Encoding | Aspect::Sheet => "TEXT",
            Aspect::Columns => "ROLE=COLUMN,…",
        }
    }

    fn help(self, kind: LayerKind) -> String {
        let layer = match kind {
            LayerKind::AllStations => "all stations".to_owned(),
            kind => format!("the {}", kind.word(Language::En)),
        };
        match self {
            Aspect::Crs => {
                format!("Coordinate system of {layer} (such as EPSG:4547, GCJ-02, BD-09)")
            }
            Aspect::Encoding => format!("Encoding of the text of {layer} (such as gb18030)"),
            Aspect::Sheet => format!("Sheet of the workbook with {layer}"),
            Aspect::Columns => {
                let roles = kind.roles().join(", ");
                format!("Columns of {layer}: {roles}")
            }
        }
    }
}

/// `all-stations`.
pub(crate) fn flag_of(kind: LayerKind) -> String {
    kind.key().replace('_', "-")
}

/// The layers that a verb reads.
pub(crate) trait LayerSet: Send + Sync + 'static {
    const KINDS: &'static [LayerKind];
}

macro_rules! layer_sets {
    ($($(#[$doc:meta])* $name:ident [$($kind:ident),*])*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct $name;

        impl LayerSet for $name {
            const KINDS: &'static [LayerKind] = &[$(LayerKind::$kind),*];
        }
    )*};
}

layer_sets! {
    /// The network alone.
    NetworkLayer [Network]
    /// Stations alone.
    StationLayers [Stations]
    /// Residents alone.
    ResidentLayers [Residents]
    /// What coverage is made of.
    CityLayers [Stations, Residents, Areas, Compounds, Gates]
    /// What is asked beside it.
    CircleLayers [AllStations, Demand, Communities, Land]
}

/// What was given for each of a set of layers.
#[derive(Clone, Debug)]
pub(crate) struct LayerOptions<S> {
    given: BTreeMap<(LayerKind, Aspect), Vec<String>>,
    set: PhantomData<S>,
}

impl<S> Default for LayerOptions<S> {
    fn default() -> Self {
        Self {
            given: BTreeMap::new(),
            set: PhantomData,
        }
    }
}

/// How one layer is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct LayerReading {
    pub(crate) crs: Option<Crs>,
    pub(crate) encoding: Option<TextEncoding>,
    pub(crate) sheet: Option<String>,
    /// Role and column.
    pub(crate) columns: Vec<(String, String)>,
}

impl<S: LayerSet> Args for LayerOptions<S> {
    fn augment_args(command: Command) -> Command {
        let flags = S::KINDS
            .iter()
            .flat_map(|kind| Aspect::ALL.map(|aspect| flag(*kind, aspect)));
        flags.fold(command, Command::arg)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn flag(kind: LayerKind, aspect: Aspect) -> Arg {
    let name = format!("{}-{}", flag_of(kind), aspect.key());
    let flag = Arg::new(format!("{}_{}", kind.key(), aspect.key()))
        .long(name)
        .value_name(aspect.value_name())
        .help(aspect.help(kind))
        .help_heading("Reading one layer")
        .hide_short_help(true);
    match aspect {
        // Several columns, of which a name may have a comma in it: they are parted later.
        Aspect::Columns => flag.action(clap::ArgAction::Append),
        _ => flag,
    }
}

impl<S: LayerSet> FromArgMatches for LayerOptions<S> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut options = Self::default();
        options.update_from_arg_matches(matches)?;
        Ok(options)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        for kind in S::KINDS {
            for aspect in Aspect::ALL {
                let id = format!("{}_{}", kind.key(), aspect.key());
                if let Some(values) = matches.get_many::<String>(&id) {
                    let values = values.cloned().collect();
                    self.given.insert((*kind, aspect), values);
                }
            }
        }
        Ok(())
    }
}

impl<S: LayerSet> LayerOptions<S> {
    /// What was given, each as a flag with its value, by name.
    pub(crate) fn flags(&self) -> Vec<String> {
        let given = self.given.iter().map(|((kind, aspect), values)| {
            let value = match aspect {
                Aspect::Columns => values.join(","),
                _ => values.last().cloned().unwrap_or_default(),
            };
            format!("--{}-{} {value}", flag_of(*kind), aspect.key())
        });
        let mut flags: Vec<String> = given.collect();
        flags.sort_unstable();
        flags
    }

    /// Refuses what is given for layers that are not there.
    ///
    /// # Errors
    /// Naming the flag, and the one that it belongs to.
    pub(crate) fn check_there(
        &self,
        is_there: impl Fn(LayerKind) -> bool,
    ) -> Result<(), UsageError> {
        let mut given = self.given.keys();
        let Some((kind, aspect)) = given.find(|(kind, _)| !is_there(*kind)) else {
            return Ok(());
        };
        let (layer, aspect) = (flag_of(*kind), aspect.key());
        let message = words!(
            "--{layer}-{aspect} reaches no layer: there is no --{layer}",
            "--{layer}-{aspect} 没有对应的图层：未给出 --{layer}"
        );
        Err(UsageError::with_flag(format!("{layer}-{aspect}"), message))
    }

    /// What was given for one layer.
    ///
    /// # Errors
    /// When an encoding or a column's role is none.
    pub(crate) fn of(&self, kind: LayerKind) -> anyhow::Result<LayerReading> {
        let one = |aspect| {
            let values = self.given.get(&(kind, aspect));
            values.and_then(|values| values.last()).map(String::as_str)
        };
        let encoding = one(Aspect::Encoding);
        let encoding = encoding.map(|name| {
            let flag = format!("{}-encoding", flag_of(kind));
            name.parse::<TextEncoding>().map_err(usage(flag))
        });
        let columns = self.given.get(&(kind, Aspect::Columns));
        let columns = columns.map(|list| columns_of(kind, list)).transpose()?;
        Ok(LayerReading {
            crs: one(Aspect::Crs).map(Crs::parse),
            encoding: encoding.transpose()?,
            sheet: one(Aspect::Sheet).map(str::to_owned),
            columns: columns.unwrap_or_default(),
        })
    }
}

/// Reads `id=站点编码,name=名称`. A piece without `=` goes on with the name before it, which has a comma.
fn columns_of(kind: LayerKind, list: &[String]) -> Result<Vec<(String, String)>, UsageError> {
    let layer = flag_of(kind);
    let mut columns: Vec<(String, String)> = Vec::new();
    for piece in list.iter().flat_map(|text| text.split(',')) {
        match (piece.split_once('='), columns.last_mut()) {
            (Some((role, column)), _) if !column.trim().is_empty() => {
                columns.push((role.trim().to_owned(), column.trim().to_owned()));
            }
            (None, Some((_, column))) => {
                column.push(',');
                column.push_str(piece);
            }
            _ => {
                let message = words!(
                    "--{layer}-columns {piece:?} is no column; write ROLE=COLUMN, such as id=站点编码",
                    "--{layer}-columns {piece:?} 有误；写作 用途=列名，例如 id=站点编码"
                );
                return Err(UsageError::with_flag(format!("{layer}-columns"), message));
            }
        }
    }
    let known = kind.roles();
    if let Some((role, _)) = columns
        .iter()
        .find(|(role, _)| !known.contains(&role.as_str()))
    {
        let known = known.join(", ");
        let message = words!(
            "--{layer}-columns {role}: no column of this layer is taken as that; there are {known}",
            "--{layer}-columns {role}：该图层没有这一用途；可选 {known}"
        );
        return Err(UsageError::with_flag(format!("{layer}-columns"), message));
    }
    for (at, (role, column)) in columns.iter().enumerate() {
        if let Some((_, other)) = columns[..at].iter().find(|(known, _)| known == role) {
            let message = words!(
                "--{layer}-columns {role}: is named twice, as {other} and as {column}; name one",
                "--{layer}-columns {role}：重复指定为 {other} 和 {column}；请只指定一列"
            );
            return Err(UsageError::with_flag(format!("{layer}-columns"), message));
        }
    }
    Ok(columns)
}

impl LayerReading {
    /// The columns that are named for this layer.
    pub(crate) fn name_columns(&self, kind: LayerKind, columns: &mut Columns) {
        for (role, column) in &self.columns {
            columns.name_role(kind, role, column.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(kind: LayerKind, list: &[&str]) -> Result<Vec<(String, String)>, String> {
        let list: Vec<String> = list.iter().map(|text| (*text).to_owned()).collect();
        columns_of(kind, &list).map_err(|error| error.words.to_string())
    }

    #[test]
    fn columns_are_parted_at_commas_that_a_role_follows() {
        let pair = |role: &str, column: &str| (role.to_owned(), column.to_owned());
        assert_eq!(
            columns(
                LayerKind::Stations,
                &["id=站点编码,name=名称, 全称", "tier=层级"]
            ),
            Ok(vec![
                pair("id", "站点编码"),
                pair("name", "名称, 全称"),
                pair("tier", "层级"),
            ])
        );
        for wrong in ["编码", "=编码", "id=", "tyre=层级", "id=编码,id=编号"] {
            assert!(columns(LayerKind::Stations, &[wrong]).is_err(), "{wrong}");
        }
        let error = columns(LayerKind::Residents, &["services=功能"]).expect_err("no role");
        assert!(error.contains("population"), "{error}");
    }
}
