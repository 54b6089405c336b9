//! What was said of how a layer is read, or of how all are, reaches something or is refused: an option that nothing looks at
//! would be taken for one that did its work.

use super::Request;
use super::asked::AskedSettings;
use crate::inputs::{
    Format, InputError, Known, KnownBy, LayerKind, LayerReading, LayerSetting, RoleColumn, Source,
};
use crate::text::language::{InLanguage, Language, Words, words};

/// Refuses what can reach nothing, whatever stands in the files: by where a layer comes from, and by its kind.
///
/// # Errors
/// [`InputError::ReachesNothing`].
pub(super) fn check_usable(request: &Request) -> Result<(), InputError> {
    for asked in request.settings() {
        asked.refuse(|setting| asked.has_no_use_for(setting))?;
    }
    if request.homes.by_storey && !request.makes_homes() {
        return Err(InputError::ReachesNothing {
            option: "home_storeys".to_owned(),
            reason: words!(
                "no homes are made of the map's buildings (residents = osm:building); leave the option out",
                "居民数据未取自地图建筑（residents = osm:building）；请去掉该参数"
            ),
        });
    }
    Ok(())
}

/// Refuses what reached nothing. `readings` are those of the network and of every layer, in the order of reading.
///
/// # Errors
/// [`InputError::ReachesNothing`].
pub(super) fn check_used(request: &Request, readings: &[LayerReading]) -> Result<(), InputError> {
    for (asked, reading) in request.settings().zip(readings) {
        asked.refuse(|setting| asked.was_not_used(setting, reading))?;
    }
    for setting in LayerSetting::ALL {
        if request.general.says(setting) {
            check_general(request, setting, readings)?;
        }
    }
    Ok(())
}

impl AskedSettings<'_> {
    /// Refuses the first of the settings for which there is a reason.
    fn refuse(self, reason: impl Fn(LayerSetting) -> Option<Words>) -> Result<(), InputError> {
        for setting in LayerSetting::ALL {
            if self.settings.says(setting)
                && let Some(reason) = reason(setting)
            {
                let option = format!("{}_{}", self.kind.key(), setting.key());
                return Err(InputError::ReachesNothing { option, reason });
            }
        }
        Ok(())
    }

    /// Why a setting can reach nothing, before anything is read.
    fn has_no_use_for(self, setting: LayerSetting) -> Option<Words> {
        let Some(file) = self.file else {
            return Some(words!(
                "the layer is drawn from the network file, which needs none; leave the option out",
                "该图层取自路网文件，无需此参数；请去掉"
            ));
        };
        // A format that nobody knows is refused by the reader, which says more.
        let format = file.format()?;
        let is_table = matches!(format, Format::Csv | Format::GeoJson | Format::Shapefile);
        match setting {
            LayerSetting::Crs if matches!(format, Format::OsmPbf | Format::Prepared) => {
                Some(is_wgs84(file))
            }
            LayerSetting::Encoding if !is_table => Some(has_one_encoding(file)),
            LayerSetting::Sheet if format != Format::Excel => Some(has_no_sheets(file)),
            LayerSetting::Columns if !is_table && format != Format::Excel => {
                let file = file.name();
                Some(words!(
                    "{file} has no columns; the option is for lines, such as those of a .geojson",
                    "{file} 没有属性列；该参数用于 .geojson 等线要素文件"
                ))
            }
            LayerSetting::Columns => self.has_no_role(),
            _ => None,
        }
    }

    /// That a column is to be taken as what no column of the layer is.
    fn has_no_role(self) -> Option<Words> {
        let known = self.kind.roles();
        let mut columns = self.settings.columns.iter();
        let RoleColumn { role, .. } =
            columns.find(|named| !known.contains(&named.role.as_str()))?;
        let known = known.join(", ");
        Some(words!(
            "no column of this layer is taken as {role}; there are {known}",
            "该图层没有 {role} 这一用途；可选 {known}"
        ))
    }

    /// Why a setting reached nothing, now that the layer is read. A column that is named and not there is refused by the reader.
    fn was_not_used(self, setting: LayerSetting, reading: &LayerReading) -> Option<Words> {
        let file = self.file?;
        let is_own = |known: Option<KnownBy>| known == Some(KnownBy::Layer);
        match setting {
            LayerSetting::Crs if is_own(by_of(reading.crs.as_ref())) => None,
            LayerSetting::Crs if self.kind == LayerKind::Network => Some(is_wgs84(file)),
            LayerSetting::Crs => Some(words!(
                "its places are not used; the option is for outlines, such as those of a .geojson",
                "不使用其位置；该参数用于 .geojson 等文件中的轮廓"
            )),
            LayerSetting::Encoding => match &reading.reading.encoding {
                Some(Known {
                    by: KnownBy::Layer, ..
                }) => None,
                Some(Known { value, .. }) => Some(has_a_mark(file, value)),
                None => Some(has_one_encoding(file)),
            },
            LayerSetting::Sheet if reading.reading.sheet.is_none() => Some(has_no_sheets(file)),
            LayerSetting::Sheet | LayerSetting::Columns => None,
        }
    }
}

/// How a network that has no choice of a system says its own.
fn is_wgs84(file: &Source) -> Words {
    let file = file.name();
    words!(
        "{file} is in WGS84 by its format; leave the option out",
        "{file} 按其格式即为 WGS84；请去掉该参数"
    )
}

fn has_a_mark(file: &Source, encoding: &str) -> Words {
    let file = file.name();
    words!(
        "{file} says itself by a mark at its beginning that it is in {encoding}; leave the option out",
        "{file} 以开头的标记声明编码为 {encoding}；请去掉该参数"
    )
}

fn has_one_encoding(file: &Source) -> Words {
    let file = file.name();
    words!(
        "{file} is of a format that has one encoding alone; the option is for a text, such as a .csv",
        "{file} 的格式只有一种编码；该参数用于 .csv 等文本"
    )
}

fn has_no_sheets(file: &Source) -> Words {
    let file = file.name();
    words!(
        "{file} has no sheets; the option is for a workbook, such as an .xlsx",
        "{file} 没有工作表；该参数用于 .xlsx 等工作簿"
    )
}

/// Refuses what is said of all layers that do not say for themselves, where all of them do.
fn check_general(
    request: &Request,
    setting: LayerSetting,
    readings: &[LayerReading],
) -> Result<(), InputError> {
    if setting == LayerSetting::Columns {
        return check_columns(request, readings);
    }
    let known_of = |read| known_of(setting, read);
    if readings
        .iter()
        .any(|read| by_of(known_of(read)) == Some(KnownBy::General))
    {
        return Ok(());
    }
    let how = each(readings, known_of);
    let how_zh = how.zh();
    let reason = match setting {
        LayerSetting::Crs => words!(
            "every layer says its system itself ({how}); use ‹LAYER_crs›, such as ‹stations_crs›, to go before it",
            "各图层均已自带坐标系（{how_zh}）；如需覆盖，请用 ‹图层_crs›，例如 ‹stations_crs›"
        ),
        LayerSetting::Encoding => words!(
            "every file says or shows its encoding itself, or has no choice ({how}); use ‹LAYER_encoding›, such as ‹residents_encoding›, to go before that",
            "各文件均已自带编码、可由内容认定或无需编码（{how_zh}）；如需覆盖，请用 ‹图层_encoding›，例如 ‹residents_encoding›"
        ),
        LayerSetting::Sheet | LayerSetting::Columns => {
            let sheet = request.general.sheet.as_deref().unwrap_or_default();
            words!(
                "no workbook has a sheet {sheet} ({how})",
                "没有工作簿含有工作表 {sheet}（{how_zh}）"
            )
        }
    };
    Err(InputError::ReachesNothing {
        option: setting.key().to_owned(),
        reason,
    })
}

/// Columns that are named for all layers: each is in one of them.
fn check_columns(request: &Request, readings: &[LayerReading]) -> Result<(), InputError> {
    for RoleColumn { role, column } in request.general.columns.iter() {
        let is_it = |read: &LayerReading| {
            let mut taken = read.reading.taken.iter();
            taken.any(|taken| taken.role == *role && taken.by == KnownBy::General)
        };
        if readings.iter().any(is_it) {
            continue;
        }
        let names = |read: &LayerReading| {
            let taken = read.reading.taken.iter().map(|taken| &taken.column);
            let names: Vec<&str> = taken
                .chain(&read.reading.unused)
                .map(String::as_str)
                .collect();
            let (source, names) = (&read.source, names.join(", "));
            (!names.is_empty()).then(|| format!("{source}: {names}"))
        };
        let there: Vec<String> = readings.iter().filter_map(names).collect();
        let there = there.join("; ");
        return Err(InputError::ReachesNothing {
            option: format!("{role}_column"),
            reason: words!(
                "no layer has a column {column}; columns are {there}",
                "没有图层含有列 {column}；现有列：{there}"
            ),
        });
    }
    Ok(())
}

fn by_of<T>(known: Option<&Known<T>>) -> Option<KnownBy> {
    known.map(|known| known.by)
}

/// What a layer was read with.
fn known_of(setting: LayerSetting, read: &LayerReading) -> Option<&Known<String>> {
    match setting {
        LayerSetting::Crs => read.crs.as_ref(),
        LayerSetting::Encoding => read.reading.encoding.as_ref(),
        LayerSetting::Sheet => read.reading.sheet.as_ref(),
        LayerSetting::Columns => None,
    }
}

/// What each layer has of something, and how it is known.
fn each<'r>(
    readings: &'r [LayerReading],
    of: impl Fn(&'r LayerReading) -> Option<&'r Known<String>>,
) -> Words {
    let in_language = |language: Language| {
        let of_layer = |read: &'r LayerReading| {
            let known = of(read)?;
            let (layer, by) = (read.layer.word(language), known.by.word(language));
            Some(format!("{layer}: {}, {by}", known.value))
        };
        let all: Vec<String> = readings.iter().filter_map(of_layer).collect();
        match all.as_slice() {
            [] => language.pick("none has one", "均无").to_owned(),
            all => all.join("; "),
        }
    };
    Words::new(in_language(Language::En), in_language(Language::Zh))
}
