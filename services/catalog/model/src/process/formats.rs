//! The formats of names, labels, tags and links.

use serde_json::Value;
use url::Url;

use crate::error::EntityError;
use crate::values::text::fits_utf16;

const NAME: &str =
    "a string that is sequences of [a-zA-Z0-9] separated by any of [-_.], at most 63 characters in total";
const NAMESPACE: &str = "a string that is sequences of [a-z0-9] separated by [-], at most 63 characters in total";
const TAG: &str = "a string that is sequences of [a-z0-9+#] separated by [-], at most 63 characters in total";
const KIND: &str = "a string that is a sequence of [a-zA-Z][a-z0-9A-Z], at most 63 characters in total";
const PREFIX_AND_SUFFIX: &str = "a valid prefix and/or suffix";
const URL: &str = "a string that is a valid url";
const NOT_BLANK: &str = "a non empty string";

/// Checks the formats of all common fields. The document has the shape of an entity already, so that a field of
/// another type is one that is not there.
pub(super) fn check_formats(document: &Value) -> Result<(), EntityError> {
    let metadata = &document["metadata"];
    check_text("apiVersion", &document["apiVersion"], is_api_version, PREFIX_AND_SUFFIX)?;
    check_text("kind", &document["kind"], is_kind, KIND)?;
    check_text("metadata.name", &metadata["name"], is_name, NAME)?;
    check_text("metadata.namespace", &metadata["namespace"], is_dns_label, NAMESPACE)?;
    for (key, value) in metadata["labels"].as_object().into_iter().flatten() {
        check(|| format!("labels.{key}"), key, is_key, PREFIX_AND_SUFFIX)?;
        let value = value.as_str().unwrap_or_default();
        check(
            || format!("labels.{key}"),
            value,
            |value| value.is_empty() || is_name(value),
            NAME,
        )?;
    }
    for key in metadata["annotations"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
    {
        check(|| format!("annotations.{key}"), key, is_key, PREFIX_AND_SUFFIX)?;
    }
    for (index, tag) in metadata["tags"].as_array().into_iter().flatten().enumerate() {
        check(
            || format!("tags.{index}"),
            tag.as_str().unwrap_or_default(),
            is_tag,
            TAG,
        )?;
    }
    for (index, link) in metadata["links"].as_array().into_iter().flatten().enumerate() {
        check_text(
            &format!("links.{index}.url"),
            &link["url"],
            |url| Url::parse(url).is_ok(),
            URL,
        )?;
        for field in ["title", "icon"] {
            check_text(
                &format!("links.{index}.{field}"),
                &link[field],
                |text| !text.trim().is_empty(),
                NOT_BLANK,
            )?;
        }
    }
    Ok(())
}

fn check_text(
    field: &str,
    value: &Value,
    is_valid: impl FnOnce(&str) -> bool,
    expectation: &str,
) -> Result<(), EntityError> {
    value
        .as_str()
        .map_or(Ok(()), |text| check(|| field.to_owned(), text, is_valid, expectation))
}

fn check(
    field: impl FnOnce() -> String,
    text: &str,
    is_valid: impl FnOnce(&str) -> bool,
    expectation: &str,
) -> Result<(), EntityError> {
    if is_valid(text) {
        return Ok(());
    }
    Err(EntityError::plain(format!(
        "\"{}\" is not valid; expected {expectation} but found \"{text}\". To learn more about catalog file format, \
         visit: https://github.com/backstage/backstage/blob/master/docs/architecture-decisions/\
         adr002-default-catalog-file-format.md",
        field()
    )))
}

fn is_api_version(text: &str) -> bool {
    let (prefix, suffix) = text
        .split_once('/')
        .map_or((None, text), |(prefix, suffix)| (Some(prefix), suffix));
    prefix.is_none_or(is_dns_subdomain) && has_length(suffix) && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_kind(text: &str) -> bool {
    has_length(text)
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_name(text: &str) -> bool {
    has_length(text)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The key of a label or an annotation: a name, or a domain and a name.
fn is_key(text: &str) -> bool {
    let (prefix, name) = text
        .split_once('/')
        .map_or((None, text), |(prefix, name)| (Some(prefix), name));
    prefix.is_none_or(is_dns_subdomain) && is_name(name)
}

fn is_dns_subdomain(text: &str) -> bool {
    !text.is_empty() && fits_utf16(text, 253) && text.split('.').all(is_dns_label)
}

fn is_dns_label(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    has_length(text)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|byte| is_letter(byte) || byte == b'-')
}

fn is_tag(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b":+#".contains(&byte);
    has_length(text)
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(is_letter))
}

fn has_length(text: &str) -> bool {
    !text.is_empty() && fits_utf16(text, 63)
}
