/** Whom a fault can be aimed at; who that is, is found out when it is injected. */
export const TARGETS = {
  leader: 'whoever leads then',
  follower: 'a node that does not lead then',
  'another-follower': 'a node that does not lead then, and that no fault of the run has hit before',
  another: 'a node that no fault of the run has hit before, the leader last',
  newcomer: 'a node that has not been started before',
  all: 'all nodes at once',
  same: 'the node that the fault before it in the list has hit',
} as const;

export type Target = keyof typeof TARGETS;

export const TARGET_NAMES = Object.keys(TARGETS) as Target[];
