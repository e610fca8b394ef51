//! First run: creating the store, or a demo store; the recovery sheet; checking standards.

use std::path::Path;

use safety_domain::directory::NoDirectory;
use safety_domain::record::RecordBody;
use safety_domain::standard::{Standard, SystemRole};
use safety_domain::validate::{Context, normalise, read_date, validate_record};
use safety_exchange::{DeviceSecrets, SECRET_BYTES};
use safety_store::slots::Slots;
use safety_store::users::User;
use safety_store::{NewStore, RootSecret, Store, recovery};
use serde_json::json;

use super::session::{begin, login_name, role_name, strong_enough};
use crate::app::App;
use crate::environment::Environment;
use crate::error::Fault;
use crate::paper::{self, Fonts, Imprint};
use crate::session::{Session, Version, body};
use crate::standards;
use crate::types::*;

pub fn default_standard(_: &App, _: Nothing) -> Result<Standard, Fault> {
    Ok(standards::default()?.as_ref().clone())
}

pub fn standard_check(_: &App, args: PathArgs) -> Result<StandardCheck, Fault> {
    Ok(match standards::read(Path::new(&args.path))? {
        Ok(standard) => StandardCheck {
            reference: Some(standard.reference()),
            faults: Vec::new(),
        },
        Err(faults) => StandardCheck {
            reference: None,
            faults,
        },
    })
}

pub fn create(app: &App, args: SetupArgs) -> Result<SetupDone, Fault> {
    create_store(app, args, false)
}

/// Creates a store with its first user, who is signed in afterwards. Whatever is wrong with the answers is told before
/// anything is written; an attempt that fails later leaves nothing behind.
pub(crate) fn create_store(app: &App, args: SetupArgs, demo: bool) -> Result<SetupDone, Fault> {
    let environment = &app.environment;
    if environment.store.exists() {
        return Err(Fault::new("store-exists").with("path", environment.store.display()));
    }
    let code = institution_code(&args.code)?.to_owned();
    let user = login_name(&args.user)?.to_owned();
    strong_enough(&args.password)?;
    for (field, value) in [("name_zh", &args.name_zh), ("person_name", &args.person_name)] {
        if value.trim().is_empty() {
            return Err(Fault::new("field-required").with("field", field));
        }
    }
    let standard = standards::default()?;
    if let Some(post) = args.post.as_deref().filter(|post| !post.is_empty()) {
        standard
            .post(post)
            .filter(|post| post.levels.contains(&args.level))
            .ok_or_else(|| Fault::new("post-unknown").with("post", post))?;
    }
    let opened = match args.opened.as_deref().filter(|day| !day.trim().is_empty()) {
        Some(day) => read_date(day).ok_or_else(|| Fault::new("date-wrong").with("value", day))?,
        None => environment.clock.today(),
    };
    let person = environment.new_id()?;
    let founding = Founding {
        app,
        records: first_records(environment, &standard, &args, &code, person, opened)?,
        standard,
        code,
        user,
        person,
        demo,
        args,
    };
    let mut made = false;
    founding.write(&mut made).inspect_err(|_| {
        app.end_session();
        discard(&environment.store, made);
    })
}

/// Removes what a failed attempt left: the key slots, and the store if it was made by this attempt.
fn discard(store: &Path, made: bool) {
    let endings: &[&str] = if made {
        &["", "-wal", "-shm", ".keys"]
    } else {
        &[".keys"]
    };
    for ending in endings {
        let mut name = store.as_os_str().to_os_string();
        name.push(ending);
        let _ = std::fs::remove_file(name);
    }
}

/// A first record of the log.
struct First {
    role: SystemRole,
    id: uuid::Uuid,
    body: RecordBody,
}

/// Answers that were found right.
struct Founding<'a> {
    app: &'a App,
    args: SetupArgs,
    standard: std::sync::Arc<Standard>,
    code: String,
    user: String,
    /// Person record of the first user.
    person: uuid::Uuid,
    records: Vec<First>,
    demo: bool,
}

impl Founding<'_> {
    /// Writes key slots, store and first records. Tells by `made` that the store's file is its own.
    fn write(&self, made: &mut bool) -> Result<SetupDone, Fault> {
        let environment = &self.app.environment;
        let now = environment.clock.now().to_rfc3339();
        let root = environment.with_random(RootSecret::generate)?;
        let mut random = zeroize::Zeroizing::new([0; SECRET_BYTES]);
        environment.fill_random(random.as_mut())?;
        let secrets = DeviceSecrets::from_random(&random);
        if let Some(dir) = environment.store.parent() {
            std::fs::create_dir_all(dir)?;
        }
        // Slots of a store that never came to be must not keep a second attempt from succeeding.
        if Slots::exist(&environment.store) {
            std::fs::remove_file(Slots::path_for(&environment.store))?;
        }
        let meta = NewStore {
            institution: self.code.clone(),
            level: self.args.level,
            device: secrets.device_id()?,
            demo: self.demo,
            created: now.clone(),
        };
        let mut slots = Slots::create(&environment.store, environment.key_cost())?;
        environment.with_random(|fill| slots.add(&root, &self.user, &self.args.password, fill))??;
        let store = Store::create(&environment.store, &root.store_key(), &meta)?;
        *made = true;
        let json = serde_json::to_string(self.standard.as_ref())
            .map_err(|error| Fault::new("result-unwritable").with("detail", error))?;
        store.try_write(|writer| {
            secrets.install(writer, environment.clock.now())?;
            writer.add_standard(&json, None, &now)?;
            writer.set_user(&User {
                name: self.user.clone(),
                role: role_name(Role::Head).to_owned(),
                person: Some(self.person.to_string()),
                active: true,
                created: now.clone(),
            })?;
            Ok::<_, Fault>(())
        })?;
        drop(store);
        let recovery_code = recovery::encode(&root).to_string();
        // Written before anybody is signed in by name, so that the name is already on record then.
        self.append(super::session::open(self.app, root.clone(), &self.user)?)?;
        begin(self.app, root, &self.user)?;
        Ok(SetupDone {
            recovery_code,
            store: environment.store.display().to_string(),
        })
    }

    fn append(&self, session: Session) -> Result<(), Fault> {
        session.store.try_write(|writer| {
            for first in &self.records {
                let ledger = Session::role_ledger(&self.standard, first.role)?;
                session.append(
                    writer,
                    Version {
                        id: first.id,
                        ledger: &ledger,
                        body: &first.body,
                        previous: Vec::new(),
                    },
                )?;
            }
            super::settings::store(
                writer,
                &Settings {
                    lang: self.args.lang,
                    lock_after_minutes: crate::session::LOCK_AFTER_MINUTES,
                    exchange_dir: None,
                    print_dir: None,
                },
            )?;
            session.note(writer, "setup", &self.code)
        })
    }
}

/// The institution, its first person and that person's post, held to the rules of their ledgers.
fn first_records(
    environment: &Environment,
    standard: &Standard,
    args: &SetupArgs,
    code: &str,
    person: uuid::Uuid,
    opened: chrono::NaiveDate,
) -> Result<Vec<First>, Fault> {
    let now = environment.clock.now();
    let level = serde_json::to_value(args.level).unwrap_or_default();
    let institution = json!({
        "code": code, "name_zh": args.name_zh, "name_en": args.name_en, "level": level,
        "opened": opened.to_string(),
    });
    let first = json!({ "name": args.person_name, "employee_no": args.user, "status": "active" });
    let mut wanted = vec![
        (SystemRole::Institution, environment.new_id()?, institution),
        (SystemRole::Person, person, first),
    ];
    if let Some(post) = args.post.as_deref().filter(|post| !post.is_empty()) {
        let appointment = json!({ "person": person.to_string(), "post": post, "institution": code });
        wanted.push((SystemRole::Appointment, environment.new_id()?, appointment));
    }
    let mut records = Vec::new();
    let mut faults = Vec::new();
    for (role, id, fields) in wanted {
        let ledger = Session::role_ledger(standard, role)?;
        let body = normalise(standard, &ledger, &body(now.date_naive(), fields));
        let context = Context {
            now,
            first_entry: None,
            directory: &NoDirectory,
        };
        faults.extend(super::records::errors(validate_record(
            standard, &ledger, &body, context,
        )));
        records.push(First { role, id, body });
    }
    if faults.is_empty() {
        Ok(records)
    } else {
        Err(Fault {
            faults,
            ..Fault::new("form-refused")
        })
    }
}

pub fn recovery_print(app: &App, args: RecoveryPrintArgs) -> Result<WrittenFile, Fault> {
    // A sheet with a mistyped code would be found out on the worst day.
    recovery::decode(&args.code)?;
    app.environment.may_write(Path::new(&args.path))?;
    let imprint = match app.session() {
        Some(session) => {
            let lang = session
                .store
                .try_read(|reader| super::settings::read(&session, reader))?
                .lang;
            super::people::imprint(&session, lang)?
        }
        None => Imprint {
            lang: app.environment.system_lang,
            institution: String::new(),
            demo: false,
            now: app.environment.clock.now(),
        },
    };
    let fonts = Fonts::default();
    paper::print(
        &paper::recovery::sheet(&imprint, &args.code),
        fonts.get(&app.environment.font_dirs)?,
        Path::new(&args.path),
    )
}

/// Letters, digits and dashes, so that it can stand in an origin and in a file name.
fn institution_code(code: &str) -> Result<&str, Fault> {
    /// As many characters as the ledger of institutions takes.
    const LONGEST: usize = 20;
    let code = code.trim();
    let fits = !code.is_empty()
        && code.len() <= LONGEST
        && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && code.starts_with(|c: char| c.is_ascii_alphanumeric());
    if fits {
        Ok(code)
    } else {
        Err(Fault::new("institution-code-wrong").with("longest", LONGEST))
    }
}
