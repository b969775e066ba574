import { createHmac, randomUUID } from 'node:crypto';
import { KernelError } from './kernel-error.ts';

/** What a kernel sends. */
export interface Message {
  readonly type: string;
  /** Of the request that it answers. */
  readonly parentId: string;
  readonly content: Readonly<Record<string, unknown>>;
}

const delimiter = '<IDS|MSG>';

/**
 * A request as frames, in version 5.3 of the protocol.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html
 */
export function encodeRequest(
  key: string,
  session: string,
  type: string,
  content: object,
): { readonly id: string; readonly frames: readonly string[] } {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: 'relu-lab',
    date: new Date().toISOString(),
    version: '5.3',
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return { id, frames: [delimiter, sign(key, parts), ...parts] };
}

/**
 * @throws KernelError for frames that are no message, or not signed with `key`.
 */
export function decodeMessage(key: string, frames: readonly Uint8Array[]): Message {
  const texts = frames.map((frame) => Buffer.from(frame).toString('utf8'));
  const [signature, ...parts] = texts.slice(texts.indexOf(delimiter) + 1);
  if (!texts.includes(delimiter) || parts.length < 4) throw new KernelError('The kernel sent what is no message');
  if (signature !== sign(key, parts.slice(0, 4)))
    throw new KernelError('The kernel sent a message with a wrong signature');
  const [header, parent, , content] = parts.map((part) => JSON.parse(part));
  return { type: header.msg_type, parentId: parent.msg_id ?? '', content };
}

function sign(key: string, parts: readonly string[]): string {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}
