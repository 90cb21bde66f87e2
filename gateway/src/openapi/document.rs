//! The document, put together from its files.

use serde_json::{Map, Value, json};

const MAIN: &str = include_str!("../../openapi/main.json");

/// The files of the plugins, in the order they are shown in.
const PLUGINS: [&str; 13] = [
    include_str!("../../openapi/catalog.json"),
    include_str!("../../openapi/search.json"),
    include_str!("../../openapi/events.json"),
    include_str!("../../openapi/signals.json"),
    include_str!("../../openapi/lighthouse.json"),
    include_str!("../../openapi/proxy.json"),
    include_str!("../../openapi/auth.json"),
    include_str!("../../openapi/permission.json"),
    include_str!("../../openapi/user-settings.json"),
    include_str!("../../openapi/audit.json"),
    include_str!("../../openapi/admin.json"),
    include_str!("../../openapi/health.json"),
    include_str!("../../openapi/documents.json"),
];

/// Why there is no document. The files are compiled in and tested, so nobody ever sees one.
#[derive(Debug, thiserror::Error)]
#[error("the description of the API is broken: {0}")]
pub(crate) struct BrokenDocument(String);

/// The document for a gateway at this address, with the plugin's paths only where one is given. `None` when there is no such
/// plugin.
pub(super) fn document(server: &str, plugin: Option<&str>) -> Result<Option<Value>, BrokenDocument> {
    let mut document = parse(MAIN)?;
    let (mut tags, mut paths) = (Vec::new(), Map::new());
    for text in PLUGINS {
        let mut part = parse(text)?;
        let tag = part.remove("tag").unwrap_or_default();
        let name = tag["name"].as_str().unwrap_or_default().to_owned();
        for section in ["parameters", "schemas"] {
            let members = take_object(&mut part, section);
            if let Some(Value::Object(shared)) = document
                .get_mut("components")
                .and_then(|components| components.get_mut(section))
            {
                shared.extend(members);
            }
        }
        if plugin.is_some_and(|plugin| plugin != name) {
            continue;
        }
        for (path, mut item) in take_object(&mut part, "paths") {
            let operations = item.as_object_mut().into_iter().flatten();
            for (_, operation) in operations.filter(|(method, _)| *method != "parameters") {
                operation["tags"] = json!([name]);
            }
            paths.insert(path, item);
        }
        tags.push(tag);
    }
    if tags.is_empty() {
        return Ok(None);
    }
    document.insert("servers".to_owned(), json!([{ "url": server }]));
    document.insert("tags".to_owned(), Value::Array(tags));
    document.insert("paths".to_owned(), Value::Object(paths));
    Ok(Some(Value::Object(document)))
}

fn parse(text: &str) -> Result<Map<String, Value>, BrokenDocument> {
    serde_json::from_str(text).map_err(|error| BrokenDocument(error.to_string()))
}

fn take_object(part: &mut Map<String, Value>, name: &str) -> Map<String, Value> {
    match part.remove(name) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn whole() -> Value {
        document("http://localhost", None)
            .expect("is not broken")
            .expect("is there")
    }

    /// Calls `visit` with every object in a value.
    fn walk(value: &Value, visit: &mut impl FnMut(&Map<String, Value>)) {
        match value {
            Value::Object(members) => {
                visit(members);
                members.values().for_each(|member| walk(member, visit));
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = whole();
        let mut broken = Vec::new();
        walk(&document, &mut |members| {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str)
                && document.pointer(reference.trim_start_matches('#')).is_none()
            {
                broken.push(reference.to_owned());
            }
        });
        assert!(broken.is_empty(), "{broken:?}");
    }

    #[test]
    fn operations_have_names_of_their_own_and_answers() {
        let document = whole();
        let mut seen = BTreeSet::new();
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                if method == "parameters" {
                    continue;
                }
                let id = operation["operationId"].as_str().unwrap_or_default();
                assert!(
                    !id.is_empty() && seen.insert(id.to_owned()),
                    "{method} {path}: operationId {id:?}"
                );
                assert!(
                    operation["summary"].is_string() && operation["responses"].is_object(),
                    "{method} {path}"
                );
                for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    let declared = [&item["parameters"], &operation["parameters"]]
                        .into_iter()
                        .filter_map(Value::as_array)
                        .flatten()
                        .any(|parameter| {
                            let by_reference = parameter["$ref"]
                                .as_str()
                                .and_then(|reference| reference.rsplit('/').next());
                            parameter["name"] == name || by_reference == Some(name)
                        });
                    assert!(declared, "{method} {path}: the parameter {name} is not described");
                }
            }
        }
    }

    #[test]
    fn a_plugin_has_a_part() {
        let part = document("http://localhost", Some("signals"))
            .expect("is not broken")
            .expect("is there");
        let paths: Vec<_> = part["paths"].as_object().expect("paths").keys().collect();
        assert_eq!(paths, ["/api/signals"]);
        assert!(
            document("http://localhost", Some("nothing"))
                .expect("is not broken")
                .is_none()
        );
    }
}
