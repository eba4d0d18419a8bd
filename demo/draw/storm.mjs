/* storm.mjs - what a typhoon does to a coast, and who mends it. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/** A digger on tracks: its middle stands at x, y; side -1 digs to the left. */
export function digger(c, x, y, s, colour, side = 1, lift = 0) {
    c.at(x, y, () => c.group({ transform: `scale(${side} 1)` }, () => {
        c.rect(-92, -40, 176, 42, C.ink, { rx: 21 });
        for (const i of range(5)) c.circle(-68 + i * 33, -19, 12, C.slate);
        c.rect(-84, -100, 150, 58, colour, { rx: 8 }).rect(-84, -62, 150, 14, darker(colour, 0.25)).path('M0 -100V-176H58L72 -100Z', C.cream).path('M10 -108V-166H52L62 -108Z', C.deep);
        c.circle(34, -140, 11, C.skin).path('M20 -110q2 -18 15 -18t15 18Z', C.coral).path('M22 -142a12 12 0 0 1 25 0Z', C.gold);
        c.line([[60, -90], [150, -210 - lift], [236, -150 - lift]], colour, 24).line([[80, -96], [146, -196 - lift]], darker(colour, 0.3), 8).line([[236, -150 - lift], [262, -60 - lift]], darker(colour, 0.12), 17);
        c.path(`M232 ${-66 - lift}q66 -14 64 34q-4 34 -60 22q-22 -30 -4 -56Z`, C.slate);
        c.circle(150, -210 - lift, 11, C.ink).circle(236, -150 - lift, 10, C.ink);
    }), s);
}

function stones(c, count, place, small, large, colours) {
    for (let i = 0; i < count; i++) {
        const [x, y] = place();
        const r = c.random.between(small, large);
        const points = range(7).map((k) => {
            const reach = r * c.random.between(0.72, 1.1);
            return [x + reach * Math.cos((k / 7) * 6.28), y + reach * 0.78 * Math.sin((k / 7) * 6.28)];
        });
        const colour = c.random.pick(colours);
        c.poly(points, colour).poly([points[4], points[5], points[6], points[0], [x, y]], lighter(colour, 0.16));
    }
}

function landslide(c, t) {
    c.sky([C.slate, C.steel, C.mist], 600).cloud(60, 170, 560, C.silver, 0.5).cloud(760, 120, 620, C.mist, 0.6);
    c.water(520, [mix(C.teal, C.steel, 0.4), C.sea, C.deep], C.foam, 60, t);
    c.path('M1600 40C1460 90 1400 220 1320 300C1200 420 1080 430 980 560C900 660 760 700 560 800C360 900 160 960 0 1000V1067H1600Z', mix(C.pine, C.steel, 0.15));
    c.path('M1600 200C1500 260 1440 380 1330 470C1200 560 1130 590 1060 700L1600 800Z', C.pine);
    for (const i of range(46)) {
        const k = c.random.next();
        c.tree(1010 + k * 580 + c.random.between(-20, 20), 640 - k * 420 + c.random.between(-20, 90), c.random.between(46, 92), mix(C.moss, C.pine, c.random.next()));
    }
    c.path('M1130 330C1160 270 1230 230 1270 196C1330 170 1400 200 1420 260C1450 340 1410 470 1370 560C1330 650 1290 760 1270 960H640C720 830 900 740 990 640C1060 560 1100 420 1130 330Z', C.clay);
    c.path('M1180 340C1220 290 1290 240 1330 260C1380 300 1330 460 1280 570C1230 680 1180 780 1150 940H800C870 820 1010 750 1080 650C1130 570 1150 420 1180 340Z', lighter(C.clay, 0.18));
    c.stroke('M1124 336C1160 268 1230 228 1272 192C1334 164 1404 196 1424 256', darker(C.pine, 0.2), 16);
    for (const [x, y, turn] of [[1150, 300, -28], [1290, 190, 18], [1410, 230, 40]]) c.at(x, y, () => c.tree(0, 0, 90, C.moss), 1, turn);
    for (const [x, y, turn] of [[1060, 720, 74], [1210, 820, 104], [960, 810, 62]]) c.at(x, y, () => c.line([[0, 0], [0, -120]], C.walnut, 11).tree(0, -30, 110, C.moss), 0.9, turn);
    for (const i of range(9)) c.stroke(`M${1190 + i * 20} ${330 + i * 4}C${1200 + i * 14} ${470 + i * 8} ${1010 + i * 26} ${640 + i * 8} ${850 + i * 40} 900`, darker(C.clay, 0.2), 4, { opacity: 0.45 });
    c.path('M0 940C300 900 520 850 760 830H1600V1067H0Z', C.slate).path('M0 930C300 890 520 840 760 822', 'none', { stroke: C.silver, 'stroke-width': 12 });
    for (const i of range(6)) c.rect(20 + i * 118, 890 - i * 16, 14, 52, C.cream).rect(20 + i * 118, 890 - i * 16, 14, 15, C.coral);
    c.path('M0 1010C240 970 420 940 640 920', 'none', { stroke: C.gold, 'stroke-width': 8, 'stroke-dasharray': '60 40' });
    stones(c, 60, () => { const k = c.random.next(); return [720 + k * 560 + c.random.between(-50, 60), 930 + c.random.between(-70, 60) - Math.sin(k * 3.1) * 60]; }, 12, 46, [C.clay, darker(C.clay, 0.2), C.slate, C.steel]);
    stones(c, 5, () => [c.random.between(840, 1200), c.random.between(930, 1000)], 60, 92, [C.steel, C.slate]);
    const lift = 24 * Math.sin(t * 6.28);
    digger(c, 560, 966, 1.15, C.amber, 1, lift);
    digger(c, 1430, 930, 0.9, C.ochre, -1, -lift);
    for (const [x, y, h, arms] of [[300, 1010, 128, 'one'], [240, 1020, 130, 'hip']]) {
        c.person(x, y, h, { top: C.coral, legs: C.navy, arms, back: true });
        c.path(`M${x - 16} ${y - h * 0.93}a16 15 0 0 1 32 0Z`, C.gold).rect(x - 18, y - h * 0.66, 36, 7, C.gold);
    }
    c.rain(90, C.foam, 0.35, -0.2, t);
}

/** A breaking wave: its foot at x, y; w wide and h high, curling to the right. */
function breaker(c, x, y, w, h, dark, light) {
    c.path(`M${x - w * 0.5} ${y}C${x - w * 0.3} ${y - h * 0.1} ${x - w * 0.2} ${y - h} ${x + w * 0.12} ${y - h}C${x + w * 0.4} ${y - h} ${x + w * 0.44} ${y - h * 0.62} ${x + w * 0.34} ${y - h * 0.5}C${x + w * 0.3} ${y - h * 0.74} ${x + w * 0.1} ${y - h * 0.7} ${x + w * 0.08} ${y - h * 0.36}C${x + w * 0.08} ${y - h * 0.16} ${x + w * 0.24} ${y - h * 0.04} ${x + w * 0.5} ${y}Z`, dark);
    c.path(`M${x - w * 0.2} ${y - h * 0.4}C${x - w * 0.1} ${y - h * 0.9} ${x + w * 0.04} ${y - h * 0.94} ${x + w * 0.14} ${y - h * 0.94}C${x} ${y - h * 0.84} ${x - w * 0.06} ${y - h * 0.5} ${x - w * 0.04} ${y - h * 0.1}C${x - w * 0.14} ${y - h * 0.06} ${x - w * 0.2} ${y - h * 0.2} ${x - w * 0.2} ${y - h * 0.4}Z`, light);
    for (const i of range(5)) c.stroke(`M${x - w * (0.32 - i * 0.06)} ${y - h * 0.06}C${x - w * (0.2 - i * 0.05)} ${y - h * 0.5} ${x - w * (0.1 - i * 0.03)} ${y - h * 0.86} ${x + w * (0.1 + i * 0.03)} ${y - h * (0.96 - i * 0.015)}`, C.foam, 4, { opacity: 0.4 });
    for (const i of range(26)) {
        const a = -0.4 + (i / 26) * 2.2;
        c.circle(x + w * 0.14 + w * 0.3 * Math.sin(a) + c.random.between(-16, 16), y - h * 0.66 - h * 0.36 * Math.cos(a) + c.random.between(-16, 16), c.random.between(7, 24), C.foam, { opacity: 0.85 });
    }
}

function spray(c, x, y, r, count) {
    for (let i = 0; i < count; i++) {
        const [a, k] = [c.random.between(-2.9, -0.3), Math.sqrt(c.random.next())];
        c.circle(x + r * 0.8 * k * Math.cos(a), y + r * 1.2 * k * Math.sin(a), c.random.between(3, 22) * (1.15 - k), C.foam, { opacity: c.random.between(0.4, 0.95).toFixed(2) });
    }
}

function typhoonWaves(c, t) {
    c.sky([C.ink, C.navy, C.slate, C.steel], 640);
    for (const [x, y, w, k] of [[-100, 170, 760, 0.3], [460, 120, 820, 0.18], [1000, 240, 760, 0.38], [180, 300, 700, 0.5], [860, 360, 620, 0.6]]) c.cloud(x, y, w, mix(C.ink, C.steel, k), 0.8);
    c.water(560, [C.slate, C.deep], C.foam, 40, t, 700);
    for (const [y, size, colour] of [[640, 46, mix(C.sea, C.slate, 0.55)], [720, 70, mix(C.sea, C.deep, 0.5)]]) {
        const crest = range(34).map((i) => [i * 50 - 20, y - size * Math.abs(Math.sin(i * 0.42 + y + t * 6.28)) * c.random.between(0.8, 1.15)]);
        c.path(`${curve(crest)}L1640 1067L-20 1067Z`, colour).stroke(curve(crest), C.foam, 7, { opacity: 0.65 });
    }
    breaker(c, 380, 900, 900, 470, darker(C.sea, 0.25), mix(C.teal, C.sea, 0.5));
    c.path('M760 830L1600 770V1067H620Z', C.slate).path('M760 830L1600 770V806L750 862Z', C.silver);
    spray(c, 820, 860, 420, 210);
    c.rect(1236, 470, 26, 322, C.cream).rect(1228, 590, 42, 60, C.coral).poly([[1222, 470], [1249, 430], [1276, 470]], C.coral).rect(1232, 470, 34, 22, C.gold).glow(1249, 480, 200, C.gold, 0.8);
    for (const [x, y, r] of [[700, 960, 74], [850, 985, 90], [1010, 970, 82], [1180, 1000, 96], [1350, 985, 88], [1510, 1010, 100], [600, 1030, 84], [780, 1050, 92], [950, 1054, 88], [1120, 1064, 96], [1290, 1060, 92], [1460, 1070, 96]]) {
        const tone = mix(C.steel, C.slate, c.random.next());
        for (const a of [-1.57, 0.5, 2.64]) c.line([[x, y], [x + r * 0.72 * Math.cos(a), y + r * 0.72 * Math.sin(a)]], darker(tone, 0.18), r * 0.56);
        c.line([[x, y], [x - r * 0.1, y - r * 0.66]], tone, r * 0.46).circle(x, y, r * 0.32, lighter(tone, 0.15));
    }
    for (const i of range(26)) c.oval(600 + c.random.next() * 900, 930 + c.random.next() * 120, c.random.between(20, 66), c.random.between(6, 16), C.foam, { opacity: 0.5 });
    c.path('M0 1000C200 960 380 980 560 1040L600 1067H0Z', C.foam, { opacity: 0.55 });
    c.rain(170, C.foam, 0.45, 0.4, t);
    c.vignette(0.35);
}

function supplies(c) {
    c.sky([mix(C.pine, C.steel, 0.5), C.mist, C.cream], 700);
    c.hills(420, 260, mix(C.pine, C.mist, 0.62), 1.3, 0.5, 90); c.haze(330, 200, C.white, 0.7);
    c.hills(560, 300, mix(C.pine, C.mist, 0.38), 1.8, 0.5, 90); c.haze(480, 200, C.white, 0.65);
    c.path('M0 300C140 320 260 420 330 560C380 680 420 860 430 1067H0Z', C.pine).path('M1600 240C1440 300 1330 420 1290 560C1250 700 1220 880 1210 1067H1600Z', mix(C.pine, C.moss, 0.35));
    for (const i of range(30)) c.tree(i % 2 ? c.random.between(0, 270) : c.random.between(1340, 1600), c.random.between(430, 760), c.random.between(80, 150), mix(C.moss, C.pine, c.random.next()));
    c.path('M330 560C520 700 620 760 700 1067H430C420 860 380 680 330 560Z', darker(C.pine, 0.15)).path('M1290 560C1120 720 1010 800 960 1067H1210C1220 880 1250 700 1290 560Z', mix(C.pine, C.moss, 0.2));
    c.path('M790 720C770 800 720 900 600 1067H1040C980 920 880 820 850 720Z', mix(C.teal, C.mist, 0.35));
    for (const i of range(9)) c.stroke(`M${798 + i * 6} 740C${780 + i * 16} ${820 + i * 3} ${740 + i * 26} 930 ${640 + i * 46} 1067`, C.white, 5, { opacity: 0.4 });
    stones(c, 16, () => [c.random.between(640, 1000), c.random.between(960, 1060)], 14, 40, [C.steel, C.slate]);
    const sag = (x) => 690 + 90 * Math.sin(((x - 300) / 1020) * Math.PI);
    const points = range(35).map((i) => [300 + i * 30, sag(300 + i * 30)]);
    for (const top of [-150, -8]) c.stroke(curve(points.map(([x, y]) => [x, y + top])), C.walnut, 9);
    for (const [x, y] of points) c.line([[x, y - 150], [x, y - 4]], C.walnut, 3);
    for (const [x, y] of points) c.rect(x - 13, y - 8, 26, 14, C.wood);
    for (const x of [300, 1320]) c.rect(x - 18, 440, 36, 300, C.walnut).rect(x - 34, 430, 68, 18, C.walnut);
    const people = [[470, C.coral, C.amber], [590, C.teal, C.cream], [710, C.coral, C.straw], [840, C.amber, C.teal], [960, C.plum, C.coral]];
    for (const [x, top, pack] of people) {
        const y = sag(x) - 6;
        c.person(x, y, 168, { top, legs: C.navy, back: true });
        c.rect(x - 33, y - 142, 66, 82, pack, { rx: 10 }).rect(x - 33, y - 118, 66, 10, darker(pack, 0.3)).rect(x - 26, y - 176, 52, 32, C.silver, { rx: 6 });
        c.path(`M${x - 21} ${y - 157}a21 20 0 0 1 42 0Z`, C.cream);
    }
    c.line([[960, sag(960) - 70], [1030, sag(1030) - 8]], C.walnut, 6);
    c.at(1180, 210, () => {
        c.oval(0, 0, 74, 34, C.coral).path('M50 -14L190 -34L194 -16L54 14Z', C.coral).rect(178, -66, 12, 56, C.brick).path('M-70 -8C-60 -30 -34 -34 -10 -34V4H-72Z', C.deep);
        c.rect(-6, -52, 10, 22, C.ink).line([[-150, -56], [150, -50]], C.ink, 6).line([[-50, 40], [50, 40]], C.ink, 5).line([[-26, 30], [-30, 40]], C.ink, 4).line([[26, 30], [30, 40]], C.ink, 4);
        c.line([[0, 34], [4, 130]], C.ink, 2.5).rect(-22, 130, 52, 40, C.amber);
    }, 0.95, -3);
}

function cleanup(c) {
    c.sky([C.sea, C.sky, C.cream, C.blush], 520).glow(300, 480, 420, C.cream, 0.9).cloud(760, 170, 520, C.white, 0.7).cloud(80, 120, 380, C.white, 0.5);
    c.hills(480, 120, mix(C.sky, C.dusk, 0.3), 1.3, 0.45);
    c.water(476, [C.sky, C.teal, C.sea], C.white, 70, 0, 760);
    c.path('M0 700C300 650 640 690 900 660C1180 630 1400 650 1600 620V1067H0Z', C.sand).path('M0 706C300 656 640 696 900 666C1180 636 1400 656 1600 626', 'none', { stroke: C.foam, 'stroke-width': 18, opacity: 0.9 });
    c.path('M0 780C400 740 700 770 1000 740C1280 716 1460 720 1600 700V1067H0Z', lighter(C.sand, 0.14));
    for (const i of range(60)) {
        const [x, y] = [c.random.next() * 1600, c.random.between(740, 1040)];
        const [l, a, w] = [c.random.between(40, 190), c.random.between(-0.5, 0.5), c.random.between(8, 24)];
        const tone = c.random.pick([C.wood, C.walnut, C.clay, C.steel]);
        c.line([[x, y], [x + l * Math.cos(a), y + l * Math.sin(a) * 0.5]], tone, w).line([[x + 6, y - w * 0.24], [x + l * 0.8 * Math.cos(a), y + l * 0.8 * Math.sin(a) * 0.5 - w * 0.24]], lighter(tone, 0.25), w * 0.2);
    }
    for (const i of range(22)) c.circle(c.random.next() * 1600, c.random.between(760, 1030), c.random.between(8, 18), c.random.pick([C.coral, C.amber, C.cream, C.teal]));
    c.path('M980 800C1060 640 1260 610 1400 690C1480 730 1520 800 1560 830Z', darker(C.walnut, 0.1));
    for (const i of range(40)) {
        const [x, y] = [1010 + c.random.next() * 500, 800 - c.random.next() * 110];
        c.line([[x, y], [x + c.random.between(-110, 110), y - c.random.between(0, 70)]], c.random.pick([C.wood, C.walnut, C.clay, C.straw]), c.random.between(7, 18));
    }
    digger(c, 800, 850, 1.05, C.amber, 1, 40);
    for (const [x, y, h, top, arms, long] of [[140, 960, 210, C.coral, 'front', false], [330, 1000, 230, C.teal, 'down', true], [500, 930, 190, C.amber, 'front', false], [1240, 1010, 236, C.plum, 'front', true], [1440, 980, 214, C.deep, 'one', false]]) {
        c.person(x, y, h, { top, legs: C.navy, arms, long });
        c.path(`M${x - h * 0.16} ${y - h * 0.94}Q${x} ${y - h * 1.08} ${x + h * 0.16} ${y - h * 0.94}Z`, C.straw);
        if (arms === 'front') c.path(`M${x - h * 0.16} ${y - h * 0.62}h${h * 0.36}l${h * 0.04} ${h * 0.26}q-${h * 0.2} ${h * 0.08} -${h * 0.44} 0Z`, C.cream);
    }
}

function seawall(c) {
    c.sky([C.slate, C.steel, C.mist], 560).cloud(-60, 160, 640, C.silver, 0.6).cloud(660, 120, 700, C.mist, 0.5).cloud(1080, 250, 560, C.silver, 0.5);
    c.glow(1180, 500, 420, C.cream, 0.7);
    c.water(520, [C.steel, mix(C.teal, C.slate, 0.4), C.deep], C.foam, 90);
    c.skyline(524, 20, 110, mix(C.steel, C.slate, 0.3), { lit: 0, from: 0, to: 560 });
    c.path('M700 540H830L1600 980V1067H120Z', C.silver).path('M830 540L1600 980V1067H1500L790 546Z', C.steel).path('M700 540L120 1067H-20L680 546Z', lighter(C.silver, 0.3));
    for (const i of range(8)) {
        const k = (i / 8) ** 1.8;
        const y = 556 + k * 480;
        c.line([[716 - k * 560, y], [844 + k * 780, y]], C.steel, 1.5 + k * 5, { opacity: 0.7 });
    }
    c.path('M980 690C1040 680 1100 720 1180 740C1250 770 1290 830 1400 866L1600 980V1067H1360C1330 1000 1230 960 1180 900C1120 850 1000 770 980 690Z', darker(C.slate, 0.4));
    for (const i of range(26)) {
        const k = c.random.next();
        c.circle(1030 + k * 470, 740 + k * 270 + c.random.between(-30, 60), c.random.between(10, 34), c.random.pick([C.steel, C.slate, C.silver]));
    }
    c.stroke('M978 690C1040 676 1100 716 1182 738C1252 768 1292 828 1402 864', C.coral, 6, { 'stroke-dasharray': '20 14' });
    for (const [x, y, s] of [[962, 690, 1], [1090, 716, 1.15], [1232, 780, 1.35]]) c.poly([[x - 15 * s, y + 16], [x, y - 44 * s], [x + 15 * s, y + 16]], C.coral).rect(x - 9 * s, y - 16 * s, 18 * s, 9 * s, C.cream);
    for (const [x, y, h, top, arms, long] of [[620, 950, 320, C.wine, 'down', true], [770, 900, 290, C.navy, 'one', false], [470, 930, 300, C.teal, 'down', false]]) {
        c.oval(x, y + 4, h * 0.22, 11, C.night, { opacity: 0.25 }).person(x, y, h, { top, legs: C.ink, arms, long, back: true });
        c.path(`M${x - h * 0.082} ${y - h * 0.94}a${h * 0.082} ${h * 0.08} 0 0 1 ${h * 0.164} 0Z`, C.cream).rect(x - h * 0.1, y - h * 0.95, h * 0.2, h * 0.014, C.cream);
    }
    for (const k of range(6)) c.rect(150 + k * 74, 590 + Math.abs(2.5 - k) * 8, 46, 20, C.deep).rect(158 + k * 74, 574 + Math.abs(2.5 - k) * 8, 18, 18, C.cream);
}

export const scenes = [
    ['landslide-road', '3:2', landslide], ['typhoon-waves', '3:2', typhoonWaves], ['supplies-bridge', '3:2', supplies],
    ['beach-cleanup', '3:2', cleanup], ['seawall-check', '3:2', seawall],
];
