/* sea.mjs - harbours, boats and what lives under them. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

function boat(c, x, y, s, hull, cabin) {
    c.path(`M${x - 120 * s} ${y - 34 * s}L${x + 140 * s} ${y - 50 * s}L${x + 104 * s} ${y + 16 * s}H${x - 96 * s}Z`, hull);
    c.path(`M${x - 120 * s} ${y - 34 * s}L${x + 140 * s} ${y - 50 * s}L${x + 133 * s} ${y - 36 * s}L${x - 116 * s} ${y - 20 * s}Z`, lighter(hull, 0.35));
    c.rect(x - 70 * s, y - 104 * s, 92 * s, 68 * s, cabin).rect(x - 78 * s, y - 112 * s, 108 * s, 10 * s, darker(cabin, 0.35));
    for (const i of range(3)) c.rect(x - 60 * s + i * 27 * s, y - 92 * s, 19 * s, 22 * s, darker(hull, 0.4));
    c.line([[x + 50 * s, y - 40 * s], [x + 50 * s, y - 170 * s], [x + 120 * s, y - 62 * s]], C.ink, 3 * s);
    c.line([[x - 30 * s, y - 110 * s], [x - 30 * s, y - 190 * s]], C.ink, 4 * s);
}

function harbour(c, t) {
    c.sky([mix(C.dusk, C.deep, 0.3), C.rose, C.gold], 560);
    c.glow(1040, 520, 460, C.gold, 0.9).circle(1040, 500, 74, C.cream);
    c.cloud(120, 250, 520, C.blush, 0.5).cloud(1080, 190, 420, C.blush, 0.4);
    c.hills(560, 190, mix(C.dusk, C.rose, 0.35), 1.6, 0.45);
    c.hills(570, 110, mix(C.plum, C.rose, 0.2), 2.4, 0.4);
    c.water(560, [mix(C.gold, C.rose, 0.4), C.dusk, C.deep], C.gold, 90, t).shine(1040, 566, 1060, 90, C.cream, 34, t);
    c.rect(0, 548, 420, 40, C.plum).rect(60, 380, 22, 170, C.cream).rect(60, 420, 22, 40, C.brick).rect(52, 362, 38, 22, C.ink);
    c.glow(71, 372, 90, C.gold, 0.8);
    c.rect(140, 492, 120, 58, C.wine).poly([[130, 494], [200, 452], [270, 494]], C.brick).rect(280, 508, 110, 42, C.plum);
    for (const [x, y, s, hull, cabin] of [[420, 690, 0.72, C.teal, C.cream], [1290, 760, 1.05, C.brick, C.paper], [760, 860, 1.5, C.deep, C.cream]]) {
        c.oval(x, y + 18 * s, 150 * s, 14 * s, C.night, { opacity: 0.28 });
        boat(c, x, y + 3 * Math.sin((t + x / 900) * 6.28), s, hull, cabin);
    }
    c.rect(0, 1000, 1600, 70, C.ink);
    for (const x of range(9)) c.rect(60 + x * 190, 968, 26, 60, darker(C.walnut, 0.4), { rx: 6 });
}

function squid(c, t) {
    c.sky([C.night, C.navy, C.deep], 620).stars(150, 480);
    c.hills(622, 90, mix(C.night, C.deep, 0.5), 1.4, 0.4);
    c.water(620, [C.sea, C.navy, C.night], C.gold, 70, t);
    for (const [x, s] of [[240, 0.3], [1420, 0.36], [1120, 0.22]]) {
        c.glow(x, 600, 130 * s * 3, C.gold, 0.8);
        boat(c, x, 622, s, C.ink, C.slate);
    }
    c.glow(760, 560, 620, C.gold, 0.75).shine(760, 700, 1060, 280, C.gold, 36, t);
    c.at(760, 740, () => boat(c, 0, 0, 2.3, C.deep, C.paper));
    c.line([[470, 500], [1060, 470]], C.ink, 6);
    for (const i of range(12)) {
        const [x, y] = [484 + i * 51, 500 - i * 2.5];
        c.line([[x, y], [x, y + 26]], C.ink, 4).circle(x, y + 42, 19, C.cream).glow(x, y + 42, 90, C.gold, 0.6);
    }
    c.person(920, 640, 150, { top: C.coral, legs: C.ink, arms: 'one' });
    c.vignette(0.4);
}

function containers(c) {
    c.sky([C.sea, C.sky, C.paper], 760).cloud(60, 240, 520, C.white, 0.5).cloud(980, 320, 560, C.white, 0.45);
    c.skyline(720, 20, 90, mix(C.sky, C.slate, 0.4), { lit: 0 });
    c.water(715, [C.teal, C.deep], C.foam, 50);
    const crane = (x, s, colour) => {
        c.line([[x, 880], [x, 880 - 560 * s]], colour, 20 * s).line([[x + 150 * s, 880], [x + 150 * s, 880 - 560 * s]], colour, 20 * s);
        c.line([[x, 880 - 200 * s], [x + 150 * s, 880 - 400 * s]], colour, 9 * s).line([[x, 880 - 400 * s], [x + 150 * s, 880 - 200 * s]], colour, 9 * s);
        c.rect(x - 420 * s, 880 - 470 * s, 740 * s, 26 * s, colour).line([[x - 400 * s, 880 - 460 * s], [x + 70 * s, 880 - 690 * s], [x + 300 * s, 880 - 460 * s]], colour, 7 * s);
        c.line([[x + 70 * s, 880 - 690 * s], [x, 880 - 540 * s]], colour, 12 * s).line([[x + 70 * s, 880 - 690 * s], [x + 150 * s, 880 - 540 * s]], colour, 12 * s);
        c.line([[x - 250 * s, 880 - 445 * s], [x - 250 * s, 880 - 320 * s]], C.ink, 3).rect(x - 300 * s, 880 - 320 * s, 100 * s, 42 * s, C.amber);
    };
    crane(1290, 0.8, mix(C.brick, C.sky, 0.25));
    c.path('M120 700L1130 670L1080 880H200Z', C.navy).path('M120 700L1130 670L1122 700L132 730Z', C.brick);
    const boxes = [C.coral, C.ochre, C.teal, C.sea, C.cream, C.brick, C.slate];
    for (const row of range(5))
        for (const col of range(9 - Math.abs(row - 1)))
            c.at(240 + col * 92, 640 - row * 44 - col * 2.4, () => {
                const colour = c.random.pick(boxes);
                c.rect(0, 0, 89, 42, colour);
                for (const k of range(6)) c.rect(8 + k * 14, 4, 4, 34, darker(colour, 0.16));
            });
    c.rect(1020, 500, 70, 190, C.cream).rect(1010, 490, 92, 22, C.slate);
    crane(720, 1.15, C.brick);
    c.rect(0, 880, 1600, 190, C.slate).rect(0, 880, 1600, 12, C.silver);
    for (const i of range(8)) for (const j of range(i % 3 === 1 ? 3 : 2)) {
        const colour = c.random.pick(boxes);
        c.rect(30 + i * 200, 1000 - j * 64, 190, 62, colour).rect(30 + i * 200, 1000 - j * 64, 190, 8, lighter(colour, 0.25));
        for (const k of range(11)) c.rect(42 + i * 200 + k * 16, 1012 - j * 64, 5, 46, darker(colour, 0.18));
    }
}

function reef(c) {
    c.sky([C.sky, C.teal, C.sea, C.deep]);
    for (const i of range(7)) c.poly([[200 + i * 190, 0], [290 + i * 190, 0], [120 + i * 210, 1067], [-80 + i * 200, 1067]], C.white, { opacity: 0.06 });
    c.hills(900, 260, mix(C.deep, C.teal, 0.45), 2, 0.5);
    c.hills(980, 220, mix(C.deep, C.teal, 0.15), 3, 0.5);
    const branch = (x, y, length, angle, width, colour) => {
        if (length < 22) return;
        const [x2, y2] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
        c.line([[x, y], [x2, y2]], colour, width);
        for (const turn of [-0.5, 0.12, 0.55]) branch(x2, y2, length * c.random.between(0.6, 0.75), angle + turn, width * 0.72, colour);
    };
    for (const [x, y, l, colour] of [[190, 1040, 120, C.coral], [520, 1060, 95, C.rose], [1180, 1050, 130, C.amber], [1480, 1060, 110, C.coral], [860, 1070, 80, C.blush]])
        branch(x, y, l, -1.57, l / 5, colour);
    for (const [x, y, r, colour] of [[360, 1040, 90, C.ochre], [700, 1060, 110, C.plum], [1010, 1060, 80, C.wine], [1340, 1060, 90, C.dusk]]) {
        c.circle(x, y, r, colour);
        for (const i of range(5)) c.stroke(`M${x - r * 0.8 + i * r * 0.4} ${y}q${r * 0.1} ${-r * 0.5} ${r * 0.2 - i * r * 0.1} ${-r * 0.8}`, lighter(colour, 0.2), 5);
    }
    const fish = (x, y, s, colour, stripe) => c.at(x, y, () => {
        c.path('M-60 0Q0 -52 66 0Q0 52 -60 0Z', colour).poly([[-50, 0], [-96, -34], [-84, 0], [-96, 34]], colour);
        c.path('M4 -27Q18 0 4 27L24 24Q36 0 24 -24Z', stripe).circle(44, -6, 5, C.ink);
    }, s);
    for (const i of range(16)) fish(620 + c.random.between(-280, 480), 330 + c.random.between(-150, 200), c.random.between(0.35, 0.6), C.amber, C.cream);
    fish(320, 640, 1.2, C.coral, C.cream);
    fish(1260, 600, 1.0, C.cream, C.ink);
    c.at(1010, 180, () => {
        c.oval(0, 0, 120, 82, C.moss).path('M-70 -50L70 -50M-96 0H96M-70 50H70M-40 -78L-20 78M40 -78L20 78', 'none', { stroke: C.pine, 'stroke-width': 7 });
        c.circle(146, -8, 36, C.leaf).oval(64, 96, 70, 22, C.leaf, { transform: 'rotate(38 64 96)' }).oval(56, -92, 64, 20, C.leaf, { transform: 'rotate(-40 56 -92)' });
        c.oval(-96, 66, 40, 14, C.leaf, { transform: 'rotate(-30 -96 66)' }).circle(160, -18, 5, C.ink);
    }, 1, -12);
    for (const i of range(40)) c.circle(c.random.next() * 1600, c.random.next() * 900, c.random.between(2, 8), C.white, { opacity: 0.22 });
}

function whale(c, t) {
    c.sky([C.dusk, C.rose, C.gold], 470).glow(1180, 430, 420, C.gold, 0.9).circle(1180, 420, 60, C.cream);
    c.hills(470, 150, mix(C.dusk, C.rose, 0.3), 1.3, 0.45);
    c.water(468, [C.rose, C.dusk, C.deep, C.navy], C.gold, 90, t).shine(1180, 476, 900, 100, C.gold, 26, t);
    const rise = 26 * Math.sin(t * 2 * Math.PI);
    c.clip('M0 0H1600V690H0Z', () => c.at(640, 690 + rise, () => {
        c.path('M-60 120C-50 -40 -30 -120 0 -210C-90 -250 -210 -320 -300 -290C-250 -380 -110 -370 0 -280C110 -370 250 -380 300 -290C210 -320 90 -250 0 -210C36 -120 56 -40 66 120Z', C.navy);
        c.path('M0 -210C-90 -250 -210 -320 -300 -290C-230 -312 -110 -276 0 -244Z', mix(C.navy, C.steel, 0.45));
        c.path('M0 -210C30 -140 40 -60 46 120H66C56 -40 36 -120 0 -210Z', mix(C.navy, C.rose, 0.35));
        for (const i of range(7)) c.line([[-180 + i * 62, -258], [-180 + i * 62, -258 + 90 + 60 * ((i * 0.37 + t) % 1)]], C.foam, 5, { opacity: 0.55 });
    }));
    for (const i of range(9)) c.oval(640 + (i - 4) * 44, 692 + (i % 2) * 8, 60, 12 + 4 * Math.sin(t * 6.28 + i), C.foam, { opacity: 0.55 });
    for (const k of range(4)) c.oval(640, 706, 260 + k * 110 + t * 110, 24 + k * 13 + t * 13, 'none', { stroke: C.foam, 'stroke-width': 4, opacity: (0.4 - k * 0.09).toFixed(2) });
    c.at(1390, 610, () => boat(c, 0, 4 * Math.sin(t * 6.28), 0.75, C.cream, C.teal));
    c.crowd(520, 15, [C.coral, C.deep, C.amber], { from: 1330, to: 1400, step: 1.3 });
}

function turbines(c, t) {
    c.sky([C.deep, C.teal, C.blush, C.gold], 640).glow(260, 620, 420, C.gold, 0.8);
    c.cloud(80 + t * 60, 260, 480, C.blush, 0.45).cloud(900 + t * 40, 190, 560, C.blush, 0.35);
    c.water(636, [mix(C.gold, C.teal, 0.5), C.sea, C.navy], C.gold, 80, t).shine(260, 640, 890, 110, C.gold, 24, t);
    for (const [x, y, s, turn] of [[1480, 640, 0.3, 20], [1330, 644, 0.38, 70], [1150, 650, 0.48, 40], [900, 664, 0.66, 95], [520, 700, 1.02, 10]]) {
        const colour = mix(C.cream, C.teal, 0.62 - s * 0.6);
        c.rect(x - 46 * s, y - 4 * s, 92 * s, 26 * s, mix(C.amber, C.teal, 0.5 - s * 0.45)).poly([[x - 9 * s, y - 470 * s], [x + 9 * s, y - 470 * s], [x + 20 * s, y], [x - 20 * s, y]], colour);
        for (const blade of range(3))
            c.at(x, y - 480 * s, () => c.path('M-6 0C-22 -60 -14 -150 0 -270C8 -150 12 -60 6 0Z', lighter(colour, 0.2)), s, turn + blade * 120 + t * 120);
        c.circle(x, y - 480 * s, 15 * s, darker(colour, 0.15));
    }
    c.at(1180, 800, () => boat(c, 0, 4 * Math.sin(t * 6.28), 1, C.brick, C.cream));
}

function lighthouse(c) {
    c.sky([C.navy, C.slate, C.steel], 760);
    for (const [x, y, w, k] of [[-60, 200, 700, 0.2], [520, 150, 760, 0.35], [1000, 260, 680, 0.25], [200, 330, 620, 0.5]]) c.cloud(x, y, w, mix(C.navy, C.steel, k), 0.75);
    c.poly([[1120, 300], [0, 120], [0, 420]], C.gold, { opacity: 0.22 }).poly([[1120, 300], [1600, 220], [1600, 400]], C.gold, { opacity: 0.2 });
    c.water(700, [C.slate, C.deep, C.night], C.foam, 60);
    for (const [y, colour, size] of [[770, mix(C.sea, C.slate, 0.5), 30], [850, mix(C.sea, C.deep, 0.4), 46], [950, C.deep, 64]]) {
        const crest = range(33).map((i) => [i * 50, y - size * Math.abs(Math.sin(i * 0.62 + y)) * c.random.between(0.7, 1.3)]);
        c.path(`${curve(crest)}L1600 1067L0 1067Z`, colour).stroke(curve(crest), C.foam, size / 9, { opacity: 0.5 });
        for (const i of range(14)) c.line([[i * 120 + size, y + 30], [i * 120 + size + 60, y + 26]], C.foam, 4, { opacity: 0.22 });
    }
    c.path('M820 1067C850 880 960 800 1060 770L1200 760C1330 790 1450 860 1600 880V1067Z', C.ink).path('M900 1067C960 900 1040 830 1120 790L1180 800C1100 880 1040 960 1010 1067Z', darker(C.slate, 0.3));
    c.poly([[1072, 780], [1088, 360], [1152, 360], [1172, 780]], C.cream).poly([[1120, 360], [1152, 360], [1172, 780], [1130, 780]], mix(C.cream, C.slate, 0.35));
    for (const y of [450, 590]) c.poly([[1085, y], [1157, y], [1160, y + 62], [1082, y + 62]], C.brick);
    c.rect(1070, 340, 100, 22, C.ink).rect(1092, 274, 56, 68, C.gold).poly([[1080, 276], [1120, 232], [1160, 276]], C.brick).glow(1120, 306, 200, C.gold, 0.9);
    c.rain(150, C.foam, 0.4, 0.35);
    for (const i of range(60)) {
        const [reach, lean] = [c.random.next(), c.random.between(-0.9, 0.5)];
        c.circle(880 + lean * 190 * reach, 960 - 190 * reach * (1 - lean * lean * 0.5), c.random.between(4, 20) * (1.15 - reach), C.foam, { opacity: 0.6 });
    }
    for (const x of range(9)) c.oval(760 + x * 34, 990 - 30 * Math.sin(x), 40, 20, C.foam, { opacity: 0.5 });
}

function craneDusk(c) {
    c.sky([C.navy, C.plum, C.coral, C.gold], 860).glow(420, 800, 560, C.gold, 0.9).circle(420, 770, 84, C.cream).cloud(860, 200, 520, C.rose, 0.45).cloud(60, 300, 420, C.rose, 0.4);
    c.skyline(880, 20, 110, mix(C.plum, C.coral, 0.2), { lit: 0.3, from: 0, to: 700 });
    c.water(872, [mix(C.gold, C.coral, 0.5), C.plum, C.navy], C.gold, 50).shine(420, 880, 1060, 110, C.gold, 22);
    const far = mix(C.navy, C.plum, 0.5);
    for (const [x, s] of [[120, 0.42], [300, 0.48]]) c.line([[x, 880], [x, 880 - 460 * s]], far, 13).line([[x + 110 * s, 880], [x + 110 * s, 880 - 460 * s]], far, 13).rect(x - 320 * s, 880 - 400 * s, 560 * s, 18, far).line([[x - 310 * s, 880 - 396 * s], [x + 50 * s, 880 - 560 * s], [x + 220 * s, 880 - 396 * s]], far, 6);
    const steel = C.teal;
    for (const x of [960, 1330]) c.line([[x, 1010], [x, 260]], steel, 40).line([[x + 20, 1010], [x + 20, 260]], darker(steel, 0.25), 10);
    c.line([[960, 860], [1330, 560]], steel, 18).line([[960, 560], [1330, 860]], steel, 18).rect(940, 540, 410, 30, steel).rect(940, 250, 410, 40, steel);
    c.rect(330, 300, 1270, 46, steel).rect(330, 334, 1270, 12, darker(steel, 0.3));
    for (const i of range(18)) c.line([[340 + i * 70, 300], [375 + i * 70, 240], [410 + i * 70, 300]], steel, 9);
    c.rect(330, 228, 1270, 14, steel).line([[350, 234], [1120, 40], [1600, 234]], steel, 13).line([[1120, 40], [1060, 250]], steel, 17).line([[1120, 40], [1220, 250]], steel, 17).circle(1120, 40, 10, C.coral).glow(1120, 40, 70, C.coral, 0.9);
    c.rect(600, 346, 130, 30, C.amber).line([[620, 376], [610, 560]], C.ink, 4).line([[710, 376], [720, 560]], C.ink, 4).rect(560, 556, 210, 22, C.amber);
    c.rect(530, 580, 270, 118, C.coral).rect(530, 580, 270, 12, lighter(C.coral, 0.3));
    for (const i of range(13)) c.rect(546 + i * 20, 600, 7, 88, darker(C.coral, 0.2));
    for (const k of range(3)) c.path(`M${840} ${610 + k * 30}q50 -30 84 -86`, 'none', { stroke: C.gold, 'stroke-width': 8 - k * 2, opacity: 0.8 - k * 0.2 });
    c.poly([[908, 512], [948, 498], [930, 540]], C.gold).glow(930, 520, 120, C.gold, 0.6);
    c.poly([[996, 150], [960, 214], [988, 214], [974, 262], [1016, 196], [988, 196]], C.gold).glow(988, 206, 110, C.gold, 0.7);
    c.rect(0, 1000, 1600, 70, C.ink).rect(0, 992, 1600, 12, C.slate);
    for (const [x, colour] of [[20, C.sea], [250, C.ochre], [480, C.brick]]) { c.rect(x, 906, 216, 90, colour); for (const i of range(10)) c.rect(x + 12 + i * 20, 920, 7, 66, darker(colour, 0.2)); }
    c.at(840, 1000, () => { c.rect(-120, -64, 240, 20, C.slate).rect(60, -134, 74, 80, C.cream, { rx: 10 }).rect(92, -122, 36, 34, C.deep); for (const x of [-90, -40, 90]) c.circle(x, -24, 25, C.ink); });
    c.person(1150, 1000, 130, { top: C.amber, legs: C.navy, back: true }).path('M1134 878a16 15 0 0 1 32 0Z', C.cream).person(1210, 1000, 124, { top: C.coral, legs: C.navy, arms: 'one' }).path('M1195 884a15 14 0 0 1 30 0Z', C.cream);
}

function stoneWeir(c) {
    c.rect(0, 0, 1600, 1067, [[darker(C.sea, 0.15), C.sea, C.teal, mix(C.teal, C.foam, 0.5)], 70]);
    for (const [x, y, rx, ry, o] of [[1180, 700, 620, 400, 0.25], [1300, 860, 480, 300, 0.35], [700, 1000, 520, 220, 0.3]]) c.oval(x, y, rx, ry, mix(C.teal, C.foam, 0.6), { opacity: o });
    c.path('M1600 560C1460 620 1380 740 1340 860C1310 950 1320 1010 1340 1067H1600Z', C.sand).path('M1600 560C1460 620 1380 740 1340 860C1310 950 1320 1010 1340 1067', 'none', { stroke: C.foam, 'stroke-width': 26, opacity: 0.85 }).path('M1600 700C1530 740 1480 840 1470 940C1466 1000 1470 1040 1476 1067H1600Z', C.leaf);
    for (const i of range(9)) c.circle(1500 + (i % 3) * 36, 790 + i * 32, 17, i % 2 ? C.moss : C.pine);
    for (const i of range(70)) { const [x, y] = [c.random.next() * 1300, c.random.next() * 1067]; c.stroke(`M${x} ${y}q20 -9 40 0t40 0`, C.white, 3, { opacity: c.random.between(0.12, 0.4).toFixed(2) }); }
    const wall = (points) => {
        const spots = [];
        for (let i = 0; i + 1 < points.length; i++) for (const k of range(6)) spots.push([points[i][0] + ((points[i + 1][0] - points[i][0]) * k) / 6, points[i][1] + ((points[i + 1][1] - points[i][1]) * k) / 6]);
        c.stroke(curve(points), C.foam, 66, { opacity: 0.4 }).stroke(curve(points), darker(C.slate, 0.2), 38);
        for (const [x, y] of spots) for (const k of range(3)) c.oval(x + c.random.between(-16, 16), y + c.random.between(-16, 16), c.random.between(8, 15), c.random.between(6, 12), c.random.pick([C.slate, C.steel, darker(C.slate, 0.35), C.silver, mix(C.slate, C.clay, 0.3)]));
    };
    const arc = (x, y, r, from, to, n, squash = 0.8) => range(n).map((i) => { const a = from + ((to - from) * i) / (n - 1); return [x + r * Math.cos(a), y + r * squash * Math.sin(a)]; });
    c.oval(560, 430, 250, 200, mix(C.teal, C.foam, 0.35), { opacity: 0.6 });
    wall(arc(560, 430, 300, 0.75, -5.0, 30));
    wall([[779, 594], [860, 690], [1000, 780], [1150, 850], [1310, 900]]);
    wall([[645, 660], [560, 600], [470, 560], [420, 490], [450, 410], [540, 400]].map(([x, y]) => [x, y]));
    for (const [x, y, s, turn] of [[580, 470, 1, 20], [640, 380, 0.8, -30], [520, 330, 0.9, 60], [690, 480, 0.8, 140], [610, 290, 0.7, 0], [740, 400, 0.7, 80]]) c.at(x, y, () => c.path('M-34 0Q0 -22 30 0Q0 22 -34 0Z', mix(C.deep, C.teal, 0.3), { opacity: 0.75 }).poly([[-30, 0], [-50, -13], [-50, 13]], mix(C.deep, C.teal, 0.3), { opacity: 0.75 }), s, turn);
    for (const [x, y, top] of [[330, 252, C.coral], [420, 210, C.amber], [505, 190, C.cream], [850, 660, C.coral], [930, 722, C.plum], [1010, 770, C.amber], [1120, 826, C.cream], [262, 380, C.teal]]) { c.oval(x + 12, y + 15, 30, 13, C.night, { opacity: 0.3 }).oval(x, y, 22, 16, top).circle(x, y - 3, 15, C.straw).circle(x, y - 3, 6, C.ochre).line([[x + 18, y], [x + 30, y + 10]], C.skin, 9).oval(x + 36, y + 14, 13, 9, C.slate); }
    c.at(1180, 250, () => { c.path('M-130 0Q-120 -44 0 -48Q110 -44 150 0Q110 44 0 48Q-120 44 -130 0Z', C.brick).path('M-106 0Q-100 -28 0 -32Q90 -28 116 0Q90 28 0 32Q-100 28 -106 0Z', C.sand).rect(-50, -18, 50, 36, C.cream).circle(60, 0, 15, C.straw); for (const k of range(3)) c.stroke(`M${-160 - k * 40} ${-30 - k * 12}Q${-190 - k * 44} 0 ${-160 - k * 40} ${30 + k * 12}`, C.white, 5, { opacity: 0.5 - k * 0.14 }); }, 1, -24);
    for (const [x, y] of [[240, 860], [420, 930], [330, 760]]) c.path(`M${x - 40} ${y - 12}Q${x - 18} ${y - 22} ${x} ${y}Q${x + 18} ${y - 22} ${x + 40} ${y - 12}Q${x + 18} ${y - 10} ${x} ${y + 9}Q${x - 18} ${y - 10} ${x - 40} ${y - 12}Z`, C.white);
}

export const scenes = [
    ['harbour-dawn', '3:2', harbour], ['squid-boat', '3:2', squid], ['container-port', '3:2', containers], ['coral-reef', '3:2', reef],
    ['whale-tail', '16:9', whale], ['wind-turbines', '16:9', turbines], ['lighthouse-storm', '3:2', lighthouse], ['crane-dusk', '3:2', craneDusk], ['stone-weir', '3:2', stoneWeir],
];
