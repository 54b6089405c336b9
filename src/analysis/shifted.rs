//! Layers that are shifted as Chinese maps are.

use super::Analysis;
use crate::crs::{Crs, PlacedLayer, is_in_china};
use crate::model::{FindingCode, Findings};
use crate::snap::{Other, Shift};
use crate::text::language::{InLanguage, Words, words};

/// Layers that look shifted as Chinese maps are, or whose streets do, which were read in `streets`: each is reported with how
/// far and how sure, never corrected.
#[must_use]
pub(crate) fn shift_findings(
    analysis: &Analysis,
    layers: &[PlacedLayer],
    streets: &Crs,
) -> Findings {
    let mut findings = Findings::default();
    let is_here = |layer: &&PlacedLayer| layer.places.iter().any(|place| is_in_china(*place));
    let layers: Vec<&PlacedLayer> = layers.iter().filter(is_here).collect();
    if layers.is_empty() {
        return findings;
    }
    let snapper = analysis.placed().walker().open_snapper();
    for layer in layers {
        if let Some(shift) = Shift::new(&snapper, &layer.places, (&layer.crs, streets)) {
            findings.add(FindingCode::ShiftedLayer, || said(layer, &shift));
        }
    }
    findings
}

fn said(layer: &PlacedLayer, shift: &Shift) -> Words {
    let Shift {
        metres: (east, north),
        times_better,
        deviations,
        others,
        ..
    } = shift;
    let name = &layer.name;
    // To tens: what the series of these maps is exact to.
    let metres = (east.hypot(*north) / 10.0).round() * 10.0;
    // The layer lies on the other side of where it has to be moved.
    let side = compass(-east, -north);
    let (side_zh, cause, cure) = (side.zh(), cause(layer, shift), cure(layer, shift));
    let (cause_zh, cure_zh) = (cause.zh(), cure.zh());
    words!(
        "{name} lies about {metres} m {side} of its place among the streets, {cause}; moved back it fits the streets {times_better:.1} times as well as under the best of {others} other shifts, {deviations:.0} standard deviations above them: {cure}",
        "{name} 整体向{side_zh}偏移约 {metres} 米，{cause_zh}；移回后与道路的吻合程度是其他 {others} 种偏移中最好者的 {times_better:.1} 倍，高出 {deviations:.0} 个标准差：{cure_zh}"
    )
}

fn cause(layer: &PlacedLayer, shift: &Shift) -> Words {
    let read = &layer.crs;
    match &shift.other {
        Other::Points(crs) => words!(
            "as {crs} does that is read as {read}",
            "与把 {crs} 当作 {read} 读取的偏移一致"
        ),
        Other::Streets(crs) => words!(
            "as it does beside streets in {crs}",
            "与路网实为 {crs} 时的偏移一致"
        ),
    }
}

fn cure(layer: &PlacedLayer, shift: &Shift) -> Words {
    let option = &layer.option;
    match (&shift.other, &layer.crs) {
        (Other::Points(crs), Crs::Wgs84 | Crs::Gcj02 | Crs::Bd09) => {
            words!("give {option} {crs}", "请用 {option} {crs} 指明")
        }
        (Other::Points(crs), _) => words!(
            "convert its coordinates from {crs} before they are used",
            "请先将其坐标由 {crs} 转换后再使用"
        ),
        (Other::Streets(crs), _) => words!(
            "use streets in WGS84, or give ‹network_crs› {crs} if they are in it",
            "请使用 WGS84 路网；如路网确为 {crs}，请用 ‹network_crs› {crs} 指明"
        ),
    }
}

/// One of the eight directions in which a vector points.
fn compass(east: f64, north: f64) -> Words {
    const SIDES: [(&str, &str); 8] = [
        ("east", "东"),
        ("north-east", "东北"),
        ("north", "北"),
        ("north-west", "西北"),
        ("west", "西"),
        ("south-west", "西南"),
        ("south", "南"),
        ("south-east", "东南"),
    ];
    let eighths = (north.atan2(east) / std::f64::consts::FRAC_PI_4).round();
    let (en, zh) = SIDES[eighths.rem_euclid(8.0) as usize % 8];
    Words::new(en, zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_points_to_one_of_eight_sides() {
        for (east, north, side) in [
            (1.0, 0.1, "east"),
            (1.0, -0.1, "east"),
            (1.0, 1.0, "north-east"),
            (-1.0, 0.0, "west"),
            (-1.0, -0.9, "south-west"),
            (0.0, -1.0, "south"),
        ] {
            assert_eq!(compass(east, north).to_string(), side);
        }
    }
}
