"""PyTorch, driven over stdin and stdout in the protocol of src/host.ts: python3 torch.py THREADS"""

import json
import os
import re
import sys
import time

# Running as a script puts this folder first on the path, where this file would be taken for the package itself.
sys.path.pop(0)

import numpy as np
import torch

threads = int(sys.argv[1])
torch.set_num_threads(threads)

LEARNING_RATE = 0.01
ops = torch.ops.aten


def hashed(seed, length):
    """The numbers of src/inputs.ts."""
    h = np.arange(length, dtype=np.uint32) + np.uint32((seed * 0x9E3779B9) & 0xFFFFFFFF)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    h = h ^ (h >> np.uint32(16))
    return (h >> np.uint32(8)).astype(np.float64) / 2**23 - 1


def uniform(seed, shape, scale=1.0):
    return torch.from_numpy((scale * hashed(seed, int(np.prod(shape)))).astype(np.float32).reshape(shape))


def layer_weights(layer, inputs, units):
    return uniform(100 + layer, (units, inputs), (6 / inputs) ** 0.5)


def labels(rows, classes):
    return torch.from_numpy(np.floor((hashed(3, rows) + 1) / 2 * classes).astype(np.int64))


def digest(tensor):
    values = tensor.detach().reshape(-1).double().numpy()
    squares = float((values**2).sum())
    return [(squares / len(values)) ** 0.5, float((values * hashed(7, len(values))).sum()) / squares**0.5]


def network_widths(text):
    if "x" in text:
        width, count = text.split("x")
        return [int(width)] * int(count)
    return [int(width) for width in text.split("-")]


def matrix_product(work):
    n = int(work["n"])
    a, b, c = uniform(1, (n, n)), uniform(2, (n, n)), torch.empty(n, n)
    return lambda: torch.mm(a, b, out=c), lambda: digest(c)


SELU = (1.6732632423543772, 1.0507009873554805)


def elementwise(work):
    name, n = work["activation"], int(work["n"])
    x, g, o = uniform(1, (n,), 4.0), uniform(2, (n,)), torch.empty(n)
    forward = {
        "relu": lambda: ops.relu.out(x, out=o) if hasattr(ops.relu, "out") else torch.clamp_min(x, 0, out=o),
        "leaky-relu": lambda: ops.leaky_relu.out(x, 0.01, out=o),
        "elu": lambda: ops.elu.out(x, 1, 1, 1, out=o),
        "selu": lambda: ops.elu.out(x, *SELU, 1, out=o),
        "gelu": lambda: ops.gelu.out(x, approximate="none", out=o),
        "sigmoid": lambda: torch.sigmoid(x, out=o),
        "tanh": lambda: torch.tanh(x, out=o),
    }
    if work["direction"] == "forward":
        return forward[name], lambda: digest(o)
    if name in forward:
        forward[name]()
    y = o.clone()
    backward = {
        "relu": lambda: ops.threshold_backward.grad_input(g, y, 0, grad_input=o),
        "leaky-relu": lambda: ops.leaky_relu_backward.grad_input(g, x, 0.01, False, grad_input=o),
        "elu": lambda: ops.elu_backward.grad_input(g, 1, 1, 1, True, y, grad_input=o),
        "selu": lambda: ops.elu_backward.grad_input(g, *SELU, 1, True, y, grad_input=o),
        "gelu": lambda: ops.gelu_backward.grad_input(g, x, approximate="none", grad_input=o),
        "sigmoid": lambda: ops.sigmoid_backward.grad_input(g, y, grad_input=o),
        "tanh": lambda: ops.tanh_backward.grad_input(g, y, grad_input=o),
        "silu": lambda: ops.silu_backward.grad_input(g, x, grad_input=o),
    }
    if name == "mish":  # has no form that writes into a given tensor
        made = [None]

        def mish():
            made[0] = ops.mish_backward(g, x)

        return mish, lambda: digest(made[0])
    return backward[name], lambda: digest(o)


def step(work):
    """The faster of PyTorch's forms: functional forward, autograd.grad, one fused update."""
    widths, rows = network_widths(work["widths"]), int(work["rows"])
    batch, targets = uniform(1, (rows, widths[0])), labels(rows, widths[-1])
    parameters = []
    for layer, units in enumerate(widths[1:]):
        parameters.append(layer_weights(layer, widths[layer], units).requires_grad_())
        parameters.append(torch.zeros(units, requires_grad=True))
    plain = [parameter.detach() for parameter in parameters]
    loss = [None]

    def run():
        a = batch
        for i in range(0, len(parameters) - 2, 2):
            a = torch.nn.functional.linear(a, parameters[i], parameters[i + 1]).relu_()
        a = torch.nn.functional.linear(a, parameters[-2], parameters[-1])
        loss[0] = torch.nn.functional.cross_entropy(a, targets)
        torch._foreach_add_(plain, torch.autograd.grad(loss[0], parameters), alpha=-LEARNING_RATE)

    return run, lambda: [float(loss[0])]


def forward(work):
    widths, rows = network_widths(work["widths"]), int(work["rows"])
    batch = uniform(1, (rows, widths[0]))
    layers = [(layer_weights(i, widths[i], units), torch.zeros(units)) for i, units in enumerate(widths[1:])]
    out = [None]

    @torch.no_grad()
    def run():
        a = batch
        for weights, bias in layers[:-1]:
            a = torch.nn.functional.linear(a, weights, bias).relu_()
        out[0] = torch.nn.functional.linear(a, *layers[-1])

    return run, lambda: digest(out[0])


def sweep(work):
    """All seeds one after another, each operation over the threads."""
    depth, width, rows, seeds = (int(work[key]) for key in ("depth", "width", "rows", "seeds"))
    batch = uniform(1, (rows, width))
    given = [layer_weights(layer, width, width) for layer in range(depth)] if work["weights"] == "given" else None
    drawn = torch.empty(width, width)
    z = [torch.empty(rows, width), torch.empty(rows, width)]
    statistics = [None]

    @torch.no_grad()
    def run():
        for _ in range(seeds):
            a = batch
            rows_of_statistics = []
            for layer in range(depth):
                weights = given[layer] if given else drawn.normal_(0, (2 / width) ** 0.5)
                a = torch.mm(a, weights.t(), out=z[layer % 2]).relu_()
                rows_of_statistics.append((torch.var(a, unbiased=False), a.count_nonzero()))
            # What a study keeps: numbers, not tensors.
            statistics[0] = [(float(variance), 1 - int(count) / a.numel()) for variance, count in rows_of_statistics]

    return run, lambda: list(statistics[0][-1]) if given else []


def normal(work):
    n = int(work["n"])
    out = torch.empty(n)
    return lambda: out.normal_(), lambda: []


WORKS = {
    "matrix-product": matrix_product,
    "elementwise": elementwise,
    "step": step,
    "forward": forward,
    "sweep": sweep,
    "normal": normal,
}


def blas_libraries():
    """The files of linear algebra that this process really uses, where the system tells."""
    try:
        with open("/proc/self/maps") as maps:
            files = {line.split()[-1] for line in maps if "/" in line}
    except OSError:
        return []
    wanted = ("blas", "mkl", "blis", "atlas", "armpl", "accelerate")
    return sorted(file for file in files if any(name in os.path.basename(file).lower() for name in wanted))


def openblas_core(libraries):
    import ctypes

    for file in libraries:
        try:
            library = ctypes.CDLL(file)
            library.openblas_get_config.restype = ctypes.c_char_p
            return library.openblas_get_config().decode()
        except (OSError, AttributeError):
            continue
    return ""


def info():
    torch.mm(torch.rand(64, 64), torch.rand(64, 64))
    libraries = blas_libraries()
    show = torch.__config__.show()
    built = re.search(r"BLAS_INFO=(\w+)", show)
    capability = next((line.split(":")[1].strip() for line in show.split("\n") if "CPU capability" in line), "")
    return {
        "torch": torch.__version__,
        "python": sys.version.split()[0],
        "threads": str(torch.get_num_threads()),
        "blasBuilt": built.group(1) if built else "",
        # With their folder, which tells what a libblas.so is; the rest of the path says only where this machine keeps it.
        "blasFiles": ":".join("/".join(file.split("/")[-2:]) for file in libraries),
        "openblas": openblas_core(libraries),
        "vectors": capability,
    }


def took(run, count):
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(count):
        run()
    return f"took {time.process_time() - cpu} {time.perf_counter() - wall}"


def answer(line, slots):
    request, *rest = line.split()
    if request == "info":
        return "info " + json.dumps(info())
    slot = rest[0]
    if request == "prepare":
        kind, *sizes = rest[1:]
        if kind not in WORKS:
            raise ValueError(f"{kind} is not written for PyTorch")
        run, result = WORKS[kind](dict(size.split("=", 1) for size in sizes))
        for _ in range(3 if kind == "step" else 1):
            run()
        slots[slot] = run
        return "ready " + json.dumps(result())
    if request == "run":
        return took(slots[slot], int(rest[1]))
    if request == "drop":
        del slots[slot]
        return "dropped"
    raise ValueError(f"there is no request {request}")


def main():
    slots = {}
    for line in iter(sys.stdin.readline, ""):
        try:
            reply = answer(line, slots)
        except Exception as error:  # whatever it is, it is a row of the table and no end of the bench
            reply = "failed " + str(error or type(error).__name__).split("\n")[0]
        print("> " + reply, flush=True)


main()
