import { readFileSync } from 'node:fs';
import { UserError } from '../../src/common/errors.js';

const FIRST = 77;

/**
 * The first three numbers of a /24 network that no route of this host overlaps. Of those that are free, `skip` are
 * passed over: another campaign may be about to take them.
 */
export function freeSubnet(routes = readFileSync('/proc/net/route', 'utf8'), skip = 0): string {
  const taken = parseRoutes(routes);
  let passed = 0;
  for (let third = FIRST; third < 256; third++) {
    const candidate = ((172 << 24) | (28 << 16) | (third << 8)) >>> 0;
    if (taken.some(({ address, mask }) => overlaps(candidate, address, mask))) continue;
    if (passed++ === skip) return `172.28.${third}`;
  }
  throw new UserError('no free network in 172.28.77.0 to 172.28.255.0: remove Docker networks not in use');
}

/** Destination and mask of each route of /proc/net/route, whose numbers are little-endian hex; the default is left out. */
function parseRoutes(table: string) {
  const rows = table.trim().split('\n').slice(1);
  const swap = (hex: string) => Buffer.from(hex, 'hex').readUInt32LE();
  return rows
    .map((row) => row.trim().split(/\s+/))
    .map((fields) => ({ address: swap(fields[1]!), mask: swap(fields[7]!) }))
    .filter(({ mask }) => mask !== 0);
}

function overlaps(candidate: number, address: number, mask: number): boolean {
  const common = (mask & 0xffffff00) >>> 0;
  return (candidate & common) >>> 0 === (address & common) >>> 0;
}
