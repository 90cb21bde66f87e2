//! The enumerations of an audit, by the names they have in the database and on the runner's wire.

/// An enumeration whose values have names.
macro_rules! named {
    ($(#[$documentation:meta])* $name:ident { $($(#[$of_value:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$of_value])* #[serde(rename = $text)] $value,)*
        }

        impl $name {
            /// The name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text,)* }
            }

            /// The value of a name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$value),)* _ => None }
            }
        }
    };
}

named! {
    /// How far an audit is.
    Status {
        /// Waits for a worker, or is being worked on.
        Running = "RUNNING",
        /// Ended with a report.
        Completed = "COMPLETED",
        /// Ended without one.
        Failed = "FAILED",
    }
}

named! {
    /// What a running audit is doing.
    Stage {
        /// Waits for a worker.
        Queued = "QUEUED",
        /// Waits for the website to answer.
        WaitingForWebsite = "WAITING_FOR_WEBSITE",
        /// Starts the browser.
        StartingBrowser = "STARTING_BROWSER",
        /// Lighthouse loads the page.
        Gathering = "GATHERING",
        /// Lighthouse computes scores.
        Scoring = "SCORING",
        /// The report is being stored.
        Storing = "STORING",
    }
}

named! {
    /// Why an audit failed.
    FailureKind {
        /// The website did not answer in time.
        WebsiteUnreachable = "WEBSITE_UNREACHABLE",
        /// The website, or where it redirected to, may not be audited.
        AddressRefused = "ADDRESS_REFUSED",
        /// The browser did not start or died.
        Browser = "BROWSER",
        /// Lighthouse gave up on the page.
        Lighthouse = "LIGHTHOUSE",
        /// The audit took longer than it may.
        TimeLimit = "TIME_LIMIT",
        /// Somebody cancelled it.
        Cancelled = "CANCELLED",
        /// Its worker died, and so did those that tried again.
        WorkerLost = "WORKER_LOST",
    }
}

named! {
    /// Which device is played.
    FormFactor {
        /// A phone.
        Mobile = "mobile",
        /// A desktop computer.
        Desktop = "desktop",
    }
}

named! {
    /// How the slow network and processor of that device are played: Lighthouse's `throttlingMethod`.
    Throttling {
        /// Computed from an unthrottled load.
        Simulated = "simulate",
        /// Applied while the page loads.
        Applied = "devtools",
        /// None.
        None = "provided",
    }
}
