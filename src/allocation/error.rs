//! Why people cannot be allocated.

use crate::text::language::Words;
use crate::text::words::{Part, Said, sentence, sentences};
use crate::units::People;

/// Why people cannot be allocated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AllocationError {
    /// A community has other groups than the first.
    GroupCount {
        /// Its position.
        community: usize,
        /// Its number of groups.
        found: usize,
        /// The first one's.
        expected: usize,
    },
    /// More people in groups than there are.
    GroupsExceed {
        /// Its position.
        community: usize,
        /// The people in its groups: in all of them where they are parts, in one where they overlap.
        groups: People,
        /// Its people.
        population: People,
    },
    /// The communities have no column of people, or no cell of it is filled.
    NoPopulation,
    /// There is no community whose number of people can be read.
    PopulationNotRead {
        /// How many.
        count: usize,
        /// The first of them, and what stands there.
        first: Words,
    },
    /// People of communities in which there is no home, and of which no outline is known.
    WithoutHomes {
        /// How many people.
        people: People,
        /// Of how many communities.
        count: usize,
        /// The name of the first.
        first: String,
        /// The homes that were joined to a community.
        joined: usize,
        /// All homes.
        homes: usize,
        /// The codes of the list that several communities have.
        shared_codes: usize,
    },
    /// A home of a community that is not in the list.
    NoSuchCommunity {
        /// The home's position.
        home: usize,
        /// Its community.
        community: u32,
        /// How many there are.
        communities: usize,
    },
}

sentences!(AllocationError {
    GroupCount { community, found, expected };
    GroupsExceed { community, groups, population };
    NoPopulation;
    PopulationNotRead { count, first };
    WithoutHomes { people, count, first, joined, homes, shared_codes as cure };
    NoSuchCommunity { home, community, communities };
});

/// What to do where people have no homes.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the macro hands on a field by reference"
)]
fn cure(shared_codes: &usize) -> impl Part {
    Said(move |language| match shared_codes {
        0 => sentence!(language, [AllocationError GiveCommunities]),
        shared => sentence!(language, [AllocationError CorrectCodes] shared = shared),
    })
}
