import { createHash } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page that is served on this machine alone, and reloads when it is told to. */
export interface LivePage {
  /** Such as `http://127.0.0.1:40123/`. */
  readonly url: string;
  /** Shows a page, and reloads it wherever it is open. */
  show(html: string): void;
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
  let page = '<!doctype html><title>Building</title><body>The report is being built.</body>\n';
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, (server.address() as AddressInfo).port);
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
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
    show(html) {
      page = html;
      for (const listener of listeners) listener.write('event: built\ndata: \n\n');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refusalOf({ headers: { host }, method, url }: IncomingMessage, port: number): number | undefined {
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 403;
  if (method !== 'GET') return 405;
  return url === '/' || url === '/events' ? undefined : 404;
}

/** The page with a script that its Content-Security-Policy allows; the file stays as it is. */
function withReload(html: string): string {
  const end = html.lastIndexOf('</body>');
  const allowed = html.slice(0, end).replace('script-src ', () => `connect-src &#39;self&#39;; script-src ${source} `);
  return `${allowed}<script>${script}</script>${html.slice(end)}`;
}
