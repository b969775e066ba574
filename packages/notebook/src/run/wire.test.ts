import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KernelError } from './kernel-error.ts';
import { decodeMessage, encodeRequest } from './wire.ts';

const bytes = (frames: readonly string[]) => frames.map((frame) => Buffer.from(frame));

describe('encodeRequest', () => {
  it('signs the four parts with HMAC-SHA256', () => {
    const { id, frames } = encodeRequest('key', 'session', 'execute_request', { code: '1' });
    const [delimiter, signature, ...parts] = frames;
    expect(delimiter).toBe('<IDS|MSG>');
    expect(signature).toBe(createHmac('sha256', 'key').update(parts.join('')).digest('hex'));
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part));
    expect(header).toMatchObject({ msg_id: id, msg_type: 'execute_request', session: 'session', version: '5.3' });
    expect([parent, metadata, content]).toEqual([{}, {}, { code: '1' }]);
  });
});

describe('decodeMessage', () => {
  const parts = ['{"msg_type":"status"}', '{"msg_id":"7"}', '{}', '{"execution_state":"idle"}'];
  const signature = createHmac('sha256', 'key').update(parts.join('')).digest('hex');

  it('reads a message behind any routing prefix', () => {
    expect(decodeMessage('key', bytes(['peer', 'topic', '<IDS|MSG>', signature, ...parts]))).toEqual({
      type: 'status',
      parentId: '7',
      content: { execution_state: 'idle' },
    });
  });

  it('refuses what is not signed with the key, or no message', () => {
    const frames = bytes(['<IDS|MSG>', signature, ...parts]);
    expect(() => decodeMessage('other key', frames)).toThrow(KernelError);
    expect(() => decodeMessage('key', bytes(parts))).toThrow(/no message/);
    expect(() => decodeMessage('key', frames.slice(0, 4))).toThrow(/no message/);
  });
});
