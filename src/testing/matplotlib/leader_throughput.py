# The 2022 way: numbers typed in, one chart, one PNG.
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

labels = ["Baseline", "Slow CPU", "Mem Contention"]
values = [562905, 65772, 497808]

plt.figure()
bars = plt.bar(labels, [value / 60 for value in values])
plt.bar_label(bars, fmt="%.2f")
plt.ylabel("Throughput (operations per second)")
plt.title("Leader throughput")
plt.savefig(sys.argv[1])
