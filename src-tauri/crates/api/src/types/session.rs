//! Set-up, unlocking, users, settings, standards.

use safety_domain::institution::Level;
use safety_domain::text::{Lang, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Secret;

/// Where the program stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// No store yet: the first-run assistant.
    Setup,
    /// A store, but nobody has unlocked it.
    Locked,
    /// Somebody works in it.
    Unlocked,
}

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Outlet head or head of the superior's security department; manages users and exchange.
    Head,
    /// Security officer (安全员) or specialist of the department.
    Officer,
    /// Staff who may write records.
    Staff,
    /// May read only.
    Reader,
}

/// State of the program, known without unlocking except where it says so.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AppStatus {
    /// Where the program stands.
    pub phase: Phase,
    /// Program version.
    pub version: String,
    /// Path of the store.
    pub store: String,
    /// Names of users with a key slot.
    pub users: Vec<String>,
    /// Suggested language from the system, or the chosen one.
    pub lang: Lang,
    /// Whether this is a demo store. Known when unlocked.
    pub demo: bool,
    /// The institution; known when unlocked.
    pub institution: Option<InstitutionBrief>,
    /// The user; known when unlocked.
    pub user: Option<UserView>,
    /// Minutes without activity after which the program locks.
    pub lock_after_minutes: u32,
    /// The day the program works with, `YYYY-MM-DD`.
    pub today: String,
    /// Now, RFC 3339.
    pub now: String,
}

/// An institution in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InstitutionBrief {
    /// Code (机构号).
    pub code: String,
    /// Name.
    pub name: Text,
    /// Level.
    pub level: Level,
    /// Code of the superior, when known.
    pub superior: Option<String>,
}

/// A user of this PC.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UserView {
    /// Login name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Person record behind the user.
    pub person: Option<String>,
    /// Display name.
    pub display: String,
}

/// Arguments of the first-run assistant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupArgs {
    /// Language of the program.
    pub lang: Lang,
    /// Level of this institution; `outlet` is "I am an outlet", anything else "I am a superior bank".
    pub level: Level,
    /// Institution code.
    pub code: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    #[serde(default)]
    pub name_en: String,
    /// Day on which the institution was opened, `YYYY-MM-DD`; today when absent.
    #[serde(default)]
    pub opened: Option<String>,
    /// Name of the first user as a person.
    pub person_name: String,
    /// Post that this person holds, from the standard; none = recorded later.
    #[serde(default)]
    pub post: Option<String>,
    /// Login name.
    pub user: String,
    /// Password.
    pub password: Secret,
}

/// What the first-run assistant made.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupDone {
    /// Recovery code (恢复码) in groups; shown once and printable.
    pub recovery_code: String,
    /// Path of the store.
    pub store: String,
}

/// Arguments of a demo store made from the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupDemoArgs {
    /// Language.
    pub lang: Lang,
    /// Whether to look at the demo world as its superior or as its first outlet.
    pub superior: bool,
    /// Name under which progress is told.
    #[serde(default)]
    pub job: Option<String>,
}

/// The user and password of a demo store.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupDemoDone {
    /// Login name.
    pub user: String,
    /// Password.
    pub password: String,
    /// Path of the store.
    pub store: String,
}

/// Unlocking.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct UnlockArgs {
    /// Login name.
    pub user: String,
    /// Password.
    pub password: Secret,
}

/// Unlocking with the recovery code and giving a user a new password.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoverArgs {
    /// The recovery code; spaces, case and look-alike letters do not matter.
    pub code: Secret,
    /// User who gets the new password.
    pub user: String,
    /// The new password.
    pub new_password: Secret,
}

/// Changing one's own password.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct PasswordArgs {
    /// The present password.
    pub old: Secret,
    /// The new one.
    pub new: Secret,
}

/// A new user.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct UserAddArgs {
    /// Login name.
    pub name: String,
    /// First password.
    pub password: Secret,
    /// Role.
    pub role: Role,
    /// Person record.
    #[serde(default)]
    pub person: Option<String>,
}

/// A user by name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UserNameArgs {
    /// Login name.
    pub name: String,
}

/// Settings of this PC.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Language.
    pub lang: Lang,
    /// Minutes without activity after which the program locks, 1–240.
    pub lock_after_minutes: u32,
    /// Folder last used for exchange.
    #[serde(default)]
    pub exchange_dir: Option<String>,
    /// Folder last used for PDF.
    #[serde(default)]
    pub print_dir: Option<String>,
}

/// The recovery code to be printed on a sheet.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct RecoveryPrintArgs {
    /// The code as shown.
    pub code: Secret,
    /// File to write.
    pub path: String,
}

/// A standard in the store.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandardBrief {
    /// `id@version`.
    pub reference: String,
    /// Title.
    pub title: Text,
    /// First day in force.
    pub effective_from: String,
    /// Whether it is the one in force today.
    pub in_force: bool,
}

/// Result of checking a standard.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StandardCheck {
    /// `id@version`, when it could be read.
    pub reference: Option<String>,
    /// All faults; empty = sound.
    pub faults: Vec<safety_domain::standard::Fault>,
}

/// A line of the who-did-what log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityRow {
    /// When, RFC 3339.
    pub at: String,
    /// Login name.
    pub user: String,
    /// Stable key of the action, such as `record-save`.
    pub action: String,
    /// Record, file or user it concerned.
    pub subject: String,
}

/// A page of something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PageArgs {
    /// Rows to skip.
    #[serde(default)]
    pub offset: u32,
    /// Rows wanted, at most 500.
    #[serde(default = "default_limit")]
    pub limit: u32,
}

fn default_limit() -> u32 {
    50
}

/// One difference found when a store is verified.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DifferenceView {
    /// Code; sentences in the message files.
    pub code: String,
    /// Log, position, record… it concerns.
    pub fields: std::collections::BTreeMap<String, String>,
}

/// Result of verifying a store.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerifyReport {
    /// Logs recomputed.
    pub logs: Vec<VerifiedLog>,
    /// Differences; empty = all is as it should be.
    pub differences: Vec<DifferenceView>,
}

/// A log whose root was recomputed from its bytes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerifiedLog {
    /// Origin.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// Root, base64.
    pub root: String,
    /// Size up to which a cosignature was verified.
    pub receipted: u64,
}
