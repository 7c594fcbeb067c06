import { defineConfig } from "vitest/config";

// The built files are committed and shipped in the wheel: the same sources have to give the same files on every machine.
export default defineConfig({
  build: {
    outDir: "../contractlang_playground/static",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600, // uncompressed; what a first visit loads is measured, compressed, in the browser's tests
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080", "/lsp": { target: "ws://127.0.0.1:8080", ws: true } } },
  test: { include: ["src/**/*.test.ts", "lezer/**/*.test.ts"] },
});
