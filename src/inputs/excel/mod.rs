//! Points from spreadsheets: `.xlsx`, `.xlsm` and the old `.xls`. Sheets are read cell by cell, so that one cell in the last
//! corner of a sheet costs no memory for all between.

mod cell_text;
mod read;
mod rows;
mod wrong;
mod xls;
mod xlsx;

pub(super) use read::read_points;
pub(super) use wrong::the_workbook;
