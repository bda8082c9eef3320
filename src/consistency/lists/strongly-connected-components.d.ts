declare module 'strongly-connected-components' {
  /** Nodes are numbers from 0; each node's list has the nodes that its edges lead to. */
  export default function stronglyConnectedComponents(adjacency: readonly (readonly number[])[]): {
    components: number[][];
  };
}
