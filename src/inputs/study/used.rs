//! What was given for a layer, or for all, reaches something or is refused: an option that nothing looks at would be taken for
//! one that did its work.

use super::{Layer, LayerSource, Request};
use crate::inputs::{Format, InputError, Known, KnownBy, LayerKind, LayerReading, Source};
use crate::text::language::{InLanguage, Language, Words, words};

/// Refuses what reached nothing. `readings` are those of the network and of every layer, in the order of reading.
///
/// # Errors
/// [`InputError::ReachesNothing`].
pub(super) fn check_used(request: &Request, readings: &[LayerReading]) -> Result<(), InputError> {
    let [network, others @ ..] = readings else {
        return Ok(());
    };
    check_network(request, network)?;
    for ((kind, layer), reading) in request.in_reading_order().zip(others) {
        check_layer(kind, layer, reading)?;
    }
    check_general(request, readings)
}

/// What was given for the network alone.
pub(super) fn check_network(request: &Request, reading: &LayerReading) -> Result<(), InputError> {
    let kind = LayerKind::Network;
    let given_crs = request.network_crs.own.is_some();
    if given_crs && by_of(reading.crs.as_ref()) != Some(KnownBy::Layer) {
        return Err(refused(kind, "crs", says_its_system(reading)));
    }
    let is_of_lines = matches!(reading.format, Some(Format::GeoJson | Format::Shapefile));
    if !request.network_columns.is_empty() && !is_of_lines {
        let file = &reading.source;
        let no_columns = words!("{file} has no columns", "{file} 没有属性列");
        return Err(refused(kind, "columns", no_columns));
    }
    check_encoding(kind, &request.network, reading)
}

/// What was given for one layer.
fn check_layer(kind: LayerKind, layer: &Layer, reading: &LayerReading) -> Result<(), InputError> {
    let LayerSource::File(source) = &layer.source else {
        let of_map = |aspect| refused(kind, aspect, of_the_map());
        let is_own = |sheet: &Known<String>| sheet.by == KnownBy::Layer;
        return if layer.crs.own.is_some() {
            Err(of_map("crs"))
        } else if layer.sheet.as_ref().is_some_and(is_own) {
            Err(of_map("sheet"))
        } else if layer.columns.names_any() {
            Err(of_map("columns"))
        } else {
            Ok(())
        };
    };
    if layer.crs.own.is_some() && by_of(reading.crs.as_ref()) != Some(KnownBy::Layer) {
        let no_places = words!("its places are not used", "不使用其位置");
        return Err(refused(kind, "crs", no_places));
    }
    if by_of(layer.sheet.as_ref()) == Some(KnownBy::Layer) && reading.reading.sheet.is_none() {
        let file = source.name();
        let no_sheets = words!("{file} has no sheets", "{file} 没有工作表");
        return Err(refused(kind, "sheet", no_sheets));
    }
    check_encoding(kind, source, reading)
}

fn check_encoding(
    kind: LayerKind,
    source: &Source,
    reading: &LayerReading,
) -> Result<(), InputError> {
    if by_of(source.encoding().as_ref()) != Some(KnownBy::Layer) {
        return Ok(());
    }
    let file = source.name();
    let reason = match &reading.reading.encoding {
        Some(Known {
            by: KnownBy::Layer, ..
        }) => return Ok(()),
        Some(Known { value, .. }) => words!(
            "{file} says itself by a mark at its beginning that it is in {value}; leave the option out",
            "{file} 以开头的标记声明编码为 {value}；请去掉该参数"
        ),
        None => words!(
            "{file} is of a format that has one encoding alone; leave the option out",
            "{file} 的格式只有一种编码；请去掉该参数"
        ),
    };
    Err(refused(kind, "encoding", reason))
}

/// What was given for all layers that do not say for themselves.
pub(super) fn check_general(
    request: &Request,
    readings: &[LayerReading],
) -> Result<(), InputError> {
    let is_general = |known: Option<KnownBy>| known == Some(KnownBy::General);
    let layers = || request.in_reading_order().map(|(_, layer)| layer);
    let sources = || {
        let files = layers().filter_map(|layer| match &layer.source {
            LayerSource::File(source) => Some(source),
            LayerSource::Osm(_) => None,
        });
        std::iter::once(&request.network).chain(files)
    };
    let nothing = |option: &str, why: Words| {
        Err(InputError::ReachesNothing {
            option: option.to_owned(),
            reason: why,
        })
    };
    let has_crs =
        request.network_crs.default.is_some() || layers().any(|layer| layer.crs.default.is_some());
    if has_crs
        && !readings
            .iter()
            .any(|read| is_general(by_of(read.crs.as_ref())))
    {
        let how = each(readings, |read| read.crs.as_ref());
        let how_zh = how.zh();
        return nothing(
            "crs",
            words!(
                "every layer says its system itself ({how}); use ‹LAYER_crs›, such as ‹stations_crs›, to go before it",
                "各图层均已自带坐标系（{how_zh}）；如需覆盖，请用 ‹图层_crs›，例如 ‹stations_crs›"
            ),
        );
    }
    let has_encoding = sources().any(|source| is_general(by_of(source.encoding().as_ref())));
    let of_text = |read: &LayerReading| is_general(by_of(read.reading.encoding.as_ref()));
    if has_encoding && !readings.iter().any(of_text) {
        let how = each(readings, |read| read.reading.encoding.as_ref());
        let how_zh = how.zh();
        return nothing(
            "encoding",
            words!(
                "every file says or shows its encoding itself, or has no choice ({how}); use ‹LAYER_encoding›, such as ‹residents_encoding›, to go before that",
                "各文件均已自带编码、可由内容认定或无需编码（{how_zh}）；如需覆盖，请用 ‹图层_encoding›，例如 ‹residents_encoding›"
            ),
        );
    }
    let sheet =
        layers().find_map(|layer| layer.sheet.as_ref().filter(|s| s.by == KnownBy::General));
    let of_sheet = |read: &LayerReading| is_general(by_of(read.reading.sheet.as_ref()));
    if let Some(Known { value: sheet, .. }) = sheet
        && !readings.iter().any(of_sheet)
    {
        let how = each(readings, |read| read.reading.sheet.as_ref());
        let how_zh = how.zh();
        return nothing(
            "sheet",
            words!(
                "no workbook has a sheet {sheet} ({how})",
                "没有工作簿含有工作表 {sheet}（{how_zh}）"
            ),
        );
    }
    check_columns(request, readings)
}

/// Columns that are named for all layers: each is in one of them.
fn check_columns(request: &Request, readings: &[LayerReading]) -> Result<(), InputError> {
    let Some((_, layer)) = request.in_reading_order().next() else {
        return Ok(());
    };
    for named in layer.columns.general.named() {
        let is_it = |read: &LayerReading| {
            let mut taken = read.reading.taken.iter();
            taken.any(|taken| taken.role == named.role && taken.by == KnownBy::General)
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
        let (column, there) = (named.column, there.join("; "));
        return Err(InputError::ReachesNothing {
            option: named.option.to_owned(),
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

fn refused(kind: LayerKind, aspect: &str, reason: Words) -> InputError {
    InputError::ReachesNothing {
        option: format!("{}_{aspect}", kind.key()),
        reason,
    }
}

/// How a network that has no choice of a system says its own.
fn says_its_system(reading: &LayerReading) -> Words {
    let file = &reading.source;
    words!(
        "{file} is in WGS84 by its format; leave the option out",
        "{file} 按其格式即为 WGS84；请去掉该参数"
    )
}

fn of_the_map() -> Words {
    words!(
        "the layer is drawn from the network file, which needs none; leave the option out",
        "该图层取自路网文件，无需此参数；请去掉"
    )
}

/// What each layer has of something, and how it is known.
fn each(readings: &[LayerReading], of: impl Fn(&LayerReading) -> Option<&Known<String>>) -> Words {
    let in_language = |language: Language| {
        let of_layer = |read: &LayerReading| {
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
