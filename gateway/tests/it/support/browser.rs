//! A person's browser: keeps cookies, follows redirects, goes where it is sent.

use http::Method;
use url::Url;

use super::{
    app::TestApp,
    client::{Answer, Call},
};

/// Where the gateway under test is for the outside world.
pub(crate) const PORTAL: &str = "http://localhost:7007";

#[derive(Debug)]
struct StoredCookie {
    host: String,
    path: String,
    name: String,
    value: String,
}

pub(crate) struct Browser<'a> {
    app: &'a TestApp,
    cookies: Vec<StoredCookie>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(app: &'a TestApp) -> Self {
        Self {
            app,
            cookies: Vec::new(),
        }
    }

    /// The value of a cookie, wherever it is from.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        let cookie = self.cookies.iter().find(|cookie| cookie.name == name);
        cookie.map(|cookie| cookie.value.as_str())
    }

    /// Puts another value into a cookie.
    pub(crate) fn tamper(&mut self, name: &str, value: &str) {
        let cookie = self.cookies.iter_mut().find(|cookie| cookie.name == name);
        value.clone_into(&mut cookie.expect("the cookie is there").value);
    }

    /// Sends one request with the cookies that belong to it.
    pub(crate) async fn send(&mut self, method: Method, url: &Url, headers: &[(&str, &str)]) -> Answer {
        let is_portal = url.as_str().starts_with(PORTAL);
        let target = url[url::Position::BeforePath..].to_owned();
        let call = if is_portal {
            self.app.call(method, &target)
        } else {
            Call::new(method, url.to_string())
        };
        let host = url.host_str().expect("a host").to_owned();
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| cookie.host == host && url.path().starts_with(&cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let mut call = call;
        if !cookies.is_empty() {
            call = call.header("cookie", &cookies.join("; "));
        }
        for (name, value) in headers {
            call = call.header(name, value);
        }
        let answer = call.send().await;
        for set in answer.headers.get_all("set-cookie") {
            self.store(&host, url.path(), set.to_str().expect("ASCII"));
        }
        answer
    }

    /// A request to the portal.
    pub(crate) async fn portal(&mut self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let url = Url::parse(&format!("{PORTAL}{path}")).expect("a URL");
        self.send(method, &url, headers).await
    }

    /// Follows redirects from a path of the portal until it is sent to a URL that begins with `end`, or gets a page; that URL.
    pub(crate) async fn follow(&mut self, path: &str, end: &str) -> Url {
        let mut url = Url::parse(&format!("{PORTAL}{path}")).expect("a URL");
        for _ in 0..20 {
            let answer = self.send(Method::GET, &url, &[]).await;
            let location = answer
                .header("location")
                .unwrap_or_else(|| panic!("{url} answered {} and no location: {}", answer.status, answer.text()));
            url = url.join(location).expect("a location");
            if url.as_str().starts_with(end) {
                return url;
            }
        }
        panic!("{url}: too many redirects");
    }

    /// Goes through a whole sign-in, and gives what the popup would hand to the page.
    pub(crate) async fn sign_in(&mut self, provider: &str) -> serde_json::Value {
        let callback = self.go_to_provider(provider).await;
        self.come_back(&callback).await
    }

    /// From the portal to the provider; where the provider sends the person back to.
    pub(crate) async fn go_to_provider(&mut self, provider: &str) -> Url {
        let start = format!("/api/auth/{provider}/start?env=development&origin=http://localhost:3000");
        self.follow(&start, &format!("{PORTAL}/api/auth/{provider}/handler/frame"))
            .await
    }

    /// Back from the provider; the message of the popup's page.
    pub(crate) async fn come_back(&mut self, callback: &Url) -> serde_json::Value {
        let page = self.send(Method::GET, callback, &[]).await;
        assert_eq!(page.status, 200, "{}", page.text());
        popup_message(&page)
    }

    /// The session as the page asks for it.
    pub(crate) async fn refresh(&mut self, provider: &str) -> Answer {
        let path = format!("/api/auth/{provider}/refresh?optional&env=development");
        self.portal(Method::GET, &path, &[("x-requested-with", "XMLHttpRequest")])
            .await
    }

    fn store(&mut self, host: &str, request_path: &str, set: &str) {
        let mut parts = set.split(';').map(str::trim);
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie");
        let mut path = request_path.rsplit_once('/').map_or("/", |(path, _)| path).to_owned();
        let mut is_over = value.is_empty();
        for part in parts {
            match part.split_once('=') {
                Some((key, value)) if key.eq_ignore_ascii_case("path") => value.clone_into(&mut path),
                Some((key, "0")) if key.eq_ignore_ascii_case("max-age") => is_over = true,
                _ => {}
            }
        }
        self.cookies
            .retain(|cookie| !(cookie.host == host && cookie.path == path && cookie.name == name));
        if !is_over {
            self.cookies.push(StoredCookie {
                host: host.to_owned(),
                path,
                name: name.to_owned(),
                value: value.to_owned(),
            });
        }
    }
}

/// What the page of a popup hands to the window that opened it.
pub(crate) fn popup_message(page: &Answer) -> serde_json::Value {
    let text = page.text();
    let (_, rest) = text.split_once("data-message=\"").expect("a message");
    let (message, _) = rest.split_once('"').expect("its end");
    let message = message
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    serde_json::from_str(&message).expect("JSON")
}
