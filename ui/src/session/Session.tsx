/** Who is sitting here, for which institution, on which day. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";

import type { AppStatus, InstitutionBrief, UserView } from "../generated/core";

export interface Session {
  institution: InstitutionBrief;
  user: UserView;
  demo: boolean;
  /** Whether institutions lie below, so that lists name the institution. */
  superior: boolean;
  /** The core's clock when the session began, to tell the time with. */
  status: AppStatus;
  /** Asks the core again, after something that changes the status (settings, language, user's name). */
  refresh: () => void;
}

const SessionContext = createContext<Session | null>(null);

export interface SessionProviderProps {
  status: AppStatus;
  refresh: () => void;
  children: ReactNode;
}

/** The status has to be that of an unlocked store. */
export function SessionProvider({ status, refresh, children }: SessionProviderProps) {
  const session = useMemo(() => {
    const { institution, user, demo } = status;
    if (!institution || !user) return null;
    return { institution, user, demo, superior: institution.level !== "outlet", status, refresh };
  }, [status, refresh]);
  return <SessionContext value={session}>{session ? children : null}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside an unlocked store");
  return session;
}

const MINUTE = 60_000;

/** Milliseconds by which the core's clock is ahead of the window's; a demo store lives on another day. */
function lead(status: AppStatus, received: number): number {
  const core = Date.parse(status.now);
  return Number.isNaN(core) ? 0 : core - received;
}

/** The core's time, told anew every half minute. */
export function useNow(): Date {
  const { status } = useSession();
  const [received] = useState(() => Date.now());
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const clock = window.setInterval(() => setNow(Date.now()), MINUTE / 2);
    return () => window.clearInterval(clock);
  }, []);
  return new Date(now + lead(status, received));
}
