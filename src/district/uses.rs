//! What each parcel is used for: so many have homes as the people need.

use super::block::{Block, Parcel, Use};
use super::chance::{Chance, Purpose};
use super::layout::{Form, Layout};
use super::people::HOUSEHOLD;
use super::plan::{Cells, Known, Plan};

/// Parcels with homes where nothing says how many people there are.
const HOMES: f64 = 0.68;
/// About the people of the nine villages: what their houses hold.
const VILLAGE_PEOPLE: u32 = 5_000;

/// The subdistrict of the preset that a cell belongs to.
pub(super) fn known_at(plan: &Plan, (column, row): (usize, usize)) -> Option<&Known> {
    let holds = |cells: &Cells| {
        (cells.c0..cells.c1).contains(&column) && (cells.r0..cells.r1).contains(&row)
    };
    plan.known.iter().find(|known| holds(&known.cells))
}

/// Decides which parcels have homes. Where the people are known, so many as they need: parcels get homes in drawn order,
/// the first of each block before all others, and if that is not enough, walk-ups become towers.
pub(super) fn choose_uses(plan: &Plan, blocks: &mut [Block], seed: u64) {
    for known in &plan.known {
        let villages = if known.register == 6 {
            VILLAGE_PEOPLE
        } else {
            0
        };
        let needed = u64::from(known.people - villages) * 100 / HOUSEHOLD;
        let of_known = blocks.iter_mut().filter(|block| {
            let is_of = known_at(plan, block.cell).map(|of| of.register);
            is_of == Some(known.register)
        });
        house(of_known, needed, seed);
    }
    for block in blocks
        .iter_mut()
        .filter(|block| known_at(plan, block.cell).is_none())
    {
        for parcel in &mut block.parcels {
            let mut chance = Chance::new(seed, Purpose::Priorities, u64::from(parcel.number));
            let homes = parcel.layout.is_some() && chance.is(HOMES);
            parcel.used = if homes {
                Use::Homes
            } else {
                other_use(parcel, &mut chance)
            };
        }
    }
}

fn house<'a>(blocks: impl Iterator<Item = &'a mut Block>, needed: u64, seed: u64) {
    let mut parcels: Vec<(bool, u64, &mut Parcel)> = Vec::new();
    for block in blocks {
        let with_homes = block
            .parcels
            .iter()
            .filter(|parcel| parcel.layout.is_some());
        let first = with_homes.map(|parcel| parcel.priority).min();
        for parcel in &mut block.parcels {
            parcels.push((Some(parcel.priority) != first, parcel.priority, parcel));
        }
    }
    parcels.sort_by_key(|(later, priority, _)| (*later, *priority));
    let dwellings = |parcel: &Parcel| parcel.layout.as_ref().map_or(0, Layout::dwellings);
    let mut housed = 0;
    for (.., parcel) in &mut parcels {
        let mut chance = Chance::new(seed, Purpose::Priorities, u64::from(parcel.number));
        let homes = parcel.layout.is_some() && housed < needed;
        parcel.used = if homes {
            Use::Homes
        } else {
            other_use(parcel, &mut chance)
        };
        housed += if homes {
            u64::from(dwellings(parcel))
        } else {
            0
        };
    }
    for (.., parcel) in &mut parcels {
        let is_walk_up = parcel
            .layout
            .as_ref()
            .is_some_and(|l| l.form == Form::WalkUp);
        if housed >= needed || parcel.used != Use::Homes || !is_walk_up {
            continue;
        }
        let mut own = Chance::new(seed, Purpose::Parcels, u64::from(parcel.number));
        if let Some(towers) = Layout::draw(&parcel.ground, Form::Tower, &mut own) {
            housed += u64::from(towers.dwellings().saturating_sub(dwellings(parcel)));
            parcel.layout = Some(towers);
        }
    }
}

fn other_use(parcel: &Parcel, chance: &mut Chance) -> Use {
    match chance.below(20) {
        0..7 if parcel.layout.is_some() => Use::Campus,
        0..13 => Use::Park,
        _ => Use::Shops,
    }
}
