import { expect, picture, test } from "./host";

test("the UI opens on the real core, in both languages, without breaking the content policy", async ({ page, host }) => {
  await page.goto(host.url);
  await expect(page.locator("#root")).not.toBeEmpty();
  await expect(page).toHaveTitle("网点安全台账");
  await picture(page, "first-window-zh");
  await page.getByText("English", { exact: true }).click();
  await expect(page).toHaveTitle("Outlet Safety Account");
  await picture(page, "first-window-en");
});
