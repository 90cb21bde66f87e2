//! Configuration that changes while a unit runs.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Config, ConfigError, Environment};

/// How often the files are read again. They are small, and what they include may be anywhere, so that a look at the times of the
/// files themselves would miss changes.
const INTERVAL: Duration = Duration::from_secs(2);

impl Config {
    /// The same files, read again; `None` for a configuration that is not of files.
    pub fn load_again(&self) -> Option<Result<Self, ConfigError>> {
        let source = self.source.as_ref()?;
        let environment = Environment::clone(&self.environment);
        Some(Self::load_with(&source.files, &source.directory, environment))
    }

    /// Reads the files again and again until `stop`, and hands over every configuration that says something else than the one
    /// before. One that cannot be read is warned about once, and the last good one holds.
    pub async fn follow(self, stop: CancellationToken, changed: impl FnMut(&Self) + Send) {
        self.follow_every(INTERVAL, stop, changed).await;
    }

    async fn follow_every(self, interval: Duration, stop: CancellationToken, mut changed: impl FnMut(&Self) + Send) {
        let mut known = self;
        let mut last_problem = None;
        while tokio::time::timeout(interval, stop.cancelled()).await.is_err() {
            let config = known.clone();
            let Ok(Some(again)) = tokio::task::spawn_blocking(move || config.load_again()).await else {
                // There are no files, or the runtime ends.
                return;
            };
            match again {
                Ok(fresh) => {
                    last_problem = None;
                    // As texts: the order of what is written matters to some.
                    let text = |config: &Config| config.root().to_json().to_string();
                    if text(&fresh) != text(&known) {
                        changed(&fresh);
                        known = fresh;
                    }
                }
                Err(error) => {
                    let problem = error.to_string();
                    if last_problem.as_ref() != Some(&problem) {
                        tracing::warn!(
                            target: "callboard::config",
                            problem,
                            "the configuration cannot be read any more; what was read before holds"
                        );
                        last_problem = Some(problem);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_change_is_handed_over_and_a_mistake_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("a.yaml", "app: {title: {$file: title.txt}}");
        write("title.txt", "one");
        let config = Config::load_with(&["a.yaml".into()], folder.path(), Environment::default()).unwrap();
        let (sender, mut titles) = tokio::sync::mpsc::unbounded_channel();
        let stop = CancellationToken::new();
        let interval = Duration::from_millis(5);
        let following = tokio::spawn(config.follow_every(interval, stop.clone(), move |config| {
            sender.send(config.require::<String>("app.title").unwrap()).unwrap();
        }));
        write("title.txt", "two");
        assert_eq!(titles.recv().await.unwrap(), "two");
        write("a.yaml", "app: [");
        tokio::time::sleep(interval * 20).await;
        assert!(titles.try_recv().is_err());
        write("a.yaml", "app: {title: three}");
        assert_eq!(titles.recv().await.unwrap(), "three");
        stop.cancel();
        following.await.unwrap();
    }

    #[tokio::test]
    async fn what_is_of_no_file_never_changes() {
        let config = Config::from_yaml("a: 1").unwrap();
        assert!(config.load_again().is_none());
        config
            .follow_every(Duration::ZERO, CancellationToken::new(), |_| panic!("it changed"))
            .await;
    }
}
