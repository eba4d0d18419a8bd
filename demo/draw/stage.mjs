/* stage.mjs - plays, puppets and the hands of makers. */
import { C, mix, darker, lighter, range, curve } from './ink.mjs';

function curtain(c, x, w, h, colour) {
    const folds = Math.round(Math.abs(w) / 34);
    for (const i of range(folds)) c.rect(x + (i * w) / folds, 0, w / folds + 1, h + (i % 2) * 8, mix(colour, C.night, i % 2 ? 0.05 : 0.28));
}

function play(c) {
    c.rect(0, 0, 1600, 1067, C.night);
    c.rect(180, 90, 1240, 660, [[C.navy, C.deep, mix(C.plum, C.rose, 0.3)]]);
    c.circle(1130, 240, 66, C.cream).glow(1130, 240, 240, C.cream, 0.55);
    c.rect(180, 520, 1240, 120, darker(C.sea, 0.35));
    for (const i of range(22)) c.line([[200 + c.random.next() * 1180, 530 + i * 5], [240 + c.random.next() * 1180, 530 + i * 5]], C.sky, 2, { opacity: 0.16 });
    c.path('M250 560V300H560V560Z', C.walnut);
    for (const r of range(3)) for (const k of range(2)) { c.rect(270 + k * 146, 316 + r * 82, 130, 66, C.night).rect(276 + k * 146, 358 + r * 82, 118, 18, [C.coral, C.teal, C.amber][(r + k) % 3]); c.circle(296 + k * 146, 352 + r * 82, 11, C.tan); }
    for (const k of range(3)) c.rect(262 + k * 146, 300, 8, 264, C.wood);
    c.path('M1000 540h420l-60 60h-320Z', C.brick).rect(1150, 430, 150, 110, C.cream).rect(1170, 450, 36, 40, C.gold).rect(1224, 450, 36, 40, C.gold).line([[1060, 540], [1060, 300], [1150, 430]], C.ink, 6);
    c.poly([[180, 640], [1420, 640], [1560, 860], [40, 860]], [[darker(C.wood, 0.15), darker(C.walnut, 0.2)]]);
    for (const i of range(13)) c.line([[180 + i * 103, 640], [40 + i * 127, 860]], darker(C.walnut, 0.35), 3);
    for (const [x, to, colour] of [[520, 640, C.gold], [1080, 860, C.rose], [800, 780, C.cream]]) c.poly([[x - 16, 40], [x + 16, 40], [to + 150, 800], [to - 150, 800]], colour, { opacity: 0.16 }).oval(to, 796, 150, 28, colour, { opacity: 0.3 });
    c.person(640, 800, 260, { top: C.coral, legs: C.navy, arms: 'one', skin: C.tan }).person(790, 806, 268, { top: C.cream, legs: C.slate, long: true, arms: 'front' }).person(930, 796, 250, { top: C.teal, legs: C.ink, skin: C.tan, arms: 'hip' });
    c.at(1120, 800, () => { c.rect(-50, -80, 130, 80, C.wood).rect(-50, -80, 130, 12, C.ochre); c.line([[0, -90], [10, -10]], C.ink, 34).line([[40, -90], [60, -10]], C.ink, 34).path('M-30 -80q0 -110 46 -110t46 110Z', C.amber).circle(16, -214, 30, C.skin).path('M-16 -212a32 32 0 0 1 64 0q-34 -18 -64 0Z', C.hair).line([[40, -160], [80, -110], [40, -96]], darker(C.amber, 0.2), 19); });
    for (const x of [300, 1390]) { c.rect(x - 60, 760, 120, 60, C.walnut).rect(x - 60, 760, 120, 9, C.wood).line([[x - 60, 760], [x + 60, 820]], C.wood, 5); }
    curtain(c, 0, 210, 830, C.brick);
    curtain(c, 1390, 210, 830, C.brick);
    c.path('M0 0H1600V120Q1400 190 1200 120Q1000 190 800 120Q600 190 400 120Q200 190 0 120Z', C.brick);
    for (const k of range(4)) c.stroke(`M${k * 400} 120Q${200 + k * 400} 190 ${400 + k * 400} 120`, C.amber, 10);
    for (const i of range(9)) c.oval(200 + i * 150, 866, 26, 14, C.gold).glow(200 + i * 150, 856, 80, C.gold, 0.5);
    c.rect(0, 876, 1600, 200, C.night);
    c.crowd(950, 46, [darker(C.plum, 0.4), darker(C.navy, 0.3), darker(C.wine, 0.4)], { step: 1.5, heads: C.ink });
    c.crowd(1030, 66, [darker(C.plum, 0.6), C.ink, darker(C.wine, 0.6)], { step: 1.5, heads: '#0b1018' });
    c.vignette(0.35);
}

function puppet(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.wine, C.night, 0.4), C.night]]);
    c.rect(160, 60, 1280, 860, C.brick).rect(160, 60, 1280, 860, 'none', { stroke: C.amber, 'stroke-width': 12 });
    c.eaves(800, 110, 1240, 150, C.teal, C.amber);
    for (const i of range(12)) c.circle(276 + i * 95, 276, 18, i % 2 ? C.coral : C.gold).circle(276 + i * 95, 276, 9, C.wine);
    for (const x of [230, 1294]) { c.rect(x, 260, 76, 600, C.wine).rect(x, 260, 76, 600, 'none', { stroke: C.gold, 'stroke-width': 6 }); c.stroke(`M${x + 38} 290C${x + 88} 380 ${x - 12} 450 ${x + 38} 540S${x - 10} 720 ${x + 38} 830`, C.amber, 17).stroke(`M${x + 38} 290C${x + 88} 380 ${x - 12} 450 ${x + 38} 540S${x - 10} 720 ${x + 38} 830`, C.teal, 7); c.circle(x + 38, 300, 22, C.amber); }
    c.rect(310, 320, 980, 470, [[C.deep, C.dusk, C.rose]]);
    c.circle(800, 470, 110, C.cream).glow(800, 470, 320, C.gold, 0.6).path('M310 700C420 560 520 540 640 640C760 720 860 560 980 560C1100 560 1180 660 1290 640V790H310Z', mix(C.plum, C.navy, 0.4));
    for (const [x, y, w] of [[350, 430, 220], [1010, 400, 230]]) c.cloud(x, y, w, C.blush, 0.6);
    const doll = (x, y, s, side, robe, trim, face, beard) => c.at(x, y, () => c.group({ transform: `scale(${side} 1)` }, () => {
        c.path('M-96 240C-110 60 -70 -20 0 -30C70 -20 110 60 100 240Z', robe).path('M-22 -30L0 240L22 -30Z', trim);
        for (const k of range(4)) c.stroke(`M-92 ${60 + k * 50}q92 34 186 0`, trim, 7);
        c.path('M-60 -4C-150 10 -190 60 -196 120L-128 140C-116 90 -90 70 -50 60Z', robe).path('M-196 120L-128 140L-140 170L-204 148Z', trim).circle(-170, 160, 17, face);
        c.path('M60 -4C130 -30 180 -90 204 -150L148 -176C126 -120 96 -80 46 -60Z', robe).path('M204 -150L148 -176L158 -204L216 -180Z', trim).circle(190, -196, 17, face);
        c.oval(0, -86, 54, 64, face).path('M-58 -96C-58 -170 58 -170 58 -96C30 -120 -30 -120 -58 -96Z', C.hair);
        c.path('M-66 -120L-40 -176L0 -150L40 -176L66 -120Q0 -146 -66 -120Z', C.amber).circle(0, -160, 15, C.coral).circle(-44, -174, 10, C.teal).circle(44, -174, 10, C.teal);
        for (const k of [-1, 1]) c.stroke(`M${k * 12} -98q${k * 14} -12 ${k * 28} -2`, C.ink, 6).oval(k * 24, -84, 7, 8, C.ink).circle(k * 30, -64, 9, C.coral, { opacity: 0.5 });
        c.stroke('M-14 -50q14 10 28 0', C.brick, 6);
        if (beard) c.path('M-30 -54Q0 -40 30 -54Q26 40 0 90Q-26 40 -30 -54Z', C.ink);
    }), s);
    c.line([[690, 460], [560, 330]], C.silver, 12).line([[708, 478], [672, 440]], C.amber, 18);
    c.line([[930, 440], [1080, 340]], C.amber, 9).poly([[1074, 330], [1120, 300], [1100, 352]], C.silver);
    doll(520, 620, 0.98, 1, C.coral, C.gold, C.cream, false);
    doll(1080, 620, 0.98, -1, C.teal, C.cream, C.blush, true);
    c.rect(160, 780, 1280, 140, C.wine).rect(160, 780, 1280, 16, C.amber).rect(160, 900, 1280, 16, C.amber);
    for (const i of range(8)) c.path(`M${250 + i * 156} 880q0 -60 36 -60t36 60q-36 14 -72 0Z`, i % 2 ? C.teal : C.coral).circle(286 + i * 156, 850, 11, C.gold);
    c.lantern(90, 260, 70); c.lantern(1510, 260, 70);
    c.crowd(990, 56, [C.deep, C.plum, C.coral, C.teal, C.amber], { step: 1.5 });
    c.vignette(0.3);
}

function roof(c) {
    c.sky([C.sea, C.sky, C.cream], 700).cloud(80, 200, 480, C.white, 0.8).cloud(1080, 130, 420, C.white, 0.7);
    c.hills(640, 150, mix(C.sky, C.teal, 0.4), 1.5, 0.45);
    c.skyline(720, 30, 120, mix(C.sky, C.slate, 0.35), { lit: 0 });
    c.path('M-40 1067L200 760C460 700 900 690 1640 720V1067Z', C.brick);
    for (const i of range(30)) c.stroke(`M${220 + i * 52} ${750 - 40 * Math.sin(i / 9)}L${-60 + i * 66} 1067`, darker(C.brick, 0.25), 17).stroke(`M${226 + i * 52} ${748 - 40 * Math.sin(i / 9)}L${-54 + i * 66} 1067`, lighter(C.brick, 0.16), 5);
    c.path('M120 420C220 640 420 690 800 690H1640V760H800C420 760 200 760 120 420Z', C.cream).path('M120 420C220 640 420 690 800 690H1640', 'none', { stroke: C.coral, 'stroke-width': 18 }).path('M150 500C250 700 440 726 800 728H1640', 'none', { stroke: C.teal, 'stroke-width': 14 });
    for (const i of range(26)) c.circle(560 + i * 42, 712 + (i % 2) * 22, 13, [C.coral, C.amber, C.teal, C.leaf, C.plum, C.sky][i % 6]).circle(560 + i * 42, 712 + (i % 2) * 22, 5, C.cream);
    const spine = range(40).map((i) => { const k = i / 39; return [330 + k * 620, 560 - 150 * Math.sin(k * 9) * (1 - k * 0.35) - k * 90]; });
    c.stroke(curve(spine), C.pine, 92).stroke(curve(spine), C.teal, 78).stroke(curve(spine.map(([x, y]) => [x, y + 22])), C.gold, 22);
    for (const [i, [x, y]] of spine.entries()) { for (const k of [-1, 0, 1]) c.path(`M${x - 12} ${y + k * 24}a12 12 0 0 0 24 0Z`, [C.leaf, C.sea, C.sky, C.moss][(i + k + 4) % 4]); if (i % 2) c.poly([[x - 14, y - 34], [x, y - 74], [x + 14, y - 34]], i % 4 === 1 ? C.coral : C.amber); }
    c.at(990, 380, () => {
        c.path('M-80 40C-90 -60 0 -110 90 -70L190 -20C210 10 180 30 130 24L80 70C20 100 -60 100 -80 40Z', C.teal).path('M60 40L186 16Q150 52 80 70Z', C.coral).circle(60, -30, 24, C.white).circle(64, -28, 12, C.ink).path('M170 -20q30 -30 20 -70', 'none', { stroke: C.amber, 'stroke-width': 9 }).path('M150 -26q-6 -50 -46 -80', 'none', { stroke: C.amber, 'stroke-width': 9 });
        for (const k of range(5)) c.path(`M${-60 + k * 26} -70q${-30 + k * 4} -60 ${20} -100q-4 54 30 84Z`, [C.amber, C.coral, C.gold, C.coral, C.amber][k]);
        for (const k of range(6)) c.circle(-50 + k * 24, 50 - (k % 2) * 24, 12, [C.leaf, C.sky, C.moss, C.sea][k % 4]);
        for (const k of range(5)) c.poly([[96 + k * 18, 36 - k * 3], [104 + k * 18, 54 - k * 3], [112 + k * 18, 34 - k * 3]], C.white);
    }, 1.2);
    c.at(1290, 700, () => {
        c.line([[-20, -160], [70, -100], [40, 0]], C.navy, 62).line([[10, -150], [120, -60], [130, 20]], darker(C.navy, 0.2), 58);
        c.path('M-90 -130C-100 -300 -50 -360 20 -350C90 -340 110 -240 80 -130Z', C.deep).rect(-20, -390, 44, 50, darker(C.tan, 0.12)).circle(-10, -430, 62, C.tan).path('M-74 -440C-70 -510 60 -520 58 -420C20 -440 -30 -460 -74 -440Z', C.silver).path('M-110 -450Q-10 -570 96 -440Q0 -470 -110 -450Z', C.straw);
        c.line([[-60, -290], [-170, -250], [-214, -320]], darker(C.deep, 0.15), 52).circle(-222, -332, 28, C.tan).line([[50, -280], [-40, -200], [-190, -250]], C.deep, 50).circle(-204, -256, 28, C.tan);
        c.line([[-226, -346], [-262, -372]], C.silver, 9).line([[-222, -336], [-262, -356]], C.silver, 9);
    }, 0.92);
    c.rect(1430, 660, 150, 30, C.straw).path('M1440 660q66 -70 130 0Z', C.amber);
    for (const i of range(14)) c.poly([[1450 + i * 9, 650 - (i % 3) * 12], [1460 + i * 9, 630 - (i % 3) * 12], [1470 + i * 9, 652 - (i % 3) * 12]], [C.coral, C.teal, C.leaf, C.cream, C.plum][i % 5]);
}

function coffee(c) {
    c.rect(0, 0, 1600, 1067, [[C.sand, mix(C.sand, C.wood, 0.4)]]);
    c.rect(0, 0, 1600, 620, [[mix(C.teal, C.cream, 0.5), C.cream]]);
    c.hills(470, 220, mix(C.teal, C.mist, 0.35), 1.4, 0.5);
    c.hills(560, 190, mix(C.pine, C.mist, 0.25), 2, 0.5);
    for (const [x, y, w] of [[-40, 430, 520], [520, 380, 480], [1080, 450, 560]]) c.cloud(x, y, w, C.white, 0.7);
    c.rect(0, 0, 30, 640, C.walnut).rect(1570, 0, 30, 640, C.walnut).rect(520, 0, 18, 640, C.walnut).rect(1060, 0, 18, 640, C.walnut).rect(0, 0, 1600, 30, C.walnut).rect(0, 612, 1600, 40, C.walnut);
    c.rect(0, 652, 1600, 420, [[C.wood, darker(C.wood, 0.25)]]).rect(0, 652, 1600, 14, lighter(C.wood, 0.25));
    for (const y of [740, 830, 930]) c.line([[0, y], [1600, y + 6]], darker(C.wood, 0.3), 3, { opacity: 0.5 });
    c.oval(800, 900, 250, 44, C.night, { opacity: 0.2 }).path('M660 690H940L900 880H700Z', C.white, { opacity: 0.55 }).path('M672 760H928L902 880H698Z', C.walnut).path('M672 760H928L925 776H675Z', C.clay).stroke('M930 730q90 0 70 80t-90 40', C.white, 18, { opacity: 0.7 });
    c.path('M620 500H980L850 660H750Z', C.cream).path('M640 524H960L940 548H660Z', C.walnut).poly([[700, 500], [800, 660], [760, 660]], C.white, { opacity: 0.5 }).rect(740, 656, 120, 30, C.white, { opacity: 0.8 });
    c.line([[800, 664], [800, 760]], C.walnut, 6);
    c.at(1130, 380, () => { c.path('M-60 -70H110L140 110H-90Z', C.teal).path('M-60 -70H110L114 -50H-66Z', lighter(C.teal, 0.3)).rect(-10, -100, 70, 32, C.ink, { rx: 10 }).circle(26, -106, 15, C.ink).stroke('M128 -20q90 -10 84 60t-80 70', C.ink, 20).stroke('M-80 40C-180 60 -160 -60 -270 -60', C.teal, 20).line([[-270, -60], [-290, -44]], C.teal, 16); }, 1, -12);
    c.stroke('M832 380Q812 420 806 500', C.sky, 9);
    c.line([[1330, 380], [1480, 560], [1600, 700]], C.coral, 88).circle(1320, 372, 40, C.skin);
    for (const [x, y, s] of [[330, 860, 1.2], [1240, 900, 1]]) c.at(x, y, () => { c.oval(0, 44, 150, 28, C.cream).path('M-96 -60H96q-6 96 -60 96h-72q-54 0 -60 -96Z', C.cream).oval(0, -60, 96, 20, C.paper).oval(0, -58, 80, 15, C.walnut).stroke('M92 -40q56 0 44 44t-70 20', C.cream, 15).path('M-30 -60q30 -14 30 0q0 -14 30 0q-8 16 -30 12q-22 4 -30 -12Z', C.sand); for (const k of range(3)) c.stroke(`M${-30 + k * 30} -90q-24 -40 4 -76t-4 -70`, C.white, 12, { opacity: 0.4 }); }, s);
    for (const i of range(46)) { const [x, y] = [520 + c.random.next() * 560, 940 + c.random.next() * 100]; c.at(x, y, () => c.oval(0, 0, 19, 13, c.random.pick([C.walnut, darker(C.walnut, 0.3), C.wood])).stroke('M-15 0q15 -7 30 0', C.night, 3), 1, c.random.between(0, 180)); }
    for (const [x, y] of [[90, 900], [150, 960], [70, 990]]) { c.stroke(`M${x - 60} ${y + 50}q60 -60 150 -50`, C.pine, 8); for (const k of range(4)) c.circle(x + k * 20 - 30, y + 26 - k * 6, 15, k % 2 ? C.coral : C.brick); c.path(`M${x + 40} ${y}q50 -60 100 -40q-20 60 -100 40Z`, C.moss); }
}

function vegetables(c) {
    c.rect(0, 0, 1600, 1067, [[mix(C.plum, C.ink, 0.3), darker(C.walnut, 0.2)]]);
    for (const i of range(8)) c.rect(i * 210 - 20, 60 + (i % 2) * 14, 200, 470, darker(mix(C.slate, C.plum, 0.3), 0.2 + (i % 3) * 0.08));
    for (const i of range(10)) { const colour = i % 2 ? C.coral : C.cream; c.path(`M${i * 170 - 60} 0H${i * 170 + 110}L${i * 160 + 100} 150a42 34 0 0 1 -80 0a42 34 0 0 1 -80 0Z`, colour); }
    for (const x of [250, 800, 1350]) c.line([[x, 150], [x, 236]], C.ink, 5).path(`M${x - 56} 280Q${x - 46} 230 ${x} 230T${x + 56} 280Z`, C.teal).circle(x, 286, 22, C.gold).glow(x, 300, 330, C.gold, 0.6);
    for (const [x, h, top, o] of [[420, 420, C.teal, { arms: 'one' }], [1180, 430, C.amber, { arms: 'hip', long: true }]]) { c.person(x, 760, h, { top, legs: C.navy, ...o }); c.path(`M${x - h * 0.11} ${760 - h * 0.68}h${h * 0.22}l${h * 0.03} ${h * 0.3}h-${h * 0.28}Z`, C.cream); }
    const crates = [[C.leaf, C.moss], [C.coral, C.brick], [C.moss, C.pine], [C.amber, C.ochre], [lighter(C.leaf, 0.3), C.leaf], [C.plum, C.wine], [C.cream, C.leaf], [C.ochre, C.amber]];
    for (const [row, y, s] of [[0, 700, 0.86], [1, 840, 1.05], [2, 1000, 1.26]]) for (const k of range(6)) {
        const [x, w] = [(k - 3) * 280 * s + 800, 262 * s];
        const [a, b] = crates[(k * 3 + row * 5) % 8];
        c.rect(x, y - 20, w, 150 * s, C.walnut);
        for (const i of range(26)) {
            const [px, py] = [x + 18 * s + c.random.next() * (w - 36 * s), y - 26 * s + c.random.between(-26, 34) * s];
            const kind = (k * 3 + row * 5) % 8;
            if (kind === 0 || kind === 2 || kind === 4) c.path(`M${px} ${py + 30 * s}q${-34 * s} ${-30 * s} ${-6 * s} ${-74 * s}q${36 * s} ${30 * s} ${6 * s} ${74 * s}Z`, i % 2 ? a : b).line([[px, py + 30 * s], [px - 3 * s, py - 10 * s]], C.cream, 4 * s);
            else if (kind === 6) c.line([[px - 30 * s, py + 10 * s], [px + 30 * s, py - 6 * s]], C.cream, 24 * s).line([[px + 34 * s, py - 8 * s], [px + 52 * s, py - 26 * s]], C.leaf, 9 * s);
            else c.circle(px, py, 25 * s, i % 3 ? a : b).circle(px - 7 * s, py - 8 * s, 6 * s, C.white, { opacity: 0.35 });
        }
        c.rect(x, y + 20 * s, w, 40 * s, C.wood).rect(x, y + 72 * s, w, 40 * s, C.wood).rect(x, y + 20 * s, w, 7 * s, C.ochre);
        if (k % 2 === row % 2) c.rect(x + w * 0.36, y - 84 * s, w * 0.28, 52 * s, C.cream, { rx: 4 }).line([[x + w / 2, y - 34 * s], [x + w / 2, y - 4]], C.walnut, 5).rect(x + w * 0.41, y - 70 * s, w * 0.18, 9 * s, C.brick).rect(x + w * 0.41, y - 54 * s, w * 0.12, 7 * s, C.slate);
    }
    c.person(800, 1140, 470, { top: C.wine, legs: C.ink, back: true, long: true }).path('M886 930h90l16 120h-122Z', C.straw).stroke('M900 934q30 -70 62 0', C.straw, 9);
    c.vignette(0.35);
}

export const scenes = [['stage-play', '3:2', play], ['puppet-theatre', '3:2', puppet], ['roof-craft', '3:2', roof], ['hand-drip', '3:2', coffee], ['vegetable-market', '3:2', vegetables]];
