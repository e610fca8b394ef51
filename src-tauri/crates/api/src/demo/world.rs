//! Building the world: founding, a year day by day, letters, monthly bundles and receipts, and what is told of it.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate};
use safety_domain::calendar::WorkCalendar;
use safety_domain::institution::Level;
use safety_domain::text::Lang;
use serde_json::{Value, json};

use super::actor::{Actor, Founding, PASSWORD};
use super::occasions::Ending;
use super::script::Script;
use super::year::Waiting;
use crate::environment::Clock;
use crate::error::{Fault, WireError};
use crate::jobs::Job;
use crate::types::*;
use crate::usecases::{exchange, letters, overview};

/// Days of the demo's past.
const YEAR: u64 = 365;
/// The superior signs the letters of the new year on this day of January.
const SIGNING_DAY: u32 = 6;
/// Days at the end in which nothing was sent any more, so that the difference between saved and receipted shows.
const UNSENT_DAYS: u64 = 5;

/// How many days ago the hazards that are still within their time were found: less than the shortest deadline of
/// the standard, but not so few that they were never sent.
const OPEN_SINCE: u64 = 6;
/// And the one that is past its time: more than the longest deadline.
const OVERDUE_SINCE: u64 = 60;

/// What was built.
#[derive(Debug)]
pub struct DemoSummary {
    /// Superior's summary, paths and passwords.
    pub json: Value,
}

/// Builds a demo world in an empty folder; the year ends today.
///
/// # Errors
/// `demo-dir-not-empty`, and whatever a use case refuses.
pub fn build(dir: &Path, outlets: u32, lang: Lang) -> Result<DemoSummary, WireError> {
    let today = Clock::system().today();
    let world = World::build(
        dir,
        outlets,
        lang,
        today,
        &crate::jobs::Jobs::default().start(None),
    );
    world.and_then(|world| world.tell()).map_err(Fault::wire)
}

/// The world while it is built.
pub(crate) struct World {
    dir: PathBuf,
    lang: Lang,
    pub superior: Actor,
    pub outlets: Vec<Actor>,
    letters: Vec<Value>,
}

impl World {
    /// Founds everybody and lets a year go by. Tells the job how many days have passed.
    pub(crate) fn build(
        dir: &Path,
        outlets: u32,
        lang: Lang,
        until: NaiveDate,
        job: &Job,
    ) -> Result<Self, Fault> {
        fs::create_dir_all(dir)?;
        if fs::read_dir(dir)?.next().is_some() {
            return Err(Fault::new("demo-dir-not-empty").with("dir", dir.display()));
        }
        let dir = fs::canonicalize(dir)?;
        for part in ["stores", "machines", "letters", "exchange", "keys", "enrolment"] {
            fs::create_dir_all(dir.join(part))?;
        }
        let first = until - Days::new(YEAR);
        let mut world = Self::found(&dir, outlets, lang, first)?;
        world.write_keys()?;
        let calendar = WorkCalendar::of(&world.superior.standard);
        let codes: Vec<String> = world.outlets.iter().map(|outlet| outlet.code.clone()).collect();
        let mut waiting: Vec<Waiting> = world.outlets.iter().map(|_| Waiting::default()).collect();
        let mut day = first;
        let mut passed = 0;
        while day < until {
            if job.tell("days", passed, Some(YEAR)) {
                return Err(Fault::new("cancelled"));
            }
            for (outlet, waiting) in world.outlets.iter_mut().zip(&mut waiting) {
                outlet.outlet_day(&calendar, day, waiting)?;
            }
            // One hazard of every outlet is within its time at the end, and one of the first outlet is past it.
            if day == until - Days::new(OPEN_SINCE) {
                for (outlet, waiting) in world.outlets.iter_mut().zip(&mut waiting) {
                    outlet.hazard(day, waiting, Ending::Open)?;
                }
            }
            if day == until - Days::new(OVERDUE_SINCE)
                && let (Some(outlet), Some(waiting)) = (world.outlets.first_mut(), waiting.first_mut())
            {
                outlet.hazard(day, waiting, Ending::Open)?;
            }
            world.superior.superior_day(&codes, day)?;
            if day == first + Days::new(3) {
                world.sign_letters(first.year(), day)?;
            }
            if day.month() == 1 && day.day() == SIGNING_DAY {
                world.sign_letters(day.year(), day)?;
            }
            let last_of_month = (day + Days::new(1)).month() != day.month();
            if last_of_month && day + Days::new(UNSENT_DAYS) < until {
                world.exchange(day)?;
            }
            day = day + Days::new(1);
            passed += 1;
        }
        world.exchange_last(until)?;
        Ok(world)
    }

    fn found(dir: &Path, outlets: u32, lang: Lang, day: NaiveDate) -> Result<Self, Fault> {
        let script = Script::read(lang)?;
        let code = script.text("superior.code");
        let mut superior = Actor::found(&Founding {
            dir,
            code: code.clone(),
            name: [script.text("superior.name"), script.text("superior.name_en")],
            level: Level::SubBranch,
            post: "P06",
            seed: 100,
            day,
            lang,
        })?;
        superior.staff_superior(day)?;
        let president = superior.session.user.display.clone();
        let names = script.at("outlets").as_array().map_or(1, Vec::len).max(1);
        let mut all = Vec::new();
        for number in 0..outlets {
            let index = usize::try_from(number).unwrap_or_default();
            let again = index / names;
            let name = |part: usize| {
                let name = script.text(&format!("outlets.{}.{part}", index % names));
                if again == 0 {
                    name
                } else {
                    format!("{name} {}", again + 1)
                }
            };
            let mut outlet = Actor::found(&Founding {
                dir,
                code: format!("{code}{:03}", number + 1),
                name: [name(0), name(1)],
                level: Level::Outlet,
                post: "P09",
                seed: 200 + u64::from(number),
                day,
                lang,
            })?;
            outlet.staff_outlet(&code, &president, day)?;
            enrol(dir, &superior, &outlet)?;
            all.push(outlet);
        }
        Ok(Self {
            dir: dir.to_owned(),
            lang,
            superior,
            outlets: all,
            letters: Vec::new(),
        })
    }

    /// Every institution prints its letters of the year; all but one are signed at once.
    fn sign_letters(&mut self, year: i32, day: NaiveDate) -> Result<(), Fault> {
        let dir = self.dir.join("letters");
        let lang = self.lang;
        for (index, actor) in self.outlets.iter_mut().chain([&mut self.superior]).enumerate() {
            actor.at(day, 18, 0);
            let head = if actor.level == Level::Outlet {
                "P09"
            } else {
                "P06"
            };
            actor.acts_as(head);
            let plan = letters::plan(
                &actor.session,
                LetterPlanArgs {
                    year: Some(year),
                    institution: None,
                },
            )?;
            let wanted: Vec<_> = plan
                .rows
                .iter()
                .filter(|row| row.party_a.is_some() && row.letter.is_none())
                .collect();
            let Some(template) = plan.templates.first().filter(|_| !wanted.is_empty()) else {
                continue;
            };
            let printed = letters::print(
                &actor.session,
                LetterPrintArgs {
                    year,
                    template: template.id.clone(),
                    appointments: wanted.iter().map(|row| row.appointment.clone()).collect(),
                    lang,
                    dir: dir.display().to_string(),
                    merged: false,
                    job: None,
                },
            )?;
            for (file, letter) in printed.files.iter().zip(&printed.letters) {
                self.letters.push(json!({ "institution": actor.code, "letter": letter, "path": file.path, "pages": file.pages }));
            }
            let unsigned = usize::from(index == 0);
            for letter in printed.letters.iter().skip(unsigned) {
                letters::signed(
                    &actor.session,
                    LetterSignedArgs {
                        letter: letter.clone(),
                        date: day.to_string(),
                        place: Some(actor.script.text("sign_place")),
                        scan: None,
                        late_reason: None,
                    },
                )?;
            }
        }
        Ok(())
    }

    /// Every outlet's bundle to the superior, and the receipts back.
    fn exchange(&mut self, day: NaiveDate) -> Result<(), Fault> {
        for number in 0..self.outlets.len() {
            self.exchange_one(number, day)?;
        }
        Ok(())
    }

    fn exchange_one(&mut self, number: usize, day: NaiveDate) -> Result<(), Fault> {
        let dir = self.dir.join("exchange").display().to_string();
        let Some(outlet) = self.outlets.get_mut(number) else {
            return Ok(());
        };
        outlet.at(day, 18, 30);
        self.superior.at(day, 19, 0);
        let sent = exchange::export(
            &outlet.session,
            ExportArgs {
                dir: dir.clone(),
                from: None,
                job: None,
            },
        )?;
        let taken = exchange::import(
            &self.superior.session,
            ImportArgs {
                path: sent.path,
                reply_dir: None,
                job: None,
            },
        )?;
        outlet.at(day, 19, 30);
        for reply in taken.replies {
            exchange::import(
                &outlet.session,
                ImportArgs {
                    path: reply,
                    reply_dir: None,
                    job: None,
                },
            )?;
        }
        Ok(())
    }

    /// The last bundles: all outlets a few days ago, but for the last outlet, which is silent when there are several.
    fn exchange_last(&mut self, until: NaiveDate) -> Result<(), Fault> {
        let talking = if self.outlets.len() > 2 {
            self.outlets.len() - 1
        } else {
            self.outlets.len()
        };
        for number in 0..talking {
            self.exchange_one(number, until - Days::new(1))?;
        }
        // Written afterwards, so that each outlet holds entries the superior does not.
        for outlet in &mut self.outlets {
            outlet.at(until, 8, 20);
            outlet.acts_as("P10");
            let fields = json!({ "phase": "opening", "result": "normal", "officer": outlet.holder("P10"), "disarmed_at": "08:20" });
            let occurred = super::actor::stamp(until, 8, 20);
            outlet.write("L07", &occurred, fields)?;
        }
        self.superior.at(until, 9, 0);
        Ok(())
    }

    /// Age identities and note verifier keys, so that anyone can open and check the demo's bundles.
    fn write_keys(&self) -> Result<(), Fault> {
        for actor in self.outlets.iter().chain([&self.superior]) {
            let keys = &actor.session.keys;
            let dir = self.dir.join("keys");
            let identity = keys.identity().to_secret_text();
            fs::write(
                dir.join(format!("{}.age", actor.code)),
                format!("{}\n", identity.as_str()),
            )?;
            fs::write(
                dir.join(format!("{}.vkey", actor.code)),
                format!("{}\n", keys.signer().verifier()),
            )?;
            fs::write(
                dir.join(format!("{}.cosigner.vkey", actor.code)),
                format!("{}\n", keys.cosigner().verifier()),
            )?;
        }
        Ok(())
    }

    /// The superior's summary, written beside the rest and given back.
    pub(crate) fn tell(self) -> Result<DemoSummary, Fault> {
        let overview = overview::overview(&self.superior.session, OverviewArgs::default())?;
        let stores = |actor: &Actor| {
            json!({
                "institution": actor.code, "level": actor.level, "store": actor.store, "user": "head",
                "password": PASSWORD, "origin": actor.session.keys.origin(),
            })
        };
        let json = json!({
            "demo": true,
            "dir": self.dir,
            "date": self.superior.session.today().to_string(),
            "lang": self.lang,
            "superior": stores(&self.superior),
            "outlets": self.outlets.iter().map(stores).collect::<Vec<_>>(),
            "letters": self.letters,
            "letters_dir": self.dir.join("letters"),
            "exchange_dir": self.dir.join("exchange"),
            "keys_dir": self.dir.join("keys"),
            "summary": overview,
        });
        let text = serde_json::to_vec_pretty(&json)
            .map_err(|error| Fault::new("result-unwritable").with("detail", error))?;
        crate::files::write_whole(&self.dir.join("summary.json"), &text)?;
        Ok(DemoSummary { json })
    }
}

/// Request, comparison of fingerprints, approval, acceptance: as two people would do it on the telephone.
fn enrol(dir: &Path, superior: &Actor, outlet: &Actor) -> Result<(), Fault> {
    let dir = dir.join("enrolment").display().to_string();
    let request = exchange::enrol_request(&outlet.session, DirArgs { dir: dir.clone() })?;
    let approval = exchange::enrol_approve(
        &superior.session,
        EnrolApproveArgs {
            path: request.path,
            fingerprint: request.fingerprint,
            dir,
        },
    )?;
    let accept = EnrolAcceptArgs {
        path: approval.path,
        fingerprint: approval.fingerprint,
    };
    exchange::enrol_accept(&outlet.session, accept).map(drop)
}
