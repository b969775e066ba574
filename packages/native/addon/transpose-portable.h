// 4 × 4 floats, for every processor.
#define TRANSPOSED 4
#define TRANSPOSE transpose_portable

/** to[i to_row + j] = from[j from_row + i] for i, j < 4. */
static INLINE void transpose_portable(float *to, size_t to_row, const float *from, size_t from_row) {
  for (size_t i = 0; i < 4; i++) {
    for (size_t j = 0; j < 4; j++) to[i * to_row + j] = from[j * from_row + i];
  }
}
