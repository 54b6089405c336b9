//! Gates that are opened and closed.

use geo_types::Coord;

use super::applied::Applied;
use super::edit::{Edit, GateChoice};
use super::editor::{Editor, away};
use crate::error::EditMistake;
use crate::geometry::geodesic_m;
use crate::id::GateId;
use crate::model::{Compounds, Gate};
use crate::snap::Walls;
use crate::text::language::{InLanguage, Words, words};

impl Editor<'_> {
    /// The walls as they are so far.
    fn walls(&mut self) -> Result<&mut Compounds, EditMistake> {
        let own = &self.analysis.options.compounds;
        if own.is_empty() {
            return Err(EditMistake::NoWalls);
        }
        Ok(self.compounds.get_or_insert_with(|| own.clone()))
    }

    pub(super) fn open_gate(
        &mut self,
        edit: &Edit,
        id: Option<&str>,
        place: Coord<f64>,
        compound: Option<&str>,
    ) -> Result<Applied, EditMistake> {
        let compounds = self.walls()?;
        let number = compounds.gates.len() + 1;
        let id = id.map_or_else(|| format!("new gate {number}"), str::to_owned);
        compounds.gates.push(Gate {
            compound: compound.map(str::to_owned),
            ..Gate::new(id, place.x, place.y)
        });
        let gate = GateId::new(compounds.gates.len() - 1);
        let walls = Walls::new(compounds);
        let in_wall = walls.gate(gate).ok_or(EditMistake::FarFromWall)?;
        let metres = geodesic_m(place, in_wall.place);
        let wall = Words::same(compounds.list[in_wall.compound.index()].id.as_str());
        let applied = Applied::new(edit, 1, away(&wall, metres)).away(Some(metres));
        Ok(applied.at(in_wall.place))
    }

    pub(super) fn close_gate(
        &mut self,
        edit: &Edit,
        choice: &GateChoice,
    ) -> Result<Applied, EditMistake> {
        let max_m = self.analysis.options.snap.max_snap_m();
        let compounds = self.walls()?;
        let (at, metres) = chosen(&compounds.gates, choice, max_m).ok_or(EditMistake::NoGate)?;
        let before = Walls::new(compounds);
        let gate = compounds.gates.remove(at);
        let compound = before.gate(GateId::new(at)).map(|gate| gate.compound);
        let after = Walls::new(compounds);
        let is_open = compound.is_some_and(|compound| after.gates_of(compound).is_empty());
        let mut found = Words::same(gate.id.as_str());
        if let Some(compound) = compound {
            let (gate, wall) = (found.zh(), &compounds.list[compound.index()].id);
            found = words!("{gate} of {wall}", "{wall} 的 {gate}");
        }
        if is_open {
            let zh = found.zh();
            found = words!(
                "{found}, its last: a wall without a gate counts as open",
                "{zh}，为其最后一个：没有出入口的围墙视为开放"
            );
        }
        let mut applied = Applied::new(edit, 1, found).away(metres);
        if let Ok(place) = gate.place {
            applied = applied.at(place);
        }
        Ok(applied)
    }
}

/// Which gate is meant, and how far from the place it is.
fn chosen(gates: &[Gate], choice: &GateChoice, max_m: f64) -> Option<(usize, Option<f64>)> {
    match choice {
        GateChoice::Id(id) => {
            let at = gates.iter().position(|gate| gate.id == *id)?;
            Some((at, None))
        }
        GateChoice::At(place) => {
            let away = gates.iter().enumerate().filter_map(|(at, gate)| {
                let gate = gate.place.as_ref().ok()?;
                Some((at, geodesic_m(*place, *gate)))
            });
            let near = away.filter(|(_, metres)| *metres <= max_m);
            let nearest = near.min_by(|one, other| one.1.total_cmp(&other.1));
            nearest.map(|(at, metres)| (at, Some(metres)))
        }
    }
}
