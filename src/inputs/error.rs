//! Why an input file cannot be used: what, where, and what to do.

use std::io;

use crate::control::Cancelled;
use crate::crs::CrsError;
use crate::network::NetworkError;
use crate::text::language::{InLanguage, Words};
use crate::units::OptionError;

/// A file that cannot be used as a whole. Single bad records are counted as findings instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Polygons that are to be residents, of which none says how many people live there.
    #[error(
        "{file}: the polygons that are to be residents say of none how many people live there; add a column of people, or name it with ‹population_column›"
    )]
    PolygonsWithoutPeople {
        /// The file.
        file: String,
    },
    /// The file cannot be read.
    #[error("{file}: cannot be read")]
    Read {
        /// The file.
        file: String,
        /// What the operating system said.
        #[source]
        reason: io::Error,
    },
    /// What is no ordinary file gives more than it may.
    #[error(
        "{file}: is a pipe or a device and gives more than {megabytes} MB; write it to a file first, whose size is known"
    )]
    TooMuch {
        /// The pipe or device.
        file: String,
        /// As many million bytes as it may give.
        megabytes: u64,
    },
    /// Nothing in it.
    #[error("{}{file}: is empty; expected {wanted}", before(layer.as_ref()))]
    Empty {
        /// The layer that it was given for, where that is known.
        layer: Option<Words>,
        /// The file.
        file: String,
        /// What it should hold.
        wanted: Words,
    },
    /// A format that is not read, or a name that does not tell which it is.
    #[error("{file}: not a format that can be read here; use {wanted}")]
    Format {
        /// The file.
        file: String,
        /// The formats that can stand there.
        wanted: Words,
    },
    /// The text breaks off or breaks its format's rules.
    #[error("{file}: {place}: {reason}")]
    Malformed {
        /// The file.
        file: String,
        /// Where: line, feature, blob and byte.
        place: Words,
        /// What is wrong and what to do.
        reason: Words,
    },
    /// A column that is needed is not there.
    #[error("{file}: no column for {field}; columns are {found}; name it with {option}")]
    Column {
        /// The file.
        file: String,
        /// What the column should hold.
        field: Words,
        /// The columns that are there.
        found: String,
        /// The option that names it.
        option: &'static str,
    },
    /// A selector `osm:key=value` that cannot be read.
    #[error(
        "\"{text}\" is not an OpenStreetMap selector; write osm:key=value, osm:key, or osm:key=value,key2=value2"
    )]
    Selector {
        /// What was given.
        text: String,
    },
    /// A selector without an OpenStreetMap file to select from.
    #[error("{text} selects from the ‹network› file, and {file} is not an .osm.pbf")]
    SelectorNeedsOsm {
        /// The selector.
        text: String,
        /// The network file.
        file: String,
    },
    /// A selector where the network is a prepared one.
    #[error(
        "{text} selects from OpenStreetMap data, and {file} is a prepared network, which holds streets alone; give the file that it was made from ({original}) as ‹network›"
    )]
    SelectorOfPrepared {
        /// The selector.
        text: String,
        /// The network file.
        file: String,
        /// What it was made from.
        original: String,
    },
    /// A prepared network that cannot be used.
    #[cfg(feature = "prepared")]
    #[error("{file}: {reason}")]
    Prepared {
        /// The file.
        file: String,
        /// What is wrong and what to do.
        reason: crate::network::PreparedError,
    },
    /// Something was given that reaches nothing.
    #[error("‹{option}›: {reason}")]
    ReachesNothing {
        /// The option, as a study file names it.
        option: String,
        /// Why it reaches nothing, and what it could have reached.
        reason: Words,
    },
    /// Nothing matches, or no record is left.
    #[error("{layer}: {source_name} holds no {wanted}{instead}")]
    NothingFound {
        /// The layer.
        layer: Words,
        /// The file or selector.
        source_name: String,
        /// What was looked for.
        wanted: Words,
        /// What was found instead, as a clause that goes on with the sentence; empty where there was nothing at all.
        instead: Words,
    },
    /// Longitude and latitude are the wrong way round.
    #[error(
        "{layer}: {source_name}: longitude and latitude look swapped (swapped, the layer meets the network; as given it does not); swap the columns"
    )]
    Swapped {
        /// The layer.
        layer: Words,
        /// The file.
        source_name: String,
    },
    /// A layer lies elsewhere than the network.
    #[error("{whereabouts}; {cure}")]
    OffGround {
        /// The layer and its file, how many of its records are near, and where they and the streets lie.
        whereabouts: Words,
        /// What to do.
        cure: Words,
    },
    /// No record of a layer has a place.
    #[error(
        "{layer}: {source_name}: none of its {count} records has a place that can be used (the first: {fault}); {cure}"
    )]
    NoPlace {
        /// The layer.
        layer: Words,
        /// The file.
        source_name: String,
        /// How many records it has.
        count: usize,
        /// What is wrong with the first.
        fault: Words,
        /// What to do.
        cure: Words,
    },
    /// Lines in metres that were read as degrees.
    #[error(
        "network: {file}: its coordinates are metres (around {x}, {y}), and {crs} is in degrees; name their coordinate system with ‹network_crs›: {hint}"
    )]
    NetworkInMetres {
        /// The file.
        file: String,
        /// What it was read in.
        crs: String,
        /// The first number of a position in the middle of the file.
        x: f64,
        /// The second.
        y: f64,
        /// Which system it may be.
        hint: Words,
    },
    /// More than `u32` indices can hold.
    #[error("{file}: {count} {what} are more than {max}", max = u32::MAX)]
    TooLarge {
        /// The file.
        file: String,
        /// How many.
        count: u64,
        /// Of what.
        what: Words,
    },
}

/// Why inputs cannot be read: a file, or a coordinate system.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputsError {
    /// A file cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A coordinate system cannot be used.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// The streets make no network.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A number among the request's options makes no sense.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// The caller cancelled the reading.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// A layer, as it stands before what is said of its file.
fn before(layer: Option<&Words>) -> String {
    layer.map_or_else(String::new, |layer| format!("{layer}: "))
}

impl InLanguage for InputError {
    fn zh(&self) -> String {
        match self {
            InputError::PolygonsWithoutPeople { file } => format!(
                "{file}：作为居民的面要素没有人口数，无法得知其中有多少人；请补充人口列，或用 ‹population_column› 指明"
            ),
            InputError::Read { file, .. } => format!("{file}：无法读取"),
            InputError::TooMuch { file, megabytes } => format!(
                "{file}：是管道或设备，内容超过 {megabytes} MB；请先存为普通文件，以便得知大小"
            ),
            InputError::Empty {
                layer,
                file,
                wanted,
            } => {
                let layer = layer
                    .as_ref()
                    .map_or_else(String::new, |layer| layer.zh() + "：");
                format!("{layer}{file}：文件为空；应为{}", wanted.zh())
            }
            InputError::Format { file, wanted } => {
                format!("{file}：此处不能读取该格式；请使用{}", wanted.zh())
            }
            InputError::Malformed {
                file,
                place,
                reason,
            } => format!("{file}：{}：{}", place.zh(), reason.zh()),
            InputError::ReachesNothing { option, reason } => {
                format!("‹{option}›：{}", reason.zh())
            }
            InputError::Column {
                file,
                field,
                found,
                option,
            } => format!(
                "{file}：没有{}列；现有的列：{found}；请用 {option} 指定",
                field.zh()
            ),
            InputError::Selector { text } => format!(
                "“{text}”不是有效的 OpenStreetMap 选择式；请写成 osm:键=值、osm:键 或 osm:键=值,键2=值2"
            ),
            InputError::SelectorNeedsOsm { text, file } => {
                format!("{text} 需从 ‹network› 文件中选取，而 {file} 不是 .osm.pbf")
            }
            InputError::SelectorOfPrepared {
                text,
                file,
                original,
            } => format!(
                "{text} 需从 OpenStreetMap 数据中选取，而 {file} 是预处理路网，只含道路；请将 ‹network› 改为其来源文件（{original}）"
            ),
            #[cfg(feature = "prepared")]
            InputError::Prepared { file, reason } => format!("{file}：{}", reason.zh()),
            InputError::NothingFound {
                layer,
                source_name,
                wanted,
                instead,
            } => format!(
                "{}：{source_name} 中没有{}{}",
                layer.zh(),
                wanted.zh(),
                instead.zh()
            ),
            InputError::Swapped { layer, source_name } => format!(
                "{}：{source_name}：经度与纬度疑似颠倒（对调后与路网相交，按现状则不相交）；请对调这两列",
                layer.zh()
            ),
            InputError::OffGround { whereabouts, cure } => {
                format!("{}；{}", whereabouts.zh(), cure.zh())
            }
            InputError::NoPlace {
                layer,
                source_name,
                count,
                fault,
                cure,
            } => format!(
                "{}：{source_name}：{count} 条记录都没有可用的位置（首条：{}）；{}",
                layer.zh(),
                fault.zh(),
                cure.zh()
            ),
            InputError::NetworkInMetres {
                file,
                crs,
                x,
                y,
                hint,
            } => format!(
                "路网：{file}：坐标数值是米（{x}，{y} 一带），而 {crs} 以度为单位；请用 ‹network_crs› 指明坐标系：{}",
                hint.zh()
            ),
            InputError::TooLarge { file, count, what } => {
                format!("{file}：{count} 个{}，超过上限 {}", what.zh(), u32::MAX)
            }
        }
    }
}

impl InLanguage for Box<InputError> {
    fn zh(&self) -> String {
        self.as_ref().zh()
    }
}

impl InLanguage for InputsError {
    fn zh(&self) -> String {
        match self {
            InputsError::Input(error) => error.zh(),
            InputsError::Crs(error) => error.zh(),
            InputsError::Network(error) => error.zh(),
            InputsError::Option(error) => error.zh(),
            InputsError::Cancelled(error) => error.zh(),
        }
    }
}
