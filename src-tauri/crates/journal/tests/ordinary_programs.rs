//! A bundle opens with the programs `age`, `zstd` and `tar`, and bundles made by them are read. The
//! commands are those of `docs/bundle-format.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use safety_journal::Hash;
use safety_journal::bundle::{Limits, Part};
use safety_journal::checkpoint::SignedCheckpoint;
use safety_journal::entry::parse_line;
use safety_journal::note::{KeyType, Signer};
use safety_journal::seal::{Identity, Recipient};
use support::{checkpoint, hint, lines, manifest, noise, read, superior, write};

fn missing() -> Option<&'static str> {
    [
        "age",
        "age-keygen",
        "zstd",
        "tar",
        "sha256sum",
        "basenc",
        "openssl",
        "sh",
    ]
    .into_iter()
    .find(|program| {
        let found = Command::new(program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        found.is_err()
    })
}

fn shell(directory: &Path, script: &str) -> String {
    let output = Command::new("sh")
        .args(["-euc", script])
        .current_dir(directory)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The page's commands, all of them and in their order, on a bundle with a withheld entry among others.
#[test]
fn the_commands_of_the_format_page_open_and_check_a_bundle() {
    if let Some(program) = missing() {
        eprintln!("SKIPPED: the program {program} is not installed");
        return;
    }
    let page = fs::read_to_string("../../../docs/bundle-format.md").unwrap();
    let blocks = page
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    let script: String = blocks.collect();
    let (mut entries, blobs) = (lines(23), vec![noise(1, 3000), noise(2, 70_000)]);
    entries[4] = parse_line(&entries[4]).unwrap().withheld_line();
    let (bytes, _) = write(&entries, &blobs, hint(&entries, &blobs));
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    let superior_signer = Signer::from_seed("superior", KeyType::CosignatureV1, &[3; 32]).unwrap();
    let log = Signer::from_seed(support::ORIGIN, KeyType::Ed25519, &[1; 32]).unwrap();
    let signed = SignedCheckpoint::parse(checkpoint(&entries).as_bytes()).unwrap();
    let receipt = signed.with_cosignature(&superior_signer, 1_795_401_065).unwrap();
    fs::write(at.join("bundle.osbundle"), &bytes).unwrap();
    fs::write(
        at.join("receiver.key"),
        format!("{}\n", *superior().to_secret_text()),
    )
    .unwrap();
    fs::write(at.join("log.vkey"), format!("{}\n", log.verifier())).unwrap();
    fs::write(
        at.join("superior.vkey"),
        format!("{}\n", superior_signer.verifier()),
    )
    .unwrap();
    fs::write(at.join("receipt"), receipt.encode()).unwrap();
    let said = shell(at, &format!("LC_ALL=C.UTF-8 TZ=UTC; export LC_ALL TZ\n{script}"));
    assert_eq!(said.matches(": OK").count(), 2, "{said}");
    assert!(said.contains("root agrees"), "{said}");
    assert_eq!(
        said.matches("Signature Verified Successfully").count(),
        2,
        "{said}"
    );
    assert!(said.contains("2026"), "{said}");

    let chunk: Vec<u8> = entries
        .iter()
        .flat_map(|line| [line, &b"\n"[..]].concat())
        .collect();
    assert_eq!(fs::read(at.join("opened/entries/0/0.jsonl")).unwrap(), chunk);
    assert_eq!(
        fs::read(at.join("opened/checkpoint/0")).unwrap(),
        checkpoint(&entries).as_bytes()
    );
}

#[test]
fn age_takes_our_keys_as_its_own() {
    if let Some(program) = missing() {
        eprintln!("SKIPPED: the program {program} is not installed");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    fs::write(
        directory.path().join("key"),
        format!("{}\n", *superior().to_secret_text()),
    )
    .unwrap();
    let public = shell(directory.path(), "age-keygen -y key");
    assert_eq!(public.trim(), superior().recipient().to_string());
    assert_eq!(Recipient::parse(&public).unwrap(), superior().recipient());
    let made = shell(directory.path(), "age-keygen 2>/dev/null | tail -n 1");
    let identity = Identity::parse(&made).unwrap();
    assert_eq!(*identity.to_secret_text(), made.trim());
    assert!(!format!("{identity:?}").contains("SECRET"));
    for bad in [
        "",
        "AGE-SECRET-KEY-1",
        "age1",
        &made.to_lowercase()[..20],
        &made.trim()[..73],
    ] {
        assert_eq!(
            Identity::parse(bad).unwrap_err().code(),
            "seal-bad-identity",
            "{bad}"
        );
        assert_eq!(
            Recipient::parse(bad).unwrap_err().code(),
            "seal-bad-recipient",
            "{bad}"
        );
    }
}

#[test]
fn bundles_made_by_ordinary_programs_are_read() {
    if let Some(program) = missing() {
        eprintln!("SKIPPED: the program {program} is not installed");
        return;
    }
    let (entries, blob) = (lines(5), noise(7, 5000));
    let directory = tempfile::tempdir().unwrap();
    let at = directory.path();
    for name in ["checkpoint", "entries/0", "blobs"] {
        fs::create_dir_all(at.join(name)).unwrap();
    }
    let text: Vec<u8> = entries
        .iter()
        .flat_map(|line| [line, &b"\n"[..]].concat())
        .collect();
    fs::write(
        at.join("manifest.json"),
        manifest(5, std::slice::from_ref(&blob)).encode().unwrap(),
    )
    .unwrap();
    fs::write(at.join("checkpoint/0"), checkpoint(&entries)).unwrap();
    fs::write(at.join("entries/0/0.jsonl"), &text).unwrap();
    fs::write(at.join(format!("blobs/{}", Hash::of(&blob))), &blob).unwrap();
    let recipient = superior().recipient();
    let parts = "manifest.json checkpoint/0 entries/0/0.jsonl blobs/*";
    shell(
        at,
        &format!("tar -cf - {parts} | zstd -q | age -r {recipient} > x.osbundle"),
    );
    let bytes = fs::read(at.join("x.osbundle")).unwrap();
    let (_, found, blobs) = read(&bytes, &[superior()], Limits::default()).unwrap();
    assert_eq!(blobs, [blob]);
    assert!(matches!(&found[1], Part::Entries(chunk) if chunk.bytes == text && chunk.count == 5));
}
