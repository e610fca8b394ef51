//! What to send and what to take, decided from numbers alone.

/// How a log stands between this store and one receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogStand {
    /// Origin of the log.
    pub origin: String,
    /// Entries here.
    pub size: u64,
    /// Entries the receiver has given a receipt for; it holds these and their attachments. How many
    /// were bundled does not matter: a stick may have been lost.
    pub receipted: u64,
    /// Written by this device.
    pub own: bool,
}

/// Entries `start..end` of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Origin of the log.
    pub origin: String,
    /// Index of the first entry.
    pub start: u64,
    /// Index behind the last.
    pub end: u64,
    /// Entries below this index need not bring their attachments again.
    pub blobs_from: u64,
}

/// Why no plan can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// This device has no log of its own to send from.
    #[error("no own log")]
    NoOwnLog,
    /// The start asked for lies behind the end of the log.
    #[error("start {from} behind the end {size}")]
    StartBehindEnd {
        /// Start asked for.
        from: u64,
        /// Entries there are.
        size: u64,
    },
}

/// The ranges of a bundle: this device's own log first, always (an empty range still carries its checkpoint, a sign
/// of life), then every other log the receiver does not hold to its end. Own entries go from the last receipt, or
/// from `from` when somebody asks for a range again; then with all their attachments, since whoever asks again has
/// lost them.
///
/// # Errors
/// [`PlanError`].
pub fn plan_export(logs: &[LogStand], from: Option<u64>) -> Result<Vec<Range>, PlanError> {
    let own = logs.iter().find(|log| log.own).ok_or(PlanError::NoOwnLog)?;
    if let Some(from) = from.filter(|from| *from > own.size) {
        return Err(PlanError::StartBehindEnd { from, size: own.size });
    }
    // A receipt for more than there is means a store set back in time; that is found out elsewhere.
    let start = from.unwrap_or(own.receipted.min(own.size));
    let mut ranges = vec![Range {
        origin: own.origin.clone(),
        start,
        end: own.size,
        blobs_from: start,
    }];
    for log in logs.iter().filter(|log| !log.own && log.receipted < log.size) {
        ranges.push(Range {
            origin: log.origin.clone(),
            start: log.receipted,
            end: log.size,
            blobs_from: log.receipted,
        });
    }
    Ok(ranges)
}

/// What a range is to somebody who holds so many entries of its log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Follows directly; everything in it is new.
    Apply,
    /// All of it is here already.
    Repeated,
    /// Begins with `known` entries that are here already; the rest is new.
    Overlap {
        /// Entries to compare and pass over.
        known: u64,
    },
    /// Entries are missing before it.
    Gap {
        /// First missing entry.
        from: u64,
        /// Index behind the last missing one.
        to: u64,
    },
}

/// How the range `start..end` fits a log of which `held` entries are here.
pub fn plan_apply(start: u64, end: u64, held: u64) -> Fit {
    if start > held {
        Fit::Gap {
            from: held,
            to: start,
        }
    } else if end <= held {
        Fit::Repeated
    } else if start < held {
        Fit::Overlap { known: held - start }
    } else {
        Fit::Apply
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn stand(origin: &str, size: u64, receipted: u64, own: bool) -> LogStand {
        LogStand {
            origin: origin.to_owned(),
            size,
            receipted,
            own,
        }
    }

    fn ranges(logs: &[LogStand], from: Option<u64>) -> Vec<(String, u64, u64)> {
        let plan = plan_export(logs, from).unwrap();
        plan.into_iter()
            .map(|range| (range.origin, range.start, range.end))
            .collect()
    }

    #[test]
    fn export_goes_from_the_last_receipt_whatever_was_bundled() {
        let table = [
            // size, receipted, asked for → start
            (0, 0, None, 0),
            (10, 0, None, 0),
            (10, 4, None, 4),
            (10, 10, None, 10),
            (10, 4, Some(0), 0),
            (10, 4, Some(10), 10),
            (10, 12, None, 10),
        ];
        for (size, receipted, from, start) in table {
            let found = ranges(&[stand("网点A", size, receipted, true)], from);
            assert_eq!(
                found,
                [("网点A".to_owned(), start, size)],
                "{size} {receipted} {from:?}"
            );
        }
    }

    #[test]
    fn own_log_first_then_only_those_with_something_new() {
        let logs = [
            stand("网点A", 7, 3, false),
            stand("网点B", 5, 5, false),
            stand("支行", 2, 2, true),
        ];
        assert_eq!(
            ranges(&logs, None),
            [("支行".to_owned(), 2, 2), ("网点A".to_owned(), 3, 7)]
        );
    }

    #[test]
    fn no_plan_behind_the_end_or_without_own_log() {
        let own = [stand("网点A", 3, 0, true)];
        assert_eq!(
            plan_export(&own, Some(4)),
            Err(PlanError::StartBehindEnd { from: 4, size: 3 })
        );
        assert_eq!(plan_export(&[], None), Err(PlanError::NoOwnLog));
        assert_eq!(
            plan_export(&[stand("网点A", 3, 0, false)], None),
            Err(PlanError::NoOwnLog)
        );
    }

    #[test]
    fn every_way_a_range_can_lie() {
        let table = [
            (0, 0, 0, Fit::Repeated),
            (0, 5, 0, Fit::Apply),
            (0, 5, 5, Fit::Repeated),
            (0, 5, 9, Fit::Repeated),
            (0, 5, 3, Fit::Overlap { known: 3 }),
            (3, 5, 3, Fit::Apply),
            (3, 3, 3, Fit::Repeated),
            (4, 5, 3, Fit::Gap { from: 3, to: 4 }),
            (4, 4, 3, Fit::Gap { from: 3, to: 4 }),
        ];
        for (start, end, held, fit) in table {
            assert_eq!(plan_apply(start, end, held), fit, "{start}..{end} onto {held}");
        }
    }
}
