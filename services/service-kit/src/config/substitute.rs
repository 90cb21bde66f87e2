//! `${VARIABLE}` inside strings, and the objects `{$env: ..}`, `{$file: ..}` and `{$include: ..}`.
//!
//! A value that refers to a variable that is not set is absent, as if its key had not been written: lower layers then
//! show through, and a required key is reported as missing.

use std::path::{Path, PathBuf};

use super::{
    environment::Environment,
    error::ConfigError,
    node::{self, Kind, Node},
    yaml,
};

/// Files that include each other in a ring stop here.
const MAX_INCLUDE_DEPTH: usize = 16;

/// Replaces every substitution below `node`. `directory` is what relative paths start from.
pub(crate) fn apply(node: Node, directory: &Path, environment: &Environment) -> Result<Option<Node>, ConfigError> {
    Substitution { environment, depth: 0 }.node(node, directory, "")
}

struct Substitution<'a> {
    environment: &'a Environment,
    depth: usize,
}

impl Substitution<'_> {
    fn node(&self, node: Node, directory: &Path, path: &str) -> Result<Option<Node>, ConfigError> {
        let Node { kind, origin } = node;
        let kind = match kind {
            Kind::String(text) => match self.text(&text) {
                Some(text) => Kind::String(text),
                None => return Ok(None),
            },
            Kind::Array(items) => {
                let mut kept = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    kept.extend(self.node(item, directory, &node::join(path, &format!("[{index}]")))?);
                }
                Kind::Array(kept)
            }
            Kind::Object(mut entries) => {
                if let Some(position) = entries.iter().position(|(key, _)| key.starts_with('$')) {
                    let (directive, argument) = entries.swap_remove(position);
                    if !entries.is_empty() {
                        return Err(ConfigError::Invalid {
                            origin,
                            path: path.to_owned(),
                            message: format!("an object with {directive} has no other keys"),
                        });
                    }
                    return self.directive(&directive, argument, directory, path);
                }
                let mut kept = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    if let Some(value) = self.node(value, directory, &node::join(path, &key))? {
                        kept.push((key, value));
                    }
                }
                Kind::Object(kept)
            }
            other => other,
        };
        Ok(Some(Node::new(kind, origin)))
    }

    fn directive(
        &self,
        directive: &str,
        argument: Node,
        directory: &Path,
        path: &str,
    ) -> Result<Option<Node>, ConfigError> {
        let origin = argument.origin.clone();
        let invalid = |message: String| ConfigError::Invalid {
            origin: origin.clone(),
            path: path.to_owned(),
            message,
        };
        let Kind::String(argument) = argument.kind else {
            return Err(invalid(format!(
                "{directive} takes a string, not {}",
                argument.type_name()
            )));
        };
        let Some(argument) = self.text(&argument) else {
            return Ok(None);
        };
        match directive {
            "$env" => Ok(self
                .environment
                .get(&argument)
                .map(|value| Node::new(Kind::String(value.trim_end().to_owned()), origin.clone()))),
            "$file" => {
                let file = directory.join(&argument);
                let text = std::fs::read_to_string(&file)
                    .map_err(|cause| invalid(format!("cannot read {}: {cause}", file.display())))?;
                Ok(Some(Node::new(Kind::String(text.trim_end().to_owned()), origin)))
            }
            "$include" => {
                if self.depth >= MAX_INCLUDE_DEPTH {
                    return Err(invalid(format!(
                        "more than {MAX_INCLUDE_DEPTH} files include each other"
                    )));
                }
                let (file, inner_path) = argument.split_once('#').unwrap_or((&argument, ""));
                let file = directory.join(file);
                self.include(&file, inner_path, path).map_err(|error| match error {
                    Include::Refused(message) => invalid(message),
                    Include::Config(error) => error,
                })
            }
            other => Err(invalid(format!(
                "{other} is not a known directive; there are $env, $file and $include"
            ))),
        }
    }

    fn include(&self, file: &Path, inner_path: &str, path: &str) -> Result<Option<Node>, Include> {
        let is_data = file.extension().is_some_and(|extension| {
            ["json", "yaml", "yml"]
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        });
        if !is_data {
            return Err(Include::Refused(format!(
                "$include reads .json, .yaml and .yml files, and {} is none",
                file.display()
            )));
        }
        let text = std::fs::read_to_string(file)
            .map_err(|cause| Include::Refused(format!("cannot read {}: {cause}", file.display())))?;
        // JSON is YAML, so one parser reads both, and both get line numbers.
        let tree = yaml::parse(&text, &file.to_string_lossy())?;
        let Some(node) = tree.at(inner_path) else {
            return Err(Include::Refused(format!(
                "{} has no value at {inner_path}",
                file.display()
            )));
        };
        let directory = file.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let deeper = Substitution {
            environment: self.environment,
            depth: self.depth + 1,
        };
        Ok(deeper.node(node.clone(), &directory, path)?)
    }

    /// Replaces `${NAME}` and unescapes `$${`. `None` when a variable is not set.
    fn text(&self, text: &str) -> Option<String> {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("${") {
            let Some(length) = rest[start..].find('}') else { break };
            let name = &rest[start + 2..start + length];
            if name.contains('{') {
                // Not a reference: `${` of something else, with a later one inside it.
                result.push_str(&rest[..start + 2]);
                rest = &rest[start + 2..];
                continue;
            }
            let after = &rest[start + length + 1..];
            if rest[..start].ends_with('$') {
                // `$${NAME}` stands for the text `${NAME}`: one dollar of the two is already in front.
                result.push_str(&rest[..start]);
                result.push_str(&rest[start + 1..=start + length]);
            } else {
                result.push_str(&rest[..start]);
                result.push_str(self.environment.get(name.trim())?);
            }
            rest = after;
        }
        result.push_str(rest);
        Some(result)
    }
}

enum Include {
    Refused(String),
    Config(ConfigError),
}

impl From<ConfigError> for Include {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn substitute(yaml: &str, directory: &Path) -> Result<serde_json::Value, ConfigError> {
        let environment = Environment::from_iter([("NAME", "world"), ("EMPTY", ""), ("TOKEN", "s3cret\n")]);
        let node = yaml::parse(yaml, "app-config.yaml")?;
        Ok(apply(node, directory, &environment)?.unwrap().to_json())
    }

    #[test]
    fn variables_are_replaced_escaped_and_absent() {
        assert_eq!(
            substitute(
                "a: hello ${NAME}${ NAME }!\nb: $${NAME} and $${OTHER}\nc: x${MISSING}y\nd: '${EMPTY}'\ne: [1, '${MISSING}', 2]\nf: ${unclosed\ng: ${{NAME}}\nh: costs $5",
                Path::new(".")
            )
            .unwrap(),
            serde_json::json!({"a": "hello worldworld!", "b": "${NAME} and ${OTHER}", "d": "", "e": [1, 2],
                "f": "${unclosed", "g": "${{NAME}}", "h": "costs $5"})
        );
    }

    #[test]
    fn directives_read_variables_files_and_parts_of_files() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("sub")).unwrap();
        fs::write(directory.path().join("token.txt"), "abc\n").unwrap();
        fs::write(
            directory.path().join("sub/part.yaml"),
            "outer:\n  inner: {who: '${NAME}', key: {$file: ../token.txt}}\n",
        )
        .unwrap();
        assert_eq!(
            substitute(
                "a: {$env: TOKEN}\nb: {$env: MISSING}\nc: {$file: token.txt}\nd: {$include: 'sub/part.yaml#outer.inner'}",
                directory.path()
            )
            .unwrap(),
            serde_json::json!({"a": "s3cret", "c": "abc", "d": {"who": "world", "key": "abc"}})
        );
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("ring.yaml"), "a: {$include: ring.yaml}\n").unwrap();
        fs::write(directory.path().join("part.json"), "{\"a\": 1}").unwrap();
        let error = |yaml: &str| substitute(yaml, directory.path()).unwrap_err().to_string();
        assert!(error("x:\n  y: {$file: gone.txt}").starts_with("app-config.yaml:2:7: x.y: cannot read"));
        assert!(error("x: {$file: a, other: 1}").contains("an object with $file has no other keys"));
        assert!(error("x: {$frobnicate: a}").contains("$frobnicate is not a known directive"));
        assert!(error("x: {$env: [a]}").contains("$env takes a string, not a list"));
        assert!(error("x: {$include: 'part.json#b.c'}").contains("has no value at b.c"));
        assert!(error("x: {$include: token.txt}").contains(".json, .yaml and .yml"));
        assert!(error("x: {$include: ring.yaml}").contains("include each other"));
    }
}
