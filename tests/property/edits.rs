//! Edits of a city, drawn.

use proptest::prelude::*;

/// A place in units of whoever draws it.
pub(crate) type Point = (i32, i32);

/// One edit; numbers stand for whichever station or edge they come to, counted round.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Move(usize, Vec<Point>),
    Add(Vec<Point>),
    Remove(usize),
    Close(Vec<usize>),
    Open(Vec<usize>),
}

/// With entrances at these places.
pub(crate) fn edits<P: Strategy<Value = Point> + 'static>(
    points: fn() -> P,
) -> impl Strategy<Value = Edit> {
    let entrances = move || prop::collection::vec(points(), 0..3);
    let edges = || prop::collection::vec(any::<usize>(), 1..4);
    prop_oneof![
        4 => (any::<usize>(), entrances()).prop_map(|(station, places)| Edit::Move(station, places)),
        1 => entrances().prop_map(Edit::Add),
        1 => any::<usize>().prop_map(Edit::Remove),
        2 => edges().prop_map(Edit::Close),
        2 => edges().prop_map(Edit::Open),
    ]
}
