import { render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test, vi } from "vitest";

import type { Field, FieldKind } from "../generated/core";
import { switchLanguage } from "../i18n";
import { Words } from "../layout/Words";
import { replaceHost } from "../platform/client";
import { ledgerOf, StandardIs } from "../standard";
import { FakeCore } from "../test/fakeCore";
import { defaultStandard } from "../test/standard";
import { FieldRow } from "./FieldRow";
import { fieldText } from "./fieldText";
import { FormScopeProvider, type FormScope } from "./FormScope";
import { inputs } from "./inputs";

const standard = defaultStandard();
const ledger = ledgerOf(standard, "L12");
if (!ledger) throw new Error("no L12");
const drill = standard.drills[0];
const post = standard.posts[0];
const item = standard.checklist[0]?.items[0];
if (!drill || !post || !item) throw new Error("the default standard is incomplete");
const hash = "ab".repeat(32);
const names = { p1: "龚䶮", r1: "2026-11 例行检查", f1: "紧急按钮 J07-02", "330100001": "文三路网点" };

/** Every kind of field: a value, what its input shows, and the line that stands for it in a list. */
const table: Record<FieldKind, { field?: Partial<Field>; value: unknown; role: string; line: string }> = {
  text: { value: "欧阳𠮷", role: "textbox", line: "欧阳𠮷" },
  multiline: { value: "一\n二", role: "textbox", line: "一\n二" },
  integer: { value: 12, role: "spinbutton", line: "12" },
  decimal: { value: 1.5, role: "spinbutton", line: "1.5" },
  date: { value: "2026-11-23", role: "textbox", line: "2026-11-23" },
  time: { value: "09:30", role: "textbox", line: "09:30" },
  dateTime: { value: "2026-11-23T09:30:00+08:00", role: "textbox", line: "2026-11-23 09:30" },
  select_one: { field: { choices: "@drills" }, value: drill.id, role: "combobox", line: drill.title.zh },
  select_multiple: { field: { choices: "@drills" }, value: [drill.id], role: "combobox", line: drill.title.zh },
  image: { value: [hash], role: "button", line: "1 个附件" },
  file: { value: [hash], role: "button", line: "1 个附件" },
  person: { value: "p1", role: "combobox", line: "龚䶮" },
  people: { value: ["p1", "gone"], role: "combobox", line: "龚䶮、未知（gone）" },
  post: { value: post.id, role: "combobox", line: post.title.zh },
  facility: { value: "f1", role: "combobox", line: "紧急按钮 J07-02" },
  record: { field: { ledgers: ["L08"] }, value: "r1", role: "combobox", line: "2026-11 例行检查" },
  institution: { value: "330100001", role: "combobox", line: "文三路网点" },
  checklist: { value: { [item.id]: { verdict: "fail" } }, role: "radio", line: "合格 0，不合格 1，不适用 0" },
  repeat: {
    field: { fields: [{ id: "role", kind: "text", label: { zh: "角色", en: "Role" } }] },
    value: [{ role: "报警" }, { role: "疏散" }],
    role: "textbox",
    line: "报警；疏散",
  },
};

beforeEach(() => {
  switchLanguage("zh-CN");
});

function scope(more: Partial<FormScope> = {}): FormScope {
  if (!ledger) throw new Error("no L12");
  return {
    ledger,
    faults: new Map(),
    names,
    learn: vi.fn(),
    files: [{ sha256: hash, name: "现场.pdf", type: "application/pdf", size: 2048 }],
    addFile: vi.fn(),
    institution: "330100001",
    today: "2026-11-23",
    ...more,
  };
}

describe.each(Object.entries(table))("a %s", (kind, { field, value, role, line }) => {
  const definition: Field = { id: "value", kind: kind as FieldKind, label: { zh: "栏目", en: "Field" }, ...field };

  test("has an input that shows its value", () => {
    replaceHost(new FakeCore(standard));
    render(
      <Words>
        <StandardIs standard={standard}>
          <FormScopeProvider value={scope()}>
            <FieldRow field={definition} place="value" value={value} onChange={vi.fn()} />
          </FormScopeProvider>
        </StandardIs>
      </Words>,
    );
    expect(inputs[definition.kind]).toBeTypeOf("function");
    expect(screen.getAllByRole(role).length).toBeGreaterThan(0);
    expect(screen.getByText("栏目")).toBeVisible();
  });

  test("stands in a list as one line", () => {
    const words: Record<string, string> = {
      "record.and": "、",
      "record.rows": "；",
      "record.files": "{count} 个附件",
      "record.tally": "合格 {pass}，不合格 {fail}，不适用 {na}",
      "record.unknownName": "未知（{id}）",
    };
    const t = (key: string, values: Record<string, unknown> = {}) =>
      (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
    expect(fieldText({ standard, say: (text) => text?.zh ?? "", t }, ledger, definition, value, names)).toBe(line);
  });
});

test("a fault stands at its field, with what to do", () => {
  replaceHost(new FakeCore(standard));
  render(
    <Words>
      <StandardIs standard={standard}>
        <FormScopeProvider value={scope({ faults: new Map([["plan", { path: "fields.plan", code: "required-missing", fields: {} }]]) })}>
          <FieldRow field={{ id: "plan", kind: "text", label: { zh: "预案", en: "Plan" } }} place="plan" value="" onChange={vi.fn()} />
        </FormScopeProvider>
      </StandardIs>
    </Words>,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("必填");
});
