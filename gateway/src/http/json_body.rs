//! JSON request bodies, checked member by member the way upstream's schema check reports them.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{FromRequest, Request},
};
use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};

use super::query_parameters::saturating_count;
use crate::{error::ApiError, gateway::Gateway};

/// So much more of a body that is too large is read, to no purpose but that its sender comes to an end.
const DRAINED_BYTES: usize = 1 << 20;
/// And at most so long.
const DRAINED_FOR: Duration = Duration::from_secs(2);

/// The members of a JSON object body, and what was found wrong with them so far.
#[derive(Debug)]
pub(crate) struct JsonBody {
    members: Map<String, Value>,
    violations: Vec<String>,
}

impl FromRequest<Gateway> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, gateway: &Gateway) -> Result<Self, ApiError> {
        require_json(request.headers())?;
        let bytes = read_body(request.into_body(), gateway.config().limits.body_bytes).await?;
        Self::parse(&bytes)
    }
}

impl JsonBody {
    /// Parses an object; an empty body is an empty object.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, ApiError> {
        let value = if bytes.is_empty() {
            Value::Object(Map::new())
        } else {
            serde_json::from_slice(bytes).map_err(|error| ApiError::input(error.to_string()))?
        };
        match value {
            Value::Object(members) => Ok(Self {
                members,
                violations: Vec::new(),
            }),
            _ => Err(ApiError::input("request/body must be object")),
        }
    }

    /// Takes a member of any type.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
    }

    /// Notes a violation when the member is missing.
    pub(crate) fn require(&mut self, name: &str) {
        if !self.members.contains_key(name) {
            self.violations
                .push(format!("request/body must have required property '{name}'"));
        }
    }

    /// Notes a violation for the first of several members that is missing: where upstream's validation stops at one.
    pub(crate) fn require_in_turn(&mut self, names: &[&str]) {
        if let Some(missing) = names.iter().find(|name| !self.members.contains_key(**name)) {
            self.require(missing);
        }
    }

    /// Takes a text member.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        match self.members.remove(name)? {
            Value::String(text) => Some(text),
            _ => self.violated(name, "must be string"),
        }
    }

    /// Takes a member that is an object.
    pub(crate) fn object(&mut self, name: &str) -> Option<Map<String, Value>> {
        match self.members.remove(name)? {
            Value::Object(object) => Some(object),
            _ => self.violated(name, "must be object"),
        }
    }

    /// Takes a member that is a list of objects.
    pub(crate) fn objects(&mut self, name: &str) -> Vec<Map<String, Value>> {
        let mut objects = Vec::new();
        for (position, item) in self.array(name).into_iter().enumerate() {
            match item {
                Value::Object(object) => objects.push(object),
                _ => self
                    .violations
                    .push(format!("request/body/{name}/{position} must be object")),
            }
        }
        objects
    }

    /// Takes a member that is a list of texts.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (position, item) in self.array(name).into_iter().enumerate() {
            match item {
                Value::String(text) => texts.push(text),
                _ => self
                    .violations
                    .push(format!("request/body/{name}/{position} must be string")),
            }
        }
        texts
    }

    /// Takes a member that is a whole number and not negative.
    pub(crate) fn count(&mut self, name: &str) -> Option<u32> {
        let Some(number) = self.members.remove(name)?.as_f64() else {
            return self.violated(name, "must be number");
        };
        if number.fract() != 0.0 {
            return self.violated(name, "must be integer");
        }
        if number < 0.0 {
            return self.violated(name, "must be >= 0");
        }
        Some(saturating_count(number))
    }

    /// Takes a member that must be one of the texts listed.
    pub(crate) fn one_of(&mut self, name: &str, allowed: &[&'static str]) -> Option<&'static str> {
        let value = self.members.remove(name)?;
        match allowed
            .iter()
            .copied()
            .find(|candidate| value.as_str() == Some(candidate))
        {
            Some(found) => Some(found),
            None => self.violated(
                name,
                &format!("must be equal to one of the allowed values: {}", allowed.join(", ")),
            ),
        }
    }

    /// Notes a violation found by the caller, `path` being relative to the body.
    pub(crate) fn violated<T>(&mut self, path: &str, problem: &str) -> Option<T> {
        self.violations.push(format!("request/body/{path} {problem}"));
        None
    }

    /// A member nobody asked for so far.
    pub(crate) fn unread(&self) -> Option<&str> {
        self.members.keys().next().map(String::as_str)
    }

    /// Ends the check: all violations become one error. Members nobody asked for are ignored.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        if self.violations.is_empty() {
            Ok(())
        } else {
            Err(ApiError::input(self.violations.join(", ")))
        }
    }

    /// Like [`finish`](Self::finish), and refuses members nobody asked for.
    pub(crate) fn finish_strict(mut self) -> Result<(), ApiError> {
        if !self.members.is_empty() {
            self.violations
                .insert(0, "request/body must NOT have additional properties".to_owned());
        }
        self.finish()
    }

    fn array(&mut self, name: &str) -> Vec<Value> {
        match self.members.remove(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.violations.push(format!("request/body/{name} must be array"));
                Vec::new()
            }
        }
    }
}

/// Reads a whole request body of at most `limit_bytes`.
pub(crate) async fn read_body(body: Body, limit_bytes: usize) -> Result<Bytes, ApiError> {
    // Upstream's schema check answers 400 where 413 would be the usual status.
    read_body_within(body, limit_bytes)
        .await?
        .ok_or_else(|| ApiError::input("request entity too large"))
}

/// The same for whoever has an answer of their own to a larger one: `None`.
pub(crate) async fn read_body_within(mut body: Body, limit_bytes: usize) -> Result<Option<Bytes>, ApiError> {
    match Limited::new(&mut body, limit_bytes).collect().await {
        Ok(collected) => Ok(Some(collected.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => {
            // A client that is still sending when its connection ends does not see the answer.
            let rest = Limited::new(body, DRAINED_BYTES).collect();
            let _ = tokio::time::timeout(DRAINED_FOR, rest).await;
            Ok(None)
        }
        Err(_) => Err(ApiError::input("request aborted")),
    }
}

fn require_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = content_type.map(|value| value.split(';').next().unwrap_or_default().trim());
    match media_type {
        Some(media_type) if media_type.eq_ignore_ascii_case("application/json") => Ok(()),
        _ => Err(ApiError::input(format!(
            "unsupported media type {}",
            content_type.unwrap_or("undefined")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_all_violations_together() {
        let mut body = JsonBody::parse(br#"{"entityRefs":"a","query":[],"limit":-1,"fields":[1]}"#).expect("parses");
        body.texts("entityRefs");
        body.object("query");
        body.count("limit");
        body.texts("fields");
        body.require("entity");
        assert_eq!(
            body.finish().expect_err("is refused").message(),
            "request/body/entityRefs must be array, request/body/query must be object, request/body/limit must be >= 0, \
             request/body/fields/0 must be string, request/body must have required property 'entity'"
        );
    }

    #[test]
    fn refuses_what_is_not_an_object() {
        assert_eq!(
            JsonBody::parse(b"[]").expect_err("is refused").message(),
            "request/body must be object"
        );
        assert!(JsonBody::parse(b"{\"a\":").is_err());
        assert!(
            JsonBody::parse(b"")
                .expect("is an empty object")
                .finish_strict()
                .is_ok()
        );
    }

    #[test]
    fn refuses_extra_members_where_asked_to() {
        let mut body = JsonBody::parse(br#"{"entityRef":"a","other":1}"#).expect("parses");
        body.text("entityRef");
        assert_eq!(
            body.finish_strict().expect_err("is refused").message(),
            "request/body must NOT have additional properties"
        );
    }

    #[test]
    fn wants_json() {
        let mut headers = HeaderMap::new();
        assert_eq!(
            require_json(&headers).expect_err("is refused").message(),
            "unsupported media type undefined"
        );
        headers.insert(header::CONTENT_TYPE, http::HeaderValue::from_static("text/plain"));
        assert_eq!(
            require_json(&headers).expect_err("is refused").message(),
            "unsupported media type text/plain"
        );
        headers.insert(
            header::CONTENT_TYPE,
            http::HeaderValue::from_static("Application/JSON; charset=utf-8"),
        );
        assert!(require_json(&headers).is_ok());
    }
}
