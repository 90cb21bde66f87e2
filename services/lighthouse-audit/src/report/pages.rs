//! The pages of reports that were asked for lately. A report never changes, so neither does its page.

use std::{io, io::Write, path::PathBuf, sync::Arc};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use moka::sync::Cache;
use parking_lot::Mutex;
use uuid::Uuid;

use super::{compression::decompress, page::PageTemplate};
use crate::store::StoredReport;

/// Memory for pages.
const CAPACITY_BYTES: u64 = 64 * 1024 * 1024;

/// A page, as it is and as most browsers want it.
#[derive(Debug, Clone)]
pub struct Page {
    /// HTML.
    pub plain: Bytes,
    /// The same, compressed with gzip.
    pub gzip: Bytes,
}

/// Makes pages and keeps them. Clones share them.
#[derive(Debug, Clone)]
pub struct Pages {
    runner: PathBuf,
    template: Arc<Mutex<Option<Arc<PageTemplate>>>>,
    cache: Cache<Uuid, Page>,
}

impl Pages {
    /// Pages from the template that the runner in this folder brings.
    pub fn new(runner: PathBuf) -> Self {
        let size = |_: &Uuid, page: &Page| u32::try_from(page.plain.len() + page.gzip.len()).unwrap_or(u32::MAX);
        Self {
            runner,
            template: Arc::default(),
            cache: Cache::builder().weigher(size).max_capacity(CAPACITY_BYTES).build(),
        }
    }

    /// The page of an audit, if it was asked for lately.
    pub fn get(&self, audit: Uuid) -> Option<Page> {
        self.cache.get(&audit)
    }

    /// Makes the page of an audit. It takes some milliseconds of computing.
    pub fn make(&self, audit: Uuid, report: &StoredReport) -> io::Result<Page> {
        let html = self.template()?.render(&decompress(report)?);
        let mut encoder = GzEncoder::new(Vec::with_capacity(html.len() / 3), Compression::fast());
        encoder.write_all(&html)?;
        let page = Page {
            gzip: encoder.finish()?.into(),
            plain: html.into(),
        };
        self.cache.insert(audit, page.clone());
        Ok(page)
    }

    /// Forgets the page of an audit.
    pub fn forget(&self, audit: Uuid) {
        self.cache.invalidate(&audit);
    }

    /// Read when it is needed: a replica that only queues audits works without a runner.
    fn template(&self) -> io::Result<Arc<PageTemplate>> {
        let mut template = self.template.lock();
        if let Some(template) = &*template {
            return Ok(template.clone());
        }
        let loaded = Arc::new(PageTemplate::load(&self.runner)?);
        *template = Some(loaded.clone());
        Ok(loaded)
    }
}
