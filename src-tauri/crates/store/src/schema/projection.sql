-- Everything here follows from the journal and the standards, and may be dropped and built again.

CREATE TABLE records (
  no        INTEGER PRIMARY KEY,
  id        BLOB NOT NULL UNIQUE,
  ledger    TEXT NOT NULL,
  inst      TEXT NOT NULL,
  occurred  TEXT NOT NULL,
  created   INTEGER NOT NULL,
  recorded  INTEGER NOT NULL,
  author    TEXT NOT NULL,
  title     TEXT NOT NULL,
  state     TEXT,
  due       TEXT,
  open      INTEGER NOT NULL,
  bad       INTEGER NOT NULL,
  late      INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  conflict  INTEGER NOT NULL,
  known     INTEGER NOT NULL,
  versions  INTEGER NOT NULL,
  pos       INTEGER NOT NULL
) STRICT;
CREATE INDEX records_newest ON records (occurred DESC, created DESC, id) WHERE withdrawn = 0;
CREATE INDEX records_ledger ON records (ledger, occurred);
CREATE INDEX records_inst ON records (inst, ledger, occurred);
CREATE INDEX records_open ON records (inst, ledger, due, bad) WHERE open = 1;
CREATE INDEX records_unknown ON records (no) WHERE known = 0;

-- Versions of a record other than its current one.
CREATE TABLE versions (
  no  INTEGER NOT NULL,
  pos INTEGER NOT NULL,
  PRIMARY KEY (no, pos)
) STRICT, WITHOUT ROWID;

-- The versions that no other replaces, where there is more than one.
CREATE TABLE heads (
  no  INTEGER NOT NULL,
  pos INTEGER NOT NULL,
  PRIMARY KEY (no, pos)
) STRICT, WITHOUT ROWID;

-- Versions named as replaced that have not arrived.
CREATE TABLE pending (
  no     INTEGER NOT NULL,
  origin TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  PRIMARY KEY (no, origin, seq)
) STRICT, WITHOUT ROWID;

-- Words cut in Rust (two characters at a time for Chinese); the texts themselves stay in the journal.
CREATE VIRTUAL TABLE words USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- Counts per institution, ledger and month of the act, withdrawn records left out.
CREATE TABLE tally (
  inst    TEXT NOT NULL,
  ledger  TEXT NOT NULL,
  month   TEXT NOT NULL,
  records INTEGER NOT NULL,
  late    INTEGER NOT NULL,
  open    INTEGER NOT NULL,
  PRIMARY KEY (inst, ledger, month)
) STRICT, WITHOUT ROWID;

-- Newest act per institution and ledger, and when something was last recorded.
CREATE TABLE last_done (
  inst     TEXT NOT NULL,
  ledger   TEXT NOT NULL,
  occurred TEXT NOT NULL,
  recorded INTEGER NOT NULL,
  PRIMARY KEY (inst, ledger)
) STRICT, WITHOUT ROWID;
