import { readFileSync } from 'node:fs';

// Jest runs the sources, so imports keep their .ts where the build writes .js.
const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));
const { $schema: _schema, ...options } = swc;
options.jsc.rewriteRelativeImportExtensions = false;

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testTimeout: 120_000,
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...options, swcrc: false, sourceMaps: 'inline' }] },
  testMatch: ['<rootDir>/{libs,apps,test}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
