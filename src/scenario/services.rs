//! Scenarios of one service: only stations that offer it count, and edits say who offers it.

use super::applied::Applied;
use super::asked_service::AskedService;
use super::edit::Edit;
use super::editor::Editor;
use super::live::{LiveStep, place_or_nowhere};
use crate::error::EditMistake;
use crate::model::Station;
use crate::text::language::{InLanguage, Words, words};

impl<'a> Editor<'a> {
    pub(super) fn edit_services(
        &mut self,
        edit: &Edit,
        id: &'a str,
        add: &[String],
        remove: &[String],
    ) -> Result<Applied, EditMistake> {
        let Some(service) = self.service else {
            self.rows_of(id)?;
            let found = words!(
                "no service is asked about, so all stations count",
                "未指定服务，所有站点都计入"
            );
            return Ok(Applied::new(edit, 0, found));
        };
        let name = service.name;
        match (service.is_among(add), service.is_among(remove)) {
            (true, true) => Err(EditMistake::OfferedAndNot),
            (true, false) if self.is_other(id) => self.offer(edit, id),
            (false, true) if !self.is_other(id) => {
                let found = words!("offers {name} no more", "不再提供“{name}”");
                let closed = self.close_station(edit, id)?;
                Ok(Applied { found, ..closed })
            }
            _ if self.is_other(id) => self.of_other(edit, id),
            _ => {
                self.rows_of(id)?;
                let found = words!("offers {name} as it is", "现已提供“{name}”");
                Ok(Applied::new(edit, 0, found))
            }
        }
    }

    /// Whether a station stands and does not offer the service that is asked about.
    pub(super) fn is_other(&self, id: &str) -> bool {
        let others = self.service.map_or(&[][..], |service| service.others);
        others.iter().any(|station| station.id == id)
    }

    /// An edit of a station that does not count.
    pub(super) fn of_other(&mut self, edit: &Edit, id: &'a str) -> Result<Applied, EditMistake> {
        self.is_first_of(id)?;
        Ok(Applied::new(edit, 0, self.not_offered()))
    }

    /// That a station does not count, in words.
    pub(super) fn not_offered(&self) -> Words {
        let name = self.service.map_or("", |service| service.name);
        words!(
            "does not offer {name}, so it does not count",
            "不提供“{name}”，故不计入"
        )
    }

    /// A station offers the service from now on.
    fn offer(&mut self, edit: &Edit, id: &'a str) -> Result<Applied, EditMistake> {
        self.is_first_of(id)?;
        let Some(service) = self.service else {
            return Ok(Applied::new(edit, 0, self.not_offered()));
        };
        let others = service.others.iter();
        let rows: Vec<&Station> = others.filter(|station| station.id == id).collect();
        self.stations.extend(rows.iter().copied().cloned());
        self.steps.push(LiveStep::Add {
            id: id.to_owned(),
            places: rows.iter().map(|row| place_or_nowhere(row)).collect(),
        });
        let name = service.name;
        let found = words!("offers {name} from now on", "新增提供“{name}”");
        let places = rows.iter().filter_map(|row| row.place.clone().ok());
        Ok(Applied {
            shapes: places.map(|place| vec![place]).collect(),
            ..Applied::new(edit, 1, found)
        })
    }

    /// What an added station hit, and what it offers.
    pub(super) fn with_services(&self, street: Words, services: &[String]) -> Words {
        let zh = street.zh();
        let list = services.join(", ");
        match self.service {
            _ if !services.is_empty() => {
                let list_zh = services.join("、");
                words!("{street}; offers {list}", "{zh}；提供：{list_zh}")
            }
            Some(AskedService { name, .. }) => words!(
                "{street}; counts as offering {name}, as nothing is said of its services",
                "{zh}；未说明其服务，按提供“{name}”计"
            ),
            None => street,
        }
    }
}
