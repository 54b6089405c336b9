//! Opening hours that are others: what they change is known to whoever asks about hours.

use super::applied::Applied;
use super::edit::Edit;
use super::editor::Editor;
use super::near::nearest_name;
use crate::error::EditMistake;
use crate::text::language::Words;
use crate::text::plain::letters;

impl<'a> Editor<'a> {
    pub(super) fn edit_hours(
        &mut self,
        edit: &Edit,
        id: &'a str,
        service: Option<&str>,
        opening_hours: &str,
    ) -> Result<Applied, EditMistake> {
        let edited = (id, service.map(letters).unwrap_or_default());
        if self.hours_edited.contains(&edited) {
            return Err(EditMistake::Twice);
        }
        self.hours_edited.push(edited);
        let Some(hours) = self.hours else {
            self.check_station(id)?;
            let found = Words::new("no opening hours are asked about", "未询问开放时间");
            return Ok(Applied::new(edit, 0, found));
        };
        // What is not understood is a mistake wherever it stands.
        let change = hours.change(id, service, opening_hours)?;
        self.check_station(id)?;
        if !self.stations.iter().any(|station| station.id == id) {
            let found = if self.is_other(id) {
                self.not_offered()
            } else {
                Words::new("the scenario closes it", "本情景已将其关闭")
            };
            return Ok(Applied::new(edit, 0, found));
        }
        Ok(Applied::new(edit, u64::from(change.is_other), change.found))
    }

    /// Refuses a station that the city does not have and the scenario does not add.
    fn check_station(&self, id: &str) -> Result<(), EditMistake> {
        let others = self.service.map_or(&[][..], |service| service.others);
        let all = || self.stations.iter().chain(self.city.stations).chain(others);
        if all().any(|station| station.id == id) {
            return Ok(());
        }
        Err(EditMistake::NoStation {
            of: self.analysis.snapped().station_count(),
            near: nearest_name(id, all().map(|station| station.id.as_str())),
        })
    }
}
