//! How each layer is read: `--LAYER-crs`, `--LAYER-encoding`, `--LAYER-sheet`, `--LAYER-columns`, the same for every layer, made
//! from one table. What is given for a layer that is not there, or has no use for it, is refused.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use pedshed::crs::Crs;
use pedshed::inputs::{LayerKind, LayerSetting, LayerSettings, RoleColumns};
use pedshed::language::Language;

use crate::exit::{UsageError, usage};
use crate::terminal::words;

/// What the value of a flag is called in its help.
const fn value_name(setting: LayerSetting) -> &'static str {
    match setting {
        LayerSetting::Crs => "CRS",
        LayerSetting::Encoding | LayerSetting::Sheet => "TEXT",
        LayerSetting::Columns => "ROLE=COLUMN,…",
    }
}

fn help(kind: LayerKind, setting: LayerSetting) -> String {
    let layer = match kind {
        LayerKind::AllStations => "all stations".to_owned(),
        kind => format!("the {}", kind.word(Language::En)),
    };
    match setting {
        LayerSetting::Crs => {
            format!("Coordinate system of {layer} (such as EPSG:4547, GCJ-02, BD-09)")
        }
        LayerSetting::Encoding => format!("Encoding of the text of {layer} (such as gb18030)"),
        LayerSetting::Sheet => format!("Sheet of the workbook with {layer}"),
        LayerSetting::Columns => {
            let roles = kind.roles().join(", ");
            format!("Columns of {layer}: {roles}")
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
    CityLayers [Stations, Residents, Areas, Compounds, Gates, Stairwells]
    /// What sites are chosen of.
    SiteLayers [Stations, Residents, Areas, Compounds, Gates, Stairwells, Candidates]
    /// Who walks to which stations, behind which walls.
    WalkedLayers [Stations, Residents, Compounds, Gates, Stairwells]
    /// What is asked of sessions.
    SessionLayers [Calendar, Candidates]
    /// What is asked beside it.
    CircleLayers [AllStations, Demand, Communities, Land]
}

/// What was given for each of a set of layers.
#[derive(Clone, Debug)]
pub(crate) struct LayerOptions<S> {
    given: BTreeMap<(LayerKind, LayerSetting), Vec<String>>,
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

impl<S: LayerSet> Args for LayerOptions<S> {
    fn augment_args(command: Command) -> Command {
        let flags = S::KINDS
            .iter()
            .flat_map(|kind| LayerSetting::ALL.map(|setting| flag(*kind, setting)));
        flags.fold(command, Command::arg)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn flag(kind: LayerKind, setting: LayerSetting) -> Arg {
    let name = format!("{}-{}", flag_of(kind), setting.key());
    let flag = Arg::new(format!("{}_{}", kind.key(), setting.key()))
        .long(name)
        .value_name(value_name(setting))
        .help(help(kind, setting))
        .help_heading("Reading one layer")
        .hide_short_help(true);
    match setting {
        // Several columns, of which a name may have a comma in it: they are parted later.
        LayerSetting::Columns => flag.action(clap::ArgAction::Append),
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
            for setting in LayerSetting::ALL {
                let id = format!("{}_{}", kind.key(), setting.key());
                if let Some(values) = matches.get_many::<String>(&id) {
                    let values = values.cloned().collect();
                    self.given.insert((*kind, setting), values);
                }
            }
        }
        Ok(())
    }
}

impl<S: LayerSet> LayerOptions<S> {
    /// What was given, each as a flag with its value, by name.
    pub(crate) fn flags(&self) -> Vec<String> {
        let given = self.given.iter().map(|((kind, setting), values)| {
            let value = match setting {
                LayerSetting::Columns => values.join(","),
                _ => values.last().cloned().unwrap_or_default(),
            };
            format!("--{}-{} {value}", flag_of(*kind), setting.key())
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
        let Some((kind, setting)) = given.find(|(kind, _)| !is_there(*kind)) else {
            return Ok(());
        };
        let (layer, setting) = (flag_of(*kind), setting.key());
        let message = words!(
            "--{layer}-{setting} reaches no layer: there is no --{layer}",
            "--{layer}-{setting} 没有对应的图层：未给出 --{layer}"
        );
        Err(UsageError::with_flag(format!("{layer}-{setting}"), message))
    }

    /// What was given for the layers of one kind.
    ///
    /// # Errors
    /// When an encoding or a column's role is none.
    pub(crate) fn of(&self, kind: LayerKind) -> Result<LayerSettings, UsageError> {
        let mut settings = LayerSettings::default();
        for setting in LayerSetting::ALL {
            let flag = format!("{}-{}", flag_of(kind), setting.key());
            match (setting, self.given.get(&(kind, setting))) {
                (_, None) => {}
                (LayerSetting::Columns, Some(list)) => settings.columns = columns_of(kind, list)?,
                (_, Some(list)) => set(&mut settings, setting, list.last(), &flag)?,
            }
        }
        Ok(settings)
    }
}

/// Takes a setting from the value of a flag, where one is given: that of a layer, or of all.
///
/// # Errors
/// When an encoding is none.
pub(crate) fn set(
    settings: &mut LayerSettings,
    setting: LayerSetting,
    text: Option<&String>,
    flag: &str,
) -> Result<(), UsageError> {
    let Some(text) = text else { return Ok(()) };
    match setting {
        LayerSetting::Crs => settings.crs = Some(Crs::parse(text)),
        LayerSetting::Encoding => settings.encoding = Some(text.parse().map_err(usage(flag))?),
        LayerSetting::Sheet => settings.sheet = Some(text.clone()),
        LayerSetting::Columns => {}
    }
    Ok(())
}

/// Reads `id=站点编码,name=名称`. A piece without `=` goes on with the name before it, which has a comma.
fn columns_of(kind: LayerKind, list: &[String]) -> Result<RoleColumns, UsageError> {
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
    let mut named = RoleColumns::default();
    for (role, column) in columns {
        if let Some(other) = named.of(&role) {
            let message = words!(
                "--{layer}-columns {role}: is named twice, as {other} and as {column}; name one",
                "--{layer}-columns {role}：重复指定为 {other} 和 {column}；请只指定一列"
            );
            return Err(UsageError::with_flag(format!("{layer}-columns"), message));
        }
        named = named.with(role, column);
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(kind: LayerKind, list: &[&str]) -> Result<RoleColumns, String> {
        let list: Vec<String> = list.iter().map(|text| (*text).to_owned()).collect();
        columns_of(kind, &list).map_err(|error| error.words.to_string())
    }

    #[test]
    fn columns_are_parted_at_commas_that_a_role_follows() {
        assert_eq!(
            columns(
                LayerKind::Stations,
                &["id=站点编码,name=名称, 全称", "tier=层级"]
            ),
            Ok(RoleColumns::default()
                .with("id", "站点编码")
                .with("name", "名称, 全称")
                .with("tier", "层级"))
        );
        for wrong in ["编码", "=编码", "id=", "tyre=层级", "id=编码,id=编号"] {
            assert!(columns(LayerKind::Stations, &[wrong]).is_err(), "{wrong}");
        }
        let error = columns(LayerKind::Residents, &["services=功能"]).expect_err("no role");
        assert!(error.contains("population"), "{error}");
    }
}
