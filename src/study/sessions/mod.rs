//! Travelling sessions as a question to a study, and their files.

mod answer;
mod calendar;
mod written;

pub use answer::{SessionsAnswer, SessionsQuestion};
