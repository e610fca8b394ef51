//! A small world for bundle tests, and a second way to put a bundle together that shares no code with
//! the writer under test.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::Write;

use safety_journal::Hash;
use safety_journal::bundle::{
    BlobRef, BundleError, FORMAT, Kind, Limits, LogRange, Manifest, Options, Part, Party, Reader, VERSION,
    Writer, Written,
};
use safety_journal::checkpoint::Checkpoint;
use safety_journal::entry::{Payload, encode_line, parse_line};
use safety_journal::note::{KeyType, Signer};
use safety_journal::seal::Identity;
use safety_journal::tree::root_of;
use sha2::{Digest, Sha256};

pub const ORIGIN: &str = "outlet-safety/330100001/1f2e3d4c";

pub fn superior() -> Identity {
    Identity::from_secret(&[9; 32]).unwrap()
}

/// Deterministic bytes that do not compress.
pub fn noise(seed: u64, len: usize) -> Vec<u8> {
    let blocks = (0u64..).flat_map(|n| {
        let mut digest = Sha256::new();
        digest.update(seed.to_be_bytes());
        digest.update(n.to_be_bytes());
        digest.finalize().to_vec()
    });
    blocks.take(len).collect()
}

/// Entry lines of about 700 bytes with the variety of real ones: ids, times, people, phrases.
pub fn lines(count: u64) -> Vec<Vec<u8>> {
    const PEOPLE: [&str; 8] = [
        "王𠮷",
        "李㛃",
        "张䶮",
        "陈国栋",
        "赵敏",
        "孙晓梅",
        "周建华",
        "吴桂英",
    ];
    const LEDGERS: [&str; 6] = ["L01", "L03", "L07", "L12", "L15", "L20"];
    const PLACES: [&str; 6] = ["营业大厅", "现金区", "自助银行", "监控室", "库房", "配电间"];
    const FOUND: [&str; 8] = [
        "灭火器压力正常,铅封完好,巡查记录已签字",
        "监控录像保存不足九十天,已通知维保单位现场处理",
        "应急照明一盏不亮,当日更换后复查正常",
        "防尾随联动门开关灵活,门禁记录与值班表核对无误",
        "一键报警按钮测试成功,公安接警中心三秒内回应",
        "消防通道堆放杂物两箱,现场清理并约谈当班人员",
        "自助设备加钞间门锁正常,未发现可疑粘贴物",
        "值班交接手续齐全,钥匙与密码分管情况符合规定",
    ];
    const MEASURES: [&str; 5] = [
        "无需整改",
        "限期三日内整改并复查",
        "已当场整改",
        "上报支行保卫部备案",
        "列入下月检查重点",
    ];
    (0..count)
        .map(|n| {
            let random = noise(n, 48);
            let pick = |at: usize, len: usize| usize::from(random[at]) % len;
            let hex = |range: std::ops::Range<usize>| -> String {
                random[range].iter().map(|byte| format!("{byte:02x}")).collect()
            };
            let time = 0x0193_b0a0_0000u64 + n * 7_200_000;
            let rec = format!(
                "{:08x}-{:04x}-7{}-8{}-{}",
                time >> 16, time & 0xffff, &hex(0..2)[1..], &hex(2..4)[1..], hex(4..10)
            );
            let (day, month) = (n / 3 % 28 + 1, n / 84 % 12 + 1);
            let (hour, minute) = (8 + pick(10, 10), pick(11, 60));
            let header = format!(
                r#"{{"v":1,"rec":"{rec}","ledger":"{}","inst":"330100001","at":"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}+08:00","by":"019300aa-0000-7000-8000-00000000000{}","std":"cn-outlet-safety@2026.1"}}"#,
                LEDGERS[pick(12, 6)], pick(13, 60), pick(14, 8)
            );
            let body = format!(
                r#"{{"occurred":"2026-{month:02}-{day:02}","fields":{{"place":"{}","inspector":"{}","accompanied_by":"{}","found":"{};{};室内温度{}度,湿度{}%","measure":"{}","deadline":"2026-{month:02}-{:02}","score":{},"signed":true,"device_no":"SB-{}-{}"}},"state":"{}"}}"#,
                PLACES[pick(15, 6)], PEOPLE[pick(16, 8)], PEOPLE[pick(17, 8)], FOUND[pick(18, 8)], FOUND[pick(19, 8)],
                pick(20, 15) + 15, pick(21, 50) + 30, MEASURES[pick(22, 5)], pick(23, 28) + 1, pick(24, 40) + 60,
                pick(25, 30), pick(26, 9), ["closed", "open"][pick(27, 2)]
            );
            let salt = random[28..44].try_into().unwrap();
            encode_line(header.as_bytes(), Payload::Body { salt, body: body.as_bytes() }).unwrap()
        })
        .collect()
}

pub fn party(institution: &str, name: &str) -> Party {
    Party {
        institution: institution.to_owned(),
        name: name.to_owned(),
        ..Party::default()
    }
}

pub fn manifest(entries: u64, blobs: &[Vec<u8>]) -> Manifest {
    Manifest {
        format: FORMAT.to_owned(),
        v: VERSION,
        kind: Kind::Upward,
        from: Party {
            device: ORIGIN.to_owned(),
            ..party("330100001", "城西支行营业部")
        },
        to: party("330100000", "杭州分行"),
        created: "2026-11-23T09:31:05+08:00".to_owned(),
        demo: false,
        logs: vec![LogRange {
            n: 0,
            origin: ORIGIN.to_owned(),
            start: 0,
            end: entries,
        }],
        blobs: blobs
            .iter()
            .map(|blob| BlobRef {
                sha256: Hash::of(blob),
                size: blob.len() as u64,
            })
            .collect(),
        program: "outlet-safety 0.1.0".to_owned(),
        other: Default::default(),
    }
}

pub fn checkpoint(lines: &[Vec<u8>]) -> String {
    let log = Signer::from_seed(ORIGIN, KeyType::Ed25519, &[1; 32]).unwrap();
    let leaves: Vec<Hash> = lines
        .iter()
        .map(|line| parse_line(line).unwrap().leaf())
        .collect();
    let head = Checkpoint {
        origin: ORIGIN.to_owned(),
        size: lines.len() as u64,
        root: root_of(&leaves),
    };
    head.sign(&log).unwrap().encode()
}

pub fn write(lines: &[Vec<u8>], blobs: &[Vec<u8>], options: Options) -> (Vec<u8>, Written) {
    let manifest = manifest(lines.len() as u64, blobs);
    let mut writer = Writer::new(Vec::new(), &[superior().recipient()], &manifest, options).unwrap();
    writer.checkpoint(0, checkpoint(lines).as_bytes()).unwrap();
    for (index, line) in (0..).zip(lines) {
        writer.entry(0, index, line).unwrap();
    }
    for (blob, content) in manifest.blobs.iter().zip(blobs) {
        writer.blob(blob, &content[..]).unwrap();
    }
    writer.finish().unwrap()
}

pub fn hint(lines: &[Vec<u8>], blobs: &[Vec<u8>]) -> Options {
    let size = lines.iter().chain(blobs).map(|bytes| bytes.len() as u64).sum();
    Options {
        size_hint: Some(size),
        level: None,
    }
}

/// Everything in a bundle: manifest, parts, contents of the blobs.
pub type All = (Manifest, Vec<Part>, Vec<Vec<u8>>);

pub fn read(bytes: &[u8], identities: &[Identity], limits: Limits) -> Result<All, BundleError> {
    let mut reader = Reader::open(bytes, identities, limits)?;
    let (mut parts, mut blobs) = (Vec::new(), Vec::new());
    while let Some(part) = reader.next_part()? {
        if matches!(part, Part::Blob(_)) {
            blobs.push(reader.blob_bytes()?);
        }
        parts.push(part);
    }
    Ok((reader.manifest().clone(), parts, blobs))
}

pub fn seal(plain: &[u8]) -> Vec<u8> {
    let recipient: age::x25519::Recipient = superior().recipient().to_string().parse().unwrap();
    let encryptor =
        age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).unwrap();
    let mut out = Vec::new();
    let mut stream = encryptor.wrap_output(&mut out).unwrap();
    stream.write_all(plain).unwrap();
    stream.finish().unwrap();
    out
}

/// A sealed bundle of any parts in any order, through the crates `tar`, `zstd` and `age` alone.
pub fn foreign(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in parts {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    seal(&zstd::encode_all(&archive.into_inner().unwrap()[..], 3).unwrap())
}
