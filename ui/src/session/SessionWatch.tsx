/**
 * Watches whether anybody is still sitting here: tells the core at most every half minute, locks when nobody is, and
 * follows the core when it has locked by itself.
 */
import { useEffect, useRef } from "react";

import type { AppStatus } from "../generated/core";
import { clearJobs, jobsRunning } from "../jobs";
import { call, whenLocked } from "../platform/client";

const TOUCH_EVERY = 30_000;
const LOOK_EVERY = 5_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "input"];

export interface SessionWatchProps {
  lockAfterMinutes: number;
  onStatus: (status: AppStatus) => void;
}

export function SessionWatch({ lockAfterMinutes, onStatus }: SessionWatchProps) {
  const told = useRef(onStatus);
  useEffect(() => {
    told.current = onStatus;
  });

  useEffect(() => {
    const leave = (status: AppStatus) => {
      if (status.phase === "unlocked") return;
      clearJobs();
      told.current(status);
    };
    const look = () => void call("app_status").then(leave, () => undefined);
    return whenLocked(look);
  }, []);

  useEffect(() => {
    let active = Date.now();
    let touched = Date.now();
    let locking = false;
    const sign = () => {
      active = Date.now();
      if (active - touched < TOUCH_EVERY) return;
      touched = active;
      void call("touch").catch(() => undefined);
    };
    const look = () => {
      // Work that goes on is somebody's work, even if nobody touches the keys.
      if (jobsRunning()) {
        sign();
        return;
      }
      if (locking || Date.now() - active < lockAfterMinutes * 60_000) return;
      locking = true;
      void call("lock").then(
        (status) => {
          clearJobs();
          told.current(status);
        },
        () => {
          locking = false;
        },
      );
    };
    for (const name of SIGNS) window.addEventListener(name, sign, { passive: true, capture: true });
    const clock = window.setInterval(look, LOOK_EVERY);
    return () => {
      for (const name of SIGNS) window.removeEventListener(name, sign, { capture: true });
      window.clearInterval(clock);
    };
  }, [lockAfterMinutes]);

  return null;
}
