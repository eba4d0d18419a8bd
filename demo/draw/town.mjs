/* town.mjs - streets, halls and rails of the harbour city. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/** One car of the harbour tram seen from its side: left end at x, rails at y. */
function tramCar(c, x, y, w, h, { face = 0, lit = false } = {}) {
    const glass = lit ? C.gold : C.deep;
    c.rect(x + w * 0.06, y - h * 0.1, w * 0.88, h * 0.1, C.ink);
    c.rect(x, y - h, w, h * 0.92, C.cream, { rx: h * 0.12 });
    if (face) {
        const edge = face > 0 ? x + w : x;
        const out = edge + face * h * 0.42;
        c.path(`M${edge - face * h * 0.2} ${y - h}C${edge + face * h * 0.14} ${y - h} ${out} ${y - h * 0.5} ${out} ${y - h * 0.2}Q${out} ${y - h * 0.08} ${out - face * h * 0.12} ${y - h * 0.08}H${edge - face * h * 0.2}Z`, C.cream);
        c.path(`M${edge - face * h * 0.02} ${y - h * 0.88}C${edge + face * h * 0.16} ${y - h * 0.84} ${edge + face * h * 0.3} ${y - h * 0.6} ${edge + face * h * 0.34} ${y - h * 0.44}H${edge - face * h * 0.02}Z`, glass);
        c.path(`M${edge - face * h * 0.2} ${y - h * 0.34}H${edge + face * h * 0.39}Q${out} ${y - h * 0.2} ${out} ${y - h * 0.16}H${edge - face * h * 0.2}Z`, C.teal);
        c.circle(edge + face * h * 0.32, y - h * 0.27, h * 0.035, C.gold);
    }
    c.rect(x, y - h * 0.34, w, h * 0.18, C.teal).rect(x, y - h * 0.34, w, h * 0.03, C.amber);
    const doors = Math.max(1, Math.round(w / (h * 1.6)));
    const step = w / (doors * 4);
    for (let i = 0; i < doors * 4; i++) {
        if (i % 4 === 2) {
            c.rect(x + i * step + step * 0.06, y - h * 0.88, step * 0.88, h * 0.76, mix(C.teal, C.cream, 0.25), { rx: 4 });
            for (const k of [0, 1]) c.rect(x + i * step + step * (0.14 + k * 0.4), y - h * 0.82, step * 0.32, h * 0.5, glass, { rx: 4 });
        } else c.rect(x + i * step + step * 0.08, y - h * 0.86, step * 0.84, h * 0.42, glass, { rx: 7 });
    }
    c.rect(x + w * 0.12, y - h * 1.06, w * 0.28, h * 0.08, C.silver, { rx: 5 }).rect(x + w * 0.52, y - h * 1.06, w * 0.36, h * 0.08, C.silver, { rx: 5 });
}

function lightRail(c, t) {
    c.sky([mix(C.sea, C.sky, 0.4), C.sky, C.cream], 560);
    c.cloud(120 + t * 30, 190, 460, C.white, 0.75).cloud(980 + t * 40, 140, 500, C.white, 0.65);
    c.hills(520, 170, mix(C.sky, C.teal, 0.35), 1.5, 0.45);
    c.skyline(540, 60, 210, mix(C.sky, C.slate, 0.35), { lit: 0.35, window: C.cream, from: 620, to: 1320, wide: [46, 92] });
    c.at(1440, 540, () => {
        c.circle(0, -128, 118, 'none', { stroke: mix(C.coral, C.sky, 0.2), 'stroke-width': 8 });
        for (const i of range(12)) {
            const a = (i / 12 + t / 12) * 2 * Math.PI;
            c.line([[0, -128], [118 * Math.cos(a), -128 + 118 * Math.sin(a)]], mix(C.coral, C.sky, 0.4), 3).circle(118 * Math.cos(a), -128 + 118 * Math.sin(a), 12, i % 2 ? C.amber : C.cream);
        }
        c.line([[0, -128], [-70, 6]], C.slate, 8).line([[0, -128], [70, 6]], C.slate, 8);
    });
    c.water(536, [C.sky, C.teal, C.sea], C.white, 80, t, 800);
    for (const [x, y, s] of [[250, 610, 1], [470, 650, 1.4], [1180, 600, 0.8]]) {
        const bob = 3 * Math.sin((t + x / 700) * 6.28);
        c.path(`M${x - 34 * s} ${y + bob}h${72 * s}l${-12 * s} ${16 * s}h${-46 * s}Z`, C.deep).poly([[x, y - 90 * s + bob], [x, y - 6 + bob], [x - 44 * s, y - 6 + bob]], C.cream).poly([[x + 5, y - 70 * s + bob], [x + 5, y - 6 + bob], [x + 34 * s, y - 6 + bob]], C.coral);
    }
    c.rect(0, 770, 1600, 300, mix(C.sand, C.cream, 0.3)).rect(0, 770, 1600, 14, lighter(C.sand, 0.4));
    for (const i of range(17)) c.rect(i * 100 - 10, 706, 7, 66, C.slate);
    c.rect(0, 700, 1600, 8, C.slate).rect(0, 734, 1600, 4, C.slate);
    for (const [x, h, shirt] of [[150, 96, C.coral], [208, 88, C.amber], [1490, 98, C.plum]]) c.person(x, 786, h, { top: shirt, legs: C.navy, back: true });
    c.rect(0, 800, 1600, 190, C.leaf);
    for (const i of range(150)) {
        const [x, y] = [c.random.next() * 1600, 806 + c.random.next() * 180];
        c.line([[x, y], [x + 4, y - 9]], c.random.pick([C.moss, lighter(C.leaf, 0.2)]), 3, { opacity: 0.6 });
    }
    for (const y of [852, 884, 938, 972]) c.rect(0, y, 1600, 7, C.steel);
    const left = 120 + t * 240;
    c.oval(left + 520, 962, 720, 16, C.night, { opacity: 0.25 });
    for (const k of range(3)) tramCar(c, left - 130 + k * 420, 952, 404, 236, { face: k === 2 ? 1 : 0 });
    for (const k of range(2)) c.rect(left + 274 + k * 420, 760, 16, 160, C.slate);
    c.rect(0, 1000, 1600, 70, C.slate).rect(0, 992, 1600, 12, C.silver);
    for (const i of range(9)) c.rect(i * 190 + 30, 1036, 100, 7, C.cream, { opacity: 0.7 });
    for (const x of [60, 1530]) c.tree(x, 1002, 250, C.moss);
}

function council(c) {
    c.rect(0, 0, 1600, 1067, [[C.walnut, darker(C.walnut, 0.25)]]);
    for (const i of range(14)) c.rect(i * 118 - 10, 0, 6, 520, darker(C.walnut, 0.3));
    c.rect(0, 0, 1600, 60, darker(C.walnut, 0.5));
    for (const i of range(5)) {
        const x = 300 + i * 215;
        c.path(`M${x} 400V170a70 70 0 0 1 140 0V400Z`, [[C.sky, C.cream]]);
        c.line([[x + 70, 100], [x + 70, 400]], C.walnut, 7).line([[x, 230], [x + 140, 230]], C.walnut, 7).line([[x, 315], [x + 140, 315]], C.walnut, 7);
        c.poly([[x + 10, 400], [x + 130, 400], [x + 250, 1067], [x - 30, 1067]], C.cream, { opacity: 0.06 });
    }
    c.rect(520, 430, 560, 130, C.wood).rect(500, 424, 600, 18, C.ochre);
    c.circle(800, 492, 40, C.ochre).circle(800, 492, 30, C.wood).stroke('M776 500q12 -22 24 0t24 0M776 486q12 -22 24 0t24 0', C.gold, 5);
    for (const [x, colour] of [[700, C.deep], [800, C.wine], [900, C.slate]]) {
        c.rect(x - 44, 318, 88, 112, darker(C.walnut, 0.45), { rx: 18 }).circle(x, 366, 20, C.skin).path(`M${x - 21} 362a21 22 0 0 1 42 0q-20 -12 -42 0Z`, C.hair);
        c.path(`M${x - 36} 426q0 -36 36 -36t36 36Z`, colour);
    }
    c.line([[800, 424], [800, 404]], C.ink, 4);
    for (const side of [-1, 1]) c.at(800 + side * 410, 560, () => {
        c.rect(-4, -210, 8, 210, C.ochre);
        c.path(`M4 -204C60 -190 60 -110 90 -60L4 -40Z`, side < 0 ? C.teal : C.coral);
        c.circle(0, -214, 8, C.gold);
    }, 1);
    c.rect(560, 590, 480, 64, darker(C.wood, 0.2)).rect(548, 584, 504, 12, C.ochre);
    for (const x of range(5)) c.circle(620 + x * 90, 566, 15, C.skin).path(`M${604 + x * 90} 563a16 17 0 0 1 32 0q-16 -8 -32 0Z`, C.hair).path(`M${592 + x * 90} 592q0 -22 28 -22t28 22Z`, c.random.pick([C.navy, C.plum, C.pine]));
    const shirts = [C.navy, C.slate, C.deep, C.plum, C.wine, C.pine, C.cream, C.teal];
    for (const [row, y, rx, ry, seats] of [[0, 700, 420, 90, 9], [1, 760, 610, 150, 12], [2, 830, 810, 220, 14], [3, 920, 1010, 300, 15]]) {
        const size = 24 + row * 9;
        const desk = range(41).map((k) => [800 + rx * Math.cos(Math.PI * (k / 40)), y - 20 + ry * Math.sin(Math.PI * (k / 40)) * 0.62 + row * 14]);
        c.stroke(curve(desk), darker(C.wood, 0.1 + row * 0.05), 54 + row * 18).stroke(curve(desk.map(([x, v]) => [x, v - 24 - row * 8])), C.ochre, 9 + row * 2);
        for (const i of range(seats)) {
            const a = Math.PI * (0.06 + (0.88 * i) / (seats - 1));
            const [x, v] = [800 + rx * Math.cos(a), y + ry * Math.sin(a) * 0.62 + row * 14];
            if (c.random.next() < 0.14) continue;
            const [colour, hair] = [c.random.pick(shirts), c.random.pick([C.hair, C.hair, C.slate, C.walnut])];
            c.path(`M${x - size * 1.1} ${v + size * 2.1}V${v + size * 0.6}q0 ${-size * 0.8} ${size * 1.1} ${-size * 0.8}t${size * 1.1} ${size * 0.8}V${v + size * 2.1}Z`, colour);
            c.circle(x, v - size * 0.75, size * 0.66, hair);
            if (i % 5 === 2 && row < 3) c.line([[x + size * 0.8, v + size * 0.4], [x + size * 1.1, v - size * 1.9]], darker(colour, 0.15), size * 0.42).circle(x + size * 1.1, v - size * 2, size * 0.24, C.skin);
        }
    }
    for (const x of [180, 1420]) c.glow(x, 150, 260, C.gold, 0.5).circle(x, 150, 34, C.gold).line([[x, 0], [x, 120]], C.ochre, 5);
    c.vignette(0.4);
}

function oldTheatre(c) {
    c.sky([C.plum, C.dusk, C.rose, C.gold], 820);
    c.cloud(40, 190, 420, C.blush, 0.4).cloud(1150, 260, 420, C.blush, 0.35);
    c.skyline(860, 170, 330, mix(C.plum, C.dusk, 0.4), { lit: 0.25 });
    c.rect(60, 470, 330, 400, darker(C.clay, 0.35)).rect(1230, 430, 340, 440, darker(C.sea, 0.4));
    c.windows(90, 520, 280, 180, C.gold, 0.5, 40, 26);
    c.windows(1260, 470, 290, 230, C.gold, 0.45, 38, 30);
    for (const [x, w, colour] of [[60, 330, C.teal], [1230, 340, C.brick]]) {
        c.rect(x, 744, w, 16, C.ink);
        for (const k of range(8)) c.rect(x + (k * w) / 8, 726, w / 8, 40, k % 2 ? C.cream : colour);
        c.rect(x + 24, 780, w - 48, 96, C.gold, { opacity: 0.75 });
    }
    c.rect(380, 300, 860, 580, C.sand);
    c.path('M380 300H1240V250H1120L1090 200H930L900 150H720L690 200H530L500 250H380Z', lighter(C.sand, 0.25));
    for (const x of [450, 540, 630, 990, 1080, 1170]) c.rect(x, 300, 26, 330, darker(C.sand, 0.16));
    c.rect(700, 190, 220, 440, lighter(C.sand, 0.35));
    for (const i of range(4)) c.rect(730, 330 + i * 72, 160, 46, C.deep, { rx: 4 }).rect(730, 330 + i * 72, 160, 46, C.gold, { rx: 4, opacity: 0.45 + 0.12 * i });
    c.circle(810, 250, 46, C.brick).circle(810, 250, 34, C.cream).poly([[797, 228], [836, 250], [797, 272]], C.brick);
    for (const x of [420, 1010]) for (const k of range(3)) c.rect(x + k * 62, 430, 40, 110, C.deep).rect(x + k * 62, 430, 40, 110, C.gold, { opacity: 0.3 });
    c.rect(1010, 120, 96, 470, C.wine).rect(1000, 110, 116, 490, 'none', { stroke: C.amber, 'stroke-width': 8 });
    for (const i of range(5)) c.circle(1058, 168 + i * 92, 32, C.gold).circle(1058, 168 + i * 92, 22, C.coral);
    for (const i of range(12)) for (const x of [996, 1120]) c.circle(x, 118 + i * 43, 8, C.gold).glow(x, 118 + i * 43, 28, C.gold, 0.5);
    c.rect(340, 636, 940, 74, C.brick).rect(340, 636, 940, 12, C.amber).rect(340, 700, 940, 12, C.amber);
    for (const i of range(24)) c.circle(360 + i * 39.5, 706, 9, C.cream).glow(360 + i * 39.5, 712, 40, C.gold, 0.5);
    for (const [x, w] of [[420, 150], [600, 150], [860, 150], [1040, 150]]) c.rect(x, 660, w, 28, C.cream, { opacity: 0.85 });
    c.rect(400, 712, 820, 170, darker(C.walnut, 0.2)).rect(420, 720, 780, 162, C.gold, { opacity: 0.55 });
    for (const i of range(6)) c.rect(560 + i * 84, 734, 70, 148, C.wine).rect(570 + i * 84, 748, 50, 92, C.gold, { opacity: 0.8 }).rect(570 + i * 84, 790, 50, 6, C.wine);
    for (const [x, colours] of [[420, [C.teal, C.coral]], [1106, [C.plum, C.amber]]]) {
        c.rect(x, 730, 96, 134, C.cream).rect(x + 8, 738, 80, 118, colours[0]).circle(x + 48, 784, 28, colours[1]).path(`M${x + 8} 856q40 -60 80 0Z`, C.night);
    }
    c.rect(0, 876, 1600, 191, darker(C.plum, 0.35)).rect(0, 876, 1600, 12, C.steel, { opacity: 0.7 });
    c.poly([[420, 888], [1200, 888], [1440, 1067], [180, 1067]], C.gold, { opacity: 0.2 });
    for (const i of range(9)) c.rect(i * 200 + 30, 1010, 110, 8, C.cream, { opacity: 0.35 });
    for (const [x, h, top, o] of [[500, 122, C.deep, {}], [556, 112, C.coral, { long: true }], [760, 124, C.cream, { back: true }], [820, 118, C.amber, { back: true, long: true }], [1170, 120, C.teal, { back: true }]]) c.person(x, 900, h, { top, legs: C.ink, ...o });
    c.at(300, 990, () => {
        for (const x of [-74, 74]) c.circle(x, -40, 44, 'none', { stroke: C.ink, 'stroke-width': 7 });
        c.line([[-74, -40], [-20, -110], [56, -104], [74, -40]], C.coral, 7).line([[-20, -110], [4, -40], [56, -104]], C.coral, 7).line([[4, -40], [-74, -40]], C.coral, 7).line([[56, -104], [50, -134], [30, -136]], C.ink, 6);
        c.line([[-18, -128], [10, -70], [2, -34]], C.ink, 18).line([[-16, -140], [6, -214]], C.cream, 46).line([[6, -205], [28, -160], [38, -136]], C.skin, 13).circle(14, -252, 22, C.hair);
    });
    c.vignette(0.3);
}

function tramHill(c, t) {
    c.sky([C.sea, C.sky, C.cream], 620).cloud(900, 150, 460, C.white, 0.7).cloud(120, 110, 360, C.white, 0.55);
    c.hills(470, 90, mix(C.sky, C.teal, 0.4), 1.4, 0.45);
    c.rect(560, 440, 560, 130, [[C.sky, C.teal]]);
    for (const i of range(16)) {
        const [x, y] = [570 + c.random.next() * 470, 470 + c.random.next() * 80];
        c.line([[x, y], [x + 30, y]], C.white, 3, { opacity: 0.5 });
    }
    c.path('M760 520h70l-12 14h-46Z', C.cream).poly([[795, 470], [795, 516], [770, 516]], C.coral);
    const houses = (side) => {
        const walls = [C.blush, C.gold, C.cream, C.sky, C.rose, C.straw, C.cream];
        for (const i of range(6)) {
            const near = i / 5;
            const wide = 110 + near * 190;
            const x = side < 0 ? 620 - i * 66 - near * 360 - wide * 0.15 : 990 + i * 66 + near * 340 - wide * 0.85;
            const [top, bottom] = [380 - near * 330 + (i % 2) * 36, 600 + near * 470];
            const colour = mix(walls[(i * 2 + (side > 0 ? 1 : 0)) % 7], C.dusk, 0.22 - near * 0.2);
            c.rect(x, top, wide, bottom - top, colour).poly([[x - 10, top + 4], [x + wide * 0.16, top - 26 - 44 * near], [x + wide * 0.84, top - 26 - 44 * near], [x + wide + 10, top + 4]], mix(C.brick, C.dusk, 0.25 - near * 0.2));
            const [cols, rows] = [2, 3 + Math.floor(near * 2)];
            for (const a of range(cols)) for (const b of range(rows)) {
                const [ww, wh] = [wide * 0.2, wide * 0.3];
                const [wx, wy] = [x + wide * (0.18 + a * 0.44), top + wide * 0.2 + b * wh * 1.65];
                if (wy + wh > bottom - 70) continue;
                c.rect(wx - 5, wy - 5, ww + 10, wh + 10, C.white, { opacity: 0.8 }).rect(wx, wy, ww, wh, mix(C.deep, C.sky, 0.25));
                c.rect(wx - ww * 0.3, wy - 2, ww * 0.26, wh + 4, [C.teal, C.pine, C.brick, C.sea][(i + a) % 4]).rect(wx + ww * 1.04, wy - 2, ww * 0.26, wh + 4, [C.teal, C.pine, C.brick, C.sea][(i + a) % 4]);
                if (b === 1) { c.rect(wx - 12, wy + wh + 4, ww + 24, 5, C.ink); for (const k of range(5)) c.circle(wx - 4 + k * ww * 0.28, wy + wh - 2, 7, k % 2 ? C.coral : C.leaf); }
            }
        }
    };
    c.rect(0, 600, 1600, 467, mix(C.steel, C.sand, 0.2));
    houses(-1);
    houses(1);
    c.path('M690 560H920L1380 1067H230Z', mix(C.steel, C.sand, 0.35));
    for (const r of range(15)) for (const k of range(12)) {
        const y = 570 + r * r * 2.3;
        const spread = 0.5 + (y - 560) / 260;
        c.line([[805 + (k - 6 + (r % 2) * 0.5) * 33 * spread, y], [805 + (k - 5.55 + (r % 2) * 0.5) * 33 * spread, y]], C.slate, 2 + r * 0.2, { opacity: 0.28 });
    }
    for (const k of [-1, 1]) c.poly([[805 + k * 26, 560], [805 + k * 31, 560], [805 + k * 190, 1067], [805 + k * 172, 1067]], C.slate);
    c.line([[805, 0], [805, 440]], C.ink, 2.5, { opacity: 0.5 }).line([[380, 250], [805, 330], [1230, 240]], C.ink, 2.5, { opacity: 0.6 });
    c.at(805, 900 - t * 60, () => {
        c.oval(0, 6, 210, 20, C.night, { opacity: 0.35 }).rect(-150, -44, 300, 44, C.ink, { rx: 8 });
        c.path('M-166 -40V-330Q-166 -396 0 -400Q166 -396 166 -330V-40Q0 -22 -166 -40Z', C.amber).path('M-166 -200V-40Q0 -22 166 -40V-200Z', C.ochre).rect(-166, -206, 332, 12, C.cream);
        c.path('M-182 -336Q-150 -412 0 -414Q150 -412 182 -336Q0 -356 -182 -336Z', C.cream);
        for (const [x, w] of [[-142, 78], [-50, 100], [64, 78]]) c.rect(x, -318, w, 100, C.deep, { rx: 10 }).path(`M${x + 8} -226l${w * 0.4} -84h${w * 0.24}l${-w * 0.4} 84Z`, C.sky, { opacity: 0.45 });
        c.circle(0, -124, 34, C.gold).circle(0, -124, 24, C.cream).glow(0, -124, 120, C.gold, 0.6).rect(-60, -78, 120, 18, C.walnut, { rx: 8 });
        for (const x of [-124, 124]) c.circle(x, -112, 15, C.brick);
        c.line([[0, -412], [0, -520]], C.ink, 6).circle(0, -262, 19, C.skin).path('M-34 -218q0 -30 34 -30t34 30Z', C.navy).path('M-21 -268a21 20 0 0 1 42 0Z', C.navy);
    }, 0.92);
    c.person(420, 1010, 210, { top: C.teal, legs: C.navy, back: true }).person(1240, 1000, 200, { top: C.coral, legs: C.plum, long: true });
}

export const scenes = [
    ['light-rail', '3:2', lightRail], ['council-chamber', '3:2', council], ['old-theatre', '3:2', oldTheatre], ['lisbon-tram', '3:2', tramHill],
];
