// Bundles the front end into dist/: every file has a hash of its content in its name, and
// manifest.json says what each source became. The server caches all of it for ever.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const web = dirname(fileURLToPath(import.meta.url));
const src = join(web, "src");
const dist = join(web, "dist");
const packages = resolve(web, "../../node_modules");

// Modules that a page or a notebook loads by name. What they import later becomes chunks.
const entries = ["shell.ts", "stream-player.ts", "plot.ts", "face-tracker.ts", "photo-booth.ts"];

// Files that pages name directly: fonts are preloaded, icons linked.
const files = {
  "serif.woff2": join(
    packages,
    "@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2",
  ),
  "serif-italic.woff2": join(
    packages,
    "@fontsource-variable/newsreader/files/newsreader-latin-wght-italic.woff2",
  ),
  "mono.woff2": join(
    packages,
    "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2",
  ),
  "mono-medium.woff2": join(
    packages,
    "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2",
  ),
  "icon.svg": join(src, "icon.svg"),
};

// The networks that find faces and what a machine says of them, and TensorFlow's WebAssembly. Each
// network is a description that names its file of weights.
const human = resolve(packages, "@vladmandic/human");
const networks = ["blazeface", "facemesh", "iris", "faceres", "emotion"];
const wasm = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

// What looks at faces is bundled first: the page's modules know its files by their hashed names.
const eyes = ["eyes.ts", "eyes-worker.ts"];

const watching = process.argv.includes("--watch");
const common = {
  bundle: true,
  minify: !watching,
  sourcemap: watching,
  metafile: true,
  outdir: dist,
  logLevel: "warning",
};

async function build() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const manifest = await copyFiles();
  Object.assign(manifest, await bundleStyle(manifest));
  const seeing = await bundleScripts(eyes, {
    MODELS: await copyNetworks(),
    WASM: await copyWasm(),
  });
  Object.assign(manifest, seeing);
  const shown = { STYLE: manifest["film.css"], EYES: seeing["eyes.ts"] };
  const scripts = { ...shown, EYES_WORKER: seeing["eyes-worker.ts"] };
  Object.assign(manifest, await bundleScripts(entries, scripts));
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function copyFiles() {
  const named = await Promise.all(
    Object.entries(files).map(async ([name, path]) => [
      name,
      await keep(name, await readFile(path)),
    ]),
  );
  return Object.fromEntries(named);
}

// Writes a file under a name that carries the hash of its content, and returns that name.
async function keep(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  await writeFile(join(dist, hashed), content);
  return hashed;
}

async function copyNetworks() {
  const named = await Promise.all(
    networks.map(async (name) => {
      const weights = await readFile(join(human, "models", `${name}.bin`));
      const network = JSON.parse(await readFile(join(human, "models", `${name}.json`), "utf8"));
      network.weightsManifest[0].paths = [await keep(`${name}.bin`, weights)];
      return [name, await keep(`${name}.json`, JSON.stringify(network))];
    }),
  );
  return Object.fromEntries(named);
}

async function copyWasm() {
  const folder = resolve(packages, "@tensorflow/tfjs-backend-wasm/dist");
  const named = wasm.map(async (name) => [
    name,
    await keep(name, await readFile(join(folder, name))),
  ]);
  return Object.fromEntries(await Promise.all(named));
}

// The style names fonts by their plain names; the copies above carry hashes.
async function bundleStyle(manifest) {
  const hashedFonts = {
    name: "hashed-fonts",
    setup(builder) {
      builder.onResolve({ filter: /\.woff2$/ }, ({ path }) => ({
        path: `./${manifest[basename(path)]}`,
        external: true,
      }));
    },
  };
  const result = await esbuild.build({
    ...common,
    entryPoints: [join(src, "style/film.css")],
    entryNames: "[name]-[hash]",
    plugins: [hashedFonts],
  });
  return outputs(result);
}

async function bundleScripts(modules, known) {
  const define = Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)]);
  const result = await esbuild.build({
    ...common,
    entryPoints: modules.map((module) => join(src, module)),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    format: "esm",
    loader: { ".glsl": "text" },
    splitting: true,
    target: "es2022",
    define: Object.fromEntries(define),
  });
  return outputs(result);
}

function outputs({ metafile }) {
  return Object.fromEntries(
    Object.entries(metafile.outputs)
      .filter(([, output]) => output.entryPoint)
      .map(([path, output]) => [basename(output.entryPoint), relative(dist, resolve(path))]),
  );
}

async function watch() {
  const { watch: watchFolder } = await import("node:fs/promises");
  for await (const _ of watchFolder(src, { recursive: true })) {
    await build().catch((error) => console.error(error.message));
    console.log(`built ${(await readdir(dist)).length} files`);
  }
}

await build();
if (watching) await watch();
