PRAGMA user_version = 1;
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE secrets (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE TABLE journal (
  pos  INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL,
  line BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoints (
  log_no INTEGER NOT NULL,
  size   INTEGER NOT NULL,
  root   BLOB NOT NULL,
  own    INTEGER NOT NULL,
  note   TEXT NOT NULL,
  noted  TEXT NOT NULL,
  PRIMARY KEY (log_no, size, root)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE blob_chunks (
  pos   INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;
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
INSERT INTO meta (key, value) VALUES ('created', '2026-11-23T09:00:00+08:00');
INSERT INTO meta (key, value) VALUES ('demo', '0');
INSERT INTO meta (key, value) VALUES ('device', '1f2e3d4c');
INSERT INTO meta (key, value) VALUES ('institution', '330100001');
INSERT INTO meta (key, value) VALUES ('level', 'outlet');
INSERT INTO meta (key, value) VALUES ('oldest_writer', '1');
INSERT INTO logs (log_no, origin, institution, device, audience, own, vkey, size, frontier, root, state, valid_to, created) VALUES (1, 'outlet-safety/330100001/1f2e3d4c', '330100001', '1f2e3d4c', 'up', 1, '', 1, x'00000000000000015904a10c3fae3f46f55ccb2dba65822af85787aa1f0b31d2422e71fc86ac8114', x'5904a10c3fae3f46f55ccb2dba65822af85787aa1f0b31d2422e71fc86ac8114', 'open', NULL, '2026-11-23T09:00:00+08:00');
INSERT INTO journal (pos, leaf, line) VALUES (1099511627776, x'5904a10c3fae3f46f55ccb2dba65822af85787aa1f0b31d2422e71fc86ac8114', x'7b22686561646572223a7b2276223a312c22726563223a2230313933356630302d303030302d373030302d383030302d303030303030303030303031222c226c6564676572223a22706572736f6e222c22696e7374223a22333330313030303031222c226174223a22323032362d31312d32335430393a30303a30302b30383a3030222c226279223a22e78e8bf0a0aeb7e9878e222c22737464223a2264656661756c7440323032362e31227d2c2273616c74223a224d4445794d7a51314e6a63344f5746695932526c5a67222c22626f6479223a7b226f63637572726564223a22323032362d31312d3233222c226669656c6473223a7b226e616d65223a22e78e8bf0a0aeb7e9878e227d7d7d');
