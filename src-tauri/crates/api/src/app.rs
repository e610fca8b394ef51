//! The running program: at most one unlocked session, behind the command list.

use std::sync::{Arc, PoisonError, RwLock};

use crate::access::Access;
use crate::environment::Environment;
use crate::error::Fault;
use crate::jobs::Jobs;
use crate::session::Session;

/// The running program. Commands may be called from any thread.
#[derive(Debug)]
pub struct App {
    /// What it was given from outside.
    pub(crate) environment: Environment,
    /// Long actions.
    pub(crate) jobs: Jobs,
    session: RwLock<Option<Arc<Session>>>,
}

impl App {
    /// A locked program.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            jobs: Jobs::default(),
            session: RwLock::new(None),
        }
    }

    /// The session, if somebody unlocked it and it has not been left alone too long.
    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        let session = self
            .session
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()?;
        if session.idle_too_long() {
            self.end_session();
            return None;
        }
        Some(session)
    }

    /// The session, when its user may do this.
    pub(crate) fn session_for(&self, access: Access) -> Result<Arc<Session>, Fault> {
        let session = self.session().ok_or_else(|| Fault::new("locked"))?;
        session.require(access)?;
        Ok(session)
    }

    pub(crate) fn begin_session(&self, session: Session) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(session));
    }

    pub(crate) fn end_session(&self) {
        *self.session.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
