//! `limit` and `offset`, as JavaScript makes numbers of texts.

use http::Uri;

use super::plain_error::PlainError;

/// Most items of one page. More are not asked for at once.
const LARGEST_PAGE: u32 = 10_000;

/// A page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paging {
    pub(super) limit: u32,
    pub(super) offset: u32,
}

impl Paging {
    pub(super) fn parse(uri: &Uri) -> Result<Self, PlainError> {
        Ok(Self {
            limit: parameter(uri, "limit")?.unwrap_or(25),
            offset: parameter(uri, "offset")?.unwrap_or(0),
        })
    }

    /// The limit for the service.
    pub(super) fn bounded_limit(&self) -> u32 {
        self.limit.min(LARGEST_PAGE)
    }
}

fn parameter(uri: &Uri, name: &str) -> Result<Option<u32>, PlainError> {
    let query = uri.query().unwrap_or_default().as_bytes();
    let mut values = url::form_urlencoded::parse(query).filter(|(candidate, _)| candidate == name);
    let Some((_, value)) = values.next() else {
        return Ok(None);
    };
    let number = if values.next().is_some() { None } else { number(&value) };
    match number {
        Some(number) => Ok(Some(number)),
        None => Err(PlainError::input(format!("{name} must be a number."))),
    }
}

/// What `Number(text)` is, where that is a whole number and not negative.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() {
        return Some(0);
    }
    let radix = match text.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => {
            // Rust reads words such as `inf` too.
            let is_number = text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
            let value = text.parse::<f64>().ok().filter(|_| is_number)?;
            return (value >= 0.0 && value.fract() == 0.0 && value <= f64::from(u32::MAX))
                .then(|| crate::http::query_parameters::saturating_count(value));
        }
    };
    u32::from_str_radix(&text[2..], radix).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<(u32, u32), String> {
        let uri = format!("/x?{query}").parse().expect("a URI");
        Paging::parse(&uri)
            .map(|paging| (paging.limit, paging.offset))
            .map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn numbers_are_javascripts() {
        let cases = [
            ("", (25, 0)),
            ("limit=&offset=", (0, 0)),
            ("limit=1e1&offset=0x1A", (10, 26)),
            ("limit=%205%20&other=x", (5, 0)),
            ("limit=0b11&offset=0o17", (3, 15)),
            ("limit=5.0", (5, 0)),
        ];
        for (query, expected) in cases {
            assert_eq!(parse(query), Ok(expected), "{query}");
        }
    }

    #[test]
    fn what_is_none_is_named_limit_first() {
        for value in ["moo", "-1", "1.5", "NaN", "Infinity", "inf", "1e99", "0x", "1&limit=2"] {
            let error = parse(&format!("offset=moo&limit={value}")).expect_err(value);
            assert!(error.contains("limit must be a number."), "{value}: {error}");
        }
        assert!(
            parse("offset=-1")
                .expect_err("is refused")
                .contains("offset must be a number.")
        );
    }
}
