// Kernels of @relu-lab/native, and their binding to Node.
//
// A call takes one argument, the ArrayBuffer of an arena's memory, and reads the others from the frame, an array of
// doubles that JavaScript fills before it calls: that is faster than as many arguments. Since every call brings the
// buffer, none works on memory that has moved. What is written beside the arena (frame, packed panels) belongs to one
// environment of Node, and an environment to one thread, so that workers do not meet.
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INLINE inline __attribute__((always_inline))

/** Steps of k in a block. */
#define DEPTH 256
/** Rows of A in a block: with DEPTH steps they fill a part of the second-level cache. */
#define BLOCK_ROWS 256
/** Rows up to which B is read where it lies. */
#define DIRECT_ROWS 64
/** Extent in floats from which rows of A that are not contiguous are packed. */
#define SCATTERED 65536
/** Two of the widest vectors. */
#define WIDEST_PANEL 32
/** A panel of B and a block of A, whose last panel may be padded. */
#define SCRATCH_BYTES (DEPTH * (WIDEST_PANEL + BLOCK_ROWS + 8) * sizeof(float))
/** 1.5 × 2²³: what is added to a number between −2²² and 2²² to round it. */
#define ROUNDER 12582912.0f

/** C = A B, or C += A B, plus `bias` in every row unless it is NULL; strides in floats. */
struct product {
  float *c;
  size_t c_row;
  const float *a;
  size_t a_row, a_column;
  const float *b;
  size_t b_row, b_column;
  size_t m, n, k;
  bool accumulate;
  const float *bias;
};

/** What a dense layer computes on, or the gradients with respect to it: a rows × inputs, weight units × inputs, z rows × units. */
struct dense {
  float *a, *weight, *bias, *z;
  size_t rows, inputs, units;
};

/** One build of the kernels. */
struct build {
  const char *name;
  void (*matmul)(float *scratch, const struct product *product);
  void (*dense_forward)(float *scratch, const struct dense *layer);
  void (*dense_backward)(float *scratch, const struct dense *layer, const struct dense *gradient);
  void (*const *forward)(const float *x, float *y, size_t n, float a0);
  void (*const *backward)(const float *x, const float *upstream, float *out, size_t n);
};

static const char *const forward_names[] = {"elu", "celu", "selu", "sigmoid", "softplus", "tanh", "gelu", "silu", "mish"};
static const char *const backward_names[] = {"softplus", "gelu", "silu", "mish"};
#define FORWARD_COUNT (sizeof forward_names / sizeof *forward_names)
#define BACKWARD_COUNT (sizeof backward_names / sizeof *backward_names)

#if defined(__x86_64__)
#include <immintrin.h>
#include "transpose-avx2.h"

#include "lanes-avx512.h"
#include "kernels.h"
#include "lanes-end.h"

#include "lanes-avx2.h"
#include "kernels.h"
#include "lanes-end.h"
#undef TRANSPOSED
#undef TRANSPOSE
#endif

#include "transpose-portable.h"
#include "lanes-portable.h"
#include "kernels.h"
#include "lanes-end.h"

/** What one environment owns. */
struct environment {
  double *frame;
  float *scratch;
};

/** Every build that this processor runs, the fastest first; returns how many. */
static size_t builds_here(const struct build **builds) {
  size_t count = 0;
#if defined(__x86_64__)
  const bool fma = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (fma && wide) builds[count++] = &build_avx512;
  if (fma) builds[count++] = &build_avx2;
#endif
  builds[count++] = &build_portable;
  return count;
}

#define MOST_BUILDS 3

/** Frame, scratch and the floats of the buffer that a call brings; false, with an exception, where that is none. */
static bool enter(napi_env env, napi_callback_info info, struct environment **own, float **floats, double *length) {
  napi_value buffer;
  size_t count = 1, bytes;
  void *data, *context;
  if (napi_get_cb_info(env, info, &count, &buffer, NULL, &context) != napi_ok || count < 1 ||
      napi_get_arraybuffer_info(env, buffer, &data, &bytes) != napi_ok) {
    napi_throw_type_error(env, NULL, "A kernel takes the ArrayBuffer of an arena's memory");
    return false;
  }
  *own = context;
  *floats = data;
  *length = (double)(bytes / sizeof(float));
  return true;
}

/** Whether `count` floats from `offset` on lie in an arena of `length` floats. NaN does not. */
static bool fits(double offset, double count, double length) {
  return offset >= 0 && count >= 0 && offset + count <= length;
}

/** How far a matrix of rows × columns reaches: 0 where it is empty. */
static double extent(double rows, double columns, double row, double column) {
  return rows > 0 && columns > 0 ? (rows - 1) * row + (columns - 1) * column + 1 : 0;
}

static void throw_outside(napi_env env) {
  napi_throw_range_error(env, NULL, "A kernel was given arrays that do not lie in its arena");
}

static const struct build *build_of(double index) {
  const struct build *builds[MOST_BUILDS];
  const size_t count = builds_here(builds);
  return index >= 0 && index < (double)count ? builds[(size_t)index] : NULL;
}

/** Frame: build, c, c_row, a, a_row, a_column, b, b_row, b_column, m, n, k, accumulate. */
static napi_value call_matmul(napi_env env, napi_callback_info info) {
  struct environment *own;
  float *floats;
  double length;
  if (!enter(env, info, &own, &floats, &length)) return NULL;
  const double *const f = own->frame;
  const struct build *const build = build_of(f[0]);
  const double m = f[9], n = f[10], k = f[11];
  const bool natural = f[2] >= 0 && f[4] >= 0 && f[5] >= 0 && f[7] >= 0 && f[8] >= 0 && m >= 0 && n >= 0 && k >= 0;
  if (build == NULL || !natural || !fits(f[1], extent(m, n, f[2], 1), length) ||
      !fits(f[3], extent(m, k, f[4], f[5]), length) || !fits(f[6], extent(k, n, f[7], f[8]), length)) {
    throw_outside(env);
    return NULL;
  }
  const struct product product = {
    floats + (size_t)f[1], (size_t)f[2],
    floats + (size_t)f[3], (size_t)f[4], (size_t)f[5],
    floats + (size_t)f[6], (size_t)f[7], (size_t)f[8],
    (size_t)m, (size_t)n, (size_t)k, f[12] != 0, NULL
  };
  build->matmul(own->scratch, &product);
  return NULL;
}

/** Reads a, weight, bias and z from `offsets`; false when one does not lie in the arena. Rows, inputs and units are set. */
static bool place(struct dense *layer, const double *offsets, float *floats, double length) {
  const double rows = (double)layer->rows, inputs = (double)layer->inputs, units = (double)layer->units;
  if (!fits(offsets[0], rows * inputs, length) || !fits(offsets[1], units * inputs, length) ||
      !fits(offsets[2], units, length) || !fits(offsets[3], rows * units, length)) {
    return false;
  }
  layer->a = floats + (size_t)offsets[0];
  layer->weight = floats + (size_t)offsets[1];
  layer->bias = floats + (size_t)offsets[2];
  layer->z = floats + (size_t)offsets[3];
  return true;
}

/** Frame: build, rows, inputs, units, a, weight, bias, z, and for the backward pass the gradients of the same four. */
static napi_value call_dense(napi_env env, napi_callback_info info, bool backward) {
  struct environment *own;
  float *floats;
  double length;
  if (!enter(env, info, &own, &floats, &length)) return NULL;
  const double *const f = own->frame;
  const struct build *const build = build_of(f[0]);
  const bool natural = f[1] >= 0 && f[2] >= 1 && f[3] >= 0 && f[1] <= length && f[2] <= length && f[3] <= length;
  if (build == NULL || !natural) {
    throw_outside(env);
    return NULL;
  }
  struct dense layer = {.rows = (size_t)f[1], .inputs = (size_t)f[2], .units = (size_t)f[3]};
  struct dense gradient = layer;
  if (!place(&layer, f + 4, floats, length) || (backward && !place(&gradient, f + 8, floats, length))) {
    throw_outside(env);
    return NULL;
  }
  if (!backward) {
    build->dense_forward(own->scratch, &layer);
    return NULL;
  }
  // No array begins at 0: that says that nobody wants the gradient of the inputs.
  if (f[8] == 0) gradient.a = NULL;
  build->dense_backward(own->scratch, &layer, &gradient);
  return NULL;
}

static napi_value call_dense_forward(napi_env env, napi_callback_info info) {
  return call_dense(env, info, false);
}

static napi_value call_dense_backward(napi_env env, napi_callback_info info) {
  return call_dense(env, info, true);
}

/** Frame: build, number of the activation, x, y, length, a0. */
static napi_value call_forward(napi_env env, napi_callback_info info) {
  struct environment *own;
  float *floats;
  double length;
  if (!enter(env, info, &own, &floats, &length)) return NULL;
  const double *const f = own->frame;
  const struct build *const build = build_of(f[0]);
  if (build == NULL || !(f[1] >= 0 && f[1] < FORWARD_COUNT) || !fits(f[2], f[4], length) || !fits(f[3], f[4], length)) {
    throw_outside(env);
    return NULL;
  }
  build->forward[(size_t)f[1]](floats + (size_t)f[2], floats + (size_t)f[3], (size_t)f[4], (float)f[5]);
  return NULL;
}

/** Frame: build, number of the activation, x, upstream, out, length. */
static napi_value call_backward(napi_env env, napi_callback_info info) {
  struct environment *own;
  float *floats;
  double length;
  if (!enter(env, info, &own, &floats, &length)) return NULL;
  const double *const f = own->frame;
  const struct build *const build = build_of(f[0]);
  if (build == NULL || !(f[1] >= 0 && f[1] < BACKWARD_COUNT) || !fits(f[2], f[5], length) ||
      !fits(f[3], f[5], length) || !fits(f[4], f[5], length)) {
    throw_outside(env);
    return NULL;
  }
  build->backward[(size_t)f[1]](
    floats + (size_t)f[2], floats + (size_t)f[3], floats + (size_t)f[4], (size_t)f[5]);
  return NULL;
}

static void leave(napi_env env, void *data, void *hint) {
  (void)env;
  (void)hint;
  struct environment *const own = data;
  free(own->scratch);
  free(own);
}

static void set_names(napi_env env, napi_value exports, const char *property, const char *const *names, size_t count) {
  napi_value array, name;
  napi_create_array_with_length(env, count, &array);
  for (size_t i = 0; i < count; i++) {
    napi_create_string_utf8(env, names[i], NAPI_AUTO_LENGTH, &name);
    napi_set_element(env, array, (uint32_t)i, name);
  }
  napi_set_named_property(env, exports, property, array);
}

static void set_function(
  napi_env env, napi_value exports, const char *name, napi_callback callback, struct environment *own
) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, own, &function);
  napi_set_named_property(env, exports, name, function);
}

#define FRAME_LENGTH 16

/** Runs once in every environment that loads the addon. */
NAPI_MODULE_INIT() {
  struct environment *const own = calloc(1, sizeof *own);
  // aligned_alloc takes a multiple of the alignment.
  if (own != NULL) own->scratch = aligned_alloc(64, (SCRATCH_BYTES + 63) / 64 * 64);
  if (own == NULL || own->scratch == NULL) {
    free(own);
    napi_throw_error(env, NULL, "There is no memory for the native kernels");
    return NULL;
  }
  napi_set_instance_data(env, own, leave, NULL);

  napi_value buffer, frame;
  napi_ref kept;
  napi_create_arraybuffer(env, FRAME_LENGTH * sizeof(double), (void **)&own->frame, &buffer);
  napi_create_typedarray(env, napi_float64_array, FRAME_LENGTH, buffer, 0, &frame);
  // Never given back: the frame lives as long as the environment.
  napi_create_reference(env, frame, 1, &kept);
  napi_set_named_property(env, exports, "frame", frame);

  const struct build *builds[MOST_BUILDS];
  const char *names[MOST_BUILDS];
  const size_t count = builds_here(builds);
  for (size_t i = 0; i < count; i++) names[i] = builds[i]->name;
  set_names(env, exports, "builds", names, count);
  set_names(env, exports, "forwardNames", forward_names, FORWARD_COUNT);
  set_names(env, exports, "backwardNames", backward_names, BACKWARD_COUNT);
  set_function(env, exports, "matmul", call_matmul, own);
  set_function(env, exports, "denseForward", call_dense_forward, own);
  set_function(env, exports, "denseBackward", call_dense_backward, own);
  set_function(env, exports, "forward", call_forward, own);
  set_function(env, exports, "backward", call_backward, own);
  return exports;
}
