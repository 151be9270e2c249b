import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
};
const dockerfile = readFileSync('Dockerfile', 'utf8');
const { version, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};

const services = Object.entries(compose.services);
const apis = services.filter(([name]) => name.startsWith('api-'));
const nodes = services.filter(([name]) => name.startsWith('node'));
const named = (of: readonly (readonly [string, Service])[]) => of.map(([name]) => name);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`There is no service ${name}.`);
  return found;
};

describe('the compose file', () => {
  test('starts three nodes, two api nodes and a proxy, and not the node for development', () => {
    expect(named(services.filter(([, { profiles }]) => profiles === undefined))).toEqual(
      expect.arrayContaining(['node1', 'node2', 'node3', 'api-1', 'api-2', 'proxy']),
    );
    expect(service('esdb-dev').profiles).toEqual(['dev']);
  });

  test('passes docker-compose, where that is installed', () => {
    const { error, status, stderr } = spawnSync('docker-compose', ['config', '-q']);
    if (error === undefined)
      expect({ status, stderr: String(stderr) }).toMatchObject({ status: 0 });
  });

  test.each(services)('%s has an image of an exact version', (_, { image, build }) => {
    if (build === undefined) expect(image).toMatch(/^[\w./-]+:\d+\.\d+\.\d+(-[-\w.]+)?$/);
    else expect(image).toBe(`mingzhang/api:${version}`);
  });

  test.each(services)('%s has no right it does not need', (name, { user, ...its }) => {
    expect(its.cap_drop).toEqual(['ALL']);
    expect(its.security_opt).toEqual(['no-new-privileges:true']);
    expect(user).toBe(name === 'certificates' ? '0:0' : '1000:1000');
    const added = { certificates: ['CHOWN'], proxy: ['NET_BIND_SERVICE'] };
    expect(its.cap_add).toEqual(added[name as keyof typeof added]);
  });

  test.each(services)(
    '%s says whether it is well, or ends',
    (_, { healthcheck, build, restart }) => {
      const isLookedAt = healthcheck !== undefined || build !== undefined;
      expect(isLookedAt || restart === 'no').toBe(true);
    },
  );

  test.each(services)(
    '%s is given secrets as files alone',
    (_, { environment = {}, secrets = [] }) => {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|TOKEN|SIGNING/.test(name)) expect(value).toMatch(/^\/run\/secrets\//);
      }
      expect(secrets.filter((name) => !(name in compose.secrets))).toEqual([]);
    },
  );

  test('the files of secrets are made by a script and never committed', () => {
    const script = readFileSync('deploy/make-secrets.sh', 'utf8');
    for (const { file } of Object.values(compose.secrets)) {
      const [, name] = /^\.\/deploy\/secrets\/([\w.-]+)$/.exec(file) ?? [];
      expect(script).toContain(name);
    }
    expect(readFileSync('deploy/secrets/.gitignore', 'utf8').split('\n')[0]).toBe('*');
  });

  test('only the proxy is reached from outside, and only from this machine', () => {
    const published = services.filter(([, { ports }]) => ports !== undefined);
    expect(named(published)).toEqual(['proxy', 'esdb-dev']);
    for (const [, { ports = [] }] of published) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(compose.networks['store']).toEqual({ internal: true });
  });

  test.each(apis)('%s writes to its own directory alone', (name, { read_only, tmpfs, volumes }) => {
    expect(read_only).toBe(true);
    expect(tmpfs).toEqual(['/tmp']);
    expect(volumes).toEqual([`${name}-data:/data`, 'trust:/trust:ro']);
  });

  test('the api nodes share the key that signs tokens, and wait for no single node', () => {
    const [first, second] = apis.map(([, { environment }]) => environment);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ MZ_SIGNING_KEY_FILE: '/run/secrets/signing-key' });
    for (const [, { depends_on }] of apis) {
      expect(depends_on).toEqual({ 'set-up': { condition: 'service_completed_successfully' } });
    }
  });

  test('the proxy knows every api node, and asks each whether it is ready', () => {
    const caddyfile = readFileSync('deploy/Caddyfile', 'utf8');
    const upstreams = apis.map(([name]) => `${name}:8420`).join(' ');
    expect(caddyfile).toContain(`reverse_proxy ${upstreams} {`);
    expect(caddyfile).toContain('health_uri /readyz/reading');
  });

  test.each(nodes)('%s has TLS, a disk of its own, and nothing to forget events by', (name, it) => {
    const { environment = {}, volumes } = it;
    expect(environment).toMatchObject({
      EVENTSTORE_CLUSTER_SIZE: '3',
      EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
      EVENTSTORE_TELEMETRY_OPTOUT: 'true',
    });
    expect(
      Object.keys(environment).filter((key) => /INSECURE|UNSAFE|MEM_DB|ANONYMOUS/.test(key)),
    ).toEqual([]);
    const seeds = nodes.map(([node]) => `${node}:2113`).filter((seed) => seed !== `${name}:2113`);
    expect(environment['EVENTSTORE_GOSSIP_SEED']).toBe(seeds.join(','));
    expect(volumes).toEqual([
      `${name}-data:/var/lib/eventstore`,
      `${name}-logs:/var/log/eventstore`,
      `${name}-certificates:/certs:ro`,
    ]);
  });

  test('the key of the certificate authority is mounted where certificates are made, only', () => {
    const mounting = services.filter(([, { volumes = [] }]) =>
      volumes.some((volume) => volume.startsWith('authority:')),
    );
    expect(named(mounting)).toEqual(['certificates']);
  });

  test('every volume that is used is declared, and the other way round', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes).map((it) => it.split(':')[0]);
    const ours = new Set(used.filter((name) => !name?.startsWith('.')));
    expect([...ours].sort()).toEqual(Object.keys(compose.volumes).sort());
  });
});

describe('the image', () => {
  test('is built in one stage and run in another, on the Node of the tests', () => {
    const stages = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    const node = `node:${devDependencies['node']}-bookworm-slim`;
    expect(stages).toEqual([node, node]);
    expect(dockerfile).toMatch(/^COPY --from=build \/src\/dist /m);
  });

  test('has no tools of development, no root, and says whether it is alive', () => {
    expect(dockerfile).toContain('npm prune --omit=dev --ignore-scripts');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK [^]*\/healthz/m);
    expect(dockerfile).not.toMatch(/^ADD |curl|:latest/m);
  });

  test('is built without secrets, ledgers and the history of the repository', () => {
    const left = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(left).toEqual(
      expect.arrayContaining(['.git', 'data', 'deploy', 'node_modules', 'test']),
    );
    expect(left.filter((line) => line.startsWith('!'))).toEqual(['!deploy/set-up']);
  });
});
