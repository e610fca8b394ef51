//! 网点A asks, 支行 approves, 网点A accepts; and everything that can be wrong with it.

use safety_domain::institution::Level;
use safety_exchange::enrol::{self, ReviewKind};
use safety_exchange::{DeviceKeys, DeviceSecrets, Error, Folder};

use super::world::*;

fn refused<T>(result: Result<T, Error>) -> &'static str {
    match result {
        Ok(_) => panic!("not refused"),
        Err(error) => error.code(),
    }
}

#[test]
fn an_outlet_is_known_by_name_before_its_first_bundle() {
    let world = World::new();
    let sub = world.actor("支行", "330100", Level::SubBranch);
    let outlet = world.actor("网点A", "330100001", Level::Outlet);
    let request = world.request(&outlet);
    assert!(outlet.status().request_pending);

    let seen = enrol::review(&request).unwrap();
    assert_eq!(
        (
            seen.kind,
            seen.card.institution.as_str(),
            seen.card.name.zh.as_str(),
            seen.card.level,
            seen.demo
        ),
        (ReviewKind::Request, "330100001", "网点A", Level::Outlet, false)
    );
    assert_eq!(seen.fingerprint, outlet.status().fingerprint);
    let approved = world.approve(&sub, &request, &seen.fingerprint, false).unwrap();
    assert_eq!(
        approved.file.name,
        format!(
            "enrol-330100001-{}.osapproval",
            outlet.keys.card(&outlet.name).device()
        )
    );
    let below = sub.status().below;
    assert_eq!(below.len(), 1);
    assert_eq!(
        (below[0].card.name.zh.as_str(), below[0].card.level, below[0].held),
        ("网点A", Level::Outlet, 0)
    );

    let approval = std::fs::read(world.folder("enrol").join(&approved.file.name)).unwrap();
    let seen = enrol::review(&approval).unwrap();
    assert_eq!(
        (seen.kind, seen.card.name.zh.as_str()),
        (ReviewKind::Approval, "支行")
    );
    assert_eq!(seen.fingerprint, sub.status().fingerprint);
    // Spoken without blanks, typed with a Chinese input method.
    let typed: String = seen
        .fingerprint
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
        .collect();
    enrol::accept(&outlet.store, &outlet.keys, &approval, &typed, world.now()).unwrap();
    let status = outlet.status();
    assert!(!status.request_pending);
    assert_eq!(status.up.superior.unwrap().institution, "330100");
    sub.verify();
    outlet.verify();
}

#[test]
fn what_is_no_request() {
    let world = World::new();
    let sub = world.actor("支行", "330100", Level::SubBranch);
    let outlet = world.actor("网点A", "330100001", Level::Outlet);
    let spoken = outlet.fingerprint();
    let request = String::from_utf8(world.request(&outlet)).unwrap();
    let newer = request.replace("\"v\": 1", "\"v\": 2");
    let renamed = request.replace("网点A", "网点B");
    let raised = request.replace("\"outlet\"", "\"branch\"");
    let moved = request.replace("330100001", "330100002");
    let demo = request.replace("\"demo\": false", "\"demo\": true");
    let long = format!("{request}{}", " ".repeat(70_000));
    for (fault, bytes, wanted) in [
        ("empty", "", "enrol-not-a-request"),
        ("text", "灭火器", "enrol-not-a-request"),
        (
            "no-signature",
            request.split("\n\n").next().unwrap(),
            "enrol-not-a-request",
        ),
        ("too-long", &long, "enrol-not-a-request"),
        ("newer", &newer, "enrol-newer-format"),
        ("renamed", &renamed, "enrol-signature-wrong"),
        ("raised", &raised, "enrol-signature-wrong"),
        ("moved", &moved, "enrol-not-a-request"),
        ("marked-demo", &demo, "enrol-demo-mismatch"),
    ] {
        let before = sub.dump();
        assert_eq!(
            refused(world.approve(&sub, bytes.as_bytes(), &spoken, false)),
            wanted,
            "{fault}"
        );
        assert_eq!(sub.dump(), before, "{fault}");
    }
    // Every single flipped bit is noticed.
    for at in 0..request.len() {
        let mut bytes = request.clone().into_bytes();
        bytes[at] ^= 1;
        assert!(enrol::Request::open(&bytes).is_err(), "byte {at}");
    }
}

#[test]
fn who_may_not_be_enrolled() {
    let world = World::new();
    let sub = world.actor("支行", "330100", Level::SubBranch);
    let outlet = world.actor("网点A", "330100001", Level::Outlet);
    let spare = world.actor("网点A备用机", "330100001", Level::Outlet);
    let peer = world.actor("支行二", "330200", Level::SubBranch);
    let demo = world.actor_in("演示网点", "330100009", Level::Outlet, true);
    let request = world.request(&outlet);

    let wrong = refused(world.approve(&sub, &request, &spare.fingerprint(), false));
    assert_eq!(wrong, "enrol-fingerprint-differs");
    assert_eq!(
        refused(world.approve(&sub, &request, "", false)),
        "enrol-fingerprint-differs"
    );
    assert_eq!(refused(world.enrol_as(&demo, &sub, false)), "enrol-demo-mismatch");
    assert_eq!(refused(world.enrol_as(&peer, &sub, false)), "enrol-level-wrong");
    assert_eq!(refused(world.enrol_as(&sub, &outlet, false)), "enrol-level-wrong");
    world.enrol(&outlet, &sub);
    assert_eq!(refused(world.enrol_as(&outlet, &sub, true)), "enrol-already");
    assert_eq!(refused(world.enrol_as(&spare, &sub, false)), "enrol-code-taken");
    world.enrol_as(&spare, &sub, true).unwrap();
    enrol::revoke(&sub.store, spare.origin(), "丢失", world.now()).unwrap();
    assert_eq!(refused(world.enrol_as(&spare, &sub, true)), "enrol-revoked");
    assert_eq!(sub.status().below.len(), 2);
}

#[test]
fn which_approval_is_not_accepted() {
    let world = World::new();
    let sub = world.actor("支行", "330100", Level::SubBranch);
    let other = world.actor("支行二", "330200", Level::SubBranch);
    let outlet = world.actor("网点A", "330100001", Level::Outlet);
    let spare = world.actor("网点A备用机", "330100001", Level::Outlet);
    let read = |name: &str| std::fs::read(world.folder("enrol").join(name)).unwrap();
    let approved = world
        .approve(&sub, &world.request(&outlet), &outlet.fingerprint(), false)
        .unwrap();
    let approval = read(&approved.file.name);
    let accept = |at: &Actor, bytes: &[u8], spoken: &str| {
        enrol::accept(&at.store, &at.keys, bytes, spoken, world.now())
    };
    let before = (outlet.dump(), spare.dump());
    assert_eq!(
        refused(accept(&outlet, &world.request(&outlet), &sub.fingerprint())),
        "enrol-not-an-approval"
    );
    assert_eq!(
        refused(accept(&outlet, &approval, &other.fingerprint())),
        "enrol-fingerprint-differs"
    );
    assert_eq!(
        refused(accept(&spare, &approval, &sub.fingerprint())),
        "enrol-other-device"
    );
    let text = String::from_utf8(approval.clone()).unwrap();
    let renamed = text.replacen("支行", "分行", 1);
    assert_eq!(
        refused(accept(&outlet, renamed.as_bytes(), &sub.fingerprint())),
        "enrol-signature-wrong"
    );
    // The certificate of another approval under this one's cover cannot be signed by anybody but the superior.
    let forged = text.replace("330100001", "330100002");
    assert_eq!(
        refused(accept(&outlet, forged.as_bytes(), &sub.fingerprint())),
        "enrol-signature-wrong"
    );
    assert_eq!((outlet.dump(), spare.dump()), before);

    accept(&outlet, &approval, &sub.fingerprint()).unwrap();
    assert_eq!(
        refused(accept(&outlet, &approval, &sub.fingerprint())),
        "enrol-already"
    );
    let second = world
        .approve(&other, &world.request(&outlet), &outlet.fingerprint(), false)
        .unwrap();
    let second = read(&second.file.name);
    assert_eq!(
        refused(accept(&outlet, &second, &other.fingerprint())),
        "enrol-has-superior"
    );
}

#[test]
fn nothing_is_written_down_when_the_approval_cannot_be_put() {
    let world = World::new();
    let sub = world.actor("支行", "330100", Level::SubBranch);
    let outlet = world.actor("网点A", "330100001", Level::Outlet);
    let request = world.request(&outlet);
    let before = sub.dump();
    let gone = Folder::new(world.dir.join("stick-pulled-out"), sub.origin());
    let decision = enrol::Decision {
        name: &sub.name,
        spoken: &outlet.fingerprint(),
        additional: false,
    };
    let result = enrol::approve(&sub.store, &sub.keys, &request, decision, &gone, world.now());
    assert_eq!(refused(result), "place-gone");
    assert_eq!(sub.dump(), before);
    assert!(sub.history().is_empty());
}

#[test]
fn keys_stay_in_the_store_and_are_never_printed() {
    let world = World::new();
    let outlet = world.actor("网点A", "330100001", Level::Outlet);
    let origin = outlet.origin().to_owned();
    let outlet = outlet.reopen();
    assert_eq!(outlet.origin(), origin);
    let device = outlet.keys.card(&outlet.name).device().to_owned();
    assert_eq!(origin, format!("outlet-safety/330100001/{device}"));
    let secret = outlet.keys.identity().to_secret_text();
    for printed in [format!("{:?}", outlet.keys), format!("{:?}", secrets(1))] {
        assert!(
            !printed.contains(secret.as_str()) && !printed.contains("[1, 1"),
            "{printed}"
        );
    }
    // A store made for one device does not take another's keys.
    let other: DeviceSecrets = secrets(99);
    assert_eq!(
        refused(
            outlet
                .store
                .try_write(|writer| other.install(writer, world.now()))
        ),
        "device-keys-other"
    );
    outlet
        .store
        .write(|writer| writer.set_secret("device", b"short"))
        .unwrap();
    assert_eq!(refused(DeviceKeys::load(&outlet.store)), "device-keys-missing");
}
