//! The routes there are, read from the source, compared with those described.

use std::{collections::BTreeSet, fs, path::Path};

use super::document::document;

/// A path and a method in lower case; `any` for all of them.
type Route = (String, String);

const METHODS: [&str; 6] = ["get", "post", "put", "patch", "delete", "any"];

/// Every `.route("path", ...)` below a folder, with the methods in it.
fn routes_below(folder: &Path, routes: &mut BTreeSet<Route>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            routes_below(&path, routes);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("openapi/routes.rs") {
            routes_in(&fs::read_to_string(&path).expect("a text"), routes);
        }
    }
}

fn routes_in(source: &str, routes: &mut BTreeSet<Route>) {
    for call in source.split(".route(").skip(1) {
        let call = arguments(call);
        let Some((path, handlers)) = call
            .trim_start()
            .strip_prefix('"')
            .and_then(|rest| rest.split_once('"'))
        else {
            continue;
        };
        let path = path.replace("{*", "{");
        for method in METHODS {
            let called = format!("{method}(");
            let is_called = handlers.match_indices(&called).any(|(position, _)| {
                let before = handlers[..position].chars().next_back();
                !before.is_some_and(|character| character.is_alphanumeric() || character == '_')
            });
            if is_called {
                routes.insert((path.clone(), method.to_owned()));
            }
        }
    }
}

/// Up to the parenthesis that ends the call.
fn arguments(text: &str) -> &str {
    let mut depth = 1;
    for (position, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..position];
        }
    }
    text
}

fn described() -> BTreeSet<Route> {
    let document = document("http://localhost", None)
        .expect("is not broken")
        .expect("is there");
    let mut routes = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("operations").keys() {
            if method != "parameters" {
                routes.insert((path.clone(), method.clone()));
            }
        }
    }
    routes
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let mut routes = BTreeSet::new();
    routes_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut routes);
    assert!(routes.len() > 30, "{routes:?}");
    let described = described();
    let any: BTreeSet<&String> = routes
        .iter()
        .filter(|(_, method)| method == "any")
        .map(|(path, _)| path)
        .collect();
    let missing: Vec<_> = routes
        .iter()
        .filter(|(path, method)| match method.as_str() {
            // Whatever is described of it, or below it, will do; what only refuses need not be described.
            "any" => !path.contains("{action}") && !described.iter().any(|(known, _)| known.starts_with(path)),
            _ => !described.contains(&(path.clone(), method.clone())),
        })
        .collect();
    assert!(missing.is_empty(), "gateway/openapi says nothing about {missing:?}");
    let invented: Vec<_> = described
        .iter()
        .filter(|route| !routes.contains(route) && !any.contains(&route.0))
        .collect();
    assert!(
        invented.is_empty(),
        "gateway/openapi describes what is not there: {invented:?}"
    );
}

#[test]
fn routes_are_found_in_source() {
    let mut routes = BTreeSet::new();
    routes_in(
        r#".route("/a/{*rest}", get(x).merge(put(budget(y)))) .route(
            "/b", any(z))"#,
        &mut routes,
    );
    let expected = [("/a/{rest}", "get"), ("/a/{rest}", "put"), ("/b", "any")];
    let expected = expected.map(|(path, method)| (path.to_owned(), method.to_owned()));
    assert_eq!(routes.into_iter().collect::<Vec<_>>(), expected);
}
