//! What the project's tests share with every target.

#[path = "../tests/hostile/drive.rs"]
pub(crate) mod drive;

#[allow(dead_code)]
#[path = "../tests/oracle/reference.rs"]
pub(crate) mod reference;

#[allow(dead_code)]
#[path = "../tests/oracle/built.rs"]
pub(crate) mod built;

/// Where the tests have them.
pub(crate) mod oracle {
    pub(crate) use super::{built, reference};
}
