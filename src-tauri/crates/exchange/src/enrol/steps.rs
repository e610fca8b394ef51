//! The steps of enrolment on a store.

use chrono::{DateTime, FixedOffset};
use safety_domain::text::Text;
use safety_journal::fingerprint::same_fingerprint;
use safety_store::Store;
use safety_store::journal::{LogState, NewLog};
use safety_store::receipts::ExchangeEvent;
use safety_store::trust::TrustState;

use super::file::{Approval, Request, approval_name, request_name};
use super::{Certificate, EnrolError};
use crate::card::Card;
use crate::peers::{self, Device, Role};
use crate::place::{Place, Put};
use crate::{DeviceKeys, Error, PROGRAM, Result, moment};

/// Where the store remembers that a request was written.
pub(crate) const REQUESTED: &str = "enrol-requested";

/// What the person at the superior decides.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    /// Name of the superior, as the one below shall see it.
    pub name: &'a Text,
    /// Fingerprint of the one that asks, as told by voice.
    pub spoken: &'a str,
    /// The device joins others of its institution that stay active (备用机).
    pub additional: bool,
}

/// What an approval did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// The approval file.
    pub file: Put,
    /// The one that is below now.
    pub card: Card,
    /// Fingerprint of this device, which the other side compares by voice.
    pub fingerprint: String,
}

/// Writes this device's request, `enrol-<code>-<device>.osrequest`, and remembers that it waits for an answer.
/// Answers the file and the fingerprint to be told by voice.
///
/// # Errors
/// [`Error::Card`] for a name or code that cannot be on a card; [`Error::Place`], [`Error::Store`].
pub fn request(
    store: &Store,
    keys: &DeviceKeys,
    name: &Text,
    place: &dyn Place,
    now: DateTime<FixedOffset>,
) -> Result<(Put, String)> {
    let card = keys.card(name);
    let text = Request::write(&card, &moment(now), PROGRAM, keys.signer())?;
    let put = put_text(place, &text, &request_name(&card))?;
    store.try_write(|writer| {
        writer.set_setting(REQUESTED, &moment(now))?;
        note(writer, &put, "out", "", "requested", now)
    })?;
    Ok((put, card.fingerprint()))
}

/// Approves a request: writes down the device as one below, begins the replica of its log, and puts the approval.
///
/// # Errors
/// [`Error::Enrol`] with the reason; [`Error::Place`], [`Error::Store`]. Nothing is written down when the file cannot be
/// put.
pub fn approve(
    store: &Store,
    keys: &DeviceKeys,
    request: &[u8],
    decision: Decision<'_>,
    place: &dyn Place,
    now: DateTime<FixedOffset>,
) -> Result<Approved> {
    let request = Request::open(request)?;
    let card = request.card;
    if !same_fingerprint(decision.spoken, &card.fingerprint()) {
        return Err(EnrolError::FingerprintDiffers.into());
    }
    if card.is_demo() != keys.is_demo() {
        return Err(EnrolError::DemoMismatch.into());
    }
    if keys.level() >= card.level {
        return Err(EnrolError::LevelWrong {
            upper: keys.level(),
            lower: card.level,
        }
        .into());
    }
    let own = keys.card(decision.name);
    let certificate = Certificate::issue(&card, &moment(now), keys.signer())?;
    let text = Approval::write(&own, &certificate, &moment(now), PROGRAM, keys.signer())?;
    store.try_write(|writer| {
        let known = peers::devices(writer)?;
        check_free(&known, &card, decision.additional)?;
        let device = Device {
            role: Role::Subordinate,
            keys: card.check()?,
            card: card.clone(),
            state: TrustState::Trusted,
            certificate: Some(certificate.encode()),
            since: moment(now),
            until: None,
        };
        device.write(writer, &moment(now))?;
        begin_replica(writer, &card, &moment(now))?;
        let put = put_text(place, &text, &approval_name(&card))?;
        note(writer, &put, "out", &card.institution, "approved", now)?;
        Ok(Approved {
            file: put,
            card,
            fingerprint: own.fingerprint(),
        })
    })
}

/// Whether the device may be enrolled beside those known.
fn check_free(known: &[Device], card: &Card, additional: bool) -> Result<(), EnrolError> {
    if let Some(same) = known.iter().find(|device| device.card.origin == card.origin) {
        return match (same.role, same.state) {
            // Known by way of another institution until now; from here on it sends by itself.
            (Role::Relayed, TrustState::Trusted) => Ok(()),
            (_, TrustState::Revoked | TrustState::Replaced) => Err(EnrolError::Revoked {
                origin: card.origin.clone(),
            }),
            _ => Err(EnrolError::Already {
                institution: card.institution.clone(),
            }),
        };
    }
    let sibling = known
        .iter()
        .find(|device| device.card.institution == card.institution && device.is_active());
    match sibling {
        Some(other) if !additional || other.role == Role::Superior => Err(EnrolError::CodeTaken {
            institution: card.institution.clone(),
            origin: other.card.origin.clone(),
        }),
        _ => Ok(()),
    }
}

/// Accepts an approval: from now on its maker is the superior. Answers the superior's card.
///
/// # Errors
/// [`Error::Enrol`] with the reason; [`Error::Store`].
pub fn accept(
    store: &Store,
    keys: &DeviceKeys,
    approval: &[u8],
    spoken: &str,
    now: DateTime<FixedOffset>,
) -> Result<Card> {
    let (approval, certificate) = Approval::open(approval)?;
    let superior = approval.card;
    if !same_fingerprint(spoken, &superior.fingerprint()) {
        return Err(EnrolError::FingerprintDiffers.into());
    }
    if superior.is_demo() != keys.is_demo() {
        return Err(EnrolError::DemoMismatch.into());
    }
    // Everything but the name, which may have changed since.
    if certificate.card.canonical() != keys.card(&certificate.card.name).canonical() {
        return Err(EnrolError::OtherDevice {
            origin: certificate.card.origin,
        }
        .into());
    }
    if superior.level >= keys.level() {
        return Err(EnrolError::LevelWrong {
            upper: superior.level,
            lower: keys.level(),
        }
        .into());
    }
    store.try_write(|writer| {
        let known = peers::devices(writer)?;
        check_superior(&known, &superior)?;
        let device = Device {
            role: Role::Superior,
            keys: superior.check()?,
            card: superior.clone(),
            state: TrustState::Trusted,
            certificate: Some(approval.certificate),
            since: moment(now),
            until: None,
        };
        device.write(writer, &moment(now))?;
        writer.remove_setting(REQUESTED)?;
        let file = approval_name(&certificate.card);
        writer.note_exchange(&event(&file, "in", &superior.institution, "accepted", now))?;
        Ok::<_, Error>(())
    })?;
    Ok(superior)
}

fn check_superior(known: &[Device], superior: &Card) -> Result<(), EnrolError> {
    if let Some(same) = known.iter().find(|device| device.card.origin == superior.origin) {
        return Err(match same.state {
            TrustState::Revoked | TrustState::Replaced => EnrolError::Revoked {
                origin: superior.origin.clone(),
            },
            _ => EnrolError::Already {
                institution: superior.institution.clone(),
            },
        });
    }
    // Another device of the same superior is welcome; another superior is a matter of moving house.
    let above = known
        .iter()
        .find(|device| device.role == Role::Superior && device.is_active());
    match above {
        Some(other) if other.card.institution != superior.institution => Err(EnrolError::HasSuperior {
            institution: other.card.institution.clone(),
        }),
        _ => Ok(()),
    }
}

/// Revokes a device: nothing of it is taken any more. What it sent before stays.
///
/// # Errors
/// [`Error::NoPeer`], [`Error::Store`].
pub fn revoke(store: &Store, origin: &str, reason: &str, now: DateTime<FixedOffset>) -> Result<()> {
    store.try_write(|writer| {
        let found = peers::device(writer, origin)?;
        let mut device = found.ok_or_else(|| Error::NoPeer {
            institution: origin.to_owned(),
        })?;
        device.state = TrustState::Revoked;
        device.until = Some(moment(now));
        device.write(writer, &moment(now))?;
        if let Some(log) = writer.log(origin)? {
            writer.set_log_state(log.log_no, LogState::Revoked, device.until.as_deref())?;
        }
        let mut event = event("", "in", &device.card.institution, "revoked", now);
        event.detail = serde_json::json!({ "reason": reason }).to_string();
        Ok(writer.note_exchange(&event)?)
    })
}

/// Begins the replica of a device's log unless it is there.
pub(crate) fn begin_replica(writer: &safety_store::Writer<'_>, card: &Card, created: &str) -> Result<()> {
    if writer.log(&card.origin)?.is_none() {
        writer.add_log(&NewLog {
            origin: card.origin.clone(),
            institution: card.institution.clone(),
            device: card.device().to_owned(),
            audience: crate::stored::UP.to_owned(),
            own: false,
            vkey: card.verifier_key.clone(),
            valid_to: None,
            created: created.to_owned(),
        })?;
    }
    Ok(())
}

fn put_text(place: &dyn Place, text: &str, name: &str) -> Result<Put> {
    Ok(place.put(&mut |out| out.write_all(text.as_bytes()), &|_| name.to_owned())?)
}

fn event(
    file: &str,
    direction: &str,
    peer: &str,
    outcome: &str,
    now: DateTime<FixedOffset>,
) -> ExchangeEvent {
    ExchangeEvent {
        at: moment(now),
        direction: direction.to_owned(),
        peer: peer.to_owned(),
        file: file.to_owned(),
        sha256: String::new(),
        bytes: 0,
        origin: String::new(),
        first: 0,
        end: 0,
        outcome: outcome.to_owned(),
        detail: String::new(),
    }
}

fn note(
    writer: &safety_store::Writer<'_>,
    put: &Put,
    direction: &str,
    peer: &str,
    outcome: &str,
    now: DateTime<FixedOffset>,
) -> Result<()> {
    let event = ExchangeEvent {
        sha256: put.sha256.to_hex(),
        bytes: put.bytes,
        ..event(&put.name, direction, peer, outcome, now)
    };
    Ok(writer.note_exchange(&event)?)
}
