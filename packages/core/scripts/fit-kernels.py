"""Prints the polynomial coefficients in assembly/exponential.ts, assembly/gelu.ts and assembly/logistic.ts.

Each is the polynomial whose largest relative error over an interval is least (Remez's algorithm), rounded to float32.

Needs mpmath:  python3 fit-kernels.py
"""

import struct

from mpmath import atanh, cos, erfc, exp, expm1, findroot, log, lu_solve, matrix, mp, mpf, pi, sqrt

mp.dps = 40
GRID = 3000


def remez(f, weight, low, high, degree):
    """Coefficients, ascending, and the largest |weight (f - polynomial)|."""
    n = degree + 2
    nodes = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (n - 1)) for i in range(n)]
    grid = [low + (high - low) * mpf(i) / GRID for i in range(GRID + 1)]
    values, weights = [f(x) for x in grid], [weight(x) for x in grid]
    for _ in range(25):
        system, right = matrix(n, n), matrix(n, 1)
        for i, x in enumerate(nodes):
            for j in range(degree + 1):
                system[i, j] = x**j
            system[i, degree + 1] = (-1) ** i / weight(x)
            right[i] = f(x)
        solution = lu_solve(system, right)
        coefficients, level = [solution[j] for j in range(degree + 1)], abs(solution[degree + 1])
        errors = [w * (v - horner(coefficients, x)) for x, v, w in zip(grid, values, weights)]
        largest = max(abs(e) for e in errors)
        extrema = alternating(errors)
        if len(extrema) < n or largest - level < largest * mpf("1e-4"):
            break
        while len(extrema) > n:
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        nodes = [grid[i] for i in extrema]
    return coefficients, largest


def horner(coefficients, x):
    result = mpf(0)
    for c in reversed(coefficients):
        result = result * x + c
    return result


def alternating(errors):
    """The index of the largest error in each run of one sign."""
    found, i = [], 0
    while i < len(errors):
        best, j = i, i
        while j < len(errors) and (errors[j] >= 0) == (errors[i] >= 0):
            if abs(errors[j]) > abs(errors[best]):
                best = j
            j += 1
        found.append(best)
        i = j
    return found


def show(name, fit):
    coefficients, error = fit
    print(f"{name}, relative error {float(error):.1e}")
    for c in coefficients:
        print("   ", repr(struct.unpack("f", struct.pack("f", float(c)))[0]))


tiny = mpf("1e-9")
edge = log(2) / 2 * mpf("1.01")
curve = lambda r: (expm1(r) - r) / r**2 if abs(r) > tiny else mpf(1) / 2 + r / 6
show("(e^r - 1 - r) / r^2, for e^r",
     remez(curve, lambda r: max(r**2, tiny**2) / exp(r), -edge, edge, 4))
show("(e^r - 1 - r) / r^2, for e^r - 1",
     remez(curve, lambda r: abs(r**2 / expm1(r)) if abs(r) > tiny else tiny, -edge, edge, 4))

artanh_ratio = lambda v: atanh(sqrt(v)) / sqrt(v) if v > 0 else mpf(1)
show("artanh(s) / s as a function of s^2", remez(artanh_ratio, lambda v: 1 / artanh_ratio(v), mpf(0), mpf(1) / 9, 4))

# The polynomials of assembly/gelu.ts are of v = z - 1/4 with z = t / (t + 5/2). Where t / sqrt(2 pi) = R(t), at the root,
# the derivative changes sign.
c, middle, end = mpf(5) / 2, mpf(1) / 4, mpf(15) / (15 + mpf(5) / 2)
ratio = lambda t: exp(t**2 / 2) * erfc(t / sqrt(mpf(2))) / 2
level = 1 / sqrt(2 * pi)
root = findroot(lambda t: t * level - ratio(t), mpf("0.75"))
t = lambda v: c * (v + middle) / (1 - v - middle)
tail = lambda v: ratio(t(v)) * (t(v) + c)
at_root = 2 * level - root * ratio(root)
slope = lambda v: (t(v) * level - ratio(t(v))) / (t(v) - root) if abs(t(v) - root) > mpf("1e-12") else at_root
show("R(t) (t + 5/2)", remez(tail, lambda v: 1 / tail(v), -middle, end - middle, 9))
show("(t / sqrt(2 pi) - R(t)) / (t - root)", remez(slope, lambda v: 1 / slope(v), -middle, end - middle, 8))
high = struct.unpack("f", struct.pack("f", float(root)))[0]
print("root", repr(high), "+", float(root - mpf(high)))
