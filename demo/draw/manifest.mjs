/* manifest.mjs OUTDIR DRAWINGS - writes OUTDIR/pictures.json and fails when a file is larger than it may be.
 *
 * DRAWINGS is what draw.mjs printed. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';

const [outdir, drawings] = process.argv.slice(2);
const LIMITS = { picture: 160e3, small: 40e3, film: 600e3, all: 9e6 };
const size = (file) => statSync(`${outdir}/${file}`).size;
const tooLarge = [];
let total = 0;
function checked(file, limit) {
    const bytes = size(file);
    total += bytes;
    if (bytes >= limit) tooLarge.push(`${file}: ${bytes} bytes, may be ${limit}`);
    return bytes;
}

const pictures = readFileSync(drawings, 'utf8').trim().split('\n').map((line) => line.split(' ')).filter(([name]) => name !== 'film')
    .map(([name, width, height]) => {
        const [file, small] = [`${name}.webp`, `${name}-640.webp`];
        checked(`pictures/${small}`, LIMITS.small);
        return { name, width: Number(width), height: Number(height), file, small, small_width: 640, bytes: checked(`pictures/${file}`, LIMITS.picture) };
    });
for (const file of readdirSync(`${outdir}/videos`)) checked(`videos/${file}`, LIMITS.film);
if (total > LIMITS.all) tooLarge.push(`all: ${total} bytes, may be ${LIMITS.all}`);
writeFileSync(`${outdir}/pictures.json`, JSON.stringify(pictures, null, 1) + '\n');
console.log(`${pictures.length} pictures, ${total} bytes in all`);
for (const line of tooLarge) console.error(line);
process.exit(tooLarge.length ? 1 : 0);
