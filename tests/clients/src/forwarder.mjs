import { createServer, request } from 'node:http';

/**
 * Stands between the conformance suite, which can send no header of ours, and a secured server. It adds Authorization with a fresh short-lived token to
 * every request and passes everything else on as it came, Host and Origin among it. It weakens nothing: the server sees what the suite sent.
 */
export class Forwarder {
  static async start(port, target, token) {
    const forwarder = new Forwarder(new URL(target), token);
    await new Promise((resolve) => forwarder.#server.listen(port, '127.0.0.1', resolve));
    forwarder.url = `http://127.0.0.1:${port}`;
    return forwarder;
  }

  #server;

  constructor(target, token) {
    this.#server = createServer((incoming, answer) => {
      const outgoing = request(
        {
          host: target.hostname, port: target.port, method: incoming.method, path: incoming.url, setHost: false,
          headers: { ...incoming.headers, authorization: `Bearer ${token()}` },
        },
        (response) => {
          answer.writeHead(response.statusCode, response.headers);
          answer.flushHeaders();
          response.pipe(answer);
          response.on('error', () => answer.destroy());
        });
      outgoing.on('error', () => answer.destroy());
      answer.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing);
    });
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
