# The 2022 way: numbers typed in, one chart, one PNG.
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

labels = ["Baseline", "Slow CPU", "Mem Contention", "Crash"]
values = [0.865786, 0.915429, 0.882218, 0.931356]

plt.figure()
bars = plt.bar(labels, values)
plt.bar_label(bars, fmt="%.2f")
plt.ylabel("Mean latency (ms)")
plt.title("Follower latency")
plt.savefig(sys.argv[1])
