// All kernels for the lanes that are defined, as one build. Included once for each header of lanes.
#include "matmul.h"
#include "dense.h"
#include "activations.h"

static void (*const NAME(forward_kernels)[])(const float *x, float *y, size_t n, float a0) = {
  NAME(elu_forward), NAME(celu_forward), NAME(selu_forward), NAME(sigmoid_forward), NAME(softplus_forward),
  NAME(tanh_forward), NAME(gelu_forward), NAME(silu_forward), NAME(mish_forward),
};

static void (*const NAME(backward_kernels)[])(const float *x, const float *upstream, float *out, size_t n) = {
  NAME(softplus_backward), NAME(gelu_backward), NAME(silu_backward), NAME(mish_backward),
};

_Static_assert(sizeof NAME(forward_kernels) / sizeof *NAME(forward_kernels) == FORWARD_COUNT, "one kernel a name");
_Static_assert(sizeof NAME(backward_kernels) / sizeof *NAME(backward_kernels) == BACKWARD_COUNT, "one kernel a name");

static const struct build NAME(build) = {
  BUILD, NAME(matmul), NAME(dense_forward), NAME(dense_backward), NAME(forward_kernels), NAME(backward_kernels)
};
