//! The documents that are compared with their kept layouts and pictures.

use safety_print::{
    Align, Block, Column, Document, KeyValue, Meta, PageStyle, RunningLine, SignatureCell, Text, TextSize,
};

fn meta(title: &str, lang: &str) -> Meta {
    Meta {
        title: title.to_owned(),
        author: "杭州分行安全保卫部".to_owned(),
        subject: String::new(),
        creator: "Outlet Safety Account 0.1.0".to_owned(),
        lang: lang.to_owned(),
        created: "2026-11-23T09:31:05+08:00".to_owned(),
        id_seed: "golden".to_owned(),
    }
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
    }
}

fn paragraph(text: impl Into<Text>) -> Block {
    Block::Paragraph {
        text: text.into(),
        indent: true,
        align: Align::Justify,
        size: TextSize::Normal,
    }
}

fn clause(level: u8, number: &str, text: impl Into<Text>) -> Block {
    Block::Clause {
        level,
        number: number.to_owned(),
        text: text.into(),
    }
}

/// Letter of responsibility in Chinese, for a person with rare characters in the name.
pub fn letter_zh(name: &str) -> Document {
    let blocks = vec![
        Block::Masthead {
            issuer: "中国示范银行杭州分行".to_owned(),
            number: "杭分安〔2026〕第12号".to_owned(),
        },
        Block::Title {
            text: "2026年度安全保卫工作责任书".to_owned(),
            subtitle: "（网点安全员 A 角）".to_owned(),
        },
        paragraph(
            "为贯彻“谁主管、谁负责，谁检查、谁负责”的原则，落实《企业事业单位内部治安保卫条例》《中华人民共和国消防法》\
             《银行业金融机构安全评估办法》（公治〔2009〕268号）等规定，明确安全保卫、案件防控和消防安全责任，经双方协商一致，签订本责任书。",
        ),
        heading(1, "一、签订双方与责任期限"),
        clause(
            1,
            "（一）",
            "甲方：中国示范银行杭州分行，第一责任人沈𠮷野，行长。",
        ),
        clause(
            1,
            "（二）",
            Text::from("乙方：西湖支行营业部，责任人")
                .with(name, true)
                .with("，业务主管，兼任网点安全员 A 角。", false),
        ),
        clause(
            1,
            "（三）",
            "责任期限自2026年1月1日起至2026年12月31日止；岗位变动的，自任职之日起10个工作日内重新签订，原责任书同时终止。",
        ),
        heading(1, "二、责任目标"),
        paragraph(
            "责任期内，乙方所在网点应当实现“四个零”：零案件、零火灾、零伤亡、零重大违规；110联动报警测试合格率100%，隐患按期整改率不低于98.5%，应急演练每半年不少于1次、每次不少于30分钟。",
        ),
        heading(1, "三、责任内容"),
        heading(2, "（一）日常检查"),
        clause(
            2,
            "1.",
            "每个营业日营业前、营业终了各检查1次，检查人对自己看过的每一个项目负责；发现问题当场登记，不得事后补记——确需补录的，注明“补录”及原因。",
        ),
        clause(
            2,
            "2.",
            "每月5日前完成上月入侵报警、视频监控（存储不少于90天）、门禁、消防设施的联合测试，测试结果由A、B角双人签字。",
        ),
        clause(
            2,
            "3.",
            "对联络电话0571-8765-4321、应急邮箱 safety@example.com 的有效性按季核对。",
        ),
        heading(2, "（二）隐患处置"),
        clause(
            2,
            "1.",
            "隐患按照“查、改、督、销”闭环管理：发现后24小时内登记，重大隐患立即报告并采取临时防护措施，整改期限不超过15天，逾期逐级上报。",
        ),
        clause(
            2,
            "2.",
            "整改完成后由他人复查；复查不合格的，重新计算期限，并追究责任（含《员工违规行为处理办法》规定的处理）。",
        ),
        heading(2, "（三）交接与培训"),
        clause(
            2,
            "1.",
            "安全员轮换应当在监交人监督下办理交接，交接时点即为责任界限；A角离岗期间由B角䶮昊代行职责，任何时间有且仅有1人在岗。",
        ),
        clause(
            2,
            "2.",
            "全年参加培训不少于12学时，网点全员参训率达到100%，缺席人员30日内补训。",
        ),
        heading(1, "四、考核与奖惩"),
        paragraph(
            "甲方按季对乙方履职情况进行考核，考核结果与绩效挂钩。发生案件、火灾或者重大违规的，实行“一票否决”，取消当年评优、晋级资格；涉嫌犯罪的，移送司法机关处理。",
        ),
        heading(1, "五、附则"),
        paragraph(
            "本责任书一式两份，甲乙双方各执一份，自签字之日起生效。本责任书的条款取自现行《网点安全保卫工作标准》2026年第1版中乙方所任岗位的职责。",
        ),
        Block::Signature {
            cells: vec![
                SignatureCell {
                    party: "甲方：中国示范银行杭州分行".to_owned(),
                    lines: vec!["负责人（签字）：".to_owned()],
                    seal: "（公章）".to_owned(),
                    date: "年    月    日".to_owned(),
                },
                SignatureCell {
                    party: format!("乙方：{name}"),
                    lines: vec!["责任人（签字）：".to_owned()],
                    seal: String::new(),
                    date: "年    月    日".to_owned(),
                },
            ],
        },
    ];
    Document {
        meta: meta(&format!("2026年度安全保卫工作责任书 {name}"), "zh-CN"),
        style: PageStyle::Letter,
        header: RunningLine::default(),
        footer: RunningLine::centered("— {page} / {pages} —"),
        mark: Some("演示数据 Demo data".to_owned()),
        blocks,
    }
}

/// The same kind of letter in English.
pub fn letter_en() -> Document {
    let blocks = vec![
        Block::Masthead {
            issuer: "Demonstration Bank, Hangzhou Branch".to_owned(),
            number: "Safety 2026/12".to_owned(),
        },
        Block::Title {
            text: "Letter of Responsibility for Security and Safety 2026".to_owned(),
            subtitle: "Outlet Security Officer A".to_owned(),
        },
        paragraph(
            "Following the rule that “whoever is in charge is responsible, and whoever inspects is responsible”, the \
             parties agree on the outlet’s responsibility for public security, case prevention and fire safety — in \
             words that can be checked, item by item, against the account.",
        ),
        heading(1, "1  Parties and term"),
        clause(
            1,
            "1.1",
            "Party A: Demonstration Bank, Hangzhou Branch, represented by Shen Jiye (沈𠮷野), President.",
        ),
        clause(
            1,
            "1.2",
            Text::from("Party B: West Lake Sub-branch, represented by ")
                .with("Gong Hao (龚昊)", true)
                .with(", business supervisor and outlet security officer A.", false),
        ),
        clause(
            1,
            "1.3",
            "This letter is valid from 1 January 2026 to 31 December 2026. On a change of post a new letter is signed within 10 working days; this letter then ends.",
        ),
        heading(1, "2  Targets"),
        paragraph(
            "During the term the outlet has no case, no fire, no casualty and no serious violation. Alarm tests with the police succeed in 100% of attempts; at least 98.5% of hazards are eliminated in time; an emergency drill is held at least once every half-year.",
        ),
        heading(1, "3  Duties of the post"),
        heading(2, "3.1  Daily checks"),
        clause(
            1,
            "(a)",
            "Check the outlet before opening and after closing on every business day. The officer who looked at an item answers for that item; what is found is entered at once and never afterwards—a late entry says so and gives its reason.",
        ),
        clause(
            1,
            "(b)",
            "Test the intrusion alarm, video surveillance (kept for at least 90 days), access control and fire equipment jointly by the 5th of each month.",
        ),
        clause(2, "(i)", "Both officers sign the result."),
        clause(
            2,
            "(ii)",
            "A failed test becomes a hazard on the same day; the repair is followed up until another person has rechecked it.",
        ),
        heading(2, "3.2  Hazards"),
        clause(
            1,
            "(a)",
            "Every hazard is found, rectified, supervised and closed. It is entered within 24 hours; grave hazards are reported at once and guarded until they are gone; the term for rectification is 15 days at most.",
        ),
        heading(1, "4  Assessment"),
        paragraph(
            "Party A assesses the fulfilment of duties each quarter. A case, a fire or a serious violation excludes Party B from honours and promotion in that year.",
        ),
        Block::Signature {
            cells: vec![
                SignatureCell {
                    party: "Party A: Demonstration Bank, Hangzhou Branch".to_owned(),
                    lines: ["Signed by:", "Post:", "Date:"].map(str::to_owned).to_vec(),
                    seal: "(seal)".to_owned(),
                    date: String::new(),
                },
                SignatureCell {
                    party: "Party B: Gong Hao".to_owned(),
                    lines: ["Signed by:", "Post:", "Date:"].map(str::to_owned).to_vec(),
                    seal: String::new(),
                    date: String::new(),
                },
            ],
        },
    ];
    Document {
        meta: meta("Letter of Responsibility 2026 — Gong Hao", "en"),
        style: PageStyle::Letter,
        header: RunningLine::default(),
        footer: RunningLine::centered("Page {page} of {pages}"),
        mark: None,
        blocks,
    }
}

/// One record as a form, with photograph, verification code and history.
pub fn record_sheet() -> Document {
    let blocks = vec![
        Block::Title {
            text: "应急演练登记表".to_owned(),
            subtitle: String::new(),
        },
        Block::KeyValue {
            across: 2,
            rows: vec![
                KeyValue::new("机构", "西湖支行营业部"),
                KeyValue::new("编号", "L06-2026-0042"),
                KeyValue::new("演练日期", "2026-11-20 15:30"),
                KeyValue::new("记录时间", "2026-11-23 09:31（补录）"),
                KeyValue::new("演练类型", "防抢劫"),
                KeyValue::new("组织人", "龚䶮㛃"),
                KeyValue::wide(
                    "参加人员",
                    "沈𠮷野、龚䶮㛃、阿卜杜拉·买买提、陈晓燕、李建国、王芳、赵敏、钱立群（共8人，应到8人，参演率100%）",
                ),
                KeyValue::wide(
                    "演练经过",
                    "15:30 模拟歹徒进入营业大厅持械威胁柜员，1号柜员按下紧急报警按钮并报告“有情况”，大堂经理疏散客户至安全区域；\
                     15:32 接警中心回拨确认，联动视频复核；15:36 “110”到场（模拟），控制现场。\n复盘：2号通道的防尾随门闭门器回弹偏慢（6秒，标准不超过3秒），已登记隐患H-2026-0117。",
                ),
                KeyValue::wide(
                    "效果评价",
                    "合格。报警到响应用时2分钟，较上次缩短40秒；建议每半年更换一次演练脚本。",
                ),
                KeyValue::wide(
                    "补录原因",
                    "11月20日至22日网点电脑送修，纸质记录经监交人核对后补录。",
                ),
            ],
        },
        heading(1, "修改记录"),
        Block::Table {
            columns: vec![
                Column::new("版本", 8.0).aligned(Align::Center),
                Column::new("时间", 22.0).aligned(Align::Center),
                Column::new("修改人", 16.0).aligned(Align::Center),
                Column::new("修改内容及原因", 54.0),
            ],
            rows: vec![
                vec![
                    "1".into(),
                    "2026-11-23 09:31".into(),
                    "龚䶮㛃".into(),
                    "新建".into(),
                ],
                vec![
                    "2".into(),
                    "2026-11-23 10:02".into(),
                    "龚䶮㛃".into(),
                    "更正参演人数：7人改为8人（漏记赵敏）".into(),
                ],
            ],
        },
        Block::SignLine {
            labels: vec!["填表人：".to_owned(), "审核人：".to_owned(), "日期：".to_owned()],
        },
        Block::Qr {
            text: "osa1:330100001:0192f7a4-7c1e-7b55-9c0e-5b1f2c3d4e5f:5d41402abc4b2a76".to_owned(),
            size_mm: 22.0,
            caption: Text::bold("校验码\n").with(
                "5D41 402A BC4B 2A76\n用任一台装有本程序的电脑即可离线核对本页内容。",
                false,
            ),
        },
    ];
    Document {
        meta: meta("应急演练登记表 L06-2026-0042", "zh-CN"),
        style: PageStyle::RecordSheet,
        header: RunningLine {
            left: "西湖支行营业部".to_owned(),
            center: String::new(),
            right: "应急演练台账 L06".to_owned(),
        },
        footer: RunningLine {
            left: "打印：龚䶮㛃 2026-11-23 10:05".to_owned(),
            center: String::new(),
            right: "第 {page} 页 共 {pages} 页".to_owned(),
        },
        mark: Some("演示数据 Demo data".to_owned()),
        blocks,
    }
}

/// Ledger with sixty rows.
pub fn ledger() -> Document {
    let names = ["龚䶮㛃", "沈𠮷野", "陈晓燕", "阿卜杜拉·买买提", "李建国"];
    let findings = [
        "正常",
        "正常",
        "2号柜台紧急报警按钮松动，已当场紧固并测试",
        "正常",
        "自助银行东侧灭火器压力指针偏低（红区），登记隐患H-2026-0098，限11月30日前更换",
        "正常",
        "监控第7路画面模糊，已联系维保单位（400-820-1234），次日修复",
    ];
    let rows = (0..60)
        .map(|row| {
            let day = row % 30 + 1;
            let month = 9 + row / 30;
            let finding = findings[row % findings.len()];
            vec![
                Text::from(format!("{}", row + 1)),
                Text::from(format!("2026-{month:02}-{day:02}")),
                Text::from(if row % 2 == 0 { "营业前" } else { "营业终了" }),
                Text::from(names[row % names.len()]),
                Text::from("通道、门禁、报警、监控、消防、自助设备"),
                if finding == "正常" {
                    Text::from(finding)
                } else {
                    Text::bold(finding)
                },
                Text::from(if row % 9 == 4 { "补录" } else { "" }),
            ]
        })
        .collect();
    let blocks = vec![
        Block::Title {
            text: "每日安全检查台账".to_owned(),
            subtitle: "2026年9月1日至2026年10月30日 西湖支行营业部".to_owned(),
        },
        Block::Table {
            columns: vec![
                Column::new("序号", 5.0).aligned(Align::Center),
                Column::new("日期", 11.0).aligned(Align::Center),
                Column::new("时段", 8.0).aligned(Align::Center),
                Column::new("检查人", 12.0).aligned(Align::Center),
                Column::new("检查项目", 24.0),
                Column::new("发现问题及处理情况", 34.0),
                Column::new("备注", 6.0).aligned(Align::Center),
            ],
            rows,
        },
        Block::SignLine {
            labels: vec![
                "网点负责人：".to_owned(),
                "安全员：".to_owned(),
                "检查人：".to_owned(),
                "日期：".to_owned(),
            ],
        },
    ];
    Document {
        meta: meta("每日安全检查台账", "zh-CN"),
        style: PageStyle::LedgerList,
        header: RunningLine {
            left: "中国示范银行西湖支行营业部".to_owned(),
            center: String::new(),
            right: "L01 每日安全检查台账".to_owned(),
        },
        footer: RunningLine {
            left: "打印：2026-11-23 10:05".to_owned(),
            center: String::new(),
            right: "第 {page} 页 共 {pages} 页".to_owned(),
        },
        mark: None,
        blocks,
    }
}

/// Recovery code.
pub fn recovery() -> Document {
    Document {
        meta: meta("恢复码", "zh-CN"),
        style: PageStyle::RecoverySheet,
        header: RunningLine::default(),
        footer: RunningLine::centered("{page} / {pages}"),
        mark: None,
        blocks: vec![
            Block::Title {
                text: "安全台账恢复码".to_owned(),
                subtitle: "西湖支行营业部 330100001".to_owned(),
            },
            paragraph(
                "本页是忘记密码时打开台账的唯一办法。请打印一份，装入信封密封，由网点负责人存入保险柜；不要拍照，不要存入电脑。",
            ),
            Block::Code {
                groups: ["K7QF", "2M9X", "WD4T", "83HN", "PZ6R", "VB5J", "C2YL", "GS8E"]
                    .map(str::to_owned)
                    .to_vec(),
            },
            clause(1, "1.", "在登录页选择“使用恢复码”，逐组输入，不分大小写。"),
            clause(1, "2.", "打开后立即设置新密码，并打印新的恢复码，旧码随即失效。"),
            Block::KeyValue {
                across: 1,
                rows: vec![
                    KeyValue::new("制作时间", "2026-11-23 09:31"),
                    KeyValue::new("制作人", "龚䶮㛃"),
                    KeyValue::new("存放地点", ""),
                ],
            },
            Block::SignLine {
                labels: vec!["封存人：".to_owned(), "监封人：".to_owned(), "日期：".to_owned()],
            },
        ],
    }
}

/// Binder with contents over several chapters.
pub fn binder() -> Document {
    let mut blocks = vec![
        Block::Title {
            text: "网点安全保卫台账汇编".to_owned(),
            subtitle: "2026年度".to_owned(),
        },
        Block::Contents {
            title: "目录".to_owned(),
            max_level: 2,
        },
    ];
    for (number, chapter) in ["基本情况", "每日检查", "应急演练与培训"].into_iter().enumerate()
    {
        blocks.push(Block::PageBreak);
        blocks.push(heading(
            1,
            &format!("第{}章 {chapter}", ["一", "二", "三"][number]),
        ));
        for section in 1..=2 {
            blocks.push(heading(
                2,
                &format!("{}.{section} {chapter}（{section}）", number + 1),
            ));
            for _ in 0..6 {
                blocks.push(paragraph("网点按照标准逐项登记，检查人对自己看过的项目负责。每一条记录均可凭页脚的校验码离线核对。"));
            }
        }
    }
    Document {
        meta: meta("网点安全保卫台账汇编", "zh-CN"),
        style: PageStyle::RecordSheet,
        header: RunningLine::default(),
        footer: RunningLine::centered("第 {page} 页 共 {pages} 页"),
        mark: None,
        blocks,
    }
}
