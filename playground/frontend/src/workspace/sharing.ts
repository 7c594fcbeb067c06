/**
 * A workspace in the fragment of a link: `#v1.` and the JSON text, deflated, in base64url. The fragment never leaves the browser.
 * Whoever made a link may be malicious, so reading one is bounded in every step and checks what it got.
 */
import { InvalidWorkspace, type Workspace, workspaceFrom } from "./model";

const VERSION = "v1";
/** Longer links are refused: browsers and chat programs cut them anyway. */
export const LONGEST_FRAGMENT = 100_000;
/** Bytes of JSON after decompression; deflate can grow a thousandfold. */
export const LARGEST_TEXT = 2_000_000;

export class DamagedLink extends Error {}

export async function fragmentOf(workspace: Workspace): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(workspace));
  const packed = await collected(streamOf(bytes).pipeThrough(new CompressionStream("deflate-raw")), Number.POSITIVE_INFINITY);
  return `#${VERSION}.${base64urlOf(packed)}`;
}

/** Whether the fragment claims to be a workspace at all. */
export function isShared(fragment: string): boolean {
  return /^#v\d+\./.test(fragment);
}

/** Throws `DamagedLink`, worded for the user. */
export async function workspaceOfFragment(fragment: string): Promise<Workspace> {
  const [, version, payload] = /^#(v\d+)\.(.*)$/s.exec(fragment) ?? [];
  if (version === undefined || payload === undefined) throw new DamagedLink("This link carries no workspace.");
  if (version !== VERSION) throw new DamagedLink("This link was made by a newer playground.");
  if (payload.length > LONGEST_FRAGMENT) throw new DamagedLink("This link is longer than the playground reads.");
  try {
    const unpacked = streamOf(bytesOf(payload)).pipeThrough(new DecompressionStream("deflate-raw"));
    const bytes = await collected(unpacked, LARGEST_TEXT);
    return workspaceFrom(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (error) {
    if (error instanceof DamagedLink) throw error;
    const reason = error instanceof InvalidWorkspace ? error.message : "it cannot be unpacked";
    throw new DamagedLink(`This link is damaged: ${reason}.`);
  }
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new DamagedLink("This link unpacks to more than the playground reads.");
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function base64urlOf(bytes: Uint8Array): string {
  let binary = "";
  // In slices: a spread of everything would overflow the stack.
  for (let i = 0; i < bytes.length; i += 0x8000) binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new DamagedLink("This link is damaged: it has characters that do not belong there.");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
