//! What a name in an argument stands for: a selector, a profile.

use std::ffi::OsStr;
use std::path::Path;

use pedshed::inputs::osm::Selector;
use pedshed::inputs::{Source, read_profile};
use pedshed::model::Profile;

use crate::exit::UsageError;
use crate::terminal::words;

/// A file's name as it is shown: what is no text in it is replaced.
pub(crate) fn shown(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// The selector that a layer is given as, where it is no file.
pub(crate) fn selector_in(layer: &OsStr) -> Option<&str> {
    layer.to_str().filter(|text| Selector::is_meant(text))
}

/// A profile by its name, or from a file.
pub(crate) fn profile(name: &OsStr) -> anyhow::Result<Profile> {
    if let Some(profile) = name.to_str().and_then(Profile::named) {
        return Ok(profile);
    }
    let path = Path::new(name);
    if path.extension().is_none() {
        let text = shown(name);
        let names = Profile::NAMES.join(", ");
        let message = words!(
            "no profile is called {text:?}; use {names}, or a .toml file",
            "没有名为 {text:?} 的出行人群；请用 {names}，或 .toml 文件"
        );
        return Err(UsageError::with_flag("profile", message).into());
    }
    Ok(read_profile(&Source::open(path)?)?)
}
