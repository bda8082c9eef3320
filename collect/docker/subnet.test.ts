import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeSubnet } from './subnet.js';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';

test('the first network is taken where only the default route leads', () => {
  assert.equal(
    freeSubnet(`${HEAD}eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n`),
    '172.28.77',
  );
});

test('a network that another campaign may be taking is passed over', () => {
  assert.equal(freeSubnet(HEAD, 1), '172.28.78');
});

test('a network that a route covers is passed over', () => {
  const narrow = 'br0\t004D1CAC\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n';
  assert.equal(freeSubnet(HEAD + narrow), '172.28.78');
});

test('where all of them are covered, it says so', () => {
  const wide = 'br0\t00001CAC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n';
  assert.throws(() => freeSubnet(HEAD + wide), /no free network/);
});
