/** Letters that were printed: how many, how long, where, and one click to open them. */
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import type { LettersPrinted } from "../../generated/core";
import { nameOf } from "../../parts/paths";
import { desktop } from "../../platform/client";

const SHOWN = 12;

export function PrintedLetters({ printed, onClose }: { printed: LettersPrinted; onClose: () => void }) {
  const { t } = useTranslation();
  const { files, letters } = printed;
  const pages = files.reduce((sum, file) => sum + (file.pages ?? 0), 0);
  const first = files[0];
  return (
    <Alert
      className="printed"
      type="success"
      showIcon
      closable={{ onClose }}
      title={t("letters.printed", { letters: letters.length, files: files.length, pages })}
      description={
        <>
          <ul className="plain">
            {files.slice(0, SHOWN).map(({ path, pages: count }) => (
              <li key={path}>
                <Button type="link" size="small" onClick={() => void desktop.openDocument(path)}>
                  {nameOf(path)}
                </Button>{" "}
                <span className="quiet">{t("letters.pages", { count: count ?? 0 })}</span>
              </li>
            ))}
          </ul>
          {files.length > SHOWN && <p className="quiet">{t("letters.andMore", { count: files.length - SHOWN })}</p>}
          {first && (
            <Button size="small" onClick={() => void desktop.reveal(first.path)}>
              {t("parts.showFolder")}
            </Button>
          )}
        </>
      }
    />
  );
}
