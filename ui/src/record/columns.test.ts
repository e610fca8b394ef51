import { expect, test } from "vitest";

import { withoutRoom } from "./RecordTable";

const columns = [
  { id: "what", least: 120 },
  { id: "who", least: 80 },
  { id: "when", least: 94 },
];

test.each([
  [300, []],
  [294, []],
  [293, ["when"]],
  [199, ["who", "when"]],
  [10, ["who", "when"]],
])("in %i pixels %j have no room", (room, hidden) => {
  expect(withoutRoom(columns, room)).toEqual(hidden);
});
