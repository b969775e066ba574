/*
 * The limits of this machine, one core: floating point operations in registers, and memory traffic.
 *
 * Speaks the protocol of src/host.ts: lines in, lines that begin with "> " out. One work at a time is enough here:
 * a slot is only an index.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float f4 __attribute__((vector_size(16)));
typedef float f8 __attribute__((vector_size(32)));
typedef float f16 __attribute__((vector_size(64)));

#define ACCUMULATORS 12

/* 12 independent chains of x = x a + b: enough to fill two pipes of latency 4 to 6. */
#define CHAINS(NAME, VECTOR, ATTRIBUTE)                                                                                \
  ATTRIBUTE __attribute__((noinline)) static float NAME(long iterations, float a, float b) {                           \
    VECTOR va = (VECTOR){0} + a, vb = (VECTOR){0} + b;                                                                 \
    VECTOR x0 = vb, x1 = vb + 1, x2 = vb + 2, x3 = vb + 3, x4 = vb + 4, x5 = vb + 5;                                   \
    VECTOR x6 = vb + 6, x7 = vb + 7, x8 = vb + 8, x9 = vb + 9, x10 = vb + 10, x11 = vb + 11;                           \
    for (long i = 0; i < iterations; i++) {                                                                            \
      x0 = x0 * va + vb; x1 = x1 * va + vb; x2 = x2 * va + vb; x3 = x3 * va + vb;                                      \
      x4 = x4 * va + vb; x5 = x5 * va + vb; x6 = x6 * va + vb; x7 = x7 * va + vb;                                      \
      x8 = x8 * va + vb; x9 = x9 * va + vb; x10 = x10 * va + vb; x11 = x11 * va + vb;                                  \
    }                                                                                                                  \
    VECTOR s = x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11;                                            \
    return s[0] + s[1];                                                                                                \
  }

#define FUSED __attribute__((optimize("fp-contract=fast")))
#define APART __attribute__((optimize("fp-contract=off")))
CHAINS(fused4, f4, FUSED)
CHAINS(fused8, f8, FUSED)
CHAINS(fused16, f16, FUSED)
CHAINS(apart4, f4, APART)

__attribute__((noinline)) static void scaled_copy(float *restrict y, const float *restrict x, long n) {
  for (long i = 0; i < n; i++) y[i] = 0.5f * x[i];
}

__attribute__((noinline)) static void triad(float *restrict z, const float *restrict x, const float *restrict y, long n) {
  for (long i = 0; i < n; i++) z[i] = x[i] + 0.5f * y[i];
}

typedef struct {
  char name[32];
  long n;
  float *x, *y, *z;
  int lanes;
} Limit;

static volatile float sink;

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void chains(const Limit *limit) {
  long iterations = limit->n / (2L * limit->lanes * ACCUMULATORS);
  int apart = strcmp(limit->name, "multiply-add-128") == 0;
  float (*function)(long, float, float) =
      apart ? apart4 : limit->lanes == 4 ? fused4 : limit->lanes == 8 ? fused8 : fused16;
  sink = function(iterations, 0.999f, 0.001f);
}

static void run(const Limit *limit, long count) {
  for (long i = 0; i < count; i++) {
    if (strcmp(limit->name, "copy") == 0) scaled_copy(limit->y, limit->x, limit->n);
    else if (strcmp(limit->name, "triad") == 0) triad(limit->z, limit->x, limit->y, limit->n);
    else chains(limit);
  }
}

static float *floats(long n) {
  float *x = aligned_alloc(64, (n * sizeof(float) + 63) / 64 * 64);
  if (!x) exit(1);
  for (long i = 0; i < n; i++) x[i] = (float)(i % 7);
  return x;
}

/* The faster of 256 and 512 bits: which one that is depends on the processor. */
static int widest(Limit limit) {
  double best = 0;
  int lanes = 0;
  for (int candidate = 8; candidate <= 16; candidate *= 2) {
    limit.lanes = candidate;
    chains(&limit);
    double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
    chains(&limit);
    double rate = limit.n / (seconds(CLOCK_PROCESS_CPUTIME_ID) - start);
    if (rate > best) {
      best = rate;
      lanes = candidate;
    }
  }
  return lanes;
}

static void prepare(Limit *limit) {
  if (strcmp(limit->name, "copy") == 0 || strcmp(limit->name, "triad") == 0) {
    limit->x = floats(limit->n);
    limit->y = floats(limit->n);
    limit->z = floats(limit->n);
  }
  limit->lanes = strcmp(limit->name, "fma") == 0 ? widest(*limit) : 4;
}

int main(void) {
  static Limit limits[64];
  char line[256];
  setvbuf(stdout, NULL, _IOLBF, 0);
  while (fgets(line, sizeof line, stdin)) {
    int slot;
    long count;
    char name[32];
    if (strncmp(line, "info", 4) == 0) {
      printf("> info {\"compiler\":\"%s\"}\n", __VERSION__);
    } else if (sscanf(line, "prepare %d limit n=%ld name=%31s", &slot, &count, name) == 3 && slot >= 0 && slot < 64) {
      Limit *limit = &limits[slot];
      strcpy(limit->name, name);
      limit->n = count;
      prepare(limit);
      printf("> ready []\n");
    } else if (sscanf(line, "run %d %ld", &slot, &count) == 2 && slot >= 0 && slot < 64) {
      double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
      run(&limits[slot], count);
      printf("> took %.9f %.9f\n", seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, seconds(CLOCK_MONOTONIC) - wall);
    } else if (sscanf(line, "drop %d", &slot) == 1 && slot >= 0 && slot < 64) {
      free(limits[slot].x);
      free(limits[slot].y);
      free(limits[slot].z);
      memset(&limits[slot], 0, sizeof(Limit));
      printf("> dropped\n");
    } else {
      printf("> failed the limits of the machine are no such work\n");
    }
  }
  return 0;
}
