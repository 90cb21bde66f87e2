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

use super::{first_fault::FirstFault, query_parameters::saturating_count};
use crate::{error::ApiError, gateway::Gateway};

/// So much more of a body that is too large is read, to no purpose but that its sender comes to an end.
const DRAINED_BYTES: usize = 1 << 20;
/// And at most so long.
const DRAINED_FOR: Duration = Duration::from_secs(2);

/// The members of a JSON object body, and what was found wrong with them first. Members that are too many come before others
/// that are wrong.
#[derive(Debug)]
pub(crate) struct JsonBody {
    /// What the object is, in a report.
    path: String,
    members: Map<String, Value>,
    fault: FirstFault,
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
            Value::Object(members) => Ok(Self::new("request/body".to_owned(), members)),
            _ => Err(ApiError::input("request/body must be object")),
        }
    }

    fn new(path: String, members: Map<String, Value>) -> Self {
        Self {
            path,
            members,
            fault: FirstFault::default(),
        }
    }

    /// Takes a member of any type.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
    }

    /// Notes it when the member is missing.
    pub(crate) fn require(&mut self, name: &str) {
        if !self.members.contains_key(name) {
            self.fault.missing(&self.path, name);
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

    /// Takes a member that is an object, and what `take` takes of its members.
    pub(crate) fn inside<T>(&mut self, name: &str, take: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let members = self.object(name)?;
        Some(self.within(name, members, take))
    }

    /// Takes a member that is a list of objects, and what `take` takes of the members of each.
    pub(crate) fn each<T>(&mut self, name: &str, mut take: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let objects = self.objects(name).into_iter().enumerate();
        objects
            .map(|(position, members)| self.within(&format!("{name}/{position}"), members, &mut take))
            .collect()
    }

    fn within<T>(&mut self, path: &str, members: Map<String, Value>, take: impl FnOnce(&mut Self) -> T) -> T {
        let mut inner = Self::new(format!("{}/{path}", self.path), members);
        let taken = take(&mut inner);
        if let Some(problem) = inner.fault.problem() {
            self.fault.wrong(|| problem);
        }
        taken
    }

    /// Takes a member that is a list of objects.
    pub(crate) fn objects(&mut self, name: &str) -> Vec<Map<String, Value>> {
        let mut objects = Vec::new();
        for (position, item) in self.array(name).into_iter().enumerate() {
            match item {
                Value::Object(object) => objects.push(object),
                _ => drop(self.violated::<()>(&format!("{name}/{position}"), "must be object")),
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
                _ => drop(self.violated::<()>(&format!("{name}/{position}"), "must be string")),
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

    /// Notes what is wrong with something at a path within the body.
    pub(crate) fn violated<T>(&mut self, path: &str, problem: &str) -> Option<T> {
        let above = &self.path;
        self.fault.wrong(|| format!("{above}/{path} {problem}"));
        None
    }

    /// A member nobody asked for so far.
    pub(crate) fn unread(&self) -> Option<&str> {
        self.members.keys().next().map(String::as_str)
    }

    /// Ends the check. Members nobody asked for are ignored.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        self.fault.finish()
    }

    /// Like [`finish`](Self::finish), and refuses members nobody asked for.
    pub(crate) fn finish_strict(mut self) -> Result<(), ApiError> {
        if !self.members.is_empty() {
            let problem = format!("{} must NOT have additional properties", self.path);
            self.fault.wrong_above_all(problem);
        }
        self.finish()
    }

    fn array(&mut self, name: &str) -> Vec<Value> {
        match self.members.remove(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(_) => self.violated(name, "must be array").unwrap_or_default(),
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
    fn reports_what_is_found_first_and_what_is_missing_before_it() {
        let check = |text: &str| {
            let mut body = JsonBody::parse(text.as_bytes()).expect("parses");
            body.each("orderBy", |order| {
                order.require("field");
                order.text("field")
            });
            body.require("entityRefs");
            body.texts("entityRefs");
            body.object("query");
            body.count("limit");
            body.texts("fields");
            body.finish().expect_err("is refused").message().to_owned()
        };
        for (body, message) in [
            (
                r#"{"fields":1}"#,
                "request/body must have required property 'entityRefs'",
            ),
            (
                r#"{"entityRefs":"a","query":[]}"#,
                "request/body/entityRefs must be array",
            ),
            (
                r#"{"entityRefs":[],"query":[],"limit":-1}"#,
                "request/body/query must be object",
            ),
            (
                r#"{"entityRefs":[],"limit":-1,"fields":[1]}"#,
                "request/body/limit must be >= 0",
            ),
            (
                r#"{"entityRefs":[],"fields":["a",1]}"#,
                "request/body/fields/1 must be string",
            ),
        ] {
            assert_eq!(check(body), message);
        }
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
        let mut body = JsonBody::parse(br#"{"entityRef":1,"other":1}"#).expect("parses");
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
