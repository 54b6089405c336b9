use geo_types::{Rect, coord};

use super::*;

/// A square of ground from its lower left corner.
fn square(name: &str, x: f64, y: f64, side: f64) -> Area {
    let ground = Rect::new(coord! { x: x, y: y }, coord! { x: x + side, y: y + side });
    Area {
        id: name.to_owned(),
        name: name.to_owned(),
        shape: ground.to_polygon().into(),
    }
}

/// The areas in which somebody at a place counts, the one that it is said to be in first.
fn held(areas: &[Area], x: f64, y: f64) -> Vec<u32> {
    let grounds: Vec<Ground<'_>> = areas.iter().map(Ground::new).collect();
    let held = Held::at(coord! { x: x, y: y }, &grounds);
    held.area.into_iter().chain(held.further).collect()
}

#[test]
fn who_lives_in_a_district_counts_in_the_city_too_whatever_their_order() {
    let (city, district) = (
        square("city", 0.0, 0.0, 9.0),
        square("district", 1.0, 1.0, 2.0),
    );
    let areas = [city.clone(), district.clone()];
    assert_eq!(held(&areas, 2.0, 2.0), [1, 0]);
    assert_eq!(held(&areas, 5.0, 5.0), [0]);
    assert_eq!(held(&[district, city], 2.0, 2.0), [0, 1]);
    assert!(held(&areas, 10.0, 5.0).is_empty());
}

#[test]
fn who_lives_on_a_shared_border_counts_in_the_first_and_in_the_city_around() {
    let areas = [
        square("east", 2.0, 1.0, 1.0),
        square("west", 1.0, 1.0, 1.0),
        square("city", 0.0, 0.0, 9.0),
    ];
    assert_eq!(held(&areas, 2.0, 1.5), [0, 2]);
    assert_eq!(held(&areas, 1.5, 1.5), [1, 2]);
    assert_eq!(held(&areas[..2], 2.0, 1.5), [0]);
}
