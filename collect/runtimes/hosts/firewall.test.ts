import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeFirewall, forCluster, openFirewall } from './firewall.js';

test('what a fault drops is of the cluster alone', () => {
  assert.equal(
    forCluster('iptables -w -I INPUT -j DROP && iptables -w -I OUTPUT -d 10.0.0.1 -j DROP'),
    'iptables -w -I DQLITE-IN -j DROP && iptables -w -I DQLITE-OUT -d 10.0.0.1 -j DROP',
  );
});

test('packets are counted by the rules of the cluster, not by those that the host has', () => {
  assert.equal(
    forCluster('iptables -w -L -v -x -n'),
    'iptables -w -L DQLITE-IN -v -x -n; iptables -w -L DQLITE-OUT -v -x -n',
  );
});

test('every rule that is made is taken away again', () => {
  const made = [...openFirewall(9001).matchAll(/-I (\S+ -p tcp --\S+ 9001 -j \S+)/g)].map(([, rule]) => rule);
  assert.equal(made.length, 4);
  for (const rule of made) assert.ok(closeFirewall(9001).includes(`-D ${rule}`), rule);
});
