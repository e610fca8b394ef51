// Written by `make types` from the Rust types; do not edit.

/**
 * A line of the who-did-what log.
 */
export type ActivityRow = { 
/**
 * When, RFC 3339.
 */
at: string, 
/**
 * Login name.
 */
user: string, 
/**
 * Stable key of the action, such as `record-save`.
 */
action: string, 
/**
 * Record, file or user it concerned.
 */
subject: string, };

/**
 * State of the program, known without unlocking except where it says so.
 */
export type AppStatus = { 
/**
 * Where the program stands.
 */
phase: Phase, 
/**
 * Program version.
 */
version: string, 
/**
 * Path of the store.
 */
store: string, 
/**
 * Names of users with a key slot.
 */
users: Array<string>, 
/**
 * Suggested language from the system, or the chosen one.
 */
lang: Lang, 
/**
 * Whether this is a demo store. Known when unlocked.
 */
demo: boolean, 
/**
 * The institution; known when unlocked.
 */
institution: InstitutionBrief | null, 
/**
 * The user; known when unlocked.
 */
user: UserView | null, 
/**
 * Minutes without activity after which the program locks.
 */
lock_after_minutes: number, 
/**
 * The day the program works with, `YYYY-MM-DD`.
 */
today: string, 
/**
 * Now, RFC 3339.
 */
now: string, };

/**
 * Bytes brought in as an attachment (drag or paste).
 */
export type AttachBytesArgs = { 
/**
 * File name.
 */
name: string, 
/**
 * Media type.
 */
media_type: string, 
/**
 * Base64 of the bytes.
 */
base64: string, };

/**
 * A file brought in as an attachment.
 */
export type AttachPathArgs = { 
/**
 * File on this machine.
 */
path: string, };

/**
 * An attachment of a record: photo, scan or document.
 */
export type Attachment = { 
/**
 * SHA-256 of the bytes, 64 lower-case hex digits.
 */
sha256: string, 
/**
 * File name given by the user.
 */
name: string, 
/**
 * Media type, such as `image/jpeg`.
 */
type: string, 
/**
 * Size in bytes.
 */
size: number, 
/**
 * The field it belongs to, when it was attached to one.
 */
field?: string | null, };

/**
 * An attachment by hash.
 */
export type AttachmentArgs = { 
/**
 * SHA-256, hex.
 */
sha256: string, };

/**
 * An attachment's bytes.
 */
export type AttachmentBytes = { 
/**
 * Media type.
 */
media_type: string, 
/**
 * Base64 of the bytes.
 */
base64: string, };

/**
 * An attachment to be written to a file.
 */
export type AttachmentExportArgs = { 
/**
 * SHA-256, hex.
 */
sha256: string, 
/**
 * File to write.
 */
path: string, };

/**
 * Where a rule comes from.
 */
export type Basis = { 
/**
 * How sure it is.
 */
certainty: Certainty, 
/**
 * Regulation and clause, or the kind of source.
 */
source: Text, };

/**
 * Public holidays and working weekends by year.
 */
export type Calendar = { 
/**
 * Years that are laid down; others know weekends only.
 */
years: Array<CalendarYear>, 
/**
 * Source.
 */
basis: Basis, };

/**
 * The days of one year that differ from the ordinary week.
 */
export type CalendarYear = { 
/**
 * The year.
 */
year: number, 
/**
 * Statutory holidays.
 */
holidays: Array<Holiday>, 
/**
 * Saturdays and Sundays that are worked (调休).
 */
working_weekends: string[], 
/**
 * Laid down by the State Council's notice; a year that is not is a draft for the bank to correct.
 */
confirmed: boolean, };

/**
 * How sure a figure or rule of the standard is. Anything but law is an editable default.
 */
export type Certainty = "law" | "practice" | "proposal";

/**
 * Checking without saving.
 */
export type CheckArgs = { 
/**
 * Ledger.
 */
ledger: string, 
/**
 * What would be written down.
 */
body: RecordBody, 
/**
 * Whether it corrects an existing record.
 */
correction: boolean, };

/**
 * One item of the checklist.
 */
export type CheckItem = { 
/**
 * Identifier, such as `C31`.
 */
id: string, 
/**
 * What must be true.
 */
text: Text, 
/**
 * Facility classes it looks at.
 */
facilities?: Array<string>, 
/**
 * Source.
 */
basis: Basis, };

/**
 * A section of the inspection checklist.
 */
export type CheckSection = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Items.
 */
items: Array<CheckItem>, };

/**
 * Faults of a form.
 */
export type Checked = { 
/**
 * All faults in one pass; empty = may be saved.
 */
faults: Array<FieldFaultView>, 
/**
 * Whether the entry will be marked late (补录) and needs a reason.
 */
late: boolean, };

/**
 * One choice.
 */
export type Choice = { 
/**
 * Identifier, stored in records.
 */
id: string, 
/**
 * Label.
 */
label: Text, 
/**
 * As a state: the record is still open.
 */
open?: boolean, 
/**
 * As a state: shown in red (failed, faulty).
 */
bad?: boolean, };

/**
 * A named list of choices.
 */
export type ChoiceList = { 
/**
 * Identifier.
 */
id: string, 
/**
 * The choices in order.
 */
choices: Array<Choice>, };

/**
 * How a field stands in a list and on paper.
 */
export type Column = { 
/**
 * Width on screen in pixels.
 */
width: number, 
/**
 * Share of the width on paper, in arbitrary units.
 */
print: number, };

/**
 * How one duty stands over a span.
 */
export type ComplianceView = { 
/**
 * Duty.
 */
duty: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Obligations whose time has come.
 */
due: number, 
/**
 * Done in time.
 */
done: number, 
/**
 * Done or entered late.
 */
late: number, 
/**
 * Overdue or missed.
 */
missing: number, 
/**
 * Not applicable.
 */
not_applicable: number, };

/**
 * A field has one of the named values; a field of several choices has at least one of them among its values.
 */
export type Condition = { 
/**
 * Field identifier.
 */
field: string, 
/**
 * Values, any of which will do.
 */
is: Array<string>, };

/**
 * How days are counted.
 */
export type DayKind = "calendar" | "working";

/**
 * Deadlines and tolerances.
 */
export type Deadlines = { 
/**
 * An entry made more than so many days after its act is late (补录).
 */
late_after_days: number, 
/**
 * Working days within which a letter is due after an appointment.
 */
letter_working_days: number, 
/**
 * Days for eliminating a hazard by grade identifier (choices of the hazard ledger's field `grade`).
 */
hazard_days: { [key in string]: number }, 
/**
 * Days without news after which an outlet counts as silent.
 */
silent_after_days: number, 
/**
 * Days before an expiry date from which it is shown.
 */
expiry_lead_days: number, 
/**
 * Days before a statutory holiday in which the tests that precede it are done.
 */
before_holiday_days: number, 
/**
 * A new outlet's first period counts when at least this percentage of it lies ahead; otherwise the next one does.
 */
first_period_percent: number, 
/**
 * Source.
 */
basis: Basis, };

/**
 * One difference found when a store is verified.
 */
export type DifferenceView = { 
/**
 * Code; sentences in the message files.
 */
code: string, 
/**
 * Log, position, record… it concerns.
 */
fields: { [key in string]: string }, };

/**
 * Where to put a file.
 */
export type DirArgs = { 
/**
 * Folder.
 */
dir: string, };

/**
 * A finished action without further result.
 */
export type Done = Record<symbol, never>;

/**
 * A draft, saved on every change.
 */
export type DraftSaveArgs = { 
/**
 * Draft; none = a new one.
 */
id?: string, 
/**
 * Ledger.
 */
ledger: string, 
/**
 * Record that is being corrected.
 */
record?: string, 
/**
 * Whatever is in the form.
 */
content: unknown, };

/**
 * A waiting draft.
 */
export type DraftView = { 
/**
 * Draft.
 */
id: string, 
/**
 * Ledger.
 */
ledger: string, 
/**
 * Record that is being corrected.
 */
record: string | null, 
/**
 * Last change, RFC 3339.
 */
updated: string, 
/**
 * Whatever was in the form.
 */
content: unknown, };

/**
 * A duty (职责) of one or more posts.
 */
export type Duty = { 
/**
 * Identifier, such as `D17`.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Clause for letters of responsibility, in the form "is to …".
 */
clause: Text, 
/**
 * Posts that answer for it; any holder of any of them may do it.
 */
posts: Array<string>, 
/**
 * Levels of institution at which it arises.
 */
levels: Array<Level>, 
/**
 * How often.
 */
frequency: Frequency, 
/**
 * Other frequencies where the outlet's profile says so; the first that applies counts.
 */
overrides?: Array<FrequencyOverride>, 
/**
 * What proves it.
 */
evidence: Evidence, 
/**
 * Days before the end of a period from which it is shown as due soon.
 */
lead_days: number, 
/**
 * Days after the period's end within which an entry still counts as on time.
 */
grace_days: number, 
/**
 * Source.
 */
basis: Basis, };

/**
 * Accepting an approval after the superior's fingerprint was compared.
 */
export type EnrolAcceptArgs = { 
/**
 * Approval file.
 */
path: string, 
/**
 * The superior's fingerprint as read over the telephone.
 */
fingerprint: string, };

/**
 * Approving a request after the fingerprint was compared.
 */
export type EnrolApproveArgs = { 
/**
 * Request file.
 */
path: string, 
/**
 * Fingerprint as read over the telephone; must be the file's.
 */
fingerprint: string, 
/**
 * Folder for the approval file.
 */
dir: string, };

/**
 * An enrolment request or approval that was written.
 */
export type EnrolFile = { 
/**
 * File.
 */
path: string, 
/**
 * Fingerprint to be compared by voice.
 */
fingerprint: string, };

/**
 * What an enrolment file says.
 */
export type EnrolReview = { 
/**
 * `request` or `approval`.
 */
kind: string, 
/**
 * Institution code of the one who made it.
 */
institution: string, 
/**
 * Name.
 */
name: Text, 
/**
 * Level.
 */
level: Level, 
/**
 * Fingerprint to be compared by voice.
 */
fingerprint: string, 
/**
 * When it was made.
 */
created: string, 
/**
 * From a demo world.
 */
demo: boolean, };

/**
 * Length of a calendar period.
 */
export type Every = "day" | "business_day" | "week" | "half_month" | "month" | "quarter" | "half_year" | "year";

/**
 * What proves that a duty was done.
 */
export type Evidence = { 
/**
 * Ledger whose records prove it.
 */
ledger: string, 
/**
 * What such a record must say; all conditions hold.
 */
conditions?: Array<Condition>, 
/**
 * Targets.
 */
target?: Target | null, 
/**
 * Field (institution, person or people) that names the target.
 */
target_field?: string | null, };

/**
 * A line of the exchange's history.
 */
export type ExchangeEvent = { 
/**
 * When.
 */
at: string, 
/**
 * `export`, `import`, `receipt` (taken), `reply` (given), `refusal`, `enrol`.
 */
kind: string, 
/**
 * Institution at the other end.
 */
institution: string, 
/**
 * File name.
 */
file: string, 
/**
 * First entry.
 */
start: number, 
/**
 * Last entry (exclusive).
 */
end: number, 
/**
 * Bytes.
 */
bytes: number, 
/**
 * Code of a refusal.
 */
code: string | null, 
/**
 * Values for the sentence.
 */
fields: { [key in string]: string }, 
/**
 * SHA-256 of the file, hex.
 */
sha256: string, };

/**
 * How far a record's newest version has come.
 */
export type ExchangeState = "saved" | "bundled" | "receipted" | "received";

/**
 * The room of exchange.
 */
export type ExchangeStatus = { 
/**
 * With the superior.
 */
up: HeldState, 
/**
 * This device's origin.
 */
origin: string, 
/**
 * This device's verifier key, to be checked by anyone.
 */
verifier_key: string, 
/**
 * Fingerprint of this device, for reading over the telephone.
 */
fingerprint: string, 
/**
 * A request waits for the superior's approval.
 */
request_pending: boolean, 
/**
 * Devices below that are enrolled.
 */
below: Array<PeerView>, };

/**
 * Writing a bundle.
 */
export type ExportArgs = { 
/**
 * Folder.
 */
dir: string, 
/**
 * From this number on, instead of from the last receipt (a re-sent range).
 */
from?: number, 
/**
 * Name under which progress is told.
 */
job?: string, };

/**
 * A bundle that was written.
 */
export type Exported = { 
/**
 * File.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * SHA-256 of the file, hex.
 */
sha256: string, 
/**
 * First entry (inclusive).
 */
start: number, 
/**
 * Last entry (exclusive).
 */
end: number, 
/**
 * Attachments in it.
 */
blobs: number, };

/**
 * A class of facilities in the catalogue.
 */
export type FacilityClass = { 
/**
 * Identifier, such as `J07`.
 */
id: string, 
/**
 * Group.
 */
group: FacilityGroup, 
/**
 * Title.
 */
title: Text, 
/**
 * Attributes of this class besides the shared ones.
 */
fields: Array<Field>, 
/**
 * Source.
 */
basis: Basis, };

/**
 * Kind of protection a facility belongs to.
 */
export type FacilityGroup = "people" | "physical" | "technical" | "fire";

/**
 * One fault of a standard, with its place.
 */
export type Fault = { 
/**
 * Place: file, `#`, then a pointer by identifiers, such as `duties.json#/D17/evidence/ledger`.
 */
path: string, 
/**
 * Stable code, such as `standard-unknown-reference`; all begin with `standard-`.
 */
code: string, 
/**
 * What the sentence for the code names.
 */
fields: { [key in string]: string }, };

/**
 * One field of a ledger.
 */
export type Field = { 
/**
 * Identifier, unique in its ledger, `[a-z][a-z0-9_]*`.
 */
id: string, 
/**
 * Type.
 */
kind: FieldKind, 
/**
 * Label.
 */
label: Text, 
/**
 * A word of help under the field.
 */
hint?: Text | null, 
/**
 * Heading of the form under which it stands; required ones come first.
 */
section?: Text | null, 
/**
 * Has to be filled in.
 */
required?: boolean, 
/**
 * List of choices for select fields; `@classes` (in a facility ledger only those of its group), `@drills`,
 * `@training`, `@duties`, `@letters` name the standard's own lists.
 */
choices?: string | null, 
/**
 * Limits of its value.
 */
limits?: Limits, 
/**
 * Shown as a column of the list.
 */
column?: Column | null, 
/**
 * Personal or secret: masked in lists and on paper, not sent upward by default.
 */
sensitive?: boolean, 
/**
 * Value offered in a new form. Never used for dates of acts nor for verdicts.
 */
default?: unknown, 
/**
 * As a date: what it belongs to has to be renewed before it (certificate, warranty, service); shown
 * [`super::Deadlines::expiry_lead_days`] ahead.
 */
expires?: boolean, 
/**
 * As a checklist: the items asked for, in this order; the whole checklist when empty.
 */
items?: Array<string>, 
/**
 * As a record: the ledgers it may be of; at least one.
 */
ledgers?: Array<string>, 
/**
 * Only asked for when another field has one of these values.
 */
when?: Condition | null, 
/**
 * Sub-fields of a repeat.
 */
fields?: Array<Field>, };

/**
 * A fault of one field.
 */
export type FieldFaultView = { 
/**
 * Field, with row for repeats: `steps/2/time`.
 */
path: string, 
/**
 * Code; sentences in the message files.
 */
code: string, 
/**
 * Values for the sentence.
 */
fields: { [key in string]: string }, };

/**
 * Type of a field; names follow XLSForm, plus the domain's own.
 */
export type FieldKind = "text" | "multiline" | "integer" | "decimal" | "date" | "time" | "dateTime" | "select_one" | "select_multiple" | "image" | "file" | "person" | "people" | "post" | "facility" | "record" | "institution" | "checklist" | "repeat";

/**
 * How often a duty is to be done.
 */
export type Frequency = { "type": "periodic", 
/**
 * The period.
 */
every: Every, 
/**
 * Times per period, at least 1.
 */
times: number, 
/**
 * Besides, once in the days before each statutory holiday.
 */
before_holidays?: boolean, } | { "type": "within", 
/**
 * Days allowed.
 */
days: number, 
/**
 * How they are counted.
 */
day_kind: DayKind, 
/**
 * The event.
 */
trigger: Trigger, 
/**
 * Besides, once in every such period.
 */
and_every?: Every | null, } | { "type": "on_event", 
/**
 * The event.
 */
trigger: Trigger, };

/**
 * A frequency that replaces the general one when the institution's profile has an attribute.
 */
export type FrequencyOverride = { 
/**
 * The attribute of the profile ledger.
 */
when: Condition, 
/**
 * The frequency then.
 */
frequency: Frequency, };

/**
 * Shelf on which a ledger stands.
 */
export type Group = "daily" | "periodic" | "events" | "people" | "archive" | "system";

/**
 * How far the superior holds this institution's entries. Nothing is called sent that has no receipt.
 */
export type HeldState = { 
/**
 * A superior is enrolled.
 */
enrolled: boolean, 
/**
 * Name of the superior.
 */
superior: Text | null, 
/**
 * Entries in this device's log.
 */
size: number, 
/**
 * Entries in bundles that were written.
 */
bundled: number, 
/**
 * The superior holds entries up to this number.
 */
receipted: number, 
/**
 * Time of the newest receipt.
 */
receipt_time: string | null, 
/**
 * Entries the superior does not hold yet.
 */
not_receipted: number, 
/**
 * Records whose newest version is only saved here; the list with `exchange: saved` has as many.
 */
records_saved: number, 
/**
 * Records whose newest version is in a bundle without a receipt; the list with `exchange: bundled` has as many.
 */
records_bundled: number, };

/**
 * Somebody who holds or held a post.
 */
export type HolderView = { 
/**
 * Appointment record.
 */
appointment: string, 
/**
 * Person record.
 */
person: string, 
/**
 * Name.
 */
name: string, 
/**
 * Since when.
 */
from: string, 
/**
 * Until when.
 */
until: string | null, 
/**
 * Scope of responsibility.
 */
scope: string, };

/**
 * A statutory holiday.
 */
export type Holiday = { 
/**
 * Name.
 */
name: Text, 
/**
 * First day off.
 */
from: string, 
/**
 * Last day off.
 */
until: string, };

/**
 * A record by its identifier.
 */
export type IdArgs = { 
/**
 * UUID.
 */
id: string, };

/**
 * Reading a bundle.
 */
export type ImportArgs = { 
/**
 * Bundle file, or folder whose bundles are all read.
 */
path: string, 
/**
 * Folder for the reply with receipts; none = beside the bundle.
 */
reply_dir?: string, 
/**
 * Name under which progress is told.
 */
job?: string, };

/**
 * What became of one bundle.
 */
export type ImportOutcome = { 
/**
 * File.
 */
path: string, 
/**
 * `imported`, `repeated` (nothing new), `receipts` (a reply), `refused`, `kept-aside` (a gap).
 */
outcome: string, 
/**
 * Code of the refusal or gap.
 */
code: string | null, 
/**
 * Values for the sentence.
 */
fields: { [key in string]: string }, 
/**
 * Next step's key.
 */
next: string | null, 
/**
 * Institution it came from.
 */
institution: string | null, 
/**
 * Its name.
 */
name: Text | null, 
/**
 * New entries.
 */
new_entries: number, 
/**
 * Entries held after it.
 */
held: number, };

/**
 * What became of all bundles that were read.
 */
export type Imported = { 
/**
 * One by one.
 */
outcomes: Array<ImportOutcome>, 
/**
 * Replies with receipts that were written.
 */
replies: Array<string>, };

/**
 * An institution in one line.
 */
export type InstitutionBrief = { 
/**
 * Code (机构号).
 */
code: string, 
/**
 * Name.
 */
name: Text, 
/**
 * Level.
 */
level: Level, 
/**
 * Code of the superior, when known.
 */
superior: string | null, };

/**
 * A long action by the name its caller gave it.
 */
export type JobArgs = { 
/**
 * Name chosen by the caller when it started the action.
 */
job: string, };

/**
 * The two languages of the program.
 */
export type Lang = "zh" | "en";

/**
 * A late entry's reason.
 */
export type Late = { 
/**
 * Why it was entered late, in the author's words.
 */
reason: string, };

/**
 * One kind of record book (台账).
 */
export type Ledger = { 
/**
 * Identifier, such as `L12` or `person`.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * What it is for, one sentence; shown when it is empty.
 */
purpose: Text, 
/**
 * Shelf.
 */
group: Group, 
/**
 * Levels that keep this book.
 */
levels: Array<Level>, 
/**
 * Workflow that relies on it.
 */
role?: SystemRole | null, 
/**
 * Group of facilities it archives.
 */
facility_group?: FacilityGroup | null, 
/**
 * At most one current record per institution (such as the basic profile).
 */
single?: boolean, 
/**
 * Precision of the act's date.
 */
occurred: Precision, 
/**
 * Label of the act's date; a general one when absent.
 */
occurred_label?: Text | null, 
/**
 * Its own fields, in the order of the form.
 */
fields: Array<Field>, 
/**
 * Whether the standard's common fields are offered too.
 */
with_common_fields: boolean, 
/**
 * Fields whose values name a record in lists and searches.
 */
summary: Array<string>, 
/**
 * Field (select_one) whose choice tells whether the record is open.
 */
state_field?: string | null, 
/**
 * Date field that says until when an open record has to be dealt with.
 */
due_field?: string | null, 
/**
 * Labels of the signature cells under a printed list, such as doer and head.
 */
signatures?: Array<Text>, 
/**
 * Source of the rule that the book is kept.
 */
basis: Basis, };

/**
 * A ledger on the shelf with what it holds.
 */
export type LedgerBrief = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Shelf.
 */
group: Group, 
/**
 * Current records.
 */
count: number, 
/**
 * Of these still open.
 */
open: number, 
/**
 * Drafts waiting.
 */
drafts: number, };

/**
 * A list on paper.
 */
export type LedgerPrintArgs = { 
/**
 * What to print; one ledger; offset and limit do not count.
 */
query: RecordsQuery, 
/**
 * File to write.
 */
path: string, };

/**
 * Plan and coverage of a year.
 */
export type LetterPlan = { 
/**
 * Year.
 */
year: number, 
/**
 * Rows.
 */
rows: Array<LetterPlanRow>, 
/**
 * Templates of the standard for this level.
 */
templates: Array<LetterTemplateBrief>, 
/**
 * Signed.
 */
signed: number, 
/**
 * Wanted.
 */
wanted: number, };

/**
 * Letters of one year.
 */
export type LetterPlanArgs = { 
/**
 * Year; none = this year.
 */
year?: number, 
/**
 * Institution; none = this one.
 */
institution?: string, };

/**
 * Who signs with whom.
 */
export type LetterPlanRow = { 
/**
 * Appointment record of party B.
 */
appointment: string, 
/**
 * Person of party B.
 */
person: string, 
/**
 * Name of party B.
 */
name: string, 
/**
 * Post.
 */
post: string, 
/**
 * Title of the post.
 */
post_title: Text, 
/**
 * Name of party A, when known.
 */
party_a: string | null, 
/**
 * Post of party A.
 */
party_a_post: Text | null, 
/**
 * By when it has to be signed.
 */
due: string, 
/**
 * State.
 */
state: LetterState, 
/**
 * Letter record.
 */
letter: string | null, 
/**
 * Number.
 */
number: string | null, 
/**
 * Day of signature.
 */
signed: string | null, 
/**
 * Past its day.
 */
overdue: boolean, };

/**
 * Printing letters.
 */
export type LetterPrintArgs = { 
/**
 * Year.
 */
year: number, 
/**
 * Template.
 */
template: string, 
/**
 * Appointment records of the people who sign.
 */
appointments: Array<string>, 
/**
 * Language of the letters.
 */
lang: Lang, 
/**
 * Folder for the PDF files.
 */
dir: string, 
/**
 * One PDF for the printer instead of one per letter.
 */
merged: boolean, 
/**
 * Name under which progress is told.
 */
job?: string, };

/**
 * A letter was signed.
 */
export type LetterSignedArgs = { 
/**
 * Letter record.
 */
letter: string, 
/**
 * Day of signature.
 */
date: string, 
/**
 * Place.
 */
place?: string, 
/**
 * Scan, brought in before.
 */
scan?: Attachment, 
/**
 * Reason when it is recorded late (补录).
 */
late_reason?: string, };

/**
 * How a letter stands.
 */
export type LetterState = "missing" | "prepared" | "signed" | "ended";

/**
 * Template of a letter of responsibility (责任书).
 */
export type LetterTemplate = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Levels of the institution at which it is signed.
 */
levels: Array<Level>, 
/**
 * Basis on which it is signed.
 */
grounds: Array<Text>, 
/**
 * Targets, such as no cases and no fires.
 */
targets: Array<Text>, 
/**
 * Rights and obligations of both parties.
 */
rights: Array<Text>, 
/**
 * Assessment.
 */
assessment: Array<Text>, 
/**
 * Reward.
 */
reward: Array<Text>, 
/**
 * Punishment and accountability.
 */
punishment: Array<Text>, 
/**
 * Change, such as a transfer.
 */
change: Array<Text>, 
/**
 * Miscellaneous. `{copies}` stands for the number of copies.
 */
miscellaneous: Array<Text>, 
/**
 * Number of copies.
 */
copies: number, 
/**
 * Source.
 */
basis: Basis, };

/**
 * A template.
 */
export type LetterTemplateBrief = { 
/**
 * Identifier.
 */
id: string, 
/**
 * Title.
 */
title: Text, };

/**
 * Printed letters.
 */
export type LettersPrinted = { 
/**
 * Files.
 */
files: Array<WrittenFile>, 
/**
 * Letter records, in the order asked for.
 */
letters: Array<string>, };

/**
 * Level of an institution in the tree, from the top down.
 */
export type Level = "head_office" | "branch" | "sub_branch" | "outlet";

/**
 * Limits of a field's value.
 */
export type Limits = { 
/**
 * Smallest number.
 */
min?: number | null, 
/**
 * Largest number.
 */
max?: number | null, 
/**
 * Most characters of a text.
 */
max_length?: number | null, 
/**
 * Most items of a list or repeat.
 */
max_items?: number | null, 
/**
 * A date must not lie after the act's entry (no future dates).
 */
not_future?: boolean, };

/**
 * Looking something up for a form.
 */
export type LookupArgs = { 
/**
 * What.
 */
kind: LookupKind, 
/**
 * A few letters; empty = the first ones.
 */
text: string, 
/**
 * Institution; none = this one.
 */
institution?: string, 
/**
 * As a record: the ledgers it may be of.
 */
ledgers?: Array<string>, };

/**
 * Kind of thing to look up by a few letters.
 */
export type LookupKind = "person" | "facility" | "institution" | "record";

/**
 * Something found.
 */
export type LookupRow = { 
/**
 * UUID, or code of an institution.
 */
id: string, 
/**
 * Name.
 */
label: string, 
/**
 * Post, place or level that tells it from others of the same name.
 */
detail: string, };

/**
 * No arguments.
 */
export type Nothing = Record<symbol, never>;

/**
 * State of an obligation (应办事项) on the day it is looked at.
 */
export type ObligationStateView = "upcoming" | "due" | "due_soon" | "overdue" | "done" | "done_late" | "missed" | "not_applicable";

/**
 * One obligation.
 */
export type ObligationView = { 
/**
 * Stable key.
 */
key: string, 
/**
 * Duty.
 */
duty: string, 
/**
 * Title of the duty.
 */
title: Text, 
/**
 * Frequency in words.
 */
frequency: Text, 
/**
 * Institution code.
 */
institution: string, 
/**
 * Target (outlet code or person) with its name.
 */
target: string | null, 
/**
 * Name of the target.
 */
target_name: string | null, 
/**
 * Key of the period, such as `2026-11`.
 */
period: string, 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
due: string, 
/**
 * Last day on which an entry still counts as in time.
 */
grace_until: string, 
/**
 * Times wanted.
 */
needed: number, 
/**
 * Times done.
 */
done: number, 
/**
 * Records that prove it.
 */
evidence: Array<string>, 
/**
 * State.
 */
state: ObligationStateView, 
/**
 * Names of those who hold the duty's posts.
 */
holders: Array<string>, 
/**
 * Posts that answer for it.
 */
posts: Array<string>, 
/**
 * Nobody holds any of its posts.
 */
vacant: boolean, 
/**
 * Ledger whose form meets it.
 */
ledger: string, 
/**
 * Field values that its form starts with (what kind of act it is, never dates or verdicts).
 */
prefill: { [field: string]: unknown }, };

/**
 * Obligations of a span.
 */
export type ObligationsArgs = { 
/**
 * First day.
 */
from: string, 
/**
 * Last day.
 */
until: string, 
/**
 * Institution; none = this one.
 */
institution?: string, 
/**
 * Only these states; empty = all.
 */
states: Array<ObligationStateView>, 
/**
 * Only this duty.
 */
duty?: string, };

/**
 * Obligations with counts by state.
 */
export type ObligationsPage = { 
/**
 * The obligations by last day.
 */
obligations: Array<ObligationView>, 
/**
 * Compliance by duty.
 */
compliance: Array<ComplianceView>, };

/**
 * One institution below.
 */
export type OutletArgs = { 
/**
 * Code.
 */
institution: string, 
/**
 * First day of the span; none = first of January.
 */
from?: string, 
/**
 * Last day; none = today.
 */
until?: string, };

/**
 * One institution below in detail.
 */
export type OutletDetail = { 
/**
 * As in the overview.
 */
row: OutletRow, 
/**
 * By duty.
 */
compliance: Array<ComplianceView>, 
/**
 * Overdue.
 */
overdue: Array<ObligationView>, 
/**
 * Records by ledger.
 */
ledgers: Array<LedgerBrief>, };

/**
 * How one duty stands at one institution over the span.
 */
export type OutletDuty = { 
/**
 * Duty.
 */
duty: string, 
/**
 * Obligations whose time has come.
 */
due: number, 
/**
 * Done in time.
 */
done: number, 
/**
 * Done or entered late.
 */
late: number, 
/**
 * Overdue or missed.
 */
missing: number, };

/**
 * One institution below.
 */
export type OutletRow = { 
/**
 * The institution.
 */
institution: InstitutionBrief, 
/**
 * Entries held.
 */
held: number, 
/**
 * Last bundle, RFC 3339.
 */
last_bundle: string | null, 
/**
 * No news for longer than the standard allows.
 */
silent: boolean, 
/**
 * A gap in what was received.
 */
missing: boolean, 
/**
 * Obligations whose time has come.
 */
due: number, 
/**
 * Done in time.
 */
done: number, 
/**
 * Done late.
 */
late: number, 
/**
 * Overdue or missed.
 */
missing_duties: number, 
/**
 * Overdue now.
 */
overdue: number, 
/**
 * Open hazards.
 */
hazards_open: number, 
/**
 * Of these past their deadline.
 */
hazards_overdue: number, 
/**
 * Letters signed this year.
 */
letters_signed: number, 
/**
 * Letters wanted this year.
 */
letters_wanted: number, 
/**
 * By duty, for a table of outlets and duties.
 */
duties: Array<OutletDuty>, };

/**
 * All institutions below.
 */
export type Overview = { 
/**
 * Day it was looked at.
 */
date: string, 
/**
 * First day of the span that compliance counts.
 */
from: string, 
/**
 * One row an institution, gaps first.
 */
outlets: Array<OutletRow>, 
/**
 * By duty over all.
 */
compliance: Array<ComplianceView>, };

/**
 * Arguments of the overview.
 */
export type OverviewArgs = { 
/**
 * First day of the span; none = first of January.
 */
from?: string, 
/**
 * Last day; none = today.
 */
until?: string, };

/**
 * A page of something.
 */
export type PageArgs = { 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500.
 */
limit: number, };

/**
 * Changing one's own password.
 */
export type PasswordArgs = { 
/**
 * The present password.
 */
old: Secret, 
/**
 * The new one.
 */
new: Secret, };

/**
 * A path on this machine.
 */
export type PathArgs = { 
/**
 * Absolute path of a file or folder.
 */
path: string, };

/**
 * An enrolled device.
 */
export type PeerView = { 
/**
 * Origin of its log.
 */
origin: string, 
/**
 * Institution code.
 */
institution: string, 
/**
 * Name.
 */
name: Text, 
/**
 * Fingerprint.
 */
fingerprint: string, 
/**
 * State: `active`, `revoked`.
 */
state: string, 
/**
 * Since when.
 */
since: string, 
/**
 * Entries held.
 */
held: number, 
/**
 * Last bundle.
 */
last_bundle: string | null, };

/**
 * Where the program stands.
 */
export type Phase = "setup" | "locked" | "unlocked";

/**
 * A post (岗位) with its duties in words.
 */
export type Post = { 
/**
 * Identifier, such as `P09`.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * The duty in one line.
 */
summary: Text, 
/**
 * Duties of the post in words, as they stand in a letter of responsibility.
 */
duties: Array<Text>, 
/**
 * Default scope of responsibility.
 */
scope: Text, 
/**
 * Levels of institution that have this post.
 */
levels: Array<Level>, 
/**
 * A leading post (领导岗位), whose normalised duties are tabled.
 */
leading: boolean, 
/**
 * How many people hold it at once at most; none = any number.
 */
holders?: number | null, 
/**
 * Post whose holder signs the letter with the holder of this one: at the same institution first, else one level
 * up. A post that names itself (superior president) answers to its holder one level up.
 */
answers_to?: string | null, 
/**
 * Source.
 */
basis: Basis, };

/**
 * A post of an institution with its holders.
 */
export type PostView = { 
/**
 * Post.
 */
post: string, 
/**
 * Title.
 */
title: Text, 
/**
 * The duty in one line.
 */
summary: Text, 
/**
 * Leading post.
 */
leading: boolean, 
/**
 * Holders on that day.
 */
holders: Array<HolderView>, 
/**
 * Earlier holders, newest first.
 */
former: Array<HolderView>, 
/**
 * Nobody holds it.
 */
vacant: boolean, 
/**
 * Duties of the standard for this post.
 */
duties: Array<string>, };

/**
 * Who holds which post on a day.
 */
export type PostsArgs = { 
/**
 * Institution; none = this one.
 */
institution?: string, 
/**
 * Day; none = today.
 */
on?: string, };

/**
 * Whether an act is dated to the day or to the minute.
 */
export type Precision = "date" | "dateTime";

/**
 * A drill plan or a training topic.
 */
export type ProgrammeItem = { 
/**
 * Identifier, such as `E03`.
 */
id: string, 
/**
 * Title.
 */
title: Text, 
/**
 * What it consists of.
 */
content: Text, 
/**
 * Source.
 */
basis: Basis, };

/**
 * Progress of a long action, polled while it runs.
 */
export type Progress = { 
/**
 * Stable key of the step, such as `reading`, `checking`, `writing`.
 */
step: string, 
/**
 * Items done.
 */
done: number, 
/**
 * Items in all, when known.
 */
total: number | null, 
/**
 * Whether the action has ended.
 */
finished: boolean, 
/**
 * Whether cancelling was asked for.
 */
cancelled: boolean, };

/**
 * The body of a record version.
 */
export type RecordBody = { 
/**
 * When the act took place (发生时间): `YYYY-MM-DD` or RFC 3339 with offset.
 */
occurred: string, 
/**
 * Values by field identifier of the ledger.
 */
fields: { [field: string]: unknown }, 
/**
 * Present when the entry was made after the standard's days (补录).
 */
late?: Late | null, 
/**
 * Why this version corrects an earlier one.
 */
change?: string | null, 
/**
 * Attachments named by hash; their bytes travel outside the log.
 */
files?: Array<Attachment>, 
/**
 * Set when this version withdraws the record (作废); the reason is in `change`.
 */
withdrawn?: boolean, };

/**
 * A record with all its versions, newest first.
 */
export type RecordDetail = { 
/**
 * As a list shows it.
 */
row: RecordRow, 
/**
 * What the newest version says.
 */
body: RecordBody, 
/**
 * All versions, newest first.
 */
versions: Array<RecordVersion>, 
/**
 * Names of people, facilities and institutions that it refers to.
 */
names: { [key in string]: string }, 
/**
 * Whether this device may correct it (it belongs to this institution).
 */
editable: boolean, };

/**
 * A record on paper.
 */
export type RecordPrintArgs = { 
/**
 * Record.
 */
id: string, 
/**
 * File to write.
 */
path: string, };

/**
 * A record as a list shows it.
 */
export type RecordRow = { 
/**
 * Record.
 */
id: string, 
/**
 * Ledger.
 */
ledger: string, 
/**
 * Institution code.
 */
institution: string, 
/**
 * Time of the act.
 */
occurred: string, 
/**
 * Time of the first entry.
 */
recorded: string, 
/**
 * Author's name.
 */
author: string, 
/**
 * What it is about, from the summary fields.
 */
title: string, 
/**
 * Still open.
 */
open: boolean, 
/**
 * Deadline.
 */
due: string | null, 
/**
 * Entered late (补录).
 */
late: boolean, 
/**
 * Withdrawn.
 */
withdrawn: boolean, 
/**
 * Number of versions.
 */
versions: number, 
/**
 * Two versions written without knowing each other wait for a decision.
 */
conflict: boolean, 
/**
 * Attachments.
 */
files: number, 
/**
 * State of the exchange.
 */
exchange: ExchangeState, 
/**
 * Field values (sensitive ones masked).
 */
fields: { [field: string]: unknown }, };

/**
 * One version in a record's history.
 */
export type RecordVersion = { 
/**
 * Log origin and sequence number, `origin#seq`.
 */
reference: string, 
/**
 * Entry time.
 */
at: string, 
/**
 * Author's name.
 */
author: string, 
/**
 * Standard it was written under.
 */
standard: string, 
/**
 * What it says.
 */
body: RecordBody, 
/**
 * Leaf hash, hex.
 */
leaf: string, 
/**
 * Time of the superior's countersignature that covers it, RFC 3339: not written later than this.
 */
not_after: string | null, 
/**
 * Time of the newest countersignature that this device had received before: not written earlier than this.
 */
not_before: string | null, };

/**
 * A page of a list.
 */
export type RecordsPage = { 
/**
 * Rows.
 */
rows: Array<RecordRow>, 
/**
 * How many match in all.
 */
total: number, 
/**
 * Names of people, facilities and institutions that the rows refer to.
 */
names: { [key in string]: string }, };

/**
 * What a list shows.
 */
export type RecordsQuery = { 
/**
 * Ledgers; empty = all.
 */
ledgers: Array<string>, 
/**
 * Institutions; empty = all in this store.
 */
institutions: Array<string>, 
/**
 * Only open or only closed ones.
 */
open?: boolean, 
/**
 * Only late entries (补录).
 */
late?: boolean, 
/**
 * Only open ones whose deadline lies before this day.
 */
due_before?: string, 
/**
 * Acts from this day on.
 */
from?: string, 
/**
 * Acts up to this day.
 */
until?: string, 
/**
 * Full text.
 */
text?: string, 
/**
 * Field values that must match, by field identifier.
 */
fields: { [field: string]: string }, 
/**
 * Only those whose newest version stands like this in the exchange.
 */
exchange?: ExchangeState, 
/**
 * Exactly these records.
 */
ids: Array<string>, 
/**
 * Withdrawn ones too.
 */
withdrawn: boolean, 
/**
 * Sort key: `occurred`, `recorded`, `title`, `due` or a field identifier; `-` in front for descending.
 */
sort?: string, 
/**
 * Rows to skip.
 */
offset: number, 
/**
 * Rows wanted, at most 500; 50 when 0.
 */
limit: number, };

/**
 * Unlocking with the recovery code and giving a user a new password.
 */
export type RecoverArgs = { 
/**
 * The recovery code; spaces, case and look-alike letters do not matter.
 */
code: Secret, 
/**
 * User who gets the new password.
 */
user: string, 
/**
 * The new password.
 */
new_password: Secret, };

/**
 * The recovery code to be printed on a sheet.
 */
export type RecoveryPrintArgs = { 
/**
 * The code as shown.
 */
code: Secret, 
/**
 * File to write.
 */
path: string, };

/**
 * How long records of some ledgers are kept.
 */
export type Retention = { 
/**
 * Ledgers.
 */
ledgers: Array<string>, 
/**
 * Years; none = for ever.
 */
years?: number | null, 
/**
 * Source.
 */
basis: Basis, };

/**
 * What a user may do.
 */
export type Role = "head" | "officer" | "staff" | "reader";

/**
 * Saving a record: a new one, or a correction.
 */
export type SaveArgs = { 
/**
 * Ledger.
 */
ledger: string, 
/**
 * Record that is corrected; none = a new one.
 */
id?: string, 
/**
 * Versions the correction was made from; the newest when empty.
 */
base: Array<string>, 
/**
 * What is written down.
 */
body: RecordBody, 
/**
 * Draft that is finished by this.
 */
draft?: string, };

/**
 * A saved record.
 */
export type Saved = { 
/**
 * Record.
 */
id: string, 
/**
 * Log origin and sequence number.
 */
reference: string, 
/**
 * Obligations that this act moved, by key.
 */
moved: Array<string>, 
/**
 * The next thing to do.
 */
next: ObligationView | null, };

/**
 * A password or recovery code.
 */
export type Secret = string;

/**
 * Settings of this PC.
 */
export type Settings = { 
/**
 * Language.
 */
lang: Lang, 
/**
 * Minutes without activity after which the program locks, 1–240.
 */
lock_after_minutes: number, 
/**
 * Folder last used for exchange.
 */
exchange_dir: string | null, 
/**
 * Folder last used for PDF.
 */
print_dir: string | null, };

/**
 * Arguments of the first-run assistant.
 */
export type SetupArgs = { 
/**
 * Language of the program.
 */
lang: Lang, 
/**
 * Level of this institution; `outlet` is "I am an outlet", anything else "I am a superior bank".
 */
level: Level, 
/**
 * Institution code.
 */
code: string, 
/**
 * Name in Chinese.
 */
name_zh: string, 
/**
 * Name in English; may be empty.
 */
name_en: string, 
/**
 * Day on which the institution was opened, `YYYY-MM-DD`; today when absent.
 */
opened: string | null, 
/**
 * Name of the first user as a person.
 */
person_name: string, 
/**
 * Post that this person holds, from the standard; none = recorded later.
 */
post: string | null, 
/**
 * Login name.
 */
user: string, 
/**
 * Password.
 */
password: Secret, };

/**
 * Arguments of a demo store made from the window.
 */
export type SetupDemoArgs = { 
/**
 * Language.
 */
lang: Lang, 
/**
 * Whether to look at the demo world as its superior or as its first outlet.
 */
superior: boolean, 
/**
 * Name under which progress is told.
 */
job: string | null, };

/**
 * The user and password of a demo store.
 */
export type SetupDemoDone = { 
/**
 * Login name.
 */
user: string, 
/**
 * Password.
 */
password: string, 
/**
 * Path of the store.
 */
store: string, };

/**
 * What the first-run assistant made.
 */
export type SetupDone = { 
/**
 * Recovery code (恢复码) in groups; shown once and printable.
 */
recovery_code: string, 
/**
 * Path of the store.
 */
store: string, };

/**
 * One version of a standard.
 */
export type Standard = { 
/**
 * Shape of this document; 1.
 */
format: number, 
/**
 * Identifier that stays the same over versions, such as `default`.
 */
id: string, 
/**
 * Version, such as `2026.1`.
 */
version: string, 
/**
 * First day on which it is in force.
 */
effective_from: string, 
/**
 * Title.
 */
title: Text, 
/**
 * Who issues it.
 */
issuer: Text, 
/**
 * Posts (岗位).
 */
posts: Array<Post>, 
/**
 * Duties (职责) with their frequency and evidence.
 */
duties: Array<Duty>, 
/**
 * Attributes that every facility records.
 */
facility_fields: Array<Field>, 
/**
 * Facility catalogue (设施目录).
 */
facilities: Array<FacilityClass>, 
/**
 * Fields that every ledger offers besides its own, such as place and remark.
 */
common_fields: Array<Field>, 
/**
 * Ledgers (台账), including the system ledgers that workflows need.
 */
ledgers: Array<Ledger>, 
/**
 * Named lists of choices.
 */
choices: Array<ChoiceList>, 
/**
 * Emergency drills (应急演练).
 */
drills: Array<ProgrammeItem>, 
/**
 * Training topics (教育培训).
 */
training: Array<ProgrammeItem>, 
/**
 * The inspection checklist (检查表) by section.
 */
checklist: Array<CheckSection>, 
/**
 * Letters of responsibility (责任书).
 */
letters: Array<LetterTemplate>, 
/**
 * Deadlines and grace days.
 */
deadlines: Deadlines, 
/**
 * How long records are kept.
 */
retention: Array<Retention>, 
/**
 * Public holidays and working weekends (节假日与调休).
 */
calendar: Calendar, };

/**
 * A standard in the store.
 */
export type StandardBrief = { 
/**
 * `id@version`.
 */
reference: string, 
/**
 * Title.
 */
title: Text, 
/**
 * First day in force.
 */
effective_from: string, 
/**
 * Whether it is the one in force today.
 */
in_force: boolean, };

/**
 * Result of checking a standard.
 */
export type StandardCheck = { 
/**
 * `id@version`, when it could be read.
 */
reference: string | null, 
/**
 * All faults; empty = sound.
 */
faults: Array<Fault>, };

/**
 * The part that a workflow relies on; a standard without such a ledger is refused.
 */
export type SystemRole = "institution" | "person" | "appointment" | "profile" | "letter" | "hazard" | "exemption";

/**
 * For which targets a duty is to be done, each on its own.
 */
export type Target = "each_outlet" | "each_person";

/**
 * A phrase in both languages. Either side may be empty only where a standard's validator allows it.
 */
export type Text = { 
/**
 * The Chinese wording.
 */
zh: string, 
/**
 * The English wording.
 */
en: string, };

/**
 * The page of the day.
 */
export type TodayPage = { 
/**
 * The day.
 */
date: string, 
/**
 * Name of a public holiday, or none.
 */
holiday: Text | null, 
/**
 * Whether it is a business day.
 */
business_day: boolean, 
/**
 * Officers on duty (安全员) by appointment.
 */
officers: Array<string>, 
/**
 * Past their last day and not done.
 */
overdue: Array<ObligationView>, 
/**
 * Due today.
 */
today: Array<ObligationView>, 
/**
 * Due later this week.
 */
week: Array<ObligationView>, 
/**
 * Due later, shown because their lead days have begun.
 */
coming: Array<ObligationView>, 
/**
 * Done within this week.
 */
done: Array<ObligationView>, 
/**
 * Open hazards by deadline.
 */
hazards: Array<RecordRow>, 
/**
 * Open hazards in all.
 */
hazards_open: number, 
/**
 * Drafts waiting.
 */
drafts: Array<DraftView>, 
/**
 * Exchange with the superior.
 */
exchange: HeldState, 
/**
 * Letters not yet signed this year.
 */
letters_missing: number, 
/**
 * Outlets below without news for longer than the standard allows.
 */
silent: Array<InstitutionBrief>, 
/**
 * Names of people the page refers to.
 */
names: { [key in string]: string }, };

/**
 * An event from which days are counted.
 */
export type Trigger = "appointment" | "rotation" | "record";

/**
 * Unlocking.
 */
export type UnlockArgs = { 
/**
 * Login name.
 */
user: string, 
/**
 * Password.
 */
password: Secret, };

/**
 * A new user.
 */
export type UserAddArgs = { 
/**
 * Login name.
 */
name: string, 
/**
 * First password.
 */
password: Secret, 
/**
 * Role.
 */
role: Role, 
/**
 * Person record.
 */
person: string | null, };

/**
 * A user by name.
 */
export type UserNameArgs = { 
/**
 * Login name.
 */
name: string, };

/**
 * A user of this PC.
 */
export type UserView = { 
/**
 * Login name.
 */
name: string, 
/**
 * Role.
 */
role: Role, 
/**
 * Person record behind the user.
 */
person: string | null, 
/**
 * Display name.
 */
display: string, };

/**
 * A log whose root was recomputed from its bytes.
 */
export type VerifiedLog = { 
/**
 * Origin.
 */
origin: string, 
/**
 * Entries.
 */
size: number, 
/**
 * Root, base64.
 */
root: string, 
/**
 * Size up to which a cosignature was verified.
 */
receipted: number, };

/**
 * Result of verifying a store.
 */
export type VerifyReport = { 
/**
 * Logs recomputed.
 */
logs: Array<VerifiedLog>, 
/**
 * Differences; empty = all is as it should be.
 */
differences: Array<DifferenceView>, };

/**
 * An error on the wire.
 */
export type WireError = { 
/**
 * Stable code; the sentence stands under `errors.<code>.text` in the message files.
 */
code: string, 
/**
 * Values for the sentence.
 */
fields: { [key in string]: string }, 
/**
 * Key of what to do next; the sentence stands under `errors.<code>.next`.
 */
next: string, 
/**
 * Faults of single fields, when a form was refused.
 */
faults?: Array<FieldFaultView>, };

/**
 * Withdrawing a record (作废); its versions stay.
 */
export type WithdrawArgs = { 
/**
 * Record.
 */
id: string, 
/**
 * Why.
 */
reason: string, };

/**
 * A file that was written.
 */
export type WrittenFile = { 
/**
 * Absolute path.
 */
path: string, 
/**
 * Size in bytes.
 */
bytes: number, 
/**
 * Pages, for PDF.
 */
pages?: number | null, };

/** Every command of the core with its arguments and result. */
export type Commands = {
  /** Where the program stands: set-up, locked or unlocked. */
  app_status: { args: Nothing; result: AppStatus };
  /** The default standard, for the first-run assistant. */
  standard_default: { args: Nothing; result: Standard };
  /** First run: creates the store, the first user and the recovery code. */
  setup_create: { args: SetupArgs; result: SetupDone };
  /** First run: creates a demo store with a year of records. */
  setup_demo: { args: SetupDemoArgs; result: SetupDemoDone };
  /** Writes the recovery code on a printable sheet. */
  recovery_print: { args: RecoveryPrintArgs; result: WrittenFile };
  /** Unlocks the store with a user's password. */
  unlock: { args: UnlockArgs; result: AppStatus };
  /** Unlocks with the recovery code and gives a user a new password. */
  unlock_with_recovery: { args: RecoverArgs; result: AppStatus };
  /** Locks the store. */
  lock: { args: Nothing; result: AppStatus };
  /** Progress of a long action. */
  job_progress: { args: JobArgs; result: Progress };
  /** Asks a long action to stop; nothing half done remains. */
  job_cancel: { args: JobArgs; result: Done };
  /** Tells that somebody is working, so that the program does not lock itself. */
  touch: { args: Nothing; result: Done };
  /** Changes the user's own password. */
  password_change: { args: PasswordArgs; result: Done };
  /** Users of this PC. */
  users_list: { args: Nothing; result: Array<UserView> };
  /** Adds a user. */
  user_add: { args: UserAddArgs; result: Done };
  /** Removes a user's access; what the user wrote stays. */
  user_remove: { args: UserNameArgs; result: Done };
  /** Settings of this PC. */
  settings_get: { args: Nothing; result: Settings };
  /** Changes settings of this PC. */
  settings_set: { args: Settings; result: Settings };
  /** Who did what, newest first. */
  activity_list: { args: PageArgs; result: Array<ActivityRow> };
  /** Recomputes every log from its bytes and reports each difference. */
  verify: { args: Nothing; result: VerifyReport };
  /** Writes an encrypted copy of the store and its key slots. */
  backup: { args: DirArgs; result: WrittenFile };
  /** The standard in force today. */
  standard_current: { args: Nothing; result: Standard };
  /** All standards in the store. */
  standards_list: { args: Nothing; result: Array<StandardBrief> };
  /** Checks a standard in a file or folder and reports all faults with their place. */
  standard_check: { args: PathArgs; result: StandardCheck };
  /** Ledgers with what they hold. */
  ledgers_list: { args: Nothing; result: Array<LedgerBrief> };
  /** A page of records. */
  records_list: { args: RecordsQuery; result: RecordsPage };
  /** A record with its history. */
  record_get: { args: IdArgs; result: RecordDetail };
  /** Checks a form without saving it. */
  record_check: { args: CheckArgs; result: Checked };
  /** Saves a new record or a correction. */
  record_save: { args: SaveArgs; result: Saved };
  /** Withdraws a record; its versions stay. */
  record_withdraw: { args: WithdrawArgs; result: Done };
  /** Prints one record. */
  record_print: { args: RecordPrintArgs; result: WrittenFile };
  /** Prints a ledger. */
  ledger_print: { args: LedgerPrintArgs; result: WrittenFile };
  /** Saves a draft. */
  draft_save: { args: DraftSaveArgs; result: DraftView };
  /** The user's waiting drafts. */
  drafts_list: { args: Nothing; result: Array<DraftView> };
  /** Throws a draft away. */
  draft_discard: { args: IdArgs; result: Done };
  /** Brings a file into the store. */
  attachment_add: { args: AttachPathArgs; result: Attachment };
  /** Brings bytes into the store. */
  attachment_add_bytes: { args: AttachBytesArgs; result: Attachment };
  /** An attachment's bytes. */
  attachment_get: { args: AttachmentArgs; result: AttachmentBytes };
  /** Writes an attachment to a file. */
  attachment_export: { args: AttachmentExportArgs; result: WrittenFile };
  /** Looks people, facilities or institutions up by a few letters. */
  lookup: { args: LookupArgs; result: Array<LookupRow> };
  /** Posts of an institution with their holders. */
  posts_list: { args: PostsArgs; result: Array<PostView> };
  /** The institution and those below it. */
  institutions_list: { args: Nothing; result: Array<InstitutionBrief> };
  /** The page of the day. */
  today_page: { args: Nothing; result: TodayPage };
  /** Obligations of a span, with compliance by duty. */
  obligations_list: { args: ObligationsArgs; result: ObligationsPage };
  /** Who signs a letter with whom, and what is signed. */
  letters_plan: { args: LetterPlanArgs; result: LetterPlan };
  /** Prints letters of responsibility and records that they were prepared. */
  letters_print: { args: LetterPrintArgs; result: LettersPrinted };
  /** Records that a letter was signed. */
  letter_signed: { args: LetterSignedArgs; result: Saved };
  /** How the exchange stands. */
  exchange_status: { args: Nothing; result: ExchangeStatus };
  /** Writes an enrolment request for the superior. */
  enrol_request: { args: DirArgs; result: EnrolFile };
  /** Shows what an enrolment file says, with its fingerprint. */
  enrol_review: { args: PathArgs; result: EnrolReview };
  /** Approves a request after the fingerprint was compared by voice. */
  enrol_approve: { args: EnrolApproveArgs; result: EnrolFile };
  /** Accepts the superior's approval. */
  enrol_accept: { args: EnrolAcceptArgs; result: ExchangeStatus };
  /** Writes a signed, encrypted bundle. */
  bundle_export: { args: ExportArgs; result: Exported };
  /** Reads bundles or replies, and writes replies with receipts. */
  bundle_import: { args: ImportArgs; result: Imported };
  /** What was exchanged, newest first. */
  exchange_history: { args: PageArgs; result: Array<ExchangeEvent> };
  /** All institutions below: news, compliance, hazards, letters. */
  overview: { args: OverviewArgs; result: Overview };
  /** One institution below in detail. */
  overview_outlet: { args: OutletArgs; result: OutletDetail };
};
