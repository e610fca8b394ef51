-- Facts about the store itself; one row per key.
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Private keys of this device and the like; never exported, never listed.
CREATE TABLE secrets (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- logs: the truth

CREATE TABLE logs (
  log_no      INTEGER PRIMARY KEY AUTOINCREMENT,
  origin      TEXT NOT NULL UNIQUE,
  institution TEXT NOT NULL,
  device      TEXT NOT NULL,
  audience    TEXT NOT NULL,
  own         INTEGER NOT NULL,
  vkey        TEXT NOT NULL,
  size        INTEGER NOT NULL,
  frontier    BLOB NOT NULL,
  root        BLOB NOT NULL,
  state       TEXT NOT NULL,
  valid_to    TEXT,
  created     TEXT NOT NULL
) STRICT;

-- pos = log_no << 40 | seq; line = the very bytes written or received.
CREATE TABLE journal (
  pos  INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL,
  line BLOB NOT NULL
) STRICT;

-- Signed heads: those this device signed, and those received, with every signature line known.
CREATE TABLE checkpoints (
  log_no INTEGER NOT NULL,
  size   INTEGER NOT NULL,
  root   BLOB NOT NULL,
  own    INTEGER NOT NULL,
  note   TEXT NOT NULL,
  noted  TEXT NOT NULL,
  PRIMARY KEY (log_no, size, root)
) STRICT, WITHOUT ROWID;

-- Cosignatures: who holds a log up to which size since when (POSIX seconds).
CREATE TABLE receipts (
  log_no INTEGER NOT NULL,
  signer TEXT NOT NULL,
  size   INTEGER NOT NULL,
  time   INTEGER NOT NULL,
  note   TEXT NOT NULL,
  PRIMARY KEY (log_no, signer, size, time)
) STRICT, WITHOUT ROWID;

CREATE TABLE trust (
  trust_no    INTEGER PRIMARY KEY AUTOINCREMENT,
  institution TEXT NOT NULL,
  name        TEXT NOT NULL,
  role        TEXT NOT NULL,
  origin      TEXT NOT NULL UNIQUE,
  vkey        TEXT NOT NULL,
  cosigner    TEXT,
  recipient   TEXT,
  certificate TEXT,
  state       TEXT NOT NULL,
  valid_from  TEXT,
  valid_to    TEXT,
  noted       TEXT NOT NULL,
  detail      TEXT NOT NULL
) STRICT;
CREATE INDEX trust_institution ON trust (institution, state);

CREATE TABLE exchange_history (
  no        INTEGER PRIMARY KEY AUTOINCREMENT,
  at        TEXT NOT NULL,
  direction TEXT NOT NULL,
  peer      TEXT NOT NULL,
  file      TEXT NOT NULL,
  sha256    TEXT NOT NULL,
  bytes     INTEGER NOT NULL,
  origin    TEXT NOT NULL,
  first     INTEGER NOT NULL,
  last      INTEGER NOT NULL,
  outcome   TEXT NOT NULL,
  detail    TEXT NOT NULL
) STRICT;
CREATE INDEX exchange_history_peer ON exchange_history (peer, at);
CREATE INDEX exchange_history_sha256 ON exchange_history (sha256);

CREATE TABLE standards (
  no             INTEGER PRIMARY KEY AUTOINCREMENT,
  id             TEXT NOT NULL,
  version        TEXT NOT NULL,
  effective_from TEXT NOT NULL,
  json           TEXT NOT NULL,
  signature      TEXT,
  added          TEXT NOT NULL,
  UNIQUE (id, version)
) STRICT;

CREATE TABLE blobs (
  blob_no INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256  BLOB NOT NULL UNIQUE,
  size    INTEGER NOT NULL,
  type    TEXT NOT NULL,
  state   TEXT NOT NULL
) STRICT;
CREATE INDEX blobs_wanted ON blobs (state) WHERE state <> 'present';

-- pos = blob_no << 20 | chunk number.
CREATE TABLE blob_chunks (
  pos   INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- ---------------------------------------------------------------- this machine only

CREATE TABLE users (
  name    TEXT NOT NULL PRIMARY KEY,
  role    TEXT NOT NULL,
  person  TEXT,
  active  INTEGER NOT NULL,
  created TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
  no      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      TEXT NOT NULL,
  user    TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL
) STRICT;
CREATE INDEX activity_at ON activity (at);

CREATE TABLE drafts (
  id      BLOB NOT NULL PRIMARY KEY,
  user    TEXT NOT NULL,
  ledger  TEXT NOT NULL,
  record  BLOB,
  json    TEXT NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_user ON drafts (user, updated);
