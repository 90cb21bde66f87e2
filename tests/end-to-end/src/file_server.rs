//! Web servers that hold descriptors, or behave as badly as the web does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// What a path answers.
#[derive(Debug, Clone)]
pub enum Page {
    /// A file.
    Text(String),
    /// A redirect to a path or a URL.
    Redirect(String),
    /// Nothing, ever; the connection stays open.
    Silence,
    /// A status with an empty body.
    Status(u16),
}

#[derive(Debug, Default)]
struct Contents {
    pages: HashMap<String, Page>,
    requests: HashMap<String, usize>,
}

/// A web server on 127.0.0.1 that ends with its value. A path it does not know is a 404; files carry an `ETag`.
#[derive(Debug)]
pub struct FileServer {
    address: String,
    contents: Arc<Mutex<Contents>>,
    task: JoinHandle<()>,
}

impl FileServer {
    /// Starts it with some pages.
    pub async fn start(pages: impl IntoIterator<Item = (&'static str, Page)>) -> Result<Self> {
        let pages = pages.into_iter().map(|(path, page)| (path.to_owned(), page)).collect();
        let contents = Arc::new(Mutex::new(Contents {
            pages,
            ..Contents::default()
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&contents));
        let task = tokio::spawn(async move {
            // Serving ends only with the task.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self {
            address,
            contents,
            task,
        })
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Changes what a path answers.
    pub fn put(&self, path: &str, page: Page) {
        self.lock().pages.insert(path.to_owned(), page);
    }

    /// How often a path was asked for.
    pub fn requests(&self, path: &str) -> usize {
        self.lock().requests.get(path).copied().unwrap_or(0)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FileServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(contents): State<Arc<Mutex<Contents>>>, uri: Uri, headers: HeaderMap) -> Response {
    let page = {
        let mut contents = contents.lock().unwrap_or_else(PoisonError::into_inner);
        *contents.requests.entry(uri.path().to_owned()).or_default() += 1;
        contents.pages.get(uri.path()).cloned()
    };
    match page {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Page::Silence) => std::future::pending().await,
        Some(Page::Status(status)) => StatusCode::from_u16(status)
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
        Some(Page::Redirect(target)) => (StatusCode::FOUND, [(header::LOCATION, target)]).into_response(),
        Some(Page::Text(text)) => {
            let etag = format!("\"{}-{}\"", text.len(), checksum(&text));
            if headers
                .get(header::IF_NONE_MATCH)
                .is_some_and(|value| value.as_bytes() == etag.as_bytes())
            {
                return (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response();
            }
            ([(header::ETAG, etag)], text).into_response()
        }
    }
}

/// Different for different files, which is all an `ETag` needs here.
fn checksum(text: &str) -> u64 {
    text.bytes()
        .fold(5381, |sum: u64, byte| sum.wrapping_mul(33) ^ u64::from(byte))
}
