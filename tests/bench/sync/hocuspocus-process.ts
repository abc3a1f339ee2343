/** `@hocuspocus/server` as it comes, without persistence: `PORT=… node hocuspocus-process.ts`. */
import { createRequire } from 'node:module';
import process from 'node:process';

type HocuspocusServer = { listen(): Promise<unknown> };
type Hocuspocus = { Server: new (options: Readonly<Record<string, unknown>>) => HocuspocusServer };

// It has a manifest of its own, and is not among our packages.
const { Server } = createRequire(new URL('../peers/', import.meta.url))('@hocuspocus/server') as Hocuspocus;

await new Server({
	quiet: true,
	address: '127.0.0.1',
	port: Number(process.env.PORT),
	// Our clients show no carets, which are what it usually knows the living by.
	timeout: 600_000,
}).listen();
