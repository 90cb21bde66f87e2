//! The cookies of signing in. All are `HttpOnly`; how far they travel follows from where the app and the API are.

use cookie::{Cookie, SameSite, time::Duration};
use http::{HeaderMap, HeaderValue, header};
use url::Url;

use crate::{
    auth::{providers::Provider, sessions::seal::SessionSecret},
    config::auth::AuthConfig,
    error::ApiError,
};

/// How long somebody may take at the provider.
pub(crate) const ATTEMPT_MINUTES: i64 = 10;
/// The name of the cookie with a user's limited token.
pub(crate) const USER_COOKIE: &str = "backstage-auth";

/// The cookie that ties a sign-in to the browser it was begun in.
pub(crate) fn nonce(auth: &AuthConfig, provider: &Provider, secret: &SessionSecret) -> Result<HeaderValue, ApiError> {
    let path = format!("{}/handler", base_path(provider));
    let cookie = Cookie::build((nonce_name(provider), secret.encode()))
        .path(path)
        .max_age(Duration::minutes(ATTEMPT_MINUTES));
    finish(cookie.build(), auth, &provider.config().callback_url)
}

/// Takes the nonce away.
pub(crate) fn no_nonce(auth: &AuthConfig, provider: &Provider) -> Result<HeaderValue, ApiError> {
    let path = format!("{}/handler", base_path(provider));
    let cookie = Cookie::build((nonce_name(provider), ""))
        .path(path)
        .max_age(Duration::ZERO);
    finish(cookie.build(), auth, &provider.config().callback_url)
}

/// The cookie of a session.
pub(crate) fn session(auth: &AuthConfig, provider: &Provider, secret: &SessionSecret) -> Result<HeaderValue, ApiError> {
    let seconds = provider.config().session_duration.as_secs();
    let cookie = Cookie::build((session_name(provider), secret.encode()))
        .path(base_path(provider))
        .max_age(Duration::seconds(i64::try_from(seconds).unwrap_or(i64::MAX)));
    finish(cookie.build(), auth, &provider.config().callback_url)
}

/// Takes the session away.
pub(crate) fn no_session(auth: &AuthConfig, provider: &Provider) -> Result<HeaderValue, ApiError> {
    let cookie = Cookie::build((session_name(provider), ""))
        .path(base_path(provider))
        .max_age(Duration::ZERO);
    finish(cookie.build(), auth, &provider.config().callback_url)
}

/// The cookie that stands for a user where no token can be sent, for as many seconds as its token is good.
pub(crate) fn user(backend: &Url, limited_token: &str, seconds: i64) -> Result<HeaderValue, ApiError> {
    user_cookie(backend, limited_token, Duration::seconds(seconds))
}

/// Takes that cookie away.
pub(crate) fn no_user(backend: &Url) -> Result<HeaderValue, ApiError> {
    user_cookie(backend, "", Duration::ZERO)
}

fn user_cookie(backend: &Url, value: &str, max_age: Duration) -> Result<HeaderValue, ApiError> {
    // Without a domain the cookie goes back to this host alone. Browsers trust localhost without TLS.
    let is_trusted = backend.scheme() == "https" || backend.host_str() == Some("localhost");
    let cookie = Cookie::build((USER_COOKIE, value))
        .path("/")
        .max_age(max_age)
        .http_only(true);
    let cookie = if is_trusted {
        cookie.same_site(SameSite::None).secure(true)
    } else {
        cookie.same_site(SameSite::Lax)
    };
    HeaderValue::try_from(format!("{}; Priority=High", cookie.build())).map_err(ApiError::internal)
}

/// The secret of the sign-in under way, if this browser began it.
pub(crate) fn sent_nonce(headers: &HeaderMap, provider: &Provider) -> Option<SessionSecret> {
    find(headers, &nonce_name(provider)).and_then(|value| SessionSecret::parse(&value))
}

/// The secret of the session, if there is one.
pub(crate) fn sent_session(headers: &HeaderMap, provider: &Provider) -> Option<SessionSecret> {
    find(headers, &session_name(provider)).and_then(|value| SessionSecret::parse(&value))
}

/// The value of a cookie.
pub(crate) fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

fn nonce_name(provider: &Provider) -> String {
    format!("{}-nonce", provider.id())
}

fn session_name(provider: &Provider) -> String {
    format!("{}-refresh-token", provider.id())
}

/// The path of a provider's routes as browsers see it.
fn base_path(provider: &Provider) -> &str {
    let path = provider.config().callback_url.path();
    path.strip_suffix("/handler/frame").unwrap_or(path)
}

fn finish(mut cookie: Cookie<'_>, auth: &AuthConfig, callback: &Url) -> Result<HeaderValue, ApiError> {
    let is_secure = callback.scheme() == "https";
    let is_same_host = auth.origins.app_host() == callback.host_str();
    cookie.set_http_only(true);
    cookie.set_secure(is_secure);
    cookie.set_same_site(if is_secure && !is_same_host {
        SameSite::None
    } else {
        SameSite::Lax
    });
    HeaderValue::try_from(cookie.to_string()).map_err(ApiError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_cookies_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=1; backstage-auth=token; broken"),
        );
        headers.append(header::COOKIE, HeaderValue::from_static("c=3"));
        assert_eq!(find(&headers, USER_COOKIE).as_deref(), Some("token"));
        assert_eq!(find(&headers, "c").as_deref(), Some("3"));
        assert_eq!(find(&headers, "backstage"), None);
    }

    #[test]
    fn the_user_cookie_fits_where_the_api_is() {
        let cookie = |url: &str| {
            let cookie = user(&Url::parse(url).expect("a URL"), "t", 60).expect("a header");
            cookie.to_str().expect("ASCII").to_owned()
        };
        let https = cookie("https://api.example.com");
        for part in [
            "backstage-auth=t",
            "HttpOnly",
            "SameSite=None",
            "Secure",
            "Path=/",
            "Max-Age=60",
            "Priority=High",
        ] {
            assert!(https.contains(part), "{https}: {part}");
        }
        assert!(cookie("http://localhost:7007").contains("SameSite=None; Secure"));
        let plain = cookie("http://portal.example.com");
        assert!(plain.contains("SameSite=Lax") && !plain.contains("Secure"), "{plain}");
    }
}
