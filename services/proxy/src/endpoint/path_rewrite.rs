//! From the path a client asked for to the path below the target.

use std::ops::Range;

use regex::{Captures, Regex};

use super::settings::RewriteRule;

/// Where the gateway serves the proxy; rewriting rules see it.
pub const PREFIX: &str = "/api/proxy";

/// A rewriting rule that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the path rewrite {pattern:?} is not usable: {message}")]
pub struct BadPattern {
    pattern: String,
    message: String,
}

/// How an endpoint rewrites paths.
#[derive(Debug)]
pub struct PathRewrite {
    route: String,
    rules: Vec<(Regex, Template)>,
}

impl PathRewrite {
    /// The endpoint's own rules, or the default one without any.
    pub fn new(route: &str, rules: &[RewriteRule]) -> Result<Self, BadPattern> {
        let compiled = rules.iter().map(|rule| {
            let regex = Regex::new(&rule.pattern).map_err(|error| BadPattern {
                pattern: rule.pattern.clone(),
                message: explain(&error),
            })?;
            let template = Template::parse(&rule.replacement, &regex);
            Ok((regex, template))
        });
        Ok(Self {
            route: route.to_owned(),
            rules: compiled.collect::<Result<_, _>>()?,
        })
    }

    /// Rewrites path and query as they stood after `/api/proxy`, byte by byte as they were sent. The result begins with `/`.
    pub fn apply(&self, path_and_query: &str) -> String {
        if self.rules.is_empty() {
            let rest = path_and_query.strip_prefix(&self.route).unwrap_or(path_and_query);
            return format!("/{}", rest.strip_prefix('/').unwrap_or(rest));
        }
        let whole = format!("{PREFIX}{path_and_query}");
        let rewritten = self.rules.iter().find_map(|(regex, template)| {
            let captures = regex.captures(&whole)?;
            Some(template.replace(&whole, &captures))
        });
        let rewritten = rewritten.unwrap_or(whole);
        if rewritten.starts_with('/') {
            rewritten
        } else {
            format!("/{rewritten}")
        }
    }
}

fn explain(error: &regex::Error) -> String {
    let text = error.to_string();
    if text.contains("look-around") {
        return "look-ahead and look-behind are not supported; write a rule without them".to_owned();
    }
    if text.contains("backreferences") {
        return "references to earlier groups (\\1) are not supported inside a pattern".to_owned();
    }
    // The library draws the pattern and an arrow before it says what is wrong.
    text.lines().last().unwrap_or_default().trim().to_owned()
}

/// A replacement in JavaScript's notation.
#[derive(Debug)]
struct Template(Vec<Part>);

#[derive(Debug)]
enum Part {
    Literal(String),
    Group(usize),
    Named(String),
    Before,
    After,
}

impl Template {
    fn parse(text: &str, regex: &Regex) -> Self {
        let groups = regex.captures_len() - 1;
        let has_names = regex.capture_names().any(|name| name.is_some());
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            literal.push_str(before);
            let (part, length) = reference(after, groups, has_names);
            match part {
                Some(part) => {
                    parts.push(Part::Literal(std::mem::take(&mut literal)));
                    parts.push(part);
                }
                None => literal.push('$'),
            }
            rest = &after[length..];
        }
        literal.push_str(rest);
        parts.push(Part::Literal(literal));
        Self(parts)
    }

    /// The whole text with the match replaced.
    fn replace(&self, text: &str, captures: &Captures<'_>) -> String {
        let Range { start, end } = captures.get(0).map_or(0..0, |found| found.range());
        let mut result = String::with_capacity(text.len() + 16);
        result.push_str(&text[..start]);
        for part in &self.0 {
            result.push_str(match part {
                Part::Literal(literal) => literal,
                Part::Group(index) => captures.get(*index).map_or("", |group| group.as_str()),
                Part::Named(name) => captures.name(name).map_or("", |group| group.as_str()),
                Part::Before => &text[..start],
                Part::After => &text[end..],
            });
        }
        result.push_str(&text[end..]);
        result
    }
}

/// What follows a `$`, and how long it is. `None` stands for the dollar sign itself, `$$` included.
fn reference(after: &str, groups: usize, has_names: bool) -> (Option<Part>, usize) {
    let bytes = after.as_bytes();
    let digit = |index: usize| {
        bytes
            .get(index)
            .filter(|byte| byte.is_ascii_digit())
            .map(|byte| usize::from(byte - b'0'))
    };
    match bytes.first() {
        Some(b'$') => (None, 1),
        Some(b'&') => (Some(Part::Group(0)), 1),
        Some(b'`') => (Some(Part::Before), 1),
        Some(b'\'') => (Some(Part::After), 1),
        Some(b'<') if has_names => match after.find('>') {
            Some(end) => (Some(Part::Named(after[1..end].to_owned())), end + 1),
            None => (None, 0),
        },
        _ => {
            let one = digit(0);
            let two = one.zip(digit(1)).map(|(tens, ones)| tens * 10 + ones);
            match (one, two) {
                (_, Some(two)) if (1..=groups).contains(&two) => (Some(Part::Group(two)), 2),
                (Some(one), _) if (1..=groups).contains(&one) => (Some(Part::Group(one)), 1),
                _ => (None, 0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewrite(route: &str, rules: &[(&str, &str)], sent: &str) -> String {
        let rules: Vec<RewriteRule> = rules
            .iter()
            .map(|(pattern, replacement)| RewriteRule {
                pattern: (*pattern).to_owned(),
                replacement: (*replacement).to_owned(),
            })
            .collect();
        PathRewrite::new(route, &rules).unwrap().apply(sent)
    }

    #[test]
    fn by_default_the_route_and_one_slash_become_a_slash() {
        for (sent, expected) in [
            ("/r", "/"),
            ("/r/", "/"),
            ("/r/a/b?x=1%202", "/a/b?x=1%202"),
            ("/r?x", "/?x"),
            ("/r//a", "//a"),
            ("/r/%2e/A%5c'\"", "/%2e/A%5c'\""),
        ] {
            assert_eq!(rewrite("/r", &[], sent), expected, "{sent}");
        }
    }

    #[test]
    fn the_first_rule_that_matches_is_applied_once() {
        let rules = [("^/api/proxy/none", "/x"), ("/old", "/new"), ("/r", "/never")];
        assert_eq!(rewrite("/r", &rules, "/r/old/old"), "/api/proxy/r/new/old");
        assert_eq!(rewrite("/r", &[("^/nothing", "/x")], "/r/a"), "/api/proxy/r/a");
        assert_eq!(rewrite("/r", &[("^/api/proxy/r/?", "")], "/r/a"), "/a");
    }

    #[test]
    fn replacements_are_javascripts() {
        let pattern = "^/api/proxy/r/([^/]+)/([^/?]+)";
        for (replacement, expected) in [
            ("/$2/$1", "/b/a?q"),
            ("/$3", "/$3?q"),
            ("/$10", "/a0?q"),
            ("/$$1", "/$1?q"),
            ("/$&", "//api/proxy/r/a/b?q"),
            ("/$`x", "/x?q"),
            ("/$'", "/?q?q"),
            ("/$", "/$?q"),
            ("/$<n>", "/$<n>?q"),
        ] {
            assert_eq!(
                rewrite("/r", &[(pattern, replacement)], "/r/a/b?q"),
                expected,
                "{replacement}"
            );
        }
        assert_eq!(rewrite("/r", &[("^/api/proxy/r/(?<n>.+)", "/$<n>!")], "/r/a"), "/a!");
    }

    #[test]
    fn what_rust_cannot_match_is_explained() {
        let error = |pattern: &str| {
            let rule = RewriteRule {
                pattern: pattern.to_owned(),
                replacement: String::new(),
            };
            PathRewrite::new("/r", &[rule]).unwrap_err().to_string()
        };
        assert!(error("^/a(?!b)").contains("look-ahead"), "{}", error("^/a(?!b)"));
        assert!(error("(a)\\1").contains("references"), "{}", error("(a)\\1"));
        assert!(error("(").contains("unclosed group"), "{}", error("("));
    }
}
