# The 2022 way: numbers typed in, one chart, one PNG.
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

operations = [154225, 269596, 373455, 445440, 516240, 549462, 559951, 554784, 562905, 545330, 550594, 537948, 524368, 526932, 519645, 505520]
latency = [0.370157, 0.414971, 0.455561, 0.504444, 0.53875, 0.589262, 0.685941, 0.780392, 0.865786, 0.975616, 1.049814, 1.163521, 1.264086, 1.349939, 1.434248, 1.543519]

plt.figure()
plt.plot([value / 60 for value in operations], latency, marker="o")
for workers, point in enumerate(zip(operations, latency), start=1):
    plt.annotate(str(workers), (point[0] / 60, point[1]), textcoords="offset points", xytext=(5, 5))
plt.xlabel("Throughput (operations per second)")
plt.ylabel("Mean latency (ms)")
plt.title("Baseline")
plt.savefig(sys.argv[1])
