//! Keeping the projection: what each applied entry does to the table of current records, the index of words and the
//! aggregates. The outcome depends on the set of entries only, never on the order in which they arrived.

mod index;
mod rebuild;
mod versions;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension as _;
use safety_domain::record::{Attachment, EntryHeader};
use safety_journal::{Hash, entry};

use crate::journal::Pos;
use crate::{Error, Result, Writer, rules};

/// Columns derived from an entry's bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Derived {
    pub title: String,
    /// `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, local; empty when unreadable or withheld.
    pub occurred: String,
    pub state: Option<String>,
    pub due: Option<String>,
    pub open: bool,
    pub bad: bool,
    pub late: bool,
    pub withdrawn: bool,
    /// The entry's own standard was there and knew its ledger.
    pub known: bool,
    /// For the index.
    pub words: String,
    pub files: Vec<Attachment>,
}

/// Applies entries within one transaction. Texts for the index and aggregates are gathered and written by
/// [`Projector::finish`], which must be called.
pub(crate) struct Projector<'w, 'a> {
    writer: &'w Writer<'a>,
    /// Some record waits for a version it names.
    pending: bool,
    /// Note attachments that are named but not here.
    wanted: bool,
    log_numbers: BTreeMap<String, Option<i64>>,
    words: index::Words,
    tally: BTreeMap<(String, String, String), Counts>,
    last: BTreeMap<(String, String), (String, i64)>,
    /// Institution and ledger whose newest act may have gone.
    recheck: BTreeSet<(String, String)>,
}

#[derive(Default, Clone, Copy)]
struct Counts {
    records: i64,
    late: i64,
    open: i64,
}

/// The row of a record as it stands, as far as applying needs it.
struct Row {
    no: i64,
    pos: Pos,
    created: i64,
    versions: i64,
    /// Several versions that nothing replaces are in `heads`.
    conflict: bool,
    share: Share,
}

/// Which version of a record is shown now, and what its row says about all of them.
struct Shown {
    pos: Pos,
    created: i64,
    versions: i64,
    /// More than one version that nothing replaces.
    conflict: bool,
}

/// What a record adds to the aggregates.
struct Share {
    inst: String,
    ledger: String,
    occurred: String,
    late: bool,
    open: bool,
    withdrawn: bool,
}

impl<'w, 'a> Projector<'w, 'a> {
    pub(crate) fn new(writer: &'w Writer<'a>) -> Result<Self> {
        let mut query = writer.prepare_cached("SELECT EXISTS (SELECT 1 FROM pending)")?;
        let pending = query.query_row([], |row| row.get(0))?;
        Ok(Self {
            writer,
            pending,
            wanted: true,
            log_numbers: BTreeMap::new(),
            words: index::Words::default(),
            tally: BTreeMap::new(),
            last: BTreeMap::new(),
            recheck: BTreeSet::new(),
        })
    }

    /// A projector that touches nothing but the projection.
    pub(crate) fn aside(writer: &'w Writer<'a>) -> Result<Self> {
        Ok(Self {
            wanted: false,
            ..Self::new(writer)?
        })
    }

    /// Applies a new entry.
    pub(crate) fn apply(
        &mut self,
        pos: Pos,
        origin: &str,
        header: &EntryHeader,
        derived: &Derived,
    ) -> Result<()> {
        if self.words.are_many() {
            self.words.write(self.writer)?;
        }
        self.note_files(derived)?;
        self.note_last(header, "");
        if header.prev.is_empty() {
            // The common case costs one look at the unique index.
            if self.insert(pos, header, derived)?.is_some() {
                return Ok(());
            }
        }
        match self.find(header)? {
            Some(row) => self.add_version(row, pos, origin, header, derived),
            None => {
                let no = self.insert(pos, header, derived)?;
                let no = no.ok_or_else(|| Error::Inconsistent("record neither there nor not".to_owned()))?;
                for name in &header.prev {
                    self.wait_for(no, name)?;
                }
                Ok(())
            }
        }
    }

    /// Derives a record's row again after the bytes of its entry changed (a body came or went).
    pub(crate) fn refresh(&mut self, pos: Pos, header: &EntryHeader, derived: &Derived) -> Result<()> {
        self.note_files(derived)?;
        match self.find(header)? {
            Some(row) if row.pos == pos => {
                let conflict = row.conflict;
                {
                    let shown = Shown {
                        pos,
                        versions: row.versions,
                        created: row.created,
                        conflict,
                    };
                    self.show(&row, &shown, header, derived)
                }
            }
            _ => Ok(()),
        }
    }

    /// Writes what was gathered: texts for the index, and the aggregates.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.words.write(self.writer)?;
        let mut add = self.writer.prepare_cached(
            "INSERT INTO tally (inst, ledger, month, records, late, open) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (inst, ledger, month) DO UPDATE SET
               records = records + excluded.records, late = late + excluded.late, open = open + excluded.open",
        )?;
        let mut clear = self.writer.prepare_cached(
            "DELETE FROM tally WHERE inst = ?1 AND ledger = ?2 AND month = ?3 AND records = 0",
        )?;
        for ((inst, ledger, month), counts) in std::mem::take(&mut self.tally) {
            add.execute((&inst, &ledger, &month, counts.records, counts.late, counts.open))?;
            if counts.records <= 0 {
                clear.execute((&inst, &ledger, &month))?;
            }
        }
        let mut last = self.writer.prepare_cached(
            "INSERT INTO last_done (inst, ledger, occurred, recorded) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (inst, ledger) DO UPDATE SET
               occurred = max(occurred, excluded.occurred), recorded = max(recorded, excluded.recorded)",
        )?;
        for ((inst, ledger), (occurred, recorded)) in std::mem::take(&mut self.last) {
            last.execute((&inst, &ledger, &occurred, recorded))?;
        }
        let mut again = self.writer.prepare_cached(
            "UPDATE last_done SET occurred = coalesce((
               SELECT occurred FROM records WHERE inst = ?1 AND ledger = ?2 AND withdrawn = 0
               ORDER BY occurred DESC LIMIT 1), '')
             WHERE inst = ?1 AND ledger = ?2",
        )?;
        for (inst, ledger) in std::mem::take(&mut self.recheck) {
            again.execute((&inst, &ledger))?;
        }
        Ok(())
    }

    /// Inserts the row of a record not yet there; its number, or `None` when it is there.
    fn insert(&mut self, pos: Pos, header: &EntryHeader, derived: &Derived) -> Result<Option<i64>> {
        let at = header.at.timestamp_millis();
        let mut insert = self.writer.prepare_cached(
            "INSERT INTO records (id, ledger, inst, occurred, created, recorded, author, title, state, due,
               open, bad, late, withdrawn, conflict, known, versions, pos)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14, 1, ?15)
             ON CONFLICT (id) DO NOTHING",
        )?;
        let changed = insert.execute(rusqlite::params![
            header.rec.as_bytes(),
            header.ledger,
            header.inst,
            derived.occurred,
            at,
            header.by,
            derived.title,
            derived.state,
            derived.due,
            derived.open,
            derived.bad,
            derived.late,
            derived.withdrawn,
            derived.known,
            pos.0,
        ])?;
        if changed == 0 {
            return Ok(None);
        }
        let no = self.writer.last_insert_rowid();
        self.words.add(no, &derived.words);
        self.count(&Share::of(header, derived), 1);
        if !derived.withdrawn {
            self.note_last(header, &derived.occurred);
        }
        Ok(Some(no))
    }

    fn find(&self, header: &EntryHeader) -> Result<Option<Row>> {
        let mut query = self.writer.prepare_cached(
            "SELECT no, pos, created, versions, inst, ledger, occurred, late, open, withdrawn, conflict
             FROM records WHERE id = ?1",
        )?;
        let row = query.query_row([header.rec.as_bytes()], |row| {
            let share = Share {
                inst: row.get(4)?,
                ledger: row.get(5)?,
                occurred: row.get(6)?,
                late: row.get(7)?,
                open: row.get(8)?,
                withdrawn: row.get(9)?,
            };
            let (no, pos, created, versions) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let conflict = row.get(10)?;
            Ok(Row {
                no,
                pos: Pos(pos),
                created,
                versions,
                conflict,
                share,
            })
        });
        Ok(row.optional()?)
    }

    /// Rewrites the row of a record for the version that is shown.
    fn show(&mut self, row: &Row, shown: &Shown, header: &EntryHeader, derived: &Derived) -> Result<()> {
        let mut update = self.writer.prepare_cached(
            "UPDATE records SET ledger = ?2, inst = ?3, occurred = ?4, created = ?5, recorded = ?6, author = ?7,
               title = ?8, state = ?9, due = ?10, open = ?11, bad = ?12, late = ?13, withdrawn = ?14,
               conflict = ?15, known = ?16, versions = ?17, pos = ?18
             WHERE no = ?1",
        )?;
        update.execute(rusqlite::params![
            row.no,
            header.ledger,
            header.inst,
            derived.occurred,
            shown.created,
            header.at.timestamp_millis(),
            header.by,
            derived.title,
            derived.state,
            derived.due,
            derived.open,
            derived.bad,
            derived.late,
            derived.withdrawn,
            shown.conflict,
            derived.known,
            shown.versions,
            shown.pos.0,
        ])?;
        self.words.replace(row.no, &derived.words);
        self.count(&row.share, -1);
        let share = Share::of(header, derived);
        self.count(&share, 1);
        if !share.withdrawn {
            self.note_last(header, &share.occurred);
        }
        let stays = !share.withdrawn
            && share.inst == row.share.inst
            && share.ledger == row.share.ledger
            && share.occurred >= row.share.occurred;
        if !stays && !row.share.withdrawn {
            self.recheck
                .insert((row.share.inst.clone(), row.share.ledger.clone()));
        }
        Ok(())
    }

    fn derive_stored(&self, pos: Pos) -> Result<(EntryHeader, Derived)> {
        let line = self.writer.line(pos)?;
        let parsed = entry::parse_line(&line)?;
        let header = rules::read_header(parsed.header())?;
        let derived = self.writer.rules().derive(&header, parsed.body());
        Ok((header, derived))
    }

    fn count(&mut self, share: &Share, sign: i64) {
        if share.withdrawn {
            return;
        }
        let month = share.occurred.get(..7).unwrap_or_default().to_owned();
        let counts = self
            .tally
            .entry((share.inst.clone(), share.ledger.clone(), month))
            .or_default();
        counts.records += sign;
        counts.late += sign * i64::from(share.late);
        counts.open += sign * i64::from(share.open);
    }

    fn note_last(&mut self, header: &EntryHeader, occurred: &str) {
        let recorded = header.at.timestamp_millis();
        let key = (header.inst.clone(), header.ledger.clone());
        let last = self.last.entry(key).or_insert_with(|| (String::new(), recorded));
        last.1 = last.1.max(recorded);
        if last.0.as_str() < occurred {
            last.0 = occurred.to_owned();
        }
    }

    fn note_files(&self, derived: &Derived) -> Result<()> {
        if !self.wanted {
            return Ok(());
        }
        for file in &derived.files {
            // A name that is no hash cannot be fetched; it stays readable in the record.
            let Ok(sha256) = Hash::from_hex(&file.sha256) else {
                continue;
            };
            let mut insert = self.writer.prepare_cached(
                "INSERT INTO blobs (sha256, size, type, state) VALUES (?1, ?2, ?3, 'wanted')
                 ON CONFLICT (sha256) DO NOTHING",
            )?;
            insert.execute((
                sha256.as_bytes(),
                i64::try_from(file.size).unwrap_or(i64::MAX),
                &file.media_type,
            ))?;
        }
        Ok(())
    }
}

impl Share {
    fn of(header: &EntryHeader, derived: &Derived) -> Self {
        Self {
            inst: header.inst.clone(),
            ledger: header.ledger.clone(),
            occurred: derived.occurred.clone(),
            late: derived.late,
            open: derived.open,
            withdrawn: derived.withdrawn,
        }
    }
}
