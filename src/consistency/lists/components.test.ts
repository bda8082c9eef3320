import assert from 'node:assert/strict';
import { test } from 'node:test';
import { componentsOf } from './components.js';
import type { Edges } from './edges.js';

const edgesOf = (nodes: number, pairs: readonly (readonly [number, number])[]): Edges => {
  const zeros = new Int32Array(pairs.length);
  return {
    operations: [],
    nodes,
    from: Int32Array.from(pairs, ([from]) => from),
    to: Int32Array.from(pairs, ([, to]) => to),
    kind: zeros,
    list: zeros,
    unseen: zeros,
  };
};

test('nodes that reach each other are a component, with the edges between them', () => {
  const [component, ...others] = componentsOf(
    edgesOf(5, [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 3],
      [3, 4],
    ]),
  );
  assert.deepEqual(others, []);
  assert.deepEqual([...component!.nodes].sort(), [1, 2]);
  assert.deepEqual(component!.edges, [1, 2]);
});

test('a circle of a hundred thousand nodes is one component', () => {
  const nodes = 100_000;
  const circle = Array.from({ length: nodes }, (_, i) => [i, (i + 1) % nodes] as const);
  assert.equal(componentsOf(edgesOf(nodes, circle))[0]!.nodes.length, nodes);
  assert.deepEqual(componentsOf(edgesOf(nodes, circle.slice(0, -1))), []);
});
