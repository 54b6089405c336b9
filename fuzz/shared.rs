//! What the project's tests share with every target.

#[path = "../tests/hostile/drive.rs"]
pub(crate) mod drive;

#[allow(dead_code)]
#[path = "../tests/oracle/reference.rs"]
pub(crate) mod reference;

/// Where the tests have it.
pub(crate) mod oracle {
    pub(crate) use super::reference;
}
