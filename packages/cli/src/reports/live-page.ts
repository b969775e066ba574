import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A page that is served on this machine alone, and reloads when it is told to. */
export interface LivePage {
  /** Such as `http://127.0.0.1:40123/`. */
  readonly url: string;
  /** Shows a page with the files in its folder, and reloads it wherever it is open. */
  show(html: string, folder: string): void;
  close(): Promise<void>;
}

const script = "new EventSource('/events').addEventListener('built', () => location.reload());";
const source = `&#39;sha256-${createHash('sha256').update(script).digest('base64')}&#39;`;

/**
 * Serves a page on the loopback address. Requests under another name than its own are refused, so that no other site can read it.
 *
 * @param port - 0 for a free one.
 */
export async function servePage(port: number): Promise<LivePage> {
  let folder: string | undefined;
  let page = '<!doctype html><title>Building</title><body>The report is being built.</body>\n';
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, (server.address() as AddressInfo).port);
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
    } else if (request.url !== '/' && request.url !== '/events') {
      sendFile(response, folder, request.url ?? '');
    } else if (request.url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    } else {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
      response.end(withReload(page));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    show(html, where) {
      page = html;
      folder = where;
      for (const listener of listeners) listener.write('event: built\ndata: \n\n');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refusalOf({ headers: { host }, method }: IncomingMessage, port: number): number | undefined {
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 403;
  return method === 'GET' ? undefined : 405;
}

const contentTypes: Readonly<Record<string, string>> = { '.csv': 'text/csv', '.svg': 'image/svg+xml' };

/** The data and pictures that the page links to, by names without any detour: nothing else in the folder, and nothing beside it. */
const fileOfPage = /^\/((?:data|data\/clock|figures)\/[a-z0-9-]+(\.csv|\.svg))$/;

function sendFile(response: ServerResponse, folder: string | undefined, url: string): void {
  const [, path, extension] = fileOfPage.exec(url) ?? [];
  if (folder === undefined || path === undefined || extension === undefined) {
    response.writeHead(404).end();
    return;
  }
  readFile(join(folder, path)).then(
    (content) => {
      const type = `${contentTypes[extension] ?? 'text/plain'}; charset=utf-8`;
      response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
    },
    () => response.writeHead(404).end(),
  );
}

/** The page with a script that its Content-Security-Policy allows; the file stays as it is. */
function withReload(html: string): string {
  const end = html.lastIndexOf('</body>');
  const allowed = html.slice(0, end).replace('script-src ', () => `connect-src &#39;self&#39;; script-src ${source} `);
  return `${allowed}<script>${script}</script>${html.slice(end)}`;
}
