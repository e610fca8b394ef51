//! Signed notes, checkpoints, receipts and proofs, against the published examples of the C2SP
//! specifications and of the Go implementation they come from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use safety_journal::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use safety_journal::entry::{Payload, encode_line, parse_line};
use safety_journal::note::{KeyType, MAX_SIGNATURES, Note, NoteError, Signer, VerifierKey};
use safety_journal::proof::{Proof, ProofError};
use safety_journal::tree::{TreeError, inclusion_proof, leaf_hash, root_of};
use safety_journal::{Hash, checkpoint};

const PETER_SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH_LINE: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

fn key(text: &str) -> VerifierKey {
    VerifierKey::parse(text).unwrap()
}

fn note(lines: &[&str]) -> Result<Note, NoteError> {
    Note::parse(format!("{TEXT}\n{}", lines.concat()).as_bytes())
}

fn signer(name: &str, kind: KeyType, seed: u8) -> Signer {
    Signer::from_seed(name, kind, &[seed; 32]).unwrap()
}

#[test]
fn signs_as_the_go_implementation_does() {
    let secret = STANDARD.decode(PETER_SECRET).unwrap();
    let peter = Signer::from_seed("PeterNeumann", KeyType::Ed25519, secret[1..].try_into().unwrap()).unwrap();
    let enoch = signer("EnochRoot", KeyType::Ed25519, 0);
    assert_eq!(peter.verifier().to_string(), PETER);
    assert_eq!(enoch.verifier().to_string(), ENOCH);
    let signatures = vec![peter.sign(TEXT).unwrap(), enoch.sign(TEXT).unwrap()];
    let signed = Note {
        text: TEXT.to_owned(),
        signatures,
    };
    assert_eq!(signed.encode(), format!("{TEXT}\n{PETER_LINE}{ENOCH_LINE}"));
    assert!(!format!("{peter:?}").contains(&PETER_SECRET[..12]));
}

#[test]
fn the_example_of_the_specification_verifies() {
    let foo = key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    let text = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let parsed = Note::parse(text.as_bytes()).unwrap();
    assert_eq!(parsed.encode(), text);
    assert_eq!(parsed.verify(std::slice::from_ref(&foo)), Ok(vec![&foo]));
}

#[test]
fn lines_of_unknown_keys_are_kept_and_ignored_but_a_known_key_must_verify() {
    let (peter, enoch) = (key(PETER), key(ENOCH));
    let both = note(&[PETER_LINE, ENOCH_LINE]).unwrap();
    assert_eq!(both.signatures.len(), 2);
    assert_eq!(both.verify(std::slice::from_ref(&peter)), Ok(vec![&peter]));
    assert_eq!(both.verify(&[enoch.clone(), peter.clone()]).unwrap().len(), 2);
    assert_eq!(both.verify(&[]), Err(NoteError::UnknownSigner));
    // Same name, other key id; same id, other name: both unknown.
    let renamed = PETER_LINE.replace("PeterNeumann", "CarmenSandiego");
    let other_id = PETER_LINE.replace("x08g", "xxxx");
    let strangers = note(&[&renamed, &other_id]).unwrap();
    assert_eq!(
        strangers.verify(std::slice::from_ref(&peter)),
        Err(NoteError::UnknownSigner)
    );
    // A line of a known key that fails spoils the note, even beside one that holds.
    let (head, tail) = PETER_LINE.split_at(62);
    let broken = note(&[PETER_LINE, &format!("{head}ABCD{tail}")]).unwrap();
    assert_eq!(
        broken.verify(&[peter]),
        Err(NoteError::BadSignature {
            name: "PeterNeumann".to_owned()
        })
    );
}

#[test]
fn limits_and_form() {
    assert!(note(&vec![PETER_LINE; MAX_SIGNATURES]).is_ok());
    assert_eq!(
        note(&vec![PETER_LINE; MAX_SIGNATURES + 1]),
        Err(NoteError::TooManySignatures)
    );
    let long = format!("{}\n\n{PETER_LINE}", "x".repeat(128 * 1024));
    assert!(matches!(
        Note::parse(long.as_bytes()),
        Err(NoteError::TooLong { .. })
    ));
    // Empty lines inside the text stay in the text.
    let poem = format!("a\n\n\nb\n\n{PETER_LINE}");
    assert_eq!(Note::parse(poem.as_bytes()).unwrap().text, "a\n\n\nb\n");
    for name in ["", "a b", "a+b", "a\u{3000}b", "a\nb", &"x".repeat(256)] {
        assert_eq!(
            Signer::from_seed(name, KeyType::Ed25519, &[1; 32]).unwrap_err(),
            NoteError::BadName
        );
    }
}

#[test]
fn every_mangled_verifier_key_is_refused() {
    for at in 0..PETER.len() {
        let mut bytes = PETER.as_bytes().to_vec();
        bytes[at] = bytes[at].wrapping_add(1);
        assert!(
            VerifierKey::parse(&String::from_utf8_lossy(&bytes)).is_err(),
            "byte {at}"
        );
        assert!(VerifierKey::parse(&PETER[..at]).is_err(), "first {at}");
        assert!(at == 0 || VerifierKey::parse(&PETER[at..]).is_err(), "from {at}");
    }
    let unknown = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(
        VerifierKey::parse(unknown),
        Err(NoteError::UnknownKeyType { byte: 0x65 })
    );
    let long = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==";
    assert_eq!(VerifierKey::parse(long), Err(NoteError::BadKey));
    // The identity point: everything would verify under it.
    let weak: [u8; 32] = std::array::from_fn(|at| u8::from(at == 0));
    assert_eq!(
        VerifierKey::new("x", KeyType::Ed25519, &weak),
        Err(NoteError::BadKey)
    );
}

#[test]
fn every_malformed_vector_is_refused_with_the_fault_it_is_named_for() {
    let mut count = 0;
    for directory in ["note", "checkpoint", "proof"] {
        for file in std::fs::read_dir(format!("tests/vectors/{directory}")).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let bytes = std::fs::read(&path).unwrap();
            let code = match directory {
                "note" => Note::parse(&bytes).expect_err(&name).code(),
                "checkpoint" => SignedCheckpoint::parse(&bytes).expect_err(&name).code(),
                _ => Proof::parse(&bytes).expect_err(&name).code(),
            };
            assert_eq!(code, name.split('.').next().unwrap(), "{name}");
            count += 1;
        }
    }
    assert!(count >= 25, "{count} vectors");
}

const ORIGIN: &str = "outlet-safety/330100001/1f2e3d4c";

fn head() -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 20_852_163,
        root: Hash::of(b"root"),
    }
}

#[test]
fn a_checkpoint_is_three_lines_signed_by_its_own_log() {
    let log = signer(ORIGIN, KeyType::Ed25519, 1);
    let signed = head().sign(&log).unwrap();
    let text = signed.encode();
    assert!(text.starts_with(&format!(
        "{ORIGIN}\n20852163\n{}\n\n— {ORIGIN} ",
        Hash::of(b"root").to_base64()
    )));
    let keys = [
        signer("outlet-safety/330100002/aaaaaaaa", KeyType::Ed25519, 2)
            .verifier()
            .clone(),
        log.verifier().clone(),
    ];
    let opened = SignedCheckpoint::open(text.as_bytes(), &keys).unwrap();
    assert_eq!(opened.checkpoint(), &head());
    assert_eq!(opened.verify(&keys).unwrap(), log.verifier());
    assert!(matches!(
        opened.verify(&keys[..1]),
        Err(CheckpointError::Note(NoteError::UnknownSigner))
    ));
    let forged = text.replace("20852163", "20852164");
    assert_eq!(
        SignedCheckpoint::open(forged.as_bytes(), &keys)
            .unwrap_err()
            .code(),
        "note-bad-signature"
    );
}

#[test]
fn another_logs_key_cannot_speak_for_this_one() {
    let other = signer("outlet-safety/330100002/aaaaaaaa", KeyType::Ed25519, 2);
    assert_eq!(head().sign(&other).unwrap_err().code(), "checkpoint-wrong-origin");
    let text = head().text();
    let signatures = vec![other.sign(&text).unwrap()];
    let bytes = Note { text, signatures }.encode();
    let refused = SignedCheckpoint::open(bytes.as_bytes(), &[other.verifier().clone()]);
    assert_eq!(
        refused.unwrap_err(),
        CheckpointError::WrongOrigin {
            origin: ORIGIN.to_owned()
        }
    );
}

#[test]
fn a_demo_log_says_so() {
    assert!(!head().is_demo());
    assert!(
        Checkpoint {
            origin: format!("demo.{ORIGIN}"),
            ..head()
        }
        .is_demo()
    );
    assert_eq!(checkpoint::DEMO_PREFIX, "demo.");
}

#[test]
fn a_receipt_tells_its_time_and_cannot_be_changed() {
    let log = signer(ORIGIN, KeyType::Ed25519, 1);
    let superior = signer("outlet-safety/330100000/00000000", KeyType::CosignatureV1, 3);
    let signed = head().sign(&log).unwrap();
    let receipt = signed.with_cosignature(&superior, 1_679_315_147).unwrap();
    assert_eq!(signed.cosigned_at(superior.verifier()), Ok(None));
    assert_eq!(receipt.cosigned_at(superior.verifier()), Ok(Some(1_679_315_147)));
    let line = receipt.note().signatures.last().unwrap();
    assert_eq!(
        (line.bytes.len(), line.bytes[..8].to_vec()),
        (72, 1_679_315_147u64.to_be_bytes().to_vec())
    );
    // The cosigned message is the two lines and the note text, and nothing else.
    let message = format!("cosignature/v1\ntime 1679315147\n{}", head().text());
    let public = ed25519_dalek::VerifyingKey::from_bytes(superior.verifier().public()).unwrap();
    let signature = ed25519_dalek::Signature::from_slice(&line.bytes[8..]).unwrap();
    public.verify_strict(message.as_bytes(), &signature).unwrap();
    // Still the log's checkpoint, and the superior's plain key is another key.
    assert!(receipt.verify(&[log.verifier().clone()]).is_ok());
    let plain = signer("outlet-safety/330100000/00000000", KeyType::Ed25519, 3);
    assert_ne!(plain.verifier().id(), superior.verifier().id());
    assert_eq!(
        receipt.cosigned_at(plain.verifier()).unwrap_err().code(),
        "note-wrong-key-type"
    );
    assert_eq!(
        signed.cosign(&plain, 1).unwrap_err().code(),
        "note-wrong-key-type"
    );
    assert_eq!(superior.sign("x\n").unwrap_err().code(), "note-wrong-key-type");
    for at in 0..72 {
        let mut forged = receipt.note().clone();
        forged.signatures.last_mut().unwrap().bytes[at] ^= 1;
        let forged = SignedCheckpoint::parse(forged.encode().as_bytes()).unwrap();
        assert!(forged.cosigned_at(superior.verifier()).is_err(), "byte {at}");
    }
    assert_eq!(
        signed.cosign(&superior, u64::MAX).unwrap_err().code(),
        "checkpoint-bad-cosignature"
    );
}

#[test]
fn receipts_of_two_superiors_merge_into_one_copy() {
    let log = signer(ORIGIN, KeyType::Ed25519, 1);
    let (branch, office) = (
        signer("b", KeyType::CosignatureV1, 3),
        signer("h", KeyType::CosignatureV1, 4),
    );
    let signed = head().sign(&log).unwrap();
    let one = signed.with_cosignature(&branch, 10).unwrap();
    let two = signed
        .with_cosignature(&office, 20)
        .unwrap()
        .with_cosignature(&office, 30)
        .unwrap();
    let merged = one.merge(&two).unwrap();
    assert_eq!(merged.note().signatures.len(), 4);
    assert_eq!(merged.cosigned_at(branch.verifier()), Ok(Some(10)));
    assert_eq!(merged.cosigned_at(office.verifier()), Ok(Some(30)));
    assert_eq!(merged.merge(&one), Ok(merged.clone()));
    let later = Checkpoint {
        size: 20_852_164,
        ..head()
    }
    .sign(&log)
    .unwrap();
    assert_eq!(merged.merge(&later), Err(CheckpointError::Different));
}

fn proof_of(index: u64) -> (Proof, Signer, Signer) {
    let lines: Vec<Vec<u8>> = (0..21)
        .map(|n| {
            let header = format!(r#"{{"n":{n}}}"#);
            encode_line(
                header.as_bytes(),
                Payload::Body {
                    salt: [n; 16],
                    body: r#"{"名":"㛃"}"#.as_bytes(),
                },
            )
            .unwrap()
        })
        .collect();
    let leaves: Vec<Hash> = lines
        .iter()
        .map(|line| parse_line(line).unwrap().leaf())
        .collect();
    let log = signer(ORIGIN, KeyType::Ed25519, 1);
    let superior = signer("outlet-safety/330100000/00000000", KeyType::CosignatureV1, 3);
    let head = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 21,
        root: root_of(&leaves),
    };
    let checkpoint = head
        .sign(&log)
        .unwrap()
        .with_cosignature(&superior, 1_700_000_000)
        .unwrap();
    let path = inclusion_proof(&leaves[..], index, 21).unwrap();
    (
        Proof {
            entry: Some(lines[index as usize].clone()),
            index,
            path,
            checkpoint,
        },
        log,
        superior,
    )
}

#[test]
fn a_proof_file_stands_on_its_own() {
    for index in 0..21 {
        let (proof, log, superior) = proof_of(index);
        let text = proof.encode();
        assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
        let read = Proof::parse(text.as_bytes()).unwrap();
        assert_eq!(read, proof);
        let verified = read
            .verify(&[log.verifier().clone()], &[superior.verifier().clone()])
            .unwrap();
        assert_eq!(
            (verified.origin.as_str(), verified.size, verified.index),
            (ORIGIN, 21, index)
        );
        assert_eq!(
            verified.cosigned,
            vec![(superior.verifier().name().to_owned(), 1_700_000_000)]
        );
        // Without the entry in the file, the leaf comes from elsewhere.
        let bare = Proof { entry: None, ..read };
        let bare = Proof::parse(bare.encode().as_bytes()).unwrap();
        assert_eq!(
            bare.verify(&[log.verifier().clone()], &[]),
            Err(ProofError::NoEntry)
        );
        assert!(
            bare.verify_leaf(verified.leaf, &[log.verifier().clone()], &[])
                .unwrap()
                .cosigned
                .is_empty()
        );
        let stranger = leaf_hash(b"not in the log");
        let refused = bare.verify_leaf(stranger, &[log.verifier().clone()], &[]);
        assert_eq!(refused, Err(ProofError::Tree(TreeError::RootMismatch)));
    }
}

#[test]
fn a_proof_in_which_any_bit_is_flipped_proves_nothing_else() {
    let (proof, log, superior) = proof_of(13);
    let (log, superior) = ([log.verifier().clone()], [superior.verifier().clone()]);
    let good = proof.verify(&log, &superior).unwrap();
    let bytes = proof.encode().into_bytes();
    for at in 0..bytes.len() {
        for bit in [1, 0x20, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            if let Ok(verified) = Proof::parse(&changed).and_then(|proof| proof.verify(&log, &superior)) {
                // Only the name or id of the cosigner can change unnoticed: it is then an unknown one.
                assert_eq!(
                    (verified.leaf, verified.index),
                    (good.leaf, good.index),
                    "byte {at}"
                );
                assert!(verified.cosigned.is_empty(), "byte {at}");
            }
        }
    }
}

proptest! {
    #[test]
    fn a_note_of_any_text_round_trips(text in "(\\PC{0,20}\n){1,4}", seed in any::<[u8; 32]>()) {
        let signer = Signer::from_seed("name", KeyType::Ed25519, &seed).unwrap();
        let made = Note { text: text.clone(), signatures: vec![signer.sign(&text).unwrap()] };
        prop_assume!(!text.chars().any(|c| c < ' ' && c != '\n'));
        let read = Note::parse(made.encode().as_bytes()).unwrap();
        prop_assert_eq!(&read, &made);
        prop_assert!(read.verify(&[signer.verifier().clone()]).is_ok());
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Note::parse(&bytes).is_err() || bytes.contains(&b'\n'));
        prop_assert!(SignedCheckpoint::parse(&bytes).is_err());
        prop_assert!(Proof::parse(&bytes).is_err());
        let _ = VerifierKey::parse(&String::from_utf8_lossy(&bytes));
    }
}
