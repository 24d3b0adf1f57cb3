import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  build: {
    outDir: "static",
    emptyOutDir: true,
    target: "es2022",
    // A data: address in the style sheet would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    license: { fileName: "assets/licences.md" },
  },
  server: { proxy: { "/api": process.env.EVIPATH_URL ?? "http://127.0.0.1:8000" } },
});
