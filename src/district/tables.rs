//! The tables: stations, residents, communities. No text of the model holds a comma or a quote, but for the label.

use std::io::{self, Write};

use super::chance::{Chance, Purpose};
use super::fitout::dwelling_m2;
use super::{District, HomeRecords, LABEL, Tier};
use crate::geometry::Location;

/// Degrees with seven decimals, exactly; the model lies east of Greenwich and north of the equator.
pub(super) fn degrees(e7: i32) -> String {
    format!("{}.{:07}", e7 / 10_000_000, e7 % 10_000_000)
}

fn place(place: Location) -> String {
    format!("{},{}", degrees(place.lon_e7), degrees(place.lat_e7))
}

/// The kind of facility of a tier, as GB 50180-2018 calls it; it has none of a grid's.
const fn kind(tier: Tier) -> &'static str {
    match tier {
        Tier::District => "区级服务中心",
        Tier::Street => "街道社区服务中心",
        Tier::Community => "社区服务站",
        Tier::Grid => "网格服务站",
    }
}

/// When a station is open, as its office writes it: centres of streets longest, half of those of communities in the evening too.
fn hours(seed: u64, station: u64, tier: Tier) -> &'static str {
    let in_evenings = Chance::new(seed, Purpose::Hours, station).is(0.5);
    match (tier, in_evenings) {
        (Tier::District | Tier::Street, _) => "每天 8:30-21:00",
        (Tier::Community, true) => "周一至周五 8:30-12:00，14:30-20:30；周六 9:00-17:00",
        (Tier::Community, false) => "周一至周五 8:30-12:00，14:30-18:00",
        (Tier::Grid, _) => "周一至周五 9:00-17:00",
    }
}

/// The stations of some tiers.
pub(super) fn stations(
    district: &District,
    mut writer: impl Write,
    is_wanted: impl Fn(Tier) -> bool,
) -> io::Result<()> {
    writeln!(
        writer,
        "id,name,tier,kind,lon,lat,street,street_code,community,community_code,parent,services,has_sign,has_rules,has_facilities,floor_area_m2,opened,opening_hours,source"
    )?;
    let stations = (0u64..).zip(&district.stations);
    for (number, station) in stations.filter(|(_, site)| is_wanted(site.tier)) {
        let street = &district.subdistricts[station.subdistrict];
        let community = station.community.map(|index| &district.communities[index]);
        let parent = station
            .parent
            .map_or("", |parent| district.stations[parent].id.as_str());
        let fit_out = &station.fit_out;
        let [sign, rules, facilities] = fit_out.haves.map(u8::from);
        let (year, month) = fit_out.opened;
        let (name, code) = community.map_or(("", ""), |c| (c.name.as_str(), c.code.as_str()));
        writeln!(
            writer,
            "{},{},{},{},{},{},{},{name},{code},{parent},{},{sign},{rules},{facilities},{},{year}-{month:02},\"{}\",\"{LABEL}\"",
            station.id,
            station.name,
            station.tier.name(),
            kind(station.tier),
            place(station.place),
            street.name,
            street.code,
            fit_out.service_list(),
            fit_out.floor_area_m2,
            hours(district.options.seed, number, station.tier),
        )?;
    }
    writer.flush()
}

/// The id of a building: in `residents.csv` and `stairwells.csv`.
pub(super) fn building_id(building: u32) -> String {
    format!("B{:05}", building + 1)
}

/// The id of a compound: in `residents.csv`, `compounds.geojson` and `gates.geojson`.
pub(super) fn compound_id(compound: u32) -> String {
    format!("W{:05}", compound + 1)
}

pub(super) fn residents(district: &District, mut writer: impl Write) -> io::Result<()> {
    writeln!(
        writer,
        "id,lon,lat,population,children,adults,aged_60_69,aged_70_79,aged_80_plus,storey,storeys,lift,stairwell,building,compound,community,community_code,street,floor_area_m2,source"
    )?;
    // What the records of one stairwell have in common.
    let mut known = u32::MAX;
    let (mut id, mut at, mut after) = (String::new(), String::new(), String::new());
    let by_storey = district.options.homes == HomeRecords::Storey;
    let (mut m2, mut flats) = (0, 0);
    for home in &district.homes {
        if home.stairwell != known {
            known = home.stairwell;
            let stairwell = &district.stairwells[known as usize];
            let building = &district.buildings[stairwell.building as usize];
            let community = &district.communities[building.community as usize];
            id = format!("{}-{}", building_id(stairwell.building), stairwell.number);
            at = place(stairwell.door);
            m2 = dwelling_m2(district.options.seed, stairwell.building);
            flats = building.dwellings_per_stairwell();
            if building.flats > 0 && by_storey {
                flats = u32::from(building.flats);
            }
            after = format!(
                "{},{},{},{},{},{},{},{}",
                building.storeys,
                u8::from(stairwell.has_lift),
                stairwell.number,
                building_id(stairwell.building),
                building.compound.map_or_else(String::new, compound_id),
                community.name,
                community.code,
                district.subdistricts[community.subdistrict].name,
            );
        }
        let floor_area = m2 * flats;
        let [children, adults, aged_60, aged_70, aged_80] = home.people.0;
        let people = home.people.total();
        match home.storey {
            Some(storey) => writeln!(
                writer,
                "{id}-{storey},{at},{people},{children},{adults},{aged_60},{aged_70},{aged_80},{storey},{after},{floor_area},\"{LABEL}\""
            )?,
            None => writeln!(
                writer,
                "{id},{at},{people},{children},{adults},{aged_60},{aged_70},{aged_80},,{after},{floor_area},\"{LABEL}\""
            )?,
        }
    }
    writer.flush()
}

pub(super) fn communities(district: &District, mut writer: impl Write) -> io::Result<()> {
    writeln!(
        writer,
        "code,name,kind,street,street_code,population,children,adults,aged_60_69,aged_70_79,aged_80_plus,dwellings,source"
    )?;
    for community in &district.communities {
        let street = &district.subdistricts[community.subdistrict];
        let [children, adults, aged_60, aged_70, aged_80] = community.people.0;
        writeln!(
            writer,
            "{},{},{},{},{},{},{children},{adults},{aged_60},{aged_70},{aged_80},{},\"{LABEL}\"",
            community.code,
            community.name,
            community.kind.name(),
            street.name,
            street.code,
            community.people.total(),
            community.dwellings,
        )?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_to_the_last_digit() {
        assert_eq!(degrees(1_125_600_007), "112.5600007");
        assert_eq!(degrees(370_000_000), "37.0000000");
    }
}
