// print_phrases.mjs - what the npm package budoux makes of headlines, for phrase_test.
//
//     node tools/print_phrases.mjs < headlines.txt > phrases.txt
//     HAOWAI_PHRASES=phrases.txt build/unit/src/phrase/phrase_test
//
// Reads one headline a line, or JSON lines with a member "title"; prints "headline TAB phrase|phrase".

import { readFileSync } from 'node:fs';

const budoux = new URL('../node_modules/budoux/module/', import.meta.url);
const { Parser } = await import(new URL('parser.js', budoux));
const { model } = await import(new URL('data/models/zh-hant.js', budoux));
const parser = new Parser(model);

for (const line of readFileSync(0, 'utf8').split('\n')) {
  if (!line.trim()) continue;
  const title = (line.startsWith('{') ? JSON.parse(line).title : line).replace(/\s*\n\s*/g, ' ');
  console.log(`${title}\t${parser.parse(title).join('|')}`);
}
