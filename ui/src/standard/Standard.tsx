/** The standard in force, read once per unlocked session and shared by every screen. */
import { Spin } from "antd";
import { createContext, useContext, type ReactNode } from "react";

import type { Standard } from "../generated/core";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call } from "../platform/client";
import { useLoad } from "../platform/useLoad";

const StandardContext = createContext<Standard | null>(null);

export function StandardProvider({ children }: { children: ReactNode }) {
  const { data, error } = useLoad("standard", () => call("standard_current"));
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (!data) return <Spin className="waiting" />;
  return <StandardContext value={data}>{children}</StandardContext>;
}

/** For tests and for screens that show a standard other than the one in force. */
export function StandardIs({ standard, children }: { standard: Standard; children: ReactNode }) {
  return <StandardContext value={standard}>{children}</StandardContext>;
}

/** The standard in force. */
export function useStandard(): Standard {
  const standard = useContext(StandardContext);
  if (!standard) throw new Error("useStandard outside StandardProvider");
  return standard;
}
