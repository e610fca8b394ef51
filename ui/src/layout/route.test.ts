import { expect, test } from "vitest";

import { address, parseRoute } from "./route";

test.each([
  ["", [], {}],
  ["#/today", ["today"], {}],
  ["#/ledgers/L12?filter=late", ["ledgers", "L12"], { filter: "late" }],
])("reads %s", (hash, path, query) => {
  const route = parseRoute(hash);
  expect(route.path).toEqual(path);
  expect(Object.fromEntries(route.query)).toEqual(query);
});

test("an address reads back as itself, Chinese and signs included", () => {
  const path = ["people", "𠮷田/䶮"];
  const query = { q: "隐患 & 整改?" };
  const route = parseRoute(address(path, query));
  expect(route.path).toEqual(path);
  expect(Object.fromEntries(route.query)).toEqual(query);
});
