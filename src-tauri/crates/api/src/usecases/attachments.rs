//! Photos, scans and documents: kept by hash inside the encrypted store.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use safety_domain::record::Attachment;
use safety_journal::Hash;
use safety_store::Reader;
use safety_store::blobs::BlobState;

use crate::error::Fault;
use crate::session::Session;
use crate::types::*;

/// Largest attachment. A scan of a letter or a photo of evidence is far below.
const LARGEST: u64 = 64 * 1024 * 1024;

pub fn attach_path(session: &Session, args: AttachPathArgs) -> Result<Attachment, Fault> {
    let path = Path::new(&args.path);
    // Asked before opening: a pipe would keep the program waiting for ever.
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(Fault::new("path-not-a-file").with("path", &args.path));
    }
    refuse_large(metadata.len())?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    put(session, &name, File::open(path)?.take(LARGEST))
}

pub fn attach_bytes(session: &Session, args: AttachBytesArgs) -> Result<Attachment, Fault> {
    let bytes = STANDARD
        .decode(&args.base64)
        .map_err(|error| Fault::new("arguments-wrong").with("detail", error))?;
    refuse_large(bytes.len() as u64)?;
    put(session, &args.name, bytes.as_slice())
}

fn refuse_large(size: u64) -> Result<(), Fault> {
    if size == 0 {
        return Err(Fault::new("attachment-empty"));
    }
    if size > LARGEST {
        return Err(Fault::new("attachment-too-large")
            .with("size", size)
            .with("limit", LARGEST));
    }
    Ok(())
}

/// The name alone, without folders and without what a file system or a screen minds.
fn plain_name(name: &str) -> String {
    /// As long as file systems take in Chinese.
    const LONGEST: usize = 80;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe: String = last
        .chars()
        .filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c))
        .collect();
    let safe = safe.trim().trim_start_matches('.');
    let skipped = safe.chars().count().saturating_sub(LONGEST);
    // The ending says what it is, so that it is the beginning that goes.
    let kept: String = safe.chars().skip(skipped).collect();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

fn put(session: &Session, name: &str, mut source: impl Read) -> Result<Attachment, Fault> {
    let name = plain_name(name);
    let media_type = media_type(&name);
    let blob = session
        .store
        .try_write(|writer| Ok::<_, Fault>(writer.add_blob(&mut source, media_type, None)?))?;
    Ok(Attachment {
        sha256: blob.sha256.to_hex(),
        name,
        media_type: media_type.to_owned(),
        size: blob.size,
        field: None,
    })
}

/// Whether the bytes of an attachment are in the store.
pub(crate) fn held(reader: &Reader<'_>, sha256: &str) -> Result<bool, Fault> {
    let Ok(hash) = Hash::from_hex(sha256) else {
        return Ok(false);
    };
    Ok(reader
        .blob(&hash)?
        .is_some_and(|blob| blob.state == BlobState::Present))
}

/// The media type by the name's ending; an unknown ending is plain bytes, which nothing tries to show.
fn media_type(name: &str) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    match ending.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        "txt" => "text/plain",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

pub fn attachment(session: &Session, args: AttachmentArgs) -> Result<AttachmentBytes, Fault> {
    let (media_type, bytes) = read(session, &args.sha256)?;
    Ok(AttachmentBytes {
        media_type,
        base64: STANDARD.encode(bytes),
    })
}

pub fn attachment_export(session: &Session, args: AttachmentExportArgs) -> Result<WrittenFile, Fault> {
    session.environment.may_write(Path::new(&args.path))?;
    let (_, bytes) = read(session, &args.sha256)?;
    crate::files::write_whole(Path::new(&args.path), &bytes)?;
    Ok(WrittenFile {
        path: args.path,
        bytes: bytes.len() as u64,
        pages: None,
    })
}

fn read(session: &Session, sha256: &str) -> Result<(String, Vec<u8>), Fault> {
    let missing = || Fault::new("attachment-missing").with("name", sha256);
    session.store.try_read(|reader| {
        let mut bytes = Vec::new();
        let hash = Hash::from_hex(sha256).map_err(|_| missing())?;
        let blob = reader.blob(&hash)?.ok_or_else(missing)?;
        reader.read_blob(&hash, &mut bytes)?;
        Ok((blob.media_type, bytes))
    })
}
