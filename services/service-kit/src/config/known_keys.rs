use super::{
    Config,
    node::{self, Kind, Node},
};

impl Config {
    /// Warns once about every key below `section` that is not among `known`, with its place; the text of the warnings is
    /// returned. A known key is a path relative to the section; `*` stands for any one key, the elements of a list have no
    /// part of their own, and everything below the longest known keys is known.
    ///
    /// ```
    /// # use callboard_service_kit::config::Config;
    /// let config = Config::from_yaml("lighthouse: {schedule: {cron: x}, retenton: 1}").unwrap();
    /// let warnings = config.warn_about_unknown_keys("lighthouse", &["schedule.*", "retention"]);
    /// assert_eq!(warnings.len(), 1);
    /// assert!(warnings[0].contains("lighthouse.retenton"));
    /// ```
    pub fn warn_about_unknown_keys(&self, section: &str, known: &[&str]) -> Vec<String> {
        let known: Vec<Vec<&str>> = known.iter().map(|path| path.split('.').collect()).collect();
        let mut unknown = Vec::new();
        if let Some(node) = self.root().at(section) {
            collect(
                node,
                section,
                &known.iter().map(Vec::as_slice).collect::<Vec<_>>(),
                &mut unknown,
            );
        }
        for warning in &unknown {
            tracing::warn!(target: "callboard::config", "{warning}");
        }
        unknown
    }
}

fn collect(node: &Node, path: &str, known: &[&[&str]], unknown: &mut Vec<String>) {
    let entries = match &node.kind {
        Kind::Object(entries) => entries,
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), known, unknown);
            }
            return;
        }
        _ => return,
    };
    for (key, child) in entries {
        let rests: Vec<&[&str]> = known
            .iter()
            .filter(|path| path.first().is_some_and(|first| first == key || *first == "*"))
            .map(|path| &path[1..])
            .collect();
        let child_path = node::join(path, key);
        let deeper: Vec<&[&str]> = rests.iter().copied().filter(|rest| !rest.is_empty()).collect();
        if rests.is_empty() {
            unknown.push(format!(
                "{}: {child_path} is not a key this unit knows; it is ignored",
                child.origin
            ));
        } else if !deeper.is_empty() {
            collect(child, &child_path, &deeper, unknown);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_outside_the_known_paths_are_named() {
        let config =
            Config::from_yaml("proxy:\n  endpoints:\n    /a: {target: x, tarjet: y}\n  reviveOnce: 1\n").unwrap();
        let warnings = config.warn_about_unknown_keys("proxy", &["endpoints.*.target", "reviveOnce"]);
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(
            warnings[0].starts_with("config.yaml:3:21: proxy.endpoints./a.tarjet "),
            "{warnings:?}"
        );
        assert!(config.warn_about_unknown_keys("absent", &[]).is_empty());
    }
}
