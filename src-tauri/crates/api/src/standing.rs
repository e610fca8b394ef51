//! How far others hold what is written here, read from receipts: nothing is called sent that has none.

use chrono::{DateTime, FixedOffset};
use safety_domain::record::local_offset;
use safety_store::Reader;
use safety_store::journal::Pos;
use safety_store::records::Positions;

use crate::error::Fault;
use crate::session::{Session, UPWARD};
use crate::types::ExchangeState;

/// This device's log and how far the superior holds it.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeldUp {
    pub log_no: Option<i64>,
    pub size: u64,
    /// Entries in bundles that were written.
    pub bundled: u64,
    pub receipted: u64,
    pub receipt_time: Option<DateTime<FixedOffset>>,
}

impl HeldUp {
    /// How far an entry has come.
    pub(crate) fn state(&self, pos: Pos) -> ExchangeState {
        if self.log_no != Some(pos.log_no()) {
            ExchangeState::Received
        } else if pos.seq() < self.receipted {
            ExchangeState::Receipted
        } else if pos.seq() < self.bundled {
            ExchangeState::Bundled
        } else {
            ExchangeState::Saved
        }
    }

    /// The positions of all entries that have come just so far: the same rule as [`HeldUp::state`], for lists.
    pub(crate) fn positions(&self, state: ExchangeState) -> Positions {
        let Some(log) = self.log_no else {
            return match state {
                ExchangeState::Received => Positions::outside(Pos::new(0, 0), Pos::new(0, 0)),
                _ => Positions::inside(Pos::new(0, 0), Pos::new(0, 0)),
            };
        };
        let (from, until) = match state {
            ExchangeState::Receipted => (0, self.receipted),
            ExchangeState::Bundled => (self.receipted, self.bundled),
            ExchangeState::Saved => (self.bundled, u64::MAX),
            ExchangeState::Received => return Positions::outside(Pos::new(log, 0), Pos::new(log, u64::MAX)),
        };
        Positions::inside(Pos::new(log, from), Pos::new(log, until))
    }
}

/// How far the superior holds this device's log.
pub(crate) fn held_up(reader: &Reader<'_>) -> Result<HeldUp, Fault> {
    let Some(log) = reader.own_log(UPWARD)? else {
        return Ok(HeldUp::default());
    };
    let receipt = reader.last_receipt(log.log_no, None)?;
    let receipted = receipt.as_ref().map_or(0, |receipt| receipt.size);
    // A head is signed for a bundle and for nothing else.
    let bundled = reader
        .last_checkpoint(log.log_no)?
        .map_or(0, |checkpoint| checkpoint.size);
    Ok(HeldUp {
        log_no: Some(log.log_no),
        size: log.size,
        bundled: bundled.max(receipted),
        receipted,
        receipt_time: receipt.and_then(|receipt| posix(receipt.time)),
    })
}

/// POSIX seconds as local time.
pub(crate) fn posix(seconds: u64) -> Option<DateTime<FixedOffset>> {
    let time = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    Some(time.with_timezone(&local_offset()))
}

/// When the oldest countersignature that covers an entry was given: it was not written later than this.
pub(crate) fn not_after(reader: &Reader<'_>, pos: Pos) -> Result<Option<DateTime<FixedOffset>>, Fault> {
    Ok(reader.receipt_of(pos)?.and_then(|receipt| posix(receipt.time)))
}

/// An enrolled device below.
#[derive(Debug, Clone)]
pub(crate) struct Below {
    pub stand: safety_exchange::status::Below,
    /// Later entries were announced that have not come.
    pub gap: bool,
}

/// Enrolled devices below, in the order they became known.
pub(crate) fn below(session: &Session, reader: &Reader<'_>) -> Result<Vec<Below>, Fault> {
    let waiting = safety_exchange::status::waiting(reader)?;
    let stands = safety_exchange::status(reader, &session.keys)?.below;
    Ok(stands
        .into_iter()
        .map(|stand| Below {
            gap: waiting.iter().any(|bundle| bundle.origin == stand.card.origin),
            stand,
        })
        .collect())
}
