//! Records to measure with. Their shapes (ledgers, fields, checklists, how often each occurs) are those of a demo
//! outlet's year; their texts, people, numbers, dates and identifiers are drawn anew for each, because a compressor
//! and an index would have too easy a time with copies.

use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate};
use safety_domain::record::{EntryHeader, HEADER_VERSION, RecordBody, parse_day};
use safety_journal::entry::{self, Payload, SALT_LEN};
use safety_store::journal::entry_name;
use serde_json::Value;
use uuid::Uuid;

use crate::measure::Outcome;

/// Of a hundred entries so many correct an earlier one.
const CORRECTIONS: u64 = 30;
/// A correction concerns one of so many records written last.
const RECENT: usize = 2000;
/// People who write and are named.
const PEOPLE: usize = 60;

/// Repeatable chance (SplitMix64), also for identifiers and salts: a compressor cannot tell it from the real thing.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        if most == 0 { 0 } else { self.next() % most }
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap_or_default())).unwrap_or_default()
    }

    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.index(words.len())).copied().unwrap_or_default()
    }

    fn percent(&mut self, of_hundred: u64) -> bool {
        self.below(100) < of_hundred
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(8) {
            let random = self.next().to_le_bytes();
            part.copy_from_slice(random.get(..part.len()).unwrap_or_default());
        }
    }

    /// A UUIDv7 of a moment.
    pub fn id(&mut self, at: DateTime<FixedOffset>) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// An entry about to be written.
#[derive(Debug, Clone)]
pub struct Made {
    pub header: EntryHeader,
    pub body: RecordBody,
    pub salt: [u8; SALT_LEN],
}

impl Made {
    /// Its line.
    pub fn line(&self) -> Outcome<Vec<u8>> {
        let header = serde_json::to_vec(&self.header)?;
        let body = serde_json::to_string(&self.body)?;
        let salt = self.salt;
        let body = body.as_bytes();
        Ok(entry::encode_line(&header, Payload::Body { salt, body })?)
    }
}

/// What entries are made from.
#[derive(Debug)]
pub struct Material {
    shapes: Vec<(String, RecordBody)>,
    /// The standard they are written under, `id@version`.
    pub reference: String,
    /// The same as JSON.
    pub standard: String,
}

impl Material {
    /// Takes the shapes of all records but those of the system's own ledgers from lines of a log.
    pub fn from_lines<'l>(
        lines: impl Iterator<Item = &'l Vec<u8>>,
        reference: String,
        standard: String,
    ) -> Outcome<Self> {
        let mut shapes = Vec::new();
        for line in lines {
            let parsed = entry::parse_line(line)?;
            let header: EntryHeader = serde_json::from_str(parsed.header())?;
            let Some(body) = parsed.body().filter(|_| header.ledger.starts_with('L')) else {
                continue;
            };
            shapes.push((header.ledger, serde_json::from_str(body)?));
        }
        if shapes.is_empty() {
            return Err("the demo world holds no records".into());
        }
        Ok(Self {
            shapes,
            reference,
            standard,
        })
    }

    /// In one line for the head of the table.
    pub fn describe(&self) -> String {
        let mut maker = self.maker("330100001", "outlet-safety/330100001/00000000", 1);
        let sample: usize = (0..2000)
            .filter_map(|_| maker.next_entry().line().ok())
            .map(|line| line.len())
            .sum();
        format!(
            "Entries: shapes of {} records of a demo outlet's year with texts, people, numbers and identifiers drawn anew; {} bytes on average, {CORRECTIONS} of 100 correct an earlier one",
            self.shapes.len(),
            sample / 2000
        )
    }

    /// Entries of one log.
    pub fn maker(&self, institution: &str, origin: &str, seed: u64) -> Maker<'_> {
        let mut chance = Chance::new(seed);
        let begin = DateTime::parse_from_rfc3339("2025-01-02T08:05:11+08:00").unwrap_or_default();
        let people = (0..PEOPLE).map(|_| chance.id(begin)).collect();
        Maker {
            material: self,
            institution: institution.to_owned(),
            origin: origin.to_owned(),
            people,
            at: begin,
            seq: 0,
            recent: Vec::new(),
            chance,
        }
    }
}

/// A record that may still be corrected.
struct Recent {
    record: Uuid,
    newest: u64,
    ledger: String,
    body: RecordBody,
}

/// Makes the entries of one log, one after the other.
pub struct Maker<'m> {
    material: &'m Material,
    institution: String,
    origin: String,
    people: Vec<Uuid>,
    at: DateTime<FixedOffset>,
    seq: u64,
    recent: Vec<Recent>,
    chance: Chance,
}

impl Maker<'_> {
    /// The log goes on from entry `seq`.
    pub fn from(mut self, seq: u64) -> Self {
        self.seq = seq;
        self
    }

    /// The next entry.
    pub fn next_entry(&mut self) -> Made {
        self.at += Duration::seconds(20 + i64::try_from(self.chance.below(2400)).unwrap_or_default());
        let seq = self.seq;
        self.seq += 1;
        let mut salt = [0; SALT_LEN];
        self.chance.fill(&mut salt);
        let old = if self.chance.percent(CORRECTIONS) && !self.recent.is_empty() {
            let at = self.chance.index(self.recent.len());
            Some(self.recent.swap_remove(at))
        } else {
            None
        };
        let (record, ledger, body, prev) = match old {
            Some(old) => {
                let mut body = old.body;
                body.change = Some(sentence(&mut self.chance, 1));
                body.fields.insert(
                    "remark".to_owned(),
                    sentence_of_any_length(&mut self.chance).into(),
                );
                let prev = vec![entry_name(&self.origin, old.newest)];
                (old.record, old.ledger, body, prev)
            }
            None => {
                let shape = self.chance.index(self.material.shapes.len());
                let (ledger, body) = self.material.shapes.get(shape).cloned().unwrap_or_else(|| {
                    let body = RecordBody {
                        occurred: String::new(),
                        fields: serde_json::Map::new(),
                        late: None,
                        change: None,
                        files: Vec::new(),
                        withdrawn: false,
                    };
                    (String::new(), body)
                });
                let body = self.vary(body);
                (self.chance.id(self.at), ledger, body, Vec::new())
            }
        };
        if self.recent.len() >= RECENT {
            let at = self.chance.index(self.recent.len());
            self.recent.swap_remove(at);
        }
        self.recent.push(Recent {
            record,
            newest: seq,
            ledger: ledger.clone(),
            body: body.clone(),
        });
        let by = self.people.get(self.chance.index(4)).copied().unwrap_or_default();
        let header = EntryHeader {
            v: HEADER_VERSION,
            rec: record,
            ledger,
            inst: self.institution.clone(),
            at: self.at,
            by: by.to_string(),
            std: self.material.reference.clone(),
            prev,
        };
        Made { header, body, salt }
    }

    fn vary(&mut self, mut body: RecordBody) -> RecordBody {
        body.files.clear();
        body.change = None;
        body.occurred = self.moment(&body.occurred).unwrap_or(body.occurred);
        for (name, value) in &mut body.fields {
            self.vary_value(name, value);
        }
        if self.chance.percent(40) {
            body.fields.insert(
                "remark".to_owned(),
                sentence_of_any_length(&mut self.chance).into(),
            );
        }
        body
    }

    fn vary_value(&mut self, name: &str, value: &mut Value) {
        match value {
            Value::String(text) if Uuid::try_parse(text).is_ok() => {
                let person = self.people.get(self.chance.index(PEOPLE));
                *text = person.copied().unwrap_or_default().to_string();
            }
            Value::String(text) => {
                let long = text.chars().filter(|c| !c.is_ascii()).count() >= 6;
                if let Some(moment) = self.moment(text) {
                    *text = moment;
                } else if long {
                    *text = sentence_of_any_length(&mut self.chance);
                } else if name == "name" {
                    *text = person(&mut self.chance);
                }
            }
            Value::Number(number) => {
                let most = number.as_u64().unwrap_or(9).max(9);
                *value = self.chance.below(most + most / 2).into();
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.vary_value(name, item)),
            Value::Object(pairs) => {
                let failed = pairs.contains_key("verdict") && self.chance.percent(1);
                if failed {
                    pairs.insert("remark".to_owned(), sentence(&mut self.chance, 1).into());
                    pairs.insert("verdict".to_owned(), "fail".into());
                }
                for (name, item) in pairs.iter_mut() {
                    self.vary_value(name, item);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Another day or moment in the shape of `text`, when it is one, around the entry's time.
    fn moment(&mut self, text: &str) -> Option<String> {
        let day: NaiveDate = self.at.date_naive() - Days::new(self.chance.below(3));
        let clock = format!("{:02}:{:02}", 7 + self.chance.below(12), self.chance.below(60));
        if parse_day(text).is_some() {
            return Some(day.to_string());
        }
        if DateTime::parse_from_rfc3339(text).is_ok() {
            return Some(format!("{day}T{clock}:00+08:00"));
        }
        let shape: Vec<char> = text.chars().collect();
        matches!(shape.as_slice(), [a, b, ':', c, d] if [a, b, c, d].iter().all(|c| c.is_ascii_digit()))
            .then_some(clock)
    }
}

const PLACES: &[&str] = &[
    "营业大厅",
    "现金柜台",
    "自助银行",
    "监控机房",
    "守库室",
    "配电间",
    "消防通道",
    "办公区",
    "大门外侧",
    "款箱交接区",
    "理财室",
    "二楼会议室",
    "后院车位",
    "楼梯间",
    "值班室",
    "联动门",
    "自助设备加钞间",
    "档案库房",
    "员工食堂",
    "地下车库",
    "卫生间走廊",
    "弱电井",
    "屋顶水箱",
    "北侧围墙",
    "东侧卷帘门",
    "客户等候区",
    "贵宾室",
    "保管箱库",
    "强电竖井",
    "消防水泵房",
];
const THINGS: &[&str] = &[
    "灭火器",
    "应急照明灯",
    "110联网报警主机",
    "紧急报警按钮",
    "监控摄像机",
    "硬盘录像机",
    "防弹玻璃",
    "联动互锁门",
    "疏散指示标志",
    "烟感探测器",
    "消火栓",
    "防爆毯",
    "催泪喷射器",
    "防刺背心",
    "对讲机",
    "门禁读卡器",
    "UPS电源",
    "配电箱",
    "插线板",
    "防尾随门",
    "款箱电子锁",
    "库房密码锁",
    "入侵探测器",
    "语音对讲分机",
    "自动喷淋头",
    "防火卷帘",
    "橡胶警棍",
    "安全头盔",
    "强光手电",
    "防烟面罩",
];
const ACTS: &[&str] = &[
    "检查",
    "测试",
    "擦拭并紧固",
    "更换",
    "核对编号",
    "补贴标签",
    "重新布线",
    "通知维保单位处理",
    "现场复位",
    "拍照留存",
    "记录读数",
    "调整角度",
    "清理周边杂物",
    "锁闭后试开",
    "比对时钟",
    "回放录像抽查",
    "登记入册",
    "逐项确认",
    "交接签收",
    "演示操作",
];
const RESULTS: &[&str] = &[
    "情况正常",
    "压力在绿区",
    "响应时间符合要求",
    "画面清晰无遮挡",
    "未见异常",
    "无杂物堆放",
    "标识完好",
    "铅封完整",
    "指示灯正常",
    "需下周复查",
    "已当场纠正",
    "备件已到位",
    "待供应商确认",
    "与上次记录一致",
    "较上月有所改善",
    "操作人员熟练",
    "个别员工不熟悉，已再培训",
    "接线松动已处理",
    "时间偏差在允许范围",
    "电量充足",
];
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
    "许", "傅", "沈", "曾", "彭", "吕",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英",
    "霞", "平", "刚", "桂英", "建华", "文博", "子涵", "雨欣", "𠮷", "㛃", "䶮", "浩然", "思远", "嘉怡",
    "梓萱", "立群", "海燕", "振东", "晓峰", "佩瑜", "国栋", "春梅", "志强", "丽华", "永康", "雪琴", "凤英",
    "家豪", "玉兰", "天佑", "若曦", "景行", "怀瑾",
];

/// A person's name.
pub fn person(chance: &mut Chance) -> String {
    format!("{}{}", chance.pick(SURNAMES), chance.pick(GIVEN))
}

fn sentence_of_any_length(chance: &mut Chance) -> String {
    let clauses = 1 + chance.below(3);
    sentence(chance, clauses)
}

/// A remark as people write it: so many clauses.
pub fn sentence(chance: &mut Chance, clauses: u64) -> String {
    let mut text = String::new();
    for number in 0..clauses {
        if number > 0 {
            text.push('；');
        }
        let (place, thing) = (chance.pick(PLACES), chance.pick(THINGS));
        let (act, result) = (chance.pick(ACTS), chance.pick(RESULTS));
        let count = 1 + chance.below(30);
        match chance.below(6) {
            0 => text.push_str(&format!("{place}{thing}{count}具已{act}，{result}")),
            1 => text.push_str(&format!("{}{act}{place}的{thing}，{result}", person(chance))),
            2 => text.push_str(&format!("{place}第{count}号{thing}{result}")),
            3 => text.push_str(&format!("对{place}{thing}{act}，用时{count}分钟，{result}")),
            4 => text.push_str(&format!(
                "{place}{result}，{thing}编号{:05}，由{}{act}",
                chance.below(100_000),
                person(chance)
            )),
            _ => text.push_str(&format!("{act}{thing}，{result}")),
        }
    }
    text.push('。');
    text
}
