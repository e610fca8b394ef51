import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { DRAFT_REST, DraftKeeper, type DraftState } from "./draft";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Save = (id: string | undefined, content: string) => Promise<{ id: string; updated: string }>;

function keeper(save = vi.fn<Save>((id) => Promise.resolve({ id: id ?? "d1", updated: "2026-11-23T08:31:00+08:00" }))) {
  const states: DraftState[] = [];
  return { save, states, keeper: new DraftKeeper<string>({ save, told: (state) => states.push(state) }) };
}

test("a burst of typing is saved once, after a rest, with the last content", async () => {
  const { keeper: draft, save, states } = keeper();
  draft.change("演");
  draft.change("演练");
  await vi.advanceTimersByTimeAsync(DRAFT_REST - 1);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(save.mock.calls).toEqual([[undefined, "演练"]]);
  expect(states.at(-1)).toEqual({ kind: "saved", at: "2026-11-23T08:31:00+08:00" });
});

test("leaving saves at once", async () => {
  const { keeper: draft, save } = keeper();
  draft.change("a");
  await draft.flush();
  expect(save).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(DRAFT_REST);
  expect(save).toHaveBeenCalledOnce();
});

test("typing while the first save is under way makes no second draft", async () => {
  let answer: (draft: { id: string; updated: string }) => void = () => undefined;
  const save = vi.fn<Save>((id) =>
    id === undefined
      ? new Promise<{ id: string; updated: string }>((resolve) => {
          answer = resolve;
        })
      : Promise.resolve({ id, updated: "later" }),
  );
  const { keeper: draft } = keeper(save);
  draft.change("a");
  const first = draft.flush();
  await vi.advanceTimersByTimeAsync(0);
  draft.change("ab");
  const second = draft.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(save).toHaveBeenCalledOnce();
  answer({ id: "d1", updated: "now" });
  await Promise.all([first, second]);
  expect(save.mock.calls).toEqual([
    [undefined, "a"],
    ["d1", "ab"],
  ]);
});

test("a failed save is said and tried again with the next one", async () => {
  const save = vi.fn<Save>();
  save.mockRejectedValueOnce(new Error("disk full")).mockResolvedValue({ id: "d1", updated: "now" });
  const { keeper: draft, states } = keeper(save);
  draft.change("a");
  await draft.flush();
  expect(states.at(-1)).toMatchObject({ kind: "failed" });
  await draft.flush();
  expect(save).toHaveBeenLastCalledWith(undefined, "a");
  expect(states.at(-1)).toMatchObject({ kind: "saved" });
});

test("once the record is saved nothing more is written; a refused save goes on", async () => {
  const { keeper: draft, save } = keeper();
  draft.change("a");
  draft.close();
  draft.change("b");
  await vi.advanceTimersByTimeAsync(DRAFT_REST);
  expect(save).not.toHaveBeenCalled();
  draft.reopen();
  draft.change("c");
  await draft.flush();
  expect(save).toHaveBeenCalledOnce();
});

test("what was typed before an older draft was taken up stays a draft of its own", async () => {
  const { keeper: draft, save } = keeper();
  draft.change("new");
  draft.continue("old");
  await vi.advanceTimersByTimeAsync(0);
  draft.change("old, gone on with");
  await draft.flush();
  expect(save.mock.calls).toEqual([
    [undefined, "new"],
    ["old", "old, gone on with"],
  ]);
});
