import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { Words } from "../layout/Words";
import { replaceHost } from "../platform/client";
import type { Host } from "../platform/wire";
import { cancelJob, clearJobs, forgetJob, JobPanel, jobsRunning, startJob, useJob } from ".";

const nothing = () => Promise.resolve(null);
const called = vi.fn();

replaceHost({
  call(name, args) {
    called(name, args);
    return Promise.resolve({ step: "entries", done: 3, total: 12, finished: false, cancelled: false });
  },
  pickFile: nothing,
  pickFiles: () => Promise.resolve([]),
  pickFolder: nothing,
  pickSave: nothing,
  openDocument: () => Promise.resolve(),
  reveal: () => Promise.resolve(),
} satisfies Host);

function Shown({ kind }: { kind: string }) {
  const job = useJob<string>(kind);
  if (!job) return <p>none</p>;
  return job.state === "running" ? <JobPanel kind={kind} job={job} /> : <p>{`${job.state} ${job.result ?? ""}`}</p>;
}

afterEach(() => called.mockClear());

test("work goes on when its room is left, and its result is there on return", async () => {
  let finish: (result: string) => void = () => undefined;
  const first = render(
    <Words>
      <Shown kind="a" />
    </Words>,
  );
  expect(screen.getByText("none")).toBeVisible();
  act(() => startJob("a", () => new Promise<string>((done) => (finish = done))));
  expect(await screen.findByText("3 / 12")).toBeVisible();
  expect(jobsRunning()).toBe(true);
  first.unmount();
  await act(async () => {
    finish("written");
    await Promise.resolve();
  });
  render(<Shown kind="a" />);
  expect(screen.getByText("done written")).toBeVisible();
  act(() => forgetJob("a"));
  expect(screen.getByText("none")).toBeVisible();
});

test("a second start while one runs is none; cancelling asks the core; locking keeps no results", async () => {
  const again = vi.fn(() => Promise.resolve("second"));
  let fail: (error: Error) => void = () => undefined;
  render(<Shown kind="b" />);
  act(() => startJob("b", () => new Promise<string>((_, failed) => (fail = failed))));
  act(() => startJob("b", again));
  expect(again).not.toHaveBeenCalled();
  act(() => cancelJob("b"));
  expect(called).toHaveBeenCalledWith("job_cancel", expect.objectContaining({ job: expect.stringContaining("b-") as string }));
  await act(async () => {
    fail(new Error("cancelled"));
    await Promise.resolve();
  });
  expect(screen.getByText("failed")).toBeVisible();
  act(() => clearJobs());
  expect(screen.getByText("none")).toBeVisible();
});
