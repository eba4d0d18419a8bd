/* sky.mjs - what is seen by looking up, and by looking down from up there. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

/* Taiwan's outline, good to some 5 km, in units of a box 100 wide and 200 high. */
const TAIWAN = [[62, 0], [78, 8], [92, 22], [84, 38], [82, 60], [76, 84], [68, 110], [58, 134], [48, 152], [44, 174], [42, 196], [36, 184],
    [28, 164], [14, 146], [8, 120], [10, 98], [18, 76], [28, 54], [38, 34], [50, 14], [62, 0]];

function typhoon(c, t) {
    c.rect(0, 0, 1600, 900, [[C.navy, C.deep, mix(C.deep, C.sea, 0.6)], 40]);
    for (const i of range(9)) {
        c.line([[0, 60 + i * 100], [1600, 60 + i * 100]], C.steel, 1.5, { opacity: 0.22 });
        c.line([[80 + i * 190, 0], [80 + i * 190, 900]], C.steel, 1.5, { opacity: 0.22 });
    }
    const place = ([x, y]) => [330 + x * 2.5, 210 + y * 2.5];
    c.path(`${curve(range(14).map((i) => [240 - i * 22 - 40 * Math.sin(i), -20 + i * 72]))}L0 920L0 0Z`, mix(C.pine, C.deep, 0.35));
    c.path(`M820 -10C900 30 960 20 1040 -10Z`, mix(C.pine, C.deep, 0.35)).path('M430 900C460 850 520 850 560 900Z', mix(C.pine, C.deep, 0.35));
    c.path(curve(TAIWAN.map(place), true), C.leaf).path(curve(TAIWAN.slice(2, 11).map(place).concat([place([52, 120]), place([66, 60])]), true), C.moss);
    const [x, y] = [980, 500];
    for (const [r, o] of [[430, 0.1], [300, 0.14]]) c.circle(x, y, r, C.amber, { opacity: o }).circle(x, y, r, 'none', { stroke: C.amber, 'stroke-width': 3, 'stroke-dasharray': '12 12' });
    for (const arm of range(5)) {
        const base = (arm / 5) * 6.28 - t * 6.28 / 5;
        for (const layer of range(3)) {
            const points = range(26).map((i) => {
                const r = 34 + i * (14.5 - layer * 2.2);
                const a = base + layer * 0.2 - i * 0.135;
                return [x + r * Math.cos(a), y + r * 0.86 * Math.sin(a)];
            });
            c.stroke(curve(points), C.white, 52 - layer * 13, { opacity: [0.16, 0.3, 0.5][layer], 'stroke-linejoin': 'round' });
        }
    }
    for (const r of [150, 110, 74]) c.oval(x, y, r, r * 0.9, C.white, { opacity: 0.4 });
    c.oval(x, y, 26, 23, C.deep).oval(x, y, 26, 23, 'none', { stroke: C.steel, 'stroke-width': 5 });
    const track = [[1540, 830], [1380, 740], [1200, 620], [980, 500], [850, 340], [800, 190], [840, 60]];
    c.stroke(curve(track), C.coral, 6, { 'stroke-dasharray': '4 18' });
    for (const [px, py] of track) c.circle(px, py, 11, C.coral).circle(px, py, 5, C.cream);
}

function earth(c, t) {
    c.sky([C.night, mix(C.night, C.navy, 0.7)]).stars(190, 900);
    c.glow(1600, 60, 700, C.gold, 0.6);
    const [x, y, r] = [760, 1560, 1180];
    c.glow(x, y, r * 1.12, C.sky, 0.95).circle(x, y, r + 12, C.sky, { opacity: 0.5 }).circle(x, y, r, [[C.sky, C.sea, C.deep], 90]);
    c.clip(`M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0Z`, () => c.at(x, y, () => {
        for (const [a, d, w, h, colour] of [[-100, 1050, 330, 150, C.moss], [-78, 960, 150, 210, C.leaf], [-60, 1080, 220, 90, C.straw], [-122, 960, 200, 120, C.leaf], [-88, 1130, 110, 46, C.moss], [-48, 980, 180, 120, C.moss]]) {
            const p = range(16).map((i) => {
                const k = c.random.between(0.6, 1.15);
                return [w * 0.6 * k * Math.cos(i * 0.393), h * 0.6 * k * Math.sin(i * 0.393)];
            });
            c.at(d * Math.cos((a * Math.PI) / 180), d * Math.sin((a * Math.PI) / 180), () => c.path(curve([...p, p[0]], true), colour, { opacity: 0.9 }), 1, a + 90);
        }
        for (const i of range(30)) {
            const a = -2.5 + i * 0.062;
            const d = c.random.between(840, 1165);
            c.at(d * Math.cos(a), d * Math.sin(a), () => c.cloud(-70, 0, c.random.between(70, 230), C.white, 0.5), 1, (a * 180) / Math.PI + 90);
        }
    }, 1, -6 + t * 12));
    c.circle(x, y, r, [[['#101a2b', 0.85], ['#101a2b', 0.25], ['#101a2b', 0]], 0]);
    c.at(1130 - t * 60, 300 + t * 18, () => station(c), 0.9, -16 + t * 3);
}

function station(c) {
    for (const side of [-1, 1]) for (const k of range(2)) {
        const left = side < 0 ? -330 + k * 130 : 90 + k * 130;
        c.rect(left, -74, 120, 148, [[C.deep, C.sea], 30]);
        for (const i of range(4)) c.line([[left + i * 30 + 15, -74], [left + i * 30 + 15, 74]], C.sky, 2, { opacity: 0.5 });
        for (const i of range(3)) c.line([[left, -37 + i * 37], [left + 120, -37 + i * 37]], C.sky, 2, { opacity: 0.5 });
        c.rect(left, -74, 120, 148, 'none', { stroke: C.silver, 'stroke-width': 4 });
    }
    c.rect(-100, -8, 200, 16, C.steel).rect(-52, -86, 104, 172, [[C.amber, C.ochre], 0], { rx: 10 }).rect(-52, -30, 104, 14, C.walnut, { opacity: 0.4 });
    c.rect(-30, -126, 60, 42, C.silver).path('M-70 128C-60 92 60 92 70 128Q0 152 -70 128Z', C.cream).line([[0, 86], [0, 150]], C.silver, 6).circle(0, 152, 8, C.coral);
}

function satellite(c) {
    c.rect(0, 0, 1600, 1067, [[C.night, C.navy, C.plum], 60]).stars(230, 1067);
    c.glow(140, 120, 520, C.gold, 0.8).circle(140, 120, 60, C.cream);
    c.glow(1300, 1400, 900, C.teal, 0.9).circle(1300, 1400, 690, [[C.sky, C.sea, C.deep], 60]);
    c.clip('M610 1400a690 690 0 1 1 1380 0Z', () => {
        for (const i of range(12)) c.cloud(700 + c.random.next() * 900, 800 + c.random.next() * 280, c.random.between(120, 360), C.white, 0.5);
        c.path('M980 900C1060 850 1180 890 1170 960C1240 980 1200 1067 1060 1067C960 1010 930 950 980 900Z', C.moss);
    });
    c.poly([[740, 560], [1010, 1067], [1270, 900]], C.gold, { opacity: 0.13 });
    c.stroke('M-20 860Q700 240 1640 200', C.steel, 3, { 'stroke-dasharray': '4 16', opacity: 0.7 });
    c.at(700, 480, () => station(c), 1.45, -24);
}

function meteors(c) {
    c.sky([C.night, C.navy, mix(C.plum, C.deep, 0.5), mix(C.dusk, C.rose, 0.4)], 860);
    for (const i of range(420)) {
        const along = c.random.next();
        const off = (c.random.next() + c.random.next() - 1) * 170;
        c.circle(260 + along * 1100 + off * 0.7, 780 - along * 860 + off, c.random.between(0.7, 2.4), C.cream, { opacity: c.random.between(0.2, 0.8).toFixed(2) });
    }
    c.stars(160, 700);
    for (const [x, y, l, w] of [[1180, 180, 330, 6], [620, 150, 210, 4], [930, 380, 260, 5], [380, 320, 170, 3.5], [1380, 420, 190, 4], [760, 60, 130, 3]]) {
        c.poly([[x, y - w / 2], [x + l, y - l * 0.42], [x, y + w / 2]], [[[C.cream, 1], [C.cream, 0]], -20]).circle(x, y, w * 0.8, C.white);
        c.glow(x, y, w * 7, C.cream, 0.7);
    }
    c.hills(880, 190, mix(C.plum, C.navy, 0.3), 1.5, 0.5);
    c.hills(950, 130, mix(C.navy, C.night, 0.4), 2.2, 0.5);
    c.hills(1010, 50, C.night, 1.2, 0.3);
    for (const [x, h] of [[70, 250], [150, 320], [230, 210], [1440, 300], [1530, 230], [1370, 190]]) c.conifer(x, 1040, h, C.night);
    c.at(760, 968, () => {
        c.poly([[-70, 20], [0, -90], [90, 20]], C.amber).poly([[0, -90], [90, 20], [40, 20]], C.ochre).poly([[-16, 20], [0, -60], [20, 20]], C.walnut).glow(0, -10, 160, C.gold, 0.5);
    });
    c.person(950, 992, 112, { top: C.coral, legs: C.night, arms: 'one', back: true }).person(1010, 992, 84, { top: C.teal, legs: C.night, back: true, long: true });
    c.line([[600, 980], [624, 900], [650, 980]], C.night, 5).line([[590, 860], [656, 906]], C.silver, 15);
}

function observatory(c) {
    c.sky([C.night, C.navy, C.plum, mix(C.dusk, C.rose, 0.5)], 820);
    for (const i of range(520)) {
        const along = c.random.next();
        const off = (c.random.next() + c.random.next() + c.random.next() - 1.5) * 130;
        c.circle(140 + along * 1200 + off * 0.5, -40 + along * 620 + off, c.random.between(0.7, 2.6), c.random.pick([C.cream, C.cream, C.sky, C.blush]), { opacity: c.random.between(0.25, 0.9).toFixed(2) });
    }
    for (const [x, y, r] of [[380, 130, 240], [760, 320, 300], [1080, 500, 220]]) c.glow(x, y, r, C.sky, 0.22);
    c.stars(170, 640);
    for (const [y, k] of [[760, 0.5], [850, 0.3]]) c.hills(y, 150, mix(C.navy, C.plum, k), 1.6, 0.5);
    for (const [x, y, w] of [[-80, 830, 640], [640, 860, 700], [1100, 820, 620]]) c.cloud(x, y, w, mix(C.blush, C.plum, 0.45), 0.6);
    c.path('M0 1067V980C300 900 560 870 860 830C1140 800 1400 850 1600 930V1067Z', C.ink);
    c.rect(860, 560, 420, 290, C.silver).rect(1070, 560, 210, 290, mix(C.silver, C.slate, 0.35)).rect(846, 548, 448, 22, C.cream);
    c.path('M850 550A220 220 0 0 1 1290 550Z', C.cream).path('M1070 330A220 220 0 0 1 1290 550H1070Z', mix(C.cream, C.slate, 0.3));
    c.path('M960 360L1010 340L1060 550H930Z', C.night);
    c.at(1000, 520, () => c.rect(-34, -260, 68, 250, C.steel, { rx: 8 }).rect(-42, -272, 84, 30, C.slate, { rx: 6 }).rect(-26, -268, 52, 10, C.sky).rect(10, -250, 14, 236, lighter(C.steel, 0.3)), 1, -14);
    c.glow(1000, 520, 150, C.amber, 0.7).rect(900, 640, 50, 70, C.gold).rect(1000, 640, 50, 70, C.gold).rect(1180, 700, 70, 150, C.walnut).glow(960, 676, 150, C.gold, 0.5);
    c.at(330, 900, () => { c.path('M-110 0a110 110 0 0 1 220 0Z', C.silver).path('M0 -110a110 110 0 0 1 110 110H0Z', C.steel).rect(-118, -6, 236, 60, mix(C.silver, C.slate, 0.3)).poly([[-10, -110], [20, -108], [26, 0], [-16, 0]], C.night); });
    for (const [x, h, top, o] of [[560, 150, C.coral, { arms: 'one', back: true }], [620, 130, C.amber, { back: true, long: true }], [680, 96, C.teal, { back: true }]]) c.person(x, 930, h, { top, legs: C.night, ...o });
    for (const [x, h] of [[60, 260], [140, 200], [1420, 260], [1500, 330], [1580, 220]]) c.conifer(x, 1010, h, C.night);
}

function launch(c) {
    c.sky([C.navy, C.deep, C.dusk, C.rose, C.gold], 820).stars(60, 240);
    c.cloud(80, 300, 460, C.blush, 0.4).cloud(1100, 220, 420, C.blush, 0.35);
    c.hills(770, 90, mix(C.plum, C.dusk, 0.4), 1.4, 0.45);
    c.water(760, [mix(C.gold, C.rose, 0.5), C.dusk, C.navy], C.gold, 70).shine(800, 766, 1040, 180, C.gold, 30);
    c.glow(800, 560, 560, C.gold, 0.95);
    const plume = (wide, colour, opacity) => c.path(`M${800 - wide * 0.1} 470C${800 - wide * 0.3} 620 ${800 - wide * 0.5} 700 ${800 - wide} 800H${800 + wide}C${800 + wide * 0.5} 700 ${800 + wide * 0.3} 620 ${800 + wide * 0.1} 470Z`, colour, { opacity });
    plume(300, C.blush, 0.8);
    plume(190, C.cream, 0.85);
    for (const i of range(46)) {
        const k = c.random.next();
        c.circle(800 + (c.random.next() - 0.5) * 1100 * (0.35 + k), 800 - k * 60 + c.random.between(-14, 20), c.random.between(34, 88) * (1.1 - k * 0.4), mix(C.blush, C.white, c.random.next()), { opacity: 0.8 });
    }
    c.path('M776 470Q800 700 824 470Z', C.amber).path('M786 470Q800 610 814 470Z', C.white);
    c.path('M760 450V190Q760 100 800 60Q840 100 840 190V450Z', C.cream).path('M800 60Q840 100 840 190V450H800Z', mix(C.cream, C.slate, 0.25)).path('M764 160Q776 100 800 60Q824 100 836 160Z', C.coral).rect(760, 300, 80, 26, C.teal).rect(760, 420, 80, 14, C.coral);
    c.path('M760 380L716 470H760ZM840 380L884 470H840Z', C.coral).path('M778 450h44l10 24h-64Z', C.slate).circle(800, 220, 15, C.deep).circle(800, 220, 9, C.sky);
    for (const side of [-1, 1]) c.at(800 + side * 240, 800, () => { for (const y of range(9)) c.line([[-16, -y * 44], [16, -y * 44 - 44]], C.slate, 5).line([[16, -y * 44], [-16, -y * 44 - 44]], C.slate, 5); c.line([[-18, 0], [-18, -400]], C.ink, 8).line([[18, 0], [18, -400]], C.ink, 8).line([[0, -400], [0, -470]], C.ink, 4); });
    c.path('M0 900C300 860 600 870 820 900C1100 930 1400 880 1600 910V1067H0Z', C.ink);
    for (const [x, h, top, o] of [[180, 160, C.coral, { arms: 'one' }], [250, 150, C.teal, { long: true }], [320, 108, C.amber, { arms: 'up' }], [1300, 158, C.plum, {}], [1370, 148, C.cream, { long: true, arms: 'one' }]]) c.person(x, 1000, h, { top, legs: C.night, back: true, ...o });
    c.line([[1440, 1010], [1470, 900], [1500, 1010]], C.night, 6).line([[1470, 900], [1452, 880]], C.slate, 26);
}

function quake(c) {
    c.rect(0, 0, 1600, 900, [[C.paper, C.cream]]);
    c.rect(0, 330, 1600, 570, mix(C.sand, C.clay, 0.25));
    for (const [y, colour] of [[410, mix(C.clay, C.sand, 0.35)], [530, C.clay], [670, mix(C.clay, C.wine, 0.35)], [800, mix(C.wine, C.ink, 0.3)]])
        c.path(`M0 ${y + 26}C300 ${y - 34} 520 ${y + 10} 760 ${y - 6}L830 ${y + 60}C1100 ${y + 20} 1360 ${y + 70} 1600 ${y + 30}V900H0Z`, colour);
    c.line([[690, 330], [960, 900]], C.ink, 7).line([[730, 470], [786, 590]], C.cream, 7).line([[786, 590], [760, 574]], C.cream, 7).line([[786, 590], [788, 562]], C.cream, 7);
    for (const k of range(7)) c.circle(862, 690, 60 + k * 72, 'none', { stroke: C.coral, 'stroke-width': 9 - k, opacity: (0.9 - k * 0.12).toFixed(2) });
    c.circle(862, 690, 30, C.coral).circle(862, 690, 14, C.cream);
    c.path('M980 330C1100 316 1300 322 1600 318V420C1400 450 1200 430 1060 400Z', C.sea).path('M1000 334C1150 322 1350 326 1600 322', 'none', { stroke: C.foam, 'stroke-width': 6 });
    c.path('M700 352C900 404 1080 420 1240 428S1480 440 1600 430', 'none', { stroke: C.amber, 'stroke-width': 12 });
    for (const i of range(9)) c.circle(760 + i * 98, 366 + 66 * Math.sin((i / 9) * 1.5) - 4, 13, C.ink).circle(760 + i * 98, 366 + 66 * Math.sin((i / 9) * 1.5) - 4, 6, C.gold);
    c.at(1350, 318, () => c.path('M-90 -30H100L76 16H-70Z', C.navy).rect(-40, -76, 84, 46, C.cream).rect(-30, -64, 18, 16, C.deep).rect(0, -64, 18, 16, C.deep).line([[60, -30], [60, -110]], C.ink, 5));
    c.rect(0, 320, 700, 14, C.moss).skyline(322, 40, 150, C.deep, { lit: 0.5, from: 40, to: 470, wide: [40, 74] });
    for (const x of [520, 570, 640]) c.tree(x, 324, 80, C.moss);
    c.rect(120, 60, 1360, 150, C.white, { rx: 10 }).rect(120, 60, 1360, 150, 'none', { stroke: C.silver, 'stroke-width': 4, rx: 10 });
    for (const i of range(27)) c.line([[140 + i * 50, 70], [140 + i * 50, 200]], C.mist, 2);
    const wave = range(330).map((i) => {
        const s = i / 330;
        const swell = s < 0.3 ? 2 : s < 0.46 ? 12 : 62 * Math.exp(-(s - 0.46) * 4.2);
        return [140 + i * 4, 135 + swell * Math.sin(i * (s < 0.46 ? 2.1 : 0.95)) * c.random.between(0.6, 1)];
    });
    c.line(wave, C.coral, 3.5).line([[140 + 330 * 0.3 * 4, 76], [140 + 330 * 0.3 * 4, 196]], C.teal, 5).line([[140 + 330 * 0.46 * 4, 76], [140 + 330 * 0.46 * 4, 196]], C.brick, 5);
}

function afterRain(c) {
    c.sky([C.teal, C.sky, C.cream, C.blush], 640);
    for (const [i, colour] of [C.coral, C.amber, C.gold, C.leaf, C.teal, C.dusk].entries()) c.circle(800, 860, 690 - i * 24, 'none', { stroke: colour, 'stroke-width': 24, opacity: 0.4 });
    c.cloud(-60, 280, 520, C.white, 0.9).cloud(1100, 240, 560, C.white, 0.9).cloud(560, 150, 380, C.white, 0.6);
    c.hills(620, 220, mix(C.teal, C.mist, 0.4), 1.4, 0.5);
    c.hills(690, 140, mix(C.pine, C.mist, 0.3), 2.0, 0.5);
    c.skyline(760, 40, 170, mix(C.slate, C.mist, 0.35), { lit: 0.25, window: C.cream, wide: [46, 90] });
    c.rect(0, 756, 1600, 320, C.moss).path('M0 820C400 780 900 800 1600 770V1067H0Z', C.leaf);
    c.path('M560 1067C640 940 720 860 760 790H840C880 860 980 940 1080 1067Z', mix(C.slate, C.sky, 0.3));
    for (const [x, y, rx, ry] of [[700, 1010, 90, 20], [900, 950, 60, 13], [800, 880, 36, 8]]) c.oval(x, y, rx, ry, C.sky).oval(x - rx * 0.2, y - 2, rx * 0.5, ry * 0.4, C.cream, { opacity: 0.8 });
    for (const [x, h, leaf] of [[110, 300, C.moss], [320, 220, C.pine], [1280, 240, C.pine], [1480, 320, C.moss]]) { c.tree(x, 930, h, leaf); for (const i of range(7)) c.line([[x - 60 + i * 20, 930 - h * 0.35 + (i % 3) * 24], [x - 60 + i * 20, 930 - h * 0.35 + 16 + (i % 3) * 24]], C.white, 4, { opacity: 0.7 }); }
    c.person(640, 960, 190, { top: C.amber, legs: C.navy, arms: 'front', long: true }).person(730, 968, 120, { top: C.coral, legs: C.teal, arms: 'one' });
    c.line([[588, 846], [560, 960]], C.brick, 9).path('M574 850l-30 90h34Z', C.brick).at(1010, 940, () => { c.oval(0, 0, 56, 20, C.walnut).circle(52, -26, 20, C.walnut).poly([[58, -44], [70, -58], [72, -36]], C.walnut).stroke('M-54 -4q-30 -20 -20 -44', C.walnut, 9); for (const x of [-34, -14, 20, 36]) c.line([[x, 6], [x, 40]], C.walnut, 9); });
}

export const scenes = [
    ['typhoon-map', '16:9', typhoon], ['earth-orbit', '16:9', earth], ['satellite', '3:2', satellite], ['meteor-shower', '3:2', meteors],
    ['observatory', '3:2', observatory], ['rocket-launch', '3:2', launch], ['quake-cable', '16:9', quake], ['after-rain', '3:2', afterRain],
];
