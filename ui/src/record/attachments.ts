/** Attachments between the window and the core: bytes out as pictures, bytes in from a drop or the clipboard. */
import { useEffect, useState } from "react";

import type { Attachment } from "../generated/core";
import { call } from "../platform/client";

/** Larger ones are opened in the system's own viewer instead of being shown. */
const LARGEST_SHOWN = 12 * 1024 * 1024;
const KEPT = 40;

/** Pictures shown lately; the oldest is let go. */
const pictures = new Map<string, Promise<string>>();

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

async function load(sha256: string): Promise<string> {
  const { base64, media_type } = await call("attachment_get", { sha256 });
  return URL.createObjectURL(new Blob([bytesOf(base64)], { type: media_type }));
}

function picture(sha256: string): Promise<string> {
  const there = pictures.get(sha256);
  if (there) return there;
  const loading = load(sha256);
  pictures.set(sha256, loading);
  loading.catch(() => pictures.delete(sha256));
  for (const [oldest, url] of pictures) {
    if (pictures.size <= KEPT) break;
    pictures.delete(oldest);
    void url.then((address) => URL.revokeObjectURL(address));
  }
  return loading;
}

export function isPicture({ type, size }: Attachment): boolean {
  return /^image\/(png|jpeg|gif|webp|bmp|avif)$/.test(type) && size <= LARGEST_SHOWN;
}

/** Address of an attached picture, once loaded; null for what is no picture or cannot be read. */
export function usePicture(attachment: Attachment): string | null {
  const [url, setUrl] = useState<string | null>(null);
  const wanted = isPicture(attachment) ? attachment.sha256 : null;
  useEffect(() => {
    if (wanted === null) return;
    let left = false;
    picture(wanted).then(
      (address) => {
        if (!left) setUrl(address);
      },
      () => {
        if (!left) setUrl(null);
      },
    );
    return () => {
      left = true;
    };
  }, [wanted]);
  return url;
}

function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error(reader.error?.message ?? "unreadable"));
    reader.onload = () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve(url.slice(url.indexOf(",") + 1));
    };
    reader.readAsDataURL(file);
  });
}

/** Brings dropped or pasted files into the store. */
export async function bringFile(file: File): Promise<Attachment> {
  const base64 = await base64Of(file);
  return call("attachment_add_bytes", {
    name: file.name,
    media_type: file.type === "" ? "application/octet-stream" : file.type,
    base64,
  });
}

/** Size in words: `820 KB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1000 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
