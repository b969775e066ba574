// C = A B by blocks that stay in the caches (Goto & van de Geijn 2008, Anatomy of high-performance matrix multiplication):
// a tile of C, TILE_ROWS rows × two vectors, stays in registers while k runs. Each element of C is one sum over k in
// ascending order (in runs of DEPTH), whatever stands around it: a row's result does not depend on how many rows there are.
//
// Where B has its columns side by side it is read where it lies, unless many rows of A run over it; else panels of two
// vectors' width are packed. A is read where it lies, a number of each row of the tile in a step, unless it is transposed and
// large: then its steps would be far apart, and panels of rows are packed.

#define PANEL (2 * LANES)

/** Writes, or adds, the first `count` lanes of a sum, plus those at `bias` where there is one. */
static INLINE TARGET void NAME(put)(float *to, V sum, size_t count, bool accumulate, const float *bias) {
  if (count == LANES) {
    if (accumulate) sum += load(to);
    if (bias != NULL) sum += load(bias);
    store(to, sum);
  } else {
    if (accumulate) sum += load_some(to, count);
    if (bias != NULL) sum += load_some(bias, count);
    store_some(to, sum, count);
  }
}

/** One tile: `rows` × up to `vectors` vectors (both constants where this is inlined), k steps. */
static INLINE TARGET void NAME(tile)(
  const size_t rows, const size_t vectors, float *c, size_t c_row, const float *a, size_t a_row, size_t a_step,
  const float *b, size_t b_step, size_t k, size_t columns, bool accumulate, const float *bias
) {
  V sums[TILE_ROWS][2];
#pragma GCC unroll 8
  for (size_t i = 0; i < rows; i++) sums[i][0] = sums[i][1] = splat(0.0f);
  for (size_t l = 0; l < k; l++, a += a_step, b += b_step) {
    const V b0 = load(b);
    const V b1 = vectors == 2 ? load(b + LANES) : b0;
#pragma GCC unroll 8
    for (size_t i = 0; i < rows; i++) {
      const V factor = splat(a[i * a_row]);
      sums[i][0] = madd(factor, b0, sums[i][0]);
      if (vectors == 2) sums[i][1] = madd(factor, b1, sums[i][1]);
    }
  }
#pragma GCC unroll 8
  for (size_t i = 0; i < rows; i++) {
    float *const to = c + i * c_row;
    NAME(put)(to, sums[i][0], columns < LANES ? columns : LANES, accumulate, bias);
    if (vectors == 2) NAME(put)(to + LANES, sums[i][1], columns - LANES, accumulate, bias == NULL ? NULL : bias + LANES);
  }
}

/** A tile of any number of rows up to TILE_ROWS. */
static TARGET void NAME(some_rows)(
  size_t rows, float *c, size_t c_row, const float *a, size_t a_row, size_t a_step,
  const float *b, size_t b_step, size_t k, size_t columns, bool accumulate, const float *bias
) {
#define CASE(count) \
  case count: \
    if (columns > LANES) NAME(tile)(count, 2, c, c_row, a, a_row, a_step, b, b_step, k, columns, accumulate, bias); \
    else NAME(tile)(count, 1, c, c_row, a, a_row, a_step, b, b_step, k, columns, accumulate, bias); \
    return;
  switch (rows) {
#if TILE_ROWS > 6
    CASE(8)
    CASE(7)
#endif
#if TILE_ROWS > 4
    CASE(6)
    CASE(5)
#endif
    CASE(4)
    CASE(3)
    CASE(2)
    CASE(1)
  }
#undef CASE
}

/** Writes `columns` columns of B, k steps each, as a panel of PANEL columns: those that B lacks are 0. */
static TARGET void NAME(pack)(float *to, const float *b, size_t b_row, size_t b_column, size_t columns, size_t k) {
  if (columns < PANEL) memset(to, 0, k * PANEL * sizeof(float));
  if (b_column == 1 && columns == PANEL) {
    for (size_t l = 0; l < k; l++, to += PANEL, b += b_row) {
      store(to, load(b));
      store(to + LANES, load(b + LANES));
    }
    return;
  }
  if (b_row == 1) {
    size_t j = 0;
    for (; j + TRANSPOSED <= columns; j += TRANSPOSED) {
      size_t l = 0;
      for (; l + TRANSPOSED <= k; l += TRANSPOSED) TRANSPOSE(to + l * PANEL + j, PANEL, b + j * b_column + l, b_column);
      for (; l < k; l++) {
        for (size_t i = j; i < j + TRANSPOSED; i++) to[l * PANEL + i] = b[i * b_column + l];
      }
    }
    for (; j < columns; j++) {
      for (size_t l = 0; l < k; l++) to[l * PANEL + j] = b[j * b_column + l];
    }
    return;
  }
  for (size_t l = 0; l < k; l++, to += PANEL, b += b_row) {
    for (size_t j = 0; j < columns; j++) to[j] = b[j * b_column];
  }
}

/** Writes `rows` rows of A, k steps each, in panels of TILE_ROWS rows: step by step, as tiles read them. */
static TARGET void NAME(pack_rows)(float *to, const float *a, size_t a_row, size_t a_column, size_t rows, size_t k) {
  for (size_t i = 0; i < rows; i += TILE_ROWS, a += TILE_ROWS * a_row) {
    const size_t count = rows - i < TILE_ROWS ? rows - i : TILE_ROWS;
    for (size_t l = 0; l < k; l++, to += TILE_ROWS) {
      for (size_t r = 0; r < count; r++) to[r] = a[r * a_row + l * a_column];
    }
  }
}

/** C = A B or C += A B, plus the bias where there is one (and k > 0); strides in floats. */
static TARGET void NAME(matmul)(float *scratch, const struct product *p) {
  if (p->k == 0) {
    if (!p->accumulate) for (size_t i = 0; i < p->m; i++) memset(p->c + i * p->c_row, 0, p->n * sizeof(float));
    return;
  }
  float *const packed_a = scratch + DEPTH * PANEL;
  const bool packs_a = p->n > 2 * PANEL && p->k * p->a_column + p->m * p->a_row > SCATTERED && p->a_column > 1;
  for (size_t l = 0; l < p->k; l += DEPTH) {
    const size_t steps = p->k - l < DEPTH ? p->k - l : DEPTH;
    const bool adds = p->accumulate || l > 0;
    // Added last, when the sum over k is whole.
    const float *const bias = l + steps == p->k ? p->bias : NULL;
    for (size_t i = 0; i < p->m; i += BLOCK_ROWS) {
      const size_t rows = p->m - i < BLOCK_ROWS ? p->m - i : BLOCK_ROWS;
      const float *a = p->a + i * p->a_row + l * p->a_column;
      size_t a_row = p->a_row, a_step = p->a_column, a_tile = TILE_ROWS * p->a_row;
      if (packs_a) {
        NAME(pack_rows)(packed_a, a, a_row, a_step, rows, steps);
        a = packed_a;
        a_row = 1;
        a_step = TILE_ROWS;
        a_tile = TILE_ROWS * steps;
      }
      for (size_t j = 0; j < p->n; j += PANEL) {
        const size_t columns = p->n - j < PANEL ? p->n - j : PANEL;
        const float *b = p->b + l * p->b_row + j * p->b_column;
        size_t b_step = p->b_row;
        if (p->b_column != 1 || (columns != PANEL && columns != LANES) || rows > DIRECT_ROWS) {
          NAME(pack)(scratch, b, p->b_row, p->b_column, columns, steps);
          b = scratch;
          b_step = PANEL;
        }
        const float *const shift = bias == NULL ? NULL : bias + j;
        float *c = p->c + i * p->c_row + j;
        const float *panel = a;
        for (size_t left = rows; left > 0; ) {
          const size_t count = left < TILE_ROWS ? left : TILE_ROWS;
          NAME(some_rows)(count, c, p->c_row, panel, a_row, a_step, b, b_step, steps, columns, adds, shift);
          left -= count;
          c += count * p->c_row;
          panel += a_tile;
        }
      }
    }
  }
}

#undef PANEL
