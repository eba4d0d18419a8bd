/* far.mjs - other coasts and other cities. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

function canal(c) {
    c.sky([C.night, C.navy, C.plum, mix(C.plum, C.coral, 0.4)], 620);
    c.skyline(560, 160, 330, mix(C.navy, C.night, 0.3), { lit: 0.35, wide: [70, 130], from: 500, to: 1100 });
    const signs = [C.coral, C.amber, C.teal, C.rose, C.gold, C.sky];
    for (const side of [-1, 1]) for (const i of range(5)) {
        const near = i / 4;
        const w = 120 + near * 120;
        const x = side < 0 ? 560 - i * 140 - w * 0.4 : 1040 + i * 140 - w * 0.6;
        const [top, bottom] = [270 - near * 210 + (i % 2) * 50, 590 + near * 130];
        const wall = mix([C.plum, C.navy, C.wine, C.deep, C.plum][i], C.night, 0.25);
        c.rect(x, top, w, bottom - top, wall);
        c.windows(x + 14, top + 20, w - 28, (bottom - top) * 0.4, C.gold, 0.5, 20 + near * 8, 14);
        const sx = side < 0 ? x + w - 34 : x - 6;
        c.rect(sx, top + 60, 40 + near * 16, 190 + near * 80, signs[(i + (side > 0 ? 2 : 0)) % 6]).glow(sx + 24, top + 160, 150, signs[(i + (side > 0 ? 2 : 0)) % 6], 0.5);
        for (const k of range(4)) c.circle(sx + 20 + near * 8, top + 92 + k * (44 + near * 18), 13 + near * 4, C.cream, { opacity: 0.9 });
        c.rect(x + 8, bottom - 110 - near * 40, w - 16, 56 + near * 16, C.gold, { opacity: 0.8 }).rect(x, bottom - 124 - near * 40, w, 18, signs[(i * 2 + 1) % 6]);
        for (const k of range(3)) c.lantern(x + w * (0.25 + k * 0.25), bottom - 84 - near * 30, 13 + near * 5, k % 2 ? C.amber : C.coral);
    }
    c.poly([[560, 590], [1040, 590], [1440, 1067], [160, 1067]], [[mix(C.plum, C.coral, 0.3), C.navy, C.night]]);
    for (const [x, w, colour] of [[600, 40, C.coral], [700, 50, C.gold], [800, 60, C.amber], [900, 46, C.teal], [1000, 40, C.coral]]) c.shine(x, 600, 1060, w, colour, 24);
    c.poly([[0, 720], [560, 590], [160, 1067], [0, 1067]], darker(C.slate, 0.45)).poly([[1600, 720], [1040, 590], [1440, 1067], [1600, 1067]], darker(C.slate, 0.45));
    c.line([[560, 590], [160, 1067]], C.amber, 6).line([[1040, 590], [1440, 1067]], C.amber, 6);
    c.path('M470 600Q800 470 1130 600V640Q800 520 470 640Z', C.coral).stroke('M470 566Q800 436 1130 566', C.coral, 11);
    for (const i of range(19)) { const x = 480 + i * 36; const k = (x - 800) / 330; c.line([[x, 604 - 66 * (1 - k * k)], [x, 566 - 66 * (1 - k * k)]], C.coral, 6); }
    for (const [x, h, top, o] of [[690, 80, C.cream, {}], [760, 84, C.teal, { back: true }], [880, 80, C.amber, { long: true }]]) c.person(x, 540, h, { top, legs: C.ink, ...o });
    c.at(820, 860, () => { c.oval(0, 34, 250, 20, C.night, { opacity: 0.4 }).path('M-230 -20H240L190 36H-180Z', C.walnut).path('M-230 -20H240L232 -6H-224Z', C.amber).rect(-140, -130, 260, 18, C.wine, { rx: 8 }); for (const x of [-130, -40, 50, 110]) c.line([[x, -116], [x, -20]], C.wood, 7); for (const k of range(5)) c.lantern(-112 + k * 54, -92, 15, C.coral); for (const [x, top] of [[-90, C.teal], [-30, C.amber], [40, C.plum], [90, C.cream]]) c.circle(x, -50, 15, C.skin).path(`M${x - 22} -10q0 -26 22 -26t22 26Z`, top).path(`M${x - 16} -52a16 16 0 0 1 32 0Z`, C.hair); });
    for (const [x, h, top, o] of [[170, 230, C.coral, { back: true, long: true }], [250, 240, C.navy, { back: true }], [1420, 236, C.teal, { back: true }], [1500, 220, C.plum, { back: true, long: true }]]) c.person(x, 960, h, { top, legs: C.ink, ...o });
    c.vignette(0.3);
}

function geyser(c) {
    c.sky([C.night, C.navy, C.deep, mix(C.teal, C.deep, 0.5)], 720).stars(150, 460);
    for (const [i, colour] of [C.teal, C.leaf, C.teal].entries()) { const band = range(30).map((k) => [k * 56 - 20, 160 + i * 76 + 66 * Math.sin(k / 4.2 + i * 1.3)]); const low = band.slice().reverse().map(([x, y]) => [x, y + 190 + 40 * Math.sin(x / 90)]); c.path(curve([...band]) + 'L' + low.map((p) => p.map(Math.round).join(' ')).join('L') + 'Z', [[[colour, 0.0], [colour, 0.38], [colour, 0]]]); }
    c.peaks([[260, 430], [620, 380], [1020, 440], [1380, 360]], 740, mix(C.navy, C.slate, 0.3), mix(C.sky, C.slate, 0.35));
    c.rect(0, 736, 1600, 340, mix(C.ink, C.slate, 0.15)).path('M0 760C400 730 700 760 1000 744C1260 730 1460 752 1600 744V1067H0Z', mix(C.moss, C.ink, 0.55));
    c.at(1180, 760, () => {
        c.rect(-200, -120, 320, 120, C.silver).path('M-200 -120L-170 -160H150L120 -120Z', C.steel).rect(-170, -90, 44, 40, C.gold).rect(-100, -90, 44, 40, C.gold).rect(-30, -90, 44, 40, C.gold).rect(50, -80, 50, 80, C.slate);
        for (const x of [190, 270, 350]) { c.path(`M${x - 34} 0L${x - 22} -170H${x + 22}L${x + 34} 0Z`, C.cream).rect(x - 24, -176, 48, 12, C.coral); for (const k of range(6)) c.circle(x - 10 - k * 22, -210 - k * 46, 26 + k * 12, C.white, { opacity: (0.5 - k * 0.07).toFixed(2) }); }
        for (const y of [14, 40]) c.stroke(`M-200 ${y}C-420 ${y - 20} -520 ${y + 60} -760 ${y + 70}`, C.silver, 13);
    });
    c.oval(520, 920, 480, 90, mix(C.teal, C.slate, 0.35)).oval(520, 914, 440, 76, [[mix(C.sky, C.white, 0.3), mix(C.teal, C.sky, 0.5)]]);
    for (const i of range(14)) c.circle(180 + i * 54 + c.random.between(-20, 20), 830 - Math.abs(i - 6) * 6 - c.random.between(0, 120), c.random.between(40, 90), C.white, { opacity: 0.09 });
    for (const [x, y] of [[360, 910], [450, 930], [660, 916], [720, 926]]) c.circle(x, y - 34, 21, C.skin).path(`M${x - 36} ${y}q4 -20 36 -20t36 20Z`, C.skin).path(`M${x - 22} ${y - 36}a22 22 0 0 1 44 0q-20 -12 -44 0Z`, x % 20 ? C.ochre : C.hair).oval(x, y + 2, 54, 7, C.white, { opacity: 0.5 });
    for (const i of range(24)) { const a = (i / 24) * 6.28; const s = c.random.between(26, 52); c.oval(520 + 490 * Math.cos(a), 922 + 92 * Math.sin(a), s, s * 0.55, mix(C.ink, C.slate, c.random.next() * 0.6)); }
    c.person(1120, 1000, 190, { top: C.coral, legs: C.navy, back: true }).person(1200, 1004, 176, { top: C.amber, legs: C.ink, back: true, long: true });
}

function mangrove(c) {
    c.sky([C.teal, C.sky, C.cream, C.gold], 520).glow(1180, 440, 400, C.cream, 0.9).cloud(140, 180, 520, C.white, 0.75).cloud(880, 130, 480, C.white, 0.6);
    c.hills(500, 120, mix(C.pine, C.mist, 0.4), 1.6, 0.5);
    c.water(496, [mix(C.gold, C.teal, 0.5), C.teal, mix(C.pine, C.sea, 0.5)], C.cream, 90);
    const hut = (x, y, s, wall, top) => c.at(x, y, () => {
        for (const k of range(6)) c.line([[-140 + k * 56, -40], [-140 + k * 56, 80]], C.walnut, 11);
        c.rect(-180, -50, 360, 18, C.wood).rect(-140, -170, 270, 122, wall);
        for (const k of range(9)) c.line([[-140 + k * 34, -170], [-140 + k * 34, -50]], darker(wall, 0.2), 3);
        c.poly([[-190, -164], [-100, -270], [90, -270], [180, -164]], top).rect(-100, -140, 56, 50, C.deep).rect(20, -130, 60, 80, C.walnut);
        for (const k of range(7)) c.line([[-190 + k * 60 + 6, -164], [-100 + k * 31, -270]], darker(top, 0.2), 4);
        c.line([[-120, -50], [-120, -96]], C.walnut, 6).line([[150, -50], [150, -96]], C.walnut, 6).line([[150, -90], [180, -90]], C.walnut, 5);
        for (const [k, colour] of [[0, C.coral], [1, C.cream], [2, C.amber]]) c.rect(88 + k * 26, -92, 20, 32, colour);
    }, s);
    hut(1160, 600, 0.7, C.sand, C.clay);
    hut(860, 580, 0.5, C.straw, C.brick);
    hut(330, 690, 1.05, C.straw, C.brick);
    c.line([[520, 640], [820, 576], [1080, 576]], C.wood, 11);
    for (const i of range(9)) c.line([[540 + i * 62, 636 - i * 8], [540 + i * 62, 690 - i * 8]], C.walnut, 6);
    const tree = (x, y, s) => c.at(x, y, () => {
        for (const k of range(9)) c.stroke(`M0 -130Q${(k - 4) * 22} -90 ${(k - 4) * 36} 30`, mix(C.walnut, C.clay, 0.3), 9);
        c.line([[0, -120], [0, -230]], C.walnut, 15);
        for (const [dx, dy, r] of [[-84, -236, 60], [78, -232, 64], [-24, -290, 72], [40, -310, 56], [0, -230, 66]]) c.circle(dx, dy, r, dx > 0 ? C.moss : C.pine);
        for (const k of range(8)) c.circle(-80 + k * 22, -250 - (k % 3) * 26, 11, C.leaf);
    }, s);
    tree(1420, 830, 1.25); tree(1230, 760, 0.8); tree(80, 850, 1.1);
    for (const [row, y, s] of [[0, 820, 0.8], [1, 910, 1.05], [2, 1010, 1.35]]) for (const k of range(9)) { const x = 480 + k * 76 * s + row * 24 - 40; c.line([[x, y + 20 * s], [x, y - 36 * s]], C.moss, 6 * s).path(`M${x} ${y - 30 * s}q${-26 * s} ${-10 * s} ${-32 * s} ${-34 * s}q${28 * s} 0 ${32 * s} ${34 * s}q${4 * s} ${-24 * s} ${32 * s} ${-34 * s}q${-2 * s} ${26 * s} ${-32 * s} ${34 * s}Z`, C.leaf).oval(x, y + 22 * s, 24 * s, 5 * s, C.cream, { opacity: 0.4 }); }
    c.person(520, 900, 210, { top: C.coral, legs: C.navy, arms: 'front', long: true }).person(1100, 950, 236, { top: C.amber, legs: C.deep, arms: 'front' });
    for (const [x, y, r] of [[520, 900, 60], [1100, 950, 66]]) c.oval(x, y, r, 11, C.cream, { opacity: 0.6 }).rect(x - 40, y - 12, 80, 18, mix(C.teal, C.pine, 0.4), { opacity: 0.85 }).path(`M${x - 40} ${y - r * 3.1}Q${x} ${y - r * 3.6} ${x + 40} ${y - r * 3.1}Z`, C.straw);
    c.at(770, 1000, () => c.path('M-150 -30Q0 20 150 -34Q110 34 0 36T-150 -30Z', C.brick).path('M-150 -30Q0 20 150 -34', 'none', { stroke: C.amber, 'stroke-width': 8 }));
    for (const k of range(6)) { const x = 690 + k * 28; c.line([[x, 1004], [x, 950]], C.moss, 6).path(`M${x} 956q-18 -8 -22 -26q20 0 22 26q2 -18 22 -26q-2 20 -22 26Z`, C.leaf); }
}

function whiteTown(c) {
    c.sky([C.sea, mix(C.sea, C.sky, 0.6), C.cream], 520);
    c.glow(1280, 170, 420, C.gold, 0.8).circle(1280, 170, 80, C.cream);
    c.water(470, [C.teal, C.sea, C.deep], C.white, 100);
    c.path('M960 480C1040 440 1180 430 1330 470Z', mix(C.dusk, C.sky, 0.4)).path('M1240 480C1340 420 1480 420 1600 440V490Z', mix(C.dusk, C.sky, 0.25));
    for (const [x, y, s] of [[1100, 590, 0.9], [1330, 680, 1.3], [900, 530, 0.5]]) c.path(`M${x - 50 * s} ${y}h${110 * s}l${-18 * s} ${24 * s}h${-76 * s}Z`, C.white).poly([[x, y - 120 * s], [x, y - 6], [x - 60 * s, y - 6]], C.cream).poly([[x + 6, y - 96 * s], [x + 6, y - 6], [x + 46 * s, y - 6]], C.coral);
    c.path('M0 300C200 280 420 360 560 470C700 600 840 700 920 800C1000 900 1040 980 1060 1067H0Z', C.clay);
    for (const row of range(7)) for (const k of range(6)) {
        const y = 380 + row * 100;
        const x = -60 + k * 150 + (row % 2) * 66;
        if (x > 130 + row * 130) continue;
        const [w, h] = [c.random.between(120, 170), c.random.between(96, 140)];
        const wall = c.random.pick([C.white, C.cream, C.paper, C.blush, C.white]);
        c.rect(x, y - h + 60, w, h + 40, wall).rect(x + w * 0.72, y - h + 60, w * 0.28, h + 40, darker(wall, 0.1));
        const kind = c.random.next();
        if (kind < 0.3) c.path(`M${x + w * 0.2} ${y - h + 62}a${w * 0.3} ${w * 0.3} 0 0 1 ${w * 0.6} 0Z`, C.sea).line([[x + w / 2, y - h + 62 - w * 0.3], [x + w / 2, y - h + 40 - w * 0.3]], C.sea, 5);
        else if (kind < 0.5) c.rect(x - 6, y - h + 52, w + 12, 13, C.coral);
        c.rect(x + w * 0.16, y - h + 92, 26, 36, C.sea).rect(x + w * 0.48, y - h + 92, 26, 36, C.sea).path(`M${x + w * 0.3} ${y + 100}v-44a15 15 0 0 1 30 0v44Z`, c.random.pick([C.sea, C.teal, C.coral]));
        if (c.random.next() < 0.35) for (const i of range(8)) c.circle(x + w * 0.8 + c.random.between(-18, 18), y - h + 80 + i * 9, 13, i % 3 ? C.coral : C.rose);
    }
    c.path('M560 1067C640 980 760 930 900 900L1000 1067Z', C.sand);
    for (const i of range(8)) c.path(`M${620 + i * 44} ${1060 - i * 20}h70l-20 22h-70Z`, C.cream);
    for (const [x, y, s] of [[1040, 900, 1], [1420, 940, 1.3]]) { c.line([[x, y + 150 * s], [x, y - 60 * s]], C.walnut, 9).path(`M${x - 120 * s} ${y - 40 * s}Q${x} ${y - 180 * s} ${x + 120 * s} ${y - 40 * s}Z`, C.coral).path(`M${x - 40 * s} ${y - 40 * s}Q${x} ${y - 180 * s} ${x + 40 * s} ${y - 40 * s}Z`, C.cream); }
    c.path('M900 1067C1080 990 1340 980 1600 1000V1067Z', C.sand);
    c.person(1180, 1050, 150, { top: C.teal, legs: C.cream, arms: 'one' }).person(1250, 1054, 140, { top: C.amber, legs: C.cream, long: true, back: true });
    for (const [y, o] of [[520, 0.25], [560, 0.2], [610, 0.16]]) c.stroke(`M980 ${y}q40 -14 80 0t80 0t80 0t80 0t80 0t80 0`, C.coral, 7, { opacity: o });
}

function savanna(c) {
    c.sky([C.coral, C.amber, C.gold, C.cream], 620).circle(1120, 420, 130, C.cream).glow(1120, 420, 420, C.cream, 0.8);
    c.hills(600, 120, mix(C.dusk, C.coral, 0.4), 1.2, 0.45);
    c.rect(0, 590, 1600, 480, [[C.straw, C.ochre, darker(C.ochre, 0.2)]]);
    const acacia = (x, y, s, colour) => c.at(x, y, () => { c.line([[0, 0], [-8, -110], [-70, -190]], C.walnut, 15).line([[-8, -110], [70, -190]], C.walnut, 11).line([[-8, -100], [6, -196]], C.walnut, 9); for (const [dx, dy, rx] of [[-90, -196, 110], [80, -200, 120], [0, -222, 130]]) c.oval(dx, dy, rx, 26, colour); }, s);
    acacia(220, 690, 1.2, C.moss); acacia(640, 630, 0.5, mix(C.moss, C.ochre, 0.4)); acacia(1450, 640, 0.7, mix(C.moss, C.ochre, 0.2));
    c.at(430, 640, () => { c.path('M-30 0V-60Q-28 -74 0 -80L70 -88L84 -190Q86 -206 104 -208L132 -196L104 -186L98 -60L92 0H80L76 -46H-6L-14 0Z', C.ochre); for (const i of range(12)) c.circle(-14 + (i % 5) * 22 + (i > 8 ? 40 : 0), -66 + Math.floor(i / 5) * 16 - (i > 8 ? 60 : 0), 6, C.walnut); c.line([[100, -208], [98, -222]], C.walnut, 4).line([[108, -208], [110, -222]], C.walnut, 4); }, 0.7);
    for (const row of range(3)) for (const k of range(5)) {
        const s = 0.7 + row * 0.28;
        const [x, y] = [620 + k * 210 * s + row * 40 - 60, 740 + row * 110];
        c.line([[x + 60 * s, y], [x + 60 * s, y + 60 * s]], C.slate, 9 * s).poly([[x, y], [x + 40 * s, y - 76 * s], [x + 200 * s, y - 76 * s], [x + 160 * s, y]], [[C.deep, C.sea], 30]).poly([[x, y], [x + 40 * s, y - 76 * s], [x + 200 * s, y - 76 * s], [x + 160 * s, y]], 'none', { stroke: C.silver, 'stroke-width': 5 });
        for (const i of [1, 2, 3]) c.line([[x + i * 40 * s, y], [x + (40 + i * 40) * s, y - 76 * s]], C.sky, 2.5, { opacity: 0.6 });
        c.line([[x + 20 * s, y - 38 * s], [x + 180 * s, y - 38 * s]], C.sky, 2.5, { opacity: 0.6 });
    }
    c.at(330, 960, () => { c.rect(-130, -110, 260, 110, C.cream).poly([[-150, -110], [0, -170], [150, -110]], C.brick).rect(-30, -80, 60, 80, C.teal).rect(-104, -80, 46, 40, C.gold).rect(60, -80, 46, 40, C.gold).rect(-20, -210, 40, 50, C.silver).line([[0, -160], [0, -220]], C.slate, 7); });
    c.person(110, 1010, 230, { top: C.coral, legs: C.plum, skin: C.clay, arms: 'hip', long: true }).person(560, 1020, 236, { top: C.teal, legs: C.navy, skin: darker(C.clay, 0.3), arms: 'one' }).person(640, 1024, 140, { top: C.amber, legs: C.deep, skin: C.clay });
    c.path('M70 780Q110 730 150 780Q110 790 70 780Z', C.amber);
    for (const i of range(80)) { const [x, y] = [c.random.next() * 1600, c.random.between(620, 1060)]; c.line([[x, y], [x + c.random.between(-9, 9), y - c.random.between(10, 30)]], c.random.pick([C.gold, C.moss, C.straw]), 3, { opacity: 0.7 }); }
}

function assembly(c) {
    c.rect(0, 0, 1600, 1067, [[C.deep, C.sea]]);
    for (const i of range(9)) c.stroke(`M0 ${40 + i * 52}q200 -40 400 0t400 0t400 0t400 0`, lighter(C.sea, 0.12), 12, { opacity: 0.5 });
    c.circle(800, 240, 190, C.cream, { opacity: 0.95 }).circle(800, 240, 168, C.sea);
    c.clip('M632 240a168 168 0 1 0 336 0a168 168 0 1 0 -336 0Z', () => {
        c.path('M640 190C700 110 790 130 800 190S720 240 700 300S640 280 640 190Z', C.leaf).path('M860 120C920 110 990 160 980 230C960 300 900 240 870 220S840 140 860 120Z', C.leaf).path('M800 300C850 280 890 320 870 380C840 420 790 380 800 300Z', C.leaf);
        for (const k of range(3)) c.stroke(`M620 ${330 + k * 30}q45 -26 90 0t90 0t90 0t90 0`, C.foam, 11);
    });
    c.rect(0, 480, 1600, 590, mix(C.walnut, C.navy, 0.35)).rect(560, 470, 480, 130, C.wood).rect(540, 460, 520, 18, C.ochre);
    for (const [x, top, o] of [[660, C.wine, {}], [800, C.navy, { long: true }], [940, C.pine, {}]]) { c.circle(x, 400, 26, C.skin).path(`M${x - 28} 398a28 28 0 0 1 56 0q-26 -16 -56 0Z`, C.hair).path(`M${x - 48} 462q0 -40 48 -40t48 40Z`, top); if (o.long) c.rect(x - 28, 396, 10, 40, C.hair).rect(x + 18, 396, 10, 40, C.hair); }
    const colours = [C.coral, C.teal, C.amber, C.plum, C.cream, C.leaf, C.sky, C.rose];
    for (const [row, y, size, count] of [[0, 670, 26, 13], [1, 760, 34, 11], [2, 870, 44, 9], [3, 1000, 58, 8]]) {
        const bend = (x) => y + 40 * Math.cos(((x - 800) / 900) * 1.5) + 10;
        for (const i of range(count)) {
            const x = 800 + (i - (count - 1) / 2) * (1560 / count);
            const v = bend(x) - size * 0.6;
            c.path(`M${x - size * 1.15} ${v + size * 2}V${v + size * 0.5}q0 ${-size * 0.8} ${size * 1.15} ${-size * 0.8}t${size * 1.15} ${size * 0.8}V${v + size * 2}Z`, c.random.pick([C.navy, C.slate, C.plum, C.wine, C.pine, C.deep, C.teal])).circle(x, v - size * 0.8, size * 0.66, c.random.pick([C.hair, C.hair, C.walnut, C.silver, C.ochre]));
            c.poly([[x + size * 1.3, v + size * 0.7], [x + size * 1.3, v - size * 0.9], [x + size * 2.1, v - size * 0.5], [x + size * 1.3, v - size * 0.1]], colours[(i + row * 3) % 8]);
            if ((i * 7 + row * 3) % 5 === 0) c.line([[x - size * 0.9, v + size * 0.4], [x - size * 1.2, v - size * 1.8]], C.slate, size * 0.36).circle(x - size * 1.2, v - size * 1.9, size * 0.22, C.tan);
        }
        const edge = range(33).map((k) => [k * 50, bend(k * 50) + size * 0.9]);
        c.path(`${curve(edge)}L1600 ${y + 150}L0 ${y + 150}Z`, darker(C.wood, 0.12 + row * 0.06)).stroke(curve(edge), C.ochre, 7 + row * 2);
    }
    c.vignette(0.35);
}

function energyIsland(c) {
    c.sky([C.slate, C.steel, C.mist, C.cream], 520).glow(380, 470, 420, C.cream, 0.9);
    for (const [x, y, w] of [[-60, 160, 560], [620, 120, 640], [1120, 230, 560]]) c.cloud(x, y, w, C.white, 0.5);
    c.water(500, [C.steel, C.teal, C.deep], C.foam, 110);
    for (const i of range(15)) { const [x, s] = [60 + i * 108, 0.16 + 0.1 * ((i * 0.37) % 1)]; c.line([[x, 512], [x, 512 - 480 * s]], C.white, 9 * s + 2); for (const b of range(3)) { const a = b * 2.094 + i; c.line([[x, 512 - 480 * s], [x + 240 * s * Math.cos(a), 512 - 480 * s + 240 * s * Math.sin(a)]], C.white, 8 * s + 1.5); } }
    c.path('M360 760L520 660H1180L1360 760L1240 860H480Z', C.silver).path('M360 760L480 860H1240L1360 760V800L1250 900H470L360 800Z', C.slate).path('M520 668H1180L1330 758L1230 840H490L392 758Z', mix(C.sand, C.silver, 0.4));
    for (const [x, y, w, h, colour] of [[560, 740, 130, 70, C.cream], [720, 730, 160, 90, C.white], [930, 740, 120, 76, C.cream]]) { c.rect(x, y - h, w, h, colour).rect(x, y - h, w, 13, C.teal); for (const i of range(3)) c.rect(x + 14 + (i * (w - 28)) / 3, y - h + 28, w / 5, 22, C.deep); }
    for (const i of range(7)) c.rect(520 + i * 92, 770, 62, 34, C.steel).rect(520 + i * 92, 770, 62, 8, C.amber).line([[534 + i * 92, 770], [534 + i * 92, 736]], C.slate, 4).line([[566 + i * 92, 770], [566 + i * 92, 736]], C.slate, 4);
    c.circle(1150, 752, 44, 'none', { stroke: C.amber, 'stroke-width': 8 }).oval(1150, 752, 22, 12, C.amber);
    for (const [x1, y1, x2, y2] of [[480, 880, 120, 1067], [640, 900, 520, 1067], [860, 900, 860, 1067], [1080, 900, 1240, 1067], [1260, 880, 1560, 1030]]) c.line([[x1, y1], [x2, y2]], C.gold, 9, { opacity: 0.9, 'stroke-dasharray': '30 18' }).glow(x2, y2, 80, C.gold, 0.4);
    for (const [x, y, s, turn] of [[180, 980, 1.05, 15], [1460, 960, 1.15, 60]]) { c.rect(x - 30 * s, y - 16, 60 * s, 34, C.amber).poly([[x - 9 * s, y - 480 * s], [x + 9 * s, y - 480 * s], [x + 20 * s, y], [x - 20 * s, y]], C.white); for (const b of range(3)) c.at(x, y - 490 * s, () => c.path('M-8 0C-24 -60 -14 -160 0 -290C8 -160 14 -60 8 0Z', C.cream), s, turn + b * 120); c.circle(x, y - 490 * s, 18 * s, C.steel); }
    c.at(820, 980, () => c.path('M-110 -30H130L100 20H-86Z', C.coral).rect(-60, -84, 90, 54, C.cream).rect(-48, -70, 20, 20, C.deep).rect(-16, -70, 20, 20, C.deep).line([[70, -30], [70, -110]], C.ink, 5));
}

export const scenes = [
    ['neon-canal', '3:2', canal], ['geothermal', '3:2', geyser], ['mangrove-village', '3:2', mangrove], ['white-town', '3:2', whiteTown],
    ['savanna-solar', '3:2', savanna], ['ocean-assembly', '3:2', assembly], ['energy-island', '3:2', energyIsland],
];
