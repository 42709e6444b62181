// Bundles the front end into dist/: every file has a hash of its content in its name, and
// manifest.json says what each source became. The server caches all of it for ever.

import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const web = dirname(fileURLToPath(import.meta.url));
const src = join(web, "src");
const dist = join(web, "dist");
const fonts = resolve(web, "../../node_modules");

// Modules that a page or a notebook loads by name. What they import later becomes chunks.
const entries = ["shell.ts", "stream-player.ts"];

// Files that pages name directly: fonts are preloaded, icons linked.
const files = {
  "serif.woff2": join(
    fonts,
    "@fontsource-variable/newsreader/files/newsreader-latin-opsz-normal.woff2",
  ),
  "serif-italic.woff2": join(
    fonts,
    "@fontsource-variable/newsreader/files/newsreader-latin-wght-italic.woff2",
  ),
  "mono.woff2": join(fonts, "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2"),
  "mono-medium.woff2": join(
    fonts,
    "@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2",
  ),
  "icon.svg": join(src, "icon.svg"),
};

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
  Object.assign(manifest, await bundleScripts(manifest));
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

async function copyFiles() {
  const named = await Promise.all(
    Object.entries(files).map(async ([name, path]) => {
      const hash = createHash("sha256")
        .update(await readFile(path))
        .digest("hex")
        .slice(0, 8);
      const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
      await cp(path, join(dist, hashed));
      return [name, hashed];
    }),
  );
  return Object.fromEntries(named);
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

async function bundleScripts(manifest) {
  const result = await esbuild.build({
    ...common,
    entryPoints: entries.map((entry) => join(src, entry)),
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    format: "esm",
    splitting: true,
    target: "es2022",
    define: { STYLE: JSON.stringify(manifest["film.css"]) },
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
