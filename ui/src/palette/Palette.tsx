/** Ctrl+K: any screen, ledger, record, person or facility by a few letters. */
import { Input, Modal, Spin } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { settled, useShortcut } from "../keys";
import { go } from "../layout/route";
import { shownTime } from "../record";
import { useSession } from "../session/Session";
import { useStandard, useText } from "../standard";
import { rooms } from "../rooms/rooms";
import { entriesFound, placesFound, type Found } from "./find";

const REST = 200;

export function Palette() {
  const [open, setOpen] = useState(false);
  useShortcut("Ctrl+K", () => setOpen((now) => !now));
  return open ? <PaletteDialog onClose={() => setOpen(false)} /> : null;
}

function PaletteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const say = useText();
  const standard = useStandard();
  const { institution, superior } = useSession();
  const [text, setText] = useState("");
  const [records, setRecords] = useState<{ for: string; found: Found[] }>({ for: "", found: [] });
  const [at, setAt] = useState(0);
  const composing = useRef(false);
  const wanted = text.trim();

  useEffect(() => {
    if (wanted === "") return;
    let left = false;
    const timer = setTimeout(() => {
      if (composing.current) return;
      void entriesFound(standard, wanted).then((found) => {
        if (!left) setRecords({ for: wanted, found });
      });
    }, REST);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [wanted, standard]);

  const named = rooms
    .filter(({ superiorOnly }) => superior || !superiorOnly)
    .map(({ id }) => ({ id, name: t(`rooms.${id}.name`) }));
  const places = placesFound(standard, institution, named, wanted, say);
  const found = wanted === "" ? places : [...places, ...(records.for === wanted ? records.found : [])];
  const waiting = wanted !== "" && records.for !== wanted;
  const chosen = Math.min(at, Math.max(0, found.length - 1));
  const open = (entry: Found | undefined) => {
    if (!entry) return;
    onClose();
    go(entry.path);
  };
  const keys = settled<HTMLElement>((event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(found.length - 1, chosen + step));
      setAt(next);
      document.getElementById(`palette-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(found[chosen]);
    }
  });
  return (
    <Modal open footer={null} closable={false} onCancel={onClose} width={680} className="palette" title={t("palette.title")}>
      <Input
        autoFocus
        allowClear
        aria-label={t("palette.title")}
        aria-controls="palette-list"
        aria-activedescendant={`palette-${chosen}`}
        placeholder={t("palette.hint")}
        value={text}
        onKeyDown={keys}
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={() => {
          composing.current = false;
          // The same text has to be asked for again, now that it is settled.
          setText((now) => `${now} `.slice(0, -1));
        }}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <ul id="palette-list" role="listbox" className="palette-list" aria-label={t("palette.title")}>
        {found.map((entry, index) => (
          <li
            key={`${entry.kind} ${entry.id}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={index === chosen ? "on" : ""}
            onMouseEnter={() => setAt(index)}
            onClick={() => open(entry)}
          >
            <span className="palette-kind quiet">{t(`palette.kinds.${entry.kind}`)}</span>
            <span className="palette-label">{entry.label}</span>
            <span className="quiet">
              {entry.day ? `${shownTime(entry.day)} ` : ""}
              {entry.detail}
            </span>
          </li>
        ))}
      </ul>
      {waiting && <Spin size="small" />}
      {!waiting && wanted !== "" && found.length === 0 && <p className="quiet">{t("palette.nothing")}</p>}
    </Modal>
  );
}
