/* webm.mjs OUT MILLISECONDS FRAME.webp... - packs lossy WebP pictures as a WebM film without sound.
 *
 * A lossy WebP file is one VP8 key frame in a RIFF chunk, so no encoder is needed: the frames are
 * taken out of their chunks and put into Matroska blocks. Every frame can be sought; a cluster
 * holds one second, and the cues (which stand before the clusters) name each one. */
import { readFileSync, writeFileSync } from 'node:fs';

const [out, step, ...files] = process.argv.slice(2);
const MILLISECONDS = Number(step);

/** The VP8 frame inside a WebP file; only the simple format, which has no transparency. */
function vp8Frame(file) {
    const data = readFileSync(file);
    if (data.toString('latin1', 0, 4) !== 'RIFF' || data.toString('latin1', 12, 16) !== 'VP8 ')
        throw new Error(`${file} is not a lossy WebP without transparency`);
    return data.subarray(20, 20 + data.readUInt32LE(16));
}

function bigEndian(value, bytes) {
    const buffer = Buffer.alloc(bytes);
    buffer.writeUIntBE(value, 0, bytes);
    return buffer;
}
const idBytes = (id) => Buffer.from(id.toString(16), 'hex');
/** An element whose size always takes eight bytes, so that places can be told before all is written. */
function element(id, ...content) {
    const body = Buffer.concat(content.map((c) => (typeof c === 'string' ? Buffer.from(c) : c)));
    return Buffer.concat([idBytes(id), Buffer.from([0x01, 0]), bigEndian(body.length, 6), body]);
}
const number = (id, value, bytes = 4) => element(id, bigEndian(value, bytes));
function float(id, value) {
    const buffer = Buffer.alloc(8);
    buffer.writeDoubleBE(value);
    return element(id, buffer);
}

const frames = files.map(vp8Frame);
const width = frames[0].readUInt16LE(6) & 0x3fff;
const height = frames[0].readUInt16LE(8) & 0x3fff;

const header = element(0x1a45dfa3, number(0x4286, 1), number(0x42f7, 1), number(0x42f2, 4), number(0x42f3, 8),
    element(0x4282, 'webm'), number(0x4287, 2), number(0x4285, 2));
const info = element(0x1549a966, number(0x2ad7b1, 1000000), float(0x4489, frames.length * MILLISECONDS),
    element(0x4d80, 'haowai demo'), element(0x5741, 'haowai demo'));
const video = element(0xe0, number(0xb0, width), number(0xba, height));
const tracks = element(0x1654ae6b, element(0xae, number(0xd7, 1), number(0x73c5, 1), number(0x9c, 0), number(0x83, 1),
    element(0x86, 'V_VP8'), number(0x23e383, MILLISECONDS * 1000000), video));

const clusters = [];
for (let first = 0; first < frames.length; ) {
    const start = first * MILLISECONDS;
    const blocks = [];
    for (; first < frames.length && first * MILLISECONDS - start < 1000; first++)
        blocks.push(element(0xa3, Buffer.from([0x81]), bigEndian(first * MILLISECONDS - start, 2), Buffer.from([0x80]), frames[first]));
    clusters.push({ start, data: element(0x1f43b675, number(0xe7, start), ...blocks) });
}

/** Cues for clusters whose first one stands `base` bytes into the segment. */
function cues(base) {
    let position = base;
    return element(0x1c53bb6b, ...clusters.map(({ start, data }) => {
        const point = element(0xbb, number(0xb3, start), element(0xb7, number(0xf7, 1), number(0xf1, position)));
        position += data.length;
        return point;
    }));
}
const before = info.length + tracks.length;
const index = cues(before + cues(0).length);
writeFileSync(out, Buffer.concat([header, element(0x18538067, info, tracks, index, ...clusters.map((c) => c.data))]));
