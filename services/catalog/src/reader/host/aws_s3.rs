//! S3 and services that speak it, by signed addresses (Signature Version 4).

use std::time::Duration;

use rusty_s3::{
    Bucket, Credentials, UrlStyle,
    actions::{ListObjectsV2, S3Action as _},
};
use url::Url;

use super::{Address, MAX_PAGES, ReadError, SourceHost, below, endless, failed, segments, settings::AwsS3Settings};
use crate::reader::http::{Answer, Http, Request, stay_on};

const AMAZON: &str = "amazonaws.com";
/// Where buckets are whose address names no region.
const DEFAULT_REGION: &str = "us-east-1";
/// How long a signed address is good for.
const SIGNED_FOR: Duration = Duration::from_mins(5);

#[derive(Debug)]
pub(in crate::reader) struct AwsS3 {
    endpoint: Option<Url>,
    style: UrlStyle,
    credentials: Option<Credentials>,
}

impl AwsS3 {
    pub(super) fn new(settings: &AwsS3Settings) -> Self {
        let configured = settings.access_key_id.as_ref().zip(settings.secret_access_key.as_ref());
        let credentials = match configured {
            Some((id, secret)) => Some(match &settings.session_token {
                Some(token) => Credentials::new_with_token(id, secret.expose(), token.expose()),
                None => Credentials::new(id, secret.expose()),
            }),
            None => Credentials::from_env(),
        };
        let by_path = settings.s3_force_path_style;
        Self {
            endpoint: settings.endpoint.as_ref().map(|endpoint| endpoint.url().clone()),
            style: if by_path { UrlStyle::Path } else { UrlStyle::VirtualHost },
            credentials,
        }
    }

    fn bucket(&self, address: &Address) -> Result<Bucket, ReadError> {
        let [name, region] = address.repository.as_slice() else {
            return Err(failed("an address in S3 without a bucket".to_owned()));
        };
        let (endpoint, style) = if let Some(endpoint) = &self.endpoint {
            (endpoint.clone(), self.style)
        } else {
            let endpoint = Url::parse(&format!("https://s3.{region}.{AMAZON}"));
            let endpoint = endpoint.map_err(|_| ReadError::Input(format!("'{region}' is no region of S3")))?;
            // A dot in a bucket's name would not fit the host's certificate.
            let by_path = name.contains('.');
            (endpoint, if by_path { UrlStyle::Path } else { UrlStyle::VirtualHost })
        };
        Bucket::new(endpoint, style, name.clone(), region.clone())
            .map_err(|error| ReadError::Input(format!("bucket '{name}' of S3: {error}")))
    }
}

/// What is in front of a host's name: `bucket` of `bucket.host`, nothing of `host`.
fn before<'name>(name: &'name str, host: &str) -> Option<&'name str> {
    let rest = name.strip_suffix(host)?;
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_suffix('.').filter(|rest| !rest.is_empty())
}

/// Bucket (none: it is in the path) and region of a host at Amazon: `[BUCKET.]s3[.-REGION].amazonaws.com`.
fn amazon_host(name: &str) -> Option<(Option<&str>, &str)> {
    let rest = before(name, AMAZON)?;
    let (service, region) = match rest.rsplit_once('.') {
        None => (rest, None),
        Some((front, "s3")) => return Some((Some(front), DEFAULT_REGION)),
        Some((front, last)) => match last.strip_prefix("s3-") {
            Some(region) => return Some((Some(front), region)),
            None => (front, Some(last)),
        },
    };
    if let Some(region) = region {
        if service == "s3" {
            return Some((None, region));
        }
        return service.strip_suffix(".s3").map(|bucket| (Some(bucket), region));
    }
    match service.strip_prefix("s3-") {
        Some(region) => Some((None, region)),
        None => (service == "s3").then_some((None, DEFAULT_REGION)),
    }
}

impl SourceHost for AwsS3 {
    const SHAPE: &'static str = "https://BUCKET.s3.REGION.amazonaws.com/PATH";

    fn serves(&self, url: &Url) -> bool {
        let Some(name) = url.host_str() else { return false };
        match &self.endpoint {
            None => amazon_host(name).is_some(),
            Some(endpoint) => {
                let bucket = endpoint.host_str().and_then(|host| before(name, host));
                let by_path = matches!(self.style, UrlStyle::Path);
                bucket.is_some_and(|bucket| bucket.is_empty() == by_path)
                    && endpoint.port_or_known_default() == url.port_or_known_default()
            }
        }
    }

    fn locate(&self, url: &Url) -> Option<Address> {
        let name = url.host_str()?;
        let mut path = segments(url);
        let (bucket, region) = match &self.endpoint {
            None => amazon_host(name)?,
            Some(endpoint) => {
                let bucket = before(name, endpoint.host_str()?)?;
                (Some(bucket).filter(|bucket| !bucket.is_empty()), DEFAULT_REGION)
            }
        };
        let bucket = match bucket {
            Some(bucket) => bucket.to_owned(),
            None if path.is_empty() => return None,
            None => path.remove(0),
        };
        (!path.is_empty()).then(|| Address {
            repository: vec![bucket, region.to_owned()],
            reference: None,
            path: path.join("/"),
        })
    }

    fn sibling(&self, pattern: &Url, path: &str) -> Url {
        let all = segments(pattern);
        let in_path = self
            .locate(pattern)
            .is_some_and(|address| address.path != all.join("/"));
        let bucket = all.first().filter(|_| in_path).map(String::as_str);
        let mut url = pattern.clone();
        url.set_path("");
        below(&url, bucket.into_iter().chain(path.split('/')))
    }

    async fn file_request(&self, _http: &Http, address: &Address) -> Result<Request, ReadError> {
        let bucket = self.bucket(address)?;
        let action = bucket.get_object(self.credentials.as_ref(), &address.path);
        Ok(Request::to(action.sign(SIGNED_FOR)))
    }

    async fn list_files(&self, http: &Http, address: &Address, folder: &str) -> Result<Vec<String>, ReadError> {
        let bucket = self.bucket(address)?;
        let what = format!("bucket {}", bucket.name());
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let mut continuation: Option<String> = None;
        let mut files = Vec::new();
        for _ in 0..MAX_PAGES {
            let mut action = bucket.list_objects_v2(self.credentials.as_ref());
            action.with_prefix(prefix.as_str());
            if let Some(token) = &continuation {
                action.with_continuation_token(token.as_str());
            }
            let request = Request::to(action.sign(SIGNED_FOR));
            let origin = request.url.origin();
            let answer = http
                .get(request, None, &what, |next| stay_on(&origin, next, &what))
                .await?;
            let Answer::Content { body, .. } = answer else {
                return Err(failed(format!("could not list {what}, 304 to a plain request")));
            };
            let page = ListObjectsV2::parse_response(&String::from_utf8_lossy(&body))
                .map_err(|error| failed(format!("could not list {what}, the answer makes no sense: {error}")))?;
            files.extend(page.contents.into_iter().map(|object| object.key));
            match page.next_continuation_token {
                Some(token) => continuation = Some(token),
                None => return Ok(files),
            }
        }
        Err(endless(&what))
    }
}
