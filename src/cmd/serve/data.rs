//! Where everything is kept that outlives the process.

use crate::cmd::serve::Failure;
use crate::config::Config;
use crate::exit::Exit;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// The directory for everything that lasts, made for its owner alone if it is missing.
pub(super) fn directory(config: &Config, port: u16) -> Result<PathBuf, Failure> {
    let absolute = |path: PathBuf| path.is_absolute().then_some(path);
    let platform = || {
        std::env::var_os("XDG_DATA_HOME")
            .and_then(|path| absolute(path.into()))
            .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
            .map(|data| data.join("chat").join(port.to_string()))
    };
    // The service manager parts several by colons; the first is that of the data.
    let service = || {
        let all = std::env::var("STATE_DIRECTORY").ok()?;
        absolute(all.split(':').next()?.into())
    };
    let given = config.data.clone().or_else(service);
    let directory = given.or_else(platform).ok_or_else(|| {
        Failure(
            Exit::Usage,
            "no home directory: say with --data where to keep data".into(),
        )
    })?;
    let made = DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&directory);
    made.map_err(|error| {
        let shown = directory.display();
        Failure(
            Exit::Usage,
            format!(
                "the data directory {shown} cannot be made: {error}; choose another with --data"
            ),
        )
    })?;
    Ok(directory)
}
