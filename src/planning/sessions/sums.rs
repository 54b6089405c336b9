//! How many of some people had a session.

use crate::units::People;

/// How many of some people had a session within reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionSums {
    /// The id of an area; empty of everybody and of groups.
    pub id: String,
    /// Whose they are; empty of everybody.
    pub name: String,
    /// All of them.
    pub people: People,
    /// Those who had at least one.
    pub had: People,
    /// The sessions that each had, over all: thousandths of people × sessions.
    pub attended: u128,
}

impl SessionSums {
    /// Of nobody yet.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Counts the people of a record who had so many sessions.
    pub fn add(&mut self, people: People, sessions: u32) {
        self.people += people;
        if sessions > 0 {
            self.had += people;
        }
        self.attended += u128::from(people.thousandths()) * u128::from(sessions);
    }

    /// Counts everybody.
    pub fn add_all(&mut self, people: &[People], sessions: &[u32]) {
        for (people, sessions) in people.iter().zip(sessions) {
            self.add(*people, *sessions);
        }
    }

    /// Those who had none.
    #[must_use]
    pub fn missed(&self) -> People {
        self.people - self.had
    }

    /// The sessions that one of them had on average; 0 of nobody.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.attended as f64 / (self.people.thousandths().max(1)) as f64
    }
}
