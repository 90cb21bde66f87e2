//! The `after` cursor of `GET /entities`, and the `Link` header that offers the next one.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::Uri;
use serde_json::Value;

use crate::error::ApiError;

/// Where a page ends: base64 of `{"limit":n,"offset":m}`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AfterCursor {
    pub(crate) limit: Option<u32>,
    pub(crate) offset: Option<u32>,
}

impl AfterCursor {
    /// Reads a cursor.
    pub(crate) fn parse(text: &str) -> Result<Self, ApiError> {
        let malformed = |problem: &str| ApiError::input(format!("Malformed after cursor, {problem}"));
        let members: Value = STANDARD
            .decode(text)
            .ok()
            .and_then(|json| serde_json::from_slice(&json).ok())
            .filter(Value::is_object)
            .ok_or_else(|| malformed("could not be parsed"))?;
        let number = |name: &str| match members.get(name) {
            None => Ok(None),
            Some(value) => value
                .as_u64()
                .map(|number| Some(u32::try_from(number).unwrap_or(u32::MAX)))
                .ok_or(()),
        };
        Ok(Self {
            limit: number("limit").map_err(|()| malformed("limit was not an number"))?,
            offset: number("offset").map_err(|()| malformed("offset was not a number"))?,
        })
    }

    /// The cursor's text.
    pub(crate) fn encode(limit: u32, offset: u32) -> String {
        STANDARD.encode(format!(r#"{{"limit":{limit},"offset":{offset}}}"#))
    }
}

/// The `Link` header of a page with a successor: the request's own parameters, with `after` in place of `offset`. The path is
/// the one below `/api/catalog`.
pub(crate) fn next_link(uri: &Uri, cursor: &str) -> String {
    let query = uri.query().unwrap_or_default();
    let start = String::from("</entities?");
    let start_length = start.len();
    let mut link = url::form_urlencoded::Serializer::for_suffix(start, start_length);
    let mut has_after = false;
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "offset" => {}
            "after" if has_after => {}
            "after" => {
                has_after = true;
                link.append_pair("after", cursor);
            }
            _ => {
                link.append_pair(&name, &value);
            }
        }
    }
    if !has_after {
        link.append_pair("after", cursor);
    }
    link.finish() + ">; rel=\"next\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_cursors() {
        assert_eq!(AfterCursor::encode(2, 2), "eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ==");
        let cursor = AfterCursor::parse("eyJsaW1pdCI6Miwib2Zmc2V0IjoyfQ==").expect("parses");
        assert_eq!(
            cursor,
            AfterCursor {
                limit: Some(2),
                offset: Some(2)
            }
        );
    }

    #[test]
    fn refuses_malformed_cursors() {
        let cases = [
            ("%%%".to_owned(), "Malformed after cursor, could not be parsed"),
            (STANDARD.encode("[]"), "Malformed after cursor, could not be parsed"),
            (
                STANDARD.encode(r#"{"limit":"a"}"#),
                "Malformed after cursor, limit was not an number",
            ),
            (
                STANDARD.encode(r#"{"offset":-1}"#),
                "Malformed after cursor, offset was not a number",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(AfterCursor::parse(&text).expect_err("is refused").message(), message);
        }
    }

    #[test]
    fn links_to_the_next_page() {
        let uri: Uri = "/api/catalog/entities?limit=2&offset=4&fields=kind,metadata.name"
            .parse()
            .expect("a URI");
        assert_eq!(
            next_link(&uri, "abc="),
            "</entities?limit=2&fields=kind%2Cmetadata.name&after=abc%3D>; rel=\"next\""
        );
        let uri: Uri = "/api/catalog/entities?after=x&limit=2".parse().expect("a URI");
        assert_eq!(next_link(&uri, "y"), "</entities?after=y&limit=2>; rel=\"next\"");
    }
}
