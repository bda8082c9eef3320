export * from 'vega';
export { compile } from 'vega-lite';
