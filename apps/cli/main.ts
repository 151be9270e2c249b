#!/usr/bin/env node
// Nothing is imported before this is known: an older Node fails at the first module that it lacks.
const OLDEST = 26;
const [major = '0'] = process.versions.node.split('.');

if (Number(major) >= OLDEST) {
  await import('./start.ts');
} else {
  process.stderr.write(
    `明账需要 Node ${OLDEST},这里是 ${process.version};在项目目录里用 npm run -s mz -- …,它自带。\n` +
      `Mingzhang needs Node ${OLDEST}, and this is ${process.version}; npm run -s mz -- … in its directory brings its own.\n`,
  );
  process.exitCode = 5;
}

export {};
