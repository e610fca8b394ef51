//! Progress of long actions. It is kept outside the session so that it can be asked for, and cancelling can be
//! requested, while the action itself runs on another thread.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::types::Progress;

/// All running and recently finished jobs.
#[derive(Debug, Clone, Default)]
pub struct Jobs(Arc<Mutex<BTreeMap<String, Progress>>>);

impl Jobs {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, Progress>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts a job under the caller's name; without a name progress is told to nobody.
    pub fn start(&self, name: Option<&str>) -> Job {
        if let Some(name) = name {
            self.with(|jobs| jobs.insert(name.to_owned(), Progress::default()));
        }
        Job {
            jobs: self.clone(),
            name: name.map(str::to_owned),
        }
    }

    /// The progress of a job; an unknown one counts as not begun.
    pub fn progress(&self, name: &str) -> Progress {
        self.with(|jobs| jobs.get(name).cloned().unwrap_or_default())
    }

    /// Asks a job to stop at its next safe place.
    pub fn cancel(&self, name: &str) {
        self.with(|jobs| jobs.entry(name.to_owned()).or_default().cancelled = true);
    }
}

/// A running job; finishes when dropped.
#[derive(Debug)]
pub struct Job {
    jobs: Jobs,
    name: Option<String>,
}

impl Job {
    /// Tells how far the job is. Returns whether it should stop.
    pub fn tell(&self, step: &str, done: u64, total: Option<u64>) -> bool {
        let Some(name) = &self.name else { return false };
        self.jobs.with(|jobs| {
            let progress = jobs.entry(name.clone()).or_default();
            progress.step = step.to_owned();
            progress.done = done;
            progress.total = total;
            progress.cancelled
        })
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            self.jobs
                .with(|jobs| jobs.entry(name.clone()).or_default().finished = true);
        }
    }
}
