//! Asking after long actions, and stopping them.

use crate::app::App;
use crate::error::Fault;
use crate::types::{Done, JobArgs, Progress};

pub fn progress(app: &App, args: JobArgs) -> Result<Progress, Fault> {
    Ok(app.jobs.progress(&args.job))
}

pub fn cancel(app: &App, args: JobArgs) -> Result<Done, Fault> {
    app.jobs.cancel(&args.job);
    Ok(Done {})
}
