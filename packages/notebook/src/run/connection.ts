import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a kernel listens, and the key that signs what is said. */
export interface Connection {
  readonly key: string;
  /** The file that tells the kernel. */
  readonly path: string;
  readonly address: (channel: Channel) => string;
  /** Removes the file. */
  readonly remove: () => void;
}

export type Channel = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb';
const channels = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const;
const ip = '127.0.0.1';

/** Chooses five free ports and writes a connection file that only the user can read. */
export async function createConnection(): Promise<Connection> {
  const ports = await freePorts(channels.length);
  const port = (channel: Channel): number => ports[channels.indexOf(channel)];
  const key = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'relu-lab-kernel-'));
  const path = join(folder, 'connection.json');
  const info = {
    transport: 'tcp',
    ip,
    key,
    signature_scheme: 'hmac-sha256',
    kernel_name: 'relu-lab',
    ...Object.fromEntries(channels.map((channel) => [`${channel}_port`, port(channel)])),
  };
  writeFileSync(path, JSON.stringify(info), { mode: 0o600 });
  return {
    key,
    path,
    address: (channel) => `tcp://${ip}:${port(channel)}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Ports that nobody listens on. All are held until all are found, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, ip, resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('A TCP server has no port');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
