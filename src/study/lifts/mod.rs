//! Lifts for old houses as a question to a study, and its files.

mod answer;
mod benefits;
mod question;
mod stairwells;
mod written;

pub use answer::LiftsAnswer;
pub use question::LiftsQuestion;
