/**
 * Builds verify.html from verify.mjs and verify.template.html:
 *
 *   node audit/build-page.mjs
 *
 * The page holds the core of the verifier as it stands between its two marks, and a policy that lets
 * it run this script and this style, and reach nothing.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

export function page() {
  const verifier = readFileSync(beside('verify.mjs'), 'utf8');
  const [, core] = verifier.split(/^\/\/ ---- the core (?:begins|ends) ----$/m);
  const template = readFileSync(beside('verify.template.html'), 'utf8');
  const html = template.replace('/* {{core}} */', () => core.trim());
  const hashOf = (tag) => {
    const [, content] = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(html);
    return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  };
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf('script')}`,
    `style-src ${hashOf('style')}`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html.replace('{{policy}}', () => policy.join('; '));
}

const isCommand = process.argv[1] === fileURLToPath(import.meta.url);
if (isCommand) writeFileSync(beside('verify.html'), page());
