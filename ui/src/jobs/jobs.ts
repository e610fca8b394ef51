/**
 * Long work goes on when its room is left: it lives here, not in a screen. One job of a kind at a time; its result
 * stays until it is taken away or the program locks.
 */
import { useSyncExternalStore } from "react";

import type { Progress } from "../generated/core";
import { call } from "../platform/client";

export interface Job<T> {
  /** Name under which the core tells its progress. */
  name: string;
  state: "running" | "done" | "failed";
  progress: Progress | null;
  /** Cancelling was asked for. */
  cancelling: boolean;
  result?: T;
  error?: unknown;
}

const POLL = 250;

let jobs: ReadonlyMap<string, Job<unknown>> = new Map();
const listeners = new Set<() => void>();
let number = 0;

function put(kind: string, job: Job<unknown> | null): void {
  const next = new Map(jobs);
  if (job) next.set(kind, job);
  else next.delete(kind);
  jobs = next;
  for (const listener of listeners) listener();
}

function update(kind: string, name: string, change: Partial<Job<unknown>>): void {
  const now = jobs.get(kind);
  if (now?.name === name) put(kind, { ...now, ...change });
}

async function follow(kind: string, name: string): Promise<void> {
  while (jobs.get(kind)?.name === name && jobs.get(kind)?.state === "running") {
    try {
      const progress = await call("job_progress", { job: name });
      update(kind, name, { progress });
    } catch {
      // The job itself tells what went wrong.
    }
    await new Promise((rest) => setTimeout(rest, POLL));
  }
}

/** Starts the work of a kind; `run` is given the name under which the core shall tell its progress. */
export function startJob<T>(kind: string, run: (job: string) => Promise<T>): void {
  if (jobs.get(kind)?.state === "running") return;
  number += 1;
  const name = `${kind}-${Date.now().toString(36)}-${number}`;
  put(kind, { name, state: "running", progress: null, cancelling: false });
  run(name).then(
    (result) => update(kind, name, { state: "done", result }),
    (error: unknown) => update(kind, name, { state: "failed", error }),
  );
  void follow(kind, name);
}

export function cancelJob(kind: string): void {
  const job = jobs.get(kind);
  if (job?.state !== "running") return;
  update(kind, job.name, { cancelling: true });
  void call("job_cancel", { job: job.name }).catch(() => undefined);
}

/** Takes a finished job's result away. */
export function forgetJob(kind: string): void {
  if (jobs.get(kind)?.state !== "running") put(kind, null);
}

/** On locking: what was found belongs to the one who is gone. */
export function clearJobs(): void {
  for (const [kind, { state }] of jobs) if (state !== "running") put(kind, null);
}

export function jobsRunning(): boolean {
  return [...jobs.values()].some(({ state }) => state === "running");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The job of a kind, running or ended; the type is that of what was started under this kind. */
export function useJob<T>(kind: string): Job<T> | null {
  return useSyncExternalStore(subscribe, () => jobs.get(kind) ?? null) as Job<T> | null;
}
