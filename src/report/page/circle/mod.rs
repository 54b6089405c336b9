//! The page of a service-circle study: what the map shows by tier or by group, the problem list, and the tables of all that
//! was asked beside coverage. A page on which nothing was asked has none of it.

mod cells;
mod chart;
mod choices;
mod facts;
mod ledger;
mod registered;
mod scenes;
mod sections;
mod table;
mod views;
mod walks;
mod words;

pub(super) use cells::{legend, map_layers, rules, station_class};
pub(super) use choices::choices;
pub(super) use facts::{figures, sentences};
pub(super) use ledger::{price_row, reason, table as ledger};
pub(super) use scenes::{lists, scenes};
pub(super) use sections::write as sections;
pub(super) use views::{View, of};
pub(super) use walks::walks;
