//! Stations that are added, moved and closed.

use geo_types::Coord;

use super::applied::Applied;
use super::edit::Edit;
use super::editor::{Editor, away};
use super::live::{LiveStep, place_or_nowhere};
use super::near::nearest_name;
use crate::error::EditMistake;
use crate::geometry::geodesic_m;
use crate::model::{FindingCode, Station};
use crate::text::language::{InLanguage, Words, words};

impl<'a> Editor<'a> {
    pub(super) fn add_station(
        &mut self,
        edit: &Edit,
        id: &'a str,
        station: Station,
        services: &[String],
    ) -> Result<Applied, EditMistake> {
        let place = place_or_nowhere(&station);
        let mut stations = self.city.stations.iter();
        if stations.any(|station| station.id == id) || self.is_other(id) {
            return Err(EditMistake::StationExists);
        }
        self.is_first_of(id)?;
        if let Some(service) = self.service
            && !services.is_empty()
            && !service.is_among(services)
        {
            return Ok(Applied::new(edit, 0, self.not_offered()).at(place));
        }
        self.stations.push(station);
        self.steps.push(LiveStep::Add {
            id: id.to_owned(),
            places: vec![place],
        });
        let street = self.street_of(id, place);
        let found = self.with_services(street, services);
        Ok(Applied::new(edit, 1, found).at(place))
    }

    pub(super) fn move_station(
        &mut self,
        edit: &Edit,
        id: &'a str,
        place: Coord<f64>,
    ) -> Result<Applied, EditMistake> {
        if self.is_other(id) {
            return self.of_other(edit, id);
        }
        let rows = self.rows_of(id)?;
        let from = self.city.stations[rows[0]].place.as_ref().ok().copied();
        let is_there = rows.len() == 1 && from == Some(place);
        let first = rows[0];
        let at = self.position_of(first);
        self.stations[at].place = Ok(place);
        self.drop_rows(&rows[1..]);
        self.steps.push(LiveStep::Move {
            id: id.to_owned(),
            place,
        });
        let metres = from.map(|from| geodesic_m(from, place));
        let street = self.street_of(id, place);
        let zh = street.zh();
        let found = match metres {
            Some(metres) => words!(
                "moved {metres:.0} m, to {street}",
                "迁移 {metres:.0} 米，至 {zh}"
            ),
            None => words!("it had no place; now {street}", "原无位置；现为 {zh}"),
        };
        let applied = Applied::new(edit, u64::from(!is_there), found).away(metres);
        Ok(match from {
            Some(from) => Applied {
                shapes: vec![vec![from, place]],
                ..applied
            },
            None => applied.at(place),
        })
    }

    pub(super) fn close_station(
        &mut self,
        edit: &Edit,
        id: &'a str,
    ) -> Result<Applied, EditMistake> {
        if self.is_other(id) {
            return self.of_other(edit, id);
        }
        let rows = self.rows_of(id)?;
        let name = rows
            .iter()
            .find_map(|row| self.city.stations[*row].name.clone());
        let places = rows.iter();
        let places = places.filter_map(|row| self.city.stations[*row].place.clone().ok());
        let places: Vec<Vec<Coord<f64>>> = places.map(|place| vec![place]).collect();
        self.drop_rows(&rows);
        self.steps.push(LiveStep::Remove { id: id.to_owned() });
        let found = name.map_or_else(|| Words::new("a station", "一个站点"), Words::same);
        Ok(Applied {
            shapes: places,
            ..Applied::new(edit, 1, found)
        })
    }

    /// Refuses a second edit of one station.
    pub(super) fn is_first_of(&mut self, id: &'a str) -> Result<(), EditMistake> {
        if self.edited.contains(&id) {
            return Err(EditMistake::Twice);
        }
        self.edited.push(id);
        Ok(())
    }

    /// The rows of a station of the city, one or more.
    pub(super) fn rows_of(&mut self, id: &'a str) -> Result<Vec<usize>, EditMistake> {
        let stations = self.city.stations.iter().enumerate();
        let rows = stations.filter(|(_, station)| station.id == id);
        let rows: Vec<usize> = rows.map(|(row, _)| row).collect();
        if rows.is_empty() {
            let ids = || self.city.stations.iter().map(|station| station.id.as_str());
            return Err(EditMistake::NoStation {
                of: self.analysis.snapped().station_count(),
                near: nearest_name(id, ids()),
            });
        }
        self.is_first_of(id)?;
        Ok(rows)
    }

    /// Where a row of the city is among the rows that are left: behind as many as are left of those before it.
    fn position_of(&self, row: usize) -> usize {
        let wanted = &self.city.stations[row];
        let of_id = self.city.stations[..row].iter();
        let before = of_id.filter(|station| station.id == wanted.id).count();
        let left = self.stations.iter().enumerate();
        let mut of_id = left.filter(|(_, station)| station.id == wanted.id);
        of_id.nth(before).map_or(0, |(position, _)| position)
    }

    /// Takes away rows of the city, all of one station.
    fn drop_rows(&mut self, rows: &[usize]) {
        for row in rows.iter().rev() {
            let position = self.position_of(*row);
            self.stations.remove(position);
        }
    }

    /// The street that a station is by; a finding where there is none.
    fn street_of(&mut self, id: &str, place: Coord<f64>) -> Words {
        if let Some(snap) = self.snap(place).snap() {
            return away(&self.street_at(snap), snap.leg_m);
        }
        self.findings
            .add(FindingCode::EditOffNetwork, || Words::same(id));
        Words::new("no street is near enough", "附近没有道路")
    }
}
