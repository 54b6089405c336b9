//! What is asked of stations and matches none of them.

use crate::text::language::Words;
use crate::text::words::{Part, Said, sentence, sentences};
use crate::units::Cutoff;

/// Why a plan cannot be asked of a study: what it asks for is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A service that no station offers.
    NoSuchService {
        /// The service.
        asked: String,
        /// What stations offer.
        offered: Vec<String>,
    },
    /// Sessions are asked about, and there is no calendar of them.
    NoCalendar,
    /// The calendar of sessions has no column of days.
    NoDays,
    /// Lifts are asked about, and there is no table of stairwells.
    NoStairwells,
    /// Lifts are asked about, and no resident's storey is known.
    NoStoreys,
    /// Services are asked about, and no station says which it offers.
    NoServices,
    /// The services that a standard lists are none of those that stations offer.
    NoServiceOfStandard {
        /// The standard.
        standard: String,
        /// What stations offer.
        offered: Vec<String>,
    },
    /// No clause of a standard is about any station.
    NothingOfStandard {
        /// The standard.
        standard: String,
        /// The tiers that the stations' column names; `None` without such a column.
        tiers: Option<Vec<String>>,
        /// The kinds that the stations' column names; `None` without such a column.
        kinds: Option<Vec<String>>,
    },
    /// Only stations of the own community are to serve, and no resident's community is that of any station.
    NoOwnCommunity {
        /// What the residents' columns say of communities.
        residents: Words,
        /// What the stations' columns say of them.
        stations: Words,
        /// Whether both were looked for in a register of communities.
        register: bool,
    },
    /// Hours are asked about, and so many ways and gates of a prepared network are open at some hours only.
    HoursOfPrepared {
        /// How many.
        count: u64,
    },
    /// Supply is asked about, and no station says how many people it can take.
    NoCapacities {
        /// The names by which a column that says it would be known.
        names: Vec<&'static str>,
    },
    /// What walks weigh is for another cutoff than the one that decides.
    OtherDecay {
        /// Its cutoff.
        other: Cutoff,
        /// The one that decides.
        cutoff: Cutoff,
    },
}

#[allow(clippy::ref_option, reason = "the macro hands on a field by reference")]
fn said_tiers(tiers: &Option<Vec<String>>) -> impl Part {
    Said(move |language| {
        if let Some(texts) = tiers {
            sentence!(language, [PlanError Tiers] texts = texts)
        } else {
            sentence!(language, [PlanError NoTiers])
        }
    })
}

#[allow(clippy::ref_option, reason = "the macro hands on a field by reference")]
fn said_kinds(kinds: &Option<Vec<String>>) -> impl Part {
    Said(move |language| {
        if let Some(texts) = kinds {
            sentence!(language, [PlanError Kinds] texts = texts)
        } else {
            sentence!(language, [PlanError NoKinds])
        }
    })
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the macro hands on a field by reference"
)]
fn by_register(register: &bool) -> impl Part {
    Said(move |language| {
        if *register {
            sentence!(language, [PlanError ByRegister])
        } else {
            String::new()
        }
    })
}

sentences!(PlanError {
    NoSuchService { asked, offered };
    NoCalendar;
    NoDays;
    NoStairwells;
    NoStoreys;
    NoServices;
    NoServiceOfStandard { standard, offered };
    NothingOfStandard { standard, tiers as said_tiers, kinds as said_kinds };
    NoOwnCommunity { residents, stations, register as by_register };
    NoCapacities { names };
    OtherDecay { other, cutoff };
    HoursOfPrepared { count };
});
