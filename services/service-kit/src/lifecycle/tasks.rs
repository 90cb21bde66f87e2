use std::{
    any::Any,
    future::Future,
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use futures::FutureExt;
use parking_lot::Mutex;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The tasks of a unit, by name.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    tracker: TaskTracker,
    names: Arc<Mutex<Vec<&'static str>>>,
    failed: Arc<AtomicBool>,
}

impl Tasks {
    /// Runs a task; when it panics, the failure is recorded and `on_panic` is cancelled.
    pub(super) fn spawn<F>(&self, name: &'static str, on_panic: CancellationToken, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.names.lock().push(name);
        let names = self.names.clone();
        let failed = self.failed.clone();
        self.tracker.spawn(async move {
            let result = AssertUnwindSafe(task).catch_unwind().await;
            {
                let mut names = names.lock();
                if let Some(position) = names.iter().position(|running| *running == name) {
                    names.swap_remove(position);
                }
            }
            if let Err(panic) = result {
                tracing::error!(
                    task = name,
                    panic = panic_text(panic.as_ref()),
                    "a task panicked; stopping"
                );
                failed.store(true, Ordering::Relaxed);
                on_panic.cancel();
            }
        });
    }

    /// Waits until every task has ended.
    pub(super) async fn ended(&self) {
        self.tracker.close();
        self.tracker.wait().await;
    }

    /// The names of the tasks that run.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.names.lock().clone()
    }

    pub(super) fn mark_failed(&self) {
        self.failed.store(true, Ordering::Relaxed);
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
}

/// The message of a panic.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}
