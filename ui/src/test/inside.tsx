/** Shows a screen as it would be inside an unlocked program, on a core made for tests. */
import { render } from "@testing-library/react";
import type { ReactNode } from "react";

import { Words } from "../layout/Words";
import { replaceHost } from "../platform/client";
import { SessionProvider } from "../session/Session";
import { StandardIs } from "../standard";
import { FakeCore } from "./fakeCore";
import { defaultStandard } from "./standard";

const nothing = () => undefined;

export function showInside(screen: ReactNode, prepare: (core: FakeCore) => void = nothing): FakeCore {
  const core = new FakeCore(defaultStandard());
  prepare(core);
  replaceHost(core);
  render(
    <Words>
      <SessionProvider status={core.status} refresh={nothing}>
        <StandardIs standard={core.standard}>{screen}</StandardIs>
      </SessionProvider>
    </Words>,
  );
  return core;
}
