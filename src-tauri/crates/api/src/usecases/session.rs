//! Unlocking, locking, and the users of this PC.

use std::sync::atomic::Ordering;

use safety_exchange::DeviceKeys;
use safety_store::slots::Slots;
use safety_store::users::User;
use safety_store::{RootSecret, Store, recovery};

use super::settings;
use crate::app::App;
use crate::environment::Environment;
use crate::error::Fault;
use crate::session::{LOCK_AFTER_MINUTES, Session, Unlocked};
use crate::types::*;

/// Shortest password. Length matters more than odd characters (NIST SP 800-63B).
const SHORTEST_PASSWORD: usize = 8;

pub fn status(app: &App, _: Nothing) -> Result<AppStatus, Fault> {
    let environment = &app.environment;
    let now = environment.clock.now();
    let mut status = AppStatus {
        phase: if environment.store.exists() {
            Phase::Locked
        } else {
            Phase::Setup
        },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        store: environment.store.display().to_string(),
        users: Vec::new(),
        lang: environment.system_lang,
        demo: false,
        institution: None,
        user: None,
        lock_after_minutes: LOCK_AFTER_MINUTES,
        today: now.date_naive().to_string(),
        now: now.to_rfc3339(),
    };
    if status.phase == Phase::Locked && Slots::exist(&environment.store) {
        let slots = Slots::load(&environment.store, environment.key_cost())?;
        status.users = slots.users().into_iter().map(str::to_owned).collect();
    }
    if let Some(session) = app.session() {
        status.phase = Phase::Unlocked;
        status.demo = session.meta.demo;
        status.user = Some(session.user.clone());
        status.lock_after_minutes = session.lock_after_minutes.load(Ordering::Relaxed);
        let (institution, settings) = session.store.try_read(|reader| {
            Ok::<_, Fault>((
                super::people::brief(&session, reader)?,
                settings::read(&session, reader)?,
            ))
        })?;
        status.institution = Some(institution);
        status.lang = settings.lang;
    }
    Ok(status)
}

pub fn unlock(app: &App, args: UnlockArgs) -> Result<AppStatus, Fault> {
    let environment = &app.environment;
    let mut slots = Slots::load(&environment.store, environment.key_cost())?;
    let root = slots.unlock(&args.user, &args.password, environment.clock.now())?;
    begin(app, root, args.user.trim())?;
    status(app, Nothing {})
}

pub fn recover(app: &App, args: RecoverArgs) -> Result<AppStatus, Fault> {
    let environment = &app.environment;
    let root = recovery::decode(&args.code)?;
    let store = Store::open(&environment.store, &root.store_key())?;
    strong_enough(&args.new_password)?;
    let user = args.user.trim();
    let known = store.read(|reader| reader.user(user))?;
    if known.is_none_or(|known| !known.active) {
        return Err(Fault::new("user-unknown").with("user", user));
    }
    drop(store);
    let mut slots = slots_or_new(environment)?;
    let present = slots.users().contains(&user);
    environment.with_random(|fill| {
        if present {
            slots.change_password(&root, user, &args.new_password, fill)
        } else {
            slots.add(&root, user, &args.new_password, fill)
        }
    })??;
    begin(app, root, user)?;
    let session = app.session().ok_or_else(|| Fault::new("locked"))?;
    session
        .store
        .try_write(|writer| session.note(writer, "recovery-used", user))?;
    status(app, Nothing {})
}

/// The key slots; when they are lost or unreadable, new ones. The unreadable file is kept aside.
fn slots_or_new(environment: &Environment) -> Result<Slots, Fault> {
    match Slots::load(&environment.store, environment.key_cost()) {
        Err(safety_store::Error::SlotsMissing) => {}
        Err(safety_store::Error::SlotsDamaged(_)) => {
            let path = Slots::path_for(&environment.store);
            let mut aside = path.clone().into_os_string();
            aside.push(format!(".damaged-{}", environment.clock.now().timestamp()));
            std::fs::rename(&path, aside)?;
        }
        found => return Ok(found?),
    }
    Ok(Slots::create(&environment.store, environment.key_cost())?)
}

/// Opens the store and begins the user's session.
pub(crate) fn begin(app: &App, root: RootSecret, user: &str) -> Result<(), Fault> {
    let session = open(app, root, user)?;
    session
        .store
        .try_write(|writer| session.note(writer, "unlock", ""))?;
    app.begin_session(session);
    Ok(())
}

/// Opens the store for a user.
pub(crate) fn open(app: &App, root: RootSecret, user: &str) -> Result<Session, Fault> {
    let environment = &app.environment;
    let store = Store::open(&environment.store, &root.store_key())?;
    let session = store.try_read(|reader| {
        let known = reader.user(user)?.filter(|known| known.active);
        let known = known.ok_or_else(|| Fault::new("user-unknown").with("user", user))?;
        let meta = reader.meta()?;
        let display = match &known.person {
            Some(person) => super::people::person_name(reader, person)?.unwrap_or_else(|| known.name.clone()),
            None => known.name.clone(),
        };
        let user = UserView {
            name: known.name.clone(),
            role: role(&known.role),
            person: known.person,
            display,
        };
        Ok::<_, Fault>((user, meta))
    });
    let (user, meta) = session?;
    let keys = DeviceKeys::load(&store)?;
    let session = Session::new(Unlocked {
        store,
        environment: environment.clone(),
        jobs: app.jobs.clone(),
        meta,
        user,
        root,
        keys,
        lock_after_minutes: LOCK_AFTER_MINUTES,
    });
    let settings = session
        .store
        .try_read(|reader| settings::read(&session, reader))?;
    session
        .lock_after_minutes
        .store(settings.lock_after_minutes, Ordering::Relaxed);
    Ok(session)
}

pub fn lock(app: &App, _: Nothing) -> Result<AppStatus, Fault> {
    app.end_session();
    status(app, Nothing {})
}

pub fn touch(session: &Session, _: Nothing) -> Result<Done, Fault> {
    session.touch();
    Ok(Done {})
}

pub fn password_change(session: &Session, args: PasswordArgs) -> Result<Done, Fault> {
    strong_enough(&args.new)?;
    let mut slots = session.slots()?;
    let root = slots.unlock(&session.user.name, &args.old, session.now())?;
    session
        .environment
        .with_random(|fill| slots.change_password(&root, &session.user.name, &args.new, fill))??;
    session
        .store
        .try_write(|writer| session.note(writer, "password-change", &session.user.name))?;
    Ok(Done {})
}

pub fn users(session: &Session, _: Nothing) -> Result<Vec<UserView>, Fault> {
    session.store.try_read(|reader| {
        let mut users = Vec::new();
        for user in reader.users()?.into_iter().filter(|user| user.active) {
            let display = match &user.person {
                Some(person) => {
                    super::people::person_name(reader, person)?.unwrap_or_else(|| user.name.clone())
                }
                None => user.name.clone(),
            };
            users.push(UserView {
                role: role(&user.role),
                name: user.name,
                person: user.person,
                display,
            });
        }
        Ok(users)
    })
}

pub fn user_add(session: &Session, args: UserAddArgs) -> Result<Done, Fault> {
    let name = login_name(&args.name)?;
    strong_enough(&args.password)?;
    if let Some(person) = &args.person {
        let known = session
            .store
            .try_read(|reader| super::people::person_name(reader, person))?;
        known.ok_or_else(|| Fault::new("person-unknown").with("person", person))?;
    }
    let mut slots = session.slots()?;
    if slots.users().contains(&name) {
        return Err(Fault::new("user-exists").with("user", name));
    }
    // The store first: a slot without a user opens nothing, a user without a slot can be added again.
    session.store.try_write(|writer| {
        writer.set_user(&User {
            name: name.to_owned(),
            role: role_name(args.role).to_owned(),
            person: args.person.clone(),
            active: true,
            created: session.now().to_rfc3339(),
        })?;
        session.note(writer, "user-add", name)
    })?;
    session
        .environment
        .with_random(|fill| slots.add(&session.root, name, &args.password, fill))??;
    Ok(Done {})
}

pub fn user_remove(session: &Session, args: UserNameArgs) -> Result<Done, Fault> {
    let name = args.name.trim();
    if name == session.user.name {
        return Err(Fault::new("user-is-oneself").with("user", name));
    }
    let known = session.store.read(|reader| reader.user(name))?;
    if known.is_none_or(|user| !user.active) {
        return Err(Fault::new("user-unknown").with("user", name));
    }
    // The store first: a slot that stays behind opens it for nobody who is not a user.
    session.store.try_write(|writer| {
        writer.remove_user(name)?;
        session.note(writer, "user-remove", name)
    })?;
    match session.slots()?.remove(name) {
        // Without a slot since the slots were made anew with the recovery code.
        Err(safety_store::Error::UserUnknown(_)) => Ok(Done {}),
        removed => {
            removed?;
            Ok(Done {})
        }
    }
}

/// A login name without blanks around it.
pub(crate) fn login_name(name: &str) -> Result<&str, Fault> {
    /// As many characters as the ledger of people takes for a number.
    const LONGEST: usize = 30;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
        return Err(Fault::new("user-name-wrong").with("longest", LONGEST));
    }
    Ok(name)
}

/// Refuses passwords that are too short.
pub(crate) fn strong_enough(password: &str) -> Result<(), Fault> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(Fault::new("password-too-short").with("shortest", SHORTEST_PASSWORD));
    }
    Ok(())
}

/// How a role is stored.
pub(crate) fn role_name(role: Role) -> &'static str {
    match role {
        Role::Head => "head",
        Role::Officer => "officer",
        Role::Staff => "staff",
        Role::Reader => "reader",
    }
}

/// An unknown role may read only.
fn role(name: &str) -> Role {
    [Role::Head, Role::Officer, Role::Staff]
        .into_iter()
        .find(|role| role_name(*role) == name)
        .unwrap_or(Role::Reader)
}
