//! Signals: Ctrl-C, or a request to end, raises a flag that the work looks at. What has not ended soon after is ended, wherever
//! it is; a second signal ends the program at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use pedshed::language::Language;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// A flag that is raised by Ctrl-C or a request to end.
pub(crate) fn cancel_flag(language: Language) -> io::Result<Arc<AtomicBool>> {
    let cancel = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Looked at before the flag is raised: only the second signal finds it up.
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&cancel))?;
        flag::register(signal, Arc::clone(&cancel))?;
    }
    #[cfg(unix)]
    last_resort::watch(language)?;
    #[cfg(not(unix))]
    let _ = language;
    // A file that outgrows the user's limit is then an error of the write, and is cleaned up, not the program's death.
    #[cfg(unix)]
    flag::register(
        signal_hook::consts::SIGXFSZ,
        Arc::new(AtomicBool::new(false)),
    )?;
    Ok(cancel)
}

/// Says that the work was interrupted.
pub(crate) fn say_interrupted(language: Language, has_written: bool) {
    use crate::terminal::complain;
    match (language, has_written) {
        (Language::En, false) => complain!("interrupted; nothing was written"),
        (Language::Zh, false) => complain!("已中断；未写出任何文件"),
        (Language::En, true) => complain!("interrupted"),
        (Language::Zh, true) => complain!("已中断"),
    }
}

/// Ends the program where the work does not: it waits for a pipe, or is in a library that knows no flag.
#[cfg(unix)]
mod last_resort {
    use std::io::{self, Read};
    use std::os::unix::net::UnixStream;
    use std::process;
    use std::thread;
    use std::time::Duration;

    use pedshed::language::Language;
    use pedshed::report::abandon_unfinished;
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::low_level::pipe;

    use super::say_interrupted;
    use crate::exit::INTERRUPTED;

    /// So long the work has to end by itself.
    const GRACE: Duration = Duration::from_millis(600);
    /// All that the thread needs.
    const STACK_BYTES: usize = 1 << 16;

    /// Waits for a signal beside the work.
    pub(super) fn watch(language: Language) -> io::Result<()> {
        let (mut signals, sender) = UnixStream::pair()?;
        for signal in [SIGINT, SIGTERM] {
            pipe::register(signal, sender.try_clone()?)?;
        }
        let wait = move || {
            // The streams live as long as the program: nothing but a signal ends this.
            if signals.read_exact(&mut [0]).is_ok() {
                thread::sleep(GRACE);
                say_interrupted(language, abandon_unfinished());
                process::exit(INTERRUPTED);
            }
        };
        let watcher = thread::Builder::new().stack_size(STACK_BYTES);
        watcher.spawn(wait).map(|_| ())
    }
}
