//! What of `docs/` is generated from the code.
//!
//! In `docs/configuration.md` a section that is read as one type has a block of its own; the rest of the page is written by hand:
//!
//! ```text
//! ### backend.cache
//!
//! <!-- from the code: backend.cache -->
//! ...
//! <!-- end -->
//! ```
//!
//! To add a section of a unit: depend on the unit here, and add its list to [`sections`].

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use callboard_service_kit::{
    check,
    config::{Section, reference},
};

const END: &str = "<!-- end -->";

/// The sections that are described by their types.
pub fn sections() -> Vec<Section> {
    [
        check::SECTIONS,
        callboard_gateway::config::SECTIONS,
        callboard_proxy::config::SECTIONS,
    ]
    .concat()
}

/// The page with its generated blocks brought up to date; the path of a section when it has no block.
pub fn configuration_page(page: &str) -> Result<String, String> {
    let mut page = page.to_owned();
    for section in sections() {
        let begin = format!("<!-- from the code: {} -->", section.path());
        let missing = || format!("docs/configuration.md has no block {begin} ... {END}");
        let from = page.find(&begin).ok_or_else(missing)? + begin.len();
        let to = from + page[from..].find(END).ok_or_else(missing)?;
        page.replace_range(from..to, &format!("\n\n{}\n\n", reference::page(&section)));
    }
    Ok(page)
}

/// Where the page is in a checkout of the repository.
pub fn configuration_path() -> PathBuf {
    root().join("docs/configuration.md")
}

/// The folder of the repository this was built in.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Writes what is out of date, and tells whether anything was.
pub fn write() -> io::Result<bool> {
    let path = configuration_path();
    let page = fs::read_to_string(&path)?;
    let fresh = configuration_page(&page).map_err(io::Error::other)?;
    if fresh == page {
        return Ok(false);
    }
    fs::write(&path, fresh)?;
    Ok(true)
}
