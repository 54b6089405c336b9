//! The command as its users see it: files, exit codes, messages.

mod allocate;
mod bad_input;
mod catchments;
mod circle;
mod communities;
mod drawings;
mod flags;
mod hours;
mod languages;
mod layers;
mod lifts;
mod map_pages;
mod membership;
mod memory;
#[cfg(target_os = "linux")]
mod memory_loads;
#[cfg(unix)]
mod names;
mod outputs;
mod page;
mod prepared;
mod register_cells;
mod resilience;
mod same_city;
mod scenario;
mod scenario_hours;
mod service_hours;
mod sessions;
mod sets;
#[cfg(unix)]
mod signals;
mod siting;
mod slopes;
mod standards;
mod storeys;
mod study_file;
mod supply;
mod walls;
mod workbook;
