import { accessSync, constants } from 'node:fs';
import { fault, ok, warning, type Diagnosis, type DoctorInput } from './diagnosis.ts';

export const runtime = (): Diagnosis => {
  const { node } = process.versions;
  return Number(node.split('.')[0]) >= 24
    ? ok('runtime', `Node ${node}`, `Node ${node}`)
    : fault(
        'runtime',
        `Node ${node} 太旧;请用 npm run mz -- …,它使用本项目自带的 Node。`,
        `Node ${node} is too old; use npm run mz -- …, which brings its own.`,
      );
};

const VARIABLES = [
  'MZ_STORE',
  'MZ_DATA',
  'MZ_HOST',
  'MZ_PORT',
  'MZ_TOKEN',
  'MZ_ESDB_USER',
  'MZ_ESDB_PASSWORD',
  'MZ_ESDB_PASSWORD_FILE',
  'MZ_ESDB_CA',
  'MZ_SIGNING_KEY_FILE',
  'MZ_SIGNER_MEMORY',
  'MZ_PUBLISH',
  'MZ_VAULT_KEY_FILE',
];

export const configuration = ({ environment, address }: DoctorInput): readonly Diagnosis[] => {
  const diagnoses: Diagnosis[] = Object.keys(environment)
    .filter((name) => name.startsWith('MZ_') && !VARIABLES.includes(name))
    .map((name) =>
      warning(
        'configuration',
        `环境变量 ${name} 没有用处;可用的是 ${VARIABLES.join('、')}。`,
        `The variable ${name} has no effect; there are ${VARIABLES.join(', ')}.`,
      ),
    );
  const keyFile = environment['MZ_SIGNING_KEY_FILE'];
  if (keyFile !== undefined && !isReadable(keyFile)) {
    diagnoses.push(
      fault(
        'configuration',
        `读不到签名密钥 ${keyFile};请检查 MZ_SIGNING_KEY_FILE 和权限。`,
        `The signing key ${keyFile} cannot be read; look at MZ_SIGNING_KEY_FILE and its permissions.`,
      ),
    );
  }
  if (address !== undefined && keyFile === undefined) {
    diagnoses.push(
      warning(
        'configuration',
        '各节点各签各的令牌;要让令牌在每个节点都有效,请用 MZ_SIGNING_KEY_FILE 给所有节点同一把密钥。',
        'Each node signs its own tokens; give all nodes the same key with MZ_SIGNING_KEY_FILE to let a token hold on every one.',
      ),
    );
  }
  return diagnoses.length > 0
    ? diagnoses
    : [ok('configuration', '配置可以读懂', 'The configuration is understood')];
};

const isReadable = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};
