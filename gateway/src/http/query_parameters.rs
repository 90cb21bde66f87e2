//! The query string, checked before a handler runs.
//!
//! An unknown parameter is refused first, then an empty one, then one that is missing, then what is wrong: the first alone is
//! reported.

use http::Uri;

use super::first_fault::FirstFault;
use crate::error::ApiError;

/// The decoded parameters of one request, and what was found wrong with them first.
#[derive(Debug)]
pub(crate) struct QueryParameters {
    pairs: Vec<(String, String)>,
    fault: FirstFault,
}

impl QueryParameters {
    /// Decodes the query string; refuses parameters that are not `allowed` and those without a value.
    pub(crate) fn parse(uri: &Uri, allowed: &[&str]) -> Result<Self, ApiError> {
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !allowed.contains(&name.as_str())) {
            return Err(ApiError::input(format!("Unknown query parameter '{name}'")));
        }
        if let Some((name, _)) = pairs.iter().find(|(_, value)| value.is_empty()) {
            return Err(ApiError::input(format!(
                "Empty value found for query parameter '{name}'"
            )));
        }
        Ok(Self {
            pairs,
            fault: FirstFault::default(),
        })
    }

    /// Refuses every parameter: for endpoints that take none.
    pub(crate) fn none(uri: &Uri) -> Result<(), ApiError> {
        if uri.query().is_none_or(str::is_empty) {
            return Ok(());
        }
        Self::parse(uri, &[]).map(drop)
    }

    /// All values of a repeatable parameter.
    pub(crate) fn list(&mut self, name: &str) -> Vec<String> {
        self.values(name).map(ToOwned::to_owned).collect()
    }

    /// All values of a repeatable parameter whose values are comma-separated lists themselves.
    pub(crate) fn comma_list(&mut self, name: &str) -> Vec<String> {
        self.values(name)
            .flat_map(|value| value.split(','))
            .map(ToOwned::to_owned)
            .collect()
    }

    /// The value of a text parameter.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let mut values = self.values(name);
        let first = values.next().map(ToOwned::to_owned);
        let is_repeated = values.next().is_some();
        drop(values);
        if is_repeated {
            self.violated(name, "must be string");
        }
        first
    }

    /// The value of a whole number that may not be negative. Values beyond 32 bits are as good as the largest one.
    pub(crate) fn count(&mut self, name: &str) -> Option<u32> {
        let values: Vec<&str> = self.values(name).collect();
        let number = match values.as_slice() {
            [] => return None,
            [value] => value
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite() && number.fract() == 0.0),
            _ => None,
        };
        match number {
            None => self.violated(name, "must be integer"),
            Some(number) if number < 0.0 => self.violated(name, "must be >= 0"),
            Some(number) => return Some(saturating_count(number)),
        }
        None
    }

    /// The value of a parameter that must be one of those listed.
    pub(crate) fn one_of(&mut self, name: &str, allowed: &[&'static str]) -> Option<&'static str> {
        let value = self.values(name).next()?.to_owned();
        let found = allowed.iter().copied().find(|candidate| *candidate == value);
        if found.is_none() || self.values(name).count() > 1 {
            let allowed = allowed.join(", ");
            self.violated(name, &format!("must be equal to one of the allowed values: {allowed}"));
        }
        found
    }

    /// Notes it when the parameter is missing.
    pub(crate) fn require(&mut self, name: &str) {
        if self.values(name).next().is_none() {
            self.fault.missing("request/query", name);
        }
    }

    /// Ends the check.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        self.fault.finish()
    }

    fn violated(&mut self, name: &str, problem: &str) {
        self.fault.wrong(|| format!("request/query/{name} {problem}"));
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(candidate, _)| candidate == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A non-negative whole number as a count; what is too large for one is as good as the largest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from f64 saturates, which is what is asked for"
)]
pub(crate) fn saturating_count(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str, allowed: &[&str]) -> Result<QueryParameters, ApiError> {
        QueryParameters::parse(&format!("/x?{query}").parse().expect("a URI"), allowed)
    }

    #[test]
    fn refuses_unknown_and_empty_parameters() {
        let cases = [
            ("x=1", "Unknown query parameter 'x'"),
            ("filter=&x=1", "Unknown query parameter 'x'"),
            ("filter=", "Empty value found for query parameter 'filter'"),
            ("filter", "Empty value found for query parameter 'filter'"),
        ];
        for (query, message) in cases {
            assert_eq!(parse(query, &["filter"]).expect_err(query).message(), message);
        }
    }

    #[test]
    fn reports_what_is_found_first_and_what_is_missing_before_it() {
        let check = |query: &str| {
            let mut parameters = parse(query, &["limit", "offset", "totalItems", "facet"]).expect("parses");
            parameters.count("limit");
            parameters.count("offset");
            parameters.one_of("totalItems", &["include", "exclude"]);
            parameters.require("facet");
            parameters.finish().expect_err("is refused").message().to_owned()
        };
        for (query, message) in [
            ("limit=a", "request/query must have required property 'facet'"),
            ("facet=a&limit=a&offset=-1", "request/query/limit must be integer"),
            ("facet=a&offset=-1&totalItems=some", "request/query/offset must be >= 0"),
            (
                "facet=a&totalItems=some",
                "request/query/totalItems must be equal to one of the allowed values: include, exclude",
            ),
        ] {
            assert_eq!(check(query), message);
        }
    }

    #[test]
    fn reads_counts() {
        let cases = [
            ("1", Some(1)),
            ("0", Some(0)),
            ("1e3", Some(1000)),
            ("99999999999", Some(u32::MAX)),
            ("1.5", None),
            ("NaN", None),
        ];
        for (text, expected) in cases {
            let mut parameters = parse(&format!("limit={text}"), &["limit"]).expect("parses");
            assert_eq!(parameters.count("limit"), expected, "{text}");
            assert_eq!(parameters.finish().is_ok(), expected.is_some(), "{text}");
        }
        let mut repeated = parse("limit=1&limit=2", &["limit"]).expect("parses");
        repeated.count("limit");
        assert_eq!(
            repeated.finish().expect_err("is refused").message(),
            "request/query/limit must be integer"
        );
    }

    #[test]
    fn decodes_values_and_splits_lists() {
        let mut parameters = parse(
            "filter=kind%3Da+b&filter=c&fields=kind,metadata.name&fields=spec",
            &["filter", "fields"],
        )
        .expect("parses");
        assert_eq!(parameters.list("filter"), ["kind=a b", "c"]);
        assert_eq!(parameters.comma_list("fields"), ["kind", "metadata.name", "spec"]);
    }
}
