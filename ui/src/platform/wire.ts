/** What every way to reach the core has in common. */
import type { FieldFaultView, WireError } from "../generated/core";

/** A refusal by the core, or a core that could not be reached (`core-unreachable`). */
export class CoreError extends Error {
  readonly code: string;
  /** Values for the sentence. */
  readonly fields: Readonly<Record<string, string>>;
  /** Key of the sentence saying what to do next. */
  readonly next: string;
  /** Faults of single fields, when a form was refused. */
  readonly faults: readonly FieldFaultView[];

  constructor({ code, fields, next, faults = [] }: Pick<WireError, "code" | "fields"> & Partial<WireError>) {
    super(code);
    this.name = "CoreError";
    this.code = code;
    this.fields = fields;
    this.next = next ?? `errors.${code}.next`;
    this.faults = faults;
  }
}

function isWireError(raw: unknown): raw is WireError {
  return typeof raw === "object" && raw !== null && "code" in raw && typeof raw.code === "string" && "fields" in raw;
}

/** Reads an error from outside; anything that is not the core's becomes `core-unreachable` with its text as `detail`. */
export function readError(raw: unknown): CoreError {
  if (raw instanceof CoreError) return raw;
  if (isWireError(raw)) return new CoreError(raw);
  const detail = raw instanceof Error ? raw.message : String(raw);
  return new CoreError({ code: "core-unreachable", fields: { detail } });
}

/** Kinds of file a picker offers; `name` is shown to the person, extensions come without a dot. */
export interface FileKind {
  name: string;
  extensions: string[];
}

/** What the person is asked for when a path is needed. */
export interface PathRequest {
  title: string;
  /** Where the picker starts, or the file name it suggests. */
  suggested?: string;
  kinds?: FileKind[];
}

/** One host of this UI: the desktop window, or a browser on the test host. */
export interface Host {
  /** Runs a command; rejects with whatever the host rejects with, see {@link readError}. */
  call(name: string, args: unknown): Promise<unknown>;
  /** Path of an existing file, or null when the person changes their mind. */
  pickFile(request: PathRequest): Promise<string | null>;
  /** Paths of existing files; empty when the person changes their mind. */
  pickFiles(request: PathRequest): Promise<string[]>;
  /** Path of an existing folder. */
  pickFolder(request: PathRequest): Promise<string | null>;
  /** Path to write to. */
  pickSave(request: PathRequest): Promise<string | null>;
  /** Opens a written PDF or workbook in the system's own program. */
  openDocument(path: string): Promise<void>;
  /** Shows a written file in its folder. */
  reveal(path: string): Promise<void>;
}
