import { defineConfig } from "vitest/config";

// Shaders are text here as they are in the build.
const shaders = {
  name: "shaders",
  transform: (code: string, file: string) =>
    file.endsWith(".glsl") ? `export default ${JSON.stringify(code)}` : undefined,
};

export default defineConfig({
  plugins: [shaders],
  test: {
    environment: "happy-dom",
    include: ["tests/web/**/*.test.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
