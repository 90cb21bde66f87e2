use proptest::prelude::*;
use serde_json::json;

use super::*;

fn parse(text: &str) -> Vec<Result<Value, String>> {
    let location = LocationRef::parse("url:http://h/a.yaml").unwrap();
    parse_documents(text, &location)
        .into_iter()
        .map(|result| result.map_err(|error| error.to_string()))
        .collect()
}

fn single(text: &str) -> Value {
    let documents = parse(text);
    assert_eq!(documents.len(), 1, "{documents:?}");
    documents.into_iter().next().unwrap().unwrap()
}

#[test]
fn empty_documents_are_passed_over() {
    for text in ["", "---\n", "# c\n", "null", "~", "---\n---\n", "\u{feff}"] {
        assert!(parse(text).is_empty(), "{text:?}: {:?}", parse(text));
    }
    assert_eq!(single("---\n---\na: 1\n---\n"), json!({"a": 1}));
}

#[test]
fn the_root_is_an_object() {
    for (text, expected) in [
        ("a", "string"),
        ("[1]", "object"),
        ("12", "number"),
        ("true", "boolean"),
        ("- a: 1", "object"),
    ] {
        assert_eq!(
            parse(text),
            [Err(format!("Error: Expected object at root, got {expected}"))]
        );
    }
}

#[test]
fn a_broken_document_leaves_the_others_alone() {
    let documents = parse("a: 1\n---\nb: [\n---\nc: 3\n---\nd: \"x\n---\ne: 1");
    assert_eq!(documents.len(), 5);
    assert_eq!(documents[0], Ok(json!({"a": 1})));
    assert_eq!(documents[2], Ok(json!({"c": 3})));
    assert_eq!(documents[4], Ok(json!({"e": 1})));
    let error = documents[1].as_ref().unwrap_err();
    assert!(
        error.starts_with("Error: YAML error at url:http://h/a.yaml, YAMLParseError: "),
        "{error}"
    );
    assert!(documents[3].is_err());
}

#[test]
fn errors_say_where_they_are() {
    assert_eq!(
        parse("x: 1\n---\na: 1\nb: 2\na: 3\n"),
        [
            Ok(json!({"x": 1})),
            Err(String::from(
                "Error: YAML error at url:http://h/a.yaml, \
                 YAMLParseError: Map keys must be unique at line 5, column 1:\n\nb: 2\na: 3\n^\n"
            ))
        ]
    );
}

#[test]
fn what_is_not_yaml_is_refused() {
    for text in [
        "a: [1",
        "a:\n\tb: 1",
        "a: *x",
        "a: &x [*x]",
        "{\"a\":1}{\"b\":2}",
        "a: \"\\U00110000\"",
        "a: \"\\ud800\"",
        "a: \"\\u0000b\"",
        "a: \0b",
        "\0: b",
        "a: b: c",
        "a: - b",
        "a: @x",
        "a: `x",
        "a: 1\n%YAML 1.2\n---\n",
        "\"a\": 1\na: 2",
        "{a: 1, a: 2}",
        "1: a\n1.0: b",
        "a: [1,,2]",
        "a: \"x\" y",
        "a: b\n c: d",
        "x:\n  - a\n - b",
        "x: \"\\q\"",
        "a: *",
    ] {
        assert!(parse(text)[0].is_err(), "{text:?}: {:?}", parse(text));
    }
}

#[test]
fn documents_are_read_as_upstream_reads_them() {
    for (text, expected) in [
        ("<<: {a: 1}\nb: 2", json!({"<<": {"a": 1}, "b": 2})),
        (
            "x: &a {b: 1}\ny:\n  <<: *a",
            json!({"x": {"b": 1}, "y": {"<<": {"b": 1}}}),
        ),
        ("? a\n", json!({"a": null})),
        (
            "{\"a\": 1, \"b\": [1,2,{\"c\":null}]}",
            json!({"a": 1, "b": [1, 2, {"c": null}]}),
        ),
        ("\u{feff}a: 1", json!({"a": 1})),
        ("a: 1\n...\n", json!({"a": 1})),
        ("a: |\n  x\n  ---\n  y\n", json!({"a": "x\n---\ny\n"})),
        ("---a: 1", json!({"---a": 1})),
        ("a: 1\r\nb: 2\r\n", json!({"a": 1, "b": 2})),
        ("%FOO\n---\na: 1", json!({"a": 1})),
        ("%YAML 1.3\n---\na: yes", json!({"a": "yes"})),
        ("a: 1\n1: 2\n\"1\": 3", json!({"1": 3, "a": 1})),
        (
            "? [1,2]\n: e\n? {a: 1}\n: f\n~: g\ntrue: h\n1.50: i",
            json!({
                "[ 1, 2 ]": "e", "{ a: 1 }": "f", "": "g", "true": "h", "1.5": "i"
            }),
        ),
        ("a: &x 1\n*x : 2", json!({"a": 1, "1": 2})),
        ("? &a b\n: *a", json!({"b": "b"})),
        ("a: {b: 1,}\nc: [1,]", json!({"a": {"b": 1}, "c": [1]})),
        ("a: >-\n  x\n  y\n\n  z\n", json!({"a": "x y\nz"})),
        ("a:   # c\n  b", json!({"a": "b"})),
        ("x: {a\n}", json!({"x": {"a": null}})),
        ("a: {{ values.name }}", json!({"a": {"{ values.name }": null}})),
        ("a: 1\n\u{a0}b: 2", json!({"a": 1, "\u{a0}b": 2})),
        (
            "a: !foo 1\nb: !!str 1\nc: !!int \"1\"\nd: !!float 1\ne: !!bool \"true\"\nf: !!null \"\"\nj: !foo [1]\n\
             k: !!map {a: 1}\nl: !!seq [a]\nn: !!int x\no: ! 12\np: !!foo 1\nq: !<tag:yaml.org,2002:str> 1\nr: !!timestamp 2001-01-01",
            json!({
                "a": "1", "b": "1", "c": 1, "d": "1", "e": true, "f": null, "j": [1], "k": {"a": 1}, "l": ["a"],
                "n": "x", "o": "12", "p": "1", "q": "1",
                "r": "2001-01-01T00:00:00.000Z"
            }),
        ),
    ] {
        assert_eq!(parse(text), [Ok(expected)], "{text:?}");
    }
}

#[test]
fn an_older_version_holds_from_where_it_is_asked_for() {
    assert_eq!(
        parse(
            "a: yes\n...\n%YAML 1.1\n---\na: yes\nb: 012\nx: &x {c: 1, d: 2}\nz: {<<: *x, d: 3}\n---\na: no\n...\n%YAML 1.2\n---\na: no"
        ),
        [
            Ok(json!({"a": "yes"})),
            Ok(json!({"a": true, "b": 10, "x": {"c": 1, "d": 2}, "z": {"c": 1, "d": 3}})),
            Ok(json!({"a": false})),
            Ok(json!({"a": "no"})),
        ]
    );
}

fn aliases(count: usize) -> String {
    format!("a: &a x\nl: [{}]", vec!["*a"; count].join(", "))
}

#[test]
fn aliases_are_counted() {
    assert!(parse(&aliases(99))[0].is_ok());
    let error = parse(&aliases(100)).remove(0).unwrap_err();
    assert!(
        error.contains("Excessive alias count indicates a resource exhaustion attack at line 2"),
        "{error}"
    );
    let nested = |outer: usize| {
        let (inner, outer) = (["*a"; 11].join(", "), vec!["*b"; outer].join(", "));
        parse(&format!("a: &a [x]\nb: &b [{inner}]\nc: [{outer}]"))[0].is_ok()
    };
    assert!(nested(7));
    assert!(!nested(8));
}

#[test]
fn bombs_do_not_go_off() {
    let mut laughs = vec![String::from("a0: &a0 [lol]")];
    for level in 1..30 {
        let uses = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs.push(format!("a{level}: &a{level} [{uses}]"));
    }
    assert!(parse(&laughs.join("\n"))[0].is_err());

    let mut chain = vec![format!("a0: &a0 {}", "x".repeat(100_000))];
    for level in 1..2_000 {
        let before = level - 1;
        chain.push(format!("a{level}: &a{level} {{k: *a{before}, l: *a{before}}}"));
    }
    assert!(parse(&chain.join("\n"))[0].is_err());
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(90))[0].is_ok());
    assert!(parse(&nested(100))[0].is_err());
    assert!(parse(&nested(100_000))[0].is_err());
    assert!(parse(&"- ".repeat(100_000))[0].is_err());
    let block: Vec<String> = (0..2_000).map(|depth| format!("{}a:", " ".repeat(depth))).collect();
    assert!(parse(&block.join("\n"))[0].is_err());
}

/// Reads every file below the directory in `CALLBOARD_REAL_CATALOGS`; anything but a crash will do.
#[test]
fn real_catalogs_are_survived() {
    let Some(root) = std::env::var_os("CALLBOARD_REAL_CATALOGS") else {
        println!("skipped: CALLBOARD_REAL_CATALOGS names no directory of catalog files");
        return;
    };
    let mut directories = vec![std::path::PathBuf::from(root)];
    let (mut files, mut documents, mut errors) = (0, 0, 0);
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                let location = LocationRef::new("file", &path.to_string_lossy()).unwrap();
                files += 1;
                for document in parse_documents(&text, &location) {
                    documents += 1;
                    if let Err(error) = document {
                        errors += 1;
                        println!("{error}");
                    }
                }
            }
        }
    }
    assert!(files > 0, "CALLBOARD_REAL_CATALOGS holds no file");
    println!("{files} files, {documents} documents, {errors} errors");
}

proptest! {
    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn text_made_of_yaml_is_survived(
        text in "(a|b: |- |\\[|\\]|\\{|\\}|,|: |\\? |&x |\\*x|!t |!!int |\"|'|\\||>|\n|\n  |---\n|\\.\\.\\.\n|%YAML 1\\.1\n|#|\t|\\\\u|\0|<<){0,30}"
    ) {
        let _ = parse(&text);
    }

    #[test]
    fn json_is_read_as_json(members in prop::collection::hash_map("[a-z]{1,6}", "[ -~]{0,12}", 0..8)) {
        let value = json!(members);
        prop_assert_eq!(parse(&value.to_string()), vec![Ok(value)]);
    }
}
