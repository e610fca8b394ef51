//! Who holds what since when.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, Utc};
use safety_domain::record::local_offset;
use safety_store::Reader;
use safety_store::journal::LogState;
use safety_store::receipts::ExchangeEvent;
use safety_store::trust::TrustState;

use crate::card::Card;
use crate::enrol::REQUESTED;
use crate::peers::{self, Device, Role};
use crate::{DeviceKeys, Result, stored};

/// Newest events of an institution among which its last bundle is looked for.
const RECENT: u32 = 100;

/// How the exchange of this store stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Origin of this device's log.
    pub origin: String,
    /// This device's verifier key (C2SP vkey).
    pub verifier_key: String,
    /// Fingerprint of this device, for reading over the telephone.
    pub fingerprint: String,
    /// A request was written and no approval accepted since.
    pub request_pending: bool,
    /// With the superior.
    pub up: Up,
    /// Devices below, direct ones and those passed on.
    pub below: Vec<Below>,
}

/// How far the superior holds this device's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Up {
    /// The superior's card; none before enrolment.
    pub superior: Option<Card>,
    /// Entries in this device's log.
    pub size: u64,
    /// Entries in bundles that were written.
    pub bundled: u64,
    /// Entries the superior gave a receipt for.
    pub receipted: u64,
    /// Time of that receipt, RFC 3339.
    pub receipt_time: Option<String>,
}

/// A device below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// Its card.
    pub card: Card,
    /// Its fingerprint.
    pub fingerprint: String,
    /// Whether it sends by itself or through one in between.
    pub role: Role,
    /// How far it is believed.
    pub state: TrustState,
    /// Since when it is known, RFC 3339.
    pub since: String,
    /// Entries of its log here.
    pub held: u64,
    /// State of its log here.
    pub log: LogState,
    /// When the last bundle from its institution was taken, RFC 3339.
    pub last_bundle: Option<String>,
}

/// How the exchange stands.
///
/// # Errors
/// Those of the store.
pub fn status(reader: &Reader<'_>, keys: &DeviceKeys) -> Result<Status> {
    let devices = peers::devices(reader)?;
    let own = stored::own_log(reader, keys)?;
    let superiors: Vec<Device> = devices
        .iter()
        .filter(|device| device.role == Role::Superior && device.is_active())
        .cloned()
        .collect();
    let (receipted, time) = stored::receipted(reader, &own, &superiors)?;
    let bundled = reader.last_checkpoint(own.log_no)?.map_or(0, |head| head.size);
    let mut below = Vec::new();
    for device in devices.iter().filter(|device| device.role != Role::Superior) {
        let log = reader.log(&device.card.origin)?;
        below.push(Below {
            card: device.card.clone(),
            fingerprint: device.card.fingerprint(),
            role: device.role,
            state: device.state,
            since: device.since.clone(),
            held: log.as_ref().map_or(0, |log| log.size),
            log: log.map_or(LogState::Open, |log| log.state),
            last_bundle: last_bundle(reader, &device.card)?,
        });
    }
    Ok(Status {
        origin: keys.origin().to_owned(),
        verifier_key: keys.signer().verifier().to_string(),
        fingerprint: keys.card(&Default::default()).fingerprint(),
        request_pending: superiors.is_empty() && reader.setting::<String>(REQUESTED)?.is_some(),
        up: Up {
            superior: superiors.into_iter().next().map(|device| device.card),
            size: own.size,
            bundled,
            receipted,
            receipt_time: time.map(local_time),
        },
        below,
    })
}

/// When the device's last bundle was taken. What came through one in between has no bundle of its own.
fn last_bundle(reader: &Reader<'_>, card: &Card) -> Result<Option<String>> {
    let events = reader.exchange_history(Some(&card.institution), 0, RECENT)?;
    let taken = |event: &ExchangeEvent| {
        event.direction == "in"
            && event.origin == card.origin
            && matches!(event.outcome.as_str(), "imported" | "repeated")
    };
    Ok(events.into_iter().find(taken).map(|event| event.at))
}

fn local_time(posix: u64) -> String {
    let time = i64::try_from(posix)
        .ok()
        .and_then(|time| DateTime::<Utc>::from_timestamp(time, 0));
    time.map(|time| crate::moment(time.with_timezone::<FixedOffset>(&local_offset())))
        .unwrap_or_default()
}

/// A page of the history, newest first; of one institution or of all.
///
/// # Errors
/// Those of the store.
pub fn history(
    reader: &Reader<'_>,
    institution: Option<&str>,
    offset: u32,
    limit: u32,
) -> Result<Vec<ExchangeEvent>> {
    Ok(reader.exchange_history(institution, offset, limit)?)
}

/// A bundle that waits for entries that have to come before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Institution it came from.
    pub institution: String,
    /// File name.
    pub file: String,
    /// Where it lay.
    pub path: String,
    /// The log.
    pub origin: String,
    /// First entry in it.
    pub start: u64,
    /// Index behind the last.
    pub end: u64,
    /// Entries of the log here: those from here to `start` have to be sent.
    pub held: u64,
}

/// Bundles that were kept aside and still have something to bring.
///
/// # Errors
/// Those of the store.
pub fn waiting(reader: &Reader<'_>) -> Result<Vec<Waiting>> {
    let mut found: Vec<Waiting> = Vec::new();
    let mut offset = 0;
    loop {
        let page = reader.exchange_history(None, offset, 200)?;
        offset += 200;
        if page.is_empty() {
            return Ok(found);
        }
        for event in page.into_iter().filter(|event| event.outcome == "bundle-gap") {
            let Some(log) = reader.log(&event.origin)? else {
                continue;
            };
            if event.end <= log.size || found.iter().any(|other| other.file == event.file) {
                continue;
            }
            let detail: BTreeMap<String, String> = serde_json::from_str(&event.detail).unwrap_or_default();
            found.push(Waiting {
                institution: event.peer,
                file: event.file,
                path: detail.get("path").cloned().unwrap_or_default(),
                origin: event.origin,
                start: event.first,
                end: event.end,
                held: log.size,
            });
        }
    }
}
