/**
 * A core for tests of the window alone: keeps records in memory and answers the commands that record screens use.
 * It judges nothing beyond what a test asks it to (`refuse`); the real core is tested by its own journeys.
 */
import type {
  AppStatus,
  Attachment,
  DraftSaveArgs,
  DraftView,
  FieldFaultView,
  RecordDetail,
  RecordRow,
  RecordsQuery,
  RecordVersion,
  SaveArgs,
  Standard,
  TodayPage,
} from "../generated/core";
import type { Host } from "../platform/wire";

export const now = "2026-11-23T08:31:05+08:00";

interface Kept {
  row: RecordRow;
  versions: RecordVersion[];
}

export class FakeCore implements Host {
  readonly records = new Map<string, Kept>();
  readonly drafts = new Map<string, DraftView>();
  readonly files = new Map<string, { media_type: string; base64: string }>();
  readonly names: Record<string, string> = {};
  readonly calls: { name: string; args: unknown }[] = [];
  /** Faults with which the next saves are refused. */
  refuse: FieldFaultView[] = [];
  today: Partial<TodayPage> = {};
  status: AppStatus;
  #next = 1;

  constructor(
    readonly standard: Standard,
    readonly institution = { code: "330100001", name: { zh: "西湖支行文三路网点", en: "Wensan Road Outlet" }, level: "outlet" as const, superior: "330100000" },
  ) {
    this.names[institution.code] = institution.name.zh;
    this.status = {
      phase: "unlocked",
      version: "0.1.0",
      store: "/tmp/account.db",
      users: ["gong"],
      lang: "zh",
      demo: true,
      institution,
      user: { name: "gong", role: "officer", person: null, display: "龚䶮" },
      lock_after_minutes: 10,
      today: now.slice(0, 10),
      now,
    };
  }

  async call(name: string, args: unknown): Promise<unknown> {
    this.calls.push({ name, args });
    await Promise.resolve();
    const answer = (this as unknown as Record<string, ((args: unknown) => unknown) | undefined>)[`on_${name}`];
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- hosts reject with the core's error as it is
    if (!answer) throw { code: "command-unknown", fields: { command: name }, next: "errors.command-unknown.next" };
    return structuredClone(answer.call(this, args));
  }

  /** Calls of one command, oldest first. */
  called(name: string): unknown[] {
    return this.calls.filter((call) => call.name === name).map(({ args }) => args);
  }

  #id(): string {
    this.#next += 1;
    return `01930000-0000-7000-8000-${String(this.#next).padStart(12, "0")}`;
  }

  add(ledger: string, occurred: string, fields: Record<string, unknown>, more: Partial<RecordRow> = {}, files: Attachment[] = []): string {
    const id = this.#id();
    const book = this.standard.ledgers.find((one) => one.id === ledger);
    const words = (book?.summary ?? []).map((field) => fields[field]).filter((value) => typeof value === "string");
    const row: RecordRow = {
      id,
      ledger,
      institution: this.institution.code,
      occurred,
      recorded: now,
      author: "龚䶮",
      title: words.map((word) => this.names[word] ?? word).join(" · "),
      open: false,
      due: null,
      late: false,
      withdrawn: false,
      versions: 1,
      conflict: false,
      files: files.length,
      exchange: "saved",
      fields,
      ...more,
    };
    this.records.set(id, { row, versions: [this.#version({ occurred, fields, files })] });
    return id;
  }

  #version(body: RecordVersion["body"]): RecordVersion {
    return {
      reference: `demo.outlet-safety/330100001/ab12cd34#${this.#next}`,
      at: now,
      author: "龚䶮",
      standard: "default@2026.1",
      body,
      leaf: "3f".repeat(32),
      not_after: null,
      not_before: null,
    };
  }

  on_app_status = () => this.status;
  on_standard_current = () => this.standard;
  on_institutions_list = () => [this.institution];
  on_drafts_list = () => [...this.drafts.values()];
  on_draft_discard = ({ id }: { id: string }) => {
    this.drafts.delete(id);
    return {};
  };
  on_draft_save = ({ id = this.#id(), ledger, record = "", content }: DraftSaveArgs): DraftView => {
    const draft = { id, ledger, record: record === "" ? null : record, updated: now, content };
    this.drafts.set(id, draft);
    return draft;
  };
  on_ledgers_list = () =>
    this.standard.ledgers.map(({ id, title, group }) => {
      const rows = [...this.records.values()].filter(({ row }) => row.ledger === id && !row.withdrawn);
      return {
        id,
        title,
        group,
        count: rows.length,
        open: rows.filter(({ row }) => row.open).length,
        drafts: [...this.drafts.values()].filter(({ ledger }) => ledger === id).length,
      };
    });
  on_records_list = (query: RecordsQuery) => {
    const found = [...this.records.values()]
      .map(({ row }) => row)
      .filter(
        (row) =>
          (query.ledgers.length === 0 || query.ledgers.includes(row.ledger)) &&
          (query.ids.length === 0 || query.ids.includes(row.id)) &&
          (query.open === undefined || row.open === query.open) &&
          (query.late === undefined || row.late === query.late) &&
          (query.withdrawn || !row.withdrawn) &&
          Object.entries(query.fields).every(([field, value]) => row.fields[field] === value) &&
          (query.text === undefined || JSON.stringify(row).includes(query.text)),
      )
      .sort((a, b) => (a.occurred < b.occurred ? 1 : -1));
    return { rows: found.slice(query.offset, query.offset + query.limit), total: found.length, names: this.names };
  };
  on_record_get = ({ id }: { id: string }): RecordDetail => {
    const kept = this.records.get(id);
    if (!kept) throw new Error("no such record");
    const newest = kept.versions[0];
    if (!newest) throw new Error("no version");
    return { row: kept.row, body: newest.body, versions: kept.versions, names: this.names, editable: true };
  };
  on_record_save = ({ id, ledger, body, draft }: SaveArgs) => {
    if (this.refuse.length > 0) {
      const faults = this.refuse;
      this.refuse = [];
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- hosts reject with the core's error as it is
      throw { code: "record-invalid", fields: {}, next: "errors.record-invalid.next", faults };
    }
    if (draft !== undefined) this.drafts.delete(draft);
    const kept = id === undefined ? undefined : this.records.get(id);
    if (kept && id !== undefined) {
      kept.versions.unshift(this.#version(body));
      kept.row = { ...kept.row, occurred: body.occurred, fields: body.fields, versions: kept.versions.length };
      return { id, reference: `log#${this.#next}`, moved: [], next: null };
    }
    const made = this.add(ledger, body.occurred, body.fields, { late: body.late !== undefined && body.late !== null }, body.files);
    return { id: made, reference: `log#${this.#next}`, moved: ["one"], next: this.today.today?.[0] ?? null };
  };
  on_record_withdraw = ({ id, reason }: { id: string; reason: string }) => {
    const kept = this.records.get(id);
    const newest = kept?.versions[0];
    if (kept && newest) {
      kept.versions.unshift(this.#version({ ...newest.body, change: reason, withdrawn: true }));
      kept.row = { ...kept.row, withdrawn: true, versions: kept.versions.length };
    }
    return {};
  };
  on_lookup = ({ text }: { text: string }) =>
    Object.entries(this.names)
      .filter(([, name]) => name.includes(text))
      .map(([id, label]) => ({ id, label, detail: "综合柜员" }));
  on_attachment_add_bytes = ({ name, media_type, base64 }: { name: string; media_type: string; base64: string }): Attachment => {
    const sha256 = String(base64.length).padStart(64, "0");
    this.files.set(sha256, { media_type, base64 });
    return { sha256, name, type: media_type, size: Math.floor((base64.length * 3) / 4) };
  };
  on_attachment_get = ({ sha256 }: { sha256: string }) => this.files.get(sha256) ?? { media_type: "", base64: "" };
  on_ledger_print = ({ path }: { path: string }) => ({ path, bytes: 1, pages: 1 });
  on_record_print = this.on_ledger_print;
  on_obligations_list = () => ({
    obligations: [...(this.today.overdue ?? []), ...(this.today.today ?? []), ...(this.today.week ?? []), ...(this.today.done ?? [])],
    compliance: [],
  });
  on_today_page = (): TodayPage => ({
    date: now.slice(0, 10),
    holiday: null,
    business_day: true,
    officers: ["龚䶮", "陈㛃"],
    overdue: [],
    today: [],
    week: [],
    coming: [],
    done: [],
    hazards: [],
    hazards_open: 0,
    exchange: {
      enrolled: true,
      superior: { zh: "杭州分行", en: "Hangzhou Branch" },
      size: 412,
      bundled: 400,
      receipted: 388,
      receipt_time: "2026-11-20T17:40:00+08:00",
      not_receipted: 24,
      records_saved: 12,
      records_bundled: 12,
    },
    letters_missing: 2,
    silent: [],
    names: this.names,
    ...this.today,
    drafts: [...this.drafts.values()],
  });

  pickFile = () => Promise.resolve(null);
  pickFiles = () => Promise.resolve([]);
  pickFolder = () => Promise.resolve(null);
  pickSave = () => Promise.resolve("/tmp/list.pdf");
  openDocument = () => Promise.resolve();
  reveal = () => Promise.resolve();
}
