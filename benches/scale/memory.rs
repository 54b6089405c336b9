//! What the process holds and has held, from Linux's own books; nothing is known elsewhere.

use std::fs;

/// Bytes that are held now.
pub(crate) fn held() -> usize {
    of_status("VmRSS:")
}

/// The most bytes that were held since the process began, or since [`forget_peak`].
pub(crate) fn peak() -> usize {
    of_status("VmHWM:")
}

/// Lets the peak begin anew with what is held now.
pub(crate) fn forget_peak() {
    // Where it cannot be written the peak stays that of the whole run.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

fn of_status(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kilobytes.unwrap_or(0) * 1024
}
