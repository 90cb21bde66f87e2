//! Proof that a webhook comes from who it says, over the raw bytes and before anything reads them.

use callboard_service_kit::{config::Secret, identity::secrets_equal};
use http::HeaderMap;
use ring::hmac;

/// Whether a `sha256=<hex>` header signs the body with one of the secrets.
pub(super) fn is_signed(headers: &HeaderMap, header: &str, body: &[u8], secrets: &[Secret<String>]) -> bool {
    let signature = headers
        .get(header)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("sha256="))
        .and_then(from_hex);
    let Some(signature) = signature else { return false };
    secrets.iter().any(|secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
        hmac::verify(&key, body, &signature).is_ok()
    })
}

/// Whether a header holds the secret itself.
pub(super) fn holds_secret(headers: &HeaderMap, header: &str, secret: &Secret<String>) -> bool {
    headers
        .get(header)
        .is_some_and(|value| secrets_equal(value.as_bytes(), secret.expose().as_bytes()))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use callboard_service_kit::config::Config;

    use super::*;

    fn secret(text: &str) -> Secret<String> {
        let config = Config::from_yaml(&format!("secret: \"{text}\"")).expect("a configuration");
        config.require("secret").expect("a secret")
    }

    fn signed_with(signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-hub-signature-256", signature.parse().expect("a header value"));
        headers
    }

    #[test]
    fn checks_signatures() {
        // The example of GitHub's documentation.
        let secrets = [secret("other"), secret("It's a Secret to Everybody")];
        let body = b"Hello, World!";
        let right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        assert!(is_signed(&signed_with(right), "x-hub-signature-256", body, &secrets));
        assert!(!is_signed(
            &signed_with(right),
            "x-hub-signature-256",
            b"Hello, World?",
            &secrets
        ));
        assert!(!is_signed(
            &signed_with(right),
            "x-hub-signature-256",
            body,
            &secrets[..1]
        ));
        assert!(!is_signed(&HeaderMap::new(), "x-hub-signature-256", body, &secrets));
        for wrong in [
            "sha256=",
            "sha256=7571",
            "sha256=zz",
            "sha1=757107ea",
            "757107ea",
            "sha256=757",
        ] {
            assert!(
                !is_signed(&signed_with(wrong), "x-hub-signature-256", body, &secrets),
                "{wrong}"
            );
        }
    }
}
