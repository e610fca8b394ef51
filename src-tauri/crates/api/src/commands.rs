//! The one command list. A command is declared here once, with its types, who may call it, and the use case behind it.

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::access::Access;
use crate::app::App;
use crate::error::{Fault, WireError};
use crate::types::*;
use crate::usecases::{exchange, jobs, letters, overview, people, records, session, settings, setup, today};

/// Sees every command with its types.
pub(crate) trait CommandTypes {
    /// One command.
    fn command<A: TS + 'static, R: TS + 'static>(&mut self, name: &str, about: &str);
}

/// How Rust types are written in TypeScript: 64-bit numbers stay below 2^53 and are plain numbers.
pub(crate) fn typescript_config() -> ts_rs::Config {
    ts_rs::Config::new().with_large_int("number")
}

/// A command as `safetyctl commands --json` lists it.
#[derive(Debug, Clone, Serialize)]
pub struct CommandInfo {
    /// Name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Who may call it.
    pub access: Access,
    /// TypeScript type of its arguments.
    pub args: String,
    /// TypeScript type of its result.
    pub result: String,
}

macro_rules! command_list {
    ($( #[doc = $about:literal] $access:ident $name:ident($args:ty) -> $result:ty = $act:path; )*) => {
        fn dispatch(app: &App, name: &str, args: Value) -> Result<Value, WireError> {
            match name {
                $( stringify!($name) => call!($access, app, args, $args, $act), )*
                _ => Err(Fault::new("command-unknown").with("command", name)),
            }
            .map_err(Fault::wire)
        }

        /// All commands with their types.
        pub fn commands() -> Vec<CommandInfo> {
            let config = typescript_config();
            vec![$( CommandInfo {
                name: stringify!($name),
                about: $about.trim_ascii(),
                access: Access::$access,
                args: <$args as ts_rs::TS>::inline(&config),
                result: <$result as ts_rs::TS>::inline(&config),
            }, )*]
        }

        /// Visits the types of all commands: name, arguments, result, explanation.
        pub(crate) fn visit_types(visitor: &mut impl CommandTypes) {
            $( visitor.command::<$args, $result>(stringify!($name), $about.trim_ascii()); )*
        }

        /// Keeps declared result types and those of the use cases the same.
        #[allow(dead_code, clippy::type_complexity)]
        fn same_types() {
            $( check!($access, $args, $result, $act); )*
        }
    };
}

macro_rules! call {
    (Anyone, $app:ident, $args:ident, $type:ty, $act:path) => {
        read::<$type>($args)
            .and_then(|args| $act($app, args))
            .and_then(|result| write(&result))
    };
    ($access:ident, $app:ident, $args:ident, $type:ty, $act:path) => {
        read::<$type>($args)
            .and_then(|args| $act(&*$app.session_for(Access::$access)?, args))
            .and_then(|result| write(&result))
    };
}

macro_rules! check {
    (Anyone, $args:ty, $result:ty, $act:path) => {
        let _: fn(&App, $args) -> Result<$result, Fault> = $act;
    };
    ($access:ident, $args:ty, $result:ty, $act:path) => {
        let _: fn(&crate::session::Session, $args) -> Result<$result, Fault> = $act;
    };
}

fn read<T: serde::de::DeserializeOwned>(args: Value) -> Result<T, Fault> {
    let args = if args.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        args
    };
    serde_json::from_value(args).map_err(|error| Fault::new("arguments-wrong").with("detail", error))
}

fn write<T: Serialize>(result: &T) -> Result<Value, Fault> {
    serde_json::to_value(result).map_err(|error| Fault::new("result-unwritable").with("detail", error))
}

impl App {
    /// Runs one command with JSON arguments.
    ///
    /// # Errors
    /// Whatever the command refuses, as a code with fields.
    pub fn call(&self, name: &str, args: Value) -> Result<Value, WireError> {
        dispatch(self, name, args)
    }
}

command_list! {
    /// Where the program stands: set-up, locked or unlocked.
    Anyone app_status(Nothing) -> AppStatus = session::status;
    /// The default standard, for the first-run assistant.
    Anyone standard_default(Nothing) -> safety_domain::standard::Standard = setup::default_standard;
    /// First run: creates the store, the first user and the recovery code.
    Anyone setup_create(SetupArgs) -> SetupDone = setup::create;
    /// First run: creates a demo store with a year of records.
    Anyone setup_demo(SetupDemoArgs) -> SetupDemoDone = crate::demo::for_window;
    /// Writes the recovery code on a printable sheet.
    Anyone recovery_print(RecoveryPrintArgs) -> WrittenFile = setup::recovery_print;
    /// Unlocks the store with a user's password.
    Anyone unlock(UnlockArgs) -> AppStatus = session::unlock;
    /// Unlocks with the recovery code and gives a user a new password.
    Anyone unlock_with_recovery(RecoverArgs) -> AppStatus = session::recover;
    /// Locks the store.
    Anyone lock(Nothing) -> AppStatus = session::lock;
    /// Progress of a long action.
    Anyone job_progress(JobArgs) -> Progress = jobs::progress;
    /// Asks a long action to stop; nothing half done remains.
    Anyone job_cancel(JobArgs) -> Done = jobs::cancel;

    /// Tells that somebody is working, so that the program does not lock itself.
    Reader touch(Nothing) -> Done = session::touch;
    /// Changes the user's own password.
    Reader password_change(PasswordArgs) -> Done = session::password_change;
    /// Users of this PC.
    Reader users_list(Nothing) -> Vec<UserView> = session::users;
    /// Adds a user.
    Head user_add(UserAddArgs) -> Done = session::user_add;
    /// Removes a user's access; what the user wrote stays.
    Head user_remove(UserNameArgs) -> Done = session::user_remove;
    /// Settings of this PC.
    Reader settings_get(Nothing) -> Settings = settings::get;
    /// Changes settings of this PC.
    Reader settings_set(Settings) -> Settings = settings::set;
    /// Who did what, newest first.
    Officer activity_list(PageArgs) -> Vec<ActivityRow> = settings::activity;
    /// Recomputes every log from its bytes and reports each difference.
    Reader verify(Nothing) -> VerifyReport = settings::verify;
    /// Writes an encrypted copy of the store and its key slots.
    Head backup(DirArgs) -> WrittenFile = settings::backup;

    /// The standard in force today.
    Reader standard_current(Nothing) -> safety_domain::standard::Standard = settings::standard_current;
    /// All standards in the store.
    Reader standards_list(Nothing) -> Vec<StandardBrief> = settings::standards;
    /// Checks a standard in a file or folder and reports all faults with their place.
    Anyone standard_check(PathArgs) -> StandardCheck = setup::standard_check;

    /// Ledgers with what they hold.
    Reader ledgers_list(Nothing) -> Vec<LedgerBrief> = records::ledgers;
    /// A page of records.
    Reader records_list(RecordsQuery) -> RecordsPage = records::list;
    /// A record with its history.
    Reader record_get(IdArgs) -> RecordDetail = records::get;
    /// Checks a form without saving it.
    Reader record_check(CheckArgs) -> Checked = records::check;
    /// Saves a new record or a correction.
    Staff record_save(SaveArgs) -> Saved = records::save;
    /// Withdraws a record; its versions stay.
    Officer record_withdraw(WithdrawArgs) -> Done = records::withdraw;
    /// Prints one record.
    Reader record_print(RecordPrintArgs) -> WrittenFile = records::print;
    /// Prints a ledger.
    Reader ledger_print(LedgerPrintArgs) -> WrittenFile = records::print_list;
    /// Saves a draft.
    Staff draft_save(DraftSaveArgs) -> DraftView = records::draft_save;
    /// The user's waiting drafts.
    Staff drafts_list(Nothing) -> Vec<DraftView> = records::drafts;
    /// Throws a draft away.
    Staff draft_discard(IdArgs) -> Done = records::draft_discard;
    /// Brings a file into the store.
    Staff attachment_add(AttachPathArgs) -> safety_domain::record::Attachment = records::attach_path;
    /// Brings bytes into the store.
    Staff attachment_add_bytes(AttachBytesArgs) -> safety_domain::record::Attachment = records::attach_bytes;
    /// An attachment's bytes.
    Reader attachment_get(AttachmentArgs) -> AttachmentBytes = records::attachment;
    /// Writes an attachment to a file.
    Reader attachment_export(AttachmentExportArgs) -> WrittenFile = records::attachment_export;
    /// Looks people, facilities or institutions up by a few letters.
    Reader lookup(LookupArgs) -> Vec<LookupRow> = people::lookup;
    /// Posts of an institution with their holders.
    Reader posts_list(PostsArgs) -> Vec<PostView> = people::posts;
    /// The institution and those below it.
    Reader institutions_list(Nothing) -> Vec<InstitutionBrief> = people::institutions;

    /// The page of the day.
    Reader today_page(Nothing) -> TodayPage = today::page;
    /// Obligations of a span, with compliance by duty.
    Reader obligations_list(ObligationsArgs) -> ObligationsPage = today::obligations;

    /// Who signs a letter with whom, and what is signed.
    Reader letters_plan(LetterPlanArgs) -> LetterPlan = letters::plan;
    /// Prints letters of responsibility and records that they were prepared.
    Staff letters_print(LetterPrintArgs) -> LettersPrinted = letters::print;
    /// Records that a letter was signed.
    Staff letter_signed(LetterSignedArgs) -> Saved = letters::signed;

    /// How the exchange stands.
    Reader exchange_status(Nothing) -> ExchangeStatus = exchange::status;
    /// Writes an enrolment request for the superior.
    Head enrol_request(DirArgs) -> EnrolFile = exchange::enrol_request;
    /// Shows what an enrolment file says, with its fingerprint.
    Reader enrol_review(PathArgs) -> EnrolReview = exchange::enrol_review;
    /// Approves a request after the fingerprint was compared by voice.
    Head enrol_approve(EnrolApproveArgs) -> EnrolFile = exchange::enrol_approve;
    /// Accepts the superior's approval.
    Head enrol_accept(EnrolAcceptArgs) -> ExchangeStatus = exchange::enrol_accept;
    /// Writes a signed, encrypted bundle.
    Officer bundle_export(ExportArgs) -> Exported = exchange::export;
    /// Reads bundles or replies, and writes replies with receipts.
    Officer bundle_import(ImportArgs) -> Imported = exchange::import;
    /// What was exchanged, newest first.
    Reader exchange_history(PageArgs) -> Vec<ExchangeEvent> = exchange::history;

    /// All institutions below: news, compliance, hazards, letters.
    Reader overview(OverviewArgs) -> Overview = overview::overview;
    /// One institution below in detail.
    Reader overview_outlet(OutletArgs) -> OutletDetail = overview::outlet;
}
