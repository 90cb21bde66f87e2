//! The configuration's reference: `docs/configuration.md`, and which keys are known, both from the types that are read.
//!
//! A section is a struct with `#[derive(Deserialize, JsonSchema)]` and `#[serde(rename_all = "camelCase", default)]`. Its
//! documentation comment becomes the text above its table, each field's comment the meaning of its key, and the values of its
//! `Default` the defaults. What the types cannot tell is said by attributes:
//!
//! - `#[schemars(extend("x-default" = "text at a terminal"))]`: a default in words.
//! - `#[schemars(extend("x-name" = "unit"))]` on a map: what its keys are, shown as `<unit>`.
//!
//! The section is listed by [`Section::of`] in its crate's list of sections, and has a block in the page, which `./dev docs` fills.

mod page;
mod rows;

use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde_json::Value;

pub use self::page::page;
use self::rows::Row;
use super::Config;

/// A part of the configuration that is read as one type.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    path: &'static str,
    schema: fn() -> Schema,
    is_whole: bool,
}

impl Section {
    /// The section at a key path, read as `T`: all keys below the path are those of `T`. A part such as `<unit>` stands for
    /// any one key.
    pub const fn of<T: JsonSchema>(path: &'static str) -> Self {
        Self {
            path,
            schema: schema_of::<T>,
            is_whole: true,
        }
    }

    /// Some of the keys at a path; others have other readers, so none is unknown here.
    pub const fn part_of<T: JsonSchema>(path: &'static str) -> Self {
        Self {
            path,
            schema: schema_of::<T>,
            is_whole: false,
        }
    }

    /// Where it is in the configuration.
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// From the first key on that stands for any, the known keys are relative.
    fn base(&self) -> &'static str {
        self.path.split(".<").next().unwrap_or_default()
    }

    /// Its keys as [`Config::warn_about_unknown_keys`] wants them, for a section whose other readers are no types.
    pub fn known_keys(&self) -> Vec<String> {
        let base = self.base();
        self.rows()
            .iter()
            .map(|row| known_key(&row.key[base.len()..]))
            .collect()
    }

    fn rows(&self) -> Vec<Row> {
        rows::of(self.path, &self.schema())
    }

    /// The text above the table.
    fn description(&self) -> String {
        let schema = self.schema();
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        text.to_owned()
    }

    fn schema(&self) -> Value {
        (self.schema)().to_value()
    }
}

/// Warns about every key in these sections that nothing reads, and returns the warnings. A section at a path of which another
/// reads only a part knows the keys of both.
pub fn warn_about_unknown_keys(config: &Config, sections: &[Section]) -> Vec<String> {
    let mut warnings = Vec::new();
    for section in sections.iter().filter(|section| section.is_whole) {
        let same = sections.iter().filter(|other| other.path == section.path);
        let known: Vec<String> = same.flat_map(Section::known_keys).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        warnings.extend(config.warn_about_unknown_keys(section.base(), &known));
    }
    warnings
}

/// A row's key, below the base, as [`Config::warn_about_unknown_keys`] wants it.
fn known_key(below: &str) -> String {
    let parts = below
        .trim_start_matches('.')
        .split('.')
        .map(|part| part.trim_end_matches("[]"));
    let parts: Vec<&str> = parts
        .map(|part| if part.starts_with('<') { "*" } else { part })
        .collect();
    parts.join(".")
}

fn schema_of<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    settings.into_generator().into_root_schema_for::<T>()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;
    use crate::config::{ConfigDuration, Secret};

    /// What a shop sells.
    ///
    /// It is closed on Sundays.
    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase", default)]
    struct Shop {
        /// Until when a customer | waits.
        waiting_time: ConfigDuration,
        /// The largest basket.
        basket_bytes: u64,
        /// Opens the safe.
        safe_code: Option<Secret<String>>,
        /// Where to pay.
        #[schemars(extend("x-default" = "at the counter"))]
        pay: Option<Pay>,
        shelves: Vec<Shelf>,
        /// The staff.
        #[schemars(extend("x-name" = "person"))]
        staff: BTreeMap<String, Shelf>,
    }

    #[derive(Deserialize, JsonSchema)]
    #[serde(rename_all = "lowercase")]
    enum Pay {
        Counter,
        Door,
    }

    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Shelf {
        /// What it carries.
        load: u32,
    }

    impl Default for Shop {
        fn default() -> Self {
            Self {
                waiting_time: std::time::Duration::from_secs(90).into(),
                basket_bytes: 2 * 1024 * 1024,
                safe_code: None,
                pay: None,
                shelves: Vec::new(),
                staff: BTreeMap::new(),
            }
        }
    }

    const SHOP: Section = Section::of::<Shop>("shop");

    #[test]
    fn a_type_becomes_a_table() {
        let text = page(&SHOP);
        let expected = "\
What a shop sells.

It is closed on Sundays.

| Key | Type | Default | Meaning |
| --- | --- | --- | --- |
| `shop.waitingTime` | duration | 1m 30s | Until when a customer \\| waits. |
| `shop.basketBytes` | number | 2 MiB | The largest basket. |
| `shop.safeCode` | text | | Opens the safe. |
| `shop.pay` | `counter` or `door` | at the counter | Where to pay. |
| `shop.shelves[].load` | number | | What it carries. |
| `shop.staff` | map | | The staff. |
| `shop.staff.<person>.load` | number | | What it carries. |";
        assert_eq!(text, expected, "{text}");
    }

    #[test]
    fn keys_that_no_type_has_are_unknown() {
        let yaml =
            "shop: {waitingTime: 1s, shelfs: [], shelves: [{load: 1, lode: 2}], staff: {ann: {load: 1, age: 2}}}";
        let warnings = warn_about_unknown_keys(&Config::from_yaml(yaml).unwrap(), &[SHOP]);
        let keys = ["shop.shelfs", "shop.shelves[0].lode", "shop.staff.ann.age"];
        assert_eq!(warnings.len(), keys.len(), "{warnings:#?}");
        for (warning, key) in warnings.iter().zip(keys) {
            assert!(warning.contains(&format!(" {key} ")), "{warning}");
        }

        let each = Section::of::<Shelf>("rooms.<room>.shelf");
        let config = Config::from_yaml("rooms: {a: {shelf: {load: 1}}, b: {shelf: {lode: 1}}}").unwrap();
        let warnings = warn_about_unknown_keys(&config, &[each]);
        assert_eq!(warnings.len(), 1, "{warnings:#?}");
        assert!(warnings[0].contains(" rooms.b.shelf.lode "), "{warnings:#?}");
    }
}
