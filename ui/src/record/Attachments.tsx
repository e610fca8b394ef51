/** Photos and papers: brought in by file, drag or paste; shown as thumbnails; opened by a click. */
import { DeleteOutlined, FileOutlined, PaperClipOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from "react";
import { useTranslation } from "react-i18next";

import type { Attachment, Field } from "../generated/core";
import { ErrorNotice } from "../parts/ErrorNotice";
import { call, desktop } from "../platform/client";
import { useText } from "../standard";
import { bringFile, isPicture, sizeText, usePicture } from "./attachments";
import { useFormScope } from "./FormScope";

function Thumbnail({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const url = usePicture(file);
  return (
    <button type="button" className="thumbnail" onClick={onOpen} title={`${file.name} · ${sizeText(file.size)}`}>
      {url === null ? <FileOutlined className="thumbnail-icon" /> : <img src={url} alt="" />}
      <span className="thumbnail-name">{file.name}</span>
    </button>
  );
}

/** One attachment large, with its hash, and a way to a file of its own. */
function Viewer({ file, onClose }: { file: Attachment; onClose: () => void }) {
  const { t } = useTranslation();
  const url = usePicture(file);
  const [error, setError] = useState<unknown>();
  const save = async (then: (path: string) => Promise<void>) => {
    setError(undefined);
    try {
      const path = await desktop.pickSave({ title: t("files.saveAs"), suggested: file.name });
      if (path === null) return;
      await then((await call("attachment_export", { sha256: file.sha256, path })).path);
    } catch (raw) {
      setError(raw);
    }
  };
  return (
    <Modal
      open
      title={file.name}
      width={isPicture(file) ? 900 : 520}
      onCancel={onClose}
      footer={[
        <Button key="reveal" onClick={() => void save((path) => desktop.reveal(path))}>
          {t("files.saveAs")}
        </Button>,
        <Button key="open" onClick={() => void save((path) => desktop.openDocument(path))}>
          {t("files.saveAndOpen")}
        </Button>,
        <Button key="close" type="primary" onClick={onClose}>
          {t("form.close")}
        </Button>,
      ]}
    >
      {error !== undefined && <ErrorNotice error={error} />}
      {url === null ? <p>{t("files.noPreview")}</p> : <img className="viewer-picture" src={url} alt={file.name} />}
      <p className="quiet">
        {sizeText(file.size)} · {file.type} · SHA-256 <code>{file.sha256}</code>
      </p>
    </Modal>
  );
}

export interface AttachmentListProps {
  files: readonly Attachment[];
  onRemove?: (file: Attachment) => void;
}

export function AttachmentList({ files, onRemove }: AttachmentListProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Attachment | null>(null);
  if (files.length === 0) return null;
  return (
    <>
      <ul className="thumbnails">
        {files.map((file) => (
          <li key={file.sha256}>
            <Thumbnail file={file} onOpen={() => setOpen(file)} />
            {onRemove && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("files.remove", { name: file.name })}
                onClick={() => onRemove(file)}
              />
            )}
          </li>
        ))}
      </ul>
      {open && <Viewer file={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** The attachments among `files` that a field names; a hash without its file is shown as what it is. */
export function filesNamed(value: unknown, files: readonly Attachment[]): Attachment[] {
  if (!Array.isArray(value)) return [];
  return value.map(String).map(
    (sha256) => files.find((file) => file.sha256 === sha256) ?? { sha256, name: sha256.slice(0, 12), type: "", size: 0 },
  );
}

export interface AttachmentInputProps {
  field: Field;
  place: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
}

const pictures = ["jpg", "jpeg", "png", "gif", "webp", "bmp"];

export function AttachmentInput({ field, place, value, onChange }: AttachmentInputProps) {
  const { t } = useTranslation();
  const say = useText();
  const { files, addFile } = useFormScope();
  const [coming, setComing] = useState(0);
  const [error, setError] = useState<unknown>();
  const [over, setOver] = useState(false);
  const most = field.limits?.max_items ?? Number.POSITIVE_INFINITY;
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });

  const bring = async (sources: (() => Promise<Attachment>)[]) => {
    setError(undefined);
    setComing((now) => now + sources.length);
    for (const source of sources) {
      try {
        const file = await source();
        addFile({ ...file, field: file.field ?? place });
        const there = latest.current;
        if (there.includes(file.sha256) || there.length >= most) continue;
        // Another drop may be on its way in; each adds to what is there by then.
        latest.current = [...there, file.sha256];
        onChange([...latest.current]);
      } catch (raw) {
        setError(raw);
      } finally {
        setComing((now) => now - 1);
      }
    }
  };
  const bringFiles = (list: FileList | null) =>
    void bring([...(list ?? [])].map((file) => () => bringFile(file)));

  const pick = async () => {
    const request = { title: say(field.label), kinds: field.kind === "image" ? [{ name: t("files.pictures"), extensions: pictures }] : [] };
    try {
      const paths = await desktop.pickFiles(request.kinds.length > 0 ? request : { title: request.title });
      await bring(paths.map((path) => () => call("attachment_add", { path })));
    } catch (raw) {
      setError(raw);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    bringFiles(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    bringFiles(event.clipboardData.files);
  };
  return (
    <div
      className={`dropping${over ? " over" : ""}`}
      tabIndex={0}
      data-files={place}
      onPaste={paste}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      <div className="dropping-line">
        <Button icon={<PaperClipOutlined />} onClick={() => void pick()} disabled={value.length >= most} loading={coming > 0}>
          {t(field.kind === "image" ? "files.addPictures" : "files.addFiles")}
        </Button>
        <span className="quiet">{coming > 0 ? t("files.coming", { count: coming }) : t("files.dropHere")}</span>
      </div>
      {error !== undefined && <ErrorNotice error={error} />}
      <AttachmentList
        files={filesNamed(value, files)}
        onRemove={(file) => onChange(value.filter((hash) => hash !== file.sha256))}
      />
    </div>
  );
}
