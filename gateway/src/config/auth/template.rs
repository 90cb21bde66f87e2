//! Texts with claims in them: `user:default/{{ preferred_username | lower }}`.

use serde_json::{Map, Value};

/// A text with places for claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Claim { path: String, filters: Vec<Filter> },
}

/// What is done to a claim before it is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    Lower,
    // Before and after the `@` of a mail address.
    LocalPart,
    Domain,
}

impl Template {
    /// Reads a template.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let (expression, after) = after
                .split_once("}}")
                .ok_or_else(|| format!("{text:?}: a {{{{ has no }}}}"))?;
            parts.push(claim(expression)?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        if !parts.iter().any(|part| matches!(part, Part::Claim { .. })) {
            return Err(format!("{text:?} uses no claim: everybody would be the same user"));
        }
        Ok(Self { parts })
    }

    /// The text with the claims put in; the name of a claim there is not otherwise.
    pub(crate) fn render(&self, claims: &Map<String, Value>) -> Result<String, String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Claim { path, filters } => {
                    let value = lookup(claims, path).ok_or_else(|| path.clone())?;
                    let value = filters.iter().try_fold(value, |value, filter| filter.apply(&value));
                    text.push_str(&value.filter(|value| !value.is_empty()).ok_or_else(|| path.clone())?);
                }
            }
        }
        Ok(text)
    }
}

impl Filter {
    fn apply(self, value: &str) -> Option<String> {
        match self {
            Self::Lower => Some(value.to_lowercase()),
            Self::LocalPart => value.split_once('@').map(|(local, _)| local.to_owned()),
            Self::Domain => value.split_once('@').map(|(_, domain)| domain.to_owned()),
        }
    }
}

fn claim(expression: &str) -> Result<Part, String> {
    let mut words = expression.split('|').map(str::trim);
    let path = words.next().unwrap_or_default();
    let path = path.strip_prefix("claims.").unwrap_or(path);
    if path.is_empty() {
        return Err(format!("{{{{{expression}}}}} names no claim"));
    }
    let filters = words
        .map(|word| match word {
            "lower" => Ok(Filter::Lower),
            "localPart" => Ok(Filter::LocalPart),
            "domain" => Ok(Filter::Domain),
            other => Err(format!(
                "there is no filter {other:?}; there are lower, localPart and domain"
            )),
        })
        .collect::<Result<_, _>>()?;
    Ok(Part::Claim {
        path: path.to_owned(),
        filters,
    })
}

/// A claim that is a text or a number, by its dotted path.
pub(crate) fn lookup(claims: &Map<String, Value>, path: &str) -> Option<String> {
    // A claim may have dots in its name; that one goes first.
    let nested = || {
        let mut segments = path.split('.');
        let first = claims.get(segments.next()?)?;
        segments.try_fold(first, |value, segment| value.get(segment))
    };
    match claims.get(path).or_else(nested)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn puts_claims_in() {
        let claims = json!({"email": "Jane.Doe@Example.com", "id": 7, "realm": {"name": "staff"}, "a.b": "dotted"});
        let claims = claims.as_object().expect("an object");
        let cases = [
            (
                "user:default/{{ claims.email | localPart | lower }}",
                Ok("user:default/jane.doe"),
            ),
            ("{{id}}@{{realm.name}}", Ok("7@staff")),
            ("{{ email | domain }}", Ok("Example.com")),
            ("{{a.b}}", Ok("dotted")),
            ("{{ missing }}", Err("missing")),
            ("{{ realm }}", Err("realm")),
            ("{{ id | localPart }}", Err("id")),
        ];
        for (template, expected) in cases {
            let rendered = Template::parse(template).expect(template).render(claims);
            assert_eq!(
                rendered,
                expected.map(str::to_owned).map_err(str::to_owned),
                "{template}"
            );
        }
    }

    #[test]
    fn refuses_broken_templates() {
        for template in ["", "user:default/admin", "{{ a", "{{ }}", "{{ a | upper }}"] {
            assert!(Template::parse(template).is_err(), "{template}");
        }
    }
}
