/*
 * Holds each packet of a netfilter queue for some milliseconds: what netem's delay does, on kernels without netem.
 *
 *     nfq-delay QUEUE MS [SPREAD]    until SIGTERM, when it lets go of what it holds
 *     nfq-delay try                  ends with 0 where the kernel has such queues
 *
 * Each is held for a time of its own between MS and MS + SPREAD, all as likely as each other. Where the spread is 0, the
 * default, they leave in the order in which they came.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* A power of two; the kernel drops what does not fit. */
#define MOST_HELD 65536
#define TRIED_QUEUE 65000

struct held {
  uint32_t id;
  int64_t due_ns;
};

/* By the time at which they are due. */
static struct held ring[MOST_HELD];
static uint32_t oldest, newest;
static int64_t delay_ns, spread_ns;
static volatile sig_atomic_t ending;

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int hold(struct nfq_q_handle *queue, struct nfgenmsg *message, struct nfq_data *packet, void *unused) {
  (void)queue, (void)message, (void)unused;
  struct nfqnl_msg_packet_hdr *header = nfq_get_msg_packet_hdr(packet);
  if (header == NULL) return 0;
  int64_t due_ns = now_ns() + delay_ns + (int64_t)(drand48() * (double)spread_ns);
  uint32_t place = newest++;
  for (; place != oldest && ring[(place - 1) % MOST_HELD].due_ns > due_ns; place--)
    ring[place % MOST_HELD] = ring[(place - 1) % MOST_HELD];
  ring[place % MOST_HELD] = (struct held){ntohl(header->packet_id), due_ns};
  return 0;
}

static void let_go(struct nfq_q_handle *queue, int64_t until_ns) {
  for (; oldest != newest && ring[oldest % MOST_HELD].due_ns <= until_ns; oldest++)
    nfq_set_verdict(queue, ring[oldest % MOST_HELD].id, NF_ACCEPT, 0, NULL);
}

static void end(int signal) {
  (void)signal;
  ending = 1;
}

static struct nfq_q_handle *open_queue(struct nfq_handle *handle, uint16_t number) {
  struct nfq_q_handle *queue = handle ? nfq_create_queue(handle, number, hold, NULL) : NULL;
  if (queue == NULL || nfq_set_mode(queue, NFQNL_COPY_META, 0) < 0 ||
      nfq_set_queue_maxlen(queue, MOST_HELD - 1) < 0) {
    fprintf(stderr, "nfq-delay: this kernel gives no queue %u: %s\n", number, strerror(errno));
    exit(1);
  }
  return queue;
}

int main(int count, char **words) {
  if (count == 2 && strcmp(words[1], "try") == 0) {
    open_queue(nfq_open(), TRIED_QUEUE);
    return 0;
  }
  if (count != 3 && count != 4) {
    fprintf(stderr, "usage: nfq-delay QUEUE MS [SPREAD] | nfq-delay try\n");
    return 2;
  }
  delay_ns = (int64_t)(atof(words[2]) * 1e6);
  spread_ns = count == 4 ? (int64_t)(atof(words[3]) * 1e6) : 0;
  srand48(now_ns());
  struct nfq_handle *handle = nfq_open();
  struct nfq_q_handle *queue = open_queue(handle, (uint16_t)atoi(words[1]));
  int socket = nfq_fd(handle), on = 1;
  /* a full socket buffer would otherwise end the reading */
  setsockopt(socket, SOL_NETLINK, 5 /* NETLINK_NO_ENOBUFS */, &on, sizeof on);
  signal(SIGTERM, end);

  static char buffer[1 << 16];
  while (!ending) {
    int64_t wait_ns = oldest == newest ? 1000000000LL : ring[oldest % MOST_HELD].due_ns - now_ns();
    if (wait_ns > 0) {
      struct pollfd ready = {.fd = socket, .events = POLLIN};
      struct timespec wait = {wait_ns / 1000000000LL, wait_ns % 1000000000LL};
      if (ppoll(&ready, 1, &wait, NULL) > 0) {
        ssize_t length = recv(socket, buffer, sizeof buffer, MSG_DONTWAIT);
        if (length > 0) nfq_handle_packet(handle, buffer, (int)length);
      }
    }
    let_go(queue, now_ns());
  }
  let_go(queue, INT64_MAX);
  return 0;
}
