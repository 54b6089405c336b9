//! The files of a district: input files like any others, and a page that says what they are.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{
    District, DistrictOptions, HomeRecords, LABEL, Size, Tier, heights, pbf, programme, shapes,
    tables,
};
use crate::report::{OutputDirectory, ReportError};

/// A file of a district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DistrictFile {
    /// `district.osm.pbf`: streets, gates, walls, buildings, water.
    Network,
    /// `stations.csv`: of all tiers.
    Stations,
    /// `centres.csv`: the stations of streets and communities, which have halls and rooms; a grid's station is a room.
    Centres,
    /// `residents.csv`.
    Residents,
    /// `communities.csv`: the totals that the residents add up to.
    Communities,
    /// `areas.geojson`: the subdistricts.
    Areas,
    /// `communities.geojson`.
    CommunityAreas,
    /// `compounds.geojson`: their walls.
    Compounds,
    /// `gates.geojson`.
    Gates,
    /// `stairwells.csv`: lifts, and how far their programme is.
    Stairwells,
    /// `lecturers.csv`: who holds travelling sessions.
    Lecturers,
    /// `calendar.csv`: a month of them.
    Calendar,
    /// `heights.tif`: the hills, as an elevation model.
    Heights,
    /// `README.txt`: what this is, from what it was made, and what the columns mean.
    Readme,
}

impl DistrictFile {
    /// All of them.
    pub const ALL: [DistrictFile; 14] = [
        DistrictFile::Network,
        DistrictFile::Stations,
        DistrictFile::Centres,
        DistrictFile::Residents,
        DistrictFile::Communities,
        DistrictFile::Areas,
        DistrictFile::CommunityAreas,
        DistrictFile::Compounds,
        DistrictFile::Gates,
        DistrictFile::Stairwells,
        DistrictFile::Lecturers,
        DistrictFile::Calendar,
        DistrictFile::Heights,
        DistrictFile::Readme,
    ];

    /// Those of a district with these options: the heights are there where they are asked for.
    #[must_use]
    pub fn of(options: DistrictOptions) -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|file| options.slopes || *file != Self::Heights)
            .collect()
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DistrictFile::Network => "district.osm.pbf",
            DistrictFile::Stations => "stations.csv",
            DistrictFile::Centres => "centres.csv",
            DistrictFile::Residents => "residents.csv",
            DistrictFile::Communities => "communities.csv",
            DistrictFile::Areas => "areas.geojson",
            DistrictFile::CommunityAreas => "communities.geojson",
            DistrictFile::Compounds => "compounds.geojson",
            DistrictFile::Gates => "gates.geojson",
            DistrictFile::Stairwells => "stairwells.csv",
            DistrictFile::Lecturers => "lecturers.csv",
            DistrictFile::Calendar => "calendar.csv",
            DistrictFile::Heights => "heights.tif",
            DistrictFile::Readme => "README.txt",
        }
    }
}

impl District {
    /// Writes one file.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_file(&self, file: DistrictFile, writer: impl Write) -> io::Result<()> {
        match file {
            DistrictFile::Network => pbf::write(self, writer),
            DistrictFile::Stations => tables::stations(self, writer, |_| true),
            DistrictFile::Centres => tables::stations(self, writer, |tier| tier != Tier::Grid),
            DistrictFile::Residents => tables::residents(self, writer),
            DistrictFile::Communities => tables::communities(self, writer),
            DistrictFile::Areas => shapes::areas(self, writer),
            DistrictFile::CommunityAreas => shapes::communities(self, writer),
            DistrictFile::Compounds => shapes::compounds(self, writer),
            DistrictFile::Gates => shapes::gates(self, writer),
            DistrictFile::Stairwells => programme::stairwells(self, writer),
            DistrictFile::Lecturers => programme::lecturers(self, writer),
            DistrictFile::Calendar => programme::calendar(self, writer),
            DistrictFile::Heights => heights::write(self, writer),
            DistrictFile::Readme => readme(self, writer),
        }
    }

    /// The bytes of one file.
    #[must_use]
    pub fn bytes(&self, file: DistrictFile) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Memory takes every byte: there is no error to lose.
        let _ = self.write_file(file, &mut bytes);
        bytes
    }

    /// Writes all files into a folder, all or none; its other files stay.
    ///
    /// # Errors
    /// [`ReportError`], naming the file.
    pub fn write(&self, folder: &Path) -> Result<Vec<PathBuf>, ReportError> {
        let mut directory = OutputDirectory::open(folder)?;
        directory.claim(&DistrictFile::ALL.map(DistrictFile::name))?;
        for file in DistrictFile::of(self.options) {
            directory.stage(file.name(), |writer| self.write_file(file, writer))?;
        }
        directory.commit()
    }
}

const NAMES_OF_PRESET: &str = "\
Names and codes of streets, communities and villages: official statistical division codes of 2023, read from the npm
package china-division 2.7.0 (MIT). People and areas by street: a public gazetteer, before the boundaries of August 2024.
Numbers of stations and added lifts: Shanxi Daily, 26 February 2024. Ages and household size: census of 2020, Taiyuan; the
shares of those in their sixties, in their seventies and of 80 and more among the old are China's.
Everything else is drawn at random: which community lies where, every street, wall, gate, home and station,
what stations are fitted out with, how far each stairwell's lift is, and the sessions.
";
const NUMBERED_NAMES: &str = "\
No place is meant: streets and communities are numbered, and everything is drawn at random. Stations, lifts and people are
in the proportions of the preset `yingze`.
";
const COLUMNS: &str = "\
district.osm.pbf     streets, crossings, gates, walls, buildings, water; ids begin at 10^12, none is of OpenStreetMap
stations.csv         tier: street, community or grid; kind: as GB 50180-2018 calls it; parent: the station above it; services: the rooms that it has; has_sign,
                     has_rules, has_facilities: the three haves (1 or 0); floor_area_m2; opened: year and month; opening_hours
centres.csv          those of streets and communities alone
residents.csv        population = children (0-14) + adults (15-59) + aged_60_69 + aged_70_79 + aged_80_plus; storey 1
                     is the ground floor; lift 1 where the stairwell has one; compound as in compounds.geojson;
                     floor_area_m2: of its dwellings
communities.csv      the totals that the residents add up to, exactly; kind: urban or village
areas.geojson        the streets (subdistricts); communities.geojson their communities
compounds.geojson    walls; gates.geojson the gates in them
stairwells.csv       the lift of each, and of those without one the stage of the programme, title, structure, demolition list and votes
calendar.csv         a month of travelling sessions; lecturers.csv who holds them
heights.tif          where slopes are true: the ground in metres, as an elevation model
";

fn readme(district: &District, mut writer: impl Write) -> io::Result<()> {
    let options = district.options;
    let size = match options.size {
        Size::Yingze => "preset yingze".to_owned(),
        Size::Junctions(junctions) => format!("junctions {junctions}"),
    };
    let records = match options.homes {
        HomeRecords::Storey => "storey",
        HomeRecords::Stairwell => "stairwell",
    };
    let names = match options.size {
        Size::Yingze => NAMES_OF_PRESET,
        Size::Junctions(_) => NUMBERED_NAMES,
    };
    let of_tier = |tier| {
        district
            .stations
            .iter()
            .filter(move |s| s.tier == tier)
            .count()
    };
    let ids = if options.shuffled {
        ", ids of nodes and ways drawn"
    } else {
        ""
    };
    let version = env!("CARGO_PKG_VERSION");
    writeln!(writer, "{LABEL}\n")?;
    writeln!(
        writer,
        "A model district, made by pedshed {version}: {size}, seed {}, slopes {}, one record for each {records}{ids}.\n",
        options.seed, options.slopes
    )?;
    writeln!(
        writer,
        "{} junctions, {} people in {} records, {} buildings, {} compounds with {} gates;\nstations: {} of streets, {} of communities, {} of grids.\n",
        district.map.junctions(),
        district.people().total(),
        district.homes.len(),
        district.buildings.len(),
        district.compounds.len(),
        district.gates.len(),
        of_tier(Tier::Street),
        of_tier(Tier::Community),
        of_tier(Tier::Grid),
    )?;
    writeln!(writer, "{names}\n{COLUMNS}\n{LABEL}")?;
    writer.flush()
}
