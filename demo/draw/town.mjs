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

function harbourNight(c, t) {
    c.sky([C.night, C.navy, C.deep, mix(C.plum, C.rose, 0.35)], 620).stars(130, 420).circle(1290, 150, 46, C.cream).glow(1290, 150, 200, C.cream, 0.5);
    c.hills(600, 210, mix(C.navy, C.plum, 0.5), 1.4, 0.45);
    c.skyline(622, 70, 200, mix(C.navy, C.deep, 0.4), { lit: 0.4, wide: [40, 80] });
    c.skyline(628, 90, 330, C.ink, { lit: 0.45, from: 520, to: 1180, wide: [54, 96] });
    c.line([[838, 220], [838, 330]], C.steel, 5).circle(838, 220, 6, C.coral).glow(838, 220, 60, C.coral, 0.9);
    c.at(290, 620, () => {
        for (const i of range(16)) {
            const a = ((i + t) / 16) * 2 * Math.PI;
            c.line([[0, -190], [170 * Math.cos(a), -190 + 170 * Math.sin(a)]], mix(C.coral, C.plum, 0.4), 4).circle(170 * Math.cos(a), -190 + 170 * Math.sin(a), 14, [C.amber, C.coral, C.teal][i % 3]).glow(170 * Math.cos(a), -190 + 170 * Math.sin(a), 46, [C.amber, C.coral, C.teal][i % 3], 0.5);
        }
        c.circle(0, -190, 170, 'none', { stroke: C.coral, 'stroke-width': 8 }).circle(0, -190, 20, C.gold).line([[0, -190], [-96, 4]], C.slate, 11).line([[0, -190], [96, 4]], C.slate, 11);
    });
    c.water(622, [mix(C.plum, C.deep, 0.5), C.navy, C.night], C.gold, 80, t);
    for (const [x, w, colour] of [[290, 120, C.coral], [560, 50, C.gold], [650, 70, C.amber], [760, 60, C.gold], [838, 40, C.coral], [930, 70, C.gold], [1060, 60, C.amber], [1290, 60, C.cream], [1440, 50, C.gold]]) c.shine(x, 632, 1000, w, colour, 22, t);
    c.at(1250, 760, () => {
        c.path('M-270 -60H280L230 30H-220Z', C.cream).rect(-220, -120, 430, 62, C.cream, { rx: 10 }).rect(-150, -176, 280, 58, C.cream, { rx: 10 }).rect(-40, -214, 96, 40, C.cream, { rx: 8 }).rect(-270, -60, 550, 12, C.teal);
        for (const i of range(12)) c.rect(-204 + i * 34, -106, 22, 30, C.gold);
        for (const i of range(8)) c.rect(-138 + i * 33, -164, 22, 28, C.gold);
        c.rect(80, -230, 40, 54, C.coral).glow(0, -90, 340, C.gold, 0.45);
    }, 0.9);
    c.rect(0, 960, 1600, 110, C.ink).rect(0, 952, 1600, 12, C.slate);
    for (const i of range(17)) c.rect(i * 100 + 20, 890, 7, 66, C.slate);
    c.rect(0, 884, 1600, 8, C.slate);
    for (const x of [180, 620, 1060, 1500]) c.line([[x, 956], [x, 700]], C.slate, 9).line([[x, 704], [x + 50, 704]], C.slate, 7).circle(x + 50, 718, 15, C.gold).glow(x + 50, 720, 150, C.gold, 0.6);
    for (const [x, h, top, long] of [[420, 150, C.coral, true], [480, 164, C.deep, false], [860, 158, C.teal, false], [1180, 150, C.plum, true]]) c.person(x, 966, h, { top, legs: C.night, back: true, long });
    c.vignette(0.3);
}

function nightMarket(c) {
    c.sky([C.night, C.navy, C.plum, mix(C.plum, C.coral, 0.45)], 620);
    c.skyline(560, 200, 420, mix(C.night, C.navy, 0.7), { lit: 0.18, wide: [90, 170] });
    c.rect(0, 560, 1600, 507, [[mix(C.plum, C.ink, 0.35), C.ink]]);
    c.glow(800, 560, 700, C.amber, 0.5);
    for (const row of range(3)) {
        const line = range(13).map((i) => [i * 134 - 4, 110 + row * 74 + 46 * Math.sin((i / 12) * Math.PI * 3 + row)]);
        c.stroke(curve(line), C.ink, 4);
        for (const [i, [x, y]] of line.entries()) if ((i + row) % 2) c.lantern(x, y + 38, 32 - row * 3, (i + row) % 4 === 1 ? C.coral : C.amber);
    }
    const stall = (x, y, w, h, cloth, goods) => {
        c.rect(x, y - h * 0.62, w, h * 0.36, C.gold, { opacity: 0.85 }).rect(x, y - h * 0.3, w, h * 0.32, darker(C.wood, 0.2)).rect(x - 8, y - h * 0.33, w + 16, h * 0.06, C.ochre);
        for (const px of [x, x + w - 9]) c.rect(px, y - h * 0.9, 9, h * 0.92, C.walnut);
        const n = 8;
        for (const i of range(n)) {
            const colour = i % 2 ? C.cream : cloth;
            c.path(`M${x - 14 + (i * (w + 28)) / n} ${y - h * 0.92}h${(w + 28) / n}v${h * 0.2}a${(w + 28) / n / 2} ${h * 0.07} 0 0 1 ${-(w + 28) / n} 0Z`, colour);
        }
        c.poly([[x - 14, y - h * 0.92], [x + 14, y - h * 1.06], [x + w - 14, y - h * 1.06], [x + w + 14, y - h * 0.92]], darker(cloth, 0.15));
        for (const i of range(Math.floor(w / 34))) goods(x + 20 + i * 34, y - h * 0.35, i);
        c.glow(x + w / 2, y - h * 0.5, w * 0.8, C.gold, 0.45);
    };
    const bowls = (x, y, i) => c.path(`M${x - 13} ${y - 12}h26q-2 14 -13 14t-13 -14Z`, i % 2 ? C.cream : C.teal);
    const fruit = (x, y, i) => c.circle(x, y - 8, 11, [C.coral, C.amber, C.leaf, C.brick][i % 4]).circle(x + 11, y - 20, 10, [C.amber, C.leaf, C.coral, C.gold][i % 4]);
    const skewers = (x, y, i) => c.line([[x, y], [x + 4, y - 36]], C.straw, 3).circle(x + 2, y - 16, 8, C.clay).circle(x + 3, y - 30, 8, i % 2 ? C.coral : C.clay);
    stall(470, 690, 210, 210, C.teal, fruit);
    stall(900, 690, 220, 210, C.coral, skewers);
    stall(-40, 860, 430, 400, C.coral, skewers);
    stall(1200, 860, 440, 400, C.teal, bowls);
    for (const [x, y, h, top] of [[180, 720, 150, C.cream], [1420, 724, 156, C.amber], [560, 620, 92, C.cream], [1000, 622, 92, C.plum]]) {
        c.path(`M${x - h * 0.2} ${y + 30}V${y - h * 0.35}q0 -${h * 0.2} ${h * 0.2} -${h * 0.2}t${h * 0.2} ${h * 0.2}V${y + 30}Z`, top).circle(x, y - h * 0.72, h * 0.15, C.skin).path(`M${x - h * 0.16} ${y - h * 0.74}a${h * 0.16} ${h * 0.16} 0 0 1 ${h * 0.32} 0Z`, top === C.cream ? C.coral : C.cream);
    }
    for (const [x, y] of [[60, 690], [300, 690], [1530, 690]]) for (const k of range(3)) c.stroke(`M${x + k * 22} ${y}q-30 -50 6 -96t-6 -96`, C.cream, 20, { opacity: 0.1 });
    c.path('M560 700H1010L1340 1067H240Z', mix(C.plum, C.ink, 0.5)).poly([[600, 700], [980, 700], [1180, 1067], [420, 1067]], C.amber, { opacity: 0.14 });
    c.crowd(660, 26, [C.deep, C.coral, C.plum, C.teal], { from: 610, to: 980, step: 1.3 });
    c.crowd(740, 44, [C.wine, C.deep, C.amber, C.plum], { from: 470, to: 1150, step: 1.5 });
    c.crowd(850, 74, [C.coral, C.teal, C.navy, C.ochre, C.plum], { from: 330, to: 1300, step: 1.7 });
    c.crowd(985, 112, [C.navy, C.wine, C.teal, C.slate, C.plum], { step: 1.9 });
    c.vignette(0.4);
}

function crosswalk(c) {
    c.sky([C.slate, C.steel, C.silver], 500);
    c.skyline(600, 240, 480, mix(C.steel, C.slate, 0.4), { lit: 0.22, wide: [110, 200] });
    c.rect(0, 590, 1600, 480, darker(C.slate, 0.35));
    c.rect(0, 576, 1600, 26, C.steel);
    for (const [x, w, colour] of [[60, 260, C.coral], [360, 200, C.teal], [1160, 340, C.amber]]) {
        c.rect(x, 400, w, 180, darker(colour, 0.5)).rect(x + 14, 440, w - 28, 120, C.gold, { opacity: 0.75 });
        for (const i of range(6)) c.rect(x + (i * w) / 6, 396, w / 6, 34, i % 2 ? C.cream : colour);
    }
    for (const i of range(11)) {
        const [a, b] = [140 + i * 126, -120 + i * 176];
        c.poly([[a, 690], [a + 70, 690], [b + 98, 1030], [b, 1030]], C.cream, { opacity: 0.92 });
    }
    for (const i of range(40)) {
        const [x, y] = [c.random.next() * 1600, 620 + c.random.next() * 430];
        c.line([[x, y], [x + c.random.between(40, 130), y]], c.random.pick([C.gold, C.coral, C.silver]), 4, { opacity: 0.18 });
    }
    c.at(1240, 690, () => {
        c.rect(-30, -110, 300, 96, C.brick, { rx: 18 }).path('M10 -106L60 -176H190L230 -106Z', C.brick).path('M34 -110L70 -164H120V-110Z', C.deep).path('M132 -110V-164H182L208 -110Z', C.deep);
        for (const x of [36, 206]) c.circle(x, -14, 30, C.ink).circle(x, -14, 13, C.silver);
        c.circle(-22, -70, 12, C.gold).glow(-22, -70, 110, C.gold, 0.7);
    });
    c.rect(96, 300, 16, 420, C.ink).rect(64, 190, 80, 170, C.ink, { rx: 12 }).circle(104, 236, 28, darker(C.brick, 0.5)).circle(104, 312, 28, C.leaf).glow(104, 312, 120, C.leaf, 0.7);
    c.line([[104, 300], [96, 318], [110, 330]], C.ink, 5).circle(104, 296, 5, C.ink);
    const walker = (x, y, h, top, umbrella, stride, carry) => {
        c.oval(x, y + 6, h * 0.26, 12, C.night, { opacity: 0.3 });
        c.line([[x, y - h * 0.46], [x - stride, y - h * 0.22], [x - stride * 1.6, y]], C.ink, h * 0.09).line([[x, y - h * 0.46], [x + stride, y - h * 0.22], [x + stride * 1.2, y]], C.navy, h * 0.09);
        c.path(`M${x - h * 0.14} ${y - h * 0.42}L${x - h * 0.12} ${y - h * 0.74}q${h * 0.12} ${-h * 0.08} ${h * 0.24} 0L${x + h * 0.15} ${y - h * 0.42}Z`, top).circle(x, y - h * 0.86, h * 0.075, C.skin).path(`M${x - h * 0.08} ${y - h * 0.86}a${h * 0.08} ${h * 0.08} 0 0 1 ${h * 0.16} 0Z`, C.hair);
        c.line([[x + h * 0.1, y - h * 0.68], [x + h * 0.16, y - h * 0.58], [x + h * 0.1, y - h * 0.8]], darker(top, 0.2), h * 0.06).line([[x + h * 0.1, y - h * 0.6], [x + h * 0.1, y - h * 1.2]], C.ink, 5);
        const [ux, uy, ur] = [x + h * 0.06, y - h * 1.0, h * 0.36];
        c.path(`M${ux - ur} ${uy}Q${ux - ur * 0.9} ${uy - ur * 0.86} ${ux} ${uy - ur * 0.9}Q${ux + ur * 0.9} ${uy - ur * 0.86} ${ux + ur} ${uy}q${-ur / 4} ${-ur * 0.16} ${-ur / 2} 0q${-ur / 4} ${-ur * 0.16} ${-ur / 2} 0q${-ur / 4} ${-ur * 0.16} ${-ur / 2} 0q${-ur / 4} ${-ur * 0.16} ${-ur / 2} 0Z`, umbrella);
        c.path(`M${ux - ur / 2} ${uy}Q${ux - ur * 0.4} ${uy - ur * 0.8} ${ux} ${uy - ur * 0.9}Q${ux + ur * 0.4} ${uy - ur * 0.8} ${ux + ur / 2} ${uy}q${-ur / 4} ${-ur * 0.16} ${-ur / 2} 0q${-ur / 4} ${-ur * 0.16} ${-ur / 2} 0Z`, lighter(umbrella, 0.2));
        if (carry) c.rect(x - h * 0.26, y - h * 0.46, h * 0.13, h * 0.16, carry);
    };
    walker(380, 800, 250, C.deep, C.coral, 26, C.straw);
    walker(880, 830, 270, C.plum, C.amber, 30);
    walker(620, 960, 360, C.teal, C.cream, 40, C.wine);
    walker(740, 968, 220, C.amber, C.amber, 22);
    walker(1190, 1000, 380, C.wine, C.teal, 44);
    c.rain(160, C.white, 0.5, -0.12);
    c.vignette(0.25);
}

function apartments(c) {
    c.sky([C.teal, C.sky, C.cream], 760).cloud(100, 180, 440, C.white, 0.8).cloud(1120, 240, 420, C.white, 0.7);
    c.hills(720, 180, mix(C.sky, C.teal, 0.5), 1.5, 0.45);
    const block = (x, y, cols, rows, wall, accent) => {
        const [w, h] = [96, 92];
        c.rect(x - 14, y - rows * h - 34, cols * w + 28, rows * h + 34, wall).rect(x - 22, y - rows * h - 46, cols * w + 44, 18, darker(wall, 0.25));
        for (const r of range(rows)) for (const k of range(cols)) {
            const [a, b] = [x + k * w, y - (r + 1) * h];
            c.rect(a + 6, b + 4, w - 12, h - 14, darker(wall, 0.35)).rect(a + 12, b + 10, w - 48, h - 34, mix(C.deep, C.sky, c.random.next() * 0.5)).rect(a + w - 32, b + 10, 18, h - 24, C.gold, { opacity: c.random.next() < 0.4 ? 0.9 : 0.15 });
            c.rect(a + 2, b + h - 34, w - 4, 30, (r + k) % 3 ? lighter(wall, 0.3) : accent);
            const kind = c.random.next();
            if (kind < 0.32) for (const p of range(3)) c.circle(a + 22 + p * 24, b + h - 38, 11, p % 2 ? C.moss : C.leaf);
            else if (kind < 0.62) { c.line([[a + 10, b + h - 64], [a + w - 12, b + h - 64]], C.ink, 2); for (const p of range(3)) c.rect(a + 14 + p * 25, b + h - 64, 19, 28, c.random.pick([C.coral, C.cream, C.amber, C.teal, C.plum])); }
        }
    };
    block(120, 900, 4, 7, C.sand, C.coral);
    block(1080, 900, 4, 6, C.blush, C.teal);
    block(600, 920, 4, 8, C.cream, C.amber);
    c.rect(0, 896, 1600, 172, C.leaf).path('M600 1067C640 980 700 930 740 900H860C900 940 980 990 1020 1067Z', C.sand);
    for (const [x, h, leaf] of [[60, 210, C.moss], [560, 190, C.pine], [1040, 200, C.moss], [1540, 230, C.pine], [300, 130, C.moss]]) c.tree(x, 940, h, leaf);
    c.line([[1190, 1010], [1250, 880], [1310, 1010]], C.coral, 10).line([[1390, 1010], [1450, 880], [1510, 1010]], C.coral, 10).line([[1250, 880], [1450, 880]], C.coral, 10);
    for (const [x, a] of [[1310, 12], [1390, -8]]) { c.line([[x, 882], [x + a, 970]], C.ink, 4); c.at(x + a, 974, () => c.rect(-20, 0, 40, 8, C.ink).path('M-12 -2q0 -36 12 -36t12 36Z', a > 0 ? C.amber : C.teal).circle(0, -50, 13, C.skin).path('M-14 -50a14 14 0 0 1 28 0Z', C.hair).line([[0, 2], [22, 22]], C.navy, 9)); }
    for (const [x, y, h, top, o] of [[760, 1010, 150, C.deep, { back: true }], [830, 1010, 140, C.coral, { back: true, long: true }], [796, 1014, 86, C.amber, { back: true }], [440, 1020, 150, C.teal, { arms: 'one' }], [180, 1000, 130, C.plum, { long: true }]]) c.person(x, y, h, { top, legs: C.navy, ...o });
    c.rect(40, 1020, 130, 10, C.wood).rect(52, 1030, 8, 30, C.ink).rect(150, 1030, 8, 30, C.ink);
}

function railMap(c) {
    c.rect(0, 0, 1600, 900, C.paper);
    c.path('M700 -10C660 120 760 220 720 320C700 400 720 440 740 480', 'none', { stroke: mix(C.sky, C.white, 0.2), 'stroke-width': 46 });
    for (const i of range(24)) c.line([[i * 90 - 300, 0], [i * 90 + 40, 620]], C.white, 10, { opacity: 0.8 });
    for (const y of [90, 190, 290, 390]) c.line([[0, y], [1600, y + 40]], C.white, 10, { opacity: 0.8 });
    c.path('M0 610C200 560 300 640 420 600C560 550 600 470 740 480C900 490 960 600 1100 590C1250 580 1320 470 1600 500V900H0Z', mix(C.sky, C.white, 0.25)).path('M0 610C200 560 300 640 420 600C560 550 600 470 740 480C900 490 960 600 1100 590C1250 580 1320 470 1600 500', 'none', { stroke: mix(C.sea, C.sky, 0.5), 'stroke-width': 7 });
    for (const [x, y, w, h] of [[140, 120, 150, 100], [980, 200, 170, 110], [410, 90, 120, 80], [1260, 60, 140, 90]]) { c.rect(x, y, w, h, mix(C.leaf, C.white, 0.35), { rx: 22 }); for (const i of range(4)) c.tree(x + 26 + i * (w - 40) / 3, y + h - 14 + (i % 2) * 6, 46, C.moss); }
    for (const [x, y] of [[330, 700], [820, 720], [1290, 720]]) for (const k of range(3)) c.stroke(`M${x} ${y + k * 26}q24 -14 48 0t48 0t48 0`, mix(C.sea, C.white, 0.5), 6);
    c.stroke('M60 60L360 240L620 300L980 330L1240 260L1560 300', mix(C.plum, C.white, 0.25), 13).stroke('M300 -10L360 240L330 500', mix(C.amber, C.white, 0.1), 13);
    const stops = [[120, 470], [220, 500], [330, 500], [430, 530], [530, 500], [610, 440], [700, 410], [800, 420], [890, 480], [980, 530], [1080, 530], [1180, 510], [1270, 470], [1370, 440], [1480, 450]];
    c.stroke(curve(stops), C.cream, 40).stroke(curve(stops), C.teal, 24).stroke(curve(stops.slice(8, 13)), C.cream, 6, { 'stroke-dasharray': '3 20' });
    for (const [i, [x, y]] of stops.entries()) { const major = [0, 2, 6, 9, 14].includes(i); c.circle(x, y, major ? 25 : 16, C.cream).circle(x, y, major ? 25 : 16, 'none', { stroke: C.navy, 'stroke-width': major ? 9 : 6 }); if (major) c.circle(x, y, 10, C.coral); }
    for (const [x, y] of [[360, 240], [620, 300], [980, 330], [1240, 260]]) c.circle(x, y, 15, C.cream).circle(x, y, 15, 'none', { stroke: C.plum, 'stroke-width': 6 });
    c.at(980, 620, () => c.poly([[-13, 60], [-8, -50], [8, -50], [13, 60]], C.cream).rect(-11, -10, 22, 24, C.coral).rect(-13, -68, 26, 20, C.gold).poly([[-16, -68], [0, -88], [16, -68]], C.coral), 1.2);
    c.at(600, 376, () => c.rect(-50, -40, 100, 70, C.sand).rect(-60, -52, 120, 14, C.brick).rect(18, -96, 18, 66, C.wine).circle(27, -84, 6, C.gold).circle(27, -64, 6, C.gold), 1.05);
    c.at(1480, 570, () => c.path('M-90 0H90L66 40H-70Z', C.navy).rect(-50, -40, 100, 40, C.cream).rect(-36, -64, 50, 26, C.cream).rect(0, -86, 18, 26, C.coral), 1);
    c.at(800, 340, () => { for (const i of range(5)) c.path(`M${-60 + i * 24} -30h24v18a12 10 0 0 1 -24 0Z`, i % 2 ? C.cream : C.coral); c.rect(-56, -14, 112, 44, C.gold).lantern(-40, -52, 10).lantern(0, -58, 10, C.amber).lantern(40, -52, 10); }, 1);
    c.at(1190, 410, () => { c.oval(0, 0, 96, 46, C.moss).oval(0, 0, 62, 28, C.leaf).poly([[0, 18], [26, 0], [0, -16], [-26, 0]], C.clay); for (const x of [-90, 90]) c.line([[x, 0], [x, -70]], C.slate, 5).rect(x - 18, -86, 36, 20, C.ink); });
    c.at(140, 560, () => { c.rect(-70, -50, 140, 80, C.silver).rect(-70, -50, 140, 14, C.deep); for (const i of range(4)) c.rect(-56 + i * 30, -26, 20, 30, C.deep); });
    c.at(1500, 110, () => c.circle(0, 0, 52, C.cream).poly([[0, -44], [13, 0], [-13, 0]], C.coral).poly([[0, 44], [13, 0], [-13, 0]], C.slate));
}

function budgetChart(c) {
    c.rect(0, 0, 1600, 900, [[C.paper, C.cream]]);
    const slices = [[0.29, C.sea], [0.23, C.coral], [0.15, C.teal], [0.12, C.amber], [0.09, C.plum], [0.07, C.leaf], [0.05, C.steel]];
    let start = -Math.PI / 2;
    const [x, y] = [470, 460];
    const point = (r, a) => [x + r * Math.cos(a), y + r * Math.sin(a)];
    for (const [i, [share, colour]] of slices.entries()) {
        const end = start + share * 2 * Math.PI;
        const out = i === 1 ? 26 : 0;
        const [dx, dy] = [out * Math.cos((start + end) / 2), out * Math.sin((start + end) / 2)];
        const arc = range(33).map((k) => point(330, start + ((end - start) * k) / 32)).map(([a, b]) => [a + dx, b + dy]);
        const back = range(33).map((k) => point(175, end - ((end - start) * k) / 32)).map(([a, b]) => [a + dx, b + dy]);
        c.poly([...arc, ...back], colour).poly([...arc, ...back], 'none', { stroke: C.cream, 'stroke-width': 7 });
        const [mx, my] = point(252, (start + end) / 2);
        c.at(mx + dx, my + dy, () => {
            if (i === 0) c.poly([[-34, 10], [0, -28], [34, 10]], C.cream).rect(-26, 8, 52, 30, C.cream).rect(-7, 16, 14, 22, colour);
            else if (i === 1) c.path('M0 34C-60 -4 -40 -44 -14 -36Q-4 -32 0 -22Q4 -32 14 -36C40 -44 60 -4 0 34Z', C.cream);
            else if (i === 2) c.rect(-32, -26, 64, 42, C.cream, { rx: 9 }).rect(-24, -18, 48, 18, colour).circle(-16, 24, 8, C.cream).circle(16, 24, 8, C.cream);
            else if (i === 3) c.path('M-30 -20Q-14 -28 0 -16Q14 -28 30 -20V20Q14 12 0 24Q-14 12 -30 20Z', C.cream);
            else if (i === 4) c.circle(0, -14, 12, C.cream).path('M-22 24q0 -30 22 -30t22 30Z', C.cream);
            else if (i === 5) c.tree(0, 26, 56, C.cream, C.cream);
            else c.circle(0, 0, 13, C.cream);
        });
        start = end;
    }
    c.circle(x, y, 150, C.cream);
    for (const [k, dy] of [[0, 60], [1, 36], [2, 12], [3, -12]]) c.oval(x, y + dy, 74, 24, C.ochre).oval(x, y + dy - 12, 74, 24, C.gold).oval(x, y + dy - 12, 50, 14, 'none', { stroke: C.ochre, 'stroke-width': 5 });
    for (const [i, [share, colour]] of slices.entries()) { const v = 150 + i * 94; c.circle(950, v, 19, colour).rect(990, v - 15, 500, 30, mix(C.silver, C.cream, 0.6), { rx: 15 }).rect(990, v - 15, Math.round(share * 1600), 30, colour, { rx: 15 }); c.line([[990 + share * 1600 * 1.08, v - 24], [990 + share * 1600 * 1.08, v + 24]], C.ink, 5); }
    c.line([[870, 110], [870, 790]], C.silver, 4, { 'stroke-dasharray': '4 14' });
}

function parade(c) {
    c.sky([C.sea, C.sky, C.cream], 700).cloud(90, 150, 420, C.white, 0.7).cloud(1120, 110, 420, C.white, 0.7);
    for (const side of [-1, 1]) for (const i of range(4)) {
        const near = i / 3;
        const w = 200 + near * 120;
        const x = side < 0 ? 520 - i * 190 - w * 0.5 : 1080 + i * 190 - w * 0.5;
        const [top, bottom] = [250 - near * 220 + (i % 2) * 46, 760 + near * 120];
        const wall = [C.sand, C.blush, C.steel, C.cream][(i + (side > 0 ? 1 : 0)) % 4];
        c.rect(x, top, w, bottom - top, mix(wall, C.dusk, 0.15 - near * 0.1)).rect(x - 8, top - 12, w + 16, 16, darker(wall, 0.2));
        for (const a of range(3)) for (const b of range(4)) { const [wx, wy] = [x + w * (0.1 + a * 0.3), top + 36 + b * 110]; c.rect(wx, wy, w * 0.2, 66, mix(C.deep, C.sky, 0.25)); if ((a + b + i) % 3 === 0) { c.circle(wx + w * 0.1, wy + 36, 13, C.skin).path(`M${wx + 6} ${wy + 66}q${w * 0.1 - 6} -30 ${w * 0.2 - 12} 0Z`, C.teal).line([[wx + w * 0.14, wy + 48], [wx + w * 0.2, wy + 6]], C.skin, 8); } if ((a + b) % 4 === 1) c.rect(wx - 4, wy + 66, w * 0.2 + 8, 46, (a + i) % 2 ? C.teal : C.amber); }
    }
    for (const row of range(2)) { const line = range(9).map((i) => [200 + i * 150, 230 + row * 130 + 60 * Math.sin((i / 8) * 3.14)]); c.stroke(curve(line), C.ink, 3); for (const i of range(33)) { const [px, py] = [210 + i * 36, 230 + row * 130 + 60 * Math.sin(((i * 36) / 1200) * 3.14)]; c.poly([[px, py], [px + 26, py], [px + 13, py + 34]], [C.teal, C.amber, C.coral, C.cream][i % 4]); } }
    c.rect(0, 740, 1600, 327, mix(C.sand, C.steel, 0.4)).poly([[420, 760], [1180, 760], [1600, 1067], [0, 1067]], C.slate).line([[800, 770], [800, 1067]], C.cream, 10, { 'stroke-dasharray': '40 34', opacity: 0.6 });
    c.crowd(740, 28, [C.teal, C.amber, C.coral, C.deep], { from: 0, to: 560, step: 1.2 }); c.crowd(740, 28, [C.teal, C.amber, C.coral, C.deep], { from: 1040, to: 1600, step: 1.2 });
    c.at(800, 950, () => {
        c.oval(0, 10, 330, 24, C.night, { opacity: 0.3 }).rect(-290, -250, 580, 230, C.teal, { rx: 24 }).rect(-290, -250, 580, 26, C.amber).rect(-290, -70, 580, 50, darker(C.teal, 0.3), { rx: 14 });
        c.rect(-250, -210, 500, 110, C.deep, { rx: 16 }).line([[0, -210], [0, -100]], C.teal, 13).poly([[-230, -104], [-150, -206], [-110, -206], [-190, -104]], C.sky, { opacity: 0.4 });
        for (const k of [-1, 1]) c.circle(k * 236, -60, 27, C.cream).circle(k * 236, -60, 17, C.gold).rect(k * 200 - 44, -22, 88, 44, C.ink, { rx: 16 });
        c.rect(-80, -66, 160, 34, C.cream, { rx: 6 });
        for (const [x, h, top, arms] of [[-220, 190, C.cream, 'up'], [-130, 200, C.cream, 'one'], [-30, 214, C.cream, 'up'], [80, 200, C.cream, 'one'], [160, 196, C.cream, 'up'], [236, 190, C.cream, 'one']]) c.clip('M-360 -600H360V-248H-360Z', () => c.person(x, -150, h, { top, legs: C.navy, arms, hair: C.teal }));
        c.at(25, -400, () => c.path('M-34 -50H34Q34 14 0 22Q-34 14 -34 -50Z', C.gold).stroke('M-34 -36q-34 4 -22 30t30 20M34 -36q34 4 22 30t-30 20', C.gold, 9).rect(-8, 20, 16, 26, C.amber).rect(-26, 44, 52, 15, C.walnut), 0.9);
    });
    for (const i of range(210)) { const [x, y] = [c.random.next() * 1600, c.random.next() * 900]; c.rect(x, y, 13, 8, c.random.pick([C.coral, C.amber, C.teal, C.cream, C.gold, C.rose]), { transform: `rotate(${Math.round(c.random.between(0, 180))} ${Math.round(x)} ${Math.round(y)})`, opacity: 0.9 }); }
    c.crowd(960, 74, [C.teal, C.deep, C.amber, C.coral, C.plum], { from: -60, to: 470, step: 1.5 }); c.crowd(960, 74, [C.teal, C.deep, C.amber, C.coral, C.plum], { from: 1150, to: 1660, step: 1.5 });
    for (const x of [90, 270, 1290, 1480]) c.line([[x, 980], [x + 10, 850]], C.skin, 21).poly([[x + 4, 850], [x + 100, 820], [x + 96, 890], [x + 8, 904]], x % 4 ? C.teal : C.amber);
}

function councilNight(c) {
    c.sky([C.night, C.navy, mix(C.plum, C.deep, 0.5)], 760).stars(80, 380);
    c.skyline(760, 120, 340, mix(C.night, C.navy, 0.6), { lit: 0.14 });
    c.rect(0, 756, 1600, 320, darker(C.slate, 0.5));
    c.rect(330, 380, 940, 390, mix(C.sand, C.plum, 0.3)).rect(300, 360, 1000, 30, mix(C.sand, C.plum, 0.15)).rect(300, 752, 1000, 24, mix(C.sand, C.plum, 0.4));
    c.poly([[600, 364], [800, 250], [1000, 364]], mix(C.sand, C.plum, 0.2)).poly([[650, 352], [800, 270], [950, 352]], mix(C.sand, C.plum, 0.38)).circle(800, 322, 24, C.gold).glow(800, 322, 90, C.gold, 0.6);
    c.rect(770, 150, 60, 110, mix(C.sand, C.plum, 0.35)).circle(800, 200, 23, C.cream).line([[800, 200], [800, 184]], C.ink, 4).line([[800, 200], [812, 206]], C.ink, 4).poly([[764, 150], [800, 100], [836, 150]], C.wine);
    for (const i of range(6)) { const x = 600 + i * 76; c.rect(x, 392, 24, 360, mix(C.cream, C.plum, 0.25)).rect(x + 14, 392, 10, 360, mix(C.cream, C.plum, 0.42)).rect(x - 5, 386, 34, 12, C.sand).rect(x - 5, 744, 34, 14, C.sand); }
    for (const [x, w] of [[356, 220], [1030, 220]]) for (const r of range(3)) for (const k of range(4)) { const lit = r === 1 || c.random.next() < 0.3; c.rect(x + k * 58, 410 + r * 116, 38, 76, lit ? C.gold : mix(C.navy, C.plum, 0.4), lit ? { opacity: 0.92 } : {}); if (lit) c.glow(x + k * 58 + 19, 448 + r * 116, 70, C.gold, 0.35); if (r === 1 && k % 2) c.circle(x + k * 58 + 19, 556, 9, C.ink).path(`M${x + k * 58 + 5} 602q0 -34 14 -34t14 34Z`, C.ink); }
    c.rect(740, 560, 120, 192, C.walnut).rect(752, 572, 46, 180, C.gold, { opacity: 0.8 }).rect(804, 572, 46, 180, C.gold, { opacity: 0.8 });
    for (const i of range(5)) c.rect(560 - i * 30, 776 + i * 18, 480 + i * 60, 18, mix(C.sand, C.plum, 0.25 + i * 0.07));
    c.poly([[740, 780], [860, 780], [1120, 1067], [480, 1067]], C.gold, { opacity: 0.16 });
    for (const x of [220, 1380]) c.line([[x, 860], [x, 560]], C.ink, 12).circle(x, 540, 26, C.gold).glow(x, 540, 240, C.gold, 0.6);
    c.at(1180, 960, () => { c.rect(-140, -110, 280, 90, C.cream, { rx: 14 }).rect(-40, -150, 150, 60, C.cream, { rx: 12 }).rect(-28, -140, 56, 46, C.deep).rect(40, -140, 56, 46, C.deep).line([[-90, -110], [-90, -220]], C.steel, 7).path('M-130 -230Q-90 -290 -50 -230Q-90 -210 -130 -230Z', C.silver); for (const x of [-80, 80]) c.circle(x, -18, 27, C.ink).circle(x, -18, 12, C.silver); c.rect(-140, -70, 280, 13, C.teal); });
    for (const [x, y, h, top, o] of [[560, 980, 170, C.coral, { arms: 'front', long: true }], [700, 1000, 180, C.navy, { back: true }], [430, 1010, 178, C.teal, { arms: 'one' }]]) c.person(x, y, h, { top, legs: C.ink, ...o });
    c.rect(408, 858, 30, 34, C.slate).line([[568, 884], [590, 870]], C.silver, 8);
    c.vignette(0.35);
}

function heightLine(c) {
    c.rect(0, 0, 1600, 900, [[mix(C.sky, C.cream, 0.4), C.cream, C.paper]]);
    c.rect(0, 720, 1600, 180, mix(C.sea, C.sky, 0.3));
    for (const i of range(26)) c.line([[c.random.next() * 1600, 736 + i * 6], [c.random.next() * 90 + c.random.next() * 1500, 736 + i * 6]], C.white, 3, { opacity: 0.3 });
    c.path('M0 700H1130C1180 706 1200 730 1240 740V900H0Z', mix(C.sand, C.moss, 0.25));
    c.path('M1270 740C1300 560 1380 470 1450 470C1520 470 1580 560 1600 640V740Z', mix(C.pine, C.sky, 0.15)).path('M1420 470C1450 560 1500 640 1600 700V640C1580 560 1520 470 1450 470Z', C.pine);
    c.poly([[1426, 474], [1436, 360], [1464, 360], [1474, 474]], C.cream).rect(1432, 400, 36, 34, C.coral).rect(1426, 332, 48, 30, C.gold).poly([[1418, 334], [1450, 296], [1482, 334]], C.coral).glow(1450, 346, 150, C.gold, 0.85);
    c.at(150, 700, () => { c.rect(-90, -90, 180, 90, C.brick).rect(-70, -76, 140, 76, C.wine).eaves(0, -150, 250, 64, C.teal, C.amber); for (const x of [-52, 0, 52]) c.rect(x - 7, -86, 14, 86, C.coral); c.rect(-24, -64, 48, 64, C.night); });
    const low = [[330, 136, 130, 0], [490, 160, 130, 150], [650, 196, 120, 0], [800, 214, 140, 210], [980, 256, 130, 190]];
    for (const [x, h, w, more] of low) {
        if (more) c.rect(x, 700 - h - more, w, more, C.coral, { opacity: 0.14 }).rect(x, 700 - h - more, w, more, 'none', { stroke: C.coral, 'stroke-width': 5, 'stroke-dasharray': '16 12' });
        c.rect(x, 700 - h, w, h, mix(C.sea, C.sky, 0.35)).windows(x + 14, 714 - h, w - 28, h - 30, C.cream, 0.8, 17, 15).rect(x - 6, 694 - h, w + 12, 9, C.deep);
    }
    c.line([[250, 584], [1420, 350]], C.ochre, 7, { 'stroke-dasharray': '28 16' });
    c.line([[1176, 412], [1176, 696]], C.deep, 5);
    for (const y of [470, 540, 610]) c.line([[1164, y], [1188, y]], C.deep, 5);
    c.poly([[1162, 428], [1176, 402], [1190, 428]], C.deep).poly([[1162, 676], [1176, 702], [1190, 676]], C.deep);
    c.person(232, 702, 112, { top: C.coral, legs: C.navy, arms: 'one' });
    c.oval(222, 588, 26, 14, C.cream).circle(222, 588, 8, C.ink).path('M190 588Q222 560 254 588Q222 616 190 588Z', 'none', { stroke: C.ink, 'stroke-width': 5 });
    c.cloud(420, 190, 360, C.white, 0.8); c.cloud(1060, 160, 340, C.white, 0.7);
    for (const [x, y, s] of [[1250, 790, 1], [1100, 820, 0.7]]) c.path(`M${x - 60 * s} ${y}h${120 * s}l${-20 * s} ${26 * s}h${-84 * s}Z`, C.brick).rect(x - 24 * s, y - 34 * s, 54 * s, 34 * s, C.cream);
}

function theatreInside(c) {
    c.rect(0, 0, 1600, 1067, [[darker(C.walnut, 0.25), darker(C.walnut, 0.55)]]);
    c.poly([[0, 0], [1600, 0], [1180, 330], [420, 330]], darker(C.wood, 0.3));
    for (const k of range(5)) { const s = 1 - k * 0.16; const y = 30 + k * 66; const half = 800 * s; c.line([[800 - half, y + 150 * s], [800, y - 30 * s], [800 + half, y + 150 * s]], lighter(C.wood, 0.05 + k * 0.03), 26 * s).line([[800 - half, y + 150 * s], [800 + half, y + 150 * s]], C.wood, 22 * s); for (const i of range(5)) { const x = 800 + (i - 2) * half * 0.36; c.line([[x, y + 150 * s], [x + (i < 2 ? 1 : i > 2 ? -1 : 0) * half * 0.1, y + 20 * s + Math.abs(i - 2) * 46 * s]], C.wood, 15 * s); } }
    c.rect(400, 330, 800, 330, C.night).rect(440, 360, 720, 270, [[mix(C.sand, C.blush, 0.5), C.rose]]);
    c.clip('M440 360h720v270h-720Z', () => { c.circle(1020, 430, 42, C.cream).rect(440, 540, 720, 90, C.teal).path('M460 540l30 -70h70v70Z', C.brick).rect(506, 430, 16, 44, C.ink); for (const i of range(8)) c.line([[470 + i * 90, 560 + (i % 3) * 22], [530 + i * 90, 560 + (i % 3) * 22]], C.cream, 4, { opacity: 0.6 }); c.circle(740, 462, 32, C.skin).path('M706 460a34 34 0 0 1 68 -2q-30 -16 -68 2Z', C.hair).path('M676 640q0 -140 64 -140t70 140Z', C.navy).circle(850, 474, 30, C.blush).path('M818 490C806 420 896 420 884 490L870 506L862 468Q836 452 826 506Z', C.hair).path('M792 640q0 -130 60 -130t64 130Z', C.coral); c.rect(440, 360, 720, 270, C.sand, { opacity: 0.12 }); });
    for (const x of [356, 1164]) { for (const i of range(3)) c.rect(x + i * 28 - 22, 320, 26, 350, mix(C.brick, C.night, i % 2 ? 0.1 : 0.3)); }
    c.rect(330, 306, 940, 34, C.ochre).rect(300, 660, 1000, 40, C.walnut).rect(300, 656, 1000, 9, C.ochre);
    for (const side of [0, 1]) for (const i of range(3)) { const [x, y] = [side ? 1330 + i * 100 : 270 - i * 100, 470 + i * 24]; c.circle(x, y, 17 + i * 4, C.gold).glow(x, y, 150, C.gold, 0.5).path(`M${x - 24} ${y + 26}h48l-12 26h-24Z`, C.ochre); }
    for (const [row, y, s] of [[0, 716, 0.5], [1, 768, 0.66], [2, 836, 0.86], [3, 924, 1.12], [4, 1040, 1.45]]) for (const i of range(22)) { const x = 800 + (i - 10.5) * 92 * s; if (x < -80 || x > 1680 || Math.abs(i - 10.5) < 1) continue; c.path(`M${x - 38 * s} ${y + 70 * s}V${y - 26 * s}q0 ${-30 * s} ${38 * s} ${-30 * s}t${38 * s} ${30 * s}V${y + 70 * s}Z`, mix(C.brick, C.night, 0.35 - row * 0.07)).rect(x - 30 * s, y - 14 * s, 60 * s, 8 * s, C.ochre, { opacity: 0.5 }).rect(x - 46 * s, y + 16 * s, 12 * s, 60 * s, C.walnut); }
    c.poly([[770, 700], [830, 700], [1010, 1067], [590, 1067]], mix(C.wine, C.coral, 0.3));
    c.person(800, 880, 190, { top: C.cream, legs: C.navy, back: true, arms: 'one' }).path('M784 704a16 15 0 0 1 32 0Z', C.gold).person(720, 930, 220, { top: C.teal, legs: C.ink, back: true, long: true });
    c.vignette(0.4);
}

function noodleShop(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.teal, C.night, 0.5), darker(C.teal, 0.6)]]);
    c.rect(0, 0, 1600, 120, C.walnut);
    for (const i of range(6)) c.path(`M${130 + i * 230} 110h200v${150 + (i % 2) * 10}q-50 18 -100 0t-100 0Z`, i % 2 ? C.brick : C.navy).circle(230 + i * 230, 190, 30, C.cream, { opacity: 0.9 }).stroke(`M${212 + i * 230} 196q9 -12 18 0t18 0`, i % 2 ? C.brick : C.navy, 5);
    c.rect(60, 300, 1480, 400, mix(C.cream, C.gold, 0.35));
    for (const r of range(2)) { c.rect(100, 380 + r * 120, 560, 12, C.wood); for (const i of range(9)) { const x = 120 + i * 60; const kind = (i + r) % 3; if (kind === 0) c.path(`M${x} ${346 + r * 120}h40q-2 34 -20 34t-20 -34Z`, C.cream).path(`M${x} ${346 + r * 120}h40v8h-40Z`, C.sea); else if (kind === 1) c.rect(x + 4, 326 + r * 120, 30, 54, [C.brick, C.pine, C.amber][i % 3], { rx: 6 }).rect(x + 10, 314 + r * 120, 18, 14, C.ink); else for (const k of range(3)) c.rect(x, 368 + r * 120 - k * 12, 42, 11, k % 2 ? C.cream : C.sky); } }
    for (const i of range(6)) c.rect(1180 + i * 56, 330, 40, 150, C.cream).rect(1190 + i * 56, 346, 20, 100, C.brick, { opacity: 0.8 });
    c.at(880, 720, () => { c.path('M-110 0V-160q0 -100 110 -104q110 4 110 104V0Z', C.coral).path('M-70 0V-150H70V0Z', C.cream).rect(-18, -300, 36, 44, darker(C.skin, 0.12)).circle(0, -330, 66, C.skin).path('M-70 -326a70 72 0 0 1 140 0q-60 -36 -140 0Z', C.hair).circle(0, -416, 30, C.hair).path('M-72 -350Q0 -390 72 -350L70 -330Q0 -366 -70 -330Z', C.amber).circle(-22, -324, 6, C.ink).circle(22, -324, 6, C.ink).stroke('M-20 -296q20 16 40 0', C.brick, 6); c.line([[96, -190], [200, -120], [250, -190]], C.coral, 50).circle(256, -200, 26, C.skin).line([[256, -200], [330, -240]], C.walnut, 9).path('M300 -270h80l-16 70h-48Z', C.steel); for (const k of range(5)) c.stroke(`M${316 + k * 12} -210q-8 60 6 120`, C.cream, 6); });
    c.at(1240, 700, () => { c.rect(-110, -90, 220, 110, C.silver, { rx: 10 }).oval(0, -90, 110, 24, C.steel).oval(0, -90, 92, 17, mix(C.gold, C.cream, 0.4)); for (const k of range(4)) c.stroke(`M${-60 + k * 40} -120q-36 -60 6 -110t-6 -110`, C.white, 22, { opacity: 0.2 }); });
    c.rect(0, 700, 1600, 60, C.ochre).rect(0, 756, 1600, 311, C.walnut).rect(0, 756, 1600, 10, darker(C.walnut, 0.5));
    for (const i of range(14)) c.rect(i * 118, 770, 8, 300, darker(C.walnut, 0.25));
    for (const [x, s, fish] of [[270, 1.1, C.coral], [620, 1, C.amber], [1500, 1, C.leaf]]) c.at(x, 690, () => { c.path('M-90 -50H90q-10 76 -60 76h-60q-50 0 -60 -76Z', C.cream).path('M-88 -36H88l-4 14H-84Z', C.sea).oval(0, -50, 90, 18, C.paper).oval(0, -52, 74, 13, mix(C.gold, C.ochre, 0.4)).oval(-24, -56, 26, 9, fish).oval(26, -54, 20, 8, C.leaf).circle(4, -60, 9, C.blush); for (const k of range(2)) c.stroke(`M${-20 + k * 40} -80q-18 -36 4 -66`, C.white, 10, { opacity: 0.35 }); c.line([[60, -60], [140, -110]], C.brick, 6).line([[66, -54], [150, -96]], C.brick, 6); }, s);
    for (const [x, h, top, o] of [[300, 380, C.teal, { back: true }], [620, 360, C.plum, { back: true, long: true }], [1450, 380, C.deep, { back: true }]]) { c.rect(x - 70, 960, 140, 26, C.brick, { rx: 10 }).rect(x - 8, 986, 16, 90, C.slate); c.path(`M${x - 86} 975V860q0 -76 86 -78t86 78V975Z`, top).circle(x, 730, 50, C.hair); if (o.long) c.rect(x - 52, 720, 104, 90, C.hair, { rx: 26 }); }
    for (const x of [420, 1060]) { c.line([[x, 0], [x, 250]], C.ink, 5); c.lantern(x, 290, 46, C.coral); }
    c.vignette(0.35);
}

function outdoorCinema(c) {
    c.sky([C.night, C.navy, C.plum, mix(C.dusk, C.rose, 0.5)], 660).stars(150, 400);
    c.hills(620, 110, mix(C.navy, C.plum, 0.6), 1.4, 0.45);
    c.water(612, [mix(C.plum, C.rose, 0.25), C.navy, C.night], C.gold, 60, 0, 800);
    for (const [x, s] of [[180, 0.8], [1430, 0.9]]) c.path(`M${x - 70 * s} 650h${150 * s}l${-24 * s} ${30 * s}h${-100 * s}Z`, C.ink).rect(x - 30 * s, 650 - 44 * s, 66 * s, 44 * s, C.slate).line([[x + 50 * s, 650], [x + 50 * s, 650 - 120 * s]], C.ink, 4).circle(x, 650 - 20 * s, 5, C.gold).glow(x, 650 - 20 * s, 60, C.gold, 0.7);
    c.poly([[420, 160], [1180, 190], [1186, 640], [414, 650]], C.ink);
    c.path('M440 184C640 160 960 228 1164 206C1150 350 1170 500 1166 620C960 600 640 660 434 632C450 480 430 330 440 184Z', C.cream).glow(800, 410, 560, C.cream, 0.5);
    c.clip('M440 184C640 160 960 228 1164 206C1150 350 1170 500 1166 620C960 600 640 660 434 632C450 480 430 330 440 184Z', () => {
        c.rect(420, 150, 760, 520, [[mix(C.steel, C.cream, 0.3), mix(C.silver, C.cream, 0.4)]]).circle(1000, 300, 70, C.cream).rect(420, 500, 760, 160, mix(C.slate, C.silver, 0.4));
        for (const i of range(9)) c.line([[440 + i * 86, 520 + (i % 3) * 36], [520 + i * 86, 520 + (i % 3) * 36]], C.cream, 4, { opacity: 0.5 });
        c.path('M470 620V420q0 -20 20 -20h120v220Z', C.slate).rect(500, 430, 30, 40, C.cream).rect(550, 430, 30, 40, C.cream);
        c.circle(740, 380, 42, mix(C.paper, C.silver, 0.4)).path('M696 380a44 46 0 0 1 88 -6q-40 -16 -88 6Z', C.ink).path('M660 640q0 -200 80 -200t84 200Z', C.ink).circle(880, 400, 40, mix(C.paper, C.silver, 0.3)).path('M838 430C826 340 930 330 926 430L910 460L900 390Q860 370 850 460Z', C.ink).path('M800 640q0 -180 80 -180t90 180Z', mix(C.slate, C.ink, 0.3));
        c.poly([[420, 150], [700, 150], [520, 660], [420, 660]], C.white, { opacity: 0.16 });
    });
    for (const x of [414, 1186]) c.line([[x, 150], [x, 800]], C.walnut, 14);
    for (const k of range(2)) { const line = range(9).map((i) => [414 - k * 0 + i * 96, 150 + 30 * Math.sin((i / 8) * 3.14)]); c.stroke(curve(line), C.ink, 3); for (const [x, y] of line) c.circle(x, y + 8, 8, C.gold).glow(x, y + 8, 36, C.gold, 0.5); }
    c.rect(0, 790, 1600, 280, darker(C.plum, 0.55)).path('M0 800H1600', 'none', { stroke: C.steel, 'stroke-width': 6 });
    c.poly([[1440, 900], [440, 200], [440, 640]], C.cream, { opacity: 0.1 });
    c.crowd(850, 38, [C.deep, C.wine, C.teal, C.plum], { from: 160, to: 1300, step: 1.6 });
    c.crowd(935, 52, [C.navy, C.coral, C.plum, C.teal, C.wine], { from: 60, to: 1330, step: 1.6 });
    c.crowd(1030, 66, [C.ink, C.plum, C.deep, C.wine], { from: 0, to: 1340, step: 1.6 });
    c.at(1450, 1000, () => { c.line([[-60, 60], [0, -60], [60, 60]], C.ink, 11).rect(-66, -140, 140, 80, C.slate, { rx: 8 }).rect(-104, -120, 44, 40, C.steel).circle(-20, -180, 50, C.ink).circle(-20, -180, 14, C.steel).circle(74, -170, 42, C.ink).circle(74, -170, 12, C.steel).glow(-104, -100, 120, C.cream, 0.9); });
    c.person(1550, 1050, 250, { top: C.amber, legs: C.ink, arms: 'hip' });
    c.vignette(0.35);
}

function seaStop(c) {
    c.sky([C.teal, C.sky, C.blush, C.gold], 620).glow(1130, 540, 460, C.gold, 0.95).circle(1130, 530, 70, C.cream);
    c.cloud(160, 170, 460, C.white, 0.6).cloud(820, 130, 380, C.white, 0.5);
    c.water(580, [mix(C.gold, C.teal, 0.4), C.teal, C.deep], C.gold, 90, 0, 820).shine(1130, 590, 820, 110, C.cream, 26);
    c.path('M1320 600C1400 540 1520 530 1600 540V640H1300Z', C.pine).poly([[1430, 552], [1440, 350], [1474, 350], [1486, 552]], C.cream).rect(1434, 420, 46, 52, C.coral).rect(1432, 322, 50, 30, C.gold).poly([[1424, 324], [1457, 284], [1490, 324]], C.coral).glow(1457, 336, 160, C.gold, 0.8);
    c.rect(0, 810, 1600, 260, mix(C.sand, C.cream, 0.35)).rect(0, 800, 1600, 16, C.silver).rect(0, 848, 1600, 12, C.amber);
    for (const i of range(14)) c.line([[i * 124, 862], [i * 124 - 60, 1067]], mix(C.sand, C.wood, 0.25), 3, { opacity: 0.6 });
    for (const x of [330, 690, 1050]) c.rect(x, 360, 22, 460, C.slate).path(`M${x + 11} 420Q${x - 60} 390 ${x - 110} 380M${x + 11} 420Q${x + 80} 390 ${x + 130} 380`, 'none', { stroke: C.slate, 'stroke-width': 11 });
    c.path('M130 380C420 320 900 320 1240 380L1230 344C900 280 420 280 140 344Z', C.cream).path('M130 380C420 320 900 320 1240 380', 'none', { stroke: C.teal, 'stroke-width': 10 });
    c.rect(440, 700, 190, 18, C.wood, { rx: 6 }).rect(440, 740, 190, 18, C.wood, { rx: 6 }).rect(456, 758, 12, 60, C.ink).rect(602, 758, 12, 60, C.ink);
    c.at(530, 760, () => { c.line([[-20, -10], [-60, 0], [-60, 58]], C.navy, 28).line([[16, -10], [-20, 6], [-24, 58]], C.ink, 28).path('M-44 0q-6 -120 44 -124t46 124Z', C.coral).rect(-12, -144, 24, 26, darker(C.skin, 0.12)).circle(0, -160, 34, C.hair).rect(-34, -160, 68, 44, C.hair, { rx: 18 }); });
    c.rect(790, 640, 130, 180, C.deep, { rx: 8 }).rect(804, 656, 102, 70, C.sky).rect(804, 738, 102, 12, C.gold).rect(804, 760, 70, 10, C.silver).rect(804, 780, 86, 10, C.silver);
    for (const [x, h, top, o] of [[230, 270, C.teal, { back: true }], [970, 262, C.amber, { back: true, long: true, arms: 'one' }], [1040, 160, C.plum, { back: true }]]) c.oval(x, 962, h * 0.22, 12, C.night, { opacity: 0.2 }).person(x, 960, h, { top, legs: C.navy, ...o });
    c.at(1280, 960, () => { for (const w of [-84, 84]) c.circle(w, -56, 56, 'none', { stroke: C.ink, 'stroke-width': 8 }); c.line([[-84, -56], [-38, -144], [62, -136], [-4, -52], [-84, -56]], C.coral, 8).line([[-38, -144], [-4, -52]], C.coral, 8).line([[84, -56], [58, -160], [82, -176]], C.ink, 8).line([[-56, -156], [-22, -156]], C.ink, 11).rect(70, -150, 52, 40, C.straw); });
}

export const scenes = [
    ['light-rail', '3:2', lightRail], ['council-chamber', '3:2', council], ['old-theatre', '3:2', oldTheatre], ['lisbon-tram', '3:2', tramHill],
    ['harbour-night', '3:2', harbourNight], ['night-market', '3:2', nightMarket], ['crosswalk-rain', '3:2', crosswalk], ['apartments', '3:2', apartments],
    ['rail-map', '16:9', railMap], ['budget-chart', '16:9', budgetChart], ['victory-parade', '3:2', parade], ['council-night', '3:2', councilNight],
    ['height-line', '16:9', heightLine], ['theatre-inside', '3:2', theatreInside], ['noodle-shop', '3:2', noodleShop], ['outdoor-cinema', '3:2', outdoorCinema], ['sea-stop', '3:2', seaStop],
];
