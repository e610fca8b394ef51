/** What every input of one form shares, so that a field in a row of a repeat works like any other. */
import { createContext, useContext } from "react";

import type { Attachment, Ledger } from "../generated/core";
import type { Names } from "./fieldText";
import type { Faults } from "./model";

export interface FormScope {
  ledger: Ledger;
  faults: Faults;
  /** Names of people and things chosen so far, by identifier. */
  names: Names;
  learn: (names: Names) => void;
  files: readonly Attachment[];
  addFile: (file: Attachment) => void;
  /** Institution whose people and facilities are offered. */
  institution: string;
  /** The day, for limits on dates. */
  today: string;
}

const Scope = createContext<FormScope | null>(null);

export const FormScopeProvider = Scope;

export function useFormScope(): FormScope {
  const scope = useContext(Scope);
  if (!scope) throw new Error("useFormScope outside a record form");
  return scope;
}
