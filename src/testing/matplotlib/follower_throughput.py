# The 2022 way: numbers typed in, one chart, one PNG.
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

labels = ["Baseline", "Slow CPU", "Mem Contention", "Crash"]
values = [562905, 532818, 547353, 520470]

plt.figure()
bars = plt.bar(labels, [value / 60 for value in values])
plt.bar_label(bars, fmt="%.2f")
plt.ylabel("Throughput (operations per second)")
plt.title("Follower throughput")
plt.savefig(sys.argv[1])
