/**
 * Dates and times as the account writes them. The account's wall clock is +08:00 whatever the PC is set to, so
 * values are taken apart as text and never pass through the PC's own time zone.
 */
const OFFSET = "+08:00";
const AHEAD = 8 * 3_600_000;

const pad = (value: number) => String(value).padStart(2, "0");

/** Wall clock at +08:00 of an instant: `2026-11-23T09:31`. */
export function wallClock(instant: Date): string {
  const there = new Date(instant.getTime() + AHEAD);
  const day = `${there.getUTCFullYear()}-${pad(there.getUTCMonth() + 1)}-${pad(there.getUTCDate())}`;
  return `${day}T${pad(there.getUTCHours())}:${pad(there.getUTCMinutes())}`;
}

/** Wall clock of a written time, to the minute: RFC 3339 with any offset, or a local time without one. */
export function wallOf(text: string): string {
  const offset = /(?:Z|[+-]\d{2}:?\d{2})$/.exec(text.slice(10))?.[0];
  if (offset === undefined || offset === OFFSET) return text.slice(0, 16);
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? text : wallClock(instant);
}

/** A wall clock time as it is written into a record. */
export function written(wall: string): string {
  return `${wall.slice(0, 16)}:00${OFFSET}`;
}

/** As people read it: `2026-11-23` or `2026-11-23 09:31`. */
export function shownTime(text: string | null | undefined): string {
  if (!text) return "";
  return text.length <= 10 ? text : wallOf(text).replace("T", " ");
}

/** The day of a written date or time. */
export function dayOf(text: string): string {
  return text.length <= 10 ? text : wallOf(text).slice(0, 10);
}

/** The time of day of a written time: `09:31`. */
export function minuteOf(text: string): string {
  return wallOf(text).slice(11, 16);
}

const DAY = 86_400_000;

/** Days from one day to another; negative when it lies before. NaN when either is no date. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${dayOf(to)}T00:00:00Z`) - Date.parse(`${dayOf(from)}T00:00:00Z`)) / DAY);
}

/** A day so many days later. */
export function addDays(day: string, days: number): string {
  const then = new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY);
  return then.toISOString().slice(0, 10);
}
