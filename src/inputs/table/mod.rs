//! Rows of cells become point records, whatever file they come from: the header is found below titles, also in two rows
//! with merged cells; totals and repeated headers are no records and are counted.

mod layout;
mod people;
mod read;
mod record;
mod row;
mod top;
mod units;

pub(super) use read::read_points;
pub(super) use row::{Dialect, Row};
pub(super) use top::header_and_records;
