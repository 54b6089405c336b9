//! `run.json`: what is needed to derive the numbers again, and to see that the files beside it are those of the run. It holds
//! no clock time and no folder; the fingerprint of `summary.json`, which says how long each step took, is another in each run.

use std::io;

use serde_json::{Map, Value, json};

use crate::inputs::{InputError, Source};

/// One input file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct InputFile {
    /// Its layer: network, stations, residents or areas.
    pub layer: String,
    /// Its name without folders.
    pub file: String,
    /// Its size.
    pub bytes: usize,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl InputFile {
    /// A file of a layer, with its fingerprint.
    ///
    /// # Errors
    /// [`InputError::Read`] when a file that is not held in memory cannot be read.
    pub fn new(layer: &str, source: &Source) -> Result<Self, InputError> {
        Ok(Self {
            layer: layer.to_owned(),
            file: source.name().to_owned(),
            bytes: source.size() as usize,
            sha256: source.sha256()?,
        })
    }
}

/// One file of the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name without folders.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The record of a run: version, command, every parameter, every input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// The command that ran.
    pub command: String,
    /// Every parameter by name, defaults included.
    pub parameters: Map<String, Value>,
    /// Every input file.
    pub inputs: Vec<InputFile>,
    /// How each layer was read: see `readings_json`.
    pub layers: Vec<Value>,
    /// The files that were written with it: others in the folder are of another run, and so is one whose fingerprint differs.
    pub outputs: Vec<OutputFile>,
}

impl RunRecord {
    /// Writes `run.json`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, mut writer: impl io::Write) -> io::Result<()> {
        let names = self.outputs.iter().map(|output| output.file.as_str());
        let fingerprints = self.outputs.iter();
        let fingerprints = fingerprints.map(|output| (output.file.clone(), json!(output.sha256)));
        let record = json!({
            "schema": 1,
            "program": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "command": self.command,
            "parameters": self.parameters,
            "outputs": names.collect::<Vec<_>>(),
            "outputs_sha256": fingerprints.collect::<Map<_, _>>(),
            "inputs": self.inputs,
            "layers": self.layers,
        });
        serde_json::to_writer_pretty(&mut writer, &record)?;
        writer.write_all(b"\n")?;
        writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_published_sha_256() {
        // FIPS 180-2, appendix B.1.
        let abc = InputFile::new("network", &Source::from_bytes("abc", b"abc".as_slice()));
        let abc = abc.expect("in memory");
        assert_eq!(
            abc.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
