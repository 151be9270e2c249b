import { isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect, createSecureContext, type TLSSocket } from 'node:tls';
import { CallCredentials, ChannelCredentials, type experimental } from '@grpc/grpc-js';
import { NodeUnusable } from './node-unusable.ts';

/**
 * TLS to a node, named or addressed by number. The channel's own credentials send the host as TLS
 * server name whatever it is, and Node refuses a number there. These send a name only; the
 * certificate must be made out to the host in both cases.
 */
export class NodeTls extends ChannelCredentials {
  readonly #context;
  #fault: NodeUnusable | undefined;

  /** `authority` is the certificate of the authority (PEM); those of Node when absent. */
  constructor(authority: Buffer | undefined) {
    super();
    this.#context = createSecureContext(authority === undefined ? {} : { ca: authority });
  }

  /** Why a node was not trusted, when the newest try ended so. */
  get fault(): NodeUnusable | undefined {
    return this.#fault;
  }

  override _isSecure(): boolean {
    return true;
  }

  override _equals(other: ChannelCredentials): boolean {
    return this === other;
  }

  override _createSecureConnector(
    { path }: { readonly path: string },
    _options: unknown,
    callCredentials: CallCredentials = CallCredentials.createEmpty(),
  ): experimental.SecureConnector {
    const host = hostIn(path);
    return {
      connect: async (socket) => ({ socket: await this.#secured(socket, host), secure: true }),
      waitForReady: () => Promise.resolve(),
      getCallCredentials: () => callCredentials,
      destroy: () => undefined,
    };
  }

  async #secured(socket: Socket, host: string): Promise<TLSSocket> {
    const secured = connect({
      socket,
      secureContext: this.#context,
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['h2'],
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    });
    try {
      await new Promise<void>((resolve, reject) => {
        secured.once('secureConnect', resolve);
        secured.on('error', reject);
      });
      this.#fault = undefined;
      return secured;
    } catch (error) {
      this.#fault = certificateFault(error, host);
      throw error;
    }
  }
}

/** `host:port`, the host in brackets where it is an IPv6 address. */
const hostIn = (path: string): string =>
  new URL(`https://${path}`).hostname.replace(/^\[|\]$/g, '');

const OF_ANOTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** A connection that broke off says nothing of certificates. */
const certificateFault = (error: unknown, host: string): NodeUnusable | undefined => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === OF_ANOTHER_NAME) return new NodeUnusable('certificate-of-another', host, error);
  return /CERT|SIGNATURE|CRL|SELF_SIGNED/.test(code)
    ? new NodeUnusable('certificate-untrusted', host, error)
    : undefined;
};
