//! Where something was read from: `type:target`, such as `url:https://host/catalog-info.yaml`.

use std::fmt;
use std::str::FromStr;

use crate::error::EntityError;
use crate::values::canonical::sha1_hex;
use crate::values::text::is_script_url;

/// The type and the target of a location, both trimmed and not empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocationRef {
    /// Which reader understands the target: `url`, `file`.
    pub kind: String,
    /// The address, as its reader understands it.
    pub target: String,
}

impl LocationRef {
    /// Makes a location of its parts, which are checked as those of a written reference are.
    pub fn new(kind: &str, target: &str) -> Result<Self, EntityError> {
        Self::checked(kind.trim(), target.trim(), &format!("{kind}:{target}"))
    }

    /// Reads a written reference.
    pub fn parse(text: &str) -> Result<Self, EntityError> {
        let (kind, target) = text.split_once(':').unwrap_or((text, ""));
        Self::checked(kind.trim(), target.trim(), text)
    }

    fn checked(kind: &str, target: &str, text: &str) -> Result<Self, EntityError> {
        if kind.is_empty() || target.is_empty() {
            return Err(EntityError::type_error(format!(
                "Unable to parse location ref '{text}', expected '<type>:<target>', e.g. 'url:https://host/path'"
            )));
        }
        if kind == "http" || kind == "https" {
            return Err(EntityError::type_error(format!(
                "Invalid location ref '{text}', please prefix it with 'url:', e.g. 'url:{text}'"
            )));
        }
        if is_script_url(target) {
            return Err(EntityError::type_error(format!(
                "Invalid location ref '{text}', target is a javascript: URL"
            )));
        }
        Ok(Self {
            kind: kind.to_owned(),
            target: target.to_owned(),
        })
    }

    /// The name of the Location entity that stands for this location.
    pub fn generated_name(&self) -> String {
        format!("generated-{}", sha1_hex(&self.to_string()))
    }
}

impl fmt::Display for LocationRef {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.kind, self.target)
    }
}

impl FromStr for LocationRef {
    type Err = EntityError;

    fn from_str(text: &str) -> Result<Self, EntityError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn written_forms_are_read() {
        for (text, expected) in [
            ("a:b", "a:b"),
            (" url : http://x ", "url:http://x"),
            ("file:./a", "file:./a"),
            ("URL:x", "URL:x"),
        ] {
            assert_eq!(LocationRef::parse(text).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn refusals_have_the_texts_users_know() {
        for (text, expected) in [
            (
                "",
                "Unable to parse location ref '', expected '<type>:<target>', e.g. 'url:https://host/path'",
            ),
            (
                "url",
                "Unable to parse location ref 'url', expected '<type>:<target>', e.g. 'url:https://host/path'",
            ),
            (
                "url: ",
                "Unable to parse location ref 'url: ', expected '<type>:<target>', e.g. 'url:https://host/path'",
            ),
            (
                ":b",
                "Unable to parse location ref ':b', expected '<type>:<target>', e.g. 'url:https://host/path'",
            ),
            (
                "http://x/y",
                "Invalid location ref 'http://x/y', please prefix it with 'url:', e.g. 'url:http://x/y'",
            ),
            (
                "url:JavaScript:x",
                "Invalid location ref 'url:JavaScript:x', target is a javascript: URL",
            ),
        ] {
            assert_eq!(
                LocationRef::parse(text).unwrap_err().to_string(),
                format!("TypeError: {expected}")
            );
        }
    }

    #[test]
    fn generated_names_are_those_of_existing_installations() {
        for (text, expected) in [
            (
                "url:http://127.0.0.1:9393/a.yaml",
                "generated-cca72d6f3ccde84101e4f4814f765460c39b4c1b",
            ),
            (
                "url:http://127.0.0.1:9393/root.yaml",
                "generated-aa61d39b7d3a01c1583a534671dbf7e1a66705d5",
            ),
        ] {
            assert_eq!(LocationRef::parse(text).unwrap().generated_name(), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(text in any::<String>()) {
            if let Ok(location) = LocationRef::parse(&text) {
                prop_assert_eq!(LocationRef::parse(&location.to_string()).unwrap(), location);
            }
        }
    }
}
