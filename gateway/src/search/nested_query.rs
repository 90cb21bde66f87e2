//! Query strings with brackets: `filters[kind]=API`, `types[0]=a&types[1]=b`, `types[]=a`.

use http::Uri;

/// A parameter: its name, what is in its brackets, and its value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) path: Vec<String>,
    pub(super) value: String,
}

/// All parameters, in their order.
pub(super) fn parse(uri: &Uri) -> Vec<Parameter> {
    url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .map(|(key, value)| {
            let (name, brackets) = key.split_once('[').unwrap_or((&key, ""));
            let path = brackets.trim_end_matches(']').split("][");
            Parameter {
                name: name.to_owned(),
                path: path.filter(|_| !brackets.is_empty()).map(str::to_owned).collect(),
                value: value.into_owned(),
            }
        })
        .collect()
}

/// Whether a part of a path only counts.
pub(super) fn is_index(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_make_paths() {
        let uri: Uri = "/x?term=a+b&types%5B0%5D=c&types[]=d&filters[kind]=API&filters[lifecycle][1]=e&odd]=f"
            .parse()
            .expect("a URI");
        let parameters = parse(&uri);
        let seen: Vec<_> = parameters
            .iter()
            .map(|parameter| {
                (
                    parameter.name.as_str(),
                    parameter.path.join("."),
                    parameter.value.as_str(),
                )
            })
            .collect();
        let expected = [
            ("term", "", "a b"),
            ("types", "0", "c"),
            ("types", "", "d"),
            ("filters", "kind", "API"),
            ("filters", "lifecycle.1", "e"),
            ("odd]", "", "f"),
        ];
        assert_eq!(seen, expected.map(|(name, path, value)| (name, path.to_owned(), value)));
        assert!(is_index("0") && is_index("") && !is_index("kind"));
    }
}
