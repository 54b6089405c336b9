//! `run.json`: what is needed to derive the numbers again. It holds no clock time and no folder.

use std::fmt::Write as _;
use std::io;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

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
    /// Fingerprints a file's bytes.
    #[must_use]
    pub fn new(layer: &str, file: &str, bytes: &[u8]) -> Self {
        let digest = Sha256::digest(bytes);
        let mut sha256 = String::with_capacity(2 * digest.len());
        for byte in digest {
            // Writing to a string cannot fail.
            let _ = write!(sha256, "{byte:02x}");
        }
        Self {
            layer: layer.to_owned(),
            file: file.to_owned(),
            bytes: bytes.len(),
            sha256,
        }
    }
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
    /// The names of the files that were written with it: others in the folder are of another run.
    pub outputs: Vec<String>,
}

impl RunRecord {
    /// Writes `run.json`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, mut writer: impl io::Write) -> io::Result<()> {
        let record = json!({
            "schema": 1,
            "program": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "command": self.command,
            "parameters": self.parameters,
            "outputs": self.outputs,
            "inputs": self.inputs,
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
        let abc = InputFile::new("network", "abc", b"abc");
        assert_eq!(
            abc.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
