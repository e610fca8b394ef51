use super::*;

const CHEAP: Cost = Cost {
    memory_kib: 64,
    iterations: 1,
    lanes: 1,
};

fn fill() -> impl FnMut(&mut [u8]) {
    let mut state = 1u8;
    move |bytes| {
        for byte in bytes {
            state = state.wrapping_mul(37).wrapping_add(11);
            *byte = state;
        }
    }
}

fn at(seconds: i64) -> DateTime<FixedOffset> {
    let start: DateTime<FixedOffset> = "2026-11-23T09:00:00+08:00".parse().unwrap();
    start + TimeDelta::seconds(seconds)
}

#[test]
fn each_user_opens_the_same_root_with_an_own_password() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("account.osa");
    let root = RootSecret::generate(&mut fill());
    let mut slots = Slots::create(&store, CHEAP).unwrap();
    slots.add(&root, "王𠮷野", "消防通道2026", &mut fill()).unwrap();
    slots.add(&root, "李娜", "correct horse", &mut fill()).unwrap();
    assert_eq!(
        slots.add(&root, "李娜", "x", &mut fill()).unwrap_err().code(),
        "user-exists"
    );

    let mut slots = Slots::load(&store, CHEAP).unwrap();
    assert_eq!(slots.users(), ["王𠮷野", "李娜"]);
    assert_eq!(slots.unlock("王𠮷野", "消防通道2026", at(0)).unwrap(), root);
    assert_eq!(slots.unlock(" 李娜 ", "correct horse", at(0)).unwrap(), root);
    slots.change_password(&root, "李娜", "neu", &mut fill()).unwrap();
    assert_eq!(
        slots.unlock("李娜", "correct horse", at(0)).unwrap_err().code(),
        "wrong-password"
    );
    assert_eq!(slots.unlock("李娜", "neu", at(5)).unwrap(), root);
    slots.remove("王𠮷野").unwrap();
    assert_eq!(slots.remove("李娜").unwrap_err().code(), "last-user");
    assert_eq!(Slots::create(&store, CHEAP).unwrap_err().code(), "store-exists");
    let text = fs::read_to_string(Slots::path_for(&store)).unwrap();
    assert!(!text.contains("neu") && text.contains("argon2id"));
}

#[test]
fn wrong_attempts_wait_longer_each_time_and_over_restarts() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("account.osa");
    let root = RootSecret::generate(&mut fill());
    Slots::create(&store, CHEAP)
        .unwrap()
        .add(&root, "李娜", "gut", &mut fill())
        .unwrap();
    let mut now = 0;
    for pause in [1, 2, 4, 8, 16, 32, 60, 60] {
        let mut slots = Slots::load(&store, CHEAP).unwrap();
        assert_eq!(
            slots.unlock("李娜", "schlecht", at(now)).unwrap_err().code(),
            "wrong-password"
        );
        let Err(Error::SlowDown { seconds }) = slots.unlock("李娜", "gut", at(now)) else {
            panic!("not slowed down");
        };
        assert_eq!(seconds, pause);
        assert_eq!(Slots::load(&store, CHEAP).unwrap().wait("李娜", at(now)), pause);
        // A clock that was set back by years still waits at most a minute.
        assert!(slots.wait("李娜", at(-100_000_000)) <= LONGEST_WAIT);
        now += i64::try_from(pause).unwrap();
    }
    let mut slots = Slots::load(&store, CHEAP).unwrap();
    assert_eq!(slots.unlock("李娜", "gut", at(now)).unwrap(), root);
    assert_eq!(slots.wait("李娜", at(now)), 0);
    // Unknown names are slowed down as well, and do not slow down the known ones.
    assert_eq!(
        slots.unlock("谁", "gut", at(now)).unwrap_err().code(),
        "wrong-password"
    );
    assert_eq!(
        slots.unlock("谁", "gut", at(now)).unwrap_err().code(),
        "slow-down"
    );
    assert_eq!(slots.unlock("李娜", "gut", at(now)).unwrap(), root);
}

#[test]
fn files_from_outside_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("account.osa");
    assert_eq!(
        Slots::load(&store, CHEAP).unwrap_err().code(),
        "key-slots-missing"
    );
    let path = Slots::path_for(&store);
    fs::write(&path, b"{\"version\":1,\"slots\":").unwrap();
    assert_eq!(
        Slots::load(&store, CHEAP).unwrap_err().code(),
        "key-slots-damaged"
    );
    fs::write(&path, b"{\"version\":9,\"other\":1}").unwrap();
    assert_eq!(
        Slots::load(&store, CHEAP).unwrap_err().code(),
        "key-slots-too-new"
    );
    // A slot that asks for a terabyte, and one moved under another name.
    fs::remove_file(&path).unwrap();
    let root = RootSecret::generate(&mut fill());
    Slots::create(&store, CHEAP)
        .unwrap()
        .add(&root, "a", "pw", &mut fill())
        .unwrap();
    let good = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        good.replace("\"memory_kib\": 64", "\"memory_kib\": 1073741824"),
    )
    .unwrap();
    let mut slots = Slots::load(&store, CHEAP).unwrap();
    assert_eq!(
        slots.unlock("a", "pw", at(0)).unwrap_err().code(),
        "key-slots-damaged"
    );
    fs::write(&path, good.replace("\"user\": \"a\"", "\"user\": \"b\"")).unwrap();
    let mut slots = Slots::load(&store, CHEAP).unwrap();
    assert_eq!(
        slots.unlock("b", "pw", at(0)).unwrap_err().code(),
        "wrong-password"
    );
}
