// Written by scripts/measure-dejavu.mjs from dejavu-fonts-ttf 2.37.3. Do not edit.

/** Letters that follow one another: how far each moves the pen, in 2048ths of the font size, written to the base of 36. */
export interface AdvanceRange {
  /** Code point of the first. */
  readonly from: number;
  readonly advances: string;
}

/** DejaVu Sans. */
export const regularAdvances: readonly AdvanceRange[] = [
  {
    from: 0x20,
    advances:
      'i3 mt q6 1bo 107 1i2 18d fn m7 m7 sg 1bo i3 kj i3 j6 107 107 107 107 107 107 107 107 107 107 j6 j6 1bo 1bo 1bo u7 1kw 12x 131 13q 17t zy wq 183 16s gs gs 11b vp 1d3 16k 18s yb 18s 13j 104 yr 15n 12x 1k9 12z yr 12z m7 j6 m7 1bo sg sg yv 104 va 104 z0 k1 104 102 ft ft wy ft 1jf 102 yt 104 104 ne tn mb 102 xo 1aj xo xo tv 107 j6 107 1bo',
  },
  {
    from: 0xa0,
    advances:
      'i3 mt 107 107 107 107 j6 sg sg 1kw qt yt 1bo kj 1kw sg sg 1bo mt mt sg 107 107 i3 sg mt qt yt 1j5 1j5 1j5 u7 12x 12x 12x 12x 12x 12x 1jf 13q zy zy zy zy gs gs gs gs 183 16k 18s 18s 18s 18s 18s 1bo 18s 15n 15n 15n 15n yr yf zu yv yv yv yv yv yv 1jv va z0 z0 z0 z0 ft ft ft ft yt 102 yt yt yt yt yt 1bo yt 102 102 102 102 xo 104 xo 12x yv 12x yv 12x yv 13q va 13q va 13q va 13q va 17t 104 183 104 zy z0 zy z0 zy z0 zy z0 zy z0 183 104 183 104 183 104 183 104 16s 102 1g4 13j gs ft gs ft gs ft gs ft gs ft xk vm gs ft 11b wy wy vp ft vp ft vp lc vp jg vz g6 16k 102 16k 102 16k 102 1aa 16k 102 18s yt 18s yt 18s yt 1ov 1m7 13j ne 13j ne 13j ne 104 tn 104 tn 104 tn 104 tn yr mb yr mb yr mb 15n 102 15n 102 15n 102 15n 102 15n 102 15n 102 1k9 1aj yr xo yr 12z tv 12z tv 12z tv k1',
  },
  {
    from: 0x370,
    advances:
      '118 wb 1d1 10u fu fu 16k 10z y5 y5 sg v9 va v9 j6 gs y5 y5 y5 y5 sg sg 13e i3 16g 1dk n8 y5 1a8 y5 1ax 1az j9 12x 131 vp 12x zy 12z 16s 18s gs 11b 12x 1d3 16k zy 18s 16s yb y5 zy yr yr 18s 12z 18s 17h gs yr 11i ur 102 j9 wx 11i 10b xo yt ur uy 102 yt j9 xj xo 107 vs vq yt y9 104 xe 102 y9 wx 11j wv 11j 1bn j9 wx yt wx 1bn 11b yy z8 13r 1bx 13r 11j 1bn 11r 18s yt 10w xe wq q3 11j 11j 1d8 zp 1h4 1bn 175 11i 191 yz 132 yj 17o zk 13s yt yr ui 11r 104 va ft 18s z0 z0 yf 104 13q 1d3 111 104 140 13q 140',
  },
  {
    from: 0x2010,
    advances: 'kj kj 107 sg 1kw 1kw sg sg i3 i3 i3 i3 th th th th sg sg xk xk j1 11z 1kw i3',
  },
  {
    from: 0x2030,
    advances: '24c 2qq cx l9 tl cx l9 tl ja mr mr',
  },
  {
    from: 0x2070,
    advances:
      'mt a6 y5 y5 mt mt mt mt mt mt u1 u1 u1 dz dz mo mt mt mt mt mt mt mt mt mt mt u1 u1 u1 dz dz y5 ma nq nj p9 nq n0 o8 9g zg mo od l8 gs',
  },
  {
    from: 0x2190,
    advances:
      '1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo',
  },
  {
    from: 0x2200,
    advances:
      '12x 107 tf zy zy 1dk 122 122 1dk 1dk 14u 1dk 1dk 14u 107 172 172 12c 1bo 1bo 1bo j6 108 1bo zm zm 109 109 109 14n 1be 1bo 1f0 1f0 1bo sg sg sg sg 15n 15n 15n 15n tn 18w 1o5 tn 18w 1o5 tn tn tn 107 107 et 107 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo lc 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bq 1bq 1kw 1kw 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1nk 1nk qe 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 15n 15n 15n 1bo 1bo 1bo 1bo 18e 18e 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1dk 1dk 1dk 1dk tm tm 1dk 1dk 1dk 1dk 1dk 1dk 1dk 1dk 1bo 1bo 1bo 1bo 1bo 1bo 1kw 1kw 1bo 1bo tm 15n 15n 15n 1bo 1bo 1ao 1ao 1ao 1ao zm i3 zm 1bo 1kw 1kw 1kw 1kw 1kw 1bo 15o 15o 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 28x 28x 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1kw 1kw 1kw 1kw 1kw 1dk 14u 1dk 1dk 14u 1dk 1dk 1kw 1dk 14u 1dk 14u 1dk',
  },
];

/** DejaVu Sans Bold. */
export const boldAdvances: readonly AdvanceRange[] = [
  {
    from: 0x20,
    advances:
      'jt py tn 1bo 13l 1l0 1dm hf q0 q0 tr 1bo lm nm lm ks 13l 13l 13l 13l 13l 13l 13l 13l 13l 13l mr mr 1bo 1bo 1bo x0 1kw 181 17d 15r 1b8 12v 12v 1ap 1bm l6 l6 183 109 1km 1bm 1cd 15p 1cd 17t 14z 12t 1a7 181 1qr 17v 157 159 q0 ks q0 1bo sg sg 12e 14q xq 14q 12l or 14q 14i ji ji 11u ji 1na 14i 133 14q 14q s2 xv r7 14i 113 1gk 10p 113 x4 14i ks 14i 1bo',
  },
  {
    from: 0xa0,
    advances:
      'jt py 13l 13l 107 13l ks sg sg 1kw w3 10r 1bo nm 1kw sg sg 1bo ox ox sg 15v 107 lm sg ox w3 10r 1mw 1mw 1mw x0 181 181 181 181 181 181 1pq 15r 12v 12v 12v 12v l6 l6 l6 l6 1bo 1bm 1cd 1cd 1cd 1cd 1cd 1bo 1cd 1a7 1a7 1a7 1a7 157 15z 14x 12e 12e 12e 12e 12e 12e 1nm xq 12l 12l 12l 12l ji ji ji ji 133 14i 133 133 133 133 133 1bo 133 14i 14i 14i 14i 113 14q 113 181 12e 181 12e 181 12e 15r xq 15r xq 15r xq 15r xq 1b8 14q 1bo 14q 12v 12l 12v 12l 12v 12l 12v 12l 12v 12l 1ap 14q 1ap 14q 1ap 14q 1ap 14q 1bm 14i 1je 18y l6 ji l6 ji l6 ji l6 ji l6 ji 16c 130 l6 ji 183 11u 11u 109 ji 109 ji 109 ra 109 vo 10j l4 1bm 14i 1bm 14i 1bm 14i 1jx 1bm 14i 1cd 133 1cd 133 1cd 133 1ue 1q9 17t s2 17t s2 17t s2 14z xv 14z xv 14z xv 14z xv 12t r7 12t r7 12t r7 1a7 14i 1a7 14i 1a7 14i 1a7 14i 1a7 14i 1a7 14i 1qr 1gk 157 113 157 159 x4 159 x4 159 x4 or',
  },
  {
    from: 0x370,
    advances:
      '13p w5 1m5 1bk h6 h6 1bm 13v y5 y5 sg xq va v9 mr l6 y5 y5 y5 y5 p4 sg 19d lm 1c4 1le w2 y5 1eo y5 1jr 1ev m6 181 17d 109 181 12v 159 1bm 1cd l6 183 181 1km 1bm zy 1cd 1bm 15p y5 12v 12t 157 1cd 17v 1cc 1cd l6 157 133 vo 14i m6 12f 133 14q 12r 133 vo xm 14i 133 m6 14f 100 15v 12r xm 133 190 14q xq 18b 10b 12f 18i 10p 196 1dg m6 12f 133 12f 1dg 183 111 11l 16g 1ju 16g 19b 1dg 16b 1cd 133 15r xq 12v s3 13y 11j 1ga zo 1q6 1bn 1bc 14q 1gs 16b 15q 110 18v 126 16s 14q 12t xk 16b 14q xq ji 1cd 10o 10n 15z 14q 15r 1km 15n 14q 13q 15r 13q',
  },
  {
    from: 0x2010,
    advances: 'nm nm 13l sg 1kw 1kw sg sg lm lm lm lm 11e 11e 11e 11e sg sg 10d 10d iy 11y 1kw jt',
  },
  {
    from: 0x2030,
    advances: '29x 2zc f0 pf zu f0 pf zu 15p ng ng',
  },
  {
    from: 0x2070,
    advances:
      'ox ch y5 y5 ox ox ox ox ox ox u1 u1 u1 ge ge px ox ox ox ox ox ox ox ox ox ox u1 u1 u1 ge ge y5 q1 r9 rr nh r9 px rq ch 11r px r9 lo m2',
  },
  {
    from: 0x2190,
    advances:
      '1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo',
  },
  {
    from: 0x2200,
    advances:
      '181 13l uy 12v 12v 1cq 13n 13n 1f0 1f0 16o 1f0 1f0 16o 107 18s 18s 14u 1bo 1bo 13l ks 13l 1bo zm lm 11y 11y 11y 14i 1be 1bo 1f0 1f0 1bo sg sg sg sg 1a7 1a7 1a7 1a7 yp 1gu 21o w0 1jk 22o w0 w0 w0 13l 13l gq 13l 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo lc 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1og 1og 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bu 1bu 1nk 1nk sg 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1a7 1a7 1a7 1bo 1bo 1bo 1bo 19a 19a 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1g0 1g0 1g0 1g0 uv uv 1g0 1g0 1g0 1g0 1g0 1g0 1g0 1g0 1bo 1bo 1bo 1bo 1bo 1bo 1kw 1kw 1bo 1bo uv 1a7 1a7 1a7 1bo 1bo 1by 1by 1by 1by zm lm zm 1bo 1kw 1kw 1kw 1kw 1kw 1bo 1a6 1a6 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 28x 28x 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1bo 1kw 1kw 1kw 1kw 1tv 1f0 16o 1f0 1f0 16o 1f0 1f0 1tv 1f0 16o 1f0 16o 1f0',
  },
];
