//! The heights of a network's streets.

use super::Request;
#[cfg(feature = "elevation")]
use crate::inputs::Elevation;
use crate::inputs::{InputError, InputsError, NetworkRead};
#[cfg(feature = "elevation")]
use crate::model::{FindingCode, Findings};
#[cfg(feature = "elevation")]
use crate::network::HeightMetres;
use crate::text::language::Words;
#[cfg(feature = "elevation")]
use crate::text::language::words;

/// Gives a network the heights of a request, where it asks for some.
///
/// # Errors
/// What the reader of heights refuses; [`InputError::ReachesNothing`] where no file is around the streets, or where a prepared
/// network has heights already.
pub(super) fn with_heights(
    request: &Request,
    read: NetworkRead,
) -> Result<NetworkRead, InputsError> {
    if request.elevation.is_empty() {
        return Ok(read);
    }
    if read.network.height_metres().is_some() {
        return Err(reaches_nothing(Words::new(
            "the prepared network has heights already; leave the option out",
            "预处理路网已含高程；请去掉该参数",
        )));
    }
    climbed(request, read)
}

#[cfg(not(feature = "elevation"))]
fn climbed(_: &Request, _: NetworkRead) -> Result<NetworkRead, InputsError> {
    Err(reaches_nothing(Words::new(
        "this build reads no heights; it takes the feature elevation",
        "此版本不读取高程；需启用 elevation 功能",
    )))
}

#[cfg(feature = "elevation")]
fn climbed(request: &Request, read: NetworkRead) -> Result<NetworkRead, InputsError> {
    let Some(around) = read.network.bounds() else {
        return Ok(read);
    };
    let surface = Elevation::read(&request.elevation, around)?;
    if surface.elsewhere().len() == request.elevation.len() {
        let files = surface.elsewhere().join(", ");
        return Err(reaches_nothing(words!(
            "no part of the streets is on {files}; give the tiles that they are on",
            "街道不在 {files} 范围内；请提供街道所在的瓦片"
        )));
    }
    let network = read
        .network
        .with_heights(|places| surface.heights_m(places));
    let mut findings = read.findings;
    for file in surface.elsewhere() {
        findings.add(FindingCode::HeightsElsewhere, || Words::same(file.as_str()));
    }
    if let Some(metres) = network.height_metres() {
        findings.extend(height_findings(metres));
    }
    Ok(NetworkRead {
        network,
        findings,
        ..read
    })
}

/// What became of the metres of streets, in kilometres.
#[cfg(feature = "elevation")]
fn height_findings(metres: HeightMetres) -> Findings {
    let mut findings = Findings::default();
    let all_km = (metres.known_m + metres.unknown_m) / 1000.0;
    for (code, metres) in [
        (FindingCode::HeightsUnknown, metres.unknown_m),
        (FindingCode::HeightsFilled, metres.filled_m),
        (FindingCode::SlopeBeyondStreets, metres.steepest_m),
    ] {
        let km = metres / 1000.0;
        findings.add_many(code, km.ceil() as u64, || {
            words!(
                "{km:.3} of {all_km:.3} km",
                "全部 {all_km:.3} 公里中的 {km:.3} 公里"
            )
        });
    }
    findings
}

fn reaches_nothing(reason: Words) -> InputsError {
    InputError::ReachesNothing {
        option: "elevation".to_owned(),
        reason,
    }
    .into()
}
