//! Synthetic catalogs of any size.

mod descriptor;
mod organisation;
mod words;

use std::{fs, io, path::Path};

pub use organisation::documents;

/// How a catalog is written.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Makes another organisation of the same size and proportions.
    pub seed: u64,
    /// Documents a file.
    pub per_file: usize,
}

impl Default for Layout {
    fn default() -> Self {
        Self { seed: 7, per_file: 500 }
    }
}

/// The name of the Location file that lists all others.
pub const ROOT_FILE: &str = "all.yaml";

/// Writes a catalog of about `entities` entities into `folder` and says how many they are. A `Location` in [`ROOT_FILE`] lists
/// the files; it comes on top of them, as does the one that registers it.
pub fn write(entities: usize, folder: &Path, layout: Layout) -> io::Result<usize> {
    let documents = documents(entities, layout.seed);
    fs::create_dir_all(folder)?;
    let mut root = String::from(
        "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: synthetic\nspec:\n  type: file\n  targets:\n",
    );
    for (index, chunk) in documents.chunks(layout.per_file.max(1)).enumerate() {
        let name = format!("part-{index:04}.yaml");
        fs::write(folder.join(&name), chunk.concat())?;
        root.push_str("    - ./");
        root.push_str(&name);
        root.push('\n');
    }
    fs::write(folder.join(ROOT_FILE), root)?;
    Ok(documents.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_lists_every_part_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout {
            per_file: 30,
            ..Layout::default()
        };
        let written = write(1000, folder.path(), layout).unwrap();
        let root = fs::read_to_string(folder.path().join(ROOT_FILE)).unwrap();
        let parts: Vec<_> = root.lines().filter_map(|line| line.strip_prefix("    - ./")).collect();
        assert_eq!(parts.len(), written.div_ceil(30));
        let documents: usize = parts
            .iter()
            .map(|part| {
                fs::read_to_string(folder.path().join(part))
                    .unwrap()
                    .matches("---\n")
                    .count()
            })
            .sum();
        assert_eq!(documents, written);
    }

    #[test]
    fn a_catalog_can_be_written_again_the_same() {
        assert_eq!(documents(500, 7), documents(500, 7));
        assert_ne!(documents(500, 7), documents(500, 8));
    }
}
