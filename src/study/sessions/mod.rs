//! Travelling sessions as a question to a study, and their files.

mod answer;
mod calendar;
mod next;
mod places;
mod written;

pub use answer::{SessionsAnswer, SessionsQuestion};
pub use next::{NextAnswer, NextSessions, read_lecturers};
