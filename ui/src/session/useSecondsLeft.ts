/** Counting down. */
import { useCallback, useEffect, useState } from "react";

/** Seconds left, and how to begin anew; counts by the clock, so that a sleeping window does not wait longer. */
export function useSecondsLeft(): [left: number, begin: (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const waiting = left > 0;
  useEffect(() => {
    if (!waiting) return;
    const clock = window.setInterval(() => setNow(Date.now()), 250);
    return () => window.clearInterval(clock);
  }, [waiting]);
  const begin = useCallback((seconds: number) => {
    setNow(Date.now());
    setUntil(Date.now() + seconds * 1000);
  }, []);
  return [left, begin];
}
